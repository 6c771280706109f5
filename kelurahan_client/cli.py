"""The use cases without a window, for schedules and for tests.

JSON on standard output; a sentence with its number on standard error; exit status 0 only when what was asked is done,
1 when it could not be done, 2 when the command was not understood.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from kelurahan_client import __version__, audit_commands, bundle_commands, file_commands, network_commands, pin_source
from kelurahan_client.app import opened_desk
from kelurahan_client.config import config
from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.fields import CLI_ORDER, Json, flat, utc_text
from kelurahan_client.errors import FieldErrors, InputError, LaporError, UnreadableFile, why
from kelurahan_client.log import start_log
from kelurahan_client.services import deciding, doctor, handling, importing, intake, lists, notices, silence
from kelurahan_client.services.book_files import load_mapping
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.window import run_window

_MAX_JSON = 64 * 1024 * 1024
_REVEAL_REASON = "perintah dengan --reveal"


def main(arguments: Sequence[str]) -> int:
    """Run one command (or the window) and return its exit status."""
    parser = _parser()
    given = parser.parse_args(arguments)
    settings = config(given.data_dir)
    if given.command is None:
        return run_window(settings, demo=given.demo)
    try:
        start_log(settings)
        with opened_desk(settings, pin_source.officer(given), lambda: pin_source.pin(given)) as desk:
            work: Callable[[Desk, argparse.Namespace], None] = given.work
            work(desk, given)
    except FieldErrors as error:
        for name, sentence in error.fields.items():
            _say(f"{error.code} {name}: {sentence}")
        return 1
    except LaporError as error:
        _say(f"{error.code} {error}")
        return 1
    except BrokenPipeError:
        raise
    except OSError as error:
        _say(f"LK-1000 Berkas atau folder tidak dapat dipakai: {why(error)}.")
        return 1
    return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"LK-1001 Perintah tidak dipahami: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m kelurahan_client", description="Lapor Kelurahan")
    parser.add_argument("--data-dir", type=Path, help="folder data loket")
    parser.add_argument("--demo", action="store_true", help="buka jendela dengan data contoh, terpisah dari data loket")
    parser.add_argument("--version", action="version", version=__version__)
    pin_source.add_to(parser)
    commands = parser.add_subparsers(dest="command", metavar="PERINTAH")

    def command(name: str, work: Callable[[Desk, argparse.Namespace], None], text: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=text)
        found.set_defaults(work=work)
        return found

    command("add", _add, "catat pengaduan dari JSON").add_argument("file")
    book = command("import", _import, "impor buku register")
    book.add_argument("file", type=Path)
    book.add_argument("--mapping", type=Path)
    book.add_argument("--dry-run", action="store_true")
    book.add_argument("--rejected", type=Path)
    command("undo-import", _undo_import, "batalkan sebuah impor").add_argument("id")
    listing = command("list", _list, "daftar pengaduan")
    listing.add_argument("--search", default="")
    listing.add_argument("--status", default="")
    listing.add_argument("--limit", type=_count)
    show = command("show", _show, "satu pengaduan")
    show.add_argument("reference")
    for revealing in (listing, show):
        revealing.add_argument("--reveal", action="store_true", help="NIK dan HP tampak; dicatat")
    edit = command("edit", _edit, "ubah isian")
    edit.add_argument("reference")
    edit.add_argument("changes", nargs="+", metavar="ISIAN=NILAI")
    follow = command("follow-up", _follow_up, "tambah tindak lanjut")
    follow.add_argument("reference")
    follow.add_argument("text")
    step = command("transition", _transition, "langkah status")
    step.add_argument("reference")
    step.add_argument("status")
    step.add_argument("--note", default="")
    step.add_argument("--agency", default="")
    closing = command("close-silent", _close_silent, "tutup yang selesai dan 10 hari kerja tanpa kabar")
    closing.add_argument("--dry-run", action="store_true")
    file_commands.add_to(command)
    audit_commands.add_to(command)
    bundle_commands.add_to(command)
    network_commands.add_to(command)
    command("outbox", _outbox, "yang belum dijawab server kota")
    command("conflicts", _conflicts, "isian yang perlu diputuskan")
    command("notices", _notices, "pemberitahuan dari server kota")
    resolve = command("resolve", _resolve, "putuskan perbedaan isian")
    resolve.add_argument("conflict")
    chosen = resolve.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--take", metavar="USULAN", help="nomor atau id usulan yang benar")
    chosen.add_argument("--value", metavar="NILAI", help="nilai lain yang benar")
    resolve.add_argument("--reason", default="", metavar="ALASAN")
    command("doctor", _doctor, "periksa data loket")
    return parser


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError(text)
    return value


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)  # noqa: T201  # and standard error is for people


def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False))  # noqa: T201  # standard output is this module's purpose


def _complaint(complaint: Complaint) -> dict[str, Json]:
    values = flat(complaint)
    return {name: values[name] for name in CLI_ORDER}


def _add(desk: Desk, given: argparse.Namespace) -> None:
    values = _read_json(given.file)
    items = values if isinstance(values, list) else [values]
    if not items:
        raise InputError("Tidak ada pengaduan di dalam berkas.")
    made = intake.add_all(desk, items)
    for complaint in made:
        for warning in complaint.warnings:
            _remark(f"{complaint.reference}: {warning}")
    _print([{"id": complaint.id, "reference": complaint.reference} for complaint in made])


def _read_json(name: str) -> Any:
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_MAX_JSON + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_MAX_JSON + 1)
    except OSError as error:
        raise UnreadableFile(f"Berkas {name} tidak dapat dibaca: {why(error)}.") from error
    if len(data) > _MAX_JSON:
        raise UnreadableFile(f"Berkas {name} terlalu besar.", way_out="Bagi menjadi beberapa berkas.")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # not JSON, not UTF-8, or a number of thousands of digits
        raise UnreadableFile(f"Berkas {name} bukan JSON yang utuh.", way_out="Periksa isinya: UTF-8, JSON.") from error


def _import(desk: Desk, given: argparse.Namespace) -> None:
    opened = importing.inspect(desk, given.file)
    plan = importing.plan(desk, opened, load_mapping(given.mapping) if given.mapping else None)
    if given.rejected is not None and plan.rejected:
        importing.save_rejected(plan, given.rejected)
    if given.dry_run:
        outcome = importing.Imported("", plan.read, len(plan.new), len(plan.duplicates), plan.rejected)
    else:
        outcome = importing.run(desk, plan)
    _print(importing.as_json(outcome))


def _undo_import(desk: Desk, given: argparse.Namespace) -> None:
    _print(asdict(importing.undo(desk, given.id)))


def _list(desk: Desk, given: argparse.Namespace) -> None:
    statuses = frozenset({handling.read_status(given.status)}) if given.status else frozenset()
    wanted = ListFilter(search=given.search, statuses=statuses)
    if given.reveal:
        found = lists.revealed(desk, wanted, _REVEAL_REASON, given.limit)
    else:
        found = lists.full(desk, wanted, given.limit)
    for complaint in found:
        _print(_complaint(complaint))


def _show(desk: Desk, given: argparse.Namespace) -> None:
    found = lists.detail(desk, handling.find(desk, given.reference).id)
    story = [lists.entry_json(entry) for entry in found.timeline]
    conflicts = [deciding.as_json(item) for item in found.conflicts]
    shown = lists.reveal(desk, found.complaint.id, _REVEAL_REASON) if given.reveal else found.complaint
    _print(_complaint(shown) | {"timeline": story, "conflicts": conflicts, "problems": list(found.problems)})


def _edit(desk: Desk, given: argparse.Namespace) -> None:
    changes: dict[str, Any] = {}
    for change in given.changes:
        name, separator, value = change.partition("=")
        if not separator:
            raise InputError(f"“{change[:60]}” bukan ISIAN=NILAI.", way_out="Misalnya location=Muka Langgar.")
        changes[name] = _value(name, value)
    complaint = handling.edit(desk, handling.find(desk, given.reference).id, changes, _remark)
    _print(_complaint(lists.masked(complaint)))


def _remark(sentence: str) -> None:
    print(f"LK-1900 {sentence}", file=sys.stderr)  # noqa: T201


def _value(name: str, value: str) -> Any:
    if name in ("anonymous", "confidential", "resident"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise FieldErrors({name: f"“{name}” diisi true atau false, bukan “{value[:40]}”."}) from error
    return value


def _follow_up(desk: Desk, given: argparse.Namespace) -> None:
    entry = handling.follow_up(desk, handling.find(desk, given.reference).id, given.text)
    _print({"id": entry.id, "at": utc_text(entry.at), "actor": entry.actor})


def _transition(desk: Desk, given: argparse.Namespace) -> None:
    status = handling.read_status(given.status)
    complaint = handling.find(desk, given.reference)
    _print(_complaint(lists.masked(handling.transition(desk, complaint.id, status, given.note, given.agency))))


def _close_silent(desk: Desk, given: argparse.Namespace) -> None:
    found = silence.closable(desk)
    closed = found if given.dry_run else []
    while len(closed) < len(found) and (more := silence.close_silent(desk, silence.silent_filter(desk))):
        closed += more
    _print({"closed": len(closed), "references": closed})


def _outbox(desk: Desk, given: argparse.Namespace) -> None:  # noqa: ARG001  # every command has the same shape
    for kind in ("rejected", "waiting"):
        for item in lists.outbox_items(desk, kind, limit=1_000_000):
            values = asdict(item)
            _print({name: utc_text(value) if isinstance(value, datetime) else value for name, value in values.items()})


def _conflicts(desk: Desk, given: argparse.Namespace) -> None:  # noqa: ARG001
    for view in lists.conflicts(desk):
        _print({"reference": view.reference, "title": view.title} | deciding.as_json(view.conflict))


def _resolve(desk: Desk, given: argparse.Namespace) -> None:
    if given.take is not None:
        complaint = deciding.take_side(desk, given.conflict, given.take, given.reason)
    else:
        complaint = deciding.write_value(desk, given.conflict, given.value, given.reason, _remark)
    _print(_complaint(lists.masked(complaint)))


def _notices(desk: Desk, given: argparse.Namespace) -> None:  # noqa: ARG001
    for notice in notices.newest(desk):
        _print({"at": utc_text(notice.at), "reference": notice.reference, "text": notice.text})


def _doctor(desk: Desk, given: argparse.Namespace) -> None:  # noqa: ARG001
    report = doctor.examine(desk, find_identity(desk))
    _print(report.as_json())
    if report.problems:
        raise InputError("Ada yang perlu diperiksa: " + " ".join(report.problems))
