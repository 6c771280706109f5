"""The preview: what would come out is shown, and it goes out once, counted, by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kelurahan_client.errors import DiskFull
from kelurahan_client.services import desk as desks
from kelurahan_client.services import letters, prints, receipts
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from tests.desk_making import register
from tests.ui.desk_window import DeskWindow
from tests.ui.printing.conftest import FakePrinters, pdf_pages
from ui.printing.preview import Parts, Preview


class Office:
    """A window with a complaint, whose documents are previewed."""

    def __init__(self, helper: DeskWindow, printers: FakePrinters, target: Path | None) -> None:
        self.helper = helper
        self.printers = printers
        self.target = target
        self.proposed: list[str] = []
        self.said: list[str] = []
        self.complaint = helper.work(lambda: register(helper.desk, agency="DISHUB"))
        self.window = QWidget()
        self.window.resize(1366, 696)
        helper.qtbot.addWidget(self.window)
        self.window.show()

    def receipt(self, size: PaperSize | None = None) -> Paper:
        return self.helper.work(lambda: receipts.receipt(self.helper.desk, self.complaint.id, size))

    def preview(self, paper: Paper) -> Preview:
        def choose(_parent: QWidget, name: str) -> Path | None:
            self.proposed.append(name)
            return self.target

        def notify(text: str, *_more: object) -> None:
            self.said.append(text)

        helper = self.helper
        parts = Parts(helper.theme, helper.tasks, helper.desk, self.printers, choose, notify)
        made = Preview(parts, paper, self.window)
        with helper.qtbot.waitActive(made):
            made.begin()
        helper.settle()
        return made

    def log(self) -> list[prints.Print]:
        return self.helper.work(lambda: prints.history(self.helper.desk, self.complaint.id))


@pytest.fixture
def office(window: DeskWindow, printers: FakePrinters, tmp_path: Path) -> Office:
    return Office(window, printers, tmp_path / "keluar.pdf")


def press(preview: Preview, key: Qt.Key, office: Office) -> None:
    held = Qt.KeyboardModifier.NoModifier if key == Qt.Key.Key_Escape else Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(preview, key, held)
    office.helper.settle()


def test_it_prints_by_keyboard_and_says_so_at_the_bottom(office: Office) -> None:
    office.helper.officer("Norhasanah")
    preview = office.preview(office.receipt())
    assert preview.view.hasFocus()
    assert preview.view.sheets.count() == 1
    assert preview.panel.extent.text() == "1 halaman, A5"
    assert preview.panel.copies.text() == "Cetakan pertama."
    press(preview, Qt.Key.Key_P, office)
    ((printer, paper),) = office.printers.sent
    assert printer == "EPSON L3210"
    assert paper == preview.paper()
    assert office.said == [f"Tanda terima {office.complaint.reference} dikirim ke pencetak EPSON L3210."]
    assert not preview.isVisible()
    (line,) = office.log()
    assert (line.copy, line.actor, line.printer, line.failed_at) == (1, "Norhasanah", "EPSON L3210", None)


def test_the_second_print_is_announced_marked_and_counted(office: Office) -> None:
    press(office.preview(office.receipt()), Qt.Key.Key_P, office)
    again = office.preview(office.receipt())
    assert again.panel.copies.text() == (
        "Akan menjadi salinan ke-2. Terakhir dicetak 3 Agustus 2026, 10.32 WITA oleh Petugas."
    )
    press(again, Qt.Key.Key_P, office)
    assert "Salinan ke-2" not in office.printers.sent[0][1].html
    assert "Salinan ke-2" in office.printers.sent[1][1].html
    assert [line.copy for line in office.log()] == [2, 1]


def test_a_key_held_down_prints_once(office: Office) -> None:
    preview = office.preview(office.receipt())
    for _ in range(3):
        QTest.keyClick(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    office.helper.settle()
    assert len(office.printers.sent) == len(office.log()) == 1


def test_a_pdf_is_kept_where_the_person_says_and_counts(office: Office) -> None:
    preview = office.preview(office.receipt())
    press(preview, Qt.Key.Key_S, office)
    assert office.proposed == [f"Tanda terima {office.complaint.reference}.pdf"]
    assert office.target is not None
    (page,) = pdf_pages(office.target, PaperSize.A5)
    assert office.complaint.reference in page.text
    assert office.said == [f"Tanda terima {office.complaint.reference} disimpan sebagai PDF."]
    (line,) = office.log()
    assert (line.medium, line.copy) == ("pdf", 1)
    assert "disimpan PDF" in office.preview(office.receipt()).panel.copies.text()


def test_changing_ones_mind_about_the_place_prints_and_counts_nothing(office: Office) -> None:
    office.target = None
    preview = office.preview(office.receipt())
    press(preview, Qt.Key.Key_S, office)
    assert preview.isVisible()
    assert office.log() == []
    press(preview, Qt.Key.Key_Escape, office)
    assert not preview.isVisible()
    assert office.log() == []


def test_a_refusing_printer_is_told_and_the_number_stays_free(office: Office) -> None:
    office.printers.broken = True
    preview = office.preview(office.receipt())
    press(preview, Qt.Key.Key_P, office)
    assert preview.isVisible()
    assert "Kertas habis" in preview.panel.error.words()
    assert [line.failed_at is None for line in office.log()] == [False]
    office.printers.broken = False
    press(preview, Qt.Key.Key_P, office)
    assert office.printers.sent[0][1] == preview.paper()
    assert [line.copy for line in office.log()] == [1, 1]
    assert office.said[-1].endswith("EPSON L3210.")


def test_what_cannot_be_logged_is_not_printed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = office.preview(office.receipt())

    def full(*_given: object) -> None:
        raise DiskFull("Disk penuh; tidak ada yang tercetak.", way_out="Kosongkan ruang.")

    monkeypatch.setattr(prints, "take", full)
    press(preview, Qt.Key.Key_P, office)
    assert office.printers.sent == []
    assert "Disk penuh" in preview.panel.error.words()
    assert preview.panel.print_button.isEnabled()


def test_the_size_of_a_receipt_is_chosen_by_arrow_and_kept(office: Office) -> None:
    preview = office.preview(office.receipt())
    preview.panel.sizes.setFocus()
    for size, extent in ((PaperSize.A4, "1 halaman, A4"), (PaperSize.ROLL_80, "1 halaman, 80 mm")):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        office.helper.settle()
        assert preview.paper().size is size
        assert preview.panel.extent.text() == extent
    press(preview, Qt.Key.Key_P, office)
    assert office.printers.sent[0][1].size is PaperSize.ROLL_80
    assert office.receipt().size is PaperSize.ROLL_80


def test_the_printer_is_kept_for_each_kind_of_document(office: Office) -> None:
    preview = office.preview(office.receipt())
    preview.panel.printer.setFocus()
    QTest.keyClick(preview.panel.printer, Qt.Key.Key_Down)
    press(preview, Qt.Key.Key_P, office)
    assert office.printers.sent[0][0] == "EPSON TM-T82"
    assert office.preview(office.receipt()).panel.printer.value() == "EPSON TM-T82"
    desk = office.helper.desk
    letter = office.helper.work(lambda: letters.referral(desk, office.complaint.id))
    other = office.preview(letter)
    assert other.panel.printer.value() == "EPSON L3210"
    assert other.panel.size_field.isHidden()
    office.printers.installed = ["EPSON L3210"]
    assert office.preview(office.receipt()).panel.printer.value() == "EPSON L3210"


def test_the_roll_goes_to_its_own_printer_when_it_is_chosen(office: Office) -> None:
    desk = office.helper.desk
    office.helper.work(lambda: prints.keep_printer(desk, PaperKind.RECEIPT, PaperSize.ROLL_80, "EPSON TM-T82"))
    preview = office.preview(office.receipt(PaperSize.A5))
    assert preview.panel.printer.value() == "EPSON L3210"
    preview.panel.sizes.buttons()[2].click()
    office.helper.settle()
    assert preview.panel.printer.value() == "EPSON TM-T82"


def test_without_a_printer_it_says_so_and_offers_the_pdf(office: Office) -> None:
    office.printers.installed = []
    preview = office.preview(office.receipt())
    assert preview.panel.no_printer.isVisible()
    assert "Tidak ada pencetak" in preview.panel.no_printer.words()
    assert preview.panel.printer_field.isHidden()
    assert not preview.panel.print_button.isEnabled()
    press(preview, Qt.Key.Key_P, office)
    assert office.log() == []
    press(preview, Qt.Key.Key_S, office)
    assert office.target is not None
    assert office.target.exists()


def test_all_of_it_is_reached_by_tab(office: Office) -> None:
    preview = office.preview(office.receipt())
    met = []
    for _ in range(8):
        met.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    panel = preview.panel
    for part in (preview.view, panel.printer, panel.print_button, panel.pdf_button, panel.close_button):
        assert part in met
        assert part.accessibleName()
    assert any(button in met for button in panel.sizes.buttons())


def test_a_long_document_shows_all_its_pages_and_scrolls_by_key(office: Office) -> None:
    long = office.helper.work(lambda: letters.reply(office.helper.desk, office.complaint.id, "kata " * 1600))
    preview = office.preview(long)
    assert preview.view.sheets.count() == 3
    assert preview.panel.extent.text() == "3 halaman, A4"
    QTest.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert preview.view.verticalScrollBar().value() > 0


def test_a_preview_that_is_closed_in_the_middle_leaves_nothing_behind(office: Office) -> None:
    preview = office.preview(office.receipt())
    QTest.keyClick(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    preview.reject()
    preview.deleteLater()
    QApplication.sendPostedEvents(preview, QEvent.Type.DeferredDelete.value)
    office.helper.settle()
    assert len(office.printers.sent) == 1
    assert len(office.said) == 1


def test_the_kind_recovery_is_previewed_without_a_copy_number(office: Office) -> None:
    paper = Paper(PaperKind.RECOVERY, "Kode pemulihan Norhasanah", "<p>AB12</p>", PaperSize.A5)
    for _ in range(2):
        preview = office.preview(paper)
        assert preview.panel.copies.text() == "Cetakan pertama."
        press(preview, Qt.Key.Key_P, office)
    assert [sent.html for _printer, sent in office.printers.sent] == ["<p>AB12</p>"] * 2
    assert office.helper.work(lambda: desks.current_officer(office.helper.desk)).name == "Petugas"
