"""However the way to the centre breaks, nothing is lost, doubled or half believed, and the next exchange mends it."""

import json
import secrets

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kelurahan_client.domain.complaint import Status, SyncState
from kelurahan_client.errors import Busy, Cancelled, ExchangeError, NetworkLogin, Offline, Untrusted
from sync import engine
from sync.framing import compress, decompress, seal
from sync.protocol import MAX_REPLY_RAW_BYTES, MEDIA_TYPE
from sync.transport import Answer, HttpTransport
from tests.together.desk_at_work import held_by_the_centre, without
from tools.broken_network import (
    BAD_GATEWAY,
    LOST_REPLY,
    LOST_REQUEST,
    PASS,
    PORTAL,
    Fault,
    http_answer,
)

NEVER_HEARD = {
    "refused": (Fault(refuse=True), Offline),
    "request lost": (LOST_REQUEST, Offline),
    "portal": (PORTAL, NetworkLogin),
    "portal that copies the type": (
        Fault(answer=http_answer("200 OK", MEDIA_TYPE, b"<html>masuk</html>")),
        NetworkLogin,
    ),
    "redirect": (
        Fault(answer=b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
        NetworkLogin,
    ),
    "gateway": (BAD_GATEWAY, Busy),
    "garbage": (Fault(answer=bytes(range(256)) * 8), Offline),
    "empty reply": (Fault(answer=http_answer("200 OK", MEDIA_TYPE, b"")), NetworkLogin),
    "no reply": (Fault(answer=b""), Offline),
    "random bytes of the type": (
        Fault(answer=http_answer("200 OK", MEDIA_TYPE, secrets.token_bytes(3_000))),
        NetworkLogin,
    ),
}


@pytest.fixture(scope="module")
def colleagues(shared_central, make_desk, offices, network):
    """A desk behind the network and its colleague with a good line."""
    office = next(offices)
    return make_desk(shared_central, office, "A", network), make_desk(shared_central, office, "B")


@pytest.fixture
def pair(colleagues, network):
    """A desk behind the network with something to say and something to hear, and its colleague; the complaint's id."""
    one, two = colleagues
    network.plan()
    known = one.register()
    one.exchange()
    two.exchange()
    two.follow_up(known.id, "Dari loket B")
    two.edit(known.id, location="Muka pos ronda")
    two.register(title="Pengaduan di loket B")
    two.exchange()
    one.register(title="Pengaduan baru di loket A")
    one.follow_up(known.id, "Dari loket A")
    one.edit(known.id, note="Catatan A")
    one.step(known.id, Status.VERIFIED)
    return one, two, known.id


def converged(central, one, two, id_):
    """The next exchanges bring everything, once, and nothing after."""
    outcome = one.exchange()
    assert (outcome.rejected, outcome.conflicts) == (0, 0)
    two.exchange()
    assert one.listed() == two.listed()
    centre = held_by_the_centre(central, one.complaint(id_).office)
    assert centre == without(one.listed(), "sync_state")
    for desk in (one, two):
        assert sorted(entry.text for entry in desk.story(id_) if entry.kind == "follow_up") == [
            "Dari loket A",
            "Dari loket B",
        ]
        assert [entry.status_to for entry in desk.story(id_) if entry.kind == "status"] == [Status.VERIFIED]
        assert desk.conflicts(id_) == []
        assert desk.outbox("waiting") == []
        assert desk.complaint(id_).sync_state is SyncState.ACKNOWLEDGED
        assert desk.problems() == []
    before = one.dump()
    assert one.exchange().received == 0
    assert one.dump() == before


def test_what_the_centre_never_heard_changes_nothing(shared_central, network, pair, subtests):
    one, two, id_ = pair
    centre, before = held_by_the_centre(shared_central, one.office), one.dump(attempts=False)
    for name, (fault, error) in NEVER_HEARD.items():
        with subtests.test(name):
            network.plan(fault)
            with pytest.raises(error) as caught:
                one.exchange()
            assert type(caught.value) is error
            assert one.dump(attempts=False) == before
    assert held_by_the_centre(shared_central, one.office) == centre
    assert all(item.tried_at for item in one.outbox("waiting"))
    converged(shared_central, one, two, id_)


def test_a_request_that_is_cut_anywhere_is_not_heard(shared_central, network, pair, subtests):
    one, two, id_ = pair
    centre, before = held_by_the_centre(shared_central, one.office), one.dump(attempts=False)
    network.plan(BAD_GATEWAY)
    with pytest.raises(Busy):
        one.exchange()
    size = network.carried[-1][0]
    for kept in spread(size - 20, 9):
        with subtests.test(kept=kept):
            network.plan(Fault(cut_request=kept))
            with pytest.raises(Offline):
                one.exchange()
            assert one.dump(attempts=False) == before
    assert held_by_the_centre(shared_central, one.office) == centre
    converged(shared_central, one, two, id_)


def spread(size, count):
    """`count` numbers from 1 to `size`."""
    return [1 + (size - 1) * part // (count - 1) for part in range(count)]


def lose_a_reply(desk, network):
    """The size of the reply that got lost, head and body."""
    network.plan(LOST_REPLY)
    with pytest.raises(Offline):
        desk.exchange()
    return network.carried[-1][1]


@pytest.mark.parametrize("unsized", [False, True], ids=["sized", "unsized"])
def test_a_reply_that_is_cut_anywhere_is_not_believed(shared_central, network, pair, unsized, subtests):
    one, two, id_ = pair
    before = one.dump(attempts=False)
    for kept in spread(lose_a_reply(one, network) - 20, 15):
        with subtests.test(kept=kept):
            network.plan(Fault(cut_reply=kept, unsized=unsized))
            with pytest.raises(ExchangeError) as caught:
                one.exchange()
            assert isinstance(caught.value, Offline | NetworkLogin)
            assert one.dump(attempts=False) == before
    converged(shared_central, one, two, id_)


def test_a_reply_with_one_wrong_bit_is_not_believed(shared_central, network, pair, subtests):
    one, two, id_ = pair
    before = one.dump(attempts=False)
    body = lose_a_reply(one, network) - 350  # the head has less
    for from_end in spread(body, 9):
        with subtests.test(from_end=from_end):
            network.plan(Fault(flip_reply=-from_end))
            with pytest.raises(NetworkLogin):
                one.exchange()
            assert one.dump(attempts=False) == before
    converged(shared_central, one, two, id_)


class Forged:
    """A way to the centre on which somebody rewrites the reply's lines and signs with a key of his own, or the same."""

    def __init__(self, url, rewrite, key):
        self._inner = HttpTransport(url)
        self._rewrite = rewrite
        self._key = key

    def exchange(self, body, token, cancelled, received):
        answer = self._inner.exchange(body, token, cancelled, received)
        self._inner.close()
        lines = decompress(answer.body, answer.encoding, MAX_REPLY_RAW_BYTES).split(b"\n")[:-2]
        return Answer(compress(seal(self._rewrite(lines), self._key, "server")), "zstd")


def test_a_reply_signed_by_somebody_else_is_not_believed(shared_central, pair):
    one, two, id_ = pair
    before = one.dump(attempts=False)
    with pytest.raises(NetworkLogin):
        one.exchange(Forged(one.url, lambda lines: lines, Ed25519PrivateKey.generate()))
    assert one.dump(attempts=False) == before
    converged(shared_central, one, two, id_)


def test_a_true_reply_to_another_request_is_not_believed(shared_central, pair):
    one, _two, _id = pair
    kept = []

    class Kept:
        def exchange(self, body, token, cancelled, received):
            if not kept:
                inner = HttpTransport(one.url)
                kept.append(inner.exchange(body, token, cancelled, received))
                inner.close()
            return kept[0]

    one.exchange(Kept())
    one.register(title="Setelah itu")
    before = one.dump(attempts=False)
    with pytest.raises(Untrusted):
        one.exchange(Kept())
    assert one.dump(attempts=False) == before
    one.exchange()
    assert one.outbox("waiting") == []


def without_the_last_answer(lines):
    answers = [line for line in lines if line.startswith(b'{"kind":"result"')]
    return [line for line in lines if line != answers[-1]]


def test_a_signed_reply_without_all_answers_is_not_believed(shared_central, pair):
    one, two, id_ = pair
    key = Ed25519PrivateKey.from_private_bytes(shared_central.centre.identity.signing_key)
    before = one.dump(attempts=False)
    with pytest.raises(Untrusted):
        one.exchange(Forged(one.url, without_the_last_answer, key))
    assert one.dump(attempts=False) == before
    converged(shared_central, one, two, id_)


def test_a_lost_reply_costs_little_when_sent_again(shared_central, network, pair):
    one, two, id_ = pair
    network.plan(LOST_REPLY, LOST_REPLY, LOST_REPLY)
    for _ in range(3):
        with pytest.raises(Offline):
            one.exchange()
    count = "SELECT count(*) AS many FROM history"
    rows = shared_central.sql(count)
    assert {result["result"] for result in replayed(one)} == {"applied", "merged"}
    outcome = one.exchange()
    assert (outcome.sent, outcome.applied + outcome.merged, outcome.conflicts) == (4, 4, 0)
    assert outcome.bytes_sent < 5_000
    assert shared_central.sql(count) == rows
    converged(shared_central, one, two, id_)


def replayed(desk):
    """The centre's answers to what it has heard before, read from a reply that the desk never gets to see."""
    seen = []

    class Listening:
        def exchange(self, body, token, cancelled, received):
            over_http = HttpTransport(desk.url)
            answer = over_http.exchange(body, token, cancelled, received)
            over_http.close()
            lines = decompress(answer.body, answer.encoding, MAX_REPLY_RAW_BYTES).splitlines()
            seen.extend(item for item in map(json.loads, lines) if item["kind"] == "result")
            raise Offline("Tidak terdengar.")

    with pytest.raises(Offline):
        desk.exchange(Listening())
    assert all(item["replayed"] for item in seen)
    return seen


def test_work_between_a_lost_reply_and_the_next_attempt(shared_central, network, pair):
    one, two, id_ = pair
    network.plan(LOST_REPLY)
    with pytest.raises(Offline):
        one.exchange()
    one.edit(id_, note="Catatan A kedua")
    two.exchange()
    two.edit(id_, rt="007")
    two.exchange()
    converged(shared_central, one, two, id_)
    assert (two.complaint(id_).note, two.complaint(id_).rt) == ("Catatan A kedua", "007")


def test_work_while_the_reply_is_on_its_way(shared_central, network, pair):
    one, two, id_ = pair

    def meanwhile():
        one.edit(id_, note="Catatan saat menunggu", location="Lokasi saat menunggu")

    network.plan(Fault(meanwhile=meanwhile))
    outcome = one.exchange()
    assert (outcome.sent, outcome.conflicts) == (4, 0)
    assert one.complaint(id_).note == "Catatan saat menunggu"
    assert one.complaint(id_).location == "Lokasi saat menunggu"
    assert one.complaint(id_).sync_state is SyncState.PENDING
    assert [(line["set"], line["base_rev"] > 0) for line in one.waiting_lines()] == [
        ({"note": "Catatan saat menunggu", "location": "Lokasi saat menunggu"}, True)
    ]
    outcome = one.exchange()
    assert outcome.conflicts == 1  # B's location came with that reply, and A did not see it when writing
    two.exchange()
    assert one.complaint(id_).note == two.complaint(id_).note == "Catatan saat menunggu"
    assert one.complaint(id_).location == two.complaint(id_).location == "Muka pos ronda"
    assert {side["value"] for side in two.conflicts(id_)[0].body["sides"]} == {"Muka pos ronda", "Lokasi saat menunggu"}


def test_stopping_while_waiting_leaves_everything_to_be_sent_again(shared_central, network, pair):
    one, two, id_ = pair
    stopped = []
    network.plan(Fault(meanwhile=lambda: stopped.append(True)))
    over_http = HttpTransport(one.url)
    before = one.dump(attempts=False)
    with pytest.raises(Cancelled):
        engine.exchange(one.desk, over_http, cancelled=lambda: bool(stopped))
    over_http.close()
    assert one.dump(attempts=False) == before
    network.plan(PASS)
    converged(shared_central, one, two, id_)
