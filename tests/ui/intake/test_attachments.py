"""Attachments in the form: by dialog, drop, paste and scanner; kept with the draft, attached with the complaint."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kelurahan_client.domain.attachments import MAX_FILES, Attachment
from kelurahan_client.errors import DiskFull
from kelurahan_client.services import attachments, draft_files, intake
from kelurahan_client.services.scanning import scan_folder
from tests.ui.intake.conftest import Counter
from tests.ui.intake.test_intake_page import fill, part, type_in
from tests.ui.test_made_ready import encoded, picture
from ui.intake.attachment_box import AttachmentBox
from ui.intake.page import IntakePage
from ui.widgets.labels import TextLabel


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "lampu.jpg"
    path.write_bytes(encoded(picture(2500, 1500), "JPEG", 100))
    return path


def box(page: IntakePage) -> AttachmentBox:
    return page.form.body.report.attachments


def names(page: IntakePage) -> list[str]:
    return [chip.file.name for chip in box(page).chips()]


def settle(counter: Counter) -> None:
    """Until files were read, kept, listed, and have their small pictures."""
    for _ in range(4):
        counter.settle()
        QApplication.processEvents()


def attached(counter: Counter) -> list[Attachment]:
    (complaint,) = counter.complaints()
    return counter.ask(lambda: attachments.attachments(counter.desk, complaint.id))


def paste(target: QWidget) -> None:
    QTest.keyClick(target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_files_of_the_dialog_are_reduced_and_attached_with_the_complaint(counter: Counter, photo: Path) -> None:
    page = counter.page()
    page.files.choose_files = lambda _parent: [photo]
    fill(page)
    QTest.keyClick(part(page, "statement"), Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    settle(counter)
    assert names(page) == ["lampu.jpg"]
    assert box(page).words().startswith("lampu.jpg dikecilkan: ")
    assert " → " in box(page).words()
    page.save()
    settle(counter)
    (file,) = attached(counter)
    content = counter.ask(lambda: attachments.content(counter.desk, file.sha256))
    assert QImage.fromData(content).width() == 2000
    assert names(page) == []


def test_a_file_that_comes_first_is_a_draft_and_there_after_a_kill(counter: Counter, photo: Path) -> None:
    page = counter.page()
    page.files.attacher.add_paths([photo])
    settle(counter)
    assert page.foot.discard_button.isEnabled()
    again = counter.page()
    settle(counter)
    assert names(again) == ["lampu.jpg"]
    assert again.keeper.draft_id == page.keeper.draft_id
    assert box(again).chips()[0]._sight._picture is not None


def test_saving_waits_for_the_file_that_is_still_under_way(counter: Counter, photo: Path) -> None:
    page = counter.page()
    fill(page)
    page.files.attacher.add_paths([photo])
    page.save()
    page.save()
    settle(counter)
    assert page.result.isVisible()
    assert len(attached(counter)) == 1


def test_the_window_stays_until_the_file_is_kept(counter: Counter, photo: Path) -> None:
    page = counter.page()
    page.files.attacher.add_paths([photo])
    assert not page.may_close()
    settle(counter)
    assert page.may_close()
    assert counter.drafts()[0].files == 1


def test_a_file_that_is_not_taken_is_told_beside_the_field_and_stops_saving(counter: Counter, tmp_path: Path) -> None:
    (tmp_path / "program.jpg").write_bytes(b"MZ\x90")
    page = counter.page()
    fill(page)
    page.files.attacher.add_paths([tmp_path / "program.jpg"])
    page.save()
    settle(counter)
    assert "program.jpg tidak diterima" in box(page).words()
    assert page.form.isVisible()
    assert page.form.isEnabled()
    assert counter.complaints() == []
    page.save()
    settle(counter)
    assert len(counter.complaints()) == 1


def test_of_many_files_each_that_is_refused_is_told_where_it_is_seen(
    counter: Counter, photo: Path, tmp_path: Path
) -> None:
    (tmp_path / "kosong.jpg").write_bytes(b"")
    (tmp_path / "surat.docx").write_bytes(b"PK")
    others = [tmp_path / f"lain {number}.jpg" for number in range(2)]
    for number, path in enumerate(others):
        path.write_bytes(encoded(picture(2500, 1000 + 200 * number), "JPEG", 100))
    page = counter.page()
    page.form.setFixedHeight(300)
    refused = [tmp_path / "kosong.jpg", tmp_path, tmp_path / "surat.docx"]
    page.files.attacher.add_paths([refused[0], photo, refused[1], others[0], refused[2], others[1]])
    settle(counter)
    assert names(page) == ["lampu.jpg", "lain 0.jpg", "lain 1.jpg"]
    told = box(page).words()
    for part_of in ("3 foto dikecilkan", "3 berkas tidak dilampirkan", "kosong.jpg kosong", "surat.docx", "folder"):
        assert part_of in told
    assert box(page)._wrong.visibleRegion().boundingRect().height() == box(page)._wrong.height()
    page.files.attacher.add_paths([tmp_path / f"{number}.jpg" for number in range(9)])
    settle(counter)
    assert "Dan 5 berkas lain." in box(page).words()


def test_what_is_pasted_twice_has_two_names(counter: Counter) -> None:
    page = counter.page()
    for width in (60, 61):
        QGuiApplication.clipboard().setImage(picture(width, 40))
        paste(part(page, "statement"))
        settle(counter)
    assert names(page) == ["tempelan.jpg", "tempelan 2.jpg"]
    chips = box(page).chips()
    chips[0].cross.setFocus()
    QTest.keyClick(chips[0].cross, Qt.Key.Key_Return)
    settle(counter)
    assert box(page).chips()[0].cross.hasFocus()  # and not the button above, which would scroll the form


def test_a_full_disk_keeps_the_form_and_says_so(counter: Counter, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = counter.page()
    type_in(page, "statement", "Lampu mati")

    def full(*_args: object) -> None:
        raise DiskFull("Disk penuh.", way_out="Kosongkan disk.")

    with monkeypatch.context() as broken:
        broken.setattr(draft_files, "add", full)
        page.files.attacher.add_paths([photo])
        settle(counter)
    assert "Kosongkan disk" in box(page).words()
    assert page.form.state().statement == "Lampu mati"


def test_a_dropped_file_is_attached_wherever_it_falls(counter: Counter, photo: Path) -> None:
    page = counter.page()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target = page.form.viewport()
    enter = QDragEnterEvent(QPoint(200, 200), actions, mime, buttons, keys)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    assert "Lepaskan" in box(page).words()
    drop = QDropEvent(QPointF(200, 200), actions, mime, buttons, keys)
    QApplication.sendEvent(target, drop)
    settle(counter)
    assert names(page) == ["lampu.jpg"]
    editor = page.form.body.report.fields["statement"].editor
    assert not editor.acceptDrops()
    assert page.form.state().statement == ""


def test_a_picture_of_the_clipboard_is_pasted_into_the_form_not_into_the_text(counter: Counter) -> None:
    page = counter.page()
    page.form.focus_field("statement")
    QGuiApplication.clipboard().setImage(picture(60, 40))
    paste(part(page, "statement"))
    settle(counter)
    assert names(page) == ["tempelan.jpg"]
    assert page.form.state().statement == ""


def test_a_text_of_the_clipboard_stays_a_text(counter: Counter) -> None:
    page = counter.page()
    page.form.focus_field("title")
    mime = QMimeData()
    mime.setText("Lampu padam")
    mime.setImageData(picture(60, 40))  # as a spreadsheet copies
    QGuiApplication.clipboard().setMimeData(mime)
    paste(part(page, "title"))
    settle(counter)
    assert page.form.state().title == "Lampu padam"
    assert names(page) == []


def test_a_clipboard_without_a_picture_is_told(counter: Counter) -> None:
    page = counter.page()
    QGuiApplication.clipboard().setText("hanya teks")
    box(page).paste_wanted.emit()
    assert "tidak berisi gambar" in box(page).words()


def test_the_scanners_newest_are_offered_and_its_folder_remembered(counter: Counter, tmp_path: Path) -> None:
    folder = tmp_path / "pindai"
    folder.mkdir()
    (folder / "SCAN_1.pdf").write_bytes(b"%PDF-1.7 satu %%EOF")
    (folder / "catatan.txt").write_text("bukan")
    page = counter.page()
    page.files.open_scans()
    settle(counter)
    assert "Pilih sekali" in page.files.scans.words()
    said = next(label for label in page.files.scans.findChildren(TextLabel) if "Pilih sekali" in label.text())
    assert said.mapTo(page.files.scans, said.contentsRect().bottomLeft()).y() < page.files.scans.height() / 2
    page.files.choose_folder = lambda _parent: folder
    page.files.scans.change.click()
    settle(counter)
    scans = page.files.scans
    assert scans.isVisible()
    assert counter.ask(lambda: scan_folder(counter.desk)) == folder
    assert [scans.list.item(at).text().split()[0] for at in range(scans.list.count())] == ["SCAN_1.pdf"]
    QTest.keyClick(scans.list, Qt.Key.Key_Return)
    settle(counter)
    assert scans.isHidden()
    assert names(page) == ["SCAN_1.pdf"]


def test_a_scanner_that_is_gone_is_told(counter: Counter, tmp_path: Path) -> None:
    page = counter.page()
    page.files.choose_folder = lambda _parent: tmp_path / "hilang"
    page.files.scans.folder_wanted.emit()
    settle(counter)
    assert "tidak dapat dibuka" in page.files.scans.words()
    assert page.files.scans.change.isEnabled()
    page.files.scans.hide()


def test_a_file_is_taken_out_and_comes_back(counter: Counter, photo: Path) -> None:
    page = counter.page()
    page.files.attacher.add_paths([photo])
    settle(counter)
    QTest.keyClick(box(page).chips()[0].cross, Qt.Key.Key_Return)
    settle(counter)
    assert names(page) == []
    ((text, undo),) = counter.said
    assert text == "lampu.jpg dikeluarkan."
    assert undo is not None
    undo()
    settle(counter)
    assert names(page) == ["lampu.jpg"]


def test_files_stay_with_their_draft_when_another_form_is_begun(counter: Counter, photo: Path) -> None:
    page = counter.page()
    type_in(page, "statement", "Lampu mati")
    page.files.attacher.add_paths([photo])
    page.start_new()  # while the file is still being read
    settle(counter)
    assert names(page) == []
    (draft,) = counter.drafts()
    assert draft.files == 1
    page.resume(draft)
    settle(counter)
    assert names(page) == ["lampu.jpg"]


def test_ten_files_are_many_and_the_eleventh_is_refused_in_words(counter: Counter) -> None:
    draft = counter.ask(lambda: intake.save_draft(counter.desk, {"statement": "Banyak"}))
    for number in range(MAX_FILES):
        content = b"%PDF-" + bytes([number])
        counter.ask(lambda content=content: draft_files.add(counter.desk, draft.id, "a.pdf", content))
    page = counter.page()
    settle(counter)
    assert len(names(page)) == MAX_FILES
    page.files.attacher.add_image(picture(20, 20), "satu lagi.jpg")
    settle(counter)
    assert "satu PDF" in box(page).words()
    assert len(names(page)) == MAX_FILES
