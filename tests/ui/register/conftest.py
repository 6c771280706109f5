"""A real desk whose data the window's thread may not touch."""

import pytest

from tests.ui.desk_window import DeskWindow
from ui.register.page import RegisterPage


@pytest.fixture
def page(window: DeskWindow) -> RegisterPage:
    """Daftar in a window, not yet shown anything."""
    page = RegisterPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(page)
    return page
