"""Konflik on a real desk: looked at, decided by keyboard, taken back, and what comes while somebody looks."""

from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from kelurahan_client.domain.complaint import Complaint, Status
from kelurahan_client.domain.roles import Officer, Role
from kelurahan_client.services import deciding, half_decided, handling, lists
from kelurahan_client.services.half_decided import HalfDecided
from kelurahan_client.store import imports, reveals
from kelurahan_client.store.imports import Conflict
from tests.desk_making import register
from tests.ui.conflict.conftest import Contest, put, side
from tests.ui.desk_window import DeskWindow
from ui.conflict.editors import set_text, text_of
from ui.conflict.lines import Kind
from ui.conflict.page import ConflictPage
from ui.widgets.editors import Combo, LineEdit, TextEdit
from ui.widgets.snack_bar import SnackBar

BEFORE = "Gg. Karya Baru, di muka langgar"
THERE = "Gg. Karya Baru, di ujung gang"
HERE = "Gg. Karya Baru, di muka Langgar Al-Jihad"


def opened(window: DeskWindow, page: ConflictPage, **arguments: Any) -> None:
    page.activate(**arguments)
    window.settle()


def texts(page: ConflictPage) -> list[str]:
    return [card.text.toPlainText() for card in page.pane.comparison.cards()]


def titles(page: ConflictPage) -> list[str]:
    return [card.accessibleName() for card in page.pane.comparison.cards()]


def said_of(widget: QWidget) -> str:
    return " ".join(
        label.text() for label in widget.findChildren(QWidget) if isinstance(label, QLabel | QAbstractButton)
    )


def press(page: ConflictPage, key: Qt.Key, *, ctrl: bool = False) -> None:
    target = QApplication.focusWidget() or page
    QTest.keyClick(target, key, Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier)


def stored(window: DeskWindow, made: Complaint) -> Complaint:
    return window.work(lambda: handling.find(window.desk, made.id))


def undecided(window: DeskWindow) -> list[str]:
    found = window.work(lambda: lists.conflicts(window.desk))
    return [view.conflict.id for view in found if not view.conflict.decided]


