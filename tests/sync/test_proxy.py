"""A proxy's address as people type it, and as the system names it."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.errors import InputError
from sync.proxy import Proxy, read_proxy, system_proxy

WORDS = st.text(st.characters(codec="utf-8"), max_size=20)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("proxy.kota.go.id:8080", Proxy("http://proxy.kota.go.id:8080")),
        (" http://Proxy.Kota.go.id:8080/ \n", Proxy("http://proxy.kota.go.id:8080")),
        ("10.0.0.1", Proxy("http://10.0.0.1:80")),
        ("http://[::1]:3128", Proxy("http://[::1]:3128")),
        ("http://siti@proxy:3128", Proxy("http://proxy:3128", "siti")),
        ("http://siti:a:b@c/d#e?f@proxy:3128", Proxy("http://proxy:3128", "siti", "a:b@c/d#e?f")),
        ("siti:100%25@proxy:3128", Proxy("http://proxy:3128", "siti", "100%")),
    ],
)
def test_an_address_is_read_as_it_is_meant(typed: str, read: Proxy) -> None:
    assert read_proxy(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://",
        "https://rahasia@proxy:1",
        "socks5://rahasia@proxy:1",
        "u:rahasia@",
        "rahasia@proxy:0",
        "u:rahasia@proxy:99999",
        "u:rahasia@pro xy:1",
        "u:rahasia@proxy:1/x",
        "u:rahasia\n@proxy:1",
        "x" * 100_000,
    ],
    ids=lambda text: repr(text[:40]),
)
def test_what_is_no_address_is_refused_without_repeating_a_password(typed: str) -> None:
    with pytest.raises(InputError) as caught:
        read_proxy(typed)
    assert "rahasia@" not in str(caught.value)
    assert len(str(caught.value)) < 300


@given(WORDS.filter(lambda text: ":" not in text), WORDS)
def test_any_name_and_password_arrive_as_they_are(user: str, password: str) -> None:
    read = read_proxy(f"http://{quote(user, safe='')}:{quote(password, safe='')}@proxy:3128")
    assert (read.user, read.password) == (user, password)
    headers = read.headers()
    if user or password:
        kind, _, shown = headers["Proxy-Authorization"].partition(" ")
        assert (kind, base64.b64decode(shown).decode()) == ("Basic", f"{user}:{password}")
    else:
        assert headers == {}


def test_a_password_is_not_shown_by_accident() -> None:
    assert "rahasia" not in repr(read_proxy("siti:rahasia@proxy:1"))


def test_the_system_has_no_say_about_this_machine_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://proxy:3128")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert system_proxy("http://127.0.0.1:8000") is None
    assert system_proxy("https://localhost") is None
    assert system_proxy("https://lapor.kota.test") == Proxy("http://proxy:3128")
