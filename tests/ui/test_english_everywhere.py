"""English: every scene that `dev.py screens` draws is opened and read, and what these do not show."""

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.english_reader import Reader
from tests.ui.english_states import STATES
from tools.screens import scenes
from ui.language import Language, speak
from ui.theme.style import apply_theme
from ui.theme.theme import Theme


@pytest.fixture(scope="module")
def english_camera(qapp: QApplication, theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """One for all scenes: to dress the application takes as long as to read a page."""
    before = QLocale()
    translator = speak(qapp, Language.ENGLISH)
    made = Reader(qapp, tmp_path_factory.mktemp("english"))
    yield made
    made.close()
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)
    apply_theme(qapp, theme)


@pytest.fixture
def reader(english_camera: Reader, qtbot: QtBot) -> Iterator[Reader]:
    before = set(QApplication.topLevelWidgets())
    english_camera.begin(qtbot)
    yield english_camera
    for window in set(QApplication.topLevelWidgets()) - before:
        window.close()
        window.deleteLater()
    english_camera.settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.mark.parametrize("scene", [*scenes().values(), *STATES], ids=lambda scene: scene.__name__)
def test_nothing_is_said_in_indonesian(reader: Reader, scene: Callable[[Reader], None]) -> None:
    scene(reader)
    assert "\n".join(f"{name}: {one}" for one, name in reader.found.items()) == ""
