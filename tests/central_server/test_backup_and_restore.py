"""A backup counts once it was read back; a restored centre is the same city with another past, and loses no word."""

import json
import zlib
from pathlib import Path

import pytest
import zstandard

from central_server.store import archive
from sync.protocol import REV_STEP, ErrorNumber, ResultKind
from tools.postgres import programs


def kind_of(central) -> str:
    return "postgresql" if central.database_url else "sqlite"


@pytest.fixture
def backup_of(command):
    """Makes a backup and gives what the command says of it."""

    def make(central, file):
        done = command(central, "backup", str(file))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return make


@pytest.fixture
def restored(central_factory, command):
    """Puts a file into a centre of its own, not started yet, and gives what the command says of it."""
    made = []

    def put(file: Path, database: str):
        made.append(central_factory(database))
        done = command(made[-1], "restore", str(file))
        assert done.returncode == 0, done.stderr
        return made[-1], json.loads(done.stdout)

    yield put
    for central in made:
        central.close()


@pytest.fixture
def elsewhere(central, central_factory, command):
    """Commands of another centre on the same kind of database, which nobody has started."""
    made = central_factory(kind_of(central))
    yield lambda *arguments: command(made, *arguments)
    made.close()


def state_of(central) -> archive.Sum:
    with central.centre.store.dumping() as dump:
        for _line in dump.lines:
            pass
    return dump.rows


def a_busy_centre(central, new_desk):
    """A desk with a complaint, its story, a quarantined item and a conflict; and its colleague."""
    desk = new_desk(central)
    other = new_desk(central, desk.office, "B")
    made = desk.create(title="Lampu “padam” 漢 🚧")
    desk.exchange(made, desk.follow_up(made.id, "Ditelepon"), desk.create(id_="bukan-uuid"))
    other.all_pages()
    other.exchange(other.patch(made.id, {"title": "Dari B"}, {"title": made.set["title"]}))
    desk.exchange(desk.patch(made.id, {"title": "Dari A"}, {"title": made.set["title"]}))
    return desk, other, made


def rows(central, table):
    return sorted(
        repr(sorted((name, int(value) if isinstance(value, bool) else value) for name, value in row.items()))
        for row in central.sql(f"SELECT * FROM {table}")  # noqa: S608
    )


def test_a_desk_whose_clock_is_a_blink_behind_is_in_the_backup(central, new_desk, backup_of, tmp_path):
    """PostgreSQL keeps a zero below zero, SQLite does not: read back, the rows must be the same all the same."""
    new_desk(central).exchange()
    a_busy_centre(central, new_desk)
    central.sql("UPDATE mutation SET clock_offset = CAST('-0' AS double precision)")
    assert backup_of(central, tmp_path / "kota.backup")["rows"]


def test_a_backup_holds_every_row_and_goes_into_either_database(central, new_desk, restored, backup_of, tmp_path):
    a_busy_centre(central, new_desk)
    file = tmp_path / "kota.backup"
    said = backup_of(central, file)
    assert (file.stat().st_mode & 0o777, file.stat().st_size) == (0o600, said["bytes"])
    before = state_of(central)
    assert before.counts["record"] > 30
    assert before.counts["history"] == len(central.sql("SELECT id FROM history"))
    other = "postgresql" if kind_of(central) == "sqlite" and programs() else "sqlite"
    again, told = restored(file, other)
    assert (told["state"], told["rows"]) == (said["state"], said["rows"])
    for table in ("mutation", "quarantine", "history", "token", "open_conflict", "counter"):
        assert rows(central, table) == rows(again, table)
    assert {row["last_seen"] for row in again.sql("SELECT last_seen FROM device")} == {None}  # nobody has come yet
    central.sql("UPDATE device SET last_seen = NULL")
    assert rows(central, "device") == rows(again, "device")
    notice = 1  # of the restore itself
    assert state_of(again).counts == before.counts | {
        "record": before.counts["record"] + notice,
        "scope": before.counts["scope"] + notice,
    }


def test_a_restored_centre_has_its_keys_and_another_past(central, new_desk, restored, backup_of, tmp_path):
    desk, _other, made = a_busy_centre(central, new_desk)
    backup_of(central, tmp_path / "kota.backup")
    old = central.centre.identity
    again, told = restored(tmp_path / "kota.backup", kind_of(central))
    new = again.centre.identity
    assert (new.signing_key, new.sealing_key, new.city) == (old.signing_key, old.sealing_key, old.city)
    assert new.server_epoch == told["server_epoch"] != old.server_epoch
    (row,) = again.sql("SELECT rev, stream_from FROM record WHERE id = :id", id=made.id)
    (was,) = central.sql("SELECT rev FROM record WHERE id = :id", id=made.id)
    (head,) = again.sql("SELECT rev_floor FROM head")
    floor = head["rev_floor"]
    assert floor >= REV_STEP
    assert floor % REV_STEP == 0
    assert row["rev"] == row["stream_from"] == was["rev"] + floor
    again.start()
    desk.url = again.url
    reply = desk.all_pages(late := desk.create())
    assert reply.header.server_epoch == new.server_epoch
    assert reply.results[0].result is ResultKind.APPLIED
    assert reply.results[0].rev == floor + 1  # above whatever another desk may have seen
    assert reply.change(made.id).rev > floor
    assert reply.change(late.id)  # a cursor of another past: everything, the desk's own too
    assert [change.body["text"][:24] for change in reply.changes if change.type == "notice"] == [
        "Server kota dipulihkan d"
    ]


