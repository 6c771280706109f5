"""Files of a draft: kept encrypted at once, there after a kill, attached with the complaint, gone with the draft."""

from pathlib import Path

import pytest

from kelurahan_client.config import Config
from kelurahan_client.domain.attachments import MAX_FILE_BYTES, MAX_FILES, Attachment
from kelurahan_client.errors import FieldErrors, InputError, UnreadableFile
from kelurahan_client.services import attachments, draft_files, intake
from kelurahan_client.services.desk import Desk, set_officer
from kelurahan_client.store import attachments as attachment_rows
from kelurahan_client.store.draft_files import DraftFile
from tests.desk_making import DeskAt, FakeClock, an_intake, register

PNG = b"\x89PNG\r\n\x1a\n"


def blob_paths(desk: Desk) -> list[Path]:
    return [path for path in desk.store.config.blob_dir.rglob("*") if path.is_file()]


def sign(desk: Desk, item: Attachment) -> None:
    """The centre says that it has the attachment and its bytes."""
    with desk.store.write() as transaction:
        attachment_rows.receive(transaction, item, 2, "2026-08-03T03:00:00Z")


def test_a_file_is_there_after_the_program_was_killed(enrolled_config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(enrolled_config)
    draft = intake.save_draft(desk, {})
    draft_files.add(desk, draft.id, "C:\\Foto\\lampu.png", PNG + b"Gang Mawar")
    desk.store.close()
    again = desk_at(enrolled_config)
    (file,) = draft_files.of_draft(again, draft.id)
    assert (file.name, file.size, file.media_type) == ("lampu.png", 18, "image/png")
    assert draft_files.content(again, file) == PNG + b"Gang Mawar"
    assert intake.open_drafts(again)[0].files == 1
    assert all(b"Gang Mawar" not in path.read_bytes() for path in blob_paths(again))


def test_the_files_become_the_complaints_in_order_and_the_centre_is_told(desk: Desk) -> None:
    draft = intake.save_draft(desk, {})
    for name in ("satu.png", "dua.png"):
        draft_files.add(desk, draft.id, name, PNG + name.encode())
    complaint = intake.register(desk, an_intake(), draft.id).complaint
    files = attachments.attachments(desk, complaint.id)
    assert {file.name for file in files} == {"satu.png", "dua.png"}
    assert all(attachments.content(desk, file.sha256).startswith(PNG) for file in files)
    assert draft_files.of_draft(desk, draft.id) == []
    assert len(blob_paths(desk)) == 2


def test_a_refused_complaint_keeps_them(desk: Desk) -> None:
    draft = intake.save_draft(desk, {})
    draft_files.add(desk, draft.id, "a.png", PNG)
    with pytest.raises(FieldErrors):
        intake.register(desk, an_intake(statement=""), draft.id)
    assert len(draft_files.of_draft(desk, draft.id)) == 1


def test_a_file_is_taken_out_put_back_and_in_the_end_off_the_disk(desk: Desk) -> None:
    draft = intake.save_draft(desk, {})
    kept = draft_files.add(desk, draft.id, "a.png", PNG + b"a")
    gone = draft_files.add(desk, draft.id, "b.png", PNG + b"b")
    draft_files.remove(desk, gone.id)
    assert draft_files.of_draft(desk, draft.id) == [kept]
    draft_files.restore(desk, gone.id)
    assert len(draft_files.of_draft(desk, draft.id)) == 2
    draft_files.remove(desk, gone.id)
    complaint = intake.register(desk, an_intake(), draft.id).complaint
    assert [file.name for file in attachments.attachments(desk, complaint.id)] == ["a.png"]
    assert len(blob_paths(desk)) == 1


def test_freeing_space_leaves_what_waits_with_a_draft(desk: Desk) -> None:
    draft = intake.save_draft(desk, {})
    file = draft_files.add(desk, draft.id, "a.png", PNG)
    attachments.free_space(desk)
    assert draft_files.content(desk, file) == PNG


def test_freeing_space_leaves_what_the_city_has_and_a_draft_waits_with_too(desk: Desk, tmp_path: Path) -> None:
    """The same letter belongs to a signed complaint and to a form, or to a complaint that the city never heard of."""
    (tmp_path / "surat.png").write_bytes(PNG + b"surat")
    told = attachments.attach(desk, register(desk).id, tmp_path / "surat.png")
    sign(desk, told)
    draft = intake.save_draft(desk, {})
    file = draft_files.add(desk, draft.id, "surat.png", PNG + b"surat")
    draft_files.remove(desk, file.id)  # may be put back until the form is saved
    assert attachments.free_space(desk) == attachments.Freed(0, 0)
    draft_files.restore(desk, file.id)
    complaint = intake.register(desk, an_intake(), draft.id).complaint
    assert attachments.free_space(desk) == attachments.Freed(0, 0)  # the centre has not signed for this one
    (unsent,) = attachments.attachments(desk, complaint.id)
    assert attachments.content(desk, unsent.sha256) == PNG + b"surat"
    sign(desk, unsent)
    assert attachments.free_space(desk) == attachments.Freed(1, told.size)


def test_a_discarded_drafts_files_come_back_with_it_and_are_forgotten_with_it(desk: Desk, clock: FakeClock) -> None:
    draft = intake.save_draft(desk, {})
    draft_files.add(desk, draft.id, "a.png", PNG)
    intake.discard_draft(desk, draft.id)
    assert intake.restore_draft(desk, draft.id).files == 1
    intake.discard_draft(desk, draft.id)
    clock.move(days=8)
    intake.open_drafts(desk)
    assert blob_paths(desk) == []


def test_bytes_that_a_complaint_has_too_stay(desk: Desk, clock: FakeClock, tmp_path: Path) -> None:
    complaint = register(desk)
    (tmp_path / "a.png").write_bytes(PNG)
    attached = attachments.attach(desk, complaint.id, tmp_path / "a.png")
    draft = intake.save_draft(desk, {})
    draft_files.add(desk, draft.id, "b.png", PNG)
    intake.discard_draft(desk, draft.id)
    clock.move(days=8)
    intake.open_drafts(desk)
    assert attachments.content(desk, attached.sha256) == PNG


def test_the_same_file_again_is_the_one_that_is_there(desk: Desk) -> None:
    draft = intake.save_draft(desk, {})
    assert draft_files.add(desk, draft.id, "a.png", PNG) == draft_files.add(desk, draft.id, "b.png", PNG)


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"GIF89a", PNG + bytes(MAX_FILE_BYTES)])
def test_what_is_not_taken(desk: Desk, content: bytes) -> None:
    draft = intake.save_draft(desk, {})
    with pytest.raises(UnreadableFile, match="x\\.png"):
        draft_files.add(desk, draft.id, "x.png", content)
    assert blob_paths(desk) == []


def test_one_too_many(desk: Desk) -> None:
    draft = intake.save_draft(desk, {})
    made: list[DraftFile] = [draft_files.add(desk, draft.id, "a.png", PNG + bytes([n])) for n in range(MAX_FILES)]
    with pytest.raises(InputError, match="satu PDF"):
        draft_files.add(desk, draft.id, "satu lagi.png", PNG + b"lagi")
    draft_files.remove(desk, made[0].id)
    draft_files.add(desk, draft.id, "satu lagi.png", PNG + b"lagi")
    with pytest.raises(InputError):
        draft_files.restore(desk, made[0].id)


def test_another_officer_takes_a_draft_over_and_who_began_it_stays(desk: Desk) -> None:
    set_officer(desk, "Rahmah")
    draft = intake.save_draft(desk, {"statement": "Banjir"})
    set_officer(desk, "Norhasanah")
    taken = intake.take_over(desk, draft.id)
    assert (taken.officer, taken.begun_by) == ("Norhasanah", "Rahmah")
    again = intake.save_draft(desk, {"statement": "Banjir besar"}, draft.id)
    assert (again.officer, again.begun_by) == ("Norhasanah", "Rahmah")
