"""Daftar on a real desk: found, read, carried on."""

from array import array
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from kelurahan_client.domain.complaint import Complaint, Status, SyncState
from kelurahan_client.domain.status import Step
from kelurahan_client.services import handling, lists
from kelurahan_client.services.lists import ListFilter, Sort
from kelurahan_client.store import imports, reveals
from kelurahan_client.store.imports import Conflict
from sync.protocol import ResultKind
from tests.desk_making import FakeClock, register
from tests.ui.desk_window import DeskWindow
from ui.register.edit_form import Editor
from ui.register.page import RegisterPage
from ui.widgets.editors import Combo, LineEdit
from ui.widgets.field import FieldState


def fill(window: DeskWindow, *titles: str, **changes: Any) -> list[Complaint]:
    return window.work(lambda: [register(window.desk, title=title, **changes) for title in titles])


def opened(window: DeskWindow, page: RegisterPage, **changes: Any) -> Complaint:
    """One complaint, shown in the pane."""
    made = fill(window, "Lampu padam", **changes)[0]
    page.activate(complaint_id=made.id)
    window.settle()
    return made


def titles(page: RegisterPage) -> list[str]:
    rows = [page.list.model.row(at) for at in range(page.list.model.rowCount())]
    return [row.title if row else "…" for row in rows]


def stored(window: DeskWindow, made: Complaint) -> Complaint:
    return window.work(lambda: handling.find(window.desk, made.reference))


def take(page: RegisterPage, label: str) -> None:
    """Press the button or the entry of the menu that is called so."""
    foot = page.detail.view.foot
    for button in (foot.first, foot.second):
        if button.text() == label and not button.isHidden():
            button.click()
            return
    next(action for action in foot.menu.actions() if action.text() == label).trigger()


def put(editor: Editor, value: str) -> None:
    if isinstance(editor, Combo):
        editor.set_value(value)
    elif isinstance(editor, LineEdit):
        editor.setText(value)
    else:
        editor.set_text(value)


def test_it_begins_with_what_is_open_and_most_pressing(window: DeskWindow, page: RegisterPage) -> None:
    new, done = fill(window, "Baru", "Selesai")
    fill(window, "Lama", received_date=date(2026, 7, 1))
    window.work(lambda: handling.transition(window.desk, done.id, Status.ARCHIVED, "ganda"))
    page.activate()
    window.settle()
    assert titles(page) == ["Lama", "Baru"]
    assert page.list.bar.chip("open").is_active()
    assert page.list.foot.text() == "2 dari 3 pengaduan"
    assert new.title in titles(page)


def test_typing_searches_newest_first_and_clearing_brings_the_list_back(window: DeskWindow, page: RegisterPage) -> None:
    fill(window, "Titian patah", "Lampu padam", received_date=date(2026, 7, 31))
    fill(window, "Titian lapuk", received_date=date(2026, 7, 30))
    page.activate()
    window.settle()
    page.search_focus()
    window.qtbot.keyClicks(page.box, "titian")
    window.settle()
    assert titles(page) == ["Titian lapuk", "Titian patah"]
    header = page.list.table.horizontalHeader()
    assert not header.isSortIndicatorShown()
    before = page.list.bar.filter()
    for order, expected in (
        (Qt.SortOrder.DescendingOrder, ["Titian patah", "Titian lapuk"]),
        (Qt.SortOrder.AscendingOrder, ["Titian lapuk", "Titian patah"]),
    ):
        header.setSortIndicator(0, order)
        window.settle()
        assert titles(page) == expected
        assert header.isSortIndicatorShown()
    window.qtbot.keyClicks(page.box, " lapuk")
    window.settle()
    assert page.finding.wanted().sort is page.list.model.sort_of(0)  # other words stay in that order
    assert page.list.bar.filter() == before
    assert page.go_back()
    window.settle()
    assert len(titles(page)) == 3
    assert page.list.order.wanted() == before
    page.activate(search="titian")
    window.settle()
    assert titles(page) == ["Titian lapuk", "Titian patah"]
    assert not header.isSortIndicatorShown()


