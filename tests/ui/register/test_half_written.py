"""What is half written about a complaint: there again after a power cut, another complaint, another officer."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from kelurahan_client.domain.complaint import Complaint, Status
from kelurahan_client.errors import DiskFull
from kelurahan_client.services import half_written, handling, lists, own_replies
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import Kind, Place
from tests.desk_making import FakeClock, register
from tests.ui.desk_window import DeskWindow
from ui.register.page import RegisterPage
from ui.widgets.editors import LineEdit
from ui.widgets.field import FieldState


def opened(window: DeskWindow, page: RegisterPage, made: Complaint) -> None:
    page.activate(complaint_id=made.id)
    window.settle()


def again(window: DeskWindow, made: Complaint) -> RegisterPage:
    """The page as the window makes it after a power cut."""
    page = RegisterPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(page)
    opened(window, page, made)
    return page


def typed(window: DeskWindow, page: RegisterPage, field: str, words: str) -> None:
    """What stands in a field of the form is replaced, and is on the disk without anybody's doing."""
    editor = page.detail.form.editor(field)
    assert isinstance(editor, LineEdit)
    editor.selectAll()
    window.qtbot.keyClicks(editor, words)
    place = Place(Kind.EDIT, page.detail.form.complaint_id)

    def on_the_disk() -> bool:
        found = window.work(lambda: half_written.of(window.desk, place))
        return found is not None and found.content["changes"].get(field) == words

    window.qtbot.waitUntil(on_the_disk)


def changed_elsewhere(window: DeskWindow, made: Complaint, **changes: str) -> None:
    window.work(lambda: handling.edit(window.desk, made.id, changes))


def stored(window: DeskWindow, made: Complaint) -> Complaint:
    return window.work(lambda: handling.find(window.desk, made.id))


def waiting(window: DeskWindow) -> list[str]:
    return [one.text.place.kind for one in window.work(lambda: half_written.waiting(window.desk))]


def lines(page: RegisterPage) -> list[str]:
    strip = page.detail.view.waiting
    return [line.words.text() for line in strip.lines] if strip.isVisibleTo(page) else []


def undo(window: DeskWindow, said: str) -> None:
    text, back = window.said[-1]
    assert text == said
    assert back is not None
    back()
    window.settle()


def test_an_edit_is_there_again_after_a_power_cut_until_it_is_saved(
    window: DeskWindow, page: RegisterPage, clock: FakeClock
) -> None:
    made = window.work(lambda: register(window.desk, location="Gg. Mawar"))
    opened(window, page, made)
    page.detail.view.head.edit.click()
    typed(window, page, "location", "Gg. Melati")
    clock.move(hours=1)
    page = again(window, made)
    assert lines(page) == ["Draf perubahan sejak 10.32"]
    page.detail.view.waiting.lines[0].go_on.click()
    form = page.detail.form
    assert form.isVisibleTo(page)
    assert form.changes() == {"location": "Gg. Melati"}
    assert form.editor("location").hasFocus()
    assert form.fields.since.text() == "Draf perubahan sejak 10.32"
    assert not form.field("location").message()
    form.save.click()
    window.settle()
    assert stored(window, made).location == "Gg. Melati"
    assert not form.isVisibleTo(page)
    assert lines(page) == []
    assert waiting(window) == []