def test_what_was_done_is_not_said_upon_the_reason(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    contest("c1", "location", BEFORE, THERE, HERE)
    contest("c2", "title", "Lama", "Di sana", "Di sini")
    opened(window, page)
    room = window.rooms[0]
    snack = SnackBar(window.theme, room)
    press(page, Qt.Key.Key_1)
    press(page, Qt.Key.Key_S, ctrl=True)
    window.settle()
    said, undo = window.said[-1]
    snack.show_line(said, undo)

    def covers() -> bool:
        parts = (page.pane.answer.reason, page.pane.answer.editor, page.pane.answer.save)
        seen = [(part, part.visibleRegion().boundingRect()) for part in parts]
        places = [QRect(part.mapTo(room, rect.topLeft()), rect.size()) for part, rect in seen]
        return any(snack.geometry().intersects(place) for place in places)

    for height in (640, 720, 860, 500):
        room.resize(1166, height)
        window.qtbot.waitUntil(lambda: not covers())


def test_who_decides_is_said_to_whoever_may_not(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    contest("c1", "location", BEFORE, THERE, HERE)
    opened(window, page)
    assert "Anda yang memutuskan." in said_of(page)
    window.desk.store.at_work = Officer("Udin", id="u", duty=Role.CLERK)
    page.reload(frozenset({"officer"}))
    window.settle()
    assert "Yang memutuskan: verifikator, lurah, atau admin loket." in said_of(page)


def test_without_a_conflict_it_says_what_one_would_be(window: DeskWindow, page: ConflictPage) -> None:
    opened(window, page)
    assert page.empty.isVisibleTo(page)
    assert page.list.isHidden()
    assert page.empty.accessibleName() == "Tidak ada yang perlu diputuskan"
    assert "Anda memilih yang benar" in page.empty.accessibleDescription()


def test_the_values_stand_side_by_side_with_authors_and_times(
    window: DeskWindow, page: ConflictPage, contest: Contest
) -> None:
    made = contest("c1", "location", BEFORE, THERE, HERE)
    opened(window, page)
    assert titles(page) == ["Semula", "Di sini", "Di pusat"]
    assert texts(page) == [BEFORE, HERE, THERE]
    first, here, there = page.pane.comparison.cards()
    assert "Dicatat di Loket A" in first.accessibleDescription()
    assert "Norhasanah, Loket A 31 Juli 2026, 11.40 WITA" in here.accessibleDescription()
    assert "Rina, Loket B 31 Juli 2026, 10.40 WITA" in there.accessibleDescription()
    assert "Yang berbeda: Langgar Al-Jihad." in here.accessibleDescription()
    assert "text-decoration: underline" in here.text.toHtml()
    assert "text-decoration: line-through" in first.text.toHtml()
    assert made.reference in page.pane.context.accessibleName()
    assert "Ada dua isi yang berbeda" in said_of(page.pane.context)
    (entry,) = [page.list.model.entry(0)]
    assert entry is not None
    assert entry.spoken == f"Lokasi, {made.reference}, Judul c1, Rina mengubah 31 Juli"


def test_one_key_takes_a_side_and_another_saves_it(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    made = contest("c1", "location", BEFORE, THERE, HERE)
    later = contest("c2", "title", "Lama", "Di sana", "Di sini")
    opened(window, page)
    assert page.list.view.hasFocus()
    press(page, Qt.Key.Key_1)
    assert text_of(page.pane.answer.editor) == HERE
    press(page, Qt.Key.Key_2)
    assert text_of(page.pane.answer.editor) == THERE
    press(page, Qt.Key.Key_1)
    press(page, Qt.Key.Key_S, ctrl=True)
    window.settle()
    assert stored(window, made).location == HERE
    assert undecided(window) == ["c2"]
    assert page.list.marked() == "c2"
    assert titles(page)[1:] == ["Di sini", "Di pusat"]
    assert later.reference in page.pane.context.accessibleName()
    assert page.list.ids(Kind.DECIDED) == ["c1"]
    assert page.list.view.hasFocus()
    assert window.said[-1][0] == f"Keputusan disimpan: Lokasi, {made.reference}."


def test_a_new_value_is_written_with_its_reason(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    made = contest("c1", "location", BEFORE, THERE, HERE)
    opened(window, page)
    press(page, Qt.Key.Key_E)
    assert page.pane.answer.editor.hasFocus()
    QTest.keyClicks(page.pane.answer.editor, "Gg. Karya Baru 12")
    assert text_of(page.pane.answer.editor) == "Gg. Karya Baru 12"  # 1 and 2 are letters there
    press(page, Qt.Key.Key_S, ctrl=True)
    assert "Tulis alasan" in said_of(page.pane.answer)
    assert page.pane.answer.reason.hasFocus()
    QTest.keyClicks(page.pane.answer.reason, "Ditelepon.")
    press(page, Qt.Key.Key_Return)
    window.settle()
    assert stored(window, made).location == "Gg. Karya Baru 12"
    assert undecided(window) == []
    assert page.empty.isVisibleTo(page)


def test_nothing_is_saved_without_a_choice(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    contest("c1", "location", BEFORE, THERE, HERE)
    opened(window, page)
    press(page, Qt.Key.Key_S, ctrl=True)
    window.settle()
    assert "Pilih salah satu" in said_of(page.pane.answer)
    assert undecided(window) == ["c1"]


def test_a_side_is_begun_from_and_written_on(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    made = contest("c1", "location", BEFORE, THERE, HERE)
    opened(window, page)
    begin = {button.accessibleName(): button for button in page.pane.answer.findChildren(QWidget)}
    begin["Mulai dari yang di pusat"].click()
    assert page.pane.answer.editor.hasFocus()
    QTest.keyClicks(page.pane.answer.editor, ", kiri")
    QTest.keyClicks(page.pane.answer.reason, "Dilihat.")
    page.pane.answer.save.click()
    window.settle()
    assert stored(window, made).location == f"{THERE}, kiri"


def test_the_way_back_restores_what_was_decided(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    made = contest("c1", "location", BEFORE, THERE, HERE)
    contest("c2", "title", "Lama", "Di sana", "Di sini")
    opened(window, page)
    press(page, Qt.Key.Key_1)
    QTest.keyClicks(page.pane.answer.reason, "Ditelepon.")
    press(page, Qt.Key.Key_S, ctrl=True)
    window.settle()
    undo = window.said[-1][1]
    assert undo is not None
    undo()
    window.settle()
    assert undecided(window) == ["c1", "c2"]
    assert stored(window, made).location == THERE
    assert page.list.marked() == "c1"
    assert text_of(page.pane.answer.editor) == HERE
    assert page.pane.answer.reason.text() == "Ditelepon."
    assert "diurungkan" in window.said[-1][0]


def test_a_decision_of_today_is_shown_and_taken_back_until_it_is_answered(
    window: DeskWindow, page: ConflictPage, contest: Contest
) -> None:
    contest("c1", "location", BEFORE, THERE, HERE)
    window.work(lambda: deciding.take_side(window.desk, "c1", "c1-1", "Ditelepon."))
    opened(window, page)
    assert page.empty.isVisibleTo(page)
    page.list.view.setCurrentIndex(page.list.model.index(1))
    window.settle()
    assert page.pane.answer.isHidden()
    assert f"Diputuskan “{HERE}”" in page.pane.decision.accessibleName()
    assert "Belum dijawab server kota" in page.pane.decision.accessibleDescription()
    page.pane.decision.undo.click()
    window.settle()
    assert undecided(window) == ["c1"]
    assert page.pane.answer.isVisibleTo(page)


def test_what_was_answered_cannot_be_taken_back(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    made = contest("c1", "location", BEFORE, THERE, HERE)

    def decided() -> None:
        said = side("", HERE, "C", "Fauzi", "2026-08-03T01:00:00Z")
        body = {"base": BEFORE, "sides": [], "state": "resolved", "decisions": [said | {"reason": "", "stands": True}]}
        with window.desk.store.write() as transaction:
            imports.put_conflict(transaction, Conflict("c1", made.id, "location", body, open=False, rev=2))

    window.work(decided)
    opened(window, page)
    page.list.view.setCurrentIndex(page.list.model.index(1))
    window.settle()
    assert "Fauzi" in page.pane.decision.accessibleName()
    assert page.pane.decision.undo.isHidden()


def test_another_value_that_comes_while_somebody_types(
    window: DeskWindow, page: ConflictPage, contest: Contest
) -> None:
    made = contest("c1", "location", BEFORE, THERE, HERE)
    opened(window, page)
    QTest.keyClicks(page.pane.answer.editor, "Setengah jadi")

    def arrives() -> None:
        with window.desk.store.write() as transaction:
            put(transaction, "c1", made.id, "location", BEFORE, THERE, HERE, "Yang ketiga")

    window.work(arrives)
    QTest.keyClicks(page.pane.answer.reason, "Ditelepon.")
    page.pane.answer.save.click()  # before the page has heard of it
    window.settle()
    assert undecided(window) == ["c1"]
    assert text_of(page.pane.answer.editor) == "Setengah jadi"
    assert page.pane.answer.reason.text() == "Ditelepon."
    assert page.pane.news.isVisibleTo(page)
    assert page.pane.news.words().startswith("Ada isi lain yang baru datang. Dari Fauzi, Loket C.")
    assert "Yang Anda ketik tetap ada" in page.pane.news.words()
    assert texts(page)[-1] == "Yang ketiga"
    page.pane.answer.save.click()
    window.settle()
    assert stored(window, made).location == "Setengah jadi"


def test_a_decision_from_elsewhere_that_comes_while_somebody_types(
    window: DeskWindow, page: ConflictPage, contest: Contest
) -> None:
    made = contest("c1", "location", BEFORE, THERE, HERE)
    opened(window, page)
    QTest.keyClicks(page.pane.answer.editor, "Setengah jadi")

    def decided() -> None:
        said = side("", "Muka pos", "C", "Fauzi", "2026-08-03T01:00:00Z")
        body = {"base": BEFORE, "sides": [], "state": "resolved", "decisions": [said | {"reason": "", "stands": True}]}
        with window.desk.store.write() as transaction:
            imports.put_conflict(transaction, Conflict("c1", made.id, "location", body, open=False, rev=2))

    window.work(decided)
    page.reload(frozenset({"conflict"}))
    window.settle()
    assert "diputuskan di tempat lain" in page.pane.news.words()
    assert "“Setengah jadi”" in page.pane.news.words()
    assert "Muka pos" in page.pane.decision.accessibleName()


def test_half_typed_decisions_wait_while_another_is_looked_at(
    window: DeskWindow, page: ConflictPage, contest: Contest
) -> None:
    contest("c1", "location", BEFORE, THERE, HERE)
    contest("c2", "title", "Lama", "Di sana", "Di sini")
    opened(window, page)
    QTest.keyClicks(page.pane.answer.editor, "Setengah jadi")
    page.list.view.setFocus()
    press(page, Qt.Key.Key_Down)
    window.settle()
    assert text_of(page.pane.answer.editor) == ""
    press(page, Qt.Key.Key_Up)
    window.settle()
    assert text_of(page.pane.answer.editor) == "Setengah jadi"


def test_what_is_half_decided_is_there_after_a_power_cut_too(
    window: DeskWindow, page: ConflictPage, contest: Contest
) -> None:
    contest("c1", "location", BEFORE, THERE, HERE)
    contest("c2", "reporter_phone", "081251144470", "081251144471", "081251144472")
    opened(window, page, conflict_id="c1")

    def begun(id_: str) -> HalfDecided:
        return window.work(lambda: half_decided.of(window.desk, id_))

    saved = begun("c1")
    for at in range(400):  # somebody who never pauses
        QTest.keyClick(page.pane.answer.editor, "x")
        QTest.qWait(2)
        if at % 20 == 19 and (saved := begun("c1")):
            break
    assert saved.value.startswith("xxx")
    page.pane.answer.reason.setText("sudah ditelepon")
    page.list.view.setFocus()
    press(page, Qt.Key.Key_Down)
    window.settle()
    window.settle()
    page.pane.context.reveal.click()
    QTest.keyClicks(page.pane.panel.words, "menghubungi pelapor")
    press(page, Qt.Key.Key_Return)
    window.settle()
    page.list.view.setFocus()
    press(page, Qt.Key.Key_1)
    assert text_of(page.pane.answer.editor) == "081251144472"
    assert page.may_close()
    window.settle()
    assert begun("c2") == HalfDecided(side="c2-1")
    other = ConflictPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(other)
    opened(window, other, conflict_id="c1")
    assert text_of(other.pane.answer.editor).startswith("xxx")
    assert other.pane.answer.reason.text() == "sudah ditelepon"
    opened(window, other, conflict_id="c2")
    assert "44472" not in text_of(other.pane.answer.editor)
    assert other.pane.answer.draft().side == "c2-1"
    press(other, Qt.Key.Key_S, ctrl=True)
    window.settle()
    assert not begun("c2")


def test_more_than_two_sides_have_their_places_and_keys(
    window: DeskWindow, page: ConflictPage, contest: Contest
) -> None:
    made = contest("c1", "agency", "PUPR", "DLH", "DISHUB", "BPBD")
    opened(window, page)
    assert titles(page) == ["Semula", "Di sini", "Di pusat", "Loket C"]
    assert texts(page)[1] == "Dinas Perhubungan"
    cards = page.pane.comparison.cards()
    assert all(card.take.isVisibleTo(page) for card in cards[1:])
    assert cards[1].y() > cards[0].y()  # the value before them stands above
    assert len({card.y() for card in cards[1:]}) == 1
    press(page, Qt.Key.Key_3)
    press(page, Qt.Key.Key_S, ctrl=True)
    window.settle()
    assert stored(window, made).agency == "BPBD"


@pytest.mark.parametrize(
    ("field", "values", "shown", "editor"),
    [
        ("status", ("received", "verified", "archived"), "Diarsipkan", Combo),
        ("category", ("PJU", "SAMPAH", "BANJIR"), "banjir", Combo),
        ("resident", (True, False, True), "ya", Combo),
        ("statement", ("Satu", "Dua", "Tiga kata saja"), "Tiga kata saja", TextEdit),
        ("reporter_name", ("Siti", "Sitti", "Siti A."), "Siti A.", LineEdit),
    ],
)
def test_each_field_has_its_editor_and_its_words(
    window: DeskWindow,
    page: ConflictPage,
    contest: Contest,
    field: str,
    values: tuple[Any, Any, Any],
    shown: str,
    editor: type[QWidget],
) -> None:
    base, there, here = values
    stands = Status(there) if field == "status" else there
    made = contest("c1", field, base, stands, here)
    opened(window, page)
    assert shown.casefold() in texts(page)[1].casefold()
    assert isinstance(page.pane.answer.editor, editor)
    press(page, Qt.Key.Key_1)
    press(page, Qt.Key.Key_S, ctrl=True)
    window.settle()
    assert getattr(stored(window, made), field) == here


def test_a_status_offers_only_what_may_be_decided(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    contest("c1", "status", "received", Status.ARCHIVED, "out_of_jurisdiction")
    opened(window, page)
    editor = page.pane.answer.editor
    assert isinstance(editor, Combo)
    offered = [editor.itemText(at) for at in range(editor.count())]
    assert "Terverifikasi" in offered
    assert "Selesai" not in offered


def test_a_date_is_written_as_people_write_it(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    made = contest("c1", "due_date", "2026-08-06", "2026-08-10", "2026-08-12")
    opened(window, page)
    assert texts(page) == ["6 Agustus 2026", "12 Agustus 2026", "10 Agustus 2026"]
    set_text(page.pane.answer.editor, "besok lusa")
    page.pane.answer.reason.setText("Disepakati.")
    page.pane.answer.save.click()
    window.settle()
    assert "Bukan tanggal" in said_of(page.pane.answer)
    set_text(page.pane.answer.editor, "14/8")
    page.pane.answer.save.click()
    window.settle()
    assert str(stored(window, made).due_date) == "2026-08-14"


def test_identities_are_masked_until_somebody_says_why(
    window: DeskWindow, page: ConflictPage, contest: Contest
) -> None:
    made = contest("c1", "reporter_phone", "081251144470", "081251144471", "081251144472")
    opened(window, page)
    assert "5114447" not in " ".join([*texts(page), said_of(page)])
    press(page, Qt.Key.Key_1)
    assert "5114447" not in text_of(page.pane.answer.editor)
    page.pane.context.reveal.click()
    QTest.keyClicks(page.pane.panel.words, "menghubungi pelapor")
    press(page, Qt.Key.Key_Return)
    window.settle()
    assert texts(page) == ["081251144470", "081251144472", "081251144471"]
    assert text_of(page.pane.answer.editor) == "081251144472"

    def logged() -> list[str]:
        with window.desk.store.read() as transaction:
            return [reason for _, _, reason in reveals.of_complaint(transaction, made.id)]

    assert window.work(logged) == ["menghubungi pelapor"]
    page.reload(frozenset({"complaint"}))
    window.settle()
    assert texts(page)[0] == "081251144470"  # it stays while one looks at it
    press(page, Qt.Key.Key_S, ctrl=True)
    window.settle()
    assert stored(window, made).reporter_phone == "081251144472"


def test_a_masked_side_is_taken_as_it_is(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    made = contest("c1", "reporter_name", "Siti", "Sitti", "Siti A.", anonymous=True)
    opened(window, page)
    assert texts(page) == ["••••"] * 3
    press(page, Qt.Key.Key_1)
    press(page, Qt.Key.Key_S, ctrl=True)
    window.settle()
    assert stored(window, made).reporter_name == "Siti A."


def test_what_is_confidential_is_not_told_by_the_list(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    contest("c1", "location", BEFORE, THERE, HERE, title="Judul yang peka", confidential=True)
    opened(window, page)
    entry = page.list.model.entry(0)
    assert entry is not None
    assert "peka" not in entry.spoken


def test_a_long_text_scrolls_and_nothing_is_cut(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    long = " ".join(f"kata{at}" for at in range(1_100))[:8_471]
    contest("c1", "statement", long, f"{long} di sana", f"{long} di sini")
    opened(window, page)
    window.rooms[0].resize(824, 544)
    window.settle()
    for card, ending in zip(page.pane.comparison.cards(), (long, "di sini", "di sana"), strict=True):
        assert card.text.toPlainText().endswith(ending[-20:])
        assert card.text.verticalScrollBar().maximum() > 0
        assert card.text.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert page.width() <= 824


def test_it_fits_small_windows(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    contest("c1", "location", BEFORE, THERE, HERE)
    opened(window, page)
    for width in (1_166, 824, 620):
        window.rooms[0].resize(width, 544)
        window.settle()
        assert window.rooms[0].horizontalScrollBar().maximum() == 0, width
        for card in page.pane.comparison.cards()[1:]:
            assert card.take.width() >= card.take.sizeHint().width(), width
            assert card.rect().contains(card.take.geometry()), width


def test_esc_leads_from_the_editor_to_the_list(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    contest("c1", "location", BEFORE, THERE, HERE)
    opened(window, page)
    press(page, Qt.Key.Key_E)
    assert page.go_back()
    assert page.list.view.hasFocus()
    assert not page.go_back()


def test_a_complaint_leads_to_its_conflict_and_back(window: DeskWindow, page: ConflictPage, contest: Contest) -> None:
    contest("c1", "location", BEFORE, THERE, HERE)
    second = contest("c2", "title", "Lama", "Di sana", "Di sini")
    opened(window, page, complaint_id=second.id)
    assert page.list.marked() == "c2"
    page.pane.context.open.click()
    assert window.shown == [("register", {"complaint_id": second.id})]
    opened(window, page, conflict_id="c1")
    assert page.list.marked() == "c1"


def test_what_was_merged_by_itself_is_counted_and_listed(
    window: DeskWindow, page: ConflictPage, contest: Contest
) -> None:
    contest("c1", "location", BEFORE, THERE, HERE)
    other = window.work(lambda: register(window.desk, title="Digabung"))
    window.answer(other.id, "merged")
    opened(window, page)
    assert "1 perbedaan lain" in said_of(page.list)
    page.list.more.click()
    assert page.list.ids(Kind.MERGED) == [other.id]
    row = page.list.model.row_of(other.id)
    page.list.view.activated.emit(page.list.model.index(row))
    assert window.shown == [("register", {"complaint_id": other.id})]


def test_every_control_has_a_name_and_tab_goes_through_them(
    window: DeskWindow, page: ConflictPage, contest: Contest
) -> None:
    contest("c1", "location", BEFORE, THERE, HERE)
    opened(window, page)
    nameless = [
        type(child).__name__
        for child in page.findChildren(QWidget)
        if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus and not child.accessibleName()
    ]
    assert nameless == []
    page.list.view.setFocus()
    reached = []
    for _ in range(12):
        press(page, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    order = [
        page.pane.context.open,
        *(card.take for card in page.pane.comparison.cards()[1:]),
        page.pane.answer.editor,
        page.pane.answer.reason,
        page.pane.answer.save,
    ]
    assert [widget for widget in reached if widget in order][: len(order)] == order
