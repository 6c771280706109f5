"""What was resolved and never spoken of again: found on its day, closed by an officer, and opened again."""

from datetime import date, timedelta

import pytest

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.entry_errors import NotAllowed
from kelurahan_client.domain.roles import Role
from kelurahan_client.domain.status import closes_by_silence
from kelurahan_client.services import handling, lists, silence
from kelurahan_client.services.desk import Desk
from tests.desk_making import FakeClock, register
from tests.officers_at_work import Guarded


def resolved(desk: Desk, title: str) -> str:
    made = register(desk, title=title)
    handling.transition(desk, made.id, Status.VERIFIED)
    handling.transition(desk, made.id, Status.IN_PROGRESS)
    handling.transition(desk, made.id, Status.RESOLVED, "Lampu diganti.")
    return made.id


def closable(desk: Desk) -> int:
    with desk.store.read() as transaction:
        return silence.count_closable(desk, transaction)


def titles(desk: Desk) -> list[str]:
    return [one.title for one in lists.full(desk, silence.silent_filter(desk))]


def until_closable(desk: Desk, clock: FakeClock, resolved_on: date) -> None:
    while not closes_by_silence(resolved_on, desk.today(), desk.reference.calendar):
        assert closable(desk) == 0
        clock.move(days=1)


def test_ten_working_days_of_silence_are_closed_by_an_officer_with_the_reason(desk: Desk, clock: FakeClock) -> None:
    done = resolved(desk, "Lampu padam")
    until_closable(desk, clock, desk.today())
    answered = resolved(desk, "Baru selesai")
    assert (closable(desk), titles(desk)) == (1, ["Lampu padam"])
    numbers = silence.closable(desk)
    assert numbers == [handling.find(desk, done).reference]
    assert silence.close_silent(desk, silence.silent_filter(desk)) == numbers
    story = lists.detail(desk, done)
    step = story.timeline[0]
    assert (step.status_from, step.status_to, step.text) == (Status.RESOLVED, Status.CLOSED, silence.REASON)
    assert step.actor == "Petugas"
    assert handling.find(desk, answered).status is Status.RESOLVED
    assert silence.close_silent(desk, silence.silent_filter(desk)) == silence.closable(desk) == []
    # The reporter comes late: a reopening, within its days and with a reason, as after any closing.
    assert [one.to for one in story.steps] == [Status.IN_PROGRESS]
    assert handling.transition(desk, done, Status.IN_PROGRESS, "Lampu padam lagi.").status is Status.IN_PROGRESS


def test_whoever_has_spoken_is_not_silent(desk: Desk, clock: FakeClock) -> None:
    done = resolved(desk, "Lampu padam")
    first = desk.today()
    clock.move(days=3)
    handling.follow_up(desk, done, "Pelapor menelepon: masih berkedip.")
    spoken = desk.today()
    while not closes_by_silence(first, desk.today(), desk.reference.calendar):
        clock.move(days=1)
    assert closable(desk) == 0
    until_closable(desk, clock, spoken)
    assert titles(desk) == ["Lampu padam"]


def test_a_later_resolution_counts_anew_and_ends_in_a_step_of_its_own(desk: Desk, clock: FakeClock) -> None:
    done = resolved(desk, "Lampu padam")
    until_closable(desk, clock, desk.today())
    silence.close_silent(desk, silence.silent_filter(desk))
    handling.transition(desk, done, Status.IN_PROGRESS, "Padam lagi.")
    handling.transition(desk, done, Status.RESOLVED, "Diganti lagi.")
    until_closable(desk, clock, desk.today())
    assert len(silence.close_silent(desk, silence.silent_filter(desk))) == 1
    assert [one.status_to for one in lists.detail(desk, done).timeline].count(Status.CLOSED) == 2


def test_only_what_is_silent_is_closed_by_it(desk: Desk) -> None:
    for wanted in (lists.ListFilter(), lists.ListFilter(silent_since=desk.today())):
        with pytest.raises(ValueError, match="silent"):
            silence.close_silent(desk, wanted)


def test_a_clerk_sees_none_of_it_and_closes_nothing(guarded: Guarded, clock: FakeClock) -> None:
    resolved(guarded.desk, "Lampu padam")
    clerk = guarded.add("Rahmah", Role.CLERK)
    clock.at += timedelta(days=40)
    assert closable(guarded.desk) == 1
    guarded.sign_in(clerk)
    assert closable(guarded.desk) == 0
    with pytest.raises(NotAllowed):
        silence.close_silent(guarded.desk, silence.silent_filter(guarded.desk))
    with pytest.raises(NotAllowed):
        silence.closable(guarded.desk)