def test_nothing_found_says_so_and_the_filters_can_be_cleared(window: DeskWindow, page: RegisterPage) -> None:
    done = fill(window, "Titian patah")[0]
    window.work(lambda: handling.transition(window.desk, done.id, Status.ARCHIVED, "ganda"))
    page.activate(search="titian")
    window.settle()
    assert page.list.empty.isVisibleTo(page)
    assert page.list.empty.accessibleName() == "Tidak ada yang cocok dengan “titian”"
    assert "Terbuka" in page.list.empty.accessibleDescription()
    page.list.clear.click()
    window.settle()
    assert titles(page) == ["Titian patah"]
    assert page.box.text() == "titian"


def test_before_the_first_complaint(window: DeskWindow, page: RegisterPage) -> None:
    page.activate()
    window.settle()
    assert page.list.empty.accessibleName() == "Belum ada pengaduan"
    assert page.list.clear.isHidden()
    assert page.list.foot.text() == "0 dari 0 pengaduan"


def test_chips_filter(window: DeskWindow, page: RegisterPage) -> None:
    fill(window, "Baru")
    late = fill(window, "Lama", received_date=date(2026, 7, 1))[0]
    window.mark(SyncState.ACKNOWLEDGED, late.id)
    page.activate()
    window.settle()
    page.list.bar.chip("late").click()
    window.settle()
    assert titles(page) == ["Lama"]
    page.list.bar.chip("unsent").click()
    window.settle()
    assert titles(page) == []
    page.list.bar.chip("late").click()
    window.settle()
    assert titles(page) == ["Baru"]


def test_a_list_that_another_page_asked_for(window: DeskWindow, page: RegisterPage) -> None:
    fill(window, "Baru")
    page.activate(list_filter=ListFilter(due_from=date(2026, 8, 3), due_until=date(2026, 8, 10), sort=Sort.DUE))
    window.settle()
    assert page.list.bar.values() == {"soon": "Segera jatuh tempo"}
    assert titles(page) == ["Baru"]
    page.activate()
    window.settle()
    assert page.list.bar.values() == {"soon": "Segera jatuh tempo"}


def test_a_press_on_a_column_sorts(window: DeskWindow, page: RegisterPage) -> None:
    fill(window, "B", received_date=date(2026, 7, 30))
    fill(window, "A", received_date=date(2026, 7, 31))
    page.activate()
    window.settle()
    page.list.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    window.settle()
    assert titles(page) == ["A", "B"]
    page.list.table.horizontalHeader().setSortIndicator(3, Qt.SortOrder.AscendingOrder)
    window.settle()
    assert page.list.bar.filter().sort is Sort.SYNC


def test_choosing_a_line_shows_it_masked(window: DeskWindow, page: RegisterPage) -> None:
    fill(window, "Lampu padam", location="Gg. Mawar")
    page.activate()
    window.settle()
    page.box.setFocus()
    window.qtbot.keyClick(page.box, Qt.Key.Key_Down)
    window.settle()
    assert page.list.table.hasFocus()
    assert page.detail.view.facts.text_of_reporter() == "Siti Aminah  0812••••4567"


def test_an_identity_is_shown_for_a_reason_and_until_the_next_complaint(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page, reporter_nik="6371040101900001", reporter_address="Gg. Damai 1")
    view = page.detail.view
    view.facts.reveal_asked.emit()
    view.panel.confirm.click()
    assert view.panel.asking()
    window.qtbot.keyClicks(view.panel.words, "menghubungi pelapor")
    window.qtbot.keyClick(view.panel.words, Qt.Key.Key_Return)
    window.settle()
    assert not view.panel.asking()
    assert "081251234567" in view.facts.text_of_reporter()
    assert "6371040101900001" in view.facts.text_of_reporter()

    def logged() -> list[tuple[str, str]]:
        with window.desk.store.read() as transaction:
            return [(actor, reason) for actor, _, reason in reveals.of_complaint(transaction, made.id)]

    assert window.work(logged) == [("Petugas", "menghubungi pelapor")]
    other = fill(window, "Lain")[0]
    page.activate(complaint_id=other.id)
    window.settle()
    page.activate(complaint_id=made.id)
    window.settle()
    assert "081251234567" not in view.facts.text_of_reporter()


