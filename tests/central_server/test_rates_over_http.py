"""Limits of the real server as it is set by default, and one that is set low."""

import pytest

from sync.protocol import MAX_ITEMS


def test_by_default_the_largest_normal_day_passes(central_factory, new_desk):
    central = central_factory("sqlite")
    central.options = ()
    central.start()
    desk = new_desk(central)
    for _ in range(45):  # a first snapshot of 100,000 records is 25 requests, an import of 10,000 rows 20
        desk.exchange()
    desk.exchange(*(desk.create() for _ in range(MAX_ITEMS)))
    central.close()


def test_a_desk_that_comes_too_often_gets_429_and_a_stranger_stops_nobody(central_factory, new_desk, refused):
    central = central_factory("sqlite")
    central.options = ("--requests-per-minute", "20")
    central.start()
    desk, other = new_desk(central), new_desk(central)

    def hurry():
        for _ in range(200):
            desk.exchange(keep=False)

    with pytest.raises(refused) as caught:
        hurry()
    assert (caught.value.status, caught.value.number) == (429, 141)
    assert int(caught.value.headers["retry-after"]) >= 1
    assert caught.value.reply["retry_after"] > 0
    assert other.exchange(other.create()).results[0].result == "applied"
    token, other.token = other.token, "nobody's"
    statuses = [other.post(other.packed())[0] for _ in range(12)]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    other.token = token
    assert other.exchange(other.create()).results[0].result == "applied"
    central.close()
