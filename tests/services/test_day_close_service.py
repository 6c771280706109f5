"""Closing the day on a real desk: every complaint is counted in one day, and the record stays as it was."""

from dataclasses import replace
from datetime import date

import pytest

from kelurahan_client.domain.complaint import Channel, Complaint
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.domain.page_reading import PAGE_FIELDS
from kelurahan_client.domain.typed_page import TypedLine, TypedPage
from kelurahan_client.errors import InputError, NotFound
from kelurahan_client.services import book_pages, day_close, day_recap, handling, importing, intake
from kelurahan_client.services.desk import Desk, find_identity, keep_identity, set_officer
from kelurahan_client.services.paper import PaperKind
from kelurahan_client.store import outbox
from sync.protocol import Result, ResultKind
from tests.desk_making import FakeClock, register

MONDAY, TUESDAY = date(2026, 8, 3), date(2026, 8, 4)


def answer(desk: Desk, made: Complaint, kind: ResultKind, reason: str = "") -> None:
    with desk.store.write() as transaction:
        waiting = outbox.unanswered_of(transaction, made.id)
        results = [Result(n=one.n, id=made.id, result=kind, reason=reason) for one in waiting]
        outbox.answer(transaction, waiting[0].epoch, results, utc_text(desk.now()))


def equation(desk: Desk, day: date | None = None) -> tuple[int, int, int, int]:
    whole = day_close.view(desk, day).count.total
    return whole.typed, whole.signed, whole.here, whole.refused


def test_typed_is_signed_and_here_and_refused_and_moves_with_each_answer(desk: Desk) -> None:
    first, second, third = register(desk), register(desk, channel=Channel.PHONE), register(desk)
    assert equation(desk) == (3, 0, 3, 0)
    answer(desk, first, ResultKind.APPLIED)
    assert equation(desk) == (3, 1, 2, 0)
    answer(desk, second, ResultKind.MERGED)
    answer(desk, third, ResultKind.REJECTED, "Isian tidak dikenal.")
    assert equation(desk) == (3, 2, 0, 1)
    lines = day_close.view(desk).count.lines
    assert [(line.channel, line.typed, line.signed, line.refused) for line in lines] == [
        (Channel.IN_PERSON, 2, 1, 1),
        (Channel.PHONE, 1, 1, 0),
    ]


def test_a_change_of_what_was_signed_for_is_left_over_but_not_untyped(desk: Desk) -> None:
    made = register(desk)
    answer(desk, made, ResultKind.APPLIED)
    assert day_close.view(desk).count.left_over == 0
    handling.follow_up(desk, made.id, "Sudah ditelepon.")
    count = day_close.view(desk).count
    assert (count.total.signed, count.waiting, count.changes, count.left_over) == (1, 1, 1, 1)
    assert [(one.kind, one.reference) for one in count.left] == [("waiting", made.reference)]


def test_book_and_typed_are_compared_page_by_page(desk: Desk) -> None:
    for line in range(2):
        made = register(desk, channel=Channel.REGISTER_BOOK, book_sheet="47", book_line=line + 1)
        answer(desk, made, ResultKind.APPLIED)
    day_close.count_page(desk, MONDAY, "47", 3)
    day_close.count_page(desk, MONDAY, "48", 1)
    count = day_close.view(desk).count
    assert [(line.page, line.counted, line.typed, line.miscounted) for line in count.lines] == [
        ("47", 3, 2, 1),
        ("48", 1, 0, 1),
    ]
    assert count.left_over == 2
    day_close.count_page(desk, MONDAY, "47", 2)
    day_close.count_page(desk, MONDAY, "48", None)
    count = day_close.view(desk).count
    assert (count.left_over, count.total.counted, count.total.agrees) == (0, 2, True)
    for page, lines in (("", 1), ("47", -1), ("47", 1000)):
        with pytest.raises(InputError):
            day_close.count_page(desk, MONDAY, page, lines)


def test_a_day_is_closed_once_and_the_record_does_not_move(desk: Desk, clock: FakeClock) -> None:
    set_officer(desk, "Norhasanah")
    made = register(desk)
    intake.save_draft(desk, {"reporter_name": "Siti"})
    with pytest.raises(InputError, match="bertambah"):
        day_close.close(desk, MONDAY, accepted=1)
    closing = day_close.close(desk, MONDAY, accepted=2)
    assert (closing.officer, closing.typed, closing.left_over) == ("Norhasanah", 1, 2)
    with pytest.raises(InputError, match="sudah ditutup"):
        day_close.close(desk, MONDAY, accepted=2)
    with pytest.raises(InputError):
        day_close.count_page(desk, MONDAY, "47", 2)
    answer(desk, made, ResultKind.APPLIED)
    assert equation(desk) == (1, 1, 0, 0)  # recomputed with the acknowledgement
    kept = day_close.as_it_was(day_close.closing(desk, closing.id))
    assert (kept.total.here, kept.total.signed, len(kept.drafts)) == (1, 0, 1)
    with pytest.raises(InputError):
        day_close.close(desk, TUESDAY, accepted=0)  # not yet


