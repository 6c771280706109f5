"""Every page, at every size of letters and on small and large screens: names, Tab, whole words, Indonesian.

The pages are taken from `ui.pages`, so a new page is looked at without being written down here.
"""

import gc
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kelurahan_client.config import Config
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.services.desk import Desk, set_officer
from kelurahan_client.store.engine import open_store
from tests.desk_making import DeskAt, FakeClock, Noise, clock, config, desk_at, enrolled_folder, reference
from tests.ui import access
from tests.ui.access import LAYOUT, REACH, Look
from tests.ui.typed import typed_at
from tools.sample_conflicts import add_conflicts
from tools.sample_day import OFFICER, sample_complaints
from ui.frame.key_sheet import KeySheet
from ui.language import Language, speak
from ui.main_window import MainWindow
from ui.pages import specs
from ui.register.page import RegisterPage
from ui.session import Session
from ui.settings.page import SettingsPage
from ui.settings.sections import all_sections
from ui.setup.page import SetupPage
from ui.tasks import Tasks
from ui.theme.style import apply_theme
from ui.theme.theme import Mode, Theme

__all__ = ["clock", "config", "desk_at", "enrolled_folder", "reference"]

SMALL, USUAL, LARGE = (1024, 600), (1366, 768), (3840, 2160)
VIEWS = [*((scale, SMALL) for scale in (90, 100, 125, 150)), (100, USUAL), (150, USUAL), (90, LARGE), (150, LARGE)]


class View(NamedTuple):
    """What is shown, and how to say which it is."""

    name: str
    window: QWidget


@pytest.fixture(scope="module")
def busy_folder(tmp_path_factory: pytest.TempPathFactory, enrolled_folder: Path, reference: ReferenceData) -> Path:
    """The data of a desk in the middle of its work, with conflicts."""
    folder = tmp_path_factory.mktemp("busy") / "data"
    shutil.copytree(enrolled_folder, folder)
    now = FakeClock()
    desk = Desk(open_store(Config(folder), None), reference, now, Noise(2))

    def at(age: timedelta) -> Desk:
        return replace(desk, clock=lambda: now() - age)

    list(sample_complaints(at))
    add_conflicts(desk, now())
    set_officer(desk, OFFICER)
    desk.store.close()
    return folder


@dataclass
class Views:
    """Shows everything there is in a window of a size, at a scale."""

    app: QApplication
    tasks: Tasks
    desk: Desk
    qtbot: QtBot
    sessions: list[Session] = field(default_factory=list)

    def settle(self) -> None:
        for _ in range(3):
            self.qtbot.waitUntil(self.tasks.idle, timeout=20_000)
            access.settle_layout()

    def __call__(self, scale: int, size: tuple[int, int]) -> Iterator[View]:
        worn = Theme(Mode.LIGHT, scale, parent=self.app)
        apply_theme(self.app, worn)
        session = Session(worn)
        self.sessions.append(session)
        session.window.resize(*size)
        session.window.show()
        session.begin(self.tasks, self.desk)
        self.settle()
        yield from self._pages(session)
        yield from self._beside(session)
        session.window.close()
        self.settle()
        yield from self._first_start(worn, size)

    def _pages(self, session: Session) -> Iterator[View]:
        window = session.window
        for spec in specs(session):
            window.show_page(spec.key)
            page = window.pages.page(spec.key)
            for section in [one.key for one in all_sections(page)] if isinstance(page, SettingsPage) else [""]:
                if section:
                    window.show_page(spec.key, section=section)
                self.settle()
                yield View(f"{spec.key} {section}".strip(), window)

    def _beside(self, session: Session) -> Iterator[View]:
        window = session.window
        window.show_help()
        self.settle()
        yield View("help", window)
        window.help.close()
        window.outbox_requested.emit()
        self.settle()
        yield View("outbox", session.work.standing.outbox)
        session.work.standing.outbox.close()
        window.show_keys()
        self.settle()
        (sheet,) = window.findChildren(KeySheet)
        yield View("keys", sheet)
        sheet.reject()
        yield self._correcting(window)

    def _correcting(self, window: MainWindow) -> View:
        window.show_page("register")
        page = window.pages.page("register")
        assert isinstance(page, RegisterPage)
        self.settle()
        row = page.list.model.row(0)
        assert row is not None
        page.activate(complaint_id=row.id)
        self.settle()
        page.detail.start_edit()
        self.settle()
        return View("a complaint is corrected", window)

    def _first_start(self, worn: Theme, size: tuple[int, int]) -> Iterator[View]:
        page = SetupPage(worn, self.tasks, self.desk)
        self.qtbot.addWidget(page)
        page.others.offer(page.others.demo)
        page.resize(*size)
        page.show()
        self.settle()
        yield View("setup", page)
        page.close()

    def close(self) -> None:
        for session in self.sessions:
            session.leave()
            session.window.close()
            session.window.deleteLater()
        self.settle()
        self.sessions.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # or every later look dresses them again
        gc.collect()


@pytest.fixture
def views(
    qapp: QApplication, theme: Theme, tasks: Tasks, config: Config, busy_folder: Path, desk_at: DeskAt, qtbot: QtBot
) -> Iterator[Views]:
    shutil.copytree(busy_folder, config.data_dir)
    desk = desk_at(config)
    desk.store.refuse_thread(threading.get_ident())
    made = Views(qapp, tasks, desk, qtbot)
    yield made
    made.close()
    apply_theme(qapp, theme)


MANNERS: dict[str, Look] = {**REACH, "English": access.english}


def findings(views: Iterator[View], looks: dict[str, Look]) -> str:
    """What the looks find, a line each, "" for nothing."""
    found = [
        f"{view.name}: {what}: {one}" for view in views for what, look in looks.items() for one in look(view.window)
    ]
    return "\n".join(sorted(set(found)))


@pytest.mark.parametrize(("scale", "size"), VIEWS, ids=str)
def test_words_are_whole_and_nothing_lies_upon_another(views: Views, scale: int, size: tuple[int, int]) -> None:
    assert findings(views(scale, size), LAYOUT) == ""


def test_in_english_no_page_says_anything_in_indonesian(views: Views, qapp: QApplication) -> None:
    with ThreadPoolExecutor(1) as pool:
        typed = pool.submit(typed_at, views.desk).result()
    before = QLocale()
    translator = speak(qapp, Language.ENGLISH)
    try:
        looks = {"Indonesian": lambda window: access.indonesian(window, typed), **LAYOUT}
        assert findings(views(100, USUAL), looks) == ""
    finally:
        qapp.removeTranslator(translator)
        QLocale.setDefault(before)


def test_every_control_has_a_name_a_way_by_keyboard_and_indonesian_words(views: Views) -> None:
    assert findings(views(100, USUAL), MANNERS) == ""
