"""One exchange against a centre that is written out here: believed only when it signed, applied whole or not at all."""

import base64
import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import Complaint, SyncState
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import (
    Busy,
    Cancelled,
    DiskFull,
    ExchangeError,
    NetworkLogin,
    NotEnrolled,
    Offline,
    Untrusted,
)
from kelurahan_client.services import handling, intake, lists
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.store import outbox, settings
from sync import engine, receiving
from sync.framing import (
    CHAIN_START,
    chain,
    compress,
    decode_header,
    decode_mutations,
    decompress,
    encode_line,
    open_sealed,
    seal,
)
from sync.protocol import (
    MAX_ITEMS,
    MAX_RAW_BYTES,
    Change,
    Mutation,
    ReplyHeader,
    RequestHeader,
    Result,
    ResultKind,
)
from sync.transport import Answer, Cancel
from tests.desk_making import DESK_KEY, SERVER_KEY, DeskAt, FakeClock, register

OTHER = "0198a000-0000-7000-8000-0000000000ff"
BODY = {
    "reference": "0403B-26-00001-0",
    "office": "63.71.04.1003",
    "desk": "B",
    "recorded_at": "2026-08-02T01:00:00Z",
    "received_date": "2026-08-02",
    "statement": "Sampah menumpuk di Jalan Mawardi.",
    "title": "Sampah menumpuk",
}


class Request:
    """What the desk sent, opened and checked as the centre would."""

    def __init__(self, body: bytes, token: str) -> None:
        self.token = token
        self.raw = decompress(body, "zstd", MAX_RAW_BYTES)
        lines = open_sealed(self.raw, DESK_KEY.public_key(), "desk")
        self.header = decode_header(lines[0], RequestHeader)
        self.lines = lines[1:]
        self.mutations: list[Mutation] = decode_mutations(self.lines)

    @property
    def all_applied(self) -> list[Result]:
        return [Result(n=item.n, result=ResultKind.APPLIED, id=item.id, rev=item.n) for item in self.mutations]

    def header_back(self, **changes: Any) -> ReplyHeader:
        last = self.mutations[-1].n if self.mutations else self.header.first_n - 1
        values: dict[str, Any] = {
            "nonce": self.header.nonce,
            "server_epoch": "server-epoch",
            "protocol": 1,
            "server_time": "2026-08-03T02:32:11Z",
            "last_n": last,
            "last_hash": "",
            "cursor": f"after {last}",
        }
        return ReplyHeader(**values | changes)


Reply = Callable[[Request], bytes]


def signed(*items: Result | Change, key: Ed25519PrivateKey = SERVER_KEY, side: Any = "server", **header: Any) -> Reply:
    """A reply that answers everything with "applied" and then says `items`."""

    def reply(request: Request) -> bytes:
        lines = [request.header_back(**header), *request.all_applied, *items]
        return compress(seal(map(encode_line, lines), key, side))

    return reply


class ScriptedCentre:
    """A way to the centre on which each request gets the next reply of the script; the last one repeats."""

    def __init__(self, *script: Reply | Exception) -> None:
        self._script = list(script) or [signed()]
        self.requests: list[Request] = []
        self.encoding = "zstd"

    def exchange(self, body: bytes, token: str, cancelled: Cancel, received: Callable[[int], None]) -> Answer:
        self.requests.append(Request(body, token))
        step = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        if isinstance(step, Exception):
            raise step
        answer = step(self.requests[-1])
        received(len(answer))
        return Answer(answer, self.encoding)


def unsent(desk: Desk) -> int:
    with desk.store.read() as transaction:
        return outbox.counts(transaction)[0]


def cursor(desk: Desk) -> Any:
    with desk.store.read() as transaction:
        return settings.get(transaction, settings.CURSOR)


def failure(desk: Desk) -> dict[str, Any]:
    found = lists.state(desk).last_failure
    assert found is not None
    return found


def test_a_day_is_one_round_trip(desk: Desk) -> None:
    made = [register(desk) for _ in range(3)]
    handling.follow_up(desk, made[0].id, "Sudah ditinjau.")
    centre = ScriptedCentre(signed(Change(type="complaint", id=OTHER, rev=9, body=BODY)))
    outcome = engine.exchange(desk, centre)
    assert (outcome.sent, outcome.applied, outcome.received, outcome.round_trips) == (4, 4, 1, 1)
    assert (outcome.merged, outcome.conflicts, outcome.rejected) == (0, 0, 0)
    assert outcome.bytes_sent > 0
    assert outcome.bytes_received > 0
    assert outcome.changed == {"complaint"}
    assert unsent(desk) == 0
    assert {one.sync_state for one in lists.full(desk, ListFilter())} == {SyncState.ACKNOWLEDGED}
    assert cursor(desk) == {"server_epoch": "server-epoch", "cursor": "after 4"}
    assert lists.state(desk).last_exchange == {
        "at": "2026-08-03T02:32:11Z",
        "sent": 4,
        "received": 1,
        "clock_offset_seconds": 0.0,
    }


