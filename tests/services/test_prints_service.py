"""The log of prints: every copy has its number, and what never came out has none."""

from dataclasses import replace

import pytest

from kelurahan_client.services import desk as desks
from kelurahan_client.services import letters, prints, receipts
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from kelurahan_client.services.prints import Medium
from tests.desk_making import START, FakeClock, register


def take(desk: Desk, paper: Paper, medium: Medium = Medium.PRINTER) -> prints.Taken:
    return prints.take(desk, paper, medium, "EPSON")


def test_the_first_print_is_unmarked_and_the_second_says_which_it_is(desk: Desk, clock: FakeClock) -> None:
    paper = receipts.receipt(desk, register(desk).id)
    assert prints.outlook(desk, paper).copy == 1
    assert prints.outlook(desk, paper).earlier == ()
    assert take(desk, paper).paper == paper
    clock.move(hours=1)
    outlook = prints.outlook(desk, paper)
    assert outlook.copy == 2
    assert [line.at for line in outlook.earlier] == [START]
    second = take(desk, paper)
    assert second.line.copy == 2
    assert "Salinan ke-2, 3 Agustus 2026, 11.32 WITA" in second.paper.html
    assert second.paper.html == outlook.paper.html


def test_other_paper_and_a_pdf_count_as_copies(desk: Desk) -> None:
    complaint = register(desk)
    for number, size in enumerate(receipts.SIZES, start=1):
        medium = Medium.PDF if size is PaperSize.A4 else Medium.PRINTER
        assert take(desk, receipts.receipt(desk, complaint.id, size), medium).line.copy == number
    other = register(desk)
    assert take(desk, receipts.receipt(desk, other.id)).line.copy == 1


def test_what_the_printer_refused_is_kept_but_is_no_copy(desk: Desk, clock: FakeClock) -> None:
    complaint = register(desk)
    paper = receipts.receipt(desk, complaint.id)
    refused = take(desk, paper)
    prints.failed(desk, refused.line)
    assert prints.outlook(desk, paper).copy == 1
    assert take(desk, paper).line.copy == 1
    newest, oldest = prints.history(desk, complaint.id)
    assert (newest.copy, newest.failed_at) == (1, None)
    assert (oldest.copy, oldest.failed_at) == (1, clock.at)


def test_the_log_says_what_when_who_and_how(desk: Desk, clock: FakeClock) -> None:
    desks.set_officer(desk, "Norhasanah")
    complaint = register(desk)
    take(desk, receipts.receipt(desk, complaint.id, PaperSize.ROLL_80))
    (line,) = prints.history(desk, complaint.id)
    assert line.kind == PaperKind.RECEIPT
    assert line.title == f"Tanda terima {complaint.reference}"
    assert (line.actor, line.at, line.copy) == ("Norhasanah", clock.at, 1)
    assert (line.size, line.medium, line.printer) == ("80mm", "printer", "EPSON")


def test_an_answer_in_other_words_is_another_letter(desk: Desk) -> None:
    complaint = register(desk)
    first = letters.reply(desk, complaint.id, "Lampu sudah diganti.")
    second = letters.reply(desk, complaint.id, "Lampu belum bisa diganti.")
    assert [take(desk, paper).line.copy for paper in (first, second, first)] == [1, 1, 2]


def test_a_recovery_code_is_never_a_copy_and_leaves_no_trace_of_itself(desk: Desk) -> None:
    paper = Paper(PaperKind.RECOVERY, "Kode pemulihan", "<p>ABCD-EFGH</p>", PaperSize.A5, subject="officer-1")
    lines = [take(desk, paper) for _ in range(2)]
    assert [taken.line.copy for taken in lines] == [1, 1]
    assert [taken.paper for taken in lines] == [paper, paper]
    assert lines[0].line.document != lines[1].line.document
    assert prints.outlook(desk, paper).earlier == ()


def test_the_mark_of_a_copy_stands_within_any_document(desk: Desk) -> None:
    bare = Paper(PaperKind.DAY_RECAP, "Rekap", "<p>21 pengaduan</p>", PaperSize.A4, subject="2026-08-03")
    dressed = replace(bare, subject="2026-08-04", html='<html><body style="x"><p>21</p></body></html>')
    for paper, begin in ((bare, ""), (dressed, '<html><body style="x">')):
        take(desk, paper)
        marked = take(desk, paper).paper.html
        assert marked.startswith(f"{begin}\n<p align")
        assert marked.count("Salinan ke-2") == 1


def test_size_and_printers_are_kept(desk: Desk) -> None:
    complaint = register(desk)
    assert prints.receipt_size(desk) is receipts.receipt(desk, complaint.id).size is PaperSize.A5
    prints.keep_receipt_size(desk, PaperSize.ROLL_80)
    assert prints.receipt_size(desk) is receipts.receipt(desk, complaint.id).size is PaperSize.ROLL_80
    prints.keep_printer(desk, PaperKind.RECEIPT, PaperSize.ROLL_80, "TM-T82")
    prints.keep_printer(desk, PaperKind.REPLY, PaperSize.A4, "L3210")
    assert prints.printer_for(desk, PaperKind.RECEIPT, PaperSize.ROLL_80) == "TM-T82"
    assert prints.printer_for(desk, PaperKind.RECEIPT, PaperSize.A5) == ""
    assert prints.outlook(desk, letters.reply(desk, complaint.id, "Sudah.")).printer == "L3210"


@pytest.mark.parametrize("kind", [PaperKind.RECEIPT, PaperKind.REPLY])
def test_nothing_is_written_by_looking(desk: Desk, kind: PaperKind) -> None:
    complaint = register(desk)
    paper = receipts.receipt(desk, complaint.id)
    for _ in range(3):
        prints.outlook(desk, replace(paper, kind=kind))
    assert prints.history(desk, complaint.id) == []