def test_a_revealed_identity_can_be_hidden_at_once(window: DeskWindow, page: RegisterPage) -> None:
    opened(window, page, anonymous=True)
    view = page.detail.view
    assert view.facts.text_of_reporter() == "Anonim"
    view.facts.reveal_asked.emit()
    view.panel.words.setText("menghubungi pelapor")
    view.panel.confirm.click()
    window.settle()
    assert "Siti Aminah" in view.facts.text_of_reporter()
    view.facts.hide_asked.emit()
    assert view.facts.text_of_reporter() == "Anonim"


def test_only_legal_steps_are_offered_and_one_without_a_question_is_taken_at_once(
    window: DeskWindow, page: RegisterPage
) -> None:
    made = opened(window, page)
    foot = page.detail.view.foot
    offered = [button.text() for button in (foot.first, foot.second) if button.isVisibleTo(foot)]
    offered += [action.text() for action in foot.menu.actions() if isinstance(action.data(), Step)]
    assert offered == ["Verifikasi", "Tunda…", "Bukan wewenang…", "Arsipkan…"]
    take(page, "Verifikasi")
    window.settle()
    assert stored(window, made).status is Status.VERIFIED
    assert window.said == [("Status diubah menjadi Terverifikasi.", None)]
    assert foot.first.text() == "Disposisi…"
    assert titles(page) == ["Lampu padam"]


def test_a_step_that_needs_a_reason_asks_for_it(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)
    panel = page.detail.view.panel
    take(page, "Arsipkan…")
    assert panel.isVisibleTo(page)
    assert page.detail.view.foot.isHidden()
    panel.confirm.click()
    assert stored(window, made).status is Status.RECEIVED
    panel.words.setText("pengaduan ganda")
    panel.confirm.click()
    window.settle()
    assert stored(window, made).status is Status.ARCHIVED
    assert page.detail.view.foot.first.isHidden()
    assert not any(isinstance(action.data(), Step) for action in page.detail.view.foot.menu.actions())
    assert titles(page) == []
    assert page.detail.open_id() == made.id


def test_esc_leaves_the_question(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)
    take(page, "Arsipkan…")
    assert page.go_back()
    assert not page.detail.view.foot.isHidden()
    assert not page.go_back()
    assert stored(window, made).status is Status.RECEIVED


def test_a_referral_asks_for_the_agency_that_was_proposed(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page, agency="DISHUB")
    window.work(lambda: handling.transition(window.desk, made.id, Status.VERIFIED))
    page.reload(frozenset({"complaint"}))
    window.settle()
    take(page, "Disposisi…")
    panel = page.detail.view.panel
    assert panel.combo.value() == "DISHUB"
    panel.combo.set_value("PUPR")
    panel.confirm.click()
    window.settle()
    after = stored(window, made)
    assert (after.status, after.agency) == (Status.REFERRED, "PUPR")
    assert window.said[-1][0] == "Didisposisi ke PUPR."


def test_a_referral_without_an_agency_is_refused_beside_the_field(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)
    window.work(lambda: handling.transition(window.desk, made.id, Status.VERIFIED))
    page.reload(frozenset({"complaint"}))
    window.settle()
    take(page, "Disposisi…")
    page.detail.view.panel.confirm.click()
    assert page.detail.view.panel.asking()
    assert stored(window, made).status is Status.VERIFIED


def test_an_illegal_step_is_told_in_the_panel(window: DeskWindow, page: RegisterPage, clock: FakeClock) -> None:
    made = opened(window, page)

    def until_closed() -> None:
        for step, note in ((Status.VERIFIED, ""), (Status.IN_PROGRESS, ""), (Status.RESOLVED, "selesai")):
            handling.transition(window.desk, made.id, step, note)

    window.work(until_closed)
    page.reload(frozenset({"complaint"}))
    window.settle()
    clock.move(days=40)
    take(page, "Buka kembali…")
    panel = page.detail.view.panel
    panel.words.setText("belum beres")
    panel.confirm.click()
    window.settle()
    assert panel.asking()
    assert "10 hari kerja" in panel.words.accessibleDescription()


