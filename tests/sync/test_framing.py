"""Bytes on the wire: what was sealed comes back whole, and nothing else is ever believed."""

import gzip
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.framing import (
    CHAIN_START,
    BadFrame,
    chain,
    compress,
    decode_header,
    decode_mutations,
    decode_reply_items,
    decompress,
    encode_line,
    open_sealed,
    seal,
)
from sync.protocol import (
    MAX_RATIO,
    Change,
    Mutation,
    Op,
    ReplyHeader,
    RequestHeader,
    Result,
    ResultKind,
)
from tests.desk_making import MANY, SERVER_KEY

KEY = SERVER_KEY
PUBLIC = KEY.public_key()
LIMIT = 4 * 1024 * 1024

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=30),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=8), part, max_size=3),
    max_leaves=6,
)
mutations = st.builds(
    Mutation,
    n=st.integers(1, 2**40),
    op=st.sampled_from(Op),
    type=st.sampled_from(["complaint", "follow_up", "something_new"]),
    id=st.text(max_size=40),
    base_rev=st.integers(0, 2**40),
    set=st.dictionaries(st.text(max_size=12), values, max_size=4),
    was=st.dictionaries(st.text(max_size=12), values, max_size=4),
    actor=st.text(max_size=20),
    device_time=st.text(max_size=30),
)
headers = st.builds(
    RequestHeader,
    device=st.text(max_size=40),
    epoch=st.text(max_size=40),
    nonce=st.text(max_size=40),
    protocol=st.just((1, 1)),
    schema=st.just((1, 1)),
    first_n=st.integers(1, 2**40),
    last_hash=st.text(max_size=64),
    cursor=st.text(max_size=20),
)


@MANY
@given(header=headers, items=st.lists(mutations, max_size=5), encoding=st.sampled_from(["zstd", "gzip", "identity"]))
def test_what_was_sealed_comes_back(header: RequestHeader, items: list[Mutation], encoding: str) -> None:
    message = seal([encode_line(header), *map(encode_line, items)], KEY, "desk")
    packed = {"zstd": compress, "gzip": gzip.compress, "identity": bytes}[encoding](message)
    lines = open_sealed(decompress(packed, encoding, LIMIT), PUBLIC, "desk")
    assert decode_header(lines[0], RequestHeader) == header
    assert decode_mutations(lines[1:]) == items


@MANY
@given(item=mutations)
def test_the_same_item_has_the_same_bytes_and_no_line_end_in_them(item: Mutation) -> None:
    line = encode_line(item)
    assert b"\n" not in line
    (again,) = decode_mutations([line])
    assert encode_line(again) == line


def a_message(side: Any = "server") -> bytes:
    header = ReplyHeader(
        nonce="n", server_epoch="e", protocol=1, server_time="2026-08-03T02:32:11Z", last_n=1, last_hash="", cursor="7"
    )
    result = Result(n=1, result=ResultKind.APPLIED, id="0198a000", rev=5)
    change = Change(type="complaint", id="0198a001", rev=6, body={"title": "Lampu padam ✓"})
    return seal([encode_line(header), encode_line(result), encode_line(change)], KEY, side)


def test_every_single_changed_byte_is_noticed() -> None:
    message = a_message()
    assert len(open_sealed(message, PUBLIC, "server")) == 3
    for place in range(len(message)):
        was = message[place]
        for other in {was ^ 1, was ^ 0x20, was ^ 0x80, 0x0A, 0x20} - {was}:
            spoiled = message[:place] + bytes([other]) + message[place + 1 :]
            with pytest.raises(BadFrame):
                open_sealed(spoiled, PUBLIC, "server")


def test_every_letter_of_a_signature_counts() -> None:
    # The last letter of a base64 text has bits that mean nothing; they must be as they were made all the same.
    message = a_message()
    start = message.rfind(b'"signature":"') + len(b'"signature":"')
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    place = start + 85
    for letter in set(alphabet) - {message[place]}:
        with pytest.raises(BadFrame):
            open_sealed(message[:place] + bytes([letter]) + message[place + 1 :], PUBLIC, "server")


def test_a_message_cut_anywhere_is_no_message() -> None:
    message = a_message()
    for length in range(len(message)):
        with pytest.raises(BadFrame):
            open_sealed(message[:length], PUBLIC, "server")
    packed = compress(message)
    for length in range(len(packed)):
        with pytest.raises(BadFrame):
            open_sealed(decompress(packed[:length], "zstd", LIMIT), PUBLIC, "server")


def test_a_line_taken_away_doubled_or_moved_is_noticed() -> None:
    lines = a_message().splitlines(keepends=True)
    for spoiled in (
        [*lines[:1], *lines[2:]],
        [*lines[:2], lines[1], *lines[2:]],
        [lines[0], lines[2], lines[1], lines[3]],
        [*lines, lines[-1]],
        lines[-1:],
        [*lines[:3], b"\n", lines[3]],
    ):
        with pytest.raises(BadFrame):
            open_sealed(b"".join(spoiled), PUBLIC, "server")


@pytest.mark.parametrize("packed", [compress(a_message()), gzip.compress(a_message(), mtime=0)], ids=["zstd", "gzip"])
def test_a_spoiled_body_is_refused_or_unpacks_to_the_very_same(packed: bytes) -> None:
    encoding = "gzip" if packed[:2] == b"\x1f\x8b" else "zstd"
    for place in range(len(packed)):
        for bit in range(8):
            spoiled = packed[:place] + bytes([packed[place] ^ 1 << bit]) + packed[place + 1 :]
            try:
                lines = open_sealed(decompress(spoiled, encoding, LIMIT), PUBLIC, "server")
            except BadFrame:
                continue
            assert lines == open_sealed(a_message(), PUBLIC, "server")


