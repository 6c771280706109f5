"""Comparing what a desk holds with what the centre holds for it, when the desk's cursor is of no use any more.

The desk asks for the state hash of every bucket, then for the buckets that differ. Nothing is written.
"""

from collections.abc import Iterator, Sequence

from central_server.echo import record_line
from central_server.store.feed import Feed
from sync.digest import Held, by_bucket, digests
from sync.framing import encode_line
from sync.protocol import ASK_DIGESTS, FEED_PAGE, PROTOCOL, SCHEMA, Digest, ReplyHeader, RequestHeader

_PAGE_BYTES = 8 * 1024 * 1024


def reply(feed: Feed, office: str, request: RequestHeader, server_epoch: str, now: str) -> list[bytes]:
    """The reply's lines; its cursor is for the feed from this snapshot on."""
    header = ReplyHeader(
        nonce=request.nonce,
        server_epoch=server_epoch,
        protocol=min(PROTOCOL, request.protocol[1]),
        server_time=now,
        last_n=0,
        last_hash="",
        cursor=str(feed.head()),
        schema=(1, SCHEMA),
    )
    return [encode_line(header), *_items(feed, office, request)]


def _items(feed: Feed, office: str, request: RequestHeader) -> Iterator[bytes]:
    """A digest for each bucket, or as many of the asked buckets as one reply may hold, whole."""
    held = by_bucket(feed.held(office))
    hashes = digests(held)
    if request.ask == ASK_DIGESTS:
        yield from (encode_line(Digest(bucket, sha256)) for bucket, sha256 in sorted(hashes.items()))
        return
    rows = size = 0
    for bucket in dict.fromkeys(request.buckets):
        if rows and (rows + len(held.get(bucket, ())) > FEED_PAGE or size > _PAGE_BYTES):
            return
        yield encode_line(Digest(bucket, hashes.get(bucket, "")))
        for line in _records(feed, held.get(bucket, []), request.schema[1]):
            rows += 1
            size += len(line)
            yield line


def _records(feed: Feed, held: Sequence[Held], schema: int) -> Iterator[bytes]:
    for type_, id_, rev, body in feed.rows([id_ for id_, _rev in held]):
        yield record_line(type_, id_, rev, body, schema)
