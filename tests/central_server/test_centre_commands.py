"""The commands of the centre: what they print, and how they refuse."""

import json
import re
import socket
from urllib.parse import urlsplit

from kelurahan_client.domain.fields import CLI_ORDER


def test_complaints_are_flat_lines_with_masked_identities(central, new_desk, command):
    desk = new_desk(central)
    other = new_desk(central)
    create = desk.create(
        reporter_nik="6371034508990003", reporter_phone="0813-5114-0926", warnings=["tanpa tanggal"], x=1
    )
    result = desk.exchange(create).results[0]
    other.exchange(other.create())
    done = central.cli("complaints", "--office", desk.office)
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    complaint = json.loads(line)
    assert list(complaint) == list(CLI_ORDER)
    assert complaint["id"] == create.id
    assert complaint["server_received_at"] == result.received_at
    assert (complaint["rev"], complaint["sync_state"]) == (1, "acknowledged")
    assert complaint["warnings"] == ["tanpa tanggal"]
    assert "6371034508990003" not in line
    assert "5114" not in line
    assert complaint["reporter_nik"] == "637103••••••••03"
    assert central.sql("SELECT * FROM reveal") == []
    revealed = json.loads(command(central, "complaints", "--office", desk.office, "--reveal").stdout)
    assert revealed["reporter_nik"] == "6371034508990003"
    assert revealed["reporter_phone"] == "0813-5114-0926"
    (logged,) = central.sql("SELECT who, what FROM reveal")
    assert logged["who"]
    assert desk.office in logged["what"]
    assert len(command(central, "complaints").stdout.splitlines()) == 2


def test_a_conflict_shows_and_a_deleted_complaint_does_not(central, new_desk, command):
    one = new_desk(central)
    kept, gone = one.create(), one.create()
    one.exchange(kept, gone)
    one.exchange(one.patch(kept.id, {"title": "X"}, {"title": "salah baca"}), one.delete(gone.id))
    (line,) = command(central, "complaints").stdout.splitlines()
    assert json.loads(line)["sync_state"] == "conflict"


def test_enrol_code_is_alone_on_its_line(shared_central):
    done = shared_central.cli("enrol-code", "--office", "63.71.04.1003", "--desk", "A")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}\n", done.stdout)


def test_refusals_are_one_sentence_with_a_number(shared_central, command):
    (port_taken,) = [str(urlsplit(shared_central.url).port)]
    for arguments in (
        ("enrol-code", "--office", "63.71.04.9999", "--desk", "A"),
        ("enrol-code", "--office", "63.71.04.1003", "--desk", "AB"),
        ("enrol-code", "--office", "63.71.04.1003", "--desk", "a"),
        ("revoke", "--office", "63.71.04.1003", "--desk", "Q"),
        ("complaints", "--office", "nowhere"),
        ("release", "12345"),
        ("release", "99999999999999999999999"),
        ("bundle", "discard", "none", "--reason", "Salah stik"),
        ("bundle", "release", "none", "--reason", "Salah stik"),
        ("bundle", "discard", "none", "--reason", " "),
        ("bundle", "export", "x", "--office", "63.71.04.1003", "--desk", "Q"),
        ("serve", "--port", port_taken),
        ("serve", "--port", "70000"),
        ("serve", "--host", "no.such.host.invalid", "--port", "0"),
    ):
        done = shared_central.cli(*arguments) if arguments[0] == "serve" else command(shared_central, *arguments)
        assert (done.returncode, done.stdout) == (1, ""), arguments
        assert re.fullmatch(r"LK-4\d{3} .+\n", done.stderr), (arguments, done.stderr)


def test_usage_is_two(shared_central, command):
    for arguments in (
        (),
        ("dance",),
        ("serve", "--port", "x"),
        ("release",),
        ("enrol-code", "--office", "x"),
        ("bundle",),
        ("bundle", "discard", "none"),
        ("bundle", "release", "none"),
    ):
        assert command(shared_central, *arguments).returncode == 2
    assert shared_central.cli("dance").returncode == 2


def test_databases_that_cannot_be(unstarted_central, tmp_path, command):
    file = tmp_path / "central.db"
    file.write_bytes(b"this is not a database at all, it is a text" * 100)
    for url in (
        "mysql://x",
        "nonsense",
        "postgresql://nobody@127.0.0.1:1/none",
        "sqlite:////no/such/folder/x.db",
        f"sqlite:///{file}",
    ):
        done = command(unstarted_central, "complaints", database_url=url)
        assert (done.returncode, done.stdout) == (1, ""), url
        assert re.fullmatch(r"LK-4\d{3} .+\n", done.stderr), (url, done.stderr)


def test_the_database_file_is_its_owners_alone(tmp_path, unstarted_central, command):
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    unstarted_central.data_dir, unstarted_central.database_url = folder, None
    assert command(unstarted_central, "complaints").returncode == 0
    assert [path.stat().st_mode & 0o077 for path in folder.glob("central.db*")] == [0] * len(list(folder.iterdir()))


def test_the_line_of_serve_is_true(shared_central):
    where = urlsplit(shared_central.url)
    assert where.hostname == "127.0.0.1"
    with socket.create_connection((where.hostname, where.port), timeout=10):
        pass
