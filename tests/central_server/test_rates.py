"""How often a desk may come; strangers at its address take nothing from it."""

import pytest

from central_server.errors import Refusal
from central_server.rates import Rates


@pytest.fixture
def clock():
    """A clock that the test turns."""

    class Clock:
        now = 1_000.0

        def __call__(self):
            return self.now

    return Clock()


def spent(rates, token, address="10.0.0.1", cost=1.0):
    """How many requests pass before one is refused, and after how many seconds the next may come."""
    passed = []

    def hurry():
        while len(passed) < 10_000:
            rates.admit(token, address, cost)
            passed.append(token)

    with pytest.raises(Refusal) as caught:
        hurry()
    assert (caught.value.number, caught.value.status) == (141, 429)
    return len(passed), caught.value.retry_after


def enter(rates, token, address="10.0.0.1"):
    rates.admit(token, address)
    rates.accepted(token, address)


def test_a_desk_has_a_minutes_worth_at_once_and_is_told_when_the_next_is(clock):
    rates = Rates(60, clock)
    enter(rates, "A")
    assert spent(rates, "A") == (59, 1.0)
    clock.now += 5
    assert spent(rates, "A") == (5, 1.0)
    clock.now += 3_600
    assert spent(rates, "A") == (60, 1.0)


def test_one_desk_takes_nothing_from_another(clock):
    rates = Rates(60, clock)
    enter(rates, "A")
    enter(rates, "B")
    spent(rates, "A")
    rates.admit("B", "10.0.0.1")


def test_pieces_of_files_count_less(clock):
    rates = Rates(60, clock)
    enter(rates, "A")
    assert spent(rates, "A", cost=0.5)[0] == 118


def test_strangers_share_their_address_and_never_stop_a_desk_behind_it(clock):
    rates = Rates(60, clock)
    enter(rates, "A")
    for number in range(12):
        rates.admit(f"guess {number}", "10.0.0.1")
    with pytest.raises(Refusal) as caught:
        rates.admit("one more guess", "10.0.0.1")
    assert caught.value.retry_after == 5.0
    rates.admit("A", "10.0.0.1")
    rates.admit("one more guess", "10.0.0.2")


def test_any_number_of_new_desks_may_come_from_one_address(clock):
    rates = Rates(60, clock)
    for number in range(500):
        enter(rates, f"desk {number}")


def test_no_limit(clock):
    rates = Rates(0, clock)
    for _ in range(1_000):
        rates.admit("A", "10.0.0.1")
        rates.accepted("A", "10.0.0.1")


def test_what_is_remembered_has_an_end(clock):
    rates = Rates(60, clock)
    for number in range(10_500):
        enter(rates, str(number), address=str(number))
    assert len(rates._desks._known) == len(rates._addresses._known) == 10_000
