"""A cursor that the centre has forgotten, and the comparison that follows, as bytes on the wire."""

import json

import pytest

from sync.digest import bucket_of, state_hash
from sync.framing import compress, decode_header, decompress, open_sealed
from sync.protocol import ASK_BUCKETS, ASK_DIGESTS, ErrorNumber, ReplyHeader, ResultKind


@pytest.fixture
def forgotten(shared_central, new_desk, command):
    """A desk that saw a complaint, which then left its office and was pruned there; the desk elsewhere."""
    one, other = new_desk(shared_central), new_desk(shared_central)
    create = other.create(location_office=one.office)
    other.exchange(create)
    one.exchange()
    other.exchange(other.patch(create.id, {"location_office": ""}, {"location_office": one.office}))
    assert json.loads(command(shared_central, "prune", "--days", "0").stdout)["pruned"] == 1
    return one, other, create


def asked(desk, what, buckets=(), **header):
    """The reply's header and its lines."""
    status, body, headers = desk.post(compress(desk.sealed(ask=what, buckets=buckets, **header)))
    assert status == 200, body
    lines = open_sealed(decompress(body, headers["content-encoding"], 2**26), desk.server_key, "server")
    return decode_header(lines[0], ReplyHeader), [json.loads(line) for line in lines[1:]]


def test_it_is_gone_and_says_so(forgotten, refused):
    one, _other, _create = forgotten
    with pytest.raises(refused) as caught:
        one.exchange()
    assert (caught.value.status, caught.value.number) == (410, ErrorNumber.CURSOR)


def test_what_the_desk_has_to_say_is_taken_first(forgotten, refused):
    one, _other, _create = forgotten
    reply = one.exchange(one.create())
    assert reply.results[0].result is ResultKind.APPLIED
    assert (reply.changes, reply.header.cursor, reply.header.more) == ([], "", True)


def test_digests_then_the_records_of_the_buckets_that_are_asked_for(forgotten):
    one, _other, _create = forgotten
    mine = one.create()
    one.exchange(mine, keep=False)
    header, digests = asked(one, ASK_DIGESTS)
    theirs = {line["bucket"]: line["sha256"] for line in digests}
    assert all(line["kind"] == "digest" for line in digests)
    wanted = bucket_of(mine.id)
    _header, lines = asked(one, ASK_BUCKETS, (wanted, wanted))
    (digest,) = [line for line in lines if line["kind"] == "digest"]
    records = [line for line in lines if line["kind"] == "change"]
    assert digest == {"kind": "digest", "bucket": wanted, "sha256": theirs[wanted]}
    assert mine.id in {record["id"] for record in records}
    assert state_hash((record["id"], record["rev"]) for record in records) == theirs[wanted]
    one.cursor = header.cursor
    assert one.exchange().changes == []


def test_an_empty_bucket_is_answered_too(forgotten):
    one, _other, _create = forgotten
    _header, digests = asked(one, ASK_DIGESTS)
    empty = next(iter({*range(256)} - {line["bucket"] for line in digests}))
    _header, lines = asked(one, ASK_BUCKETS, (empty,))
    assert lines == [{"kind": "digest", "bucket": empty, "sha256": ""}]


def test_nothing_but_questions(forgotten):
    one, _other, _create = forgotten
    for buckets in ((256,), (-1,)):
        status, body, _headers = one.post(compress(one.sealed(ask=ASK_BUCKETS, buckets=buckets)))
        assert (status, json.loads(body)["number"]) == (400, ErrorNumber.MALFORMED)
    status, body, _headers = one.post(compress(one.sealed(one.create(), ask=ASK_DIGESTS)))
    assert (status, json.loads(body)["number"]) == (400, ErrorNumber.MALFORMED)


def test_a_withdrawn_desk_learns_nothing(shared_central, forgotten, command):
    one, _other, _create = forgotten
    assert command(shared_central, "revoke", "--office", one.office, "--desk", one.letter).returncode == 0
    status, body, _headers = one.post(compress(one.sealed(ask=ASK_DIGESTS)))
    assert (status, json.loads(body)["number"]) == (403, ErrorNumber.REVOKED)


def test_pruning_refuses_days_that_are_none(shared_central, command):
    for days in ("-1", "36501"):
        done = command(shared_central, "prune", "--days", days)
        assert (done.returncode, done.stderr[:7]) == (1, "LK-4003")


def test_history_refuses_what_is_no_number(shared_central, command):
    assert command(shared_central, "history", "x").stderr.startswith("LK-4003")
    assert command(shared_central, "history", "0403A-26-00017-K").stderr.startswith("LK-4004")