def test_what_is_typed_after_closing_counts_for_the_next_day(desk: Desk, clock: FakeClock) -> None:
    register(desk)
    day_close.close(desk, MONDAY, accepted=9)
    clock.move(minutes=5)
    register(desk)
    view = day_close.view(desk)
    assert (view.count.total.typed, view.after) == (1, 1)
    clock.move(days=1)
    register(desk)
    view = day_close.view(desk)
    assert (view.count.day, view.count.total.typed, view.unclosed) == (TUESDAY, 2, ())
    day_close.close(desk, TUESDAY, accepted=9)
    assert sum(one.typed for one in day_close.history(desk)) == 3


def test_the_weekend_between_takes_nothing_unless_somebody_worked(desk: Desk, clock: FakeClock) -> None:
    register(desk)
    day_close.close(desk, MONDAY, accepted=9)
    clock.move(hours=1)
    register(desk)
    clock.move(days=1)
    register(desk)  # on Tuesday, which nobody closes
    clock.move(days=1)
    register(desk)
    view = day_close.view(desk)
    assert (view.count.total.typed, view.unclosed) == (1, (TUESDAY,))
    assert day_close.view(desk, TUESDAY).count.total.typed == 2
    late = day_close.close(desk, TUESDAY, accepted=9)
    assert (late.typed, day_close.view(desk).unclosed) == (2, ())
    assert day_close.view(desk).count.total.typed == 1


def test_the_day_begins_at_midnight_at_the_counter(desk: Desk, clock: FakeClock) -> None:
    clock.move(hours=13, minutes=27, seconds=48)  # 23.59.59 WITA
    register(desk)
    clock.move(seconds=2)
    register(desk)
    assert desk.today() == TUESDAY
    assert day_close.view(desk).count.total.typed == 1
    assert day_close.view(desk, MONDAY).count.total.typed == 1
    assert day_close.view(desk).unclosed == (MONDAY,)


def test_opening_again_needs_a_reason_and_the_same_day(desk: Desk, clock: FakeClock) -> None:
    set_officer(desk, "Norhasanah")
    register(desk)
    closing = day_close.close(desk, MONDAY, accepted=9)
    with pytest.raises(InputError, match="alasan"):
        day_close.reopen(desk, closing.id, " ")
    day_close.reopen(desk, closing.id, "Warga datang sesudah ditutup.")
    with pytest.raises(InputError):
        day_close.reopen(desk, closing.id, "Sekali lagi.")
    clock.move(minutes=1)
    register(desk)
    again = day_close.close(desk, MONDAY, accepted=9)
    assert again.typed == 2
    assert [one.reopened_by for one in day_close.history(desk)] == ["", "Norhasanah"]
    clock.move(days=1)
    with pytest.raises(InputError, match="lewat"):
        day_close.reopen(desk, again.id, "Terlambat.")
    with pytest.raises(NotFound):
        day_close.reopen(desk, "nobody", "Terlambat.")


def test_the_recap_has_the_numbers_and_nobody_s_name(desk: Desk, clock: FakeClock) -> None:
    set_officer(desk, "Norhasanah")
    made = register(
        desk,
        channel=Channel.REGISTER_BOOK,
        book_sheet="47",
        book_line=1,
        reporter_name="Siti Rahmah",
        reporter_phone="0812 5114 4471",
        title="Lampu padam <b>di muka</b> rumah Rusdi",
    )
    refused = register(desk)
    answer(desk, refused, ResultKind.REJECTED, "Isian <tidak> dikenal.")
    intake.save_draft(desk, {"reporter_name": "Hj. Mariani"})
    day_close.count_page(desk, MONDAY, "47", 2)
    closing = day_close.close(desk, MONDAY, accepted=9)
    paper = day_recap.recap(desk, closing.id)
    assert (paper.kind, paper.subject) == (PaperKind.DAY_RECAP, closing.id)
    assert "Rekap harian 3 Agustus 2026" in paper.title
    text = paper.html.replace("\u2011", "-")
    for words in (
        made.reference,
        refused.reference,
        "KELURAHAN ALALAK SELATAN",
        "Senin, 3 Agustus 2026",
        "Norhasanah",
        "Lurah Alalak Selatan",
        "Buku register, hal. 47",
        "1 baris di buku belum diketik.",
        "Ditolak server kota: Isian &lt;tidak&gt; dikenal.",
        "2 diketik = 0 diakui + 1 belum terkirim + 1 ditolak.",
        "Sisa (4)",
    ):
        assert words in text, words
    for name in ("Siti", "Rahmah", "4471", "Rusdi", "Mariani", "<b>di muka"):
        assert name not in text
    answer(desk, made, ResultKind.APPLIED)
    clock.move(days=400)
    assert day_recap.recap(desk, closing.id) == paper


