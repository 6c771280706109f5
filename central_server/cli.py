"""The centre's commands: serve, and what a city admin does without a web page.

A result goes to standard output; a refusal is one sentence with its number on standard error and exit status 1
(2 for a command line that cannot be read).
"""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from central_server import enrolment, quarantine
from central_server.centre import Centre, open_centre
from central_server.errors import BadSettings
from central_server.serving import bind, serve
from kelurahan_client.domain.fields import CLI_ORDER
from kelurahan_client.domain.nik import mask_nik
from kelurahan_client.domain.phone import mask_phone
from kelurahan_client.errors import LaporError
from sync.protocol import RecordType

Command = Callable[[Centre, argparse.Namespace], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status."""
    parsed = _parser().parse_args(arguments)
    try:
        _run(parsed)
    except LaporError as error:
        sys.stderr.write(f"{error.code} {error}\n")
        return 1
    except BrokenPipeError:
        # Whoever read us has seen enough; what is still buffered must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def _run(parsed: argparse.Namespace) -> None:
    command: Command = parsed.command
    if command is _serve:
        parsed.socket = bind(parsed.host, parsed.port)  # an address in use is known before the database is touched
    centre = open_centre(parsed.data_dir, parsed.database_url)
    try:
        command(centre, parsed)
        sys.stdout.flush()
    finally:
        centre.store.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m central_server", description="The centre of Lapor Kelurahan.")
    parser.add_argument("--data-dir", type=Path, default=Path("central-data"), help="folder of the SQLite database")
    parser.add_argument(
        "--database-url",
        default=os.environ.get("DATABASE_URL") or None,
        help="postgresql://... instead of the file in --data-dir; also from the environment's DATABASE_URL",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, help_: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=help_)
        added.set_defaults(command=command)
        return added

    serving = add("serve", _serve, "serve desks; prints one line with the address when it is ready")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8371, help="0 takes a free one")
    for name, command, help_ in (
        ("enrol-code", _enrol_code, "print a one-time code for one desk, valid 72 hours"),
        ("revoke", _revoke, "withdraw the computer of a desk"),
    ):
        desk = add(name, command, help_)
        desk.add_argument("--office", required=True, help="code of the kelurahan, as 63.71.04.1003")
        desk.add_argument("--desk", required=True, help="one letter")
    complaints = add("complaints", _complaints, "print the complaints, one JSON object a line")
    complaints.add_argument("--office", help="only those that this kelurahan sees")
    complaints.add_argument("--reveal", action="store_true", help="show NIK and phone; this is logged")
    add("quarantine", _quarantine, "print the items that wait in quarantine, one JSON object a line")
    add("release", _release, "apply an item from quarantine and what waits for it").add_argument("id", type=int)
    return parser


def _serve(centre: Centre, parsed: argparse.Namespace) -> None:
    serve(centre, parsed.socket)


def _enrol_code(centre: Centre, parsed: argparse.Namespace) -> None:
    sys.stdout.write(enrolment.make_code(centre, parsed.office, parsed.desk) + "\n")


def _revoke(centre: Centre, parsed: argparse.Namespace) -> None:
    enrolment.revoke(centre, parsed.office, parsed.desk)


def _complaints(centre: Centre, parsed: argparse.Namespace) -> None:
    if parsed.office is not None and centre.reference.office(parsed.office) is None:
        raise BadSettings(f"Kelurahan dengan kode {parsed.office} tidak ada.")
    if parsed.reveal:
        with centre.store.writing() as session:
            session.log_reveal(centre.now(), _who(), f"complaints {parsed.office or '*'}")
    with centre.store.reading() as session:
        for complaint in session.feed.complaints(parsed.office):
            _print(_line(complaint, reveal=parsed.reveal))


def _line(complaint: dict[str, Any], *, reveal: bool) -> dict[str, Any]:
    line = {name: complaint.get(name) for name in CLI_ORDER}
    line["sync_state"] = "conflict" if complaint["conflict"] else "acknowledged"
    if not reveal:
        line["reporter_nik"] = mask_nik(line["reporter_nik"] or "")
        line["reporter_phone"] = mask_phone(line["reporter_phone"] or "")
    return line


def _quarantine(centre: Centre, _parsed: argparse.Namespace) -> None:
    with centre.store.reading() as session:
        for held in session.inbox.waiting():
            _print(
                {
                    "id": held.id,
                    "office": held.office,
                    "desk": held.desk,
                    "n": held.n,
                    "kind": RecordType.COMPLAINT if held.creates else "",
                    "target": held.target,
                    "number": held.number,
                    "reason": held.reason,
                    "held_at": held.held_at,
                }
            )


def _release(centre: Centre, parsed: argparse.Namespace) -> None:
    for result in quarantine.release(centre.store, parsed.id, centre.new_id, centre.now()):
        _print({"n": result.n, "result": result.result, "id": result.id, "rev": result.rev, "reason": result.reason})


def _print(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in a container
        return str(os.getuid()) if hasattr(os, "getuid") else ""
