"""Files that belong to a complaint: which kinds are taken, told by what is in them and never by their name.

Only pictures and PDF are taken, and nothing here opens them further than their first bytes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from kelurahan_client.domain.text import clean_line

MAX_FILE_BYTES = 25_000_000
MAX_FILES = 10  # of one complaint, at one desk
HEAD_BYTES = 64  # enough for `media_type_of`
MAX_NAME = 100

EXTENSIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "image/jpeg": (".jpg", ".jpeg", ".jfif"),
        "image/png": (".png",),
        "image/webp": (".webp",),
        "image/heic": (".heic", ".heif"),
        "application/pdf": (".pdf",),
    }
)
KINDS = "foto JPEG, PNG, WEBP, atau HEIC, dan PDF"  # for sentences

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_PICTURE_BRANDS = frozenset({b"mif1", b"msf1"})  # say no more than that pictures are inside
_UNFIT = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a complaint, as this desk knows it."""

    id: str
    complaint_id: str
    sha256: str  # hex, of the file's bytes
    size: int  # bytes
    media_type: str
    name: str
    actor: str
    at: datetime  # UTC, the clock of the desk where it was attached
    acknowledged: bool  # the centre has signed for the attachment
    at_centre: bool  # the centre has signed for having its bytes
    here: bool  # the bytes are on this machine


def attachment_from(id_: str, body: Mapping[str, Any], at: datetime) -> Attachment:
    """The attachment of a wire body, as the centre has it; raises KeyError, TypeError or ValueError."""
    return Attachment(
        id=id_,
        complaint_id=str(body["complaint"]),
        sha256=str(body["sha256"]),
        size=int(body["size"]),
        media_type=str(body["media_type"]),
        name=str(body["name"]),
        actor=str(body.get("actor", "")),
        at=at,
        acknowledged=True,
        at_centre=bool(body.get("stored_at")),
        here=False,
    )


def media_type_of(head: bytes) -> str | None:
    """The kind of file that begins with these bytes (HEAD_BYTES of them, or all); None for a kind that is not taken."""
    return next((media_type for media_type, begins in _SIGNS if begins(head)), None)


def _is_heic(head: bytes) -> bool:
    if head[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(head[:4], "big"), len(head) - len(head) % 4)
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, end, 4))}
    return head[8:12] in _HEIC_BRANDS | _PICTURE_BRANDS and bool(brands & _HEIC_BRANDS)


_SIGNS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("image/jpeg", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("image/png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("image/webp", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    ("image/heic", _is_heic),
    ("application/pdf", lambda head: head.startswith(b"%PDF-")),
)


def clean_name(name: str, media_type: str) -> str:
    """The file's own name, fit for any system and any screen: no folders, no hidden characters, the right ending."""
    last = re.split(r"[/\\]", name)[-1]
    plain = _UNFIT.sub("_", clean_line(last).text).strip(". ")
    endings = EXTENSIONS.get(media_type, ("",))
    stem, dot, ending = plain.rpartition(".")
    if dot and f".{ending.lower()}" in endings:
        plain, ending = stem.rstrip(". "), f".{ending.lower()}"
    else:
        ending = endings[0]
    plain = plain[: MAX_NAME - len(ending)].rstrip(". ")
    if not plain or _RESERVED.fullmatch(plain):
        plain = f"lampiran {plain}".strip()
    return plain + ending
