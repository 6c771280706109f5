"""When a reply was lost: the desk asks before it sends again, and believes only answers to its own words."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kelurahan_client.errors import Behind, Busy, Forked, Known, Offline, Refused
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import epochs, outbox
from sync import engine
from sync.framing import compress, decode_header, decode_mutations, decompress, encode_line, open_sealed, seal
from sync.protocol import (
    ASK_ANSWERS,
    MAX_RAW_BYTES,
    ErrorNumber,
    Mutation,
    ReplyHeader,
    RequestHeader,
    Result,
    ResultKind,
)
from sync.transport import Answer
from tests.desk_making import DESK_KEY, SERVER_KEY, register

Step = Callable[[RequestHeader, list[Mutation]], list[Result] | Exception]
LOST = Offline("Jawaban hilang.")


class Centre:
    """A way to a centre that has heard up to `last_n`; each request takes the next step, the last one repeats."""

    def __init__(self, desk: Desk, *steps: Step) -> None:
        self._desk = desk
        self._steps = list(steps)
        self.last_n = 0
        self.last_hash: str | None = None  # None = as the desk has it
        self.headers: list[RequestHeader] = []
        self.sent: list[int] = []

    def exchange(self, body: bytes, *_rest: object) -> Answer:
        key: Ed25519PublicKey = DESK_KEY.public_key()
        lines = open_sealed(decompress(body, "zstd", MAX_RAW_BYTES), key, "desk")
        header, mutations = decode_header(lines[0], RequestHeader), decode_mutations(lines[1:])
        self.headers.append(header)
        self.sent.append(len(mutations))
        step = self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]
        results = step(header, mutations)
        if isinstance(results, Exception):
            raise results
        self.last_n = max([self.last_n, *(mutation.n for mutation in mutations)])
        with self._desk.store.read() as transaction:
            known = outbox.hash_before(transaction, header.epoch, self.last_n + 1).hex()
        reply = ReplyHeader(
            nonce=header.nonce,
            server_epoch="server-epoch",
            protocol=1,
            server_time="2026-08-03T02:32:11Z",
            last_n=self.last_n,
            last_hash=known if self.last_hash is None else self.last_hash,
            cursor="1",
        )
        return Answer(compress(seal([encode_line(reply), *map(encode_line, results)], SERVER_KEY, "server")), "zstd")


def applies(_header: RequestHeader, mutations: list[Mutation]) -> list[Result]:
    return [Result(one.n, ResultKind.APPLIED, one.id, rev=1) for one in mutations]


def repeats(count: int) -> Step:
    return lambda header, _: [Result(n, ResultKind.APPLIED, rev=1) for n in range(header.first_n, count + 1)]


def fails(error: Exception) -> Step:
    return lambda *_: error


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk with enough unsent work that asking is cheaper."""
    for _ in range(60):
        register(desk, statement="Lampu jalan padam. " * 20)
    return desk


def unsent(desk: Desk) -> int:
    with desk.store.read() as transaction:
        return outbox.counts(transaction)[0]


def test_what_arrived_is_not_sent_again(busy: Desk) -> None:
    centre = Centre(busy, fails(LOST), repeats(60))
    with pytest.raises(Offline):
        engine.exchange(busy, centre)
    centre.last_n = 60
    assert engine.exchange(busy, centre).applied == 60
    assert (centre.sent, [header.ask for header in centre.headers]) == ([60, 0], ["", ASK_ANSWERS])
    assert unsent(busy) == 0


def test_what_did_not_arrive_is_sent_after_the_question(busy: Desk) -> None:
    centre = Centre(busy, fails(Busy("502")), repeats(0), applies)
    with pytest.raises(Busy):
        engine.exchange(busy, centre)
    assert engine.exchange(busy, centre).applied == 60
    assert centre.sent == [60, 0, 60]


def test_a_centre_that_does_not_know_the_question_gets_everything_again(busy: Desk) -> None:
    centre = Centre(busy, fails(LOST), lambda *_: [], applies)
    with pytest.raises(Offline):
        engine.exchange(busy, centre)
    centre.last_n = 60
    assert engine.exchange(busy, centre).applied == 60
    assert centre.sent == [60, 0, 60]


def test_answers_to_another_copy_of_the_desk_are_not_believed(busy: Desk) -> None:
    forked = Forked("Riwayat lain.", number=ErrorNumber.FORK, known=Known(60, "11" * 32, common_n=0))
    centre = Centre(busy, fails(LOST), repeats(60), fails(forked), applies)
    with pytest.raises(Offline):
        engine.exchange(busy, centre)
    centre.last_n, centre.last_hash = 60, "11" * 32
    first = centre.headers[0].epoch

    def anew(header: RequestHeader, mutations: list[Mutation]) -> list[Result]:
        centre.last_n, centre.last_hash = 60, None
        assert all(one.again for one in mutations)
        return applies(header, mutations)

    centre._steps[-1] = anew
    assert engine.exchange(busy, centre).applied == 60
    assert centre.sent == [60, 0, 60, 60]
    assert [header.epoch == first for header in centre.headers] == [True, True, True, False]
    assert unsent(busy) == 0


@pytest.mark.parametrize(
    "refused",
    [
        Forked("Riwayat lain.", number=ErrorNumber.FORK),
        Behind("Kurang.", number=ErrorNumber.GAP),
        Refused("Kunci masuk.", number=ErrorNumber.TOKEN),
        Refused("Kursor.", number=ErrorNumber.PROTOCOL),
    ],
    ids=lambda refused: str(refused.number),
)
def test_a_refusal_that_says_too_little_changes_nothing(busy: Desk, refused: Refused) -> None:
    with pytest.raises(type(refused)):
        engine.exchange(busy, Centre(busy, fails(refused)))
    assert unsent(busy) == 60
    with busy.store.read() as transaction:
        assert epochs.next_turn(transaction).present == ""


def test_a_centre_that_never_agrees_is_given_up(busy: Desk) -> None:
    behind = Behind("Kurang.", number=ErrorNumber.GAP, known=Known(0, "00" * 32))
    centre = Centre(busy, fails(behind))
    with pytest.raises(Behind):
        engine.exchange(busy, centre)
    assert len(centre.headers) < 50
    assert unsent(busy) == 60


def test_a_challenge_is_answered_once(busy: Desk) -> None:
    refused = Refused("Kunci masuk.", number=ErrorNumber.TOKEN, challenge="tantangan")
    centre = Centre(busy, fails(refused), applies)
    assert engine.exchange(busy, centre).applied == 60
    assert [header.nonce == "tantangan" for header in centre.headers] == [False, True]
    register(busy)
    with pytest.raises(Refused):
        engine.exchange(busy, Centre(busy, fails(refused)))
