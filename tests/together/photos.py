"""Photos for the desks of these tests: made, attached, looked for, fetched."""

import hashlib
from pathlib import Path

from kelurahan_client.services import attachments
from sync import blobs
from sync.transport import HttpTransport

PNG = b"\x89PNG\r\n\x1a\n"


def photo(size, seed=1):
    """Something that begins as a picture does and cannot be packed."""
    return PNG + hashlib.shake_128(str(seed).encode()).digest(size - len(PNG))


def attach(desk, complaint, content, name="foto.png"):
    path = Path(desk.config.data_dir).parent / name
    path.write_bytes(content)
    made = attachments.attach(desk.desk, complaint.id, path)
    path.unlink()
    return made


def of(desk, complaint):
    return {item.sha256: item for item in attachments.attachments(desk.desk, complaint.id)}


def fetch(desk, sha256, url=""):
    way = HttpTransport(url or desk.url)
    try:
        blobs.fetch(desk.desk, way, sha256)
    finally:
        way.close()
    return attachments.content(desk.desk, sha256)


def at_the_centre(central, sha256):
    path = central.data_dir / "blobs" / sha256[:2] / sha256[2:4] / sha256
    return path.read_bytes() if path.exists() else None


def no_clear_bytes(desk, *contents):
    for path in desk.config.data_dir.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(content[len(PNG) : len(PNG) + 40] in data for content in contents), path