def test_only_what_a_verified_backup_holds_is_durable(central, new_desk, backup_of, tmp_path):
    desk = new_desk(central)
    desk.exchange(desk.create(), desk.create())
    assert desk.exchange().header.durable_n == 0
    backup_of(central, tmp_path / "satu")
    desk.exchange(desk.create())
    assert desk.exchange().header.durable_n == 2
    backup_of(central, tmp_path / "dua")
    assert desk.exchange().header.durable_n == 3
    assert new_desk(central).exchange().header.durable_n == 0


def test_a_backup_never_overwrites_and_leaves_no_half(central, backup_of, command, tmp_path):
    backup_of(central, tmp_path / "kota.backup")
    before = (tmp_path / "kota.backup").read_bytes()
    again = command(central, "backup", str(tmp_path / "kota.backup"))
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.startswith("LK-4003 ")
    lost = command(central, "backup", str(tmp_path / "tidak-ada" / "kota.backup"))
    assert (lost.returncode, lost.stderr[:8]) == (1, "LK-4003 ")
    assert (tmp_path / "kota.backup").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["kota.backup"]


def test_a_backup_that_cannot_be_read_back_makes_nothing_durable(central, new_desk, command, tmp_path, monkeypatch):
    desk = new_desk(central)
    desk.exchange(desk.create())
    with monkeypatch.context() as wrong:
        wrong.setattr(archive, "summed", lambda *_: archive.Sum())
        done = command(central, "backup", str(tmp_path / "kota.backup"))
    assert (done.returncode, done.stderr[:8]) == (1, "LK-4006 ")
    assert list(tmp_path.iterdir()) == []
    assert desk.exchange().header.durable_n == 0


def test_a_database_with_anything_in_it_is_not_restored_into(central, backup_of, command, tmp_path):
    backup_of(central, tmp_path / "kota.backup")
    before = state_of(central).state
    done = command(central, "restore", str(tmp_path / "kota.backup"))
    assert (done.returncode, done.stderr[:8]) == (1, "LK-4003 ")
    assert state_of(central).state == before


def repacked(file: Path, change) -> bytes:
    """The file with its lines changed, packed as well as the original."""
    lines = zstandard.ZstdDecompressor().stream_reader(file.read_bytes()).read().splitlines(keepends=True)
    return zstandard.ZstdCompressor(write_checksum=True).compress(b"".join(change(lines)))


DAMAGES = {
    "cut": lambda file: file.read_bytes()[: file.stat().st_size // 2],
    "without its end": lambda file: repacked(file, lambda lines: lines[:-1]),
    "without its last table": lambda file: repacked(file, lambda lines: [*lines[:-4], lines[-1]]),
    "a row altered": lambda file: repacked(file, lambda lines: [line.replace(b"Dinas", b"Dines") for line in lines]),
    "a flipped byte": lambda file: bytes([*(data := file.read_bytes())[:500], data[500] ^ 1, *data[501:]]),
    "something after the end": lambda file: repacked(file, lambda lines: [*lines, b"[1]\n"]),
    "other bytes": lambda file: zlib.compress(file.read_bytes()),
    "nothing": lambda _file: b"",
}


def test_a_damaged_backup_is_refused_and_changes_nothing(central, elsewhere, backup_of, tmp_path, subtests):
    backup_of(central, tmp_path / "kota.backup")
    for name, damage in DAMAGES.items():
        with subtests.test(name):
            (tmp_path / "rusak").write_bytes(damage(tmp_path / "kota.backup"))
            done = elsewhere("restore", str(tmp_path / "rusak"))
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.startswith("LK-4006 "), done.stderr
    done = elsewhere("restore", str(tmp_path / "kota.backup"))
    assert done.returncode == 0, done.stderr


def test_a_lost_token_is_renewed_to_whoever_can_sign(central, new_desk, refused):
    desk = new_desk(central)
    desk.token = "dari-cadangan-lama"
    with pytest.raises(refused) as caught:
        desk.exchange()
    challenge = caught.value.reply["challenge"]
    with pytest.raises(refused) as caught:
        desk.exchange(nonce=f"{challenge}0")
    assert caught.value.number == ErrorNumber.TOKEN
    stranger = new_desk(central)
    stranger.token, stranger.device = "juga-hilang", desk.device
    with pytest.raises(refused) as caught:
        stranger.exchange(nonce=challenge)
    assert caught.value.number == ErrorNumber.TRAILER
    reply = desk.exchange(desk.create(), nonce=challenge)
    assert reply.results[0].result is ResultKind.APPLIED
    assert reply.header.token
    assert desk.exchange(desk.create()).results[0].result is ResultKind.APPLIED
