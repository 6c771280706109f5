"""The outbox below the state chip, on a real desk."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from kelurahan_client.domain.complaint import Complaint, Status, SyncState
from kelurahan_client.services import handling, importing, lists
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.store import imports
from kelurahan_client.store.imports import Conflict
from sync.engine import Progress
from sync.protocol import ResultKind
from tests.desk_making import register
from tests.ui.desk_window import DeskWindow
from ui.outbox.popup import OutboxPopup
from ui.widgets.connection import ConnectionState, Link, StateChip
from ui.widgets.labels import TextLabel


@pytest.fixture
def chip(window: DeskWindow) -> StateChip:
    room = QWidget()
    chip = StateChip(window.theme, ConnectionState(Link.OFFLINE))
    chip.setParent(room)
    window.show(room, 700, 600)
    return chip


@pytest.fixture
def popup(window: DeskWindow) -> OutboxPopup:
    made = OutboxPopup(
        window.theme,
        window.tasks,
        window.desk,
        window.navigate,
        lambda: window.navigate("exchange"),
        lambda: window.navigate("cancel"),
    )
    window.qtbot.addWidget(made)
    return made


def fill(window: DeskWindow, count: int) -> list[Complaint]:
    return window.work(lambda: [register(window.desk, title=f"Judul {n}") for n in range(count)])


def open_it(window: DeskWindow, popup: OutboxPopup, chip: StateChip) -> None:
    popup.open_below(chip)
    window.settle()
    assert popup.isVisible()


def test_it_shows_the_newest_and_the_way_to_all(window: DeskWindow, popup: OutboxPopup, chip: StateChip) -> None:
    fill(window, 7)
    open_it(window, popup, chip)
    assert [row.accessibleName() for row in popup.items.rows()] == [
        f"Judul {n}, menunggu. Belum pernah dikirim." for n in (6, 5, 4, 3, 2)
    ]
    assert popup.items.tabs.tab("waiting").text() == "Belum terkirim 7"
    assert popup.items.more.text() == "2 lagi, buka daftar lengkap"
    popup.items.more.click()
    assert window.shown == [("register", {"list_filter": ListFilter(sync_states=frozenset({SyncState.PENDING}))})]
    assert not popup.isVisible()


def test_a_complaint_with_many_changes_is_one_line_and_counts_once(
    window: DeskWindow, popup: OutboxPopup, chip: StateChip
) -> None:
    made, _other = fill(window, 2)

    def change() -> None:
        handling.transition(window.desk, made.id, Status.VERIFIED)
        handling.follow_up(window.desk, made.id, "Sudah dilihat.")

    window.work(change)
    open_it(window, popup, chip)
    assert [row.accessibleName() for row in popup.items.rows()] == [
        "Judul 0, 3 perubahan menunggu. Belum pernah dikirim.",
        "Judul 1, menunggu. Belum pernah dikirim.",
    ]
    assert popup.items.tabs.tab("waiting").text() == "Belum terkirim 2"
    assert not popup.items.more.isVisibleTo(popup)


def test_what_was_sent_has_no_number_but_a_way_to_all(window: DeskWindow, popup: OutboxPopup, chip: StateChip) -> None:
    for made in fill(window, 6):
        window.answer(made.id, ResultKind.APPLIED)
    open_it(window, popup, chip)
    popup.items.tabs.tab("answered").click()
    assert popup.items.tabs.tab("answered").text() == "Terkirim"
    assert (len(popup.items.rows()), popup.items.more.text()) == (5, "Buka daftar lengkap")


def test_an_import_that_was_undone_waits_too_and_leads_to_where_it_is(
    window: DeskWindow, popup: OutboxPopup, chip: StateChip, tmp_path: Path
) -> None:
    book = tmp_path / "buku.csv"
    lines = [f"{n},01/07/2026,Warga {n},Lampu jalan padam di gang {n}." for n in range(1, 8)]
    book.write_text("\n".join(["No,Tanggal,Nama,Isi Pengaduan", *lines]), "utf-8")

    def undone() -> None:
        opened = importing.inspect(window.desk, book)
        outcome = importing.run(window.desk, importing.plan(window.desk, opened))
        assert importing.undo(window.desk, outcome.import_id).removed == 7

    window.work(undone)
    open_it(window, popup, chip)
    assert popup.items.rows()[0].accessibleName().endswith(", ditarik kembali. Belum pernah dikirim.")
    popup.items.rows()[0].button.click()
    popup.open_below(chip)
    window.settle()
    assert popup.items.more.text() == "2 lagi dari impor yang dibatalkan"
    popup.items.more.click()
    assert [page for page, _arguments in window.shown] == ["paper_log", "paper_log"]

    fill(window, 1)  # now the list has one of them
    popup.open_below(chip)
    window.settle()
    assert popup.items.more.text() == "Buka daftar lengkap"
    popup.items.more.click()
    assert window.shown[-1][0] == "register"


def test_a_line_opens_its_complaint(window: DeskWindow, popup: OutboxPopup, chip: StateChip) -> None:
    made = fill(window, 1)[0]
    open_it(window, popup, chip)
    assert not popup.items.more.isVisibleTo(popup)
    popup.items.rows()[0].button.click()
    assert window.shown == [("register", {"complaint_id": made.id})]


def test_what_was_refused_comes_first_when_nothing_waits(
    window: DeskWindow, popup: OutboxPopup, chip: StateChip
) -> None:
    refused, signed = fill(window, 2)
    window.answer(refused.id, ResultKind.REJECTED, "Sudah ditutup.")
    window.answer(signed.id, ResultKind.APPLIED)
    open_it(window, popup, chip)
    assert popup.items.tabs.tab("rejected").isChecked()
    assert popup.items.rows()[0].accessibleName() == "Judul 0, perlu dilihat. Ditolak server 10.32: Sudah ditutup."
    popup.items.tabs.tab("answered").click()
    assert popup.items.rows()[0].accessibleName() == "Judul 1, ditandatangani. Diterima server 10.32."
    popup.reload()
    window.settle()
    assert popup.items.tabs.tab("answered").isChecked()


def test_files_that_wait_have_their_own_list_and_go_out_again(
    window: DeskWindow, popup: OutboxPopup, chip: StateChip
) -> None:
    made = fill(window, 1)[0]

    window.leave_files(made, 6)
    open_it(window, popup, chip)
    assert popup.items.tabs.tab("files").isChecked()
    assert popup.items.tabs.tab("files").text() == "Lampiran 6"
    rows = popup.items.rows()
    assert len(rows) == 5
    assert rows[0].accessibleName() == (
        f"foto0.png, {made.reference}, 9 B. 5 B dari 9 B sampai. "
        "Dicoba 10.32: Server kota tidak menjawab. Dicoba lagi nanti. (LK-3001)"
    )
    assert [row.again.isVisible() for row in rows] == [True, False, False, False, False]
    assert "dan 1 lampiran lagi" in [label.text() for label in popup.findChildren(TextLabel) if label.isVisible()]
    assert popup.top.code.text() == "LK-3001"
    popup.top.code.click()
    assert QApplication.clipboard().text() == "LK-3001"
    rows[0].again.click()
    assert window.shown == [("exchange", {})]
    rows[0].button.click()
    assert window.shown[-1] == ("register", {"complaint_id": made.id})


def test_empty(window: DeskWindow, popup: OutboxPopup, chip: StateChip) -> None:
    open_it(window, popup, chip)
    assert popup.items.rows() == []
    assert popup.height() < 320


def test_keys_send_and_close(window: DeskWindow, popup: OutboxPopup, chip: StateChip) -> None:
    open_it(window, popup, chip)
    window.qtbot.keyClick(popup, Qt.Key.Key_F9)
    assert window.shown == [("exchange", {})]
    window.qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_a_running_exchange_shows_how_far_it_is_and_can_be_stopped(
    window: DeskWindow, popup: OutboxPopup, chip: StateChip
) -> None:
    fill(window, 2)
    open_it(window, popup, chip)
    popup.set_sending(True)
    assert popup.top.progress.isVisibleTo(popup)
    assert not popup.foot.send.isEnabled()
    popup.top.set_progress(Progress("sending", 8, 12, 100))
    assert popup.top.progress.figures() == "8 dari 12"
    popup.top.progress.cancel_button().click()
    assert window.shown == [("cancel", {})]
    popup.set_sending(False)
    assert popup.top.progress.isHidden()
    assert popup.foot.send.isEnabled()


def test_a_new_state_refills_it_while_it_is_open(window: DeskWindow, popup: OutboxPopup, chip: StateChip) -> None:
    open_it(window, popup, chip)
    low = popup.height()
    fill(window, 3)
    popup.set_state(window.work(lambda: lists.state(window.desk)))
    window.settle()
    assert len(popup.items.rows()) == 3
    assert popup.height() > low


def test_what_must_be_decided_leads_to_its_page(window: DeskWindow, popup: OutboxPopup, chip: StateChip) -> None:
    made = fill(window, 1)[0]
    open_it(window, popup, chip)
    assert popup.foot.decide.isHidden()

    def arrives() -> None:
        body = {"field": "title", "sides": [], "state": "open"}
        with window.desk.store.write() as transaction:
            imports.put_conflict(transaction, Conflict("c1", made.id, "title", body, open=True, rev=1))

    window.work(arrives)
    window.answer(made.id, ResultKind.CONFLICT)
    window.mark(SyncState.CONFLICT, made.id)
    popup.reload()
    window.settle()
    assert popup.foot.decide.text() == "Putuskan 1 konflik"
    popup.items.tabs.tab("answered").click()
    popup.items.rows()[0].button.click()
    popup.foot.decide.click()
    assert window.shown == [("conflicts", {"complaint_id": made.id}), ("conflicts", {})]


def test_the_stick_is_asked_for_on_the_page_of_the_days_end(
    window: DeskWindow, popup: OutboxPopup, chip: StateChip
) -> None:
    for button, what in ((popup.foot.save, "save"), (popup.foot.take, "take")):
        open_it(window, popup, chip)
        button.click()
        assert not popup.isVisible()
        assert window.shown[-1] == ("day_close", {"usb": what})


def test_what_was_refused_is_sent_again(window: DeskWindow, popup: OutboxPopup, chip: StateChip) -> None:
    refused = fill(window, 1)[0]
    window.answer(refused.id, ResultKind.REJECTED, "Kelurahan lokasi tidak dikenal.")
    open_it(window, popup, chip)
    row = popup.items.rows()[0]
    assert (row.button.text(), row.again.text()) == ("Periksa", "Kirim lagi")
    row.again.setFocus()
    window.qtbot.keyClick(row.again, Qt.Key.Key_Return)
    window.settle()
    assert window.shown == [("exchange", {})]
    state = window.work(lambda: lists.state(window.desk))
    assert (state.unsent, state.rejected) == (1, 0)
    popup.items.tabs.tab("waiting").click()
    assert not popup.items.rows()[0].again.isVisibleTo(popup)
