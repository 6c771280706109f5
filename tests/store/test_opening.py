"""Opening the desk's data: each way to fail is a clear sentence, and none of them overwrites anything."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kelurahan_client.config import Config
from kelurahan_client.errors import (
    AlreadyOpen,
    DamagedData,
    DiskFull,
    LaporError,
    NewerData,
    StoreError,
    WrongKey,
)
from kelurahan_client.services import intake, lists
from kelurahan_client.services.desk import Desk, set_officer
from kelurahan_client.store import aside, audit, prints, schema, settings
from kelurahan_client.store.audit import AuditFilter, AuditKind, NewLine
from kelurahan_client.store.engine import open_store
from kelurahan_client.store.tables import metadata
from sync.protocol import Change
from tests.desk_making import START, DeskAt, files_of, register
from tests.older_data import make_older

ROOT = Path(__file__).parent.parent.parent


def is_a_sentence(error: LaporError) -> bool:
    return error.message.endswith((".", "…")) and error.code.startswith("LK-") and bool(error.way_out)


def references(desk: Desk) -> list[str]:
    return [complaint.reference for complaint in lists.full(desk, lists.ListFilter())]


def pragma(desk: Desk, name: str) -> object:
    with desk.store.read() as transaction:
        return transaction.connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_first_start_makes_a_private_folder_with_an_empty_desk(config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(config)
    assert references(desk) == []
    assert stat.S_IMODE(config.data_dir.stat().st_mode) == 0o700
    assert not config.backup_dir.exists()
    with desk.store.read() as transaction:
        version = transaction.connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    assert version == schema.HEAD


def test_what_is_written_survives_a_power_cut(desk: Desk) -> None:
    assert pragma(desk, "journal_mode") == "wal"
    assert pragma(desk, "synchronous") == 2  # FULL
    assert pragma(desk, "foreign_keys") == 1


def test_reopening_finds_everything_and_migrates_nothing(
    enrolled_config: Config, desk_at: DeskAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_at(enrolled_config)
    made = register(desk)
    desk.store.close()
    monkeypatch.setattr(schema, "migrate", lambda _: pytest.fail("migrated again"))
    assert references(desk_at(enrolled_config)) == [made.reference]
    assert not enrolled_config.backup_dir.exists()


OLD = schema.HEAD
NEXT = f"{int(schema.HEAD) + 1:04d}"
LATER = """
from alembic import op

revision = "{next}"
down_revision = "{old}"


def upgrade() -> None:
    op.execute("CREATE TABLE later (note TEXT)")
    op.execute("INSERT INTO later SELECT reference FROM complaint")
    {last}
"""


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This program as it will be with one migration more; gives the migration's file."""
    shipped = Path(schema.__file__).parent / "migrations"
    folder = tmp_path / "migrations"
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", str(folder))
    monkeypatch.setattr(schema, "HEAD", NEXT)
    monkeypatch.setattr(schema, "KNOWN", schema.KNOWN | {NEXT})
    return folder / "versions" / "v9999_later.py"


def test_an_older_schema_is_saved_before_it_is_brought_up(
    enrolled_config: Config, tmp_path: Path, desk_at: DeskAt, newer_program: Path
) -> None:
    newer_program.write_text(LATER.format(next=NEXT, old=OLD, last=""))
    with pytest.MonkeyPatch.context() as old_program:
        old_program.setattr(schema, "HEAD", OLD)
        desk = desk_at(enrolled_config)
    made = register(desk)
    desk.store.close()

    desk = desk_at(enrolled_config)
    assert references(desk) == [made.reference]
    with desk.store.read() as transaction:
        assert transaction.connection.exec_driver_sql("SELECT note FROM later").scalar() == made.reference
    desk.store.close()

    saved = enrolled_config.backup_dir / f"before-{NEXT}-{START:%Y%m%dT%H%M%S}.db"
    assert list(enrolled_config.backup_dir.iterdir()) == [saved]
    old = Config(tmp_path / "restored")
    old.data_dir.mkdir()
    shutil.copy(saved, old.database)
    shutil.copy(enrolled_config.key_file, old.key_file)
    with pytest.MonkeyPatch.context() as old_program:
        old_program.setattr(schema, "HEAD", OLD)
        assert references(desk_at(old)) == [made.reference]


