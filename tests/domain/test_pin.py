"""Which PINs will do, and how long wrong ones make wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.pin import FREE_TRIES, check_pin, wait_after, wait_words


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12a456", "١٢٣٤٥٦", "12 456"])
def test_a_pin_is_six_digits(pin: str) -> None:
    assert "6 angka" in check_pin(pin)


@pytest.mark.parametrize("pin", ["000000", "777777", "123456", "654321", "890123", "121212", "112112"])
def test_what_everybody_tries_first_is_refused(pin: str) -> None:
    assert "mudah ditebak" in check_pin(pin)


@pytest.mark.parametrize("pin", ["271948", "100200", "123457"])
def test_others_will_do(pin: str) -> None:
    assert check_pin(pin) == ""


@given(st.integers(0, 1000))
def test_waits_only_grow(wrong: int) -> None:
    assert wait_after(wrong) <= wait_after(wrong + 1) <= 3600
    assert (wait_after(wrong) == 0) == (wrong < FREE_TRIES)


def test_the_first_waits() -> None:
    assert [wait_after(wrong) for wrong in (4, 5, 6, 7)] == [0, 30, 60, 300]
    assert [wait_words(seconds) for seconds in (29.2, 59.9, 61, 300)] == ["30 detik", "1 menit", "2 menit", "5 menit"]