def test_another_complaint_in_between_takes_nothing(window: DeskWindow, page: RegisterPage) -> None:
    made, other = window.work(lambda: [register(window.desk, title=title) for title in ("Lampu & tiang", "Lain")])
    opened(window, page, made)
    page.detail.start_edit()
    typed(window, page, "title", "Judul baru")
    opened(window, page, other)
    assert not page.detail.form.isVisibleTo(page)
    assert page.waiting.isVisibleTo(page)
    assert page.waiting.text() == "Draf (1)"
    (choice,) = page.waiting.choices.actions()
    assert choice.text() == f"Lampu && tiang · {made.reference} · Draf perubahan sejak 10.32"
    page.detail.start_edit()
    assert page.detail.form.changes() == {}
    choice.trigger()
    window.settle()
    assert lines(page) == ["Draf perubahan sejak 10.32"]
    assert page.waiting.isHidden()
    page.detail.view.head.edit.click()
    assert page.detail.form.changes() == {"title": "Judul baru"}
    assert page.may_close()
    page.go_back()
    opened(window, page, other)
    assert page.waiting.isHidden()
    undo(window, "Draf perubahan dibuang.")
    assert page.waiting.isVisibleTo(page)


def test_what_is_thrown_away_can_be_brought_back(window: DeskWindow, page: RegisterPage) -> None:
    made = window.work(lambda: register(window.desk))
    opened(window, page, made)
    page.detail.start_edit()
    typed(window, page, "title", "Judul baru")
    assert page.go_back()
    window.settle()
    assert waiting(window) == []
    assert lines(page) == []
    undo(window, "Draf perubahan dibuang.")
    assert page.detail.form.isVisibleTo(page)
    assert page.detail.form.changes() == {"title": "Judul baru"}
    assert waiting(window) == [Kind.EDIT]
    page = again(window, made)
    page.detail.view.waiting.lines[0].bin.click()
    window.settle()
    assert lines(page) == []
    assert waiting(window) == []
    page.detail.start_edit()
    assert page.detail.form.changes() == {}
    count = len(window.said)
    assert page.go_back()  # nothing was typed: nothing to tell
    assert len(window.said) == count


def test_an_edit_meets_a_newer_complaint_in_the_open_form(window: DeskWindow, page: RegisterPage) -> None:
    made = window.work(lambda: register(window.desk, location="Gg. Mawar", rt="12"))
    opened(window, page, made)
    form = page.detail.form
    page.detail.start_edit()
    typed(window, page, "location", "Gg. Melati")
    changed_elsewhere(window, made, location="Gg. Kenanga", rt="7")
    page.reload(frozenset({"complaint"}))
    window.settle()
    assert form.changes() == {"location": "Gg. Melati"}
    assert form.field("location").state() is FieldState.WARNING
    assert "“Gg. Kenanga”" in form.field("location").message()
    assert form.fields.value("rt") == "7"  # nobody has touched it here
    form.save.click()
    window.settle()
    after = stored(window, made)
    assert (after.location, after.rt) == ("Gg. Melati", "007")


def test_nothing_newer_is_written_over_before_it_was_seen(window: DeskWindow, page: RegisterPage) -> None:
    made = window.work(lambda: register(window.desk, location="Gg. Mawar", reporter_phone="081251234567"))
    opened(window, page, made)
    form = page.detail.form
    page.detail.start_edit()
    typed(window, page, "location", "Gg. Melati")
    changed_elsewhere(window, made, location="Gg. Kenanga")
    form.save.click()  # nobody has told the window yet
    window.settle()
    assert stored(window, made).location == "Gg. Kenanga"
    assert form.isVisibleTo(page)
    assert form.field("location").state() is FieldState.WARNING
    typed(window, page, "reporter_phone", "081300001111")
    changed_elsewhere(window, made, reporter_phone="081999992222")
    page = again(window, made)
    form = page.detail.form
    page.detail.start_edit()
    assert form.changes() == {"location": "Gg. Melati", "reporter_phone": "081300001111"}
    assert form.field("location").state() is FieldState.WARNING
    assert "diubah di tempat lain" in form.field("reporter_phone").message()
    assert "9999" not in form.field("reporter_phone").message()
    form.save.click()
    window.settle()
    after = stored(window, made)
    assert (after.location, after.reporter_phone) == ("Gg. Melati", "081300001111")


def step(page: RegisterPage, to: Status) -> None:
    page.detail.view.foot.step_asked.emit(next(one for one in page.detail.view.foot.steps if one.to is to))


