"""The centre's commands: serve, and what a city admin does without a web page.

A result goes to standard output; a refusal is one sentence with its number on standard error and exit status 1
(2 for a command line that cannot be read).
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from central_server import (
    backup,
    blobs,
    bundle_commands,
    enrol_files,
    enrolment,
    figure_commands,
    quarantine,
    workers,
)
from central_server.centre import Centre, open_centre, system_clock
from central_server.errors import BadSettings, Unknown
from central_server.limits import Limits
from central_server.serving import Settings, address_of, bind, serve
from central_server.terminal import print_line, who
from kelurahan_client.domain import reference_number
from kelurahan_client.domain.fields import CLI_ORDER, utc_text
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
    if parsed.opens is not None:
        parsed.opens(parsed)
        return
    command: Command = parsed.command
    centre = open_centre(parsed.data_dir, parsed.database_url, blob_store=parsed.blob_store)
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
    parser.add_argument(
        "--blob-store",
        default=os.environ.get("BLOB_STORE") or None,
        help="s3://BUCKET/PREFIX?endpoint=URL for attachments instead of the folder blobs in --data-dir; credentials "
        "from the environment (AWS_ACCESS_KEY_ID, ...); also from the environment's BLOB_STORE",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, help_: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=help_)
        added.set_defaults(command=command, opens=None)
        return added

    _add_serving(commands)
    for name, command, help_ in (
        ("enrol-code", _enrol_code, "print a one-time code for one desk, valid 72 hours"),
        ("revoke", _revoke, "withdraw the computer of a desk"),
    ):
        desk = add(name, command, help_)
        desk.add_argument("--office", required=True, help="code of the kelurahan, as 63.71.04.1003")
        desk.add_argument("--desk", required=True, help="one letter")
        if command is _enrol_code:
            _add_enrol_file(desk)
    add("desks", _desks, "print every computer that was ever enrolled, one JSON object a line")
    complaints = add("complaints", _complaints, "print the complaints, one JSON object a line")
    complaints.add_argument("--office", help="only those that this kelurahan sees")
    complaints.add_argument("--reveal", action="store_true", help="show NIK and phone; this is logged")
    history = add("history", _history, "print every value ever submitted for a complaint, one JSON object a line")
    history.add_argument("reference")
    history.add_argument("--reveal", action="store_true", help="show NIK and phone; this is logged")
    pruning = add("prune", _prune, "forget what left an office long ago; a desk that was away as long compares instead")
    pruning.add_argument("--days", type=int, required=True)
    add("backup", _backup, "write everything into a new file and read it back").add_argument("file", type=Path)
    restoring = commands.add_parser("restore", help="put a backup into an empty database, as a new past")
    restoring.set_defaults(opens=_restore)  # opening a centre would fill the empty database
    restoring.add_argument("file", type=Path)
    missing = add(
        "missing-files", _missing_files, "print the attachments whose bytes are not here, one JSON object a line"
    )
    missing.add_argument("--verify", action="store_true", help="look for the bytes of all others too")
    for group in (bundle_commands, figure_commands):
        group.add_to(lambda name, help_: commands.add_parser(name, help=help_, description=help_))
    add("quarantine", _quarantine, "print the items that wait in quarantine, one JSON object a line")
    add("release", _release, "apply an item from quarantine and what waits for it").add_argument("id", type=int)
    return parser


def _add_enrol_file(to: argparse.ArgumentParser) -> None:
    to.add_argument("--file", type=Path, help="write it into this new file instead, for the first start of the desk")
    to.add_argument("--server", help="with --file: the address at which desks reach this centre, https://...")
    to.add_argument("--authority", type=Path, metavar="PEM", help="with --file: the city's own certificates go along")


def _add_serving(commands: Any) -> None:
    limits = Limits()
    help_ = "serve desks; prints one line with the address when it is ready"
    serving = commands.add_parser("serve", help=help_, description=help_)
    serving.set_defaults(opens=_serve)  # each of its processes opens the centre with connections of its own
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8371, help="0 takes a free one")
    serving.add_argument("--workers", type=int, default=1, help="processes behind the address; several need PostgreSQL")
    serving.add_argument(
        "--connections",
        type=int,
        default=limits.connections,
        help="to the database, of each process, for desks; one more is kept for /health and /metrics",
    )
    serving.add_argument(
        "--wait", type=float, default=limits.wait_seconds, help="seconds for a connection, and for a lock, before 503"
    )
    serving.add_argument(
        "--body-seconds", type=float, default=limits.body_seconds, help="for a request to come whole, before 408"
    )
    serving.add_argument(
        "--requests-per-minute",
        type=int,
        default=limits.requests_per_minute,
        help="of one desk at one process, before 429; 0 = not limited",
    )


def _serve(parsed: argparse.Namespace) -> None:
    limits = Limits(
        connections=parsed.connections,
        wait_seconds=parsed.wait,
        body_seconds=parsed.body_seconds,
        requests_per_minute=parsed.requests_per_minute,
    )
    limits.check(parsed.workers)
    settings = Settings(parsed.data_dir, parsed.database_url, parsed.blob_store, limits)
    if parsed.workers > 1:
        workers.check(settings)
    bound = bind(parsed.host, parsed.port)  # an address in use is known before the database is touched

    def ready() -> None:
        sys.stdout.write(address_of(bound) + "\n")
        sys.stdout.flush()

    centre = settings.open()  # for several processes too: tables and keys are made before they start
    try:
        if parsed.workers == 1:
            serve(centre, bound, limits, ready)
        else:
            centre.store.close()
            workers.serve_with(parsed.workers, settings, bound, ready)
    finally:
        centre.store.close()


def _enrol_code(centre: Centre, parsed: argparse.Namespace) -> None:
    if parsed.file is None:
        if parsed.server or parsed.authority:
            raise BadSettings("--server dan --authority hanya bersama --file.")
        sys.stdout.write(enrolment.make_code(centre, parsed.office, parsed.desk) + "\n")
        return
    if not parsed.server:
        raise BadSettings("Sebut alamat server kota: --server https://...")
    made = enrol_files.write(centre, parsed.office, parsed.desk, parsed.file, parsed.server, parsed.authority)
    print_line(
        {
            "office": made.office,
            "desk": made.desk,
            "server": made.server,
            "expires_at": made.expires_at,
            "fingerprint": made.fingerprint,
        }
    )


def _revoke(centre: Centre, parsed: argparse.Namespace) -> None:
    enrolment.revoke(centre, parsed.office, parsed.desk)


def _complaints(centre: Centre, parsed: argparse.Namespace) -> None:
    if parsed.office is not None and centre.reference.office(parsed.office) is None:
        raise BadSettings(f"Kelurahan dengan kode {parsed.office} tidak ada.")
    if parsed.reveal:
        with centre.store.writing() as session:
            session.log_reveal(centre.now(), who(), f"complaints {parsed.office or '*'}")
    with centre.store.reading() as session:
        for complaint in session.feed.complaints(parsed.office):
            print_line(_line(complaint, reveal=parsed.reveal))


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
            print_line(
                {
                    "id": held.id,
                    "office": held.office,
                    "desk": held.desk,
                    "n": held.n,
                    "kind": RecordType.COMPLAINT if held.creates else "",
                    "target": held.target,
                    "reference": quarantine.reference_of(held),
                    "number": held.number,
                    "reason": held.reason,
                    "held_at": held.held_at,
                }
            )


def _desks(centre: Centre, _parsed: argparse.Namespace) -> None:
    with centre.store.reading() as session:
        for device in session.devices.everybody():
            print_line(device)


def _missing_files(centre: Centre, parsed: argparse.Namespace) -> None:
    for attachment in blobs.lacking(centre, verify=parsed.verify):
        print_line(asdict(attachment))


def _release(centre: Centre, parsed: argparse.Namespace) -> None:
    for result in quarantine.release(centre, parsed.id):
        print_line(
            {"n": result.n, "result": result.result, "id": result.id, "rev": result.rev, "reason": result.reason}
        )


def _history(centre: Centre, parsed: argparse.Namespace) -> None:
    number = reference_number.parse(parsed.reference)
    if number is None:
        raise BadSettings(f"“{parsed.reference[:40]}” bukan nomor pengaduan.")
    if parsed.reveal:
        with centre.store.writing() as session:
            session.log_reveal(centre.now(), who(), f"history {number.text}")
    with centre.store.reading() as session:
        lines = session.past.of_reference(number.text)
    if not lines:
        raise Unknown(f"Tidak ada pengaduan {number.text} di server kota.")
    for line in lines:
        mask = None if parsed.reveal else _MASKS.get(line["field"])
        hidden = {name: mask(line[name]) for name in ("was", "value") if line[name]} if mask else {}
        print_line(line | hidden)


_MASKS = {"reporter_nik": mask_nik, "reporter_phone": mask_phone}


def _prune(centre: Centre, parsed: argparse.Namespace) -> None:
    if not 0 <= parsed.days <= _MOST_DAYS:
        raise BadSettings(f"Jumlah hari harus 0 sampai {_MOST_DAYS}.")
    before = centre.clock() - timedelta(days=parsed.days)
    with centre.store.writing() as session:
        print_line({"pruned": session.prune(utc_text(before)), "upto": session.feed.pruned()})


_MOST_DAYS = 36_500


def _backup(centre: Centre, parsed: argparse.Namespace) -> None:
    print_line(backup.make(centre.store, parsed.file, centre.now()).as_json())


def _restore(parsed: argparse.Namespace) -> None:
    at = utc_text(system_clock())
    restored = backup.restore(parsed.data_dir, parsed.database_url, parsed.file, at, os.urandom)
    centre = open_centre(parsed.data_dir, parsed.database_url, blob_store=parsed.blob_store)
    try:
        blobs.lacking(centre, verify=True)  # files are not in a backup, and may be lost or not
    finally:
        centre.store.close()
    print_line(restored.as_json())