def test_enter_adds_a_follow_up(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)
    words = page.detail.view.foot.words
    window.qtbot.keyClicks(words, "Sudah ditinjau.")
    window.qtbot.keyClick(words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    assert words.text() == ""
    assert window.said == [("Tindak lanjut ditambahkan.", None)]
    detail = window.work(lambda: lists.detail(window.desk, made.id))
    assert [entry.text for entry in detail.timeline] == ["Sudah ditinjau.", ""]


def test_half_a_follow_up_waits_for_its_complaint(window: DeskWindow, page: RegisterPage) -> None:
    first = opened(window, page)
    other = fill(window, "Lain")[0]
    page.detail.view.foot.words.setText("Sudah")
    page.activate(complaint_id=other.id)
    window.settle()
    assert page.detail.view.foot.words.text() == ""
    page.activate(complaint_id=first.id)
    window.settle()
    assert page.detail.view.foot.words.text() == "Sudah"


def test_an_edit_keeps_what_was_not_touched_and_can_be_undone(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page, location="Gg. Mawar", rt="12")
    form = page.detail.form
    page.detail.view.head.edit.click()
    assert form.isVisibleTo(page)
    assert form.changes() == {}
    put(form.editor("location"), "Gg. Melati")
    put(form.editor("reporter_phone"), "081300001111")
    put(form.editor("category"), "PJU")
    assert set(form.changes()) == {"location", "reporter_phone", "category"}
    form.save.click()
    window.settle()
    after = stored(window, made)
    assert (after.location, after.reporter_phone, after.category, after.rt) == (
        "Gg. Melati", "081300001111", "PJU", "012",
    )  # fmt: skip
    assert not form.isVisibleTo(page)
    text, undo = window.said[-1]
    assert text == "Perubahan tersimpan."
    assert undo is not None
    undo()
    window.settle()
    back = stored(window, made)
    assert (back.location, back.reporter_phone, back.category) == ("Gg. Mawar", "081251234567", "")
    assert window.said[-1] == ("Perubahan diurungkan.", None)


def test_a_field_that_cannot_be_kept_says_how_to_mend_it(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)
    page.detail.start_edit()
    form = page.detail.form
    put(form.editor("rt"), "seribu")
    form.save.click()
    window.settle()
    assert form.isVisibleTo(page)
    assert form.field("rt").state() is FieldState.ERROR
    assert form.field("title").state() is FieldState.OK
    assert stored(window, made).rt == ""
    put(form.editor("rt"), "7")
    form.save.click()
    window.settle()
    assert stored(window, made).rt == "007"


def test_what_the_centre_has_otherwise(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)

    def conflict() -> None:
        sides = [{"value": "Di sini", "actor": "Norhasanah"}, {"value": "Di sana", "actor": "Rifani"}]
        with window.desk.store.write() as transaction:
            imports.put_conflict(transaction, Conflict("c-1", made.id, "location", {"sides": sides}, True))

    window.work(conflict)
    page.reload(frozenset({"conflict"}))
    window.settle()
    said = " ".join(label.text() for label in page.detail.view.facts.findChildren(QWidget) if hasattr(label, "text"))
    assert "“Di sini” (Norhasanah) dan “Di sana” (Rifani)" in said
    (decide,) = [one for one in page.detail.view.facts.findChildren(QPushButton) if one.text() == "Putuskan…"]
    assert decide.accessibleName() == "Putuskan Lokasi"
    decide.click()
    assert window.shown == [("conflicts", {"conflict_id": "c-1"})]


def test_what_the_centre_refused_stands_above(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)
    assert page.detail.view.refused.isHidden()
    window.answer(made.id, ResultKind.REJECTED, "Kelurahan lokasi sudah dihapus.")
    page.reload(frozenset({"complaint"}))
    window.settle()
    assert page.detail.view.refused.words() == "Ditolak server kota. Kelurahan lokasi sudah dihapus."
    assert page.detail.view.refused.isVisibleTo(page)


def test_a_list_without_the_complaint_in_the_pane_empties_the_pane(window: DeskWindow, page: RegisterPage) -> None:
    lamp = fill(window, "Lampu", statement="Lampu padam di muka langgar.")[0]
    bridge = fill(window, "Titian", statement="Titian patah di muara gang.")[0]
    page.activate(list_filter=ListFilter(statuses=frozenset({Status.RECEIVED})))
    window.settle()
    page.activate(complaint_id=lamp.id)
    window.settle()
    page.box.setText("lampu")
    window.settle()
    assert page.detail.open_id() == lamp.id
    assert page.list.table.currentIndex().row() == 0
    window.work(lambda: handling.transition(window.desk, lamp.id, Status.VERIFIED))
    page.reload(frozenset())
    window.settle()
    assert page.list.model.rowCount() == 0
    assert page.detail.open_id() == lamp.id  # whoever has just moved it goes on with it
    page.box.setText("titian")
    window.settle()
    assert page.detail.open_id() == ""
    assert page.detail.complaint() is None
    page.list.table.selectRow(0)
    window.settle()
    assert page.detail.open_id() == bridge.id
    page.list.bar.set_filter(ListFilter(statuses=frozenset({Status.CLOSED})))
    page.list.filter_changed.emit()
    window.settle()
    assert page.detail.open_id() == ""
    page.list.clear_filters()
    window.settle()
    assert not page.list.table.currentIndex().isValid()
    page.activate(list_filter=ListFilter(statuses=frozenset({Status.CLOSED})), complaint_id=lamp.id)
    window.settle()
    assert page.detail.open_id() == lamp.id  # it was asked for by itself


def test_a_complaint_that_is_gone(window: DeskWindow, page: RegisterPage) -> None:
    page.activate(complaint_id="0198a000-0000-7000-8000-0000000000ff")
    window.settle()
    assert page.detail.complaint() is None
    assert page.detail.open_id() == ""


def test_a_long_list_keeps_its_place_when_records_change(window: DeskWindow, page: RegisterPage) -> None:
    many = fill(window, *(f"Nomor {n}" for n in range(120)))
    page.activate(list_filter=ListFilter(sort=Sort.ARRIVAL, descending=False))
    window.settle()
    page.list.table.selectRow(90)
    page.list.table.scrollTo(page.list.model.index(90, 0))
    window.settle()
    assert page.detail.open_id() == many[90].id
    fill(window, "Baru")
    at = page.list.table.verticalScrollBar().value()
    page.reload(frozenset({"complaint"}))
    window.settle()
    assert len(titles(page)) == 121
    assert page.list.table.currentIndex().row() == 90
    assert page.list.table.verticalScrollBar().value() == at
    assert page.detail.open_id() == many[90].id


def test_in_a_narrow_window_the_complaint_comes_in_front(window: DeskWindow) -> None:
    made = fill(window, "Lampu padam")[0]
    page = RegisterPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(page, 760)
    page.activate()
    window.settle()
    assert page.list.isVisibleTo(page)
    assert not page.detail.isVisibleTo(page)
    page.activate(complaint_id=made.id)
    window.settle()
    assert page.detail.isVisibleTo(page)
    assert not page.list.isVisibleTo(page)
    assert page.go_back()
    assert page.list.isVisibleTo(page)
    assert not page.go_back()
    page.activate(complaint_id=made.id)
    window.settle()
    page.activate(list_filter=ListFilter(statuses=frozenset({Status.CLOSED})))
    window.settle()
    assert page.list.isVisibleTo(page)  # a list was asked for, and the complaint is not in it


def test_more_than_a_search_shows_is_said(window: DeskWindow, page: RegisterPage) -> None:
    fill(window, "Titian")
    page.activate()
    window.settle()
    page.list.show_keys(array("q", range(1, 1002)), "titian")
    assert page.list.foot.text().startswith("1.000 terbaru yang cocok")
    assert page.list.model.rowCount() == 1000
    window.settle()
