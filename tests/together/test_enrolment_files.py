"""The file that a city's admin brings in place of an address and a code, from a real centre to a real desk."""

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from kelurahan_client.config import Config
from kelurahan_client.errors import UnreadableFile, Untrusted
from kelurahan_client.services import network
from kelurahan_client.services.desk import find_identity
from sync import enrol_file, enrolment
from sync.enrol_file import EnrolFile
from tests.desk_making import FakeClock
from tests.together.certificates import Authority
from tests.together.desk_at_work import DeskAtWork
from tests.together.desk_process import run_command
from tools.central_process import Central

OFFICE = "63.71.04.1003"


@pytest.fixture(scope="module")
def centre(central_factory: Callable[[str], Central]) -> Central:
    made = central_factory("sqlite")
    made.start()
    return made


@pytest.fixture
def desk(tmp_path: Path, blank_folder: Path) -> Iterator[DeskAtWork]:
    """A desk that is not enrolled."""
    config = Config(tmp_path / "desk")
    shutil.copytree(blank_folder, config.data_dir)
    work = DeskAtWork.open(config, "", FakeClock())
    yield work
    work.close()


def given(centre: Central, file: Path, desk: str, *more: str) -> EnrolFile:
    """The file that the centre's command writes for a desk."""
    done = centre.cli(
        "enrol-code", "--office", OFFICE, "--desk", desk, "--file", str(file), "--server", centre.url, *more
    )
    assert (done.returncode, done.stderr) == (0, "")
    found = enrol_file.read(file)
    said = json.loads(done.stdout)
    assert (said["desk"], said["fingerprint"]) == (desk, found.fingerprint)
    return found


def test_a_desk_joins_by_its_file(centre, desk, tmp_path):
    found = given(centre, tmp_path / "loket-a", "A", "--authority", str(Authority(tmp_path, "Kota").file))
    assert (found.server, found.office_name, found.desk) == (centre.url, "Alalak Selatan", "A")
    assert (tmp_path / "loket-a").stat().st_mode & 0o77 == 0
    desk.close()
    done = run_command("--data-dir", str(desk.config.data_dir), "enrol", "--file", str(tmp_path / "loket-a"))
    desk.reopen()
    assert done.status == 0
    assert json.loads(done.out)["desk"] == "A"
    (trusted,) = network.certificates(network.network(desk.desk).authority)
    assert trusted["subject"] == "CN=Kota"


def test_a_server_with_other_keys_is_not_believed(centre, desk, tmp_path):
    found = given(centre, tmp_path / "loket-b", "B")
    other = msgspec.structs.replace(found, server_signing_key=base64.b64encode(bytes(32)).decode())
    assert other.fingerprint != found.fingerprint
    with pytest.raises(Untrusted):
        enrolment.enrol(desk.desk, other.server, other.code, keys_known=other.server_keys)
    assert find_identity(desk.desk) is None
    me = enrolment.enrol(desk.desk, found.server, found.code, keys_known=found.server_keys)
    assert me.desk == "B"


def test_the_command_writes_nothing_where_it_says_no(centre, tmp_path):
    ask = ("enrol-code", "--office", OFFICE, "--desk", "C")
    target = tmp_path / "loket-c"
    key = tmp_path / "key.pem"
    key.write_text("no certificate")
    before = centre.sql("SELECT * FROM enrol_code")
    for more in (
        ("--file", str(target)),
        ("--server", centre.url),
        ("--file", str(target), "--server", "http://lapor.kota.test"),
        ("--file", str(target), "--server", centre.url, "--authority", str(key)),
        ("--file", str(target), "--server", centre.url, "--authority", str(tmp_path / "none.pem")),
        ("--file", str(key), "--server", centre.url),
    ):
        done = centre.cli(*ask, *more)
        assert (done.returncode, done.stdout) == (1, ""), more
        assert done.stderr.startswith("LK-"), more
    assert not target.exists()
    assert key.read_text() == "no certificate"
    assert centre.sql("SELECT * FROM enrol_code") == before  # an older code is not withdrawn for it


def test_every_wrong_file_has_its_sentence(centre, tmp_path):
    path = tmp_path / "loket-d"
    whole = json.loads(enrol_file.encode(given(centre, path, "D")))
    wrong = {
        "kosong": b"",
        "bukan berkas pendaftaran": b"%PDF-1.7 \xff",
        "bukan berkas": json.dumps({"kind": "another"}).encode(),
        "lebih baru": json.dumps(whole | {"version": 2, "more": 1}).encode(),
        "rusak atau diubah": json.dumps(whole | {"more": 1}).encode(),
        "rusak": json.dumps(whole | {"server_signing_key": "AAAA"}).encode(),
        "diubah": json.dumps(whole | {"server": "ftp://x"}).encode(),
        "tidak ada yang diambil": json.dumps(whole | {"authority": "-----BEGIN"}).encode(),
        "atau diubah": json.dumps({name: value for name, value in whole.items() if name != "code"}).encode(),
    }
    for sentence, content in wrong.items():
        path.write_bytes(content)
        with pytest.raises(UnreadableFile) as caught:
            enrol_file.read(path)
        assert sentence in caught.value.message, content
        assert caught.value.way_out
    with pytest.raises(UnreadableFile, match="sudah tidak ada"):
        enrol_file.read(tmp_path / "none")