def test_the_request_says_who_speaks_and_where_it_stands(desk: Desk) -> None:
    register(desk)
    centre = ScriptedCentre()
    engine.exchange(desk, centre)
    register(desk)
    engine.exchange(desk, centre)
    engine.exchange(desk, centre)
    first, second, idle = (request.header for request in centre.requests)
    assert first.device == "0198a000-0000-7000-8000-00000000000a"
    assert (first.first_n, second.first_n, idle.first_n) == (1, 2, 3)
    assert (first.cursor, second.cursor, second.server_epoch) == ("", "after 1", "server-epoch")
    digest = chain(CHAIN_START, centre.requests[0].lines[0])
    assert (first.last_hash, second.last_hash) == (CHAIN_START.hex(), digest.hex())
    assert idle.last_hash == chain(digest, centre.requests[1].lines[0]).hex()
    assert first.epoch == second.epoch != ""
    assert len({first.nonce, second.nonce, idle.nonce}) == 3
    assert (first.protocol, first.device_time) == ((1, 1), "2026-08-03T02:32:11Z")
    assert centre.requests[0].token == "token-1"


def test_a_second_exchange_changes_nothing(desk: Desk) -> None:
    register(desk)
    centre = ScriptedCentre()
    engine.exchange(desk, centre)
    before = lists.full(desk, ListFilter())
    outcome = engine.exchange(desk, centre)
    assert (outcome.sent, outcome.received, outcome.round_trips, outcome.changed) == (0, 0, 1, frozenset())
    assert lists.full(desk, ListFilter()) == before


def spoiled(change: Callable[[bytes], bytes]) -> Reply:
    return lambda request: change(signed(Change(type="complaint", id=OTHER, rev=9, body=BODY))(request))


def without_results(request: Request) -> bytes:
    return compress(seal([encode_line(request.header_back())], SERVER_KEY, "server"))


def half_of_the_results(request: Request) -> bytes:
    lines = [request.header_back(), *request.all_applied[::2]]
    return compress(seal(map(encode_line, lines), SERVER_KEY, "server"))


OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
UNBELIEVED: dict[str, tuple[Reply, type[ExchangeError]]] = {
    "another nonce": (signed(nonce="of another request"), Untrusted),
    "another key": (signed(key=OTHER_KEY), NetworkLogin),
    "the desk's own key": (signed(key=DESK_KEY), NetworkLogin),
    "the other side": (signed(side="desk"), NetworkLogin),
    "no answers": (without_results, Untrusted),
    "half of the answers": (half_of_the_results, Untrusted),
    "cut": (spoiled(lambda body: body[:-20]), NetworkLogin),
    "empty": (lambda _: b"", NetworkLogin),
    "a page": (lambda _: b"<html>Login WiFi</html>", NetworkLogin),
    "an unsigned message": (lambda request: compress(encode_line(request.header_back()) + b"\n"), NetworkLogin),
    "a request as reply": (lambda request: compress(request.raw), NetworkLogin),
    "a bomb": (lambda _: gzip.compress(bytes(100_000_000)), NetworkLogin),
}


@pytest.mark.parametrize("name", UNBELIEVED)
def test_what_is_not_the_centres_whole_answer_changes_nothing(desk: Desk, name: str) -> None:
    reply, error = UNBELIEVED[name]
    made = [register(desk) for _ in range(2)]
    with pytest.raises(error) as caught:
        engine.exchange(desk, ScriptedCentre(reply))
    assert "tidak ada yang berubah" in caught.value.message
    assert {one.sync_state for one in lists.full(desk, ListFilter())} == {SyncState.PENDING}
    assert len(lists.keys(desk, ListFilter())) == len(made)
    assert unsent(desk) == 2
    assert cursor(desk) is None
    assert failure(desk)["kind"] == error.__name__
    assert lists.state(desk).last_exchange is None


