"""What a bundle has to say: every unanswered entry once, in requests that follow each other."""

import pytest

from kelurahan_client.services import handling
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import epochs, outbox
from sync import sending
from sync.framing import chain
from sync.sending import Round, prepare_all
from tests.desk_making import register


def lines(rounds: list[Round]) -> list[tuple[str, int]]:
    return [(one.epoch, item.n) for one in rounds for item in one.items]


def follow_each_other(rounds: list[Round]) -> bool:
    """Whether each request begins where the one before it in its epoch ends, by number and by hash."""
    ends: dict[str, tuple[int, str]] = {}
    for one in rounds:
        n, digest = ends.get(one.epoch, (one.header.first_n, one.header.last_hash))
        if (one.header.first_n, one.header.last_hash) != (n, digest):
            return False
        for item in one.items:
            n, digest = n + 1, chain(bytes.fromhex(digest), item.line).hex()
        ends[one.epoch] = (n, digest)
    return True


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MAX_ITEMS", 2)


def test_all_that_waits_in_order(desk: Desk, two_at_once: None) -> None:
    for _ in range(5):
        register(desk)
    rounds = list(prepare_all(desk, "stik"))
    assert [len(one.items) for one in rounds] == [2, 2, 1]
    assert [n for _epoch, n in lines(rounds)] == [1, 2, 3, 4, 5]
    assert follow_each_other(rounds)
    assert [one.header.nonce for one in rounds] == ["stik-0", "stik-1", "stik-2"]


def test_nothing_to_say_is_still_a_question(desk: Desk) -> None:
    (only,) = prepare_all(desk, "stik")
    assert (only.items, only.header.first_n, only.header.ask) == ([], 1, "")


def test_what_is_recorded_meanwhile_waits_for_the_next(desk: Desk, two_at_once: None) -> None:
    for _ in range(3):
        register(desk)
    rounds = prepare_all(desk, "stik")
    found = [next(rounds)]
    register(desk)
    found += rounds
    assert [n for _epoch, n in lines(found)] == [1, 2, 3]


def test_an_ended_past_speaks_first(desk: Desk, two_at_once: None) -> None:
    made = register(desk)
    with desk.store.write() as transaction:
        old = outbox.tail(transaction).epoch
        epochs.issue_again(transaction, old, 1, "baru")
    handling.follow_up(desk, made.id, "Sesudahnya")
    rounds = list(prepare_all(desk, "stik"))
    assert lines(rounds) == [(old, 1), ("baru", 1)]
    assert [one.header.present for one in rounds] == ["baru", ""]
    with desk.store.read() as transaction:
        turns = epochs.turns(transaction)
        assert turns[0] == epochs.next_turn(transaction)
    assert [turn.end.epoch for turn in turns] == [old, "baru"]
