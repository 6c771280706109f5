"""The story and the conflicts of a complaint in words, without a window."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from kelurahan_client.domain.complaint import Channel, Complaint, Status, TimelineEntry
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.status import steps_from
from kelurahan_client.services.lists import Detail
from kelurahan_client.store.imports import Conflict
from ui.register.story import conflict_words, story
from ui.register.words import place_words, reporter_words, value_words
from ui.theme.icons import Icon
from ui.theme.tokens import Tone

MONDAY = date(2026, 8, 3)


def complaint(**changes: Any) -> Complaint:
    values: dict[str, Any] = {
        "id": "id-1",
        "reference": "0403A-26-00446-F",
        "office": "63.71.04.1003",
        "desk": "A",
        "received_date": date(2026, 7, 21),
        "recorded_at": datetime(2026, 7, 21, 2, 12, tzinfo=UTC),
        "statement": "Lampu padam.",
        "title": "Lampu padam",
        "reporter_name": "Rusdiansyah",
        "reporter_phone": "0813••••0926",
        "status": Status.REFERRED,
        "agency": "DISHUB",
    }
    return Complaint(**values | changes)


def entry(kind: str, **changes: Any) -> TimelineEntry:
    values: dict[str, Any] = {
        "id": kind,
        "kind": kind,
        "text": "",
        "actor": "Norhasanah",
        "at": datetime(2026, 8, 3, 2, 31, tzinfo=UTC),
        "acknowledged": False,
    }
    return TimelineEntry(**values | changes)


def detail(of: Complaint, *entries: TimelineEntry, conflicts: tuple[Conflict, ...] = ()) -> Detail:
    return Detail(of, entries, conflicts, steps_from(of.status), (), "Dinas Perhubungan", "Lampu jalan")


def referred(number: int, **changes: Any) -> TimelineEntry:
    return entry("status", id=f"step-{number}", status_from=Status.VERIFIED, status_to=Status.REFERRED, **changes)


def test_marks_are_green_only_for_what_was_signed(reference: ReferenceData) -> None:
    steps = story(
        detail(complaint(), entry("follow_up", text="Sudah ditinjau."), entry("registered", acknowledged=True)),
        MONDAY,
        reference,
    )
    assert [(step.mark, step.mark_tone) for step in steps] == [
        (Icon.UNSENT, Tone.NEUTRAL),
        (Icon.SIGNED, Tone.GREEN),
    ]
    assert steps[0].subtitle == "Hari ini, 10.31 · Norhasanah"
    assert steps[0].text == "“Sudah ditinjau.”"
    assert steps[1].title == "Diterima di loket"


def test_the_day_of_the_receipt_is_told_where_it_was_typed_later(reference: ReferenceData) -> None:
    steps = story(detail(complaint(), entry("registered")), MONDAY, reference)
    assert steps[0].subtitle == "21 Juli 2026, dicatat hari ini, 10.31 · Norhasanah"
    today = story(detail(complaint(received_date=MONDAY), entry("registered")), MONDAY, reference)
    assert today[0].subtitle == "Hari ini, 10.31 · Norhasanah"


@pytest.mark.parametrize("before", [Status.RESOLVED, Status.CLOSED])
def test_a_reopening_is_called_one(reference: ReferenceData, before: Status) -> None:
    again = entry("status", status_from=before, status_to=Status.IN_PROGRESS, text="Mati lagi")
    first = entry("status", status_from=Status.VERIFIED, status_to=Status.IN_PROGRESS)
    steps = story(detail(complaint(), again, first), MONDAY, reference)
    assert [step.title for step in steps] == ["Dibuka kembali", "Ditangani"]


def test_who_registered_it_is_named_where_that_is_known(reference: ReferenceData) -> None:
    for actor, told in (("Norhasanah", "Norhasanah"), ("", "Loket A")):
        (step,) = story(detail(complaint(received_date=MONDAY), entry("registered", actor=actor)), MONDAY, reference)
        assert step.subtitle == f"Hari ini, 10.31 · {told}"


def test_files_of_one_minute_are_one_step(reference: ReferenceData) -> None:
    later = datetime(2026, 8, 3, 2, 32, tzinfo=UTC)
    steps = story(
        detail(
            complaint(),
            entry("attachment", text="surat.pdf", at=later, actor="Yusuf"),
            entry("attachment", text="dua.jpg"),
            entry("attachment", text="satu.jpg", acknowledged=True),
            entry("registered"),
        ),
        MONDAY,
        reference,
    )
    assert [(step.title, step.text, step.subtitle) for step in steps[:2]] == [
        ("Lampiran ditambahkan", "surat.pdf", "Hari ini, 10.32 · Yusuf"),
        ("2 lampiran ditambahkan", "satu.jpg\ndua.jpg", "Hari ini, 10.31 · Norhasanah"),
    ]
    assert [step.mark for step in steps] == [Icon.UNSENT] * 3  # signed when all of them are


def test_each_referral_tells_its_own_agency(reference: ReferenceData) -> None:
    moved = entry("edit", fields={"agency": ("PUPR", "DISHUB")})
    steps = story(detail(complaint(), referred(2), moved, referred(1)), MONDAY, reference)
    assert [step.title for step in steps] == ["Didisposisi ke Dishub", "SKPD diubah", "Didisposisi ke PUPR"]
    again = story(detail(complaint(), referred(2), referred(1)), MONDAY, reference)
    assert [step.title for step in again] == ["Didisposisi ke Dishub", "Didisposisi"]


def test_an_edit_never_tells_an_identity(reference: ReferenceData) -> None:
    steps = story(
        detail(
            complaint(),
            entry("edit", fields={"reporter_phone": ("081344200926", "081300000000")}),
            entry("edit", fields={"location": ("Muka langgar", "Belakang langgar")}),
            entry("edit", fields={"title": ("a", "b"), "note": ("", "c"), "rt": ("001", "002")}),
        ),
        MONDAY,
        reference,
    )
    assert "0813" not in " ".join(step.title + step.text for step in steps)
    assert (steps[1].title, steps[1].text) == ("Lokasi diubah", "Semula: Muka langgar")
    assert steps[2].title == "3 isian diubah"


def test_where_it_came_from(reference: ReferenceData) -> None:
    for channel, line, title in (
        (Channel.PHONE, None, "Diterima lewat telepon"),
        (Channel.IN_PERSON, 12, "Diterima di loket"),
        (Channel.LETTER, 12, "Dicatat dari buku register"),
    ):
        of = complaint(channel=channel, book_line=line)
        assert story(detail(of, entry("registered")), MONDAY, reference)[0].title == title


def test_a_conflict_tells_both_values_and_who_wrote_them(reference: ReferenceData) -> None:
    sides = [
        {"value": "Muka langgar", "actor": "Norhasanah", "device_time": "2026-08-02T02:00:00Z"},
        {"value": "Belakang langgar", "actor": "Ahmad Rifani", "device_time": "2026-08-03T02:00:00Z"},
    ]
    conflict = Conflict("c", "id-1", "location", {"sides": sides}, True)
    said = conflict_words(detail(complaint(), conflicts=(conflict,)), MONDAY, reference)
    assert said == [
        "Lokasi. Ada isi lain: “Muka langgar” (Norhasanah, 2 Agustus, 10.00) "
        "dan “Belakang langgar” (Ahmad Rifani, hari ini, 10.00)."
    ]
    hidden = replace(conflict, field="reporter_phone", body={"sides": [{"value": "081344200926"}]})
    assert "081344200926" not in conflict_words(detail(complaint(), conflicts=(hidden,)), MONDAY, reference)[0]


def test_values_in_words(reference: ReferenceData) -> None:
    assert value_words("status", "on_hold", reference) == "Menunggu pelapor"
    assert value_words("received_date", "2026-08-03", reference) == "3 Agustus 2026"
    assert value_words("location_office", "63.71.04.1003", reference) == "Alalak Selatan"
    assert value_words("confidential", True, reference) == "ya"
    assert value_words("note", "", reference) == "kosong"
    assert value_words("reporter_nik", "6371040101900001", reference) != "6371040101900001"


def test_the_anonymous_stay_so_until_revealed() -> None:
    of = complaint(anonymous=True)
    assert reporter_words(of, revealed=False) == "Anonim"
    assert reporter_words(of, revealed=True) == "Rusdiansyah"
    assert place_words(complaint(location="Gg. Damai", rt="012", rw="003")) == "Gg. Damai, RT 12 RW 3"
    assert place_words(complaint()) == "tidak disebut"
