"""The pane: files beside the complaint, texts to answer with, letters, what is half typed, identities hidden again."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from types import ModuleType

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.domain.complaint import Complaint, Status, SyncState
from kelurahan_client.domain.roles import Officer, Role
from kelurahan_client.errors import UnreadableFile
from kelurahan_client.services import attachments, half_written, handling, intake, joining, lists, prints, receipts
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import Kind, Place
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from kelurahan_client.services.prints import Medium
from kelurahan_client.store import attachments as rows
from tests.desk_making import FakeClock, an_intake, register
from tests.ui.desk_window import DeskWindow
from tests.ui.test_made_ready import encoded, picture, with_exif
from ui.made_ready import LONGEST_SIDE
from ui.register.letters import Letter
from ui.register.page import RegisterPage
from ui.register.seen_by import SeenByDialog
from ui.widgets.labels import ElidedLabel
from ui.widgets.timeline import STEP_ROLE

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>endobj trailer<</Root 1 0 R>>\n%%EOF"
)


def a_photo(width: int = 400, height: int = 300) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#22506b"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "bukti.png"
    path.write_bytes(a_photo())
    return path


def opened(window: DeskWindow, page: RegisterPage, **changes: object) -> Complaint:
    made = window.work(lambda: register(window.desk, **changes))
    page.activate(complaint_id=made.id)
    window.settle()
    return made


def files(window: DeskWindow, made: Complaint) -> list[Attachment]:
    return window.work(lambda: attachments.attachments(window.desk, made.id))


def steps_of(page: RegisterPage) -> list[tuple[str, str]]:
    model = page.detail.view.timeline.model()
    steps = [model.index(row, 0).data(STEP_ROLE) for row in range(model.rowCount())]
    return [(step.title, step.text) for step in steps]


def test_a_proof_photo_is_added_shown_small_opened_and_copied(
    window: DeskWindow, page: RegisterPage, photo: Path, tmp_path: Path
) -> None:
    made = opened(window, page)
    window.mark(SyncState.ACKNOWLEDGED, made.id)
    work = page.detail.attaching
    work.choose_files = lambda _parent: [photo, tmp_path / "tidak ada.png"]
    page.detail.view.foot.attach.click()
    window.settle()
    assert [item.name for item in files(window, made)] == ["bukti.png"]
    assert window.said[-1][0] == "1 berkas dilampirkan."
    assert "tidak ada.png" in page.detail.view.error.words()
    (thumb,) = page.detail.view.facts.strip.thumbs
    assert thumb.has_image()
    assert "bukti.png" in thumb.accessibleName()
    assert "oleh Petugas, 3 Agustus 2026" in thumb.toolTip()
    assert steps_of(page)[0] == ("Lampiran ditambahkan", "bukti.png")
    work.open(thumb.item)
    window.settle()
    assert work.viewer is not None
    assert work.viewer.windowTitle() == "bukti.png"
    copy = tmp_path / "salinan.png"
    work.choose_copy = lambda _parent, _name: copy
    work.viewer.save.click()
    window.settle()
    assert copy.read_bytes() == photo.read_bytes()
    assert window.said[-1][0] == "Salinan tersimpan sebagai salinan.png."
    assert any("salinan.png" in label.text() for label in work.viewer.findChildren(ElidedLabel))
    work.viewer.close()
    work.save(thumb.item)
    window.settle()
    assert "tidak ditimpa" in page.detail.view.error.words()


def test_photos_are_reduced_here_too_and_each_that_is_refused_is_told(
    window: DeskWindow, page: RegisterPage, tmp_path: Path
) -> None:
    made = opened(window, page)
    (tmp_path / "besar.jpg").write_bytes(with_exif(encoded(picture(2500, 1500), "JPEG"), 1))
    (tmp_path / "kosong.jpg").write_bytes(b"")
    page.detail.view.dropped.emit([tmp_path / "kosong.jpg", tmp_path / "besar.jpg", tmp_path])
    window.settle()
    (item,) = files(window, made)
    content = window.work(lambda: attachments.content(window.desk, item.sha256))
    assert QImage.fromData(content).width() == LONGEST_SIDE
    assert b"GPS" not in content
    told = page.detail.view.error.words()
    for part in ("2 berkas tidak dilampirkan", "kosong.jpg kosong", "adalah folder"):
        assert part in told
    assert "besar.jpg dikecilkan" in window.said[-1][0]


def test_a_telephone_number_is_read_to_its_end(window: DeskWindow, page: RegisterPage) -> None:
    made = window.work(lambda: register(window.desk, reporter_name="Syamsul Bahri", reporter_phone="081251009911"))
    page.activate(complaint_id=made.id)
    window.settle()
    line = next(one for one in page.detail.view.facts.findChildren(ElidedLabel) if "Syamsul" in one.text())
    assert line.fontMetrics().horizontalAdvance(line.text()) <= line.contentsRect().width()


def test_who_saw_and_printed_a_complaint_is_told_from_its_menu(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)
    foot, seen_by = page.detail.view.foot, page.detail.seen_by

    def ask() -> SeenByDialog:
        assert foot.others.isVisible()
        foot.menu.actions()[-1].trigger()
        window.settle()
        assert seen_by.dialog is not None
        return seen_by.dialog

    nobody = ask()
    assert not nobody.timeline.isVisibleTo(nobody)
    nobody.close()
    window.work(lambda: lists.reveal(window.desk, made.id, "menelepon pelapor"))
    paper = window.work(lambda: receipts.receipt(window.desk, made.id))
    window.work(lambda: prints.take(window.desk, paper, Medium.PDF))
    told = ask()
    assert made.reference in told.windowTitle()
    steps = [told.timeline.model().index(row, 0).data(STEP_ROLE) for row in range(2)]
    assert [(step.title, step.subtitle, step.text) for step in steps] == [
        ("Dicetak", "3 Agu, 10.32 · Petugas", f"Tanda terima {made.reference}, PDF"),
        ("Identitas dilihat", "3 Agu, 10.32 · Petugas", "menelepon pelapor"),
    ]
    told.close()


def test_files_given_while_others_are_being_kept_are_kept_too(
    window: DeskWindow, page: RegisterPage, tmp_path: Path
) -> None:
    made = opened(window, page)
    several = []
    for name, width in (("satu.png", 400), ("dua.png", 410), ("tiga.png", 420)):
        (tmp_path / name).write_bytes(a_photo(width))
        several.append(tmp_path / name)
    gate = Event()
    window.tasks.database(gate.wait)  # the disk is slow
    for path in several:
        page.detail.attaching.attach([path])
    window.qtbot.waitUntil(lambda: len(page.detail.writer.under_way()) == len(several))
    gate.set()
    window.settle()
    assert sorted(item.name for item in files(window, made)) == ["dua.png", "satu.png", "tiga.png"]


def test_another_write_waits_its_turn_and_the_same_one_twice_is_done_once(
    window: DeskWindow, page: RegisterPage, photo: Path
) -> None:
    made = opened(window, page)
    gate = Event()
    window.tasks.database(gate.wait)
    page.detail.attaching.attach([photo])
    window.qtbot.waitUntil(lambda: len(page.detail.writer.under_way()) == 1)
    window.qtbot.keyClicks(page.detail.view.foot.words, "Sudah ditelepon.")
    for _ in range(2):
        page.detail.view.foot.said.emit("Sudah ditelepon.")
    gate.set()
    window.settle()
    shown = window.work(lambda: lists.detail(window.desk, made.id))
    assert [entry.text for entry in shown.timeline].count("Sudah ditelepon.") == 1
    assert len(files(window, made)) == 1


def test_a_message_takes_no_room_from_the_files(window: DeskWindow, page: RegisterPage) -> None:
    made = window.work(lambda: register(window.desk))
    for number in range(10):
        window.work(partial(attachments.attach_content, window.desk, made.id, "a.pdf", PDF + bytes([number])))
    page.resize(1166, 640)
    page.activate(complaint_id=made.id)
    window.settle()
    view = page.detail.view
    view.error.show_error(UnreadableFile("Berkas itu tidak dapat dibaca. " * 4, way_out="Pilih lagi berkasnya."))
    for _ in range(3):
        window.settle()
    assert view.facts.geometry().bottom() < view.story.geometry().top()


def test_a_pdf_is_a_glyph_and_its_pages_are_shown(window: DeskWindow, page: RegisterPage, tmp_path: Path) -> None:
    made = opened(window, page)
    path = tmp_path / "surat.pdf"
    path.write_bytes(PDF)
    page.detail.view.dropped.emit([path])
    window.settle()
    (thumb,) = page.detail.view.facts.strip.thumbs
    assert not thumb.has_image()
    page.detail.attaching.open(files(window, made)[0])
    window.settle()
    viewer = page.detail.attaching.viewer
    assert viewer is not None
    assert viewer.room.widget().layout().count() == 1
    viewer.close()


def test_what_is_not_here_is_offered_to_be_fetched(window: DeskWindow, page: RegisterPage, photo: Path) -> None:
    made = window.work(lambda: register(window.desk))
    item = window.work(lambda: attachments.attach(window.desk, made.id, photo))

    def away() -> None:
        with window.desk.store.write() as transaction:
            rows.mark_here(transaction, [item.sha256], False)

    window.work(away)
    page.activate(complaint_id=made.id)
    window.settle()
    strip = page.detail.view.facts.strip
    (thumb,) = strip.thumbs
    assert not thumb.has_image()
    assert "belum ada di komputer ini" in thumb.accessibleName()
    assert [action.text() for action in strip.menu_of(thumb.item).actions()] == ["Ambil dari server kota"]
    thumb.setFocus()
    page.detail.attaching.fetch([thumb.item])  # it has come already, only nobody has said so
    window.settle()
    assert strip.thumbs[0].has_image()
    assert strip.thumbs[0].hasFocus()
    other = replace(item, id="lain", here=False)
    strip.show_files([replace(item, here=False), other])
    wanted: list[list[Attachment]] = []
    strip.fetched.connect(wanted.append)
    strip.menu_of(other).actions()[-1].trigger()  # Ambil semua (2 berkas)
    window.settle()
    assert [one.id for one in wanted[0]] == [item.id, "lain"]
    window.work(away)
    window.work(lambda: window.desk.store.blob_files.drop_strays([]))
    page.detail.attaching.fetch([thumb.item])  # nobody answers at the address of this desk's centre
    window.settle()
    assert page.detail.view.error.isVisibleTo(page)


def unsaid(window: DeskWindow, made: Complaint) -> str:
    text = window.work(lambda: half_written.of(window.desk, Place(Kind.FOLLOW_UP, made.id)))
    return str(text.content["text"]) if text else ""


def test_what_is_half_typed_survives_the_page_and_the_program(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)
    words = page.detail.view.foot.words
    window.qtbot.keyClicks(words, "Sudah ditele")
    page.hide()
    window.settle()
    assert unsaid(window, made) == "Sudah ditele"
    other = RegisterPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(other)
    other.activate(complaint_id=made.id)
    window.settle()
    assert other.detail.view.foot.words.text() == "Sudah ditele"
    window.qtbot.keyClicks(other.detail.view.foot.words, "pon")
    window.qtbot.keyClick(other.detail.view.foot.words, Qt.Key.Key_Return)
    window.settle()
    assert other.detail.view.foot.words.text() == ""
    assert unsaid(window, made) == ""
    assert window.work(lambda: lists.detail(window.desk, made.id)).timeline[0].text == "Sudah ditelepon"


def test_a_follow_up_is_kept_though_its_author_never_pauses(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)
    kept = ""
    for at in range(400):
        window.qtbot.keyClick(page.detail.view.foot.words, "x")
        window.qtbot.wait(2)
        if at % 20 == 19 and (kept := unsaid(window, made)):
            break
    assert kept.startswith("xxx")


def test_the_words_go_with_their_complaint(window: DeskWindow, page: RegisterPage) -> None:
    other = window.work(lambda: register(window.desk, title="Lain"))
    made = opened(window, page)
    words = page.detail.view.foot.words
    words.setText("Untuk yang pertama")
    page.detail.open(other.id)
    window.settle()
    assert words.text() == ""
    page.detail.open(made.id)
    window.settle()
    assert words.text() == "Untuk yang pertama"


def test_a_text_to_answer_with_comes_filled_in_and_can_be_changed(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)
    page.detail.view.foot.replies.click()
    window.settle()
    menu = page.detail.replying.menu
    assert menu.actions()[0].text() == "Pengaduan diterima"
    menu.actions()[0].trigger()
    menu.hide()
    words = page.detail.view.foot.words
    assert words.text().startswith(f"Yth. Siti Aminah, pengaduan Anda nomor {made.reference}")
    assert words.hasFocus()
    assert words.height() > window.theme.px(36)
    window.qtbot.keyClicks(words, " Salam.")
    window.qtbot.keyClick(words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert words.text().endswith(" Salam.\n")


def test_what_an_officer_wrote_becomes_a_text_of_the_desk_and_is_changed_and_deleted(
    window: DeskWindow, page: RegisterPage
) -> None:
    opened(window, page)
    view, replying = page.detail.view, page.detail.replying

    def offered() -> list[str]:
        view.foot.replies.click()
        window.settle()
        replying.menu.hide()
        return [action.text() for action in replying.menu.actions()]

    view.foot.words.setText("Yth. Siti Aminah, besok diperbaiki.")
    offered()
    next(action for action in replying.menu.actions() if action.text().startswith("Simpan tulisan")).trigger()
    window.settle()
    assert view.foot.isHidden()
    assert view.replies.text.text() == "Yth. ${nama}, besok diperbaiki."
    assert view.replies.name.hasFocus()
    window.qtbot.keyClick(view.replies.name, Qt.Key.Key_Return)
    window.settle()
    assert view.replies.writing()  # it has no name yet
    window.qtbot.keyClicks(view.replies.name, "Besok & lusa")
    window.qtbot.keyClick(view.replies.name, Qt.Key.Key_Return)
    window.settle()
    assert view.foot.words.hasFocus()
    assert view.foot.words.text() == "Yth. Siti Aminah, besok diperbaiki."
    assert offered()[0] == "Besok && lusa"
    replying.change_menu.actions()[0].trigger()
    view.replies.text.set_text("Lusa, $nama.")
    view.replies.keep.click()
    window.settle()
    view.foot.words.clear()
    offered()
    replying.menu.actions()[0].trigger()
    assert view.foot.words.text() == "Lusa, Siti Aminah."
    replying.remove_menu.actions()[0].trigger()
    window.settle()
    assert offered()[0] == "Pengaduan diterima"
    said, undo = window.said[-1]
    assert said == "Contoh jawaban “Besok & lusa” dihapus."
    assert undo is not None
    undo()
    window.settle()
    assert offered()[0] == "Besok && lusa"
    replying.change_menu.actions()[0].trigger()
    assert page.go_back()
    assert view.foot.isVisible()


@pytest.fixture
def letters() -> Iterator[list[tuple[str, str]]]:
    """Letters as the room of letters would make them; what was asked for."""
    asked: list[tuple[str, str]] = []
    made = ModuleType("kelurahan_client.services.letters")

    def paper(kind: PaperKind, complaint_id: str, text: str) -> Paper:
        asked.append((complaint_id, text))
        return Paper(kind=kind, title="Surat", html="<p>Surat</p>", size=PaperSize.A4, subject=complaint_id)

    def referral(_desk: Desk, complaint_id: str) -> Paper:
        return paper(PaperKind.REFERRAL, complaint_id, "")

    def reply(_desk: Desk, complaint_id: str, text: str) -> Paper:
        return paper(PaperKind.REPLY, complaint_id, text)

    vars(made).update(referral=referral, reply=reply)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, made.__name__, made)
        yield asked


def test_letters_are_wanted_as_papers(window: DeskWindow, page: RegisterPage, letters: list[tuple[str, str]]) -> None:
    made = opened(window, page, agency="PUPR")
    foot = page.detail.view.foot
    offered = [action.text() for action in foot.menu.actions() if action.data() in set(Letter)]
    assert offered == ["Surat jawaban…"]
    foot.letter_asked.emit(Letter.REPLY)
    assert "masih kosong" in page.detail.view.error.words()
    foot.words.setText("Sudah diperbaiki.")
    with window.qtbot.waitSignal(page.paper_wanted) as wanted:
        foot.letter_asked.emit(Letter.REPLY)
    assert wanted.args is not None
    assert wanted.args[0].kind is PaperKind.REPLY
    window.work(lambda: handling.transition(window.desk, made.id, Status.VERIFIED))
    window.work(lambda: handling.transition(window.desk, made.id, Status.REFERRED))
    page.detail.reload()
    window.settle()
    action = next(one for one in foot.menu.actions() if one.data() == Letter.REFERRAL)
    with window.qtbot.waitSignal(page.paper_wanted) as wanted:
        action.trigger()
    assert wanted.args is not None
    assert wanted.args[0].kind is PaperKind.REFERRAL
    assert letters == [(made.id, "Sudah diperbaiki."), (made.id, "")]


def test_a_referral_suggests_agencies_and_says_why(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page, title="Lampu jalan padam")
    window.work(lambda: handling.transition(window.desk, made.id, Status.VERIFIED))
    page.detail.reload()
    window.settle()
    view = page.detail.view
    step = next(
        one for one in window.work(lambda: lists.detail(window.desk, made.id)).steps if one.to is Status.REFERRED
    )
    view.foot.step_asked.emit(step)
    hint = view.panel.hints[0]
    assert "Dishub" in hint.text()
    assert "lampu" in hint.text()
    assert view.panel.combo.value() == ""
    window.qtbot.keyClick(view.panel.combo, Qt.Key.Key_Tab)
    assert hint.hasFocus()
    window.qtbot.keyClick(hint, Qt.Key.Key_Space)
    assert view.panel.combo.value() == "DISHUB"
    window.qtbot.keyClick(view.panel.words, Qt.Key.Key_Return)
    window.settle()
    found = window.work(lambda: handling.find(window.desk, made.reference))
    assert (found.status, found.agency) == (Status.REFERRED, "DISHUB")


def test_a_reopening_is_offered_only_while_its_days_last(
    window: DeskWindow, page: RegisterPage, clock: FakeClock
) -> None:
    made = opened(window, page)
    for to, note in ((Status.VERIFIED, ""), (Status.IN_PROGRESS, ""), (Status.RESOLVED, "Lampu diganti.")):
        window.work(lambda to=to, note=note: handling.transition(window.desk, made.id, to, note))
    offered = window.work(lambda: lists.detail(window.desk, made.id)).steps
    assert [step.to for step in offered] == [Status.CLOSED, Status.IN_PROGRESS]
    clock.move(days=40)
    offered = window.work(lambda: lists.detail(window.desk, made.id)).steps
    assert [step.to for step in offered] == [Status.CLOSED]


def test_whoever_may_take_no_step_reads_who_may(window: DeskWindow, page: RegisterPage) -> None:
    window.desk.store.at_work = Officer("Udin", id="u", duty=Role.CLERK)
    opened(window, page)
    foot = page.detail.view.foot
    assert not foot.first.isVisibleTo(page)
    assert foot.who.isVisibleTo(page)
    assert foot.who.text() == "Langkah status: verifikator, lurah, atau admin loket."
    window.desk.store.at_work = Officer("Farid", id="f", duty=Role.VERIFIER)
    page.reload(frozenset({"officer"}))
    window.settle()
    assert foot.first.isVisibleTo(page)
    assert not foot.who.isVisibleTo(page)


def test_an_identity_is_hidden_again_after_a_while_and_when_the_page_is_left(
    window: DeskWindow, page: RegisterPage
) -> None:
    opened(window, page, reporter_nik="6371034508900001")
    view = page.detail.view

    def reveal() -> None:
        view.facts.reveal_asked.emit()
        assert view.panel.words.accessibleName() == "Alasan"
        view.panel.words.setText("menelepon pelapor")
        view.panel.confirm.click()
        window.settle()
        assert "6371034508900001" in view.facts.text_of_reporter()
        assert page.detail.identity.hiding.isActive()

    reveal()
    page.detail.identity.hiding.timeout.emit()
    assert "6371034508900001" not in view.facts.text_of_reporter()
    assert not page.detail.identity.hiding.isActive()
    reveal()
    page.hide()
    assert "6371034508900001" not in view.facts.text_of_reporter()
    window.settle()


def brought_too(desk: Desk, complaint_id: str, **changes: object) -> None:
    """Somebody else brings the complaint."""
    draft = intake.save_draft(desk, {"statement": "Di depan rumah saya juga."})
    person = {"reporter_name": "Rusdiansyah", "reporter_phone": "081344200926", "reporter_nik": "6371034508870003"}
    joining.join(desk, complaint_id, an_intake(**(person | changes)), draft.id)


def test_who_brought_it_too_is_shown_masked_and_in_clear_only_for_a_reason(
    window: DeskWindow, page: RegisterPage, clock: FakeClock
) -> None:
    made = window.work(lambda: register(window.desk, reporter_nik="", reporter_phone=""))
    window.work(lambda: brought_too(window.desk, made.id))
    clock.move(minutes=1)
    window.work(lambda: brought_too(window.desk, made.id, reporter_name="Mahrita", anonymous=True))
    clock.move(minutes=1)
    window.work(
        lambda: brought_too(window.desk, made.id, reporter_name="Basuni", statement="Rahasia.", confidential=True)
    )
    page.activate(complaint_id=made.id)
    window.settle()
    facts = page.detail.view.facts
    assert "Juga oleh Rusdiansyah, Anonim, Basuni" in facts.text_of_reporter()
    masked = facts.text_in_full()
    assert "Pelapor ke-2: Rusdiansyah · 0813••••0926" in masked
    assert not [word for word in ("081344200926", "6371034508870003", "Mahrita", "Rahasia.") if word in masked]
    facts.reveal_asked.emit()
    page.detail.view.panel.words.setText("menghubungi pelapor")
    page.detail.view.panel.confirm.click()
    window.settle()
    assert "Juga oleh Rusdiansyah, Mahrita, Basuni" in facts.text_of_reporter()
    clear = facts.text_in_full()
    assert not [word for word in ("081344200926", "6371034508870003", "Mahrita", "“Rahasia.”") if word not in clear]
    page.detail.identity.hiding.timeout.emit()
    assert facts.text_in_full() == masked


def test_more_further_reporters_than_there_is_room_for_are_counted(
    window: DeskWindow, page: RegisterPage, clock: FakeClock
) -> None:
    made = window.work(lambda: register(window.desk))
    for name in ("Rusdiansyah", "Mahrita", "Basuni", "Salamah", "Anang"):
        clock.move(minutes=1)
        window.work(partial(brought_too, window.desk, made.id, reporter_name=name))
    page.activate(complaint_id=made.id)
    window.settle()
    assert page.detail.view.facts.text_of_reporter().endswith(
        "Juga oleh Rusdiansyah, Mahrita, Basuni, dan 2 orang lagi"
    )
