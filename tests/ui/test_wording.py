"""Numbers, dates and times as in Indonesia."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from ui.figures import number, size
from ui.wording import clock, day_date, long_date, moment, short_date


@given(st.integers(0, 10**12))
def test_number_is_grouped_and_loses_no_digit(value: int) -> None:
    text = number(value)
    assert int(text.replace(".", "")) == value
    assert all(len(group) == 3 for group in text.split(".")[1:])


def test_dates_are_written_out() -> None:
    assert long_date(date(2026, 8, 3)) == "3 Agustus 2026"
    assert day_date(date(2026, 8, 3)) == "Senin, 3 Agustus 2026"
    assert short_date(date(2026, 8, 6), date(2026, 8, 3)) == "6 Agu"
    assert short_date(date(2025, 12, 31), date(2026, 1, 1)) == "31 Des 2025"


def test_times_are_wita_and_cross_midnight() -> None:
    at = datetime(2026, 8, 2, 18, 32, tzinfo=UTC)
    assert clock(at) == "02.32"
    assert moment(at) == "3 Agustus 2026, 02.32 WITA"


def test_sizes_are_for_people() -> None:
    assert size(900) == "900 B"
    assert size(412 * 1024) == "412 KB"
    assert size(1_363_149) == "1,3 MB"
