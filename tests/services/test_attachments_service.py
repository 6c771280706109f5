"""Attaching: what is taken, what is said to the centre, what a power cut may leave, and what is freed again."""

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kelurahan_client.domain.attachments import MAX_FILE_BYTES, MAX_FILES, Attachment
from kelurahan_client.domain.complaint import SyncState
from kelurahan_client.errors import DamagedData, InputError, LaporError, NotFound, StoreError, UnreadableFile
from kelurahan_client.services import attachments, doctor, importing, lists
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.store import attachments as rows
from kelurahan_client.store import complaints, outbox
from kelurahan_client.store.blob_files import BlobFiles
from kelurahan_client.store.engine import Store, Transaction
from tests.desk_making import register, spoilt

PNG = b"\x89PNG\r\n\x1a\n"
BOOK = Path(__file__).parents[1] / "paper_logs" / "belitung_selatan_2024.csv"

Picture = Callable[..., Path]


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    """Writes a file that begins as a picture does."""

    def write(name: str = "foto.png", content: bytes = PNG + b"Gang Mawar") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def sent(desk: Desk) -> list[dict[str, object]]:
    with desk.store.read() as transaction:
        end = outbox.tail(transaction)
        return [json.loads(entry.line) for entry in outbox.waiting(transaction, end.epoch, after=0, limit=100)]


def signed(desk: Desk, item: Attachment) -> None:
    """The centre says that it has the attachment and its bytes."""
    with desk.store.write() as transaction:
        rows.receive(transaction, item, 2, "2026-08-03T03:00:00Z")


def blob_paths(desk: Desk) -> list[Path]:
    return [path for path in desk.store.config.blob_dir.rglob("*") if path.is_file()]


def test_a_picture_is_attached(desk: Desk, picture: Picture) -> None:
    complaint = register(desk)
    content = PNG + bytes(200_000)
    made = attachments.attach(desk, complaint.id, picture("Lampu jalan.PNG", content))
    assert (made.name, made.media_type, made.size) == ("Lampu jalan.png", "image/png", len(content))
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert (made.acknowledged, made.at_centre, made.here) == (False, False, True)
    assert attachments.attachments(desk, complaint.id) == [made]
    assert attachments.content(desk, made.sha256) == content
    line = sent(desk)[-1]
    assert (line["op"], line["type"], line["id"]) == ("attach", "attachment", made.id)
    assert line["set"] == {
        "complaint": complaint.id,
        "sha256": made.sha256,
        "size": len(content),
        "media_type": "image/png",
        "name": "Lampu jalan.png",
    }
    assert doctor.examine(desk, find_identity(desk)).problems == ()


def test_a_complaint_that_was_signed_for_waits_again(desk: Desk, picture: Picture) -> None:
    complaint = register(desk)
    with desk.store.write() as transaction:
        complaints.set_sync_states(transaction, {complaint.id: SyncState.ACKNOWLEDGED})
    attachments.attach(desk, complaint.id, picture())
    assert lists.detail(desk, complaint.id).complaint.sync_state is SyncState.PENDING


def test_the_same_file_again_is_the_one_that_is_there(desk: Desk, picture: Picture) -> None:
    one, two = register(desk), register(desk)
    made = attachments.attach(desk, one.id, picture("a.png"))
    lines = sent(desk)
    assert attachments.attach(desk, one.id, picture("b.png")) == made
    assert sent(desk) == lines
    other = attachments.attach(desk, two.id, picture("c.png"))
    assert (other.sha256, other.name) == (made.sha256, "c.png")
    assert len(blob_paths(desk)) == 1
    with desk.store.read() as transaction:
        assert len(rows.here(transaction)) == 1


def test_the_same_file_again_brings_back_bytes_that_left(desk: Desk, picture: Picture) -> None:
    complaint = register(desk)
    made = attachments.attach(desk, complaint.id, picture())
    signed(desk, made)
    assert attachments.free_space(desk).files == 1
    again = attachments.attach(desk, complaint.id, picture())
    assert (again.id, again.here) == (made.id, True)
    assert attachments.content(desk, made.sha256)


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\x00", b"<svg onload='x'>", b"Isi surat", b"PK\x03\x04", bytes(100)],
    ids=["empty", "program", "svg", "text", "zip", "zeros"],
)
def test_what_is_not_taken(desk: Desk, picture: Picture, content: bytes) -> None:
    complaint = register(desk)
    refused(desk, complaint.id, picture("foto.png", content), UnreadableFile)