def test_a_gzip_reply_is_as_good(desk: Desk) -> None:
    register(desk)
    centre = ScriptedCentre(lambda request: gzip.compress(decompress(signed()(request), "zstd", MAX_RAW_BYTES)))
    centre.encoding = "gzip"
    assert engine.exchange(desk, centre).applied == 1


def test_a_lost_reply_is_asked_for_again_with_the_same_bytes(desk: Desk) -> None:
    register(desk)
    handling.follow_up(desk, lists.full(desk, ListFilter())[0].id, "Sudah ditinjau.")
    centre = ScriptedCentre(Offline("Terputus."), signed())
    with pytest.raises(Offline):
        engine.exchange(desk, centre)
    register(desk)  # the clerk works on
    outcome = engine.exchange(desk, centre)
    lost, again = centre.requests
    assert again.lines[: len(lost.lines)] == lost.lines
    assert again.header.nonce != lost.header.nonce
    assert (outcome.sent, unsent(desk)) == (3, 0)


def test_five_hundred_at_a_time_until_nothing_waits(desk: Desk) -> None:
    intake.add_all(desk, [{"reporter_name": "Siti", "statement": "Banjir."}] * (MAX_ITEMS + 30))
    centre = ScriptedCentre()
    seen: list[engine.Progress] = []
    outcome = engine.exchange(desk, centre, seen.append)
    assert [len(request.mutations) for request in centre.requests] == [MAX_ITEMS, 30]
    assert centre.requests[1].header.first_n == MAX_ITEMS + 1
    assert (outcome.sent, outcome.round_trips) == (MAX_ITEMS + 30, 2)
    assert {progress.total for progress in seen} == {MAX_ITEMS + 30}
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)
    assert (seen[0].phase, seen[0].done) == ("sending", 0)
    assert (seen[-1].phase, seen[-1].done, seen[-1].bytes) == ("applying", MAX_ITEMS + 30, outcome.bytes_received)


def test_a_request_never_grows_beyond_its_limit(desk: Desk) -> None:
    letters = "".join(chr(0x4E00 + n % 5000) for n in range(20_000))  # 60 KB each
    intake.add_all(desk, [{"reporter_name": "Siti", "statement": letters}] * 90)
    centre = ScriptedCentre()
    engine.exchange(desk, centre)
    assert len(centre.requests) == 2
    assert all(len(request.raw) <= MAX_RAW_BYTES for request in centre.requests)
    assert unsent(desk) == 0


def test_pages_of_the_feed_are_fetched_until_the_last(desk: Desk) -> None:
    def page(number: int, *, more: bool) -> Reply:
        body = BODY | {"title": f"Halaman {number}"}
        change = Change(type="complaint", id=OTHER[:-1] + str(number), rev=number, body=body)
        return signed(change, cursor=f"page {number}", more=more)

    centre = ScriptedCentre(page(1, more=True), page(2, more=True), page(3, more=False))
    outcome = engine.exchange(desk, centre)
    assert (outcome.received, outcome.round_trips) == (3, 3)
    assert [request.header.cursor for request in centre.requests] == ["", "page 1", "page 2"]
    assert cursor(desk) == {"server_epoch": "server-epoch", "cursor": "page 3"}


def test_a_cut_between_pages_costs_one_page(desk: Desk) -> None:
    change = Change(type="complaint", id=OTHER, rev=1, body=BODY)
    centre = ScriptedCentre(signed(change, cursor="page 1", more=True), Offline("Terputus."), signed(cursor="page 2"))
    with pytest.raises(Offline):
        engine.exchange(desk, centre)
    assert len(lists.keys(desk, ListFilter())) == 1
    engine.exchange(desk, centre)
    assert centre.requests[-1].header.cursor == "page 1"


def test_answers_of_every_kind_are_counted_and_shown(desk: Desk) -> None:
    made = [register(desk) for _ in range(4)]
    kinds = [ResultKind.APPLIED, ResultKind.MERGED, ResultKind.CONFLICT, ResultKind.REJECTED]
    conflict = Change(type="conflict", id="c1", body={"complaint": made[2].id, "field": "title", "sides": []})

    def reply(request: Request) -> bytes:
        results = [
            Result(n=item.n, result=kind, id=item.id, rev=1, reason="Alasan.")
            for item, kind in zip(request.mutations, kinds, strict=True)
        ]
        return compress(seal(map(encode_line, [request.header_back(), *results, conflict]), SERVER_KEY, "server"))

    outcome = engine.exchange(desk, ScriptedCentre(reply))
    assert (outcome.applied, outcome.merged, outcome.conflicts, outcome.rejected) == (1, 1, 1, 1)
    assert [handling.find(desk, one.reference).sync_state for one in made] == [
        SyncState.ACKNOWLEDGED,
        SyncState.ACKNOWLEDGED,
        SyncState.CONFLICT,
        SyncState.REJECTED,
    ]
    assert unsent(desk) == 0


