"""TLS by the city's own authority or the system's, proxies that want a password, portals in between, slow lines."""

import random
import shutil
import string
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kelurahan_client.config import Config
from kelurahan_client.errors import ExchangeError, NetworkLogin, Offline, ProxyLogin, Untrusted
from kelurahan_client.services import lists, network
from kelurahan_client.services.desk import find_identity
from sync import engine, enrolment
from sync.transport import HttpTransport, opened_transport
from tests.desk_making import FakeClock, an_intake
from tests.together.certificates import Authority
from tests.together.desk_at_work import DeskAtWork
from tests.together.relays import Blunt, CityProxy, Relay, SlowLine, TlsFront, address_of
from tools.broken_network import BrokenNetwork, Fault, http_answer
from tools.central_process import Central

HOST = "lapor.kota.test"
OFFICE = "63.71.04.1003"
PROXY_SETTINGS = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")

T = TypeVar("T", bound=Relay)


@pytest.fixture(scope="module")
def centre(central_factory: Callable[[str], Central]) -> Central:
    made = central_factory("sqlite")
    made.start()
    return made


@pytest.fixture(scope="module")
def letters() -> Iterator[str]:
    """Desks of the office that nobody has yet."""
    return iter(string.ascii_uppercase)


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_SETTINGS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def city(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "Kota-Banjarmasin")


@pytest.fixture
def relays() -> Iterator[Callable[[T], T]]:
    """Closes at the end of the test what it is given."""
    made: list[Any] = []

    def keep(relay: T) -> T:
        made.append(relay)
        return relay

    yield keep
    for relay in reversed(made):
        relay.close()


@pytest.fixture
def blank(tmp_path: Path, blank_folder: Path) -> Iterator[DeskAtWork]:
    """A desk that is not enrolled."""
    config = Config(tmp_path / "desk")
    shutil.copytree(blank_folder, config.data_dir)
    work = DeskAtWork.open(config, "", FakeClock())
    yield work
    work.close()


def joins(desk: DeskAtWork, centre: Central, url: str, letter: str) -> None:
    """Enrol by this address, and exchange as the program does."""
    enrolment.enrol(desk.desk, url, centre.enrol_code(OFFICE, letter))
    exchanges(desk)


def exchanges(desk: DeskAtWork) -> engine.Outcome:
    with opened_transport(desk.desk) as way:
        return engine.exchange(desk.desk, way)


def refused(desk: DeskAtWork, url: str) -> ExchangeError:
    """The error that an attempt to enrol gives; nothing is kept of it."""
    with pytest.raises(ExchangeError) as caught:
        enrolment.offer(desk.desk, url, "ABCD-EFGH")
    with pytest.raises(type(caught.value)):
        enrolment.enrol(desk.desk, url, "ABCD-EFGH")
    assert find_identity(desk.desk) is None
    assert caught.value.way_out
    return caught.value


# TLS


def test_the_citys_own_authority_is_trusted_once_it_is_given(blank, centre, city, relays, letters) -> None:
    front = relays(TlsFront(city.server("localhost"), address_of(centre.url)))
    url = f"https://localhost:{front.port}"
    error = refused(blank, url)
    assert isinstance(error, Untrusted)
    assert "--ca" in error.way_out
    network.trust(blank.desk, city.file)
    joins(blank, centre, url, next(letters))
    blank.register()
    assert exchanges(blank).applied == 1
    network.trust_only_the_system(blank.desk)
    with pytest.raises(Untrusted):
        exchanges(blank)


def test_what_the_system_trusts_is_trusted(blank, centre, city, relays, letters, monkeypatch) -> None:
    other = Authority(city.file.parent, "Otoritas-lain")
    front = relays(TlsFront(city.server("127.0.0.1"), address_of(centre.url)))
    monkeypatch.setenv("SSL_CERT_FILE", str(city.file))
    network.trust(blank.desk, other.file)  # beside the system's, not in its place
    joins(blank, centre, f"https://127.0.0.1:{front.port}", next(letters))


def test_libraries_have_no_authorities_of_their_own(blank, centre, city, relays, monkeypatch) -> None:
    front = relays(TlsFront(city.server("localhost"), address_of(centre.url)))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(city.file))
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(city.file))
    assert isinstance(refused(blank, f"https://localhost:{front.port}"), Untrusted)


