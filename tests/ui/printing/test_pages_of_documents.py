"""What is on the sheets: everything, on every size of paper, and the same on screen, printer and PDF."""

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from kelurahan_client.domain.reference_number import check_character, parse
from kelurahan_client.errors import PaperError
from kelurahan_client.services import letterhead, letters, receipts
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from tests.desk_making import register
from tests.ui.printing.conftest import pdf_pages
from ui.printing.cutting import AT_ONCE, pieces
from ui.printing.printers import SystemPrinters, print_out
from ui.printing.render import MOST_SHOWN, pdf, pictures, save_pdf
from ui.printing.words import extent_line

POINTS = {PaperSize.A4: (595, 842), PaperSize.A5: (420, 595), PaperSize.ROLL_80: (227, None)}
LONGEST = 8_471
NAME_OF_60 = "Siti Rahmah Nurhasanah binti Haji Muhammad Syahrani Al-Banjar"[:60]


def numbered_words(length: int) -> str:
    """A text of exactly so many characters whose every word occurs once."""
    text = ""
    at = 0
    while len(text) < length:
        at += 1
        text += f"kata{at:04d} " if at % 12 else f"kata{at:04d}\n"
    return text[: length - 1] + "."


def every_word_once(text: str, printed: str) -> bool:
    *words, last = text.split()
    return all(printed.count(word) == 1 for word in words) and f"{words[-1]}{last}" in printed


def squeezed(text: str) -> str:
    return "".join(text.split())


def paper(html: str, size: PaperSize) -> Paper:
    return Paper(PaperKind.REPORT, "Laporan uji", letterhead.page([letterhead.Html(html)], size), size)


@pytest.mark.parametrize("size", receipts.SIZES)
def test_the_longest_text_known_is_on_the_receipt_to_its_last_word(
    qapp: QApplication, desk: Desk, size: PaperSize
) -> None:
    statement = numbered_words(LONGEST)
    complaint = register(desk, statement=statement, title="Jalan", reporter_name=NAME_OF_60)
    pages = pdf_pages(pdf(receipts.receipt(desk, complaint.id, size)), size)
    printed = squeezed("".join(page.text for page in pages))
    assert all(page.whole for page in pages)
    assert every_word_once(statement, printed)
    assert squeezed(NAME_OF_60) in printed
    assert complaint.reference in printed
    width, height = POINTS[size]
    for page in pages:
        assert page.width == pytest.approx(width, abs=1)
        if height is not None:
            assert page.height == pytest.approx(height, abs=1)
    if size is PaperSize.ROLL_80:
        assert len(pages) == 1
        assert pages[0].height > 1500
    else:
        for number, page in enumerate(pages, start=1):
            assert f"Halaman {number} dari {len(pages)}" in page.text
            assert f"Tanda terima {complaint.reference}" in page.text


@pytest.mark.parametrize("size", list(PaperSize))
def test_one_word_without_an_end_is_broken_and_not_cut(qapp: QApplication, size: PaperSize) -> None:
    one = "x" * LONGEST
    rows = letterhead.facts([("Pelapor", "N" * 60), ("Isi", one)]) + letterhead.table(["A", "B"], [["y" * 300, one]])
    pages = pdf_pages(pdf(paper(rows, size)), size)
    printed = "".join(page.text for page in pages)
    assert all(page.whole for page in pages)
    assert (printed.count("x"), printed.count("y"), printed.count("N")) == (2 * LONGEST, 300, 60)


@pytest.mark.parametrize("kind", ["referral", "reply"])
def test_letters_carry_the_longest_texts_too(qapp: QApplication, desk: Desk, kind: str) -> None:
    text = numbered_words(LONGEST)
    complaint = register(desk, statement=text, title="Jalan", reporter_name=NAME_OF_60, agency="DISHUB")
    made = letters.referral(desk, complaint.id) if kind == "referral" else letters.reply(desk, complaint.id, text)
    pages = pdf_pages(pdf(made), PaperSize.A4)
    printed = squeezed("".join(page.text for page in pages))
    assert all(page.whole for page in pages)
    assert len(pages) > 2
    assert every_word_once(text, printed)
    assert squeezed(NAME_OF_60) in printed