def of_an_old_program(tmp_path: Path, version: str, made: Callable[[], Desk]) -> Desk:
    """A desk as the program of this schema would have made it."""
    shipped = Path(schema.__file__).parent / "migrations"
    old = tmp_path / "old"
    (old / "versions").mkdir(parents=True)
    shutil.copy(shipped / "env.py", old)
    for file in (shipped / "versions").glob("v*.py"):
        if file.name[1:5] <= version:
            shutil.copy(file, old / "versions")
    with pytest.MonkeyPatch.context() as old_program:
        old_program.setattr(schema, "MIGRATIONS", str(old))
        old_program.setattr(schema, "HEAD", version)
        return made()


def test_a_desk_of_the_first_program_gets_all_tables(config: Config, tmp_path: Path, desk_at: DeskAt) -> None:
    of_an_old_program(tmp_path, "0001", lambda: desk_at(config)).store.close()
    desk = desk_at(config)
    with desk.store.read() as transaction:
        found = compare_metadata(MigrationContext.configure(transaction.connection), metadata)
    assert [one for one in found if one[0] != "remove_table"] == []  # the search index has tables of its own


PRINTED = ("receipt", "Tanda terima", "c1", "d1", "A5", "printer", "EPSON")
KEPT = ("receipt", "Tanda “terima”", "c1", "d1", "A5", "pdf", "")
OLD_LOGS = (
    ("reveal", (1, "c1", "Ani", "2026-08-03T02:00:00Z", "menelepon")),
    ("reveal", (2, "c1", "Ani", "2026-08-03T05:00:00Z", "Ekspor: rapat")),
    ("officer_log", (1, "2026-08-03T01:00:00Z", "Ani", "signed_in", "Ani", "")),
    ("officer_log", (2, "2026-08-03T03:00:00Z", "Ani", "role", "Budi", "lurah")),
    ("print_log", (7, *PRINTED, 1, "Ani", "2026-08-03T04:00:00Z", "2026-08-03T03:59:00Z")),
    ("print_log", (8, *KEPT, 1, "Ani", "2026-08-03T04:30:00Z", None)),
)


def test_what_was_logged_before_the_chain_begins_it_as_it_was(config: Config, tmp_path: Path, desk_at: DeskAt) -> None:
    desk = of_an_old_program(tmp_path, "0014", lambda: desk_at(config))
    with desk.store.write() as transaction:
        for table, row in OLD_LOGS:
            places = ", ".join("?" * len(row))
            transaction.connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({places})", row)  # noqa: S608  # ours
    desk.store.close()
    desk = desk_at(config)
    with desk.store.write() as transaction:
        assert audit.first_broken(transaction) is None
        lines = audit.by_numbers(transaction, audit.numbers(transaction, AuditFilter())[::-1])
        told = [(one.kind, one.at.hour, dict(one.body)) for one in lines]
        printed = {"title": "Tanda terima", "kind": "receipt", "size": "A5", "medium": "printer", "printer": "EPSON"}
        kept = printed | {"title": "Tanda “terima”", "medium": "pdf", "printer": ""}
        assert told == [
            (AuditKind.SIGN_IN, 1, {"what": "signed_in", "whom": "Ani", "detail": ""}),
            (AuditKind.REVEAL, 2, {"reason": "menelepon"}),
            (AuditKind.OFFICER, 3, {"what": "role", "whom": "Budi", "detail": "lurah"}),
            (AuditKind.PRINT, 4, printed | {"copy": 1}),
            (AuditKind.UNPRINTED, 3, {"of": 4, "title": "Tanda terima"}),
            (AuditKind.PRINT, 4, kept | {"copy": 1}),
            (AuditKind.EXPORT, 5, {"reason": "Ekspor: rapat"}),
        ]
        assert prints.next_copy(transaction, "d1") == 2
        assert audit.append(transaction, [NewLine(kind=AuditKind.SIGN_IN, at=START, actor="Ani")]) == 8
        assert audit.first_broken(transaction) is None