def test_what_goes_with_a_step_waits_for_it(window: DeskWindow, page: RegisterPage) -> None:
    made = window.work(lambda: register(window.desk, agency="PUPR"))
    window.work(lambda: handling.transition(window.desk, made.id, Status.VERIFIED))
    opened(window, page, made)
    step(page, Status.REFERRED)
    panel = page.detail.view.panel
    window.qtbot.keyClicks(panel.words, "Mohon dicek")
    panel.combo.set_value("DISHUB")
    page.detail.view.facts.reveal_asked.emit()  # another question takes its place
    assert panel.words.text() == ""
    window.qtbot.keyClicks(panel.words, "tidak jadi")
    assert page.go_back()
    assert lines(page) == ["Draf catatan “Didisposisi” sejak 10.32"]
    page.hide()
    window.settle()
    page = again(window, made)
    page.detail.view.waiting.lines[0].go_on.click()
    panel = page.detail.view.panel
    assert (panel.words.text(), panel.combo.value()) == ("Mohon dicek", "DISHUB")
    assert lines(page) == []  # it is in front
    assert page.go_back()
    window.settle()
    assert waiting(window) == []
    undo(window, "Draf catatan “Didisposisi” dibuang.")
    assert panel.words.text() == "Mohon dicek"
    window.qtbot.keyClick(panel.words, Qt.Key.Key_Return)
    window.settle()
    detail = window.work(lambda: lists.detail(window.desk, made.id))
    assert (detail.complaint.agency, detail.timeline[0].text) == ("DISHUB", "Mohon dicek")
    assert waiting(window) == []


def test_much_that_is_half_written_fits_a_low_window(window: DeskWindow, page: RegisterPage) -> None:
    made = window.work(
        lambda: register(window.desk, title="Air leding mati sejak tiga hari di Gang Kunyit, warga haus")
    )

    def begun() -> None:
        handling.transition(window.desk, made.id, Status.VERIFIED)
        half_written.keep(window.desk, Place(Kind.EDIT, made.id), {"changes": {"location": "Gang 5"}, "was": {}})
        step = {"text": "Mohon dicek", "agency": "PTAM"}
        half_written.keep(window.desk, Place(Kind.STEP, made.id, Status.REFERRED), step)
        half_written.keep(window.desk, Place(Kind.FOLLOW_UP, made.id), {"text": "Petugas sudah datang pagi ini. " * 20})

    window.work(begun)
    opened(window, page, made)
    view = page.detail.view
    assert len(lines(page)) == 2
    bar = window.rooms[-1].verticalScrollBar()
    assert bar.maximum() == 0, "the page scrolls"
    words = view.foot.words
    assert words.viewport().height() > 3 * words.fontMetrics().lineSpacing(), "three of its lines are shown"
    assert words.verticalScrollBar().maximum() > 0
    words.verticalScrollBar().setValue(words.verticalScrollBar().maximum())
    spare = words.viewport().height() - words.cursorRect().bottom()
    assert spare < words.cursorRect().height(), "an empty line below the last"


def test_the_words_of_a_step_that_is_none_any_more_go_to_the_follow_up(window: DeskWindow, page: RegisterPage) -> None:
    made = window.work(lambda: register(window.desk))
    window.work(lambda: handling.transition(window.desk, made.id, Status.VERIFIED))
    opened(window, page, made)
    window.qtbot.keyClicks(page.detail.view.foot.words, "Sudah ditelepon.")
    step(page, Status.OUT_OF_JURISDICTION)
    window.qtbot.keyClicks(page.detail.view.panel.words, "Jalan provinsi")
    page.hide()
    window.settle()
    window.work(lambda: handling.transition(window.desk, made.id, Status.IN_PROGRESS))
    window.work(lambda: handling.transition(window.desk, made.id, Status.RESOLVED, "Ditambal."))
    page = again(window, made)
    page.detail.view.waiting.lines[0].go_on.click()
    window.settle()
    assert page.detail.view.foot.words.text() == "Sudah ditelepon.\nJalan provinsi"
    assert "dipindahkan ke kotak tindak lanjut" in page.detail.view.error.words()
    assert waiting(window) == [Kind.FOLLOW_UP]


