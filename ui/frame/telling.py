"""What is told about the page in front: the line at the bottom, and the notice above it."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from kelurahan_client.errors import LaporError
    from ui.widgets.notices import Banner
    from ui.widgets.snack_bar import SnackBar


class Telling:
    """The line lies on `area`, the notice stands in `above`; both go with their page, for they may name a citizen.

    What is seldom wanted is made, and its module imported, when it is: the start is to be quick.
    """

    def __init__(self, theme: Theme, area: QWidget, above: QHBoxLayout) -> None:
        self._theme = theme
        self._area = area
        self._above = above
        self._silent = False

    @cached_property
    def snack(self) -> "SnackBar":
        """The line at the bottom."""
        from ui.widgets.snack_bar import SnackBar  # noqa: PLC0415

        return SnackBar(self._theme, self._area)

    @cached_property
    def banner(self) -> "Banner":
        """The notice above the page."""
        from ui.widgets.notices import Banner  # noqa: PLC0415

        banner = Banner(self._theme, closable=True)
        self._above.addWidget(banner)
        return banner

    def say(
        self, text: str, undo: Callable[[], None] | None = None, icon: Icon = Icon.RESOLVED, code: str = ""
    ) -> None:
        """Say what was done, at the bottom, with *Urungkan* where `undo` is given; not while it is silent.

        `code` is the number of what failed.
        """
        if not self._silent:
            self.snack.show_line(text, undo, icon, code)

    def show_error(self, error: "LaporError") -> None:
        """Say above the page what failed, what was kept and what to do now."""
        self.banner.show_error(error)

    def leave(self) -> None:
        """Another page comes: what was said goes."""
        if "banner" in self.__dict__:
            self.banner.hide()
        if "snack" in self.__dict__:
            self.snack.dismiss()

    def set_silent(self, silent: bool) -> None:
        """While something stands over the pages, nothing is said below it."""
        self._silent = silent
        if silent:
            self.leave()
