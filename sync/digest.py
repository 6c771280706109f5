"""What one side holds, said in few bytes: a hash for each of 256 buckets of records, and one for all of them.

Both sides compute it from pairs of record id and revision, so that two desks, or a desk and the centre, find what
differs without sending what is the same.
"""

import hashlib
import zlib
from collections.abc import Iterable, Mapping

BUCKETS = 256

Held = tuple[str, int]  # id and revision of a record


def bucket_of(id_: str) -> int:
    """The bucket of a record, 0 to 255: by all of its id, since the front of a UUIDv7 is the same for a whole day."""
    return zlib.crc32(id_.encode()) % BUCKETS


def by_bucket(held: Iterable[Held]) -> dict[int, list[Held]]:
    """The pairs in their buckets; an empty bucket is not there."""
    found: dict[int, list[Held]] = {}
    for pair in held:
        found.setdefault(bucket_of(pair[0]), []).append(pair)
    return found


def state_hash(held: Iterable[Held]) -> str:
    """SHA-256 in hex over the sorted lines `id:rev`; the order in which the pairs come does not matter."""
    lines = sorted(f"{id_}:{rev}\n" for id_, rev in held)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def digests(buckets: Mapping[int, Iterable[Held]]) -> dict[int, str]:
    """The state hash of each bucket."""
    return {bucket: state_hash(held) for bucket, held in buckets.items()}