def test_what_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    complaint = register(desk)
    for path in (tmp_path / "tidak ada.png", tmp_path, Path("a\x00b"), Path("/dev/null/x")):
        refused(desk, complaint.id, path, UnreadableFile)


def test_what_is_too_large(desk: Desk, tmp_path: Path) -> None:
    complaint = register(desk)
    path = tmp_path / "besar.png"
    path.write_bytes(PNG)
    os.truncate(path, MAX_FILE_BYTES + 1)
    refused(desk, complaint.id, path, UnreadableFile)
    os.truncate(path, MAX_FILE_BYTES)
    assert attachments.attach(desk, complaint.id, path).size == MAX_FILE_BYTES


def test_one_too_many_and_no_complaint(desk: Desk, picture: Picture) -> None:
    complaint = register(desk)
    for number in range(MAX_FILES):
        attachments.attach(desk, complaint.id, picture("a.png", PNG + bytes([number])))
    refused(desk, complaint.id, picture("a.png", PNG + b"ke-11"), InputError)
    assert attachments.attach(desk, complaint.id, picture("a.png", PNG + bytes([0])))  # is there already
    refused(desk, "0198a000-0000-7000-8000-000000000000", picture(), NotFound)


def refused(desk: Desk, complaint_id: str, path: Path, kind: type[LaporError]) -> None:
    lines, files = sent(desk), blob_paths(desk)
    with pytest.raises(kind) as error:
        attachments.attach(desk, complaint_id, path)
    assert error.value.message.endswith(".")
    assert "\x00" not in error.value.message or path == Path("a\x00b")
    assert sent(desk) == lines
    assert blob_paths(desk) == files


