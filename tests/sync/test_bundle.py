"""A bundle comes back whole or not at all, for whom it was made and from whom it says."""

import hashlib
import io
import itertools
import tracemalloc
from contextlib import contextmanager

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.errors import DamagedBundle, LaporError, NewerBundle
from sync.bundle import CHUNK, MARK, Bundle, BundleHeader, BundleKind, Content, Part, PartKind, fingerprint, sealed
from tests.desk_making import MANY, Noise

SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SENDER = SIGNER.public_key()
READER = X25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
HEADER = BundleHeader(
    kind=BundleKind.REQUEST,
    server=fingerprint(bytes(32)),
    city="Kota Banjarmasin",
    device="d",
    bundle="b",
    created="2026-08-03T01:00:00Z",
)

_EDGES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7]
sizes = st.lists(st.one_of(st.integers(0, 3000), st.sampled_from(_EDGES)), max_size=4)


def a_part(content, kind=PartKind.MESSAGE, **more):
    return Content(Part(kind, len(content), **more), [content])


def made(*contents, header=HEADER, signer=SIGNER, reader=READER, key=bytes(32)):
    pieces = sealed(header, contents, recipient=reader.public_key(), signer=signer, content_key=key)
    return b"".join(pieces)


def taken(data, reader=READER, sender=SENDER):
    bundle = Bundle(io.BytesIO(data))
    parts = bundle.check(reader, sender)
    found = [(content.part, content.whole(1 << 30)) for content in bundle.contents(reader, sender)]
    assert [part for part, _content in found] == parts
    return found


def records(data):
    """The beginning, the chunks with their lengths, the signature."""
    at = len(MARK) + 3 + int.from_bytes(data[len(MARK) + 1 : len(MARK) + 3], "big") + 80
    start, chunks = data[:at], []
    while len(data) - at > 64:
        length = int.from_bytes(data[at : at + 4], "big") & 0x7FFFFFFF
        chunks.append(data[at : at + 4 + length])
        at += 4 + length
    return start, chunks, data[at:]


@MANY
@given(sizes, st.integers(0, 2**32))
def test_any_parts_come_back(sizes, seed):
    noise = Noise(seed)
    contents = [noise(32)[: size % 33] + bytes(max(size - 32, 0)) for size in sizes]
    found = taken(made(*(a_part(content, nonce=str(number)) for number, content in enumerate(contents))))
    assert [content for _part, content in found] == contents
    assert [part.nonce for part, _content in found] == [str(number) for number in range(len(contents))]


@MANY
@given(st.lists(st.integers(1, 200_000), max_size=5), st.integers(1, 70_000))
def test_how_the_bytes_are_cut_before_makes_no_difference(cuts, step):
    content = bytes(index % 251 for index in range(150_000))
    edges = sorted({0, *(cut for cut in cuts if cut < len(content)), len(content)})
    pieces = [content[start:stop] for start, stop in itertools.pairwise(edges)]
    data = made(Content(Part(PartKind.MESSAGE, len(content)), pieces))
    ((_part, found),) = taken(data)
    assert found == content
    assert [len(chunk) for chunk in records(data)[1][:-1]] == [CHUNK + 20] * 2


WHOLE = made(a_part(bytes(90_000), nonce="x"), a_part(b"kecil", PartKind.REFUSAL))


@MANY
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_no_byte_can_be_another(place, change):
    data = bytearray(WHOLE)
    data[place] ^= change
    with pytest.raises(LaporError) as caught:
        taken(bytes(data))
    assert isinstance(caught.value, DamagedBundle | NewerBundle)


@MANY
@given(st.one_of(st.integers(0, len(WHOLE) - 1), st.integers(0, 500), st.integers(len(WHOLE) - 200, len(WHOLE) - 1)))
def test_no_part_of_it_is_enough(length):
    with pytest.raises(DamagedBundle):
        taken(WHOLE[:length])


@given(st.binary(min_size=1, max_size=100))
def test_nothing_may_follow(more):
    with pytest.raises(DamagedBundle):
        taken(WHOLE + more)


def test_every_chunk_has_its_place():
    start, chunks, signature = records(made(a_part(bytes(4 * CHUNK + 10))))
    assert len(chunks) == 5
    for other in (
        chunks[:-1],  # cut at a boundary
        chunks[1:],
        [chunks[1], chunks[0], *chunks[2:]],
        [chunks[0], *chunks],
        [*chunks, chunks[-1]],
        [*chunks[:2], *chunks[3:]],
        [],
    ):
        with pytest.raises(DamagedBundle):
            taken(start + b"".join(other) + signature)


def test_the_first_chunk_is_not_a_whole_bundle():
    """Not even with a signature of the sender, and when it ends where a part ends."""
    room = CHUNK - 2 - len(msgspec.json.encode(Part(PartKind.MESSAGE, CHUNK)))
    start, chunks, _signature = records(made(a_part(bytes(room)), a_part(b"x")))
    assert len(chunks) == 2
    chunk = (int.from_bytes(chunks[0][:4], "big") | 1 << 31).to_bytes(4, "big") + chunks[0][4:]
    signed = SIGNER.sign(b"lapor-kelurahan bundle v1 " + hashlib.sha256(start + chunk).digest())
    with pytest.raises(DamagedBundle, match="diubah"):
        taken(start + chunk + signed)


