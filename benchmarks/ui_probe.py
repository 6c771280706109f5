"""A day at the window in a process of its own: `ui_probe WHAT [FOLDER]` prints one JSON object of milliseconds.

WHAT is `work`, a day on the desk's data in FOLDER, which are changed; `look` and `type`, where the desk fetches what
the city has for it, with the list in front or while somebody types; `empty`, a window of Qt's own parts, to compare.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path

import psutil
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPlainTextEdit, QStackedWidget, QTableView, QWidget

from benchmarks.measuring import percentile
from benchmarks.stalls import StallMonitor, until
from kelurahan_client.config import config
from kelurahan_client.services import importing, letterhead
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.importing import Imported
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from kelurahan_client.window import open_data
from tools import sample_day
from ui.application import create_application, dress
from ui.garbage import GuiGarbage
from ui.intake.form import FormState
from ui.intake.page import IntakePage
from ui.pages import specs
from ui.plain_imports import restore_import
from ui.printing.preview import Preview
from ui.session import Session
from ui.start import SWITCH_SECONDS
from ui.tasks import Tasks
from ui.theme.theme import Mode

_ROWS = 10_000  # of the imported book
_LINES = 1_000  # of the document that is previewed
_SAVES = 30
_KEYS = 288
_PAGES = 8
_STATEMENT = "Lampu jalan padam sejak minggu lalu di depan mushola, gelap dan rawan, anak-anak takut mengaji. "
_FORM = FormState(
    reporter_name="Siti Rahmah",
    reporter_phone="0812 5114 4471",
    reporter_address="Jl. Alalak Selatan",
    rt_rw="12/3",
    anonymous=False,
    confidential=False,
    statement=_STATEMENT,
    location="Muka Langgar Al-Jihad",
)
_SEARCHES = ("lampu padam", "titian rahmat", "siti rahmah", "sampah hksn", "banyu calap")


class Probe:
    """One window at work on one desk."""

    def __init__(self, folder: Path) -> None:
        restore_import()
        sys.setswitchinterval(SWITCH_SECONDS)
        self._app: QApplication = create_application(["probe"])
        GuiGarbage(self._app)
        self._tasks = Tasks(on_error=_fail, on_crash=_fail)
        self._desk: Desk = open_data(config(folder))
        self._session = Session(dress(self._app, Mode.LIGHT, 100))
        self._window = self._session.window
        self._stalls = StallMonitor()
        self.found: dict[str, float] = {}
        self._window.show()
        self._session.begin(self._tasks, self._desk)
        self._rest()

    def close(self) -> None:
        """Take everything down."""
        self._rest()
        self._tasks.close()
        self._desk.store.close()
        for window in self._app.topLevelWidgets():
            window.close()
            window.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def work(self) -> None:
        """A day's work."""
        self._switch()
        self._scroll()
        self._search()
        self._type()
        self._save()
        self._preview()
        self._import()
        self.found["memory"] = float(psutil.Process().memory_full_info().uss)

    def look(self) -> None:
        """One exchange in which much arrives, with the list in front."""
        self._window.show_page("register")
        self._rest()
        with self._stalls.watching():
            began = time.perf_counter()
            self._session.exchange()
            self._rest()
            self.found["exchange"] = (time.perf_counter() - began) * 1000
        self.found["exchange stall"] = self._stalls.longest

    def type(self) -> None:
        """The same while somebody types a complaint, without a pause."""
        box = self._form()
        over: list[bool] = []
        self._session.work.exchanging.sending_changed.connect(lambda sending: sending or over.append(True))
        with self._stalls.watching():
            self._session.exchange()
            took = press_keys(box, iter(partial(bool, over), True))
        self.found["exchange key"] = percentile(took, 95)
        self.found["exchange typing stall"] = self._stalls.longest
        self._rest()

    def _rest(self) -> float:
        return until(self._tasks.idle) * 1000

    def _timed(self, act: Callable[[], object]) -> float:
        began = time.perf_counter()
        act()
        self._rest()
        self._window.grab()
        return (time.perf_counter() - began) * 1000

    def _switch(self) -> None:
        keys = [spec.key for spec in specs(self._session)]
        for key in keys:  # made when it is first shown
            self._timed(partial(self._window.show_page, key))
        took = [self._timed(partial(self._window.show_page, key)) for _ in range(5) for key in keys]
        self.found["switch"] = percentile(took, 95)

    def _table(self) -> QTableView:
        page = self._window.pages.page("register")
        return max(page.findChildren(QTableView), key=lambda table: table.width() * table.height())

    def _scroll(self) -> None:
        self._window.show_page("register")
        self._rest()
        bar = self._table().verticalScrollBar()
        with self._stalls.watching():
            for step in range(120):
                bar.setValue(bar.maximum() * step // 119)
                _pass(0.016)
            self._rest()
        self.found["scroll stall"] = self._stalls.longest

    def _search(self) -> None:
        page = self._window.pages.page("register")
        page.search_focus()
        box = self._app.focusWidget()
        if not isinstance(box, QLineEdit):
            raise TypeError(type(box).__name__)
        took: list[float] = []
        longest: list[float] = []
        for words in _SEARCHES:
            box.clear()
            self._rest()
            with self._stalls.watching():
                press_keys(box, range(len(words) - 1), words)
                self._rest()
            longest.append(self._stalls.longest)
            took.append(self._timed(partial(QTest.keyClicks, box, words[-1])))  # paints the window once more
        box.clear()
        self._rest()
        self.found["search"] = statistics.median(took)
        self.found["search stall"] = max(longest)

    def _type(self) -> None:
        box = self._form()
        with self._stalls.watching():
            took = press_keys(box, range(_KEYS))
        self.found["key"] = percentile(took, 95)
        self.found["typing stall"] = self._stalls.longest
        self._rest()

    def _form(self) -> QPlainTextEdit:
        """The form in front, the keyboard in its largest field."""
        self._window.show_page("intake")
        self._rest()
        page = self._window.pages.page("intake")
        box = max(page.findChildren(QPlainTextEdit), key=QPlainTextEdit.height)
        box.setFocus()
        return box

    def _save(self) -> None:
        page = self._window.pages.page("intake")
        if not isinstance(page, IntakePage):
            raise TypeError(type(page).__name__)
        took: list[float] = []
        for number in range(_SAVES):
            page.draft.begin_anew()
            page.form.fill(replace(_FORM, title=f"Lampu padam nomor {number}"))
            self._rest()
            began = time.perf_counter()
            page.save()
            until(page.result.isVisible)
            took.append((time.perf_counter() - began) * 1000)
            self._rest()
        self.found["save"] = statistics.median(took)

    def _preview(self) -> None:
        rows = [[str(number), f"Lampu padam nomor {number}", "Diterima"] for number in range(1, _LINES + 1)]
        table = letterhead.table(["No.", "Perihal", "Status"], rows)
        html = letterhead.page([table], PaperSize.A4)
        with self._stalls.watching():
            self._session.show_paper(Paper(PaperKind.REPORT, "Daftar", html, PaperSize.A4))
            self._rest()
        self.found["preview stall"] = self._stalls.longest
        for preview in self._window.findChildren(Preview):
            preview.reject()
        self._rest()

    def _import(self) -> None:
        with tempfile.TemporaryDirectory(prefix="lapor-bench-") as folder:
            book = Path(folder) / "buku.csv"
            _write_book(book, self._desk)
            ended: list[Imported] = []

            def job() -> Imported:
                opened = importing.inspect(self._desk, book)
                return importing.run(self._desk, importing.plan(self._desk, opened))

            self._window.show_page("register")
            self._rest()
            with self._stalls.watching():
                self._tasks.database(job, ended.append)
                self.found["import"] = until(lambda: bool(ended), 600) * 1000
            if ended[0].accepted != _ROWS:
                raise AssertionError(ended[0])
            self._session.records_changed()
            self._rest()
        self.found["import stall"] = self._stalls.longest


def press_keys(box: QWidget, each: Iterable[object], text: str = _STATEMENT) -> list[float]:
    """One key for each, 25 in a second; the milliseconds until the window had taken each."""
    took: list[float] = []
    for character, _one in zip(cycle(text), each):  # the text begins again
        began = time.perf_counter()
        QTest.keyClicks(box, character)
        QApplication.processEvents()
        took.append((time.perf_counter() - began) * 1000)
        _pass(0.04)
    return took


def empty() -> dict[str, float]:
    """Another page, and a key, in a window with an empty page for each of ours and one field."""
    app = QApplication(["empty", "-style", "Fusion"])
    window = QMainWindow()
    stack, field = QStackedWidget(), QLineEdit()
    window.setCentralWidget(stack)
    stack.addWidget(field)
    for _ in range(_PAGES):
        stack.addWidget(QWidget())
    window.resize(1366, 696)
    window.show()
    until(window.isVisible)
    switched: list[float] = []
    for at in [*range(1, _PAGES + 1)] * 5:
        began = time.perf_counter()
        stack.setCurrentIndex(at)
        app.processEvents()
        window.grab()
        switched.append((time.perf_counter() - began) * 1000)
    stack.setCurrentIndex(0)
    field.setFocus()
    return {"switch": percentile(switched, 95), "key": percentile(press_keys(field, range(_KEYS)), 95)}


def _pass(seconds: float) -> None:
    """Let the window work for a while."""
    end = time.perf_counter() + seconds
    until(lambda: time.perf_counter() >= end)


def _write_book(path: Path, desk: Desk) -> None:
    lines = ["No;Tanggal;Nama;Alamat;RT/RW;No HP;Isi Pengaduan"]
    for number, one in enumerate(sample_day.many_intakes(_ROWS, desk.today(), seed=11), start=1):
        lines.append(
            f"{number};{one.received_date:%d/%m/%Y};{one.reporter_name};{one.reporter_address};"
            f"{one.rt}/{one.rw};{one.reporter_phone};{one.statement.replace(';', ',')}"
        )
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _fail(error: BaseException) -> None:
    raise error


def _at_work(what: str, folder: Path) -> dict[str, float]:
    probe = Probe(folder)
    try:
        {"work": probe.work, "look": probe.look, "type": probe.type}[what]()
    finally:
        probe.close()
    return probe.found


def main() -> int:
    """Measure and print."""
    what = sys.argv[1]
    found = empty() if what == "empty" else _at_work(what, Path(sys.argv[2]))
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
