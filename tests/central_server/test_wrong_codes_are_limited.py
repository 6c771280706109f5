"""The counter of wrong codes, with a clock in the hand."""

import pytest

from central_server.attempts import Attempts
from central_server.errors import Refusal


def test_ten_wrong_codes_shut_the_door_until_the_first_is_old_enough():
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for _ in range(10):
        attempts.admit("a")
        attempts.failed("a")
        now[0] += 1
    with pytest.raises(Refusal) as caught:
        attempts.admit("a")
    assert caught.value.retry_after == 15 * 60 - 10
    attempts.admit("b")
    now[0] = 15 * 60 + 0.5
    attempts.admit("a")


def test_memory_stays_bounded():
    attempts = Attempts(lambda: 0.0)
    for number in range(10_050):
        attempts.failed(str(number))
    for _ in range(10):
        attempts.failed("10049")
    with pytest.raises(Refusal):
        attempts.admit("10049")
    attempts.admit("0")
