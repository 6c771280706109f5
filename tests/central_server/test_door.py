"""The way to the database and the reading of requests, each with its bounds."""

import asyncio
import threading

import pytest
from fastapi import Request

from central_server.bodies import Bodies, TooSlow
from central_server.door import Door
from central_server.errors import Refusal, Unavailable
from central_server.limits import Limits


class Counted:
    """How many wait and how many are inside."""

    waits = inside_now = most_inside = 0

    def waiting(self, change):
        self.waits += change

    def inside(self, change):
        self.inside_now += change
        self.most_inside = max(self.most_inside, self.inside_now)


def request(*chunks, ends=True, **headers):
    """A request whose body comes in these chunks; one that does not end says nothing more after them."""
    left = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    if ends:
        left.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive():
        return left.pop(0) if left else await asyncio.Event().wait()

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": named}, receive)


def test_whoever_gets_no_turn_in_time_is_refused_and_the_next_one_served():
    counted, release = Counted(), threading.Event()

    async def go():
        door = Door(Limits(connections=2, wait_seconds=0.01), lambda: 0.0, counted)
        inside = [asyncio.create_task(door.run(release.wait)) for _ in range(2)]
        while counted.inside_now < 2:
            await asyncio.sleep(0)
        for _ in range(3):
            with pytest.raises(Unavailable) as caught:
                await door.run(int)
            assert caught.value.busy
        release.set()
        assert await asyncio.gather(*inside) == [True, True]
        assert await door.run(int, "7") == 7

    asyncio.run(go())
    assert (counted.waits, counted.inside_now, counted.most_inside) == (0, 0, 2)


def test_a_turn_is_given_back_by_work_that_fails():
    def fail():
        raise Unavailable("Rusak.", busy=False)

    async def go():
        door = Door(Limits(connections=1, wait_seconds=0.01), lambda: 0.0, Counted())
        for _ in range(3):
            with pytest.raises(Unavailable, match="Rusak"):
                await door.run(fail)
        assert await door.run(int) == 0

    asyncio.run(go())


def test_a_body_is_read_to_its_end():
    assert asyncio.run(Bodies(Limits()).read(request(b"ab", b"", b"c"), 3)) == b"abc"


@pytest.mark.parametrize("told", [{}, {"content_length": "4"}])
def test_a_body_over_its_limit_is_refused(told):
    with pytest.raises(Refusal) as caught:
        asyncio.run(Bodies(Limits()).read(request(b"ab", b"cd", **told), 3))
    assert (caught.value.number, caught.value.status) == (104, 413)


def test_a_body_that_does_not_end_is_given_up():
    with pytest.raises(TooSlow) as caught:
        asyncio.run(Bodies(Limits(body_seconds=0.01)).read(request(b"ab", ends=False), 3))
    assert caught.value.status == 408


def test_unfinished_bodies_share_the_memory_there_is_and_give_it_back():
    async def go():
        bodies = Bodies(Limits(body_bytes=10))
        slow = asyncio.create_task(bodies.read(request(b"1234567", ends=False), 100))
        await asyncio.sleep(0)
        with pytest.raises(Unavailable) as caught:
            await bodies.read(request(b"12", b"34"), 100)
        assert caught.value.busy
        assert await bodies.read(request(b"123"), 100) == b"123"
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
        assert await bodies.read(request(b"1234567890"), 100) == b"1234567890"

    asyncio.run(go())
