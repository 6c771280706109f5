"""Every scene that `dev.py screens` draws, and what these do not show: in English, and in large letters.

In English each is read, and its controls have names and are reached by Tab. In Indonesian at 150 % words are whole and
nothing lies upon another; `test_everybody_can_use_it` has the pages in more sizes.
"""

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.access import LAYOUT, REACH
from tests.ui.looker import Looker, Reader
from tests.ui.states import STATES
from tools.screens import scenes
from ui.language import Language, speak
from ui.theme.style import apply_theme
from ui.theme.theme import Theme


@pytest.fixture(scope="module", params=[Language.ENGLISH, Language.INDONESIAN], ids=["english", "large"])
def camera(
    request: pytest.FixtureRequest, qapp: QApplication, theme: Theme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Looker]:
    """One for all scenes: to dress the application takes as long as to look at a page."""
    before = QLocale()
    translator = speak(qapp, request.param)
    folder = tmp_path_factory.mktemp("scenes")
    if request.param is Language.ENGLISH:
        made: Looker = Reader(qapp, folder, {**LAYOUT, **REACH})
    else:
        made = Looker(qapp, folder, 150, LAYOUT)
    yield made
    made.close()
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)
    apply_theme(qapp, theme)


@pytest.fixture
def looker(camera: Looker, qtbot: QtBot) -> Iterator[Looker]:
    before = set(QApplication.topLevelWidgets())
    camera.begin(qtbot)
    yield camera
    for window in set(QApplication.topLevelWidgets()) - before:
        window.close()
        window.deleteLater()
    camera.settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.mark.parametrize("scene", [*scenes().values(), *STATES], ids=lambda scene: scene.__name__)
def test_nothing_is_wrong_in_any_state(looker: Looker, scene: Callable[[Looker], None]) -> None:
    scene(looker)
    assert "\n".join(f"{name}: {one}" for one, name in looker.found.items()) == ""
