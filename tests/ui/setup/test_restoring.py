"""The first start on a new computer, with a backup of the old one: from the button to the first page."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kelurahan_client.config import Config
from kelurahan_client.domain.recovery_code import as_text
from kelurahan_client.services import backups, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.window import FrontDoor
from tests.desk_making import DeskAt, register
from tests.officers_at_work import OTHER_PIN, Guarded
from tests.root_log import root_log_as_before
from ui.setup.restoring import RestorePage
from ui.start import Start
from ui.theme.theme import Theme
from ui.window_memory import WindowFile

from tests.ui.sign_in.conftest import (  # isort: skip
    clock,
    config,
    desk_at,
    enrolled_config,
    enrolled_folder,
    guarded,
    keyring,
    reference,
)

__all__ = [
    "clock",
    "config",
    "desk_at",
    "enrolled_config",
    "enrolled_folder",
    "guarded",
    "keyring",
    "reference",
]


@pytest.fixture
def new(tmp_path: Path) -> Config:
    return Config(tmp_path / "baru")


@pytest.fixture
def start(qapp: QApplication, theme: Theme, new: Config) -> Iterator[Start]:
    made = Start(qapp, theme, WindowFile(new.window_file), FrontDoor(new))
    with root_log_as_before():
        yield made
    made.end()


def test_a_replaced_computer_goes_on_where_the_backup_was_made(
    qtbot: QtBot, guarded: Guarded, desk_at: DeskAt, new: Config, start: Start, tmp_path: Path
) -> None:
    register(guarded.desk, title="Lampu padam")
    folder = backups.make(guarded.desk, tmp_path / "usb", lambda _far: None, lambda: False).folder
    guarded.desk.store.close()
    start.open(lambda: desk_at(new))
    qtbot.waitUntil(lambda: start.first is not None)
    assert start.first is not None
    start.first.setup.others.restore.click()
    page = start.first.restoring
    assert isinstance(page, RestorePage)
    assert not start.first.setup.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert start.first.setup.isVisible()
    start.first.setup.others.restore.click()
    page = start.first.restoring
    assert isinstance(page, RestorePage)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.choose = lambda _parent, _title, _accept: tmp_path
    page.form.choose_button.click()
    qtbot.waitUntil(lambda: not page.busy())
    assert "tidak ada cadangan" in page.banner.words()
    page.choose = lambda _parent, _title, _accept: folder
    page.form.choose_button.click()
    qtbot.waitUntil(lambda: not page.busy())
    assert "Kelurahan Alalak Selatan, loket A" in page.form.backup.text()
    assert page.form.officers.value() == guarded.admin
    assert page.form.asked.editor.hasFocus()
    for code, message in ((as_text(bytes(15)), "bukan untuk loket ini"), (guarded.code, "")):
        page.form.asked.editor.setText(code)
        page.form.asked.pin.clear()
        for edit in (page.form.asked.pin.first, page.form.asked.pin.second):
            QTest.keyClicks(edit, OTHER_PIN)
        page.form.go_button.click()
        qtbot.waitUntil(lambda: not page.busy())
        assert message in page.form.asked.code.message()
    assert page.code_view.words() != "", (
        page.banner.words(),
        page.form.asked.pin.messages(),
        page.form.asked.code.message(),
    )
    page.code_view.sure.click()
    page.code_view.done_button.click()
    qtbot.waitUntil(lambda: start.windows.session is not None and start.windows.session.at_work and start.tasks.idle())
    assert start.first is None
    assert start.windows.session is not None
    assert start.windows.session.window.pages.current() == "home"
    desk = start._desk
    assert desk is not None

    def titles(desk: Desk = desk) -> list[str]:
        return [one.title for one in lists.full(desk, lists.ListFilter())]

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(titles).result() == ["Lampu padam"]
