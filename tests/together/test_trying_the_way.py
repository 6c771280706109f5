"""*Uji sambungan* at a real centre: who answers, what is not the server, and that nothing is sent."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kelurahan_client.errors import NetworkLogin, Offline
from kelurahan_client.services import demo, lists
from kelurahan_client.services.desk import Desk, find_identity, keep_identity
from sync import engine, enrolment
from sync.probing import probe
from sync.transport import opened_transport
from tests.desk_making import DeskAt, clock, config, desk_at, reference, register
from tests.together.relays import Blunt
from tools.broken_network import http_answer
from tools.central_process import Central

__all__ = ["clock", "config", "desk_at", "reference"]

OFFICE = "63.71.04.1003"


@pytest.fixture(scope="module")
def centre(central_factory: Callable[[str], Central]) -> Central:
    made = central_factory("sqlite")
    made.start()
    return made


def joined(desk: Desk, centre: Central, letter: str) -> Desk:
    enrolment.enrol(desk, centre.url, centre.enrol_code(OFFICE, letter))
    return desk


def never() -> bool:
    return False


def test_the_city_answers_and_nothing_is_sent(centre: Central, desk_at: DeskAt, config) -> None:
    desk = joined(desk_at(config), centre, "A")
    register(desk)
    found = probe(desk, never)
    assert found.server_url == centre.url
    assert found.seconds >= 0
    assert lists.state(desk).unsent == 1


def test_a_token_of_another_day_is_no_reason_to_worry(centre: Central, desk_at: DeskAt, config) -> None:
    desk = joined(desk_at(config), centre, "B")
    me = find_identity(desk)
    assert me is not None
    keep_identity(desk, replace(me, token="token-lama"), {})
    assert probe(desk, never).server_url == centre.url


def test_a_login_page_is_not_the_city(centre: Central, desk_at: DeskAt, config) -> None:
    desk = joined(desk_at(config), centre, "D")
    portal = Blunt(http_answer("200 OK", "text/html", b"<html>masuk</html>"))
    me = find_identity(desk)
    assert me is not None
    keep_identity(desk, replace(me, server_url=f"http://127.0.0.1:{portal.port}"), {})
    with pytest.raises(NetworkLogin):
        probe(desk, never)
    portal.close()


def test_a_demo_never_reaches_a_city(centre: Central, desk_at: DeskAt, config) -> None:
    desk = desk_at(config.demo)
    demo.prepare(desk)
    me = find_identity(desk)
    assert me is not None
    keep_identity(desk, replace(me, server_url=centre.url), {})  # even if its address were a real one
    with pytest.raises(Offline, match="mode demo"):
        probe(desk, never)
    with pytest.raises(Offline, match="mode demo"), opened_transport(desk) as transport:
        engine.exchange(desk, transport)