def test_chunks_of_another_bundle_do_not_fit():
    one, two = records(made(a_part(bytes(CHUNK + 9)))), records(made(a_part(bytes(CHUNK + 9)), key=bytes(31) + b"1"))
    with pytest.raises(DamagedBundle):
        taken(one[0] + one[1][0] + two[1][1] + one[2])
    with pytest.raises(DamagedBundle):
        taken(one[0] + b"".join(one[1]) + two[2])
    same_key = records(made(a_part(bytes(CHUNK + 9))))  # the sealed key differs each time, and is bound to the chunks
    with pytest.raises(DamagedBundle):
        taken(one[0] + b"".join(same_key[1]) + one[2])


def test_only_the_recipient_and_only_from_the_sender():
    data = made(a_part(b"rahasia warga"))
    assert b"rahasia" not in data
    with pytest.raises(DamagedBundle):
        taken(data, reader=X25519PrivateKey.generate())
    with pytest.raises(DamagedBundle):
        taken(data, sender=Ed25519PrivateKey.generate().public_key())
    with pytest.raises(DamagedBundle):
        taken(made(a_part(b"x"), signer=Ed25519PrivateKey.generate()))


def test_the_header_is_bound_to_what_is_sealed():
    data = made(a_part(b"x"))
    other = made(a_part(b"x"), header=BundleHeader(**{**_fields(HEADER), "device": "e"}))
    with pytest.raises(DamagedBundle):
        taken(records(other)[0][:-80] + records(data)[0][-80:] + b"".join(records(data)[1]) + records(data)[2])


def _fields(header):
    return {name: getattr(header, name) for name in header.__struct_fields__}


def test_the_plain_header_tells_no_more_than_it_must():
    data = made(a_part(b"x"), header=HEADER)
    assert Bundle(io.BytesIO(data)).header == HEADER
    assert set(_fields(HEADER)) == {"kind", "server", "city", "device", "bundle", "epoch", "answers", "created"}


@pytest.mark.parametrize("name", ["city", "device", "bundle", "epoch", "answers"])
@pytest.mark.parametrize("text", ["a\x00", "\x1b[2J", "dua\nbaris"])
def test_what_is_shown_before_it_is_believed_is_plain_text(name, text):
    with pytest.raises(DamagedBundle):
        Bundle(io.BytesIO(made(header=BundleHeader(**{**_fields(HEADER), name: text}))))


def test_a_newer_version_is_said_to_be_newer():
    data = bytearray(WHOLE)
    data[len(MARK)] = 2
    with pytest.raises(NewerBundle, match="lebih baru"):
        Bundle(io.BytesIO(bytes(data)))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", MARK, MARK + b"\x01", MARK + b"\x01\xff\xff", b"\x00" * 5000])
def test_other_files_are_no_bundles(data):
    with pytest.raises(DamagedBundle):
        Bundle(io.BytesIO(data))


def test_kinds_of_a_later_day_are_passed_over_and_lengths_are_kept():
    found = taken(made(a_part(b"abc", "something_new"), a_part(b"def")))
    assert [(part.kind, content) for part, content in found] == [("something_new", b"abc"), ("message", b"def")]
    data = made(a_part(b"abc"), a_part(b"def"))
    kept = list(Bundle(io.BytesIO(data)).contents(READER, SENDER))  # none of them read
    assert [content.part.size for content in kept] == [3, 3]


def test_a_part_is_as_long_as_it_says():
    for size in (2, 4):
        with pytest.raises(ValueError, match="3"):
            made(Content(Part(PartKind.MESSAGE, size), [b"abc"]))


def test_a_blob_is_what_its_name_says():
    with pytest.raises(DamagedBundle):
        taken(made(a_part(b"isi", PartKind.BLOB, sha256="00" * 32)))


def test_what_is_said_to_be_too_large_is_not_read_into_memory():
    bundle = Bundle(io.BytesIO(made(a_part(bytes(1000)))))
    (content,) = (one for one in bundle.contents(READER, SENDER))
    with pytest.raises(DamagedBundle):
        content.whole(999)


def test_what_was_checked_is_what_is_read():
    """A stick that gives other bytes the second time, made by somebody who knows the recipient's public key."""
    stranger, rest = Ed25519PrivateKey.generate(), a_part(bytes(CHUNK))
    first, second = made(a_part(b"asli"), rest), made(a_part(b"palsu"), rest, signer=stranger, key=bytes(31) + b"9")
    source = io.BytesIO(first)
    bundle = Bundle(source)
    bundle.check(READER, SENDER)
    source.seek(0)
    source.truncate()
    source.write(second)
    with pytest.raises(DamagedBundle):
        next(bundle.contents(READER, SENDER))


PHOTO = 160 * CHUNK  # 10 MB
PHOTO_HASH = hashlib.sha256(bytes(PHOTO)).hexdigest()


def a_photo():
    return Content(Part(PartKind.BLOB, PHOTO, sha256=PHOTO_HASH), (bytes(CHUNK) for _ in range(160)))


@contextmanager
def little_memory():
    tracemalloc.start()
    try:
        yield
        _now, peak = tracemalloc.get_traced_memory()
        assert peak < 20 * CHUNK
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_bundle(tmp_path):
    path = tmp_path / "besar"
    with little_memory(), path.open("wb") as file:
        for piece in sealed(HEADER, [a_photo()], recipient=READER.public_key(), signer=SIGNER, content_key=bytes(32)):
            file.write(piece)
    with little_memory(), path.open("rb") as file:
        (part,) = Bundle(file).check(READER, SENDER)
    assert part.size == PHOTO