def test_the_bytes_are_on_the_disk_before_anything_speaks_of_them(
    desk: Desk, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint = register(desk)
    real = Store.write
    seen = []

    @contextmanager
    def write(store: Store) -> Iterator[Transaction]:
        with real(store) as transaction:
            yield transaction
            seen.append(len(blob_paths(desk)))  # all is written, nothing is committed
            raise StoreError("Listrik padam.")

    monkeypatch.setattr(Store, "write", write)
    with pytest.raises(StoreError):
        attachments.attach(desk, complaint.id, picture())
    monkeypatch.setattr(Store, "write", real)
    assert seen == [1]
    assert attachments.attachments(desk, complaint.id) == []
    attachments.free_space(desk)  # takes what belongs to nothing
    assert blob_paths(desk) == []
    assert attachments.attach(desk, complaint.id, picture()).here


def test_nothing_is_in_clear_on_the_disk(desk: Desk, picture: Picture) -> None:
    complaint = register(desk)
    secret = b"KTP Siti Aminah 6371034508900001"
    attachments.attach(desk, complaint.id, picture("KTP-Siti.png", PNG + secret * 5_000))
    for path in desk.store.config.data_dir.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert secret not in data
            assert b"KTP-Siti" not in data
            assert PNG not in data


def test_a_file_is_saved_where_nothing_is(desk: Desk, picture: Picture, tmp_path: Path) -> None:
    made = attachments.attach(desk, register(desk).id, picture())
    attachments.save(desk, made.sha256, tmp_path / "keluar.png")
    assert (tmp_path / "keluar.png").read_bytes() == picture().read_bytes()
    for target in (tmp_path / "keluar.png", tmp_path / "tidak ada" / "x.png", tmp_path, Path("a\x00b")):
        with pytest.raises(InputError):
            attachments.save(desk, made.sha256, target)
    assert (tmp_path / "keluar.png").read_bytes() == picture().read_bytes()


def test_bytes_that_are_not_here_or_damaged(desk: Desk, picture: Picture) -> None:
    made = attachments.attach(desk, register(desk).id, picture())
    with pytest.raises(NotFound):
        attachments.content(desk, "a" * 64)
    (path,) = blob_paths(desk)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(DamagedData):
        attachments.content(desk, made.sha256)
    path.unlink()
    with pytest.raises(DamagedData):
        attachments.content(desk, made.sha256)
    (problem,) = doctor.examine(desk, find_identity(desk)).problems
    assert "lampiran" in problem


def test_what_is_not_what_it_was_said_to_be_is_not_opened(desk: Desk) -> None:
    complaint = register(desk)
    program = b"MZ\x90\x00 jahat"
    sha256 = hashlib.sha256(program).hexdigest()
    item = Attachment(
        id="0198a000-0000-7000-8000-0000000000aa",
        complaint_id=complaint.id,
        sha256=sha256,
        size=len(program),
        media_type="image/png",
        name="foto.png",
        actor="B",
        at=desk.now(),
        acknowledged=True,
        at_centre=True,
        here=False,
    )
    signed(desk, item)
    desk.store.blob_files.put(sha256, program, bytes(16))
    with desk.store.write() as transaction:
        rows.mark_here(transaction, [sha256], True)
    with pytest.raises(UnreadableFile):
        attachments.content(desk, sha256)


def test_only_what_the_centre_has_signed_for_is_freed(desk: Desk, picture: Picture) -> None:
    complaint = register(desk)
    mine = attachments.attach(desk, complaint.id, picture("a.png", PNG + b"1"))
    safe = attachments.attach(desk, complaint.id, picture("b.png", PNG + b"22"))
    with desk.store.write() as transaction:
        rows.mark_sent(transaction, mine.sha256, "2026-08-03T03:00:00Z")  # an answer that nobody has signed
    signed(desk, safe)
    assert attachments.free_space(desk) == attachments.Freed(1, safe.size)
    found = attachments.attachments(desk, complaint.id)
    assert {item.sha256: item.here for item in found} == {mine.sha256: True, safe.sha256: False}
    assert attachments.content(desk, mine.sha256) == PNG + b"1"
    with pytest.raises(NotFound):
        attachments.content(desk, safe.sha256)
    assert attachments.free_space(desk) == attachments.Freed(0, 0)


def test_freeing_space_while_a_file_is_attached_takes_nothing_of_it(
    desk: Desk, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint = register(desk)
    freeing = threading.Thread(target=attachments.free_space, args=(desk,))
    real = BlobFiles.put

    def put(files: BlobFiles, sha256: str, content: bytes, salt: bytes) -> None:
        real(files, sha256, content, salt)
        freeing.start()
        freeing.join(0.5)  # it may be over by now, or wait until the attachment is there

    monkeypatch.setattr(BlobFiles, "put", put)
    made = attachments.attach(desk, complaint.id, picture())
    freeing.join()
    assert attachments.content(desk, made.sha256) == PNG + b"Gang Mawar"


def test_the_same_file_again_mends_a_damaged_one(desk: Desk, picture: Picture) -> None:
    complaint = register(desk)
    made = attachments.attach(desk, complaint.id, picture())
    (path,) = blob_paths(desk)
    path.write_bytes(spoilt(path.read_bytes()))
    with pytest.raises(DamagedData):
        attachments.content(desk, made.sha256)
    assert attachments.attach(desk, complaint.id, picture()) == made
    assert attachments.content(desk, made.sha256) == PNG + b"Gang Mawar"


def test_what_the_centre_lacks_again_is_kept_and_sent(desk: Desk, picture: Picture) -> None:
    made = attachments.attach(desk, register(desk).id, picture())
    with desk.store.read() as transaction:
        assert rows.unsent(transaction) == []  # the centre does not know of it yet
    signed(desk, made)
    with desk.store.write() as transaction:
        assert rows.unsent(transaction) == []
        rows.lacks(transaction, [made.sha256])
        assert [blob.sha256 for blob in rows.unsent(transaction)] == [made.sha256]
    assert attachments.free_space(desk).files == 0


def test_small_ones_first(desk: Desk, picture: Picture) -> None:
    complaint = register(desk)
    sizes = [500, 20, 3_000, 100]
    for size in sizes:
        made = attachments.attach(desk, complaint.id, picture("a.png", PNG + bytes(size)))
        with desk.store.write() as transaction:
            rows.acknowledge(transaction, made.id, 1)
    with desk.store.read() as transaction:
        assert [blob.size - len(PNG) for blob in rows.unsent(transaction)] == sorted(sizes)


def test_an_import_that_got_a_file_is_not_taken_back(desk: Desk, picture: Picture) -> None:
    done = importing.run(desk, importing.plan(desk, importing.inspect(desk, BOOK)))
    with desk.store.read() as transaction:
        imported = complaints.of_import(transaction, done.import_id)
    attachments.attach(desk, imported[0].complaint.id, picture())
    undone = importing.undo(desk, done.import_id)
    assert undone.removed == done.accepted - 1
    assert attachments.attachments(desk, imported[0].complaint.id)