def test_a_new_token_is_used_from_the_next_request_on(desk: Desk) -> None:
    centre = ScriptedCentre(signed(token="token-2", more=True), signed())
    engine.exchange(desk, centre)
    assert [request.token for request in centre.requests] == ["token-1", "token-2"]
    me = find_identity(desk)
    assert me is not None
    assert me.token == "token-2"


def test_cancelling_keeps_what_was_acknowledged_and_is_no_failure(desk: Desk) -> None:
    intake.add_all(desk, [{"reporter_name": "Siti", "statement": "Banjir."}] * (MAX_ITEMS + 30))
    centre = ScriptedCentre()
    with pytest.raises(Cancelled):
        engine.exchange(desk, centre, cancelled=lambda: len(centre.requests) == 1)
    assert unsent(desk) == 30
    assert lists.state(desk).last_failure is None
    assert engine.exchange(desk, centre).sent == 30


def test_cancelled_before_it_began_nothing_is_sent(desk: Desk) -> None:
    register(desk)
    centre = ScriptedCentre()
    with pytest.raises(Cancelled):
        engine.exchange(desk, centre, cancelled=lambda: True)
    assert centre.requests == []


def test_a_failure_is_remembered_since_when_it_lasts(desk: Desk, clock: FakeClock) -> None:
    register(desk)
    offline = Offline("Server kota tidak terjangkau.", way_out="Dicoba lagi nanti.")
    centre = ScriptedCentre(offline, offline, Busy("Server sibuk.", retry_after=5), signed())
    began = clock.at
    for _ in range(2):
        with pytest.raises(Offline):
            engine.exchange(desk, centre)
        clock.move(minutes=10)
    found = failure(desk)
    assert (found["code"], found["title"], found["kind"]) == ("LK-3001", "Jaringan terputus", "Offline")
    assert (found["message"], found["way_out"]) == ("Server kota tidak terjangkau.", "Dicoba lagi nanti.")
    assert found["since"] == utc_text(began)
    assert found["at"] == utc_text(began + timedelta(minutes=10))
    with pytest.raises(Busy):
        engine.exchange(desk, centre)
    assert failure(desk)["since"] == utc_text(clock.at)
    assert lists.state(desk).must_wait(clock.at + timedelta(seconds=4))
    assert not lists.state(desk).must_wait(clock.at + timedelta(seconds=5))
    assert not lists.state(desk).must_wait(clock.at - timedelta(seconds=1))
    (item,) = lists.outbox_items(desk)
    assert item.tried_at == clock.at
    engine.exchange(desk, centre)
    assert lists.state(desk).last_failure is None


def test_what_is_typed_while_the_reply_is_on_its_way_is_kept_and_sent_next(desk: Desk) -> None:
    made = register(desk)

    def reply(request: Request) -> bytes:
        handling.edit(desk, made.id, {"title": "Judul baru"})
        body = request.mutations[0].set | {"location": "Depan Balai Kota"}
        return signed(Change(type="complaint", id=made.id, rev=2, body=body))(request)

    engine.exchange(desk, ScriptedCentre(reply))
    now = handling.find(desk, made.reference)
    assert (now.title, now.location, now.sync_state) == ("Judul baru", "Depan Balai Kota", SyncState.PENDING)
    centre = ScriptedCentre()
    engine.exchange(desk, centre)
    assert [item.set for item in centre.requests[0].mutations] == [{"title": "Judul baru"}]
    assert centre.requests[0].mutations[0].base_rev == 0  # as it was when the clerk typed


def test_a_reply_that_cannot_be_written_is_applied_not_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = register(desk)

    def full(*_: object) -> None:
        raise DiskFull("Disk penuh.")

    with monkeypatch.context() as disk:
        disk.setattr(receiving, "settle", full)
        with pytest.raises(DiskFull):
            engine.exchange(desk, ScriptedCentre(signed(Change(type="complaint", id=OTHER, rev=9, body=BODY))))
    assert handling.find(desk, made.reference) == made
    assert (unsent(desk), cursor(desk), len(lists.keys(desk, ListFilter()))) == (1, None, 1)


