"""A backup on a computer that never had its key: the recovery code opens it, and nothing else does."""

from dataclasses import replace
from pathlib import Path

import pytest

from kelurahan_client import app
from kelurahan_client.config import Config
from kelurahan_client.domain.entry_errors import SignInNeeded, WrongPin
from kelurahan_client.domain.recovery_code import as_text
from kelurahan_client.errors import BackupError, FieldErrors, InputError
from kelurahan_client.services import attachments, backups, intake, lists, moving_in
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.store.engine import open_store
from tests.desk_making import DeskAt, register
from tests.officers_at_work import CHEAP, OTHER_PIN, Guarded

PHOTO = b"\xff\xd8\xff\xe0" + bytes(50_000)


@pytest.fixture
def empty(desk_at: DeskAt, tmp_path: Path) -> Desk:
    """A computer on which the program has just been installed."""
    return replace(desk_at(Config(tmp_path / "baru")), pin_cost=CHEAP)


@pytest.fixture
def folder(guarded: Guarded, tmp_path: Path) -> Path:
    """A backup of a desk at work, with an attachment, a draft, and what was never sent."""
    made = register(guarded.desk, title="Lampu padam")
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(PHOTO)
    attachments.attach(guarded.desk, made.id, photo)
    intake.save_draft(guarded.desk, {"statement": "Setengah diketik"})
    return backups.make(guarded.desk, tmp_path / "usb", lambda _far: None, lambda: False).folder


def move_in(desk: Desk, folder: Path, code: str, pin: str = OTHER_PIN) -> None:
    moving_in.move_in(desk, folder, code, pin, lambda _far: None, lambda: False)


def test_everything_is_there_on_the_new_computer_and_only_a_new_pin_opens_it(
    guarded: Guarded, folder: Path, empty: Desk
) -> None:
    config = empty.store.config
    unsent = lists.state(guarded.desk).unsent
    identity = find_identity(guarded.desk)
    move_in(empty, folder, guarded.code.lower().replace("-", " "))
    with pytest.raises(SignInNeeded):  # the empty desk's own key opens nothing any more
        open_store(config, None)
    desk, next_code = app.recover(config, guarded.code, guarded.admin, OTHER_PIN)
    try:
        assert [one.title for one in lists.full(desk, lists.ListFilter())] == ["Lampu padam"]
        assert [draft.fields["statement"] for draft in intake.open_drafts(desk)] == ["Setengah diketik"]
        assert (lists.state(desk).unsent, find_identity(desk)) == (unsent, identity)
        assert desk.store.check() == []
        assert not config.key_file.exists()
    finally:
        desk.store.close()
    assert next_code != guarded.code
    desk, _entered = app.sign_in(config, guarded.admin, OTHER_PIN)
    desk.store.close()


def test_a_wrong_code_or_a_bad_pin_changes_nothing(guarded: Guarded, folder: Path, empty: Desk) -> None:
    with pytest.raises(WrongPin, match="bukan untuk loket ini"):
        move_in(empty, folder, as_text(bytes(15)))
    with pytest.raises(WrongPin, match="Kode pemulihan terdiri"):
        move_in(empty, folder, "ABC")
    with pytest.raises(FieldErrors):
        move_in(empty, folder, guarded.code, "123456")
    blob = next((folder / "blobs").rglob("*"))
    spoilt = next(file for file in blob.rglob("*") if file.is_file())
    spoilt.write_bytes(spoilt.read_bytes()[:-1])
    with pytest.raises(BackupError):
        move_in(empty, folder, guarded.code)
    assert not backups.waiting(empty)
    assert not empty.store.config.officers_file.exists()


def test_a_backup_without_officers_and_a_desk_that_is_not_empty_are_refused(
    guarded: Guarded, folder: Path, empty: Desk, tmp_path: Path
) -> None:
    keyless = backups.make(empty, tmp_path / "lain", lambda _far: None, lambda: False).folder
    with pytest.raises(BackupError, match="hanya terbuka di komputer"):
        moving_in.look(keyless)
    with pytest.raises(InputError, match="sudah terdaftar"):
        move_in(guarded.desk, folder, guarded.code)
