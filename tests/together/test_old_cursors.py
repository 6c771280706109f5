"""A desk that was away for longer than the centre remembers: it compares what it holds, and loses nothing."""

import json

import pytest

import central_server.comparing
import central_server.exchange
from central_server.errors import Refusal
from central_server.exchange import Exchange, Request
from kelurahan_client.errors import Offline, Refused
from kelurahan_client.services import deciding
from kelurahan_client.store import settings
from sync.digest import state_hash
from sync.reconciling import desk_state_hash
from sync.transport import Answer
from tests.conftest import DATABASES
from tests.together.centre_commands import centre_command
from tests.together.desk_at_work import held_by_the_centre, without


@pytest.fixture(scope="module", params=DATABASES)
def centre(request, central_factory):
    """A centre of this module alone: others must not find it pruned."""
    made = central_factory(request.param)
    made.start()
    yield made
    made.close()


@pytest.fixture(scope="module")
def offices(centre):
    """Kelurahan codes, each given once."""
    return iter(sorted(centre.centre.reference.offices))


def prune(centre, days=0):
    return json.loads(centre_command(centre, "prune", "--days", str(days)))["pruned"]


def same_as_the_centre(centre, office, *desks):
    with centre.centre.store.reading() as session:
        expected = state_hash(session.feed.held(office))
    for desk in desks:
        assert desk.outbox("waiting") == []
        assert without(desk.listed(), "sync_state") == held_by_the_centre(centre, office)
        assert desk_state_hash(desk.desk) == expected
        assert desk.problems() == []


def cursor(desk):
    with desk.desk.store.read() as transaction:
        return settings.get(transaction, settings.CURSOR)["cursor"]


@pytest.fixture
def away(centre, make_desk, offices):
    """A desk that knows twenty complaints; its colleague; a desk elsewhere, which took three away meanwhile; the office
    and the complaints.
    """
    office, other = next(offices), next(offices)
    desk, colleague = make_desk(centre, office, "A"), make_desk(centre, office, "B")
    outside = make_desk(centre, other)
    ours = [outside.register(location_office=office, title=f"Dari luar {number}") for number in range(20)]
    for each in (outside, desk, colleague):
        each.exchange()
    assert len(desk.listed()) == 20
    for complaint in ours[:3]:
        outside.edit(complaint.id, location_office="")
    outside.edit(ours[5].id, title="Diubah")
    outside.exchange()
    return desk, colleague, outside, office, ours


def test_what_left_goes_what_changed_comes_and_unsent_work_is_sent(centre, away):
    desk, colleague, outside, office, ours = away
    new = outside.register(location_office=office, title="Baru")
    outside.exchange()
    desk.edit(ours[0].id, note="Ditulis sebelum tahu bahwa ini sudah pindah")
    desk.edit(ours[5].id, location="Muka pos ronda")
    desk.follow_up(ours[6].id, "Ditelepon")
    own = desk.register(title="Milik sendiri")
    assert prune(centre) >= 3
    outcome = desk.exchange()
    assert (outcome.sent, outcome.applied + outcome.merged, outcome.rejected) == (4, 3, 1)
    assert set(desk.listed()) == {complaint.id for complaint in ours[3:]} | {new.id, own.id}
    assert (desk.complaint(ours[5].id).title, desk.complaint(ours[5].id).location) == ("Diubah", "Muka pos ronda")
    # The centre has forgotten that this office ever saw the first; its late words wait for a person of the city.
    (held,) = centre.sql("SELECT line FROM quarantine WHERE office = :office", office=office)
    assert b"Ditulis sebelum tahu" in bytes(held["line"])
    colleague.exchange()
    same_as_the_centre(centre, office, desk, colleague)
    before = desk.dump()
    assert desk.exchange().received == 0
    assert desk.dump() == before


def test_only_what_differs_is_fetched(centre, away):
    desk, _colleague, _outside, office, ours = away
    prune(centre)
    outcome = desk.exchange()
    assert outcome.round_trips == 4  # refused, compared, fetched, exchanged
    assert outcome.received == 4  # the three that left and the one that changed, out of twenty
    same_as_the_centre(centre, office, desk)
    assert ours[0].id not in desk.listed()