def test_another_key_and_the_other_side_are_refused() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    for key, side in ((other, "server"), (PUBLIC, "desk")):
        with pytest.raises(BadFrame, match="signature") as caught:
            open_sealed(a_message(), key, side)  # type: ignore[arg-type]  # side is one of the two
        assert caught.value.part == "trailer"


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\n",
        b"\n\n\n",
        b"<html><body>Login WiFi</body></html>\n",
        b"{}\n",
        b"\xff\xfe\n",
        b"[" * 200_000 + b"\n",
        b'{"kind":"trailer","count":0,"sha256":"","signature":"\xff"}\n',
        b'{"kind":"trailer","count":0,"sha256":"","signature":"!"}\n',
        b'{"kind":"trailer","count":99999999999999999999999,"sha256":"","signature":""}\n',
    ],
)
def test_garbage_is_a_bad_frame(message: bytes) -> None:
    with pytest.raises(BadFrame):
        open_sealed(message, PUBLIC, "server")


@MANY
@given(message=st.binary(max_size=200), encoding=st.sampled_from(["zstd", "gzip", "identity", "br", ""]))
def test_any_bytes_at_all_are_a_bad_frame(message: bytes, encoding: str) -> None:
    with pytest.raises(BadFrame):
        open_sealed(decompress(message, encoding, LIMIT), PUBLIC, "server")


def test_an_empty_message_has_no_header() -> None:
    with pytest.raises(BadFrame) as caught:
        open_sealed(seal([], KEY, "server"), PUBLIC, "server")
    assert caught.value.part == "lines"


@pytest.mark.parametrize(
    ("encoding", "pack"), [("zstd", zstandard.ZstdCompressor(19).compress), ("gzip", gzip.compress)]
)
def test_a_bomb_is_stopped(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BadFrame) as caught:
        decompress(pack(bytes(64 * 1024 * 1024)), encoding, LIMIT)
    assert caught.value.part in ("size", "ratio")
    with pytest.raises(BadFrame) as caught:
        decompress(pack(bytes(1024 * 1024)), encoding, LIMIT)
    assert caught.value.part == "ratio"


def test_a_frame_that_asks_for_a_huge_window_is_refused() -> None:
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    packer = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    packed = packer.compress(bytes(range(256)) * 100) + packer.flush()
    with pytest.raises(BadFrame) as caught:
        decompress(packed, "zstd", LIMIT)
    assert caught.value.part == "compression"


def test_the_limits_are_exact() -> None:
    noise = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(1000))
    for encoding, packed in (("identity", noise), ("zstd", compress(noise)), ("gzip", gzip.compress(noise))):
        assert decompress(packed, encoding, len(noise)) == noise
        with pytest.raises(BadFrame) as caught:
            decompress(packed, encoding, len(noise) - 1)
        assert caught.value.part == "size"


@pytest.mark.parametrize("length", [50, 500, 8_000])
def test_the_same_complaint_five_hundred_times_is_no_bomb(length: int) -> None:
    body = {"statement": "x" * length, "title": "Lampu jalan padam"}
    lines = [
        encode_line(Mutation(n=n, op=Op.CREATE, type="complaint", id=f"0198a000-{n:08d}", set=body))
        for n in range(1, 501)
    ]
    message = seal(lines, KEY, "desk")
    assert decompress(compress(message), "zstd", LIMIT) == message
    assert zstandard.decompress(compress(message)) == message
    assert len(compress(message)) <= max(len(gzip.compress(message)), len(message) // MAX_RATIO + 10)


def test_a_field_that_this_version_does_not_know_is_no_error() -> None:
    line = b'{"kind":"mutation","n":1,"op":"create","type":"complaint","id":"a","set":{"drone":"x"},"later":[1]}'
    (item,) = decode_mutations([line])
    assert item.set == {"drone": "x"}
    (change,) = decode_reply_items([b'{"kind":"change","type":"drone_flight","id":"d","body":{"a":1},"later":2}'])
    assert isinstance(change, Change)
    assert (change.type, change.body) == ("drone_flight", {"a": 1})


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[]",
        b'{"kind":"mutation"}',
        b'{"kind":"nothing","n":1}',
        b'{"kind":"mutation","n":"1","op":"create","type":"complaint","id":"a"}',
        b'{"kind":"mutation","n":1,"op":"explode","type":"complaint","id":"a"}',
        b'{"kind":"mutation","n":1,"op":"create","type":"complaint","id":"\xff"}',
        b'{"kind":"mutation","n":1' + b"0" * 5_000 + b',"op":"create","type":"complaint","id":"a"}',
        b'{"kind":"mutation","n":1,"op":"create","type":"c","id":"a","set":{"a":' + b"[" * 200_000 + b"}",
        b'{"kind":"mutation","n":1,"op":"create","type":"c","id":"a","set":{"a":' + b"[" * 9_000 + b"]" * 9_000 + b"}}",
    ],
    ids=lambda line: repr(line[:50]),
)
def test_a_line_that_is_no_item_is_a_bad_frame(line: bytes) -> None:
    for decode in (
        lambda: decode_mutations([line]),
        lambda: decode_reply_items([line]),
        lambda: decode_header(line, RequestHeader),
        lambda: decode_header(line, ReplyHeader),
    ):
        with pytest.raises(BadFrame) as caught:
            decode()
        assert caught.value.part == "lines"


def test_the_chain_depends_on_every_link_before_it() -> None:
    one = chain(CHAIN_START, b"a")
    assert one == hashlib.sha256(bytes(32) + b"a").digest()
    assert chain(one, b"b") != chain(CHAIN_START, b"b")
    assert chain(one, b"b") != chain(chain(CHAIN_START, b"x"), b"b")