def test_a_follow_up_says_since_when_it_waits_and_whose_it_is(
    window: DeskWindow, page: RegisterPage, clock: FakeClock
) -> None:
    made = window.work(lambda: register(window.desk))
    window.officer("Norhasanah")
    opened(window, page, made)
    window.qtbot.keyClicks(page.detail.view.foot.words, "Sudah ditele")
    assert page.detail.view.foot.since.isHidden()
    page.detail.start_edit()
    typed(window, page, "title", "Judul baru")
    window.officer("Rifani")
    clock.move(days=1)
    page.officer_changed()
    window.settle()
    assert not page.detail.form.isVisibleTo(page)
    assert lines(page) == ["Draf perubahan sejak 3 Agu, 10.32, Norhasanah"]
    page = again(window, made)
    foot = page.detail.view.foot
    assert foot.since.text() == "Draf tindak lanjut sejak 3 Agu, 10.32, Norhasanah"
    window.qtbot.keyClicks(foot.words, "pon")
    window.qtbot.keyClick(foot.words, Qt.Key.Key_Return)
    window.settle()
    assert foot.since.isHidden()
    assert waiting(window) == [Kind.EDIT]


def test_a_text_to_answer_with_is_kept_while_it_is_written(window: DeskWindow, page: RegisterPage) -> None:
    made = window.work(lambda: register(window.desk))
    window.work(lambda: own_replies.keep_reply(window.desk, "Besok", "Besok, $nama."))
    opened(window, page, made)

    def menu() -> dict[str, Callable[[], None]]:
        page.detail.view.foot.replies.click()
        window.settle()
        shown = page.detail.replying
        shown.menu.hide()
        return {one.text(): one.trigger for one in (*shown.menu.actions(), *shown.change_menu.actions())}

    panel = page.detail.view.replies
    menu()["Simpan tulisan ini sebagai contoh…"]()
    window.settle()
    window.qtbot.keyClicks(panel.name, "Lusa")
    panel.text.set_text("Lusa, $na")
    page.hide()
    window.settle()
    page = again(window, made)
    panel = page.detail.view.replies
    menu()["Draf contoh jawaban sejak 10.32"]()
    assert (panel.name.text(), panel.text.text()) == ("Lusa", "Lusa, $na")
    assert page.go_back()
    undo(window, "Draf contoh jawaban dibuang.")
    assert panel.text.text() == "Lusa, $na"
    panel.text.set_text("Lusa, $nama.")
    panel.keep.click()
    window.settle()
    assert "Draf contoh jawaban sejak 10.32" not in menu()
    assert len(window.work(lambda: own_replies.own_replies(window.desk))) == 2


def test_what_the_disk_refuses_is_not_forgotten_meanwhile(
    window: DeskWindow, page: RegisterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, other = window.work(lambda: [register(window.desk, title=title) for title in ("Lampu", "Lain")])
    opened(window, page, made)
    keep = half_written.keep

    def full(_desk: Desk, _place: Place, _content: object) -> None:
        raise DiskFull("Disk penuh.")

    monkeypatch.setattr(half_written, "keep", full)
    window.qtbot.keyClicks(page.detail.view.foot.words, "Sudah ditelepon")
    opened(window, page, other)
    opened(window, page, made)
    assert page.detail.view.foot.words.text() == "Sudah ditelepon"
    assert waiting(window) == []
    monkeypatch.setattr(half_written, "keep", keep)
    page.detail.shelf.flush()
    window.settle()
    assert waiting(window) == [Kind.FOLLOW_UP]
