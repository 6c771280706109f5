"""Files of complaints: taken in, shown, given out, and put off this machine once the city has them.

Their bytes are on the disk, encrypted, before anything speaks of them; on this machine they are in clear only where a
person has them written to.
"""

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from kelurahan_client.domain.attachments import (
    HEAD_BYTES,
    KINDS,
    MAX_FILE_BYTES,
    MAX_FILES,
    Attachment,
    clean_name,
    media_type_of,
)
from kelurahan_client.domain.complaint import SyncState
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import InputError, NotFound, UnreadableFile, why
from kelurahan_client.services.desk import Desk, officer
from kelurahan_client.services.whole_file import write_whole
from kelurahan_client.store import attachments as rows
from kelurahan_client.store import complaints, outbox
from kelurahan_client.store.blob_files import SALT_BYTES
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.engine import Transaction
from sync.protocol import Op, RecordType

_MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was looked at and is taken: its hash, size, kind, and a name fit for any system."""

    sha256: str
    size: int  # bytes
    media_type: str
    name: str


def look_at(name: str, content: bytes) -> Taken:
    """What a file is, by its content; raises UnreadableFile for what is not taken."""
    if len(content) > MAX_FILE_BYTES:
        raise UnreadableFile(
            f"Berkas {name[:80]} lebih besar dari {MAX_FILE_BYTES // _MEGA} MB.",
            way_out="Kecilkan fotonya atau pindai dengan resolusi yang lebih rendah.",
        )
    if not content:
        raise UnreadableFile(f"Berkas {name[:80]} kosong.", way_out="Pilih berkas yang lain.")
    media_type = media_type_of(content[:HEAD_BYTES])
    if media_type is None:
        raise UnreadableFile(
            f"Jenis berkas {name[:80]} tidak diterima.", way_out=f"Yang diterima: {KINDS}, dilihat dari isinya."
        )
    return Taken(hashlib.sha256(content).hexdigest(), len(content), media_type, clean_name(name, media_type))


def attach(desk: Desk, complaint_id: str, path: Path) -> Attachment:
    """Attach a picture or a PDF as it is; raises as `attach_content` does, and UnreadableFile for an unreadable one."""
    return attach_content(desk, complaint_id, path.name, _read(path))


def attach_content(desk: Desk, complaint_id: str, name: str, content: bytes) -> Attachment:
    """Attach the bytes of a picture or a PDF. The same file again is the one that is there.

    Raises UnreadableFile for what is not taken, InputError for one too many, NotFound.
    """
    taken = look_at(name, content)
    with desk.store.write() as transaction:
        stored, known = _room(transaction, complaint_id, taken.sha256)
        # Within the transaction, so that `free_space` never finds a file that no row speaks of yet.
        desk.store.blob_files.put(taken.sha256, content, desk.random(SALT_BYTES))
        return _attached(desk, transaction, stored, known, taken)


def attach_kept(desk: Desk, transaction: Transaction, complaint_id: str, taken: Taken) -> Attachment:
    """Attach a file whose bytes are on the disk already, in a transaction that the caller holds."""
    stored, known = _room(transaction, complaint_id, taken.sha256)
    return _attached(desk, transaction, stored, known, taken)


def _attached(
    desk: Desk, transaction: Transaction, stored: Stored, known: Attachment | None, taken: Taken
) -> Attachment:
    if known is not None:
        rows.mark_here(transaction, [taken.sha256], True)
        return replace(known, here=True)
    made = Attachment(
        id=desk.new_id(),
        complaint_id=stored.complaint.id,
        sha256=taken.sha256,
        size=taken.size,
        media_type=taken.media_type,
        name=taken.name,
        actor=officer(transaction).name,
        at=desk.now(),
        acknowledged=False,
        at_centre=False,
        here=True,
    )
    rows.add(transaction, made)
    _tell(transaction, stored, made)
    return made


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(
            f"Berkas {path.name[:80]} tidak dapat dibaca: {why(error)}.", way_out="Pilih lagi berkasnya."
        ) from error
    except ValueError as error:  # a null character in the name
        raise UnreadableFile(
            "Nama berkas itu tidak dapat dipakai.", way_out="Ganti namanya, lalu pilih lagi."
        ) from error
    return content


def _room(transaction: Transaction, complaint_id: str, sha256: str) -> tuple[Stored, Attachment | None]:
    """The complaint, and the attachment of it that has this very file already."""
    stored = complaints.get(transaction, complaint_id)
    if stored is None or stored.deleted:
        raise NotFound("Pengaduan itu tidak ada di komputer ini.")
    files = rows.of_complaint(transaction, complaint_id)
    known = next((one for one in files if one.sha256 == sha256), None)
    if known is None and len(files) >= MAX_FILES:
        raise InputError(
            f"Pengaduan ini sudah punya {len(files)} lampiran; paling banyak {MAX_FILES}.",
            way_out="Gabungkan beberapa halaman menjadi satu PDF.",
        )
    return stored, known


def told(item: Attachment) -> dict[str, str | int]:
    """What the centre is told of an attachment: always the same for the same one, whoever tells it."""
    return {
        "complaint": item.complaint_id,
        "sha256": item.sha256,
        "size": item.size,
        "media_type": item.media_type,
        "name": item.name,
    }


def _tell(transaction: Transaction, stored: Stored, made: Attachment) -> None:
    outbox.append(
        transaction,
        [
            outbox.Pending(
                op=Op.ATTACH,
                type=RecordType.ATTACHMENT,
                id=made.id,
                complaint_id=made.complaint_id,
                set=told(made),
                was={},
                base_rev=stored.complaint.rev,
                actor=made.actor,
                device_time=utc_text(made.at),
            )
        ],
    )
    if stored.complaint.sync_state is SyncState.ACKNOWLEDGED:
        complaints.change(transaction, stored, {"sync_state": SyncState.PENDING})


def attachments(desk: Desk, complaint_id: str) -> list[Attachment]:
    """The files of a complaint, oldest first."""
    with desk.store.read() as transaction:
        return rows.of_complaint(transaction, complaint_id)


def content(desk: Desk, sha256: str) -> bytes:
    """The bytes of a file that is on this machine.

    Raises NotFound where they are not, DamagedData, or UnreadableFile where they are not what they were said to be.
    """
    found = known(desk, sha256)
    if not found.here:
        raise NotFound(
            f"Isi berkas {found.name} belum ada di komputer ini.", way_out="Ambil dahulu dari server kota (fetch)."
        )
    whole = desk.store.blob_files.read(sha256, found.size, 0, found.size)
    if media_type_of(whole[:HEAD_BYTES]) != found.media_type:
        raise UnreadableFile(
            f"Isi berkas {found.name} bukan jenis yang disebutkan; tidak dibuka.",
            way_out="Perbarui program ini, atau tanyakan kepada yang melampirkan.",
        )
    return whole


def known(desk: Desk, sha256: str) -> Attachment:
    """An attachment with these bytes; raises NotFound."""
    with desk.store.read() as transaction:
        found = rows.of_blob(transaction, sha256)
    if not found:
        raise NotFound(f"Tidak ada lampiran dengan sidik {sha256[:16]}… di komputer ini.")
    return found[0]


def save(desk: Desk, sha256: str, target: Path) -> None:
    """Write a file in clear where a person wants it, whole and over nothing.

    Raises InputError, DiskFull, and what `content` does.
    """
    whole = content(desk, sha256)
    if os.path.lexists(target):
        raise InputError(f"{target} sudah ada; tidak ditimpa.", way_out="Pilih nama lain.")
    write_whole(target, lambda temporary: temporary.write_bytes(whole))


@dataclass(frozen=True, slots=True)
class Freed:
    """How many files left this machine, and how many bytes these had."""

    files: int
    bytes: int


def spare(desk: Desk) -> Freed:
    """What `free_space` would take off this machine."""
    with desk.store.read() as transaction:
        going = rows.spare(transaction)
    return Freed(len(going), sum(blob.size for blob in going))


def free_space(desk: Desk) -> Freed:
    """Take off this machine the bytes of every file that the centre has signed for having; they can be fetched again.

    A file that also waits with a form or with a complaint that the centre does not know of yet stays. What a power cut
    left between a file and its row goes too.
    """
    with desk.store.write() as transaction:
        going = rows.spare(transaction)
        rows.mark_here(transaction, [blob.sha256 for blob in going], False)
    with desk.store.write() as transaction:  # nobody attaches or fetches meanwhile; who did in between, has it again
        desk.store.blob_files.drop_strays(blob.sha256 for blob in rows.here(transaction))
    return Freed(len(going), sum(blob.size for blob in going))