def test_a_certificate_that_will_not_do_is_told_by_its_reason(blank, centre, city, relays, subtests) -> None:
    network.trust(blank.desk, city.file)
    past, future = timedelta(days=-2), timedelta(days=2)
    other = Authority(city.file.parent, "Otoritas-lain")
    for name, context, word in (
        ("expired", city.server("localhost", begins=past - timedelta(days=1), ends=past), "kedaluwarsa"),
        ("not yet", city.server("localhost", begins=future, ends=future + timedelta(days=1)), "belum berlaku"),
        ("another host", city.server(HOST), "alamat lain"),
        ("self-signed", city.self_signed("localhost"), "otoritas yang dipercaya"),
        ("another authority", other.server("localhost"), "otoritas yang dipercaya"),
    ):
        with subtests.test(name):
            front = relays(TlsFront(context, address_of(centre.url)))
            error = refused(blank, f"https://localhost:{front.port}")
            assert type(error) is Untrusted
            assert word in error.message
            assert not error.may_have_arrived


def test_what_does_not_speak_tls_is_not_the_server(blank, relays) -> None:
    portal = relays(Blunt(http_answer("200 OK", "text/html", b"<html>masuk</html>")))
    assert type(refused(blank, f"https://127.0.0.1:{portal.port}")) is NetworkLogin
    cut = relays(Blunt(b""))
    assert type(refused(blank, f"https://127.0.0.1:{cut.port}")) is Offline


# Proxies


@pytest.fixture
def behind(centre, city, relays) -> Callable[..., CityProxy]:
    """A proxy that alone knows where the city's server is."""
    front = relays(TlsFront(city.server(HOST), address_of(centre.url)))
    return lambda login="", answer=b"": relays(CityProxy({HOST: ("127.0.0.1", front.port)}, login, answer))


def test_a_proxy_that_wants_a_password(blank, centre, city, behind, letters, caplog) -> None:
    caplog.set_level("DEBUG")
    proxy = behind("siti:r@hasia: 1/2")
    network.trust(blank.desk, city.file)
    network.use_proxy(blank.desk, f"http://siti:r%40hasia%3A%201%2F2@127.0.0.1:{proxy.port}")
    joins(blank, centre, f"https://{HOST}", next(letters))
    blank.register()
    assert exchanges(blank).applied == 1
    assert {asked.where for asked in proxy.asked} == {f"{HOST}:443"}
    assert "hasia" not in caplog.text
    assert "hasia" not in str(network.as_json(network.network(blank.desk))) + repr(network.network(blank.desk))
    assert b"hasia" not in blank.config.database.read_bytes()


def test_a_wrong_password_is_told_and_can_be_mended(blank, centre, city, behind, letters) -> None:
    proxy = behind("siti:rahasia")
    network.trust(blank.desk, city.file)
    network.use_proxy(blank.desk, f"http://siti:rahasia@127.0.0.1:{proxy.port}")
    joins(blank, centre, f"https://{HOST}", next(letters))
    blank.register()
    before = blank.dump(attempts=False)
    for wrong in ("siti:salah@", ""):
        network.use_proxy(blank.desk, f"http://{wrong}127.0.0.1:{proxy.port}")
        with pytest.raises(ProxyLogin) as caught:
            exchanges(blank)
        assert "--proxy" in caught.value.way_out
    failure = lists.state(blank.desk).last_failure
    assert failure is not None
    assert failure["kind"] == "ProxyLogin"
    assert "salah" not in str(failure)
    network.use_proxy(blank.desk, f"http://siti:rahasia@127.0.0.1:{proxy.port}")
    assert blank.dump(attempts=False) == before
    assert exchanges(blank).applied == 1


def test_the_proxy_of_the_system_and_none(blank, centre, city, behind, letters, monkeypatch) -> None:
    proxy = behind("siti:rahasia")
    monkeypatch.setenv("HTTPS_PROXY", f"http://siti:rahasia@127.0.0.1:{proxy.port}")
    network.trust(blank.desk, city.file)
    joins(blank, centre, f"https://{HOST}", next(letters))
    known = len(proxy.asked)
    network.use_no_proxy(blank.desk)
    with pytest.raises(Offline):
        exchanges(blank)
    assert len(proxy.asked) == known
    network.use_system_proxy(blank.desk)
    exchanges(blank)
    monkeypatch.setenv("NO_PROXY", "kota.test")
    with pytest.raises(Offline):
        exchanges(blank)
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(Offline, match="--proxy"):
        exchanges(blank)