def test_a_long_table_repeats_its_heads_and_loses_no_row(qapp: QApplication) -> None:
    rows = [[str(at), f"Perihal nomor {at:03d}"] for at in range(1, 121)]
    made = paper(letterhead.table(["No.", "Perihal"], rows, widths=[12, 88]), PaperSize.A4)
    pages = pdf_pages(pdf(made), PaperSize.A4)
    assert len(pages) > 2
    for page in pages:
        assert "Perihal" in page.text.replace("Perihal nomor", "")
    printed = "\n".join(page.text for page in pages)
    assert all(printed.count(f"Perihal nomor {at:03d}") == 1 for at in range(1, 121))


def test_a_short_roll_is_short_and_a_single_page_has_no_number(qapp: QApplication, desk: Desk) -> None:
    complaint = register(desk)
    (roll,) = pdf_pages(pdf(receipts.receipt(desk, complaint.id, PaperSize.ROLL_80)), PaperSize.ROLL_80)
    assert 250 < roll.height < 700
    (sheet,) = pdf_pages(pdf(receipts.receipt(desk, complaint.id, PaperSize.A5)), PaperSize.A5)
    assert "Halaman" not in sheet.text


@pytest.mark.parametrize("size", receipts.SIZES)
def test_the_code_is_read_from_the_printed_page_and_its_check_character_holds(
    qapp: QApplication, desk: Desk, size: PaperSize
) -> None:
    complaint = register(desk)
    document = pypdfium2.PdfDocument(pdf(receipts.receipt(desk, complaint.id, size)), size)
    bitmap = document[0].render(scale=2, grayscale=True)  # 144 dpi, as a bad printer and a bad camera
    grey = memoryview(bytes(bitmap.buffer)).cast("B", (bitmap.height, bitmap.stride))
    (found,) = zxingcpp.read_barcodes(grey)
    document.close()
    assert found.text == complaint.reference
    read = parse(found.text)
    assert read is not None
    assert check_character(found.text.replace("-", "")[:-1]) == found.text[-1]


@pytest.mark.parametrize("size", list(PaperSize))
def test_the_screen_shows_the_pages_of_the_pdf_in_black_on_white(qapp: QApplication, size: PaperSize) -> None:
    made = paper("<p>" + numbered_words(LONGEST).replace("\n", "<br>") + "</p>", size)
    shown = pictures(made, 96).images
    assert len(shown) == pictures(made, 96).pages == len(pdf_pages(pdf(made), size))
    for picture in shown:
        assert picture.width() == pytest.approx(POINTS[size][0] * 96 / 72, abs=2)
        assert picture.pixelColor(2, 2).name() == "#ffffff"
        assert darkest(picture) < 60
    (fine,) = pictures(made, 40, 2.0, at_most=1).images
    assert fine.deviceIndependentSize().width() == pytest.approx(POINTS[size][0] * 40 / 72, abs=2)
    assert fine.devicePixelRatio() == 2


def test_of_a_very_long_document_only_the_beginning_is_drawn(qapp: QApplication) -> None:
    drawn = pictures(paper("<p>" + "kata<br>" * 3000 + "</p>", PaperSize.A4), 20)
    assert drawn.pages > MOST_SHOWN
    assert len(drawn.images) == MOST_SHOWN
    assert extent_line(PaperSize.A4, drawn.pages, MOST_SHOWN).endswith("(ditampilkan 30 yang pertama)")


def darkest(picture: QImage) -> int:
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    return min(bytes(grey.constBits()))


@pytest.mark.parametrize("size", list(PaperSize))
def test_a_printer_gets_the_same_pages_as_the_pdf(
    qapp: QApplication, tmp_path: Path, desk: Desk, size: PaperSize
) -> None:
    made = paper("<p>" + numbered_words(LONGEST).replace("\n", "<br>") + "</p>", size)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_out(made, printer)
    printed, wanted = pdf_pages(tmp_path / "printed.pdf", size), pdf_pages(pdf(made), size)
    assert [page.text for page in printed] == [page.text for page in wanted]
    assert all(page.whole for page in printed)
    for one, other in zip(printed, wanted, strict=True):
        assert (one.width, one.height) == (pytest.approx(other.width, abs=1), pytest.approx(other.height, abs=1))


