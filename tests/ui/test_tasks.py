"""Work leaves the GUI thread and its answer comes back there, or to nobody."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from kelurahan_client.errors import Cancelled, DiskFull, LaporError, Offline, OurMistake
from ui.tasks import Tasks, Worker


class Ears:
    """Hears of failures that nobody takes."""

    def __init__(self) -> None:
        self.errors: list[LaporError] = []
        self.crashes: list[BaseException] = []


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def heard(qapp: QApplication, ears: Ears):
    tasks = Tasks(on_error=ears.errors.append, on_crash=ears.crashes.append)
    yield tasks
    tasks.close()


def worker_threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith(("database", "network", "paper"))]


def test_work_runs_elsewhere_and_the_answer_comes_home(heard: Tasks, qtbot: QtBot) -> None:
    here = threading.get_ident()
    seen: dict[str, int] = {}

    def work() -> int:
        seen["work"] = threading.get_ident()
        return 42

    def done(answer: int) -> None:
        seen["done"] = threading.get_ident()
        seen["answer"] = answer

    heard.database(work, done)
    qtbot.waitUntil(heard.idle)
    assert seen["answer"] == 42
    assert seen["work"] != here
    assert seen["done"] == here


def test_database_keeps_its_order_while_the_network_is_slow(heard: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    order: list[str] = []
    heard.network(lambda _report, _cancelled: gate.wait(10), lambda _: order.append("network"))
    for name in ("satu", "dua", "tiga"):
        heard.database(lambda name=name: name, order.append)
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["satu", "dua", "tiga"]
    gate.set()
    qtbot.waitUntil(heard.idle)
    assert order[-1] == "network"


def _raise(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise error

    return work


def test_a_printer_that_does_not_answer_makes_nobody_wait(heard: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    done: list[str] = []
    heard.paper(lambda: gate.wait(30), lambda _answered: done.append("paper"))
    heard.network(lambda _report, _asked: None, lambda _nothing: done.append("network"))
    heard.database(lambda: None, lambda _nothing: done.append("database"))
    qtbot.waitUntil(lambda: len(done) == 2)
    assert set(done) == {"network", "database"}
    gate.set()
    qtbot.waitUntil(heard.idle)
    assert done[-1] == "paper"


def test_the_end_does_not_wait_for_a_printer_that_never_answers(qapp: QApplication, ears: Ears, qtbot: QtBot) -> None:
    gate = threading.Event()
    written: list[str] = []
    tasks = Tasks(on_error=ears.errors.append, on_crash=ears.crashes.append, paper_seconds=0.0)
    tasks.paper(lambda: gate.wait(30), lambda _answered: written.append("told"))
    tasks.database(lambda: written.append("kept"))
    tasks.close()
    assert written == ["kept"]
    gate.set()
    qtbot.waitUntil(lambda: worker_threads() == [])


def test_foreseen_error_goes_to_failed_else_to_the_default(heard: Tasks, ears: Ears, qtbot: QtBot) -> None:
    mine: list[LaporError] = []
    first, second = DiskFull("Disk penuh."), Offline("Tidak ada jaringan.")
    heard.database(_raise(first), lambda _: pytest.fail("no answer"), mine.append)
    heard.database(_raise(second), lambda _: pytest.fail("no answer"))
    qtbot.waitUntil(heard.idle)
    assert mine == [first]
    assert ears.errors == [second]
    assert ears.crashes == []


def test_our_own_mistake_goes_to_the_crash_handler_and_who_waits_can_go_on(
    heard: Tasks, ears: Ears, qtbot: QtBot
) -> None:
    mistake = ZeroDivisionError("1/0")
    mine: list[LaporError] = []
    heard.database(_raise(mistake), lambda _: pytest.fail("no answer"), mine.append)
    heard.database(_raise(mistake), lambda _: pytest.fail("no answer"))
    qtbot.waitUntil(heard.idle)
    assert ears.crashes == [mistake, mistake]
    assert [type(error) for error in mine] == [OurMistake]
    assert ears.errors == []


def test_answer_for_a_destroyed_owner_is_dropped(heard: Tasks, qtbot: QtBot, qapp: QApplication) -> None:
    gate = threading.Event()
    owner = QObject()
    late: list[bool] = []
    heard.database(lambda: gate.wait(10), late.append, owner=owner)
    owner.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gate.set()
    qtbot.waitUntil(heard.idle)
    assert late == []


def test_answer_for_a_closed_dialog_is_dropped_but_its_failure_is_told(heard: Tasks, ears: Ears, qtbot: QtBot) -> None:
    gate = threading.Event()
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    late: list[object] = []
    failure = DiskFull("Disk penuh.")

    def fail() -> bool:
        gate.wait(10)
        raise failure

    heard.database(lambda: gate.wait(10), late.append, owner=dialog)
    heard.database(fail, late.append, late.append, owner=dialog)
    dialog.reject()
    gate.set()
    qtbot.waitUntil(heard.idle)
    assert late == []
    assert ears.errors == [failure]


def test_newest_search_wins_and_older_ones_are_not_run(heard: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    run: list[str] = []
    answers: list[str] = []

    def search(words: str) -> Callable[[], str]:
        def work() -> str:
            run.append(words)
            gate.wait(10)
            return words

        return work

    heard.latest("cari", search("t"), answers.append)
    qtbot.waitUntil(lambda: run == ["t"])
    heard.latest("cari", search("ti"), answers.append)
    heard.latest("lain", search("lain"), answers.append)
    heard.latest("cari", search("tit"), answers.append)
    gate.set()
    qtbot.waitUntil(heard.idle)
    assert sorted(answers) == ["lain", "tit"]
    assert "ti" not in run


def test_progress_is_told_in_the_gui_thread_newest_last(heard: Tasks, qtbot: QtBot) -> None:
    here = threading.get_ident()
    told: list[tuple[int, int]] = []
    order: list[str] = []

    def work(report: Callable[[int], None], _cancelled: Callable[[], bool]) -> str:
        for count in range(1000):
            report(count)
        return "selesai"

    heard.long(Worker.DATABASE, work, order.append, progress=lambda n: told.append((n, threading.get_ident())))
    qtbot.waitUntil(heard.idle)
    counts = [count for count, _ in told]
    assert counts == sorted(counts)
    assert counts[-1] == 999
    assert {thread for _, thread in told} == {here}
    assert order == ["selesai"]


def test_running_work_hears_that_it_is_cancelled(heard: Tasks, qtbot: QtBot) -> None:
    started = threading.Event()
    failures: list[LaporError] = []

    def work(_report: Callable[[int], None], cancelled: Callable[[], bool]) -> int:
        started.set()
        while not cancelled():
            threading.Event().wait(0.001)
        raise Cancelled("Dihentikan.")

    running = heard.network(work, lambda _: pytest.fail("no answer"), failures.append)
    qtbot.waitUntil(started.is_set)
    running.cancel()
    qtbot.waitUntil(heard.idle)
    assert [type(failure) for failure in failures] == [Cancelled]


def test_queued_work_that_is_cancelled_does_not_begin(heard: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    begun: list[str] = []
    failures: list[LaporError] = []
    heard.database(lambda: gate.wait(10))
    running = heard.database(lambda: begun.append("ya"), None, failures.append)
    running.cancel()
    gate.set()
    qtbot.waitUntil(heard.idle)
    assert begun == []
    assert [type(failure) for failure in failures] == [Cancelled]


def test_closing_writes_what_waits_and_leaves_no_thread(qapp: QApplication, ears: Ears) -> None:
    tasks = Tasks(on_error=ears.errors.append, on_crash=ears.crashes.append)
    gate = threading.Event()
    written: list[str] = []
    answers: list[object] = []

    def patient(_report: Callable[[int], None], cancelled: Callable[[], bool]) -> None:
        gate.set()
        while not cancelled():
            threading.Event().wait(0.001)
        raise Cancelled("Dihentikan.")

    tasks.network(patient, answers.append)
    tasks.database(lambda: gate.wait(10), answers.append)
    tasks.database(lambda: written.append("draf"), answers.append)
    tasks.database(_raise(DiskFull("Disk penuh.")), answers.append)
    tasks.close()
    assert written == ["draf"]
    assert worker_threads() == []
    qapp.processEvents()
    assert answers == []
    assert [type(error) for error in ears.errors] == [DiskFull]
    assert ears.crashes == []