@pytest.mark.parametrize("minutes", [-6, 0, 6])
def test_the_clocks_difference_is_measured_and_never_decides(desk: Desk, clock: FakeClock, minutes: int) -> None:
    register(desk)
    server_time = utc_text(clock.at - timedelta(minutes=minutes))
    outcome = engine.exchange(desk, ScriptedCentre(signed(server_time=server_time)))
    assert outcome.clock_offset_seconds == minutes * 60
    assert unsent(desk) == 0


def test_the_difference_is_that_of_the_moment_when_the_reply_began(desk: Desk, clock: FakeClock) -> None:
    class Slow(ScriptedCentre):
        """A line on which the rest of a reply takes an hour."""

        def exchange(self, body: bytes, token: str, cancelled: Cancel, received: Callable[[int], None]) -> Answer:
            answer = super().exchange(body, token, cancelled, received)
            clock.move(hours=1)
            received(len(answer.body))
            return answer

    assert engine.exchange(desk, Slow(signed(server_time=utc_text(clock.at)))).clock_offset_seconds == 0


@pytest.mark.parametrize("cursor_back", ["1", ""])
def test_a_centre_that_promises_more_and_has_nothing_is_left(desk: Desk, cursor_back: str) -> None:
    complaint = register(desk)
    centre = ScriptedCentre(signed(more=True, cursor=cursor_back))
    with pytest.raises(ExchangeError, match="masih ada data") as caught:
        engine.exchange(desk, centre)
    assert (caught.value.code, bool(caught.value.way_out)) == ("LK-3006", True)
    assert len(centre.requests) == 2
    assert lists.detail(desk, complaint.id).complaint.sync_state is SyncState.ACKNOWLEDGED  # what it did say holds
    assert failure(desk)["code"] == "LK-3006"


def test_two_centres_that_answer_in_turn_are_left(desk: Desk) -> None:
    both = [signed(server_epoch=epoch, cursor="7", more=True) for epoch in ("satu", "dua")]
    centre = ScriptedCentre(*both * 4)
    with pytest.raises(ExchangeError, match="masih ada data"):
        engine.exchange(desk, centre)
    assert len(centre.requests) < 6


def test_a_clock_ten_years_off_changes_nothing_else(desk: Desk, clock: FakeClock) -> None:
    clock.at = datetime(2036, 8, 4, tzinfo=UTC)
    register(desk)
    clock.at = datetime(2016, 8, 4, tzinfo=UTC)
    assert engine.exchange(desk, ScriptedCentre()).applied == 1


def test_a_desk_without_an_office_exchanges_nothing(config: Config, desk_at: DeskAt) -> None:
    centre = ScriptedCentre()
    with pytest.raises(NotEnrolled):
        engine.exchange(desk_at(config), centre)
    assert centre.requests == []


@pytest.fixture
def talking(desk: Desk) -> Iterator[ScriptedCentre]:
    """A centre that looks, at every request, whether the desk's data are free for others to write."""
    centre = ScriptedCentre(lambda request: (register(desk), signed()(request))[1], signed())
    yield centre
    assert centre.requests


def test_no_transaction_is_open_while_the_network_is_waited_for(desk: Desk, talking: ScriptedCentre) -> None:
    made: Complaint = register(desk)
    engine.exchange(desk, talking)
    assert handling.find(desk, made.reference).sync_state is SyncState.ACKNOWLEDGED
    assert len(lists.keys(desk, ListFilter())) == 2


def test_the_keys_of_the_reply_are_those_of_the_enrolment(desk: Desk) -> None:
    me = find_identity(desk)
    assert me is not None
    assert base64.b64decode(me.server_signing_key) == SERVER_KEY.public_key().public_bytes_raw()


def test_the_bytes_of_a_request_are_told_as_they_leave(desk: Desk) -> None:
    register(desk)

    class Watching(ScriptedCentre):
        def watch(self, sent: Callable[[int], None]) -> None:
            self.sent = sent

        def exchange(self, body: bytes, token: str, cancelled: Cancel, received: Callable[[int], None]) -> Answer:
            for part in (0, len(body) // 2, len(body)):
                self.sent(part)
            return super().exchange(body, token, cancelled, received)

    seen: list[engine.Progress] = []
    engine.exchange(desk, Watching(), seen.append)
    leaving = [one for one in seen if one.phase in {"sending", "waiting"}]
    size = leaving[-1].bytes_total
    assert size > 0
    assert [one.bytes for one in leaving] == [0, 0, size // 2, size]
    assert [one.phase for one in leaving] == ["sending", "sending", "sending", "waiting"]
