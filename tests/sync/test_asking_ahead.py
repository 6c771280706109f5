"""The next page of a long feed is asked for while one is written down, and believed only where it is the next."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from kelurahan_client.errors import Offline
from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.store import outbox, settings, text_index
from sync import engine
from sync.applying import MANY
from sync.engine import Progress
from sync.protocol import Change
from sync.ways import Answer, Cancel
from tests.desk_making import register
from tests.sync.test_engine import BODY, Reply, ScriptedCentre, signed

_LONGEST = 20  # seconds that one side waits for the other before the test fails


def page(number: int, **header: Any) -> Reply:
    """So many records that asking ahead is worth it."""
    ids = (f"0198a000-0000-7000-{8000 + number}-{at:012d}" for at in range(MANY + 1))
    changes = (Change(type="complaint", id=id_, rev=9, body=BODY) for id_ in ids)
    return signed(*changes, **{"cursor": f"page {number}", "more": True} | header)


class PromptCentre(ScriptedCentre):
    """Says when its second request has come."""

    def __init__(self, *script: Reply | Exception) -> None:
        super().__init__(*script)
        self.asked_again = threading.Event()

    def exchange(self, body: bytes, token: str, cancelled: Cancel, received: Callable[[int], None]) -> Answer:
        try:
            return super().exchange(body, token, cancelled, received)
        finally:
            if len(self.requests) == 2:
                self.asked_again.set()


def when_applying(centre: PromptCentre, then: Callable[[], object]) -> Callable[[Progress], None]:
    """Once the first page is about to be written down, and the second was asked for nevertheless."""
    done: list[bool] = []

    def report(progress: Progress) -> None:
        if progress.phase == "applying" and not done:
            done.append(True)
            assert centre.asked_again.wait(_LONGEST)
            then()

    return report


def cursor(desk: Desk) -> str:
    with desk.store.read() as transaction:
        return str((settings.get(transaction, settings.CURSOR) or {"cursor": ""})["cursor"])


def test_the_next_page_is_asked_for_before_this_one_is_on_the_disk(desk: Desk) -> None:
    centre = PromptCentre(page(1, token="token-2"), page(2), signed(cursor="end"))
    before: list[str] = []
    outcome = engine.exchange(desk, centre, when_applying(centre, lambda: before.append(cursor(desk))))
    assert before == [""]
    assert [one.header.cursor for one in centre.requests] == ["", "page 1", "page 2"]
    assert [one.token for one in centre.requests] == ["token-1", "token-2", "token-2"]
    assert len({one.header.nonce for one in centre.requests}) == 3
    assert (outcome.round_trips, outcome.received, cursor(desk)) == (3, 2 * (MANY + 1), "end")
    assert outcome.bytes_received > 0
    assert len(lists.keys(desk, ListFilter())) == 2 * (MANY + 1)
    with desk.store.write() as transaction:
        assert not text_index.tidy(transaction)  # that is done too


def test_what_a_clerk_saves_meanwhile_goes_out_with_the_next_request(desk: Desk) -> None:
    centre = PromptCentre(page(1), page(2, cursor="never used"), signed(cursor="end"))
    outcome = engine.exchange(desk, centre, when_applying(centre, lambda: register(desk)))
    assert [(one.header.cursor, len(one.mutations)) for one in centre.requests] == [
        ("", 0),
        ("page 1", 0),
        ("page 1", 1),
    ]
    assert (outcome.round_trips, outcome.sent, outcome.received) == (2, 1, MANY + 1)
    assert cursor(desk) == "end"
    with desk.store.read() as transaction:
        assert outbox.count_waiting(transaction) == 0


def test_a_page_that_could_not_be_written_down_leaves_the_next_one_unused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = PromptCentre(page(1), page(2))

    def fails(*_: object) -> None:
        assert centre.asked_again.wait(_LONGEST)
        raise OSError("the disk is gone")

    monkeypatch.setattr("sync.applying.receiving.apply_changes", fails)
    with pytest.raises(OSError, match="the disk"):
        engine.exchange(desk, centre)
    monkeypatch.undo()
    assert (cursor(desk), len(lists.keys(desk, ListFilter()))) == ("", 0)
    assert not [one for one in threading.enumerate() if one.name.startswith("exchange-ahead")]
    engine.exchange(desk, ScriptedCentre(page(1), signed(cursor="end")))
    assert len(lists.keys(desk, ListFilter())) == MANY + 1


def test_a_line_that_breaks_under_the_next_page_costs_that_page_alone(desk: Desk) -> None:
    centre = PromptCentre(page(1), Offline("Terputus.", way_out="Dicoba lagi."))
    with pytest.raises(Offline):
        engine.exchange(desk, centre)
    assert (cursor(desk), len(lists.keys(desk, ListFilter()))) == ("page 1", MANY + 1)
    assert lists.state(desk).last_failure is not None
