"""What a desk chose about its work is kept, and read as people type it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.errors import FieldErrors, InputError
from kelurahan_client.services import preferences
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.preferences import ExchangeTimes

TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
PLANS = st.builds(lambda found: ExchangeTimes(5, tuple(sorted(set(found)))), st.lists(TIMES, max_size=4))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_what_nobody_chose(desk: Desk) -> None:
    assert preferences.exchange_times(desk) == ExchangeTimes(5, ())


def test_what_was_chosen_is_kept(desk: Desk) -> None:
    wanted = ExchangeTimes(0, (time(8), time(15, 30)))
    preferences.set_exchange_times(desk, wanted)
    assert preferences.exchange_times(desk) == wanted


def test_what_is_not_offered_is_refused(desk: Desk) -> None:
    with pytest.raises(FieldErrors):
        preferences.set_exchange_times(desk, ExchangeTimes(7))


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("", ()),
        ("8", (time(8),)),
        ("15.30, 08.00", (time(8), time(15, 30))),
        ("08:00 8.00;1530", (time(8), time(15, 30))),
    ],
)
def test_times_as_people_type_them(text: str, times: tuple[time, ...]) -> None:
    assert preferences.read_times(text) == times


@pytest.mark.parametrize("text", ["24", "8.60", "pagi", "8.0", "1 2 3 4 5"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(InputError):
        preferences.read_times(text)


@given(PLANS)
def test_shown_times_are_read_back(plan: ExchangeTimes) -> None:
    assert preferences.read_times(preferences.times_text(plan.at)) == plan.at


@given(PLANS, MOMENTS)
def test_the_next_time_is_the_first_one_to_come(plan: ExchangeTimes, moment: datetime) -> None:
    following = plan.next_after(moment)
    if not plan.at:
        assert following is None
        return
    assert following is not None
    assert timedelta() < following - moment <= timedelta(days=1)
    assert following.timetz().replace(tzinfo=None) in plan.at
    assert all(
        not moment < datetime.combine(following.date(), clock, following.tzinfo) < following for clock in plan.at
    )
