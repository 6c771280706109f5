"""Closing the day by hand, on a real desk."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kelurahan_client.domain.complaint import Channel, Complaint, Status
from kelurahan_client.services import day_close, half_written, handling, intake, silence
from kelurahan_client.services.half_written import Kind, Place
from kelurahan_client.services.paper import Paper, PaperKind
from kelurahan_client.store import settings
from sync.engine import Progress
from sync.protocol import ResultKind
from tests.desk_making import START, FakeClock, register
from tests.ui.day_close.conftest import Stick
from tests.ui.desk_window import DeskWindow
from ui.day_close.model import Step
from ui.day_close.page import DayClosePage
from ui.theme.tokens import Tone
from ui.widgets.cell import CELL_ROLE


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifiers)


def tab_to(target: QWidget) -> None:
    for _ in range(40):
        if focused() is target:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"no way by Tab to {target.accessibleName()}")


def done(page: DayClosePage) -> list[bool]:
    return [row.done() for row in page.pane.steps.rows.values()]


def words(page: DayClosePage, step: Step) -> str:
    return page.pane.steps.rows[step].words()


def typed(window: DeskWindow, *channels: Channel) -> list[Complaint]:
    return window.work(lambda: [register(window.desk, channel=channel) for channel in channels])


def again(window: DeskWindow, page: DayClosePage) -> None:
    page.reload(frozenset({"complaint"}))
    window.settle()


def test_what_may_be_closed_and_what_is_half_written_lead_to_the_list(
    window: DeskWindow, page: DayClosePage, clock: FakeClock
) -> None:
    made = typed(window, Channel.PHONE)[0]
    assert page.silence.isHidden()

    def resolve() -> None:
        for to in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
            handling.transition(window.desk, made.id, to, "Sudah diperbaiki.")
        half_written.keep(window.desk, Place(Kind.FOLLOW_UP, made.id), {"text": "Sudah ditele"})
        clock.move(days=40)

    window.work(resolve)
    page.activate()
    window.settle()
    assert page.silence.words.text().startswith("1 pengaduan selesai")
    page.silence.look.click()
    key, arguments = window.shown[-1]
    assert (key, arguments["list_filter"]) == ("register", window.work(lambda: silence.silent_filter(window.desk)))
    row = page.pane.steps.rows[Step.DRAFTS]
    assert row.words() == "1 tulisan di Daftar belum selesai"
    assert row.done()  # it keeps no day from being closed
    row.button.click()
    assert window.shown[-1] == ("register", {})
    window.work(lambda: day_close.close(window.desk, window.desk.today(), 99))
    again(window, page)
    assert page.silence.isHidden()


def test_an_empty_day_says_so_and_can_be_closed(window: DeskWindow, page: DayClosePage) -> None:
    assert words(page, Step.DRAFTS) == "Tidak ada draf tersisa"
    assert words(page, Step.SIGNED) == "Tidak ada yang diketik hari ini"
    assert done(page) == [True, True, True, True, True, False]
    assert (page.foot.close_day.text(), page.foot.print.isEnabled()) == ("Tutup hari", False)
    page.foot.close_day.click()
    window.settle()
    assert done(page)[-1]
    assert window.said[-1][0] == "Senin, 3 Agustus 2026 ditutup. Rekapnya siap dicetak (Ctrl+P)."


def test_the_equation_moves_with_every_answer(window: DeskWindow, page: DayClosePage) -> None:
    first, second = typed(window, Channel.IN_PERSON, Channel.PHONE)
    again(window, page)
    assert page.pane.equation.sentence() == "2 diketik, 0 diakui server, 2 belum terkirim, 0 ditolak."
    assert page.pane.equation.chip.text() == "Selisih 2, belum terkirim"
    assert words(page, Step.SIGNED) == "Menunggu tanda terima untuk 2 pengaduan"
    assert page.foot.close_day.text() == "Tutup dengan sisa 2…"
    window.answer(first.id, ResultKind.APPLIED)
    window.answer(second.id, ResultKind.REJECTED, "Sudah ada.")
    again(window, page)
    assert page.pane.equation.sentence() == "2 diketik, 1 diakui server, 0 belum terkirim, 1 ditolak."
    assert words(page, Step.SIGNED) == "1 ditolak server dan perlu dilihat"
    page.pane.steps.rows[Step.SIGNED].button.click()
    assert window.shown[-1][0] == "register"


def test_everything_by_keyboard(window: DeskWindow, page: DayClosePage, papers: list[Paper], clock: FakeClock) -> None:
    made = window.work(
        lambda: [register(window.desk, channel=Channel.REGISTER_BOOK, book_sheet="47", book_line=n) for n in (1, 2)]
    )
    window.answer(made[0].id, ResultKind.APPLIED)
    window.work(lambda: intake.save_draft(window.desk, {"reporter_name": "Siti"}))
    again(window, page)
    page.search_focus()
    assert focused() is page.pane.steps.rows[Step.DRAFTS].button
    press(Qt.Key.Key_Return)
    assert window.shown == [("intake", {})]
    tab_to(page.pane.steps.rows[Step.BOOK].button)
    press(Qt.Key.Key_Return)
    assert focused() is page.pane.counting.boxes["47"]
    QTest.keyClicks(focused(), "3")
    press(Qt.Key.Key_Tab)
    window.settle()
    assert words(page, Step.BOOK) == "Hal. 47: 3 baris di buku, 2 diketik"
    tab_to(page.pane.counting.page)
    QTest.keyClicks(focused(), "48")
    press(Qt.Key.Key_Return)
    QTest.keyClicks(focused(), "1")
    press(Qt.Key.Key_Return)
    window.settle()
    assert sorted(page.pane.counting.boxes) == ["47", "48"]
    page.go_back()  # Esc, which the window hears
    assert not page.pane.is_counting()
    tab_to(page.foot.close_day)
    press(Qt.Key.Key_Return)
    assert focused() is page.bar.no
    tab_to(page.bar.yes)
    press(Qt.Key.Key_Return)
    window.settle()
    assert focused() is page.foot.print
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    assert [paper.kind for paper in papers] == [PaperKind.DAY_RECAP]
    assert "Sisa (4)" in papers[0].html
    tab_to(page.foot.reopen)
    press(Qt.Key.Key_Return)
    assert focused() is page.bar.reason
    press(Qt.Key.Key_Return)  # without a reason nothing happens
    assert page.bar.asking()
    QTest.keyClicks(focused(), "Warga datang")
    press(Qt.Key.Key_Return)
    window.settle()
    closings = window.work(lambda: day_close.history(window.desk))
    assert [(one.reopen_reason, one.left_over) for one in closings] == [("Warga datang", 4)]


def test_yesterday_is_offered_in_the_morning(window: DeskWindow, page: DayClosePage, clock: FakeClock) -> None:
    typed(window, Channel.IN_PERSON)
    clock.move(days=1)
    again(window, page)
    assert page.head.older.text() == "3 Agu belum ditutup"
    page.head.older.click()
    window.settle()
    assert page.foot.close_day.text() == "Tutup dengan sisa 1…"
    page.foot.close_day.click()
    page.bar.yes.click()
    window.settle()
    assert page.go_back()
    window.settle()
    assert (page.head.older.isVisibleTo(page), page.foot.close_day.text()) == (False, "Tutup dengan sisa 1…")


def test_history_shows_and_prints_again(window: DeskWindow, page: DayClosePage, papers: list[Paper]) -> None:
    closing = window.work(lambda: day_close.close(window.desk, START.date(), 0))
    page.head.history.click()
    window.settle()
    assert page.history.table.hasFocus()
    press(Qt.Key.Key_Return)
    window.settle()
    assert [paper.subject for paper in papers] == [closing.id]
    assert page.go_back()
    assert page.stack.currentWidget() is page.pane


def test_what_came_in_meanwhile_is_not_closed_over(window: DeskWindow, page: DayClosePage) -> None:
    typed(window, Channel.IN_PERSON)  # the page has not heard of it
    page.foot.close_day.click()
    window.settle()
    assert "bertambah" in page.banner.words()
    assert page.foot.close_day.text() == "Tutup dengan sisa 1…"
    assert window.work(lambda: day_close.history(window.desk)) == []


def test_a_running_exchange_shows_items_and_bytes_and_can_be_paused(window: DeskWindow, page: DayClosePage) -> None:
    typed(window, Channel.IN_PERSON)
    again(window, page)
    button = page.pane.steps.rows[Step.EXCHANGE].button
    button.click()
    page.set_sending(True)
    page.set_progress(Progress("sending", 0, 12, 46 * 1024, 71 * 1024))
    assert page.pane.steps.progress.figures().startswith("0 dari 12 kiriman   46 KB dari 71 KB")
    assert page.pane.steps.progress.bar.value() == 46 * 1024
    assert button.text() == "Jeda"
    button.click()
    page.set_sending(False)
    assert (button.text(), page.pane.steps.progress.isVisibleTo(page)) == ("Kirim sekarang", False)
    assert [key for key, _ in window.shown] == ["exchange", "stop"]


def test_nothing_is_green_before_the_server_has_signed(window: DeskWindow, page: DayClosePage) -> None:
    typed(window, Channel.IN_PERSON)
    again(window, page)
    model = page.pane.equation.model
    cells = [model.index(row, 4).data(CELL_ROLE) for row in range(model.rowCount())]
    assert all(cell.tone is not Tone.GREEN for cell in cells)


def test_offline_is_said_with_what_waits(window: DeskWindow, page: DayClosePage) -> None:
    typed(window, Channel.IN_PERSON)
    failure = {"at": "2026-08-03T02:00:00Z", "since": "2026-08-03T01:47:00Z", "kind": "Offline", "code": "LK-3001"}
    failure |= {"title": "Jaringan terputus", "message": "Server kota tidak terjangkau.", "way_out": ""}
    window.keep(settings.LAST_FAILURE, failure)
    again(window, page)
    assert words(page, Step.EXCHANGE) == "1 pengaduan belum terkirim. Jaringan putus sejak 09.47"


def test_a_stick_that_nobody_wants_after_all(window: DeskWindow, page: DayClosePage, stick: Stick) -> None:
    stick.declined = True
    page.foot.save.click()
    window.settle()
    assert stick.written() == []
    assert not page.usb.isVisibleTo(page)
    page.foot.take.click()
    window.settle()
    assert not page.usb.isVisibleTo(page)