def test_conflicts_and_their_decisions_are_compared_too(centre, away):
    desk, colleague, outside, office, ours = away
    colleague.exchange()
    desk.exchange()
    for each, title in ((outside, "Satu"), (colleague, "Dua")):
        each.edit(ours[9].id, title=title)
        each.exchange()
    desk.exchange()
    (conflict,) = desk.conflicts(ours[9].id)
    outside.exchange()
    deciding.write_value(outside.desk, conflict.id, "Tiga", "Ditelepon.")
    outside.edit(ours[10].id, location_office="")
    outside.exchange()
    prune(centre)
    desk.exchange()
    assert desk.conflicts() == []
    assert desk.complaint(ours[9].id).title == "Tiga"
    colleague.exchange()
    same_as_the_centre(centre, office, desk, colleague)


def test_what_left_lately_is_still_told_by_the_feed(centre, away):
    desk, _colleague, _outside, office, _ours = away
    assert prune(centre, days=1) == 0
    assert desk.exchange().round_trips == 1
    same_as_the_centre(centre, office, desk)


def test_a_desk_that_is_up_to_date_or_new_compares_nothing(centre, away, make_desk):
    desk, _colleague, _outside, office, _ours = away
    desk.exchange()
    prune(centre)
    assert desk.exchange().round_trips == 1
    fresh = make_desk(centre, office, "C")
    same_as_the_centre(centre, office, desk, fresh)


def test_a_centre_that_may_have_lost_something_takes_nothing_away(centre, away):
    desk, _colleague, _outside, _office, ours = away
    prune(centre)
    with desk.desk.store.write() as transaction:
        settings.put(transaction, settings.CURSOR, {"server_epoch": "before the restore", "cursor": "1"})
    desk.exchange()
    assert set(desk.listed()) == {complaint.id for complaint in ours}
    assert desk.complaint(ours[5].id).title == "Diubah"


class AtTheDoor:
    """The way to a centre in this process, on the same database; it fails at one request. Pages can be made small."""

    def __init__(self, centre, fails_at=0):
        self._exchange = Exchange(centre.centre, lambda _results: None)
        self._fails_at = fails_at
        self._asked = 0

    def exchange(self, body, token, cancelled, received):
        self._asked += 1
        if self._asked == self._fails_at:
            raise Offline("terputus")
        try:
            reply = self._exchange.answer(Request(token, body, "zstd", "zstd"))
        except Refusal as refusal:
            raise Refused(refusal.message, number=refusal.number) from refusal
        return Answer(reply, "zstd")


@pytest.fixture
def small_pages(monkeypatch):
    """Replies of five records."""
    monkeypatch.setattr(central_server.exchange, "FEED_PAGE", 5)
    monkeypatch.setattr(central_server.comparing, "FEED_PAGE", 5)


def test_the_first_snapshot_goes_on_where_it_was_cut(centre, away, make_desk, small_pages):
    _desk, _colleague, _outside, office, _ours = away
    fresh = make_desk(centre, office, "C")
    with fresh.desk.store.write() as transaction:  # as just enrolled
        transaction.connection.exec_driver_sql("DELETE FROM complaint")
        settings.put(transaction, settings.CURSOR, {"server_epoch": "", "cursor": ""})
    with centre.centre.store.reading() as session:
        everything = len(session.feed.held(office))
    prune(centre)
    came, reached = 0, [cursor(fresh)]
    for _ in range(3):
        with pytest.raises(Offline):
            fresh.exchange(AtTheDoor(centre, fails_at=3))  # two pages each time
        assert cursor(fresh) not in reached
        came += 10
        reached.append(cursor(fresh))
    assert fresh.exchange(AtTheDoor(centre)).received == everything - came  # no page came twice
    same_as_the_centre(centre, office, fresh)


def test_a_comparison_goes_on_where_it_was_cut(centre, away, small_pages):
    desk, _colleague, _outside, office, ours = away
    desk.exchange()
    with desk.desk.store.write() as transaction:  # as if everything were from long ago
        transaction.connection.exec_driver_sql("UPDATE complaint SET rev = 900000, title = 'lama'")
        settings.put(transaction, settings.CURSOR, settings.get(transaction, settings.CURSOR) | {"cursor": "1"})
    prune(centre)
    with pytest.raises(Offline):
        desk.exchange(AtTheDoor(centre, fails_at=5))  # refused, compared, fetched, fetched, cut
    mended = sum(line["title"] != "lama" for line in desk.listed().values())
    assert 0 < mended < len(ours[3:])
    assert cursor(desk) == "1"
    assert desk.exchange().received == len(ours[3:]) - mended
    same_as_the_centre(centre, office, desk)