def test_this_machine_itself_needs_no_proxy(blank, centre, city, relays, letters) -> None:
    front = relays(TlsFront(city.server("localhost"), address_of(centre.url)))
    network.trust(blank.desk, city.file)
    network.use_proxy(blank.desk, "http://127.0.0.1:1")
    joins(blank, centre, f"https://localhost:{front.port}", next(letters))


def test_what_a_proxy_answers_instead(blank, behind, subtests) -> None:
    for status, kind in (
        ("403 Forbidden", Offline),
        ("502 Bad Gateway", Offline),
        ("302 Found", NetworkLogin),
        ("511 Network Authentication Required", NetworkLogin),
    ):
        with subtests.test(status):
            proxy = behind(answer=f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
            network.use_proxy(blank.desk, f"127.0.0.1:{proxy.port}")
            error = refused(blank, f"https://{HOST}")
            assert type(error) is kind
            assert not (kind is Offline and error.may_have_arrived)


# Portals; what an exchange makes of them is in test_broken_network


@pytest.mark.parametrize(
    "answer",
    [
        http_answer("200 OK", "text/html", b"<html>masuk</html>"),
        http_answer("200 OK", "application/json", b"<html>masuk</html>"),
        http_answer("200 OK", "application/json", b"{}"),
        b"HTTP/1.1 302 Found\r\nLocation: http://portal.test/\r\nContent-Length: 0\r\n\r\n",
        http_answer("511 Network Authentication Required", "text/html", b"<html>masuk</html>"),
        http_answer("200 OK", "text/html", b"<html>")[:-3],
    ],
    ids=["page", "page as json", "other json", "redirect", "511", "cut"],
)
def test_a_portal_is_not_enrolled_at(blank, centre, letters, answer) -> None:
    network_ = BrokenNetwork(centre.url)
    network_.plan(*[Fault(answer=answer)] * 2)
    assert isinstance(refused(blank, network_.url), NetworkLogin | Offline)
    joins(blank, centre, network_.url, next(letters))  # after the login, the same desk and its keys
    network_.close()


# Slow lines and cuts


def test_five_hundred_complaints_go_through_a_slow_line(blank, centre, relays, letters) -> None:
    """64 kbit/s and 600 ms, twelve times as quick, and a line that is given up as much sooner."""
    joins(blank, centre, centre.url, next(letters))
    chance = random.Random(8)  # noqa: S311  # words that do not pack well
    for _ in range(4):
        blank.register_many([an_intake(statement=text(chance, 700)) for _ in range(125)])
    line = relays(SlowLine(address_of(centre.url), 12 * 8_000, 0.6 / 12))
    way = HttpTransport(f"http://127.0.0.1:{line.port}", quiet_seconds=2.5)
    seen: list[engine.Progress] = []
    outcome = engine.exchange(blank.desk, way, seen.append)
    way.close()
    assert (outcome.applied, outcome.rejected) == (500, 0)
    assert outcome.bytes_sent > 2.5 * 12 * 8_000  # longer on its way than a silent line is waited for
    assert {progress.phase for progress in seen} >= {"sending", "receiving", "applying"}
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)


def text(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(string.ascii_letters + string.digits, k=length))


def test_after_a_cut_sending_goes_on_behind_the_last_answer(blank, centre, letters) -> None:
    joins(blank, centre, centre.url, next(letters))
    blank.register_many([an_intake() for _ in range(1_100)])
    cut = BrokenNetwork(centre.url)
    cut.plan(Fault(unsized=True, cut_reply=10_000_000), Fault(refuse=True))  # the first reply ends its connection
    blank.url = cut.url
    with pytest.raises(Offline):
        blank.exchange()
    assert len(blank.outbox("waiting")) == 600
    cut.plan()
    outcome = blank.exchange()
    assert (outcome.sent, outcome.applied) == (600, 600)
    cut.close()