@pytest.mark.qt_log_ignore("QPainter::begin")  # Qt writes down that it was refused; so does the error
def test_a_printer_that_takes_nothing_is_told_as_a_sentence(qapp: QApplication, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "printed.pdf"))
    with pytest.raises(PaperError) as caught:
        print_out(paper("<p>Lampu</p>", PaperSize.A5), printer)
    assert "pencetak" in caught.value.way_out


def test_a_printer_that_was_taken_away_is_named(qapp: QApplication) -> None:
    with pytest.raises(PaperError) as caught:
        SystemPrinters().send(paper("<p>Lampu</p>", PaperSize.A5), "EPSON yang hilang")
    assert "EPSON yang hilang" in caught.value.message


def test_a_pdf_is_written_whole_or_not_at_all(qapp: QApplication, tmp_path: Path) -> None:
    made = paper("<p>Lampu jalan padam.</p>", PaperSize.A5)
    target = tmp_path / "surat.pdf"
    target.write_bytes(b"before")
    save_pdf(made, target)
    (page,) = pdf_pages(target, PaperSize.A5)
    assert "Lampu jalan padam." in page.text
    assert [path.name for path in tmp_path.iterdir()] == ["surat.pdf"]
    with pytest.raises(PaperError):
        save_pdf(made, tmp_path / "no such folder" / "surat.pdf")


def test_the_pdf_names_the_document_and_nobody(qapp: QApplication, desk: Desk) -> None:
    complaint = register(desk, anonymous=True, reporter_name=NAME_OF_60)
    document = pypdfium2.PdfDocument(pdf(receipts.receipt(desk, complaint.id, PaperSize.A5)))
    told = document.get_metadata_dict()
    document.close()
    assert told["Title"] == f"Tanda terima {complaint.reference}"
    assert "Siti" not in " ".join(told.values())


ROWS = [[f"{at}", f"Perihal nomor {at:03d}", f"0403A-26-{at:05d}-{'IW'[at % 2]}"] for at in range(1, 301)]
SHORT = [["Satu", "1"], ["Dua", "2"]]


def a_long_report() -> Paper:
    """Text, a short table, a long one whose widest word comes late, and a foot."""
    body = letterhead.paragraph("Pembuka") + letterhead.table(["Nama", "Jumlah"], SHORT)
    body += letterhead.table(["No.", "Perihal", "Nomor"], [*ROWS, ["301", "Perihal nomor 301", "Terpanjang-di-akhir"]])
    return paper(body + letterhead.paragraph("Penutup"), PaperSize.A4)


def test_a_long_document_is_laid_out_in_pieces_that_keep_no_other_thread_waiting(qapp: QApplication) -> None:
    cut = pieces(a_long_report().html)
    assert len(cut) > 10
    assert all(piece.html.count("<tr>") <= AT_ONCE + 1 for piece in cut)  # with the head
    assert all(piece.sizing.count("<tr>") <= 4 for piece in cut)
    assert len(pieces(paper(letterhead.table(["A", "B"], SHORT), PaperSize.A4).html)) == 1


def test_the_pieces_of_a_document_are_one_document_on_paper(qapp: QApplication) -> None:
    pages = pdf_pages(pdf(a_long_report()), PaperSize.A4)
    assert all(page.whole for page in pages)
    printed = "\n".join(page.text for page in pages)
    assert all(printed.count(f"Perihal nomor {at:03d}") == 1 for at in range(1, 302))
    assert (printed.count("Pembuka"), printed.count("Penutup"), printed.count("Nama")) == (1, 1, 1)
    assert [page.text.replace("Perihal nomor", "").count("Perihal") for page in pages] == [1] * len(pages)
    for cell in [row[2] for row in ROWS]:
        assert cell in printed.replace("\r\n", "\n")  # in one line: every piece has the column that the widest needs


def test_a_row_higher_than_a_page_is_cut_between_its_lines(qapp: QApplication) -> None:
    text = numbered_words(LONGEST)
    rows = [["1", text], *[[f"{at}", "pendek"] for at in range(2, 60)]]
    pages = pdf_pages(pdf(paper(letterhead.table(["No.", "Isi"], rows, widths=[10, 90]), PaperSize.A5)), PaperSize.A5)
    assert all(page.whole for page in pages)
    assert every_word_once(text, squeezed("".join(page.text for page in pages)))
