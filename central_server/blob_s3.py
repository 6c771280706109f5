"""Blobs in a store of the S3 protocol, such as MinIO or Ceph; the only importer of boto3.

A blob is one object. A partial blob is one object for each piece, named by its offset and length, so that any process
of the centre can take the next piece and none keeps anything on its own disk. Credentials come from the environment
(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION) or from wherever boto3 finds them.
"""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from central_server.blob_store import CHUNK, WrongOffset
from central_server.errors import BadSettings, Unavailable

_DIGITS = 12  # of an offset in an object's name, so that names sort as numbers
_TOGETHER = 1_000  # objects in one deletion, at most


class S3Store:
    """Blobs below a prefix of one bucket. `client` is boto3's, `failures` what it raises."""

    def __init__(self, client: Any, bucket: str, prefix: str, failures: tuple[type[Exception], ...]) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix
        self._failures = failures

    def has(self, sha256: str) -> bool:
        """Whether the object is there."""
        with self._translated():
            found = self._client.list_objects_v2(Bucket=self._bucket, Prefix=self._name(sha256), MaxKeys=1)
        return any(item["Key"] == self._name(sha256) for item in found.get("Contents", ()))

    def partial(self, sha256: str) -> int:
        """How far the pieces reach without a gap."""
        return sum(length for _key, _skip, length in self._pieces(sha256))

    def add(self, sha256: str, offset: int, piece: bytes) -> int:
        """One more object."""
        size = self.partial(sha256)
        if offset != size:
            raise WrongOffset(size)
        self._put(f"{self._folder(sha256)}{offset:0{_DIGITS}d}-{len(piece)}", piece)
        return offset + len(piece)

    def finish(self, sha256: str) -> bool:
        """Joins the pieces; the store checks the hash of what it gets once more."""
        whole = b"".join(self._get(key)[skip : skip + length] for key, skip, length in self._pieces(sha256))
        if not whole and self.has(sha256):  # another process was quicker
            return True
        right = hashlib.sha256(whole).hexdigest() == sha256
        if right:
            self._put(self._name(sha256), whole, ChecksumSHA256=base64.b64encode(bytes.fromhex(sha256)).decode())
        self._forget(sha256)
        return right

    def read(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        """Reads a range of the object."""
        with self._translated():
            found = self._client.get_object(
                Bucket=self._bucket, Key=self._name(sha256), Range=f"bytes={start}-{stop - 1}"
            )
            yield from found["Body"].iter_chunks(CHUNK)

    def _pieces(self, sha256: str) -> list[tuple[str, int, int]]:
        """(object, bytes to skip, bytes to take) of the pieces that follow each other from 0; some may overlap."""
        found: list[tuple[str, int, int]] = []
        reach = 0
        for key, offset, length in self._listed(sha256):
            if offset <= reach < offset + length:
                found.append((key, reach - offset, offset + length - reach))
                reach = offset + length
        return found

    def _listed(self, sha256: str) -> Iterator[tuple[str, int, int]]:
        folder = self._folder(sha256)
        with self._translated():
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=folder)
            for page in pages:
                for item in page.get("Contents", ()):
                    offset, _, length = item["Key"].removeprefix(folder).partition("-")
                    yield item["Key"], int(offset), int(length)

    def _put(self, key: str, content: bytes, **checksum: str) -> None:
        with self._translated():
            self._client.put_object(Bucket=self._bucket, Key=key, Body=content, **checksum)

    def _get(self, key: str) -> bytes:
        with self._translated():
            content: bytes = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        return content

    def _forget(self, sha256: str) -> None:
        keys = [key for key, _offset, _length in self._listed(sha256)]
        with self._translated():
            for start in range(0, len(keys), _TOGETHER):
                named = [{"Key": key} for key in keys[start : start + _TOGETHER]]
                self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": named, "Quiet": True})

    def _name(self, sha256: str) -> str:
        return f"{self._prefix}{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def _folder(self, sha256: str) -> str:
        return f"{self._prefix}partial/{sha256}/"

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except self._failures as error:
            raise Unavailable("Tempat berkas server kota sedang tidak dapat dipakai.", busy=False) from error


def open_s3(address: str) -> S3Store:
    """The store at `s3://BUCKET/PREFIX?endpoint=URL` (without endpoint: Amazon's); raises BadSettings."""
    try:
        import boto3  # noqa: PLC0415  # an extra; without it the other settings must work
        from botocore.config import Config  # noqa: PLC0415
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415
    except ImportError as error:
        raise BadSettings("Untuk s3:// pasang pustakanya: pip install lapor-kelurahan[s3].") from error
    where = urlsplit(address)
    endpoint = parse_qs(where.query).get("endpoint", [None])[0]
    prefix = where.path.strip("/")
    try:
        client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            config=Config(
                connect_timeout=10, read_timeout=60, retries={"max_attempts": 3}, s3={"addressing_style": "path"}
            ),
        )
        client.head_bucket(Bucket=where.netloc)
    except (BotoCoreError, ClientError, ValueError) as error:
        raise BadSettings(f"Tempat berkas “{where.netloc}” tidak dapat dipakai: {error}") from error
    return S3Store(client, where.netloc, f"{prefix}/" if prefix else "", (BotoCoreError, ClientError))
