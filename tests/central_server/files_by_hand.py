"""A desk that speaks about files by hand, over plain HTTP."""

import hashlib
import json
import uuid

from sync.protocol import BLOB_MEDIA_TYPE, Op

PATH = "/sync/v1/blobs/"


def some_bytes(size, seed=1):
    """As good as random, the same in every run."""
    return hashlib.shake_128(b"%d" % seed).digest(size)


def name_of(content):
    """What a blob is called."""
    return hashlib.sha256(content).hexdigest()


class Files:
    """A desk that speaks about files by hand."""

    def __init__(self, desk, call):
        self.desk = desk
        self.call = call

    def attach(self, complaint, content, /, **other):
        values = {
            "complaint": complaint,
            "sha256": name_of(content),
            "size": len(content),
            "media_type": "image/png",
            "name": "foto.png",
        }
        return self.desk.mutation(Op.ATTACH, "attachment", str(uuid.uuid4()), set=values | other)

    def head(self, sha256):
        status, _, headers = self.call(self.desk.url, "HEAD", PATH + sha256, None, self._headers())
        if status != 200:
            return status, int(headers["lapor-error"])
        return int(headers["upload-offset"]), int(headers["upload-length"])

    def patch(self, sha256, offset, piece, **headers):
        sent = {"content-type": BLOB_MEDIA_TYPE, "upload-offset": str(offset)} | headers
        status, body, back = self.call(self.desk.url, "PATCH", PATH + sha256, piece, self._headers() | sent)
        if status != 204:
            return status, json.loads(body)["number"], back.get("upload-offset")
        return int(back["upload-offset"])

    def get(self, sha256, **headers):
        status, body, back = self.call(self.desk.url, "GET", PATH + sha256, None, self._headers() | headers)
        return status, body, back

    def send(self, content, piece=100_000):
        for start in range(0, len(content), piece):
            end = min(start + piece, len(content))
            assert self.patch(name_of(content), start, content[start:end]) == end

    def _headers(self):
        return {"authorization": f"Bearer {self.desk.token}"}
