"""Files that wait with a draft: encrypted on the disk at once, attached when the complaint is registered."""

from collections.abc import Sequence

from kelurahan_client.domain.attachments import MAX_FILES
from kelurahan_client.errors import InputError, NotFound
from kelurahan_client.services import attachments
from kelurahan_client.services.attachments import Taken
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import draft_files as rows
from kelurahan_client.store.blob_files import SALT_BYTES
from kelurahan_client.store.draft_files import DraftFile
from kelurahan_client.store.engine import Transaction


def add(desk: Desk, draft_id: str, name: str, content: bytes) -> DraftFile:
    """Keep a picture or a PDF with a draft, on the disk when this returns. The same file again is the one there.

    Raises UnreadableFile for what is not taken, InputError for one too many.
    """
    taken = attachments.look_at(name, content)
    with desk.store.write() as transaction:
        present = rows.of_draft(transaction, draft_id)
        known = next((file for file in present if file.sha256 == taken.sha256), None)
        if known is not None:
            return known
        if len(present) >= MAX_FILES:
            raise InputError(
                f"Sudah ada {len(present)} lampiran; paling banyak {MAX_FILES}. {taken.name} tidak ditambahkan.",
                way_out="Gabungkan beberapa halaman menjadi satu PDF.",
            )
        # Within the transaction, so that nobody takes the file for a stray before its row is there.
        desk.store.blob_files.put(taken.sha256, content, desk.random(SALT_BYTES))
        made = DraftFile(
            id=desk.new_id(),
            draft_id=draft_id,
            sha256=taken.sha256,
            size=taken.size,
            media_type=taken.media_type,
            name=taken.name,
            at=desk.now(),
        )
        rows.add(transaction, made)
    return made


def of_draft(desk: Desk, draft_id: str) -> list[DraftFile]:
    """The files of a draft, in the order they came."""
    with desk.store.read() as transaction:
        return rows.of_draft(transaction, draft_id)


def content(desk: Desk, file: DraftFile) -> bytes:
    """The bytes of a file; raises DamagedData."""
    return desk.store.blob_files.read(file.sha256, file.size, 0, file.size)


def remove(desk: Desk, file_id: str) -> None:
    """Take a file out of its draft; `restore` brings it back until the draft ends."""
    with desk.store.write() as transaction:
        rows.mark_removed(transaction, file_id, desk.now())


def restore(desk: Desk, file_id: str) -> DraftFile:
    """Put a file back into its draft; raises NotFound, or InputError where its place was taken meanwhile."""
    with desk.store.write() as transaction:
        found = rows.get(transaction, file_id)
        if found is None:
            raise NotFound("Lampiran itu sudah tidak ada.", way_out="Tambahkan lagi berkas aslinya.")
        present = rows.of_draft(transaction, found.draft_id)
        if found.sha256 in {file.sha256 for file in present if file.id != file_id}:
            raise InputError("Berkas itu sudah ditambahkan lagi.")
        if len(present) >= MAX_FILES:
            raise InputError(f"Sudah ada {len(present)} lampiran; paling banyak {MAX_FILES}.")
        rows.mark_removed(transaction, file_id, None)
    return found


# In a transaction that the caller holds.


def attach_all(desk: Desk, transaction: Transaction, draft_id: str, complaint_id: str) -> int:
    """Attach the files of a draft to a complaint, and tell the centre; how many. Raises InputError for too many."""
    files = rows.of_draft(transaction, draft_id)
    for file in files:
        taken = Taken(file.sha256, file.size, file.media_type, file.name)
        attachments.attach_kept(desk, transaction, complaint_id, taken)
    return len(files)


def end(transaction: Transaction, draft_ids: Sequence[str]) -> list[str]:
    """These drafts are no more; returns what `take_off` is to look at after the transaction."""
    return rows.end(transaction, draft_ids) if draft_ids else []


def take_off(desk: Desk, hashes: Sequence[str]) -> None:
    """Take off this machine those of the files that nothing has any more: they hold what nobody wants kept."""
    if not hashes:
        return
    with desk.store.write() as transaction:
        gone = rows.forget_blobs(transaction, hashes)
        for sha256 in gone:
            # A power cut here leaves a row without a file that nobody asks for; nothing else can have it meanwhile.
            desk.store.blob_files.drop(sha256)