def test_who_registered_a_complaint_before_is_found_in_what_was_told(enrolled_config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(enrolled_config)
    set_officer(desk, "Rahmah")
    made = register(desk)
    with desk.store.write() as transaction:
        make_older(transaction, "0014")
    desk.store.close()
    assert lists.detail(desk_at(enrolled_config), made.id).timeline[-1].actor == "Rahmah"


def test_records_of_a_newer_centre_leave_the_reference_items(config: Config, tmp_path: Path, desk_at: DeskAt) -> None:
    desk = of_an_old_program(tmp_path, "0003", lambda: desk_at(config))
    kept = Change(type="drone_flight", id="d1", rev=7, body={"at": 7, "teks": "läuft"})
    with desk.store.write() as transaction:
        settings.put_reference(transaction, "agency", "DLH", {"name": "Dinas"}, 3)
        settings.put_reference(transaction, kept.type, kept.id, kept.body, kept.rev)
    desk.store.close()
    desk = desk_at(config)
    with desk.store.write() as transaction:
        assert settings.reference_items(transaction) == [("agency", "DLH", {"name": "Dinas"})]
        assert aside.take(transaction) == [kept]


def test_a_migration_that_fails_leaves_the_old_schema_whole(
    enrolled_config: Config, desk_at: DeskAt, newer_program: Path
) -> None:
    newer_program.write_text(LATER.format(next=NEXT, old=OLD, last="raise RuntimeError('in the middle')"))
    with pytest.raises(RuntimeError, match="in the middle"):
        desk_at(enrolled_config)
    with pytest.MonkeyPatch.context() as old_program:
        old_program.setattr(schema, "HEAD", OLD)
        desk = desk_at(enrolled_config)
        register(desk)
    with desk.store.read() as transaction:
        tables = transaction.connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    assert "later" not in tables


def test_no_migration_without_its_backup(enrolled_config: Config, desk_at: DeskAt, newer_program: Path) -> None:
    newer_program.write_text(LATER.format(next=NEXT, old=OLD, last=""))
    enrolled_config.backup_dir.write_text("in the way")
    before = files_of(enrolled_config)
    with pytest.raises(StoreError) as caught:
        desk_at(enrolled_config)
    assert is_a_sentence(caught.value)
    assert files_of(enrolled_config) == before


def test_a_wrong_key_opens_nothing(enrolled_config: Config, desk_at: DeskAt) -> None:
    right = enrolled_config.key_file.read_text()
    enrolled_config.key_file.write_text("ab" * 32)
    before = files_of(enrolled_config)
    with pytest.raises(WrongKey) as caught:
        desk_at(enrolled_config)
    assert is_a_sentence(caught.value)
    assert files_of(enrolled_config) == before
    enrolled_config.key_file.write_text(right)  # the failed attempt left no lock behind either
    assert references(desk_at(enrolled_config)) == []


@pytest.mark.parametrize("text", ["", "not hexadecimal", "abcd", "ab" * 33, "\u00e4" * 64])
def test_a_spoiled_key_file(enrolled_config: Config, desk_at: DeskAt, text: str) -> None:
    enrolled_config.key_file.write_text(text, encoding="utf-8")
    before = files_of(enrolled_config)
    with pytest.raises(WrongKey) as caught:
        desk_at(enrolled_config)
    assert is_a_sentence(caught.value)
    assert files_of(enrolled_config) == before


def flip(path: Path, start: int, length: int = 64) -> None:
    data = bytearray(path.read_bytes())
    for place in range(start, start + length):
        data[place] ^= 0xFF
    path.write_bytes(data)


def test_a_first_page_that_is_not_what_was_written(enrolled_config: Config, desk_at: DeskAt) -> None:
    flip(enrolled_config.database, 200)
    before = files_of(enrolled_config)
    with pytest.raises(StoreError) as caught:
        desk_at(enrolled_config)
    assert is_a_sentence(caught.value)
    assert files_of(enrolled_config) == before


def test_a_later_page_that_is_not_what_was_written(enrolled_config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(enrolled_config)
    for _ in range(20):
        register(desk, statement="Air tidak mengalir. " * 200)
    desk.store.close()
    size = enrolled_config.database.stat().st_size
    written = 20 * len("Air tidak mengalir. " * 200)  # at the end, where opening does not look
    flip(enrolled_config.database, size - written, written - 10)
    desk = desk_at(enrolled_config)
    with pytest.raises(DamagedData) as caught:
        references(desk)
    assert is_a_sentence(caught.value)
    assert "rusak" in caught.value.message


def test_a_whole_file_has_nothing_to_report_and_a_damaged_one_has(enrolled_config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(enrolled_config)
    assert desk.store.check() == []
    desk.store.close()
    flip(enrolled_config.database, enrolled_config.database.stat().st_size - 2_000)  # a page that opening needs not
    assert desk_at(enrolled_config).store.check()


def test_a_file_that_is_no_database(enrolled_config: Config, desk_at: DeskAt) -> None:
    enrolled_config.database.write_bytes(b"Daftar belanja: beras, gula, teh.\n" * 400)
    before = files_of(enrolled_config)
    with pytest.raises(StoreError) as caught:
        desk_at(enrolled_config)
    assert is_a_sentence(caught.value)
    assert files_of(enrolled_config) == before


def test_data_of_a_newer_program(enrolled_config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(enrolled_config)
    with desk.store.write() as transaction:
        transaction.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    desk.store.close()
    before = files_of(enrolled_config)
    with pytest.raises(NewerData) as caught:
        desk_at(enrolled_config)
    assert is_a_sentence(caught.value)
    assert files_of(enrolled_config) == before


def test_a_second_opening_while_open(enrolled_config: Config, desk_at: DeskAt) -> None:
    first = desk_at(enrolled_config)
    with pytest.raises(AlreadyOpen) as caught:
        desk_at(enrolled_config)
    assert is_a_sentence(caught.value)
    register(first)
    first.store.close()
    assert len(references(desk_at(enrolled_config))) == 1


OPEN_IT = """
import sys
from pathlib import Path
from kelurahan_client.config import Config
from kelurahan_client.errors import LaporError
from kelurahan_client.store.engine import open_store
try:
    store = open_store(Config(Path(sys.argv[1])), None)
except LaporError as error:
    print(type(error).__name__)
else:
    print("open", flush=True)
    sys.stdin.read()
    store.close()
"""


def in_another_process(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_a_second_opening_from_another_process(enrolled_config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(enrolled_config)
    with in_another_process(OPEN_IT, str(enrolled_config.data_dir)) as other:
        assert other.communicate()[0] == "AlreadyOpen\n"
    desk.store.close()
    with in_another_process(OPEN_IT, str(enrolled_config.data_dir)) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(AlreadyOpen):
            desk_at(enrolled_config)
        other.kill()  # a power cut leaves no lock behind
        other.wait()
    assert references(desk_at(enrolled_config)) == []


def test_a_full_disk_keeps_what_was_there(desk: Desk) -> None:
    made = register(desk)
    with desk.store.write() as transaction:
        pages = transaction.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        transaction.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")
    kept = 0
    with pytest.raises(DiskFull) as caught:  # noqa: PT012  # the last of them is the one that does not fit
        while True:
            intake.save_draft(desk, {"statement": "x" * 8_000})
            kept += 1
    assert is_a_sentence(caught.value)
    assert references(desk) == [made.reference]
    assert len(intake.open_drafts(desk)) == kept
    with desk.store.write() as transaction:
        transaction.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    intake.save_draft(desk, {"statement": "x" * 8_000})
    assert desk.store.check() == []


FILL_IT = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from kelurahan_client.config import Config
from kelurahan_client.errors import StoreError
from kelurahan_client.store import drafts
from kelurahan_client.store.engine import open_store
store = open_store(Config(Path(sys.argv[1])), None)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
kept = 0
try:
    while True:
        with store.write() as transaction:
            drafts.put(transaction, str(kept), "Petugas", {"statement": "x" * 5_000}, datetime.now(UTC))
        kept += 1
except StoreError as error:
    print(kept, type(error).__name__, error.message)
"""


def test_a_disk_that_refuses_to_write_keeps_what_it_said_it_kept(enrolled_config: Config, desk_at: DeskAt) -> None:
    with in_another_process(FILL_IT, str(enrolled_config.data_dir)) as other:
        said = other.communicate()[0].split(maxsplit=2)
    assert int(said[0]) > 10
    assert "belum tersimpan" in said[2]
    desk = desk_at(enrolled_config)
    assert len(intake.open_drafts(desk)) == int(said[0])
    assert desk.store.check() == []


@pytest.mark.parametrize("place", ["data_dir", "lock_file", "database", "key_file"])
def test_something_in_the_way(config: Config, desk_at: DeskAt, place: str) -> None:
    way: Path = getattr(config, place)
    if place == "data_dir":
        way.write_text("a file, not a folder")
    else:
        way.mkdir(parents=True)
    with pytest.raises(StoreError) as caught:
        desk_at(config)
    assert is_a_sentence(caught.value)
    assert way.exists()


def test_no_name_stands_in_the_raw_files(enrolled_config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(enrolled_config)
    register(desk, reporter_name="Norhasanah Binti Basuni", statement="Jembatan ulin di Handil Bakti lapuk.")
    intake.save_draft(desk, {"reporter_name": "Norhasanah Binti Basuni"})
    desk.store.backup(enrolled_config.data_dir / "copy.db")
    written = b"".join(files_of(enrolled_config).values())  # while the WAL still holds it
    desk.store.close()
    written += b"".join(files_of(enrolled_config).values())
    for word in ("Norhasanah", "norhasanah", "Handil", "handil", "reporter_name", "SQLite format 3"):
        assert word.encode() not in written
        assert word.encode("utf-16-le") not in written


def test_a_backup_is_whole_and_overwrites_nothing(enrolled_config: Config, tmp_path: Path, desk_at: DeskAt) -> None:
    desk = desk_at(enrolled_config)
    made = register(desk)
    copy = Config(tmp_path / "copy")
    copy.data_dir.mkdir()
    desk.store.backup(copy.database)
    shutil.copy(enrolled_config.key_file, copy.key_file)
    before = copy.database.read_bytes()
    with pytest.raises(StoreError, match="tidak ditimpa"):
        desk.store.backup(copy.database)
    assert copy.database.read_bytes() == before
    assert references(desk_at(copy)) == [made.reference]


def test_the_windows_thread_is_refused(desk: Desk) -> None:
    desk.store.refuse_thread(threading.get_ident())
    with pytest.raises(RuntimeError, match="window"):
        references(desk)
    with pytest.raises(RuntimeError, match="window"), desk.store.write():
        pass
    found: list[list[str]] = []
    worker = threading.Thread(target=lambda: found.append(references(desk)))
    worker.start()
    worker.join()
    assert found == [[]]


def test_reading_never_writes(desk: Desk) -> None:
    with desk.store.read() as transaction:
        transaction.connection.exec_driver_sql("DELETE FROM meta")
    with desk.store.read() as transaction:
        assert transaction.connection.exec_driver_sql("SELECT count(*) FROM meta").scalar_one() > 0


def test_a_mistake_of_ours_is_not_dressed_up_as_the_worlds(desk: Desk) -> None:
    with pytest.raises(Exception, match="no such table") as caught, desk.store.read() as transaction:
        transaction.connection.exec_driver_sql("SELECT * FROM nothing_of_this_name")
    assert not isinstance(caught.value, LaporError)


def test_opening_needs_no_writable_umask(config: Config) -> None:
    old = os.umask(0)
    try:
        open_store(config, None).close()
    finally:
        os.umask(old)
    assert stat.S_IMODE(config.data_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE(config.key_file.stat().st_mode) == 0o600
