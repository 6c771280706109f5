"""The commands as a schedule uses them: JSON out, a numbered sentence on the other side, an honest exit status."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kelurahan_client import __version__, app
from kelurahan_client.cli import main
from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import Status
from kelurahan_client.services import handling
from kelurahan_client.store import reveals
from kelurahan_client.store.engine import open_store
from tests.desk_making import DeskAt, FakeClock, register
from tests.root_log import root_log_as_before

ROOT = Path(__file__).parent.parent.parent
BOOK = ROOT / "tests" / "paper_logs" / "belitung_selatan_2024.csv"
NIK = "6371034508900001"
GOOD = {
    "reporter_name": "Siti Aminah",
    "statement": "Lampu jalan di Gang Mawar padam.",
    "anonymous": False,
    "confidential": False,
}
FIELDS = (
    "id reference office desk classification channel received_date event_date recorded_at server_received_at "
    "reporter_name reporter_sex reporter_nik reporter_phone reporter_address rt rw resident anonymous confidential "
    "title statement category agency agency_written note location priority status due_date book_number book_sheet "
    "book_line warnings rev sync_state"
).split()


class Said(NamedTuple):
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Said]


@pytest.fixture
def run_in(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Said]]:
    """Runs one command on a data folder, in this process."""
    monkeypatch.setattr(app, "system_keyring", lambda: None)

    def run(config: Config, *arguments: object) -> Said:
        try:
            status = main(["--data-dir", str(config.data_dir), *map(str, arguments)])
        except SystemExit as end:
            status = int(end.code or 0)
        return Said(status, *capsys.readouterr())

    with root_log_as_before():
        yield run


@pytest.fixture
def run(run_in: Callable[..., Said], enrolled_config: Config) -> Run:
    """Runs one command at an enrolled desk."""
    return lambda *arguments: run_in(enrolled_config, *arguments)


@pytest.fixture
def add(run: Run, tmp_path: Path) -> Callable[..., str]:
    """Adds a complaint and gives its reference number."""

    def add_one(**changes: Any) -> str:
        path = tmp_path / "one.json"
        path.write_text(json.dumps(GOOD | changes))
        said = run("add", path)
        assert said.status == 0, said.err
        return str(said.json[0]["reference"])

    return add_one


def program(
    config: Config, *arguments: str, data: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kelurahan_client", "--data-dir", str(config.data_dir), *arguments],
        input=data,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"} | environment,
    )


def refused(said: Said, code: str) -> str:
    """The sentence of a command that could not be done."""
    assert said.status == 1
    assert said.out == ""
    assert "Traceback" not in said.err
    for line in said.err.splitlines():
        assert re.match(r"LK-\d{4} \S", line)
        assert len(line) < 400
    assert said.err.startswith(code + " ")
    return said.err


def nothing_written(run: Run) -> bool:
    return run("list").out == "" and run("outbox").out == ""


def test_one_complaint_or_a_list(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "complaints.json"
    path.write_text(json.dumps(GOOD))
    (one,) = run("add", path).json
    assert set(one) == {"id", "reference"}
    path.write_text(json.dumps([GOOD, GOOD]), encoding="utf-8-sig")  # as Windows editors write it
    said = run("add", path)
    assert (said.status, said.err) == (0, "")
    assert [item["reference"][9:14] for item in said.json] == ["00002", "00003"]


def test_the_program_reads_standard_input_and_writes_utf_8_whatever_the_console(enrolled_config: Config) -> None:
    item = GOOD | {"statement": "Lampu padam ✓ 😀 “kadada”."}
    said = program(enrolled_config, "add", "-", data=json.dumps([item]).encode())
    assert (said.returncode, said.stderr) == (0, b"")
    reference = json.loads(said.stdout)[0]["reference"]
    shown = program(enrolled_config, "show", reference, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert json.loads(shown.stdout)["statement"] == item["statement"]


def test_a_reader_that_has_enough_is_no_error(enrolled_config: Config) -> None:
    items = [GOOD] * 300
    assert program(enrolled_config, "add", "-", data=json.dumps(items).encode()).returncode == 0
    command = [sys.executable, "-m", "kelurahan_client", "--data-dir", str(enrolled_config.data_dir), "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as reader:
        assert reader.stdout is not None
        assert reader.stderr is not None
        json.loads(reader.stdout.readline())
        reader.stdout.close()
        assert reader.stderr.read() == b""


def test_what_was_recorded_with_a_warning_is_said_at_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "two.json"
    file.write_text(json.dumps([{"reporter_name": "Siti", "statement": "Lampu padam.", "reporter_phone": "12"}] * 2))
    said = run("add", file)
    assert said.status == 0
    assert len(said.json) == 2
    for made in said.json:
        warnings = run("show", made["reference"]).json["warnings"]
        assert warnings
        for sentence in warnings:
            assert f"LK-1900 {made['reference']}: {sentence}\n" in said.err


def test_a_list_is_one_object_a_line_with_the_fields_in_their_order(run: Run, add: Callable[..., str]) -> None:
    add(received_date="2024-08-03", rt="7", rw="2", agency="DISHUB")
    add(statement="Sampah menumpuk.")
    said = run("list")
    assert said.status == 0
    assert len(said.lines) == 2
    for line in said.lines:
        assert [name for name in line if name != "location_office"] == FIELDS
    old = said.lines[1]
    assert (old["received_date"], old["rt"], old["rw"], old["resident"]) == ("2024-08-03", "007", "002", True)
    assert (old["classification"], old["channel"], old["priority"]) == ("pengaduan", "tatap_muka", "biasa")
    assert (old["status"], old["rev"], old["sync_state"], old["server_received_at"]) == ("received", 0, "pending", None)
    assert (old["office"], old["desk"], old["event_date"], old["book_line"]) == ("63.71.04.1003", "A", None, None)
    assert old["recorded_at"].endswith("Z")
    assert isinstance(old["warnings"], list)


def test_a_list_is_narrowed(run: Run, add: Callable[..., str]) -> None:
    lamp = add()
    add(statement="Sampah menumpuk.")
    run("transition", lamp, "verified")
    assert [line["reference"] for line in run("list", "--search", "gg mawar").lines] == [lamp]
    assert [line["reference"] for line in run("list", "--status", "verified").lines] == [lamp]
    assert [line["reference"] for line in run("list", "--status", "Terverifikasi").lines] in ([lamp], [])
    assert len(run("list", "--limit", 1).lines) == 1
    for arguments in (("--limit", 0), ("--search", "nowhere"), ("--search", '"* OR ('), ("--search", "x" * 100_000)):
        said = run("list", *arguments)
        assert (said.status, said.out, said.err) == (0, "", "")


def reveal_reasons(config: Config, id_: str) -> list[str]:
    store = open_store(config, None)
    with store.read() as transaction:
        found = [reason for _, _, reason in reveals.of_complaint(transaction, id_)]
    store.close()
    return found


def test_identities_are_masked_unless_revealed_and_that_is_logged(
    run: Run, add: Callable[..., str], enrolled_config: Config
) -> None:
    reference = add(reporter_nik=NIK, reporter_phone="081251234567")
    for said in (run("list"), run("show", reference)):
        assert (said.json["reporter_nik"], said.json["reporter_phone"]) == ("637103••••••••01", "0812••••4567")
    assert reveal_reasons(enrolled_config, said.json["id"]) == []
    for said in (run("list", "--reveal"), run("show", reference, "--reveal")):
        assert (said.json["reporter_nik"], said.json["reporter_phone"]) == (NIK, "081251234567")
    assert len(reveal_reasons(enrolled_config, said.json["id"])) == 2
    for said in (
        run("edit", reference, "location=Muka Langgar"),
        run("transition", reference, "verified"),
        run("outbox"),
    ):
        assert NIK not in said.out
        assert "081251234567" not in said.out


def test_who_saw_what_is_printed_and_written_to_a_workbook(run: Run, add: Callable[..., str], tmp_path: Path) -> None:
    first, second = add(), add()
    for reference in (first, second):
        run("show", reference, "--reveal")
    newest, oldest = run("log", "--kind", "reveal").lines
    assert (newest["n"], newest["reference"], newest["detail"]) == (2, second, "perintah dengan --reveal")
    assert (oldest["kind"], oldest["what"], len(oldest["hash"])) == ("reveal", "Identitas dilihat", 64)
    assert [line["reference"] for line in run("log", "--reference", first).lines] == [first]
    assert len(run("log", "--limit", 1).lines) == 1
    assert run("log", "--by", "Orang lain").lines == run("log", "--to", "2020-01-01").lines == []
    target = tmp_path / "catatan.xlsx"
    assert run("log", "--xlsx", target).json == {"lines": 2}
    assert target.exists()
    assert run("log", "--limit", 1).json["kind"] == "log_export"
    assert run("log", "--from", "kemarin").status == 2


def test_the_log_has_no_word_of_a_citizen(run: Run, add: Callable[..., str], enrolled_config: Config) -> None:
    reference = add(reporter_nik=NIK, reporter_phone="081251234567")
    run("show", reference, "--reveal")
    run("exchange")
    run("add", "/nowhere/Siti Aminah.json")
    log = "".join(path.read_text() for path in enrolled_config.data_dir.glob("desk.log*"))
    for word in ("Siti", "Mawar", NIK, "081251234567"):
        assert word not in log


def test_what_is_resolved_and_silent_is_closed_after_a_look(
    run: Run, enrolled_config: Config, desk_at: DeskAt, clock: FakeClock
) -> None:
    clock.at = datetime.now(UTC) - timedelta(days=60)
    desk = desk_at(enrolled_config)
    made = register(desk, received_date=desk.today())
    for to in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        handling.transition(desk, made.id, to, "Lampu diganti.")
    desk.store.close()
    expected = {"closed": 1, "references": [made.reference]}
    assert run("close-silent", "--dry-run").json == expected
    assert run("show", made.reference).json["status"] == "resolved"
    assert run("close-silent").json == expected
    assert run("show", made.reference).json["status"] == "closed"
    assert run("close-silent").json == {"closed": 0, "references": []}


def test_a_complaint_is_shown_with_its_story(run: Run, add: Callable[..., str]) -> None:
    reference = add()
    follow = run("follow-up", reference, "Sudah ditinjau.")
    assert set(follow.json) == {"id", "at", "actor"}
    moved = run("transition", reference, "on_hold", "--note", "Alamatnya di mana?")
    assert moved.json["status"] == "on_hold"
    shown = run("show", reference.lower().replace("-", " "))
    assert [name for name in shown.json if name != "location_office"] == [*FIELDS, "timeline", "conflicts", "problems"]
    story = shown.json["timeline"]
    assert [entry["kind"] for entry in story] == ["status", "follow_up", "registered"]
    assert (story[0]["status_from"], story[0]["status_to"], story[0]["text"]) == (
        "received",
        "on_hold",
        "Alamatnya di mana?",
    )
    assert (shown.json["conflicts"], shown.json["problems"]) == ([], [])


def test_fields_are_edited_as_they_are_written(run: Run, add: Callable[..., str]) -> None:
    reference = add()
    said = run(
        "edit", reference, "location=Muka Langgar = sebelah kiri", "confidential=true", "anonymous=null", "rt=12/3"
    )
    assert (said.status, said.err) == (0, "")
    found = said.json
    assert [name for name in found if name != "location_office"] == FIELDS
    assert (found["location"], found["confidential"], found["anonymous"], found["rt"], found["rw"]) == (
        "Muka Langgar = sebelah kiri",
        True,
        None,
        "012",
        "003",
    )
    said = run("edit", reference, f"reporter_phone={NIK}")
    assert said.status == 0
    assert said.err == "LK-1900 NIK tertulis di kolom HP; dipindahkan ke kolom NIK.\n"


def test_a_referral_names_its_agency(run: Run, add: Callable[..., str]) -> None:
    reference = add()
    run("transition", reference, "verified")
    assert "SKPD" in refused(run("transition", reference, "referred"), "LK-1101")
    assert run("transition", reference, "referred", "--agency", "Dishub").json["agency"] == "DISHUB"


def test_the_outbox_lists_what_waits(run: Run, add: Callable[..., str]) -> None:
    assert run("outbox").out == ""
    reference = add()
    run("follow-up", reference, "Sudah ditinjau.")
    lines = run("outbox").lines
    assert [(line["n"], line["op"], line["reference"], line["result"]) for line in lines] == [
        (2, "append", reference, ""),
        (1, "create", reference, ""),
    ]
    assert run("conflicts").lines == []


def test_a_book_goes_in_once_and_may_be_taken_back(run: Run, tmp_path: Path) -> None:
    tried = run("import", BOOK, "--dry-run").json
    assert list(tried) == ["import_id", "read", "accepted", "duplicates", "rejected"]
    assert nothing_written(run)
    rejected = tmp_path / "ditolak.xlsx"
    done = run("import", BOOK, "--rejected", rejected).json
    assert done | {"import_id": ""} == tried | {"import_id": ""}
    assert done["read"] == done["accepted"] + done["duplicates"] + len(done["rejected"])
    assert all(set(row) == {"row", "reason"} for row in done["rejected"])
    assert rejected.exists() == bool(done["rejected"])
    assert len(run("list").lines) == done["accepted"] > 10
    again = run("import", BOOK).json
    assert (again["accepted"], again["duplicates"]) == (0, done["accepted"] + done["duplicates"])
    undone = run("undo-import", done["import_id"]).json
    assert undone == {"import_id": done["import_id"], "removed": done["accepted"], "kept": 0}
    assert run("list").out == ""
    refused(run("undo-import", done["import_id"]), "LK-1100")
    refused(run("undo-import", "nobody"), "LK-1103")


def test_the_doctor_finds_a_desk_well(run: Run, add: Callable[..., str]) -> None:
    add()
    said = run("doctor")
    assert said.status == (1 if said.json["problems"] else 0)
    assert [problem for problem in said.json["problems"] if "disk" not in problem] == []
    assert (said.json["complaints"], said.json["unsent"], said.json["key_kept_in"]) == (1, 1, "file")


def test_an_exchange_without_a_network_says_so_and_loses_nothing(run: Run, add: Callable[..., str]) -> None:
    add()
    assert "aman" in refused(run("exchange"), "LK-3001")
    assert run("outbox").lines[0]["tried_at"] is not None


def test_before_the_enrolment(run_in: Callable[..., Said], config: Config, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(GOOD))
    for arguments in (("add", path), ("exchange",), ("import", BOOK)):
        refused(run_in(config, *arguments), "LK-2006")
    assert run_in(config, "list").out == ""
    said = run_in(config, "doctor")
    assert (said.status, said.json["office"]) == (1, "")
    assert said.err.startswith("LK-1100 ")


def test_an_enrolment_that_cannot_be(run: Run, run_in: Callable[..., Said], tmp_path: Path) -> None:
    assert "sudah terdaftar" in refused(run("enrol", "--server", "127.0.0.1:9", "--code", "ABCD-EFGH"), "LK-1100")
    new = Config(tmp_path / "new")
    for server, code, number in (
        ("http://lapor.example", "ABCD-EFGH", "LK-1100"),
        ("127.0.0.1:9", "AB", "LK-1100"),
        ("127.0.0.1:9", "x" * 1_000, "LK-1100"),
        ("127.0.0.1:9", "ABCD-EFGH", "LK-3001"),
    ):
        refused(run_in(new, "enrol", "--server", server, "--code", code), number)
    refused(run_in(new, "exchange"), "LK-2006")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "LK-1102"),
        (b"{", "LK-1102"),
        (b'{"statement": "a"', "LK-1102"),
        (b"\xff\xfe\x00", "LK-1102"),
        (b"\x00" * 100, "LK-1102"),
        (b"[" * 200_000, "LK-1102"),
        (b'{"book_line": ' + b"9" * 5_000 + b"}", "LK-1102"),
        (b"[]", "LK-1100"),
        (b"7", "LK-1101"),
        (b"[null]", "LK-1101"),
        (b'"text"', "LK-1101"),
        (b"{}", "LK-1101"),
        (b'{"statement": NaN}', "LK-1101"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_file_that_is_no_complaint(run: Run, tmp_path: Path, text: bytes, code: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(text)
    refused(run("add", path), code)
    assert nothing_written(run)


FUTURE = "2062-08-03"


@pytest.mark.parametrize(
    "changes",
    [
        {"statement": "x" * 1_000_000},
        {"reporter_name": "\x00"},
        {"statement": "\u202e\u200f"},
        {"received_date": FUTURE},
        {"event_date": FUTURE},
        {"received_date": "kemarin"},
        {"colour": "red"},
        {"statement": 7},
        {"book_line": 10**30},
        {"anonymous": "ya"},
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_complaint_that_cannot_be_taken(run: Run, tmp_path: Path, changes: dict[str, Any]) -> None:
    path = tmp_path / "bad.json"
    path.write_text(json.dumps([GOOD, GOOD | changes]))
    sentence = refused(run("add", path), "LK-1101")
    assert next(iter(changes)) in sentence
    assert "2. " in sentence
    assert nothing_written(run)


def test_oddities_go_in_with_a_warning(run: Run, add: Callable[..., str]) -> None:
    reference = add(reporter_phone=NIK, title="Lam\x00pu \u202epadam")
    shown = run("show", reference, "--reveal").json
    assert (shown["reporter_phone"], shown["reporter_nik"], shown["title"]) == ("", NIK, "Lampu padam")
    warnings = " ".join(shown["warnings"])
    for word in ("dipindahkan ke kolom NIK", "arah tulisan", "karakter kendali"):
        assert word in warnings


def test_commands_about_what_is_not_there(run: Run, tmp_path: Path) -> None:
    for arguments, code in (
        (("add", tmp_path / "nowhere.json"), "LK-1102"),
        (("add", tmp_path), "LK-1102"),
        (("import", tmp_path / "nowhere.xlsx"), "LK-1102"),
        (("import", tmp_path), "LK-1102"),
        (("import", BOOK, "--mapping", tmp_path / "nowhere.json"), "LK-1102"),
        (("show", "0403A-26-00017-K"), "LK-1103"),
        (("show", "nonsense"), "LK-1100"),
        (("show", "x" * 100_000), "LK-1100"),
        (("edit", "0403A-26-00017-K", "location=x"), "LK-1103"),
        (("follow-up", "0403A-26-00017-K", "text"), "LK-1103"),
        (("transition", "0403A-26-00017-K", "verified"), "LK-1103"),
        (("transition", "0403A-26-00017-K", "nonsense"), "LK-1100"),
        (("list", "--status", "nonsense"), "LK-1100"),
    ):
        refused(run(*arguments), code)
    assert nothing_written(run)


def test_changes_that_cannot_be(run: Run, add: Callable[..., str]) -> None:
    reference = add()
    before = run("show", reference).out, run("outbox").out
    for arguments, code in (
        (("edit", reference, "location"), "LK-1100"),
        (("edit", reference, "=x"), "LK-1101"),
        (("edit", reference, "colour=red"), "LK-1101"),
        (("edit", reference, "status=closed"), "LK-1101"),
        (("edit", reference, "received_date=2024-01-01"), "LK-1101"),
        (("edit", reference, "anonymous=ya"), "LK-1101"),
        (("edit", reference, "anonymous=" + "[" * 100_000), "LK-1101"),
        (("edit", reference, "anonymous=" + "9" * 5_000), "LK-1101"),
        (("edit", reference, f"event_date={FUTURE}"), "LK-1101"),
        (("edit", reference, "statement=" + "x" * 100_000), "LK-1101"),
        (("edit", reference, "statement=\x00"), "LK-1101"),
        (("follow-up", reference, ""), "LK-1100"),
        (("follow-up", reference, "x" * 100_000), "LK-1100"),
        (("follow-up", reference, "\u202e\x00"), "LK-1100"),
        (("transition", reference, "closed"), "LK-1104"),
        (("transition", reference, "archived"), "LK-1104"),
        (("transition", reference, "archived", "--note", "\x00"), "LK-1104"),
        (("transition", reference, "verified", "--agency", "DLH"), "LK-1101"),
    ):
        refused(run(*arguments), code)
    assert (run("show", reference).out, run("outbox").out) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("show",),
        ("list", "--limit", "-1"),
        ("list", "--limit", "x"),
        ("list", "--colour", "red"),
        ("edit", "0403A-26-00017-K"),
        ("enrol", "--server", "127.0.0.1:9"),
    ],
)
def test_a_command_that_is_not_understood(run: Run, arguments: tuple[str, ...]) -> None:
    said = run(*arguments)
    assert (said.status, said.out) == (2, "")
    assert "LK-1001 " in said.err


def test_the_version(run: Run) -> None:
    assert run("--version").out == f"{__version__}\n"


def test_a_second_program_on_the_same_data(run: Run, enrolled_config: Config, desk_at: DeskAt) -> None:
    desk_at(enrolled_config)
    refused(run("list"), "LK-2005")


def test_data_that_cannot_be_opened(run: Run, run_in: Callable[..., Said], enrolled_config: Config) -> None:
    key = enrolled_config.key_file.read_text()
    enrolled_config.key_file.write_text("ab" * 32)
    refused(run("list"), "LK-2001")
    enrolled_config.key_file.write_text(key)
    assert run("list").status == 0
    said = run_in(Config(enrolled_config.key_file), "list")
    refused(said, "LK-2000")
    assert "berkas dan folder tertukar" in said.err


def test_the_program_ends_with_the_status_of_its_command(enrolled_config: Config) -> None:
    assert program(enrolled_config, "list").returncode == 0
    failed = program(enrolled_config, "show", "nonsense")
    assert (failed.returncode, failed.stdout) == (1, b"")
    assert failed.stderr.startswith(b"LK-1100 ")
    assert program(enrolled_config, "nonsense").returncode == 2