def typed_page(*texts: str, in_book: int, number: str = "47") -> TypedPage:
    """A page of the book; a text that begins with "?" has a day that does not exist."""
    lines = []
    for at, text in enumerate(texts, start=1):
        day = "32/7" if text[0] == "?" else "3/8"
        values = {"book_number": str(at), "received_date": day, "reporter_name": f"Warga {at}", "statement": text}
        lines.append(TypedLine(tuple(values.get(field, "") for field in PAGE_FIELDS)))
    return TypedPage(f"page-{number}", "Buku 2026", number, tuple(lines), in_book)


def pages(desk: Desk, day: date | None = None) -> list[tuple[str, int | None, int, int]]:
    lines = day_close.view(desk, day).count.lines
    return [(line.page, line.counted, line.typed, line.miscounted) for line in lines]


def test_the_lines_that_were_counted_beside_the_scan_are_not_asked_for_again(desk: Desk) -> None:
    page = typed_page("Titian goyang.", "Lampu padam.", "?Sampah menumpuk.", in_book=4)
    saved = book_pages.register_page(desk, page, leave_wrong=True)
    assert pages(desk) == [("Buku 2026 hal. 47", 4, 2, 2)], "a wrong line and one that was not typed are lacking"
    importing.undo(desk, saved.import_id)
    assert pages(desk) == [("Buku 2026 hal. 47", 4, 0, 4)]
    mended = typed_page("Titian goyang.", "Lampu padam.", "Sampah menumpuk.", "Got buntu.", in_book=4)
    assert book_pages.register_page(desk, mended).whole
    assert pages(desk) == [("Buku 2026 hal. 47", 4, 4, 0)]
    day_close.count_page(desk, MONDAY, "Buku 2026 hal. 47", 5)
    assert pages(desk) == [("Buku 2026 hal. 47", 5, 4, 1)], "who counts at the end of the day knows better"


def test_a_page_of_two_days_lacks_only_what_is_not_here_yet(desk: Desk, clock: FakeClock) -> None:
    page = typed_page("Titian goyang.", "?Lampu padam.", in_book=2)
    saved = book_pages.register_page(desk, page, leave_wrong=True).page
    clock.move(days=1)
    assert pages(desk) == []
    mended = typed_page("Titian goyang.", "Lampu padam.", in_book=2)
    lines = (saved.lines[0], mended.lines[1])
    assert book_pages.register_page(desk, replace(mended, lines=lines)).accepted == 1
    assert pages(desk) == [("Buku 2026 hal. 47", 1, 1, 0)]
    assert pages(desk, MONDAY) == [("Buku 2026 hal. 47", 1, 1, 0)]


def test_what_was_here_before_is_not_lacking_on_a_typed_page(desk: Desk) -> None:
    book_pages.register_page(desk, typed_page("Titian goyang.", "Lampu padam.", in_book=2))
    again = typed_page("Titian goyang.", "Lampu padam.", "Got buntu.", in_book=3, number="48")
    assert book_pages.register_page(desk, again).duplicates == 2
    assert pages(desk) == [("Buku 2026 hal. 47", 2, 2, 0), ("Buku 2026 hal. 48", 1, 1, 0)]


def test_a_typed_page_that_nobody_counted_is_to_be_counted(desk: Desk) -> None:
    book_pages.register_page(desk, typed_page("Titian goyang.", in_book=0))
    [line] = day_close.view(desk).count.lines
    assert line.counted is None
    assert line.uncounted
    assert day_recap.source_words(line) == "Buku 2026 hal. 47"


@pytest.mark.parametrize("city", ["Kota Banjarmasin", "Banjarmasin"])
def test_the_head_of_the_recap_names_the_city_once(desk: Desk, city: str) -> None:
    me = find_identity(desk)
    assert me is not None
    keep_identity(desk, replace(me, city=city), {})
    closing = day_close.close(desk, MONDAY, accepted=0)
    assert "PEMERINTAH KOTA BANJARMASIN<br>" in day_recap.recap(desk, closing.id).html
