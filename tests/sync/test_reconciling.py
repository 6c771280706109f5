"""Comparing what both sides hold, against a centre that is written out here."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.errors import ExchangeError, NotFound
from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import attachments, complaints, settings
from sync.digest import state_hash
from sync.framing import compress, decode_header, decompress, encode_line, open_sealed, seal
from sync.protocol import MAX_RAW_BYTES, Digest, ReplyHeader, RequestHeader
from sync.reconciling import desk_state_hash, reconcile
from sync.transport import Answer, Cancel
from tests.desk_making import DESK_KEY, SERVER_KEY, register


class EmptyCentre:
    """A way to a centre that holds nothing; each request is answered in the name of the next of `epochs`."""

    def __init__(self, *epochs: str) -> None:
        self._epochs = list(epochs)

    def exchange(self, body: bytes, _token: str, _cancelled: Cancel, _received: Callable[[int], None]) -> Answer:
        lines = open_sealed(decompress(body, "zstd", MAX_RAW_BYTES), DESK_KEY.public_key(), "desk")
        request = decode_header(lines[0], RequestHeader)
        header = ReplyHeader(
            nonce=request.nonce,
            server_epoch=self._epochs.pop(0),
            protocol=1,
            server_time="2026-08-03T02:32:11Z",
            last_n=0,
            last_hash="",
            cursor="7",
        )
        reply = [header, *(Digest(bucket, "") for bucket in request.buckets)]
        return Answer(compress(seal(map(encode_line, reply), SERVER_KEY, "server")), "zstd")


@pytest.fixture
def signed(desk: Desk) -> str:
    """The id of a complaint that the centre has signed for."""
    complaint = register(desk)
    with desk.store.write() as transaction:
        complaints.set_revisions(transaction, {complaint.id: (3, "2026-08-03T02:32:11Z")})
        settings.put(transaction, settings.CURSOR, {"server_epoch": "satu", "cursor": "5"})
    return complaint.id


def cursor(desk: Desk) -> object:
    with desk.store.read() as transaction:
        return settings.get(transaction, settings.CURSOR)


def test_what_the_centre_does_not_hold_any_more_leaves(desk: Desk, signed: str) -> None:
    reconcile(desk, EmptyCentre("satu", "satu"))
    with pytest.raises(NotFound):
        lists.detail(desk, signed)
    assert cursor(desk) == {"server_epoch": "satu", "cursor": "7"}


def test_a_centre_that_is_restored_in_between_takes_nothing_away(desk: Desk, signed: str) -> None:
    with pytest.raises(ExchangeError, match="dipulihkan di tengah"):
        reconcile(desk, EmptyCentre("satu", "dua"))
    assert lists.detail(desk, signed).complaint.rev == 3
    assert cursor(desk) == {"server_epoch": "satu", "cursor": "5"}


def test_every_record_is_held_once(desk: Desk, signed: str) -> None:
    file = Attachment(
        id="0198a000-0000-7000-8000-0000000000aa",
        complaint_id=signed,
        sha256=hashlib.sha256(b"foto").hexdigest(),
        size=4,
        media_type="image/png",
        name="foto.png",
        actor="Siti",
        at=datetime(2026, 8, 3, tzinfo=UTC),
        acknowledged=True,
        at_centre=False,
        here=False,
    )
    with desk.store.write() as transaction:
        attachments.receive(transaction, file, 2, "")
    assert desk_state_hash(desk) == state_hash([(signed, 3), (file.id, 2)])
