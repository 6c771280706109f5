from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.deadlines import WorkCalendar
from kelurahan_client.domain.status import check_step, closes_by_silence, leads_to, reopening_ends, steps_from
from kelurahan_client.domain.words import STATUS_WORDS
from kelurahan_client.errors import IllegalStep

CALENDAR = WorkCalendar(holidays=frozenset({date(2024, 1, 17)}))
RESOLVED_ON = date(2024, 1, 8)
LAST = date(2024, 1, 23)  # ten working days later, over one holiday
STATUSES = st.sampled_from(list(Status))
TERMINAL = {Status.ARCHIVED, Status.OUT_OF_JURISDICTION}


def step(start: Status, to: Status, reason: str = "", *, resolved_on: date | None = None, today: date = LAST) -> None:
    check_step(start, to, reason, resolved_on=resolved_on, today=today, calendar=CALENDAR)


def test_the_usual_way() -> None:
    step(Status.RECEIVED, Status.VERIFIED)
    step(Status.VERIFIED, Status.REFERRED)
    step(Status.REFERRED, Status.RESOLVED, "sudah diganti")
    step(Status.RESOLVED, Status.CLOSED, "tidak ada tanggapan")
    step(Status.VERIFIED, Status.IN_PROGRESS)
    step(Status.IN_PROGRESS, Status.ON_HOLD, "alamat kurang jelas")
    step(Status.ON_HOLD, Status.IN_PROGRESS)


@given(STATUSES, STATUSES)
def test_exactly_the_offered_steps_are_legal(start: Status, to: Status) -> None:
    offered = {other.to for other in steps_from(start)}
    if to in offered:
        step(start, to, "alasan", resolved_on=RESOLVED_ON)
    else:
        with pytest.raises(IllegalStep, match=STATUS_WORDS[to]):
            step(start, to, "alasan", resolved_on=RESOLVED_ON)


@given(STATUSES, st.sampled_from(["", " ", "\n\t"]))
def test_a_reason_is_written_where_it_is_asked(start: Status, blank: str) -> None:
    for offered in steps_from(start):
        if offered.needs_reason:
            with pytest.raises(IllegalStep, match="perlu alasan"):
                step(start, offered.to, blank, resolved_on=RESOLVED_ON)
        else:
            step(start, offered.to, blank)


def test_what_always_needs_a_reason() -> None:
    for start in Status:
        for offered in steps_from(start):
            if offered.to in TERMINAL | {Status.ON_HOLD} or start in {Status.RESOLVED, Status.CLOSED}:
                assert offered.needs_reason
            assert offered.label_id.endswith("…") or not offered.needs_reason


@given(STATUSES)
def test_every_status_can_be_reached_and_none_is_left_from_the_terminal_ones(status: Status) -> None:
    assert leads_to(Status.RECEIVED, status)
    if status in TERMINAL:
        assert steps_from(status) == ()
        assert not any(leads_to(status, other) for other in Status if other != status)
    else:
        assert leads_to(status, Status.CLOSED)
    assert not any(leads_to(other, Status.RECEIVED) for other in Status if other != Status.RECEIVED)


@given(STATUSES, STATUSES, STATUSES)
def test_leading_is_an_order(one: Status, two: Status, three: Status) -> None:
    assert leads_to(one, one)
    assert not (leads_to(one, two) and leads_to(two, three)) or leads_to(one, three)


@pytest.mark.parametrize("start", [Status.RESOLVED, Status.CLOSED])
def test_reopening_within_ten_working_days(start: Status) -> None:
    assert reopening_ends(RESOLVED_ON, CALENDAR) == LAST
    step(start, Status.IN_PROGRESS, "rusak lagi", resolved_on=RESOLVED_ON, today=LAST)
    with pytest.raises(IllegalStep, match="sampai 23 Januari 2024"):
        step(start, Status.IN_PROGRESS, "rusak lagi", resolved_on=RESOLVED_ON, today=date(2024, 1, 24))
    with pytest.raises(IllegalStep, match="tidak diketahui"):
        step(start, Status.IN_PROGRESS, "rusak lagi")


def test_silence_closes_after_the_last_day_of_reopening() -> None:
    assert not closes_by_silence(RESOLVED_ON, LAST, CALENDAR)
    assert closes_by_silence(RESOLVED_ON, date(2024, 1, 24), CALENDAR)


def test_the_refusal_offers_what_is_possible() -> None:
    with pytest.raises(IllegalStep) as refusal:
        step(Status.RECEIVED, Status.CLOSED)
    assert refusal.value.message == "Dari “Diterima” tidak bisa ke “Ditutup”."
    assert "“Terverifikasi”" in refusal.value.way_out
