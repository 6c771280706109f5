"""The centre's commands about USB sticks: `bundle import`, `export`, `held`, `release`, `discard` and `settled`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from central_server import held
from central_server.bundles import Bundles, Taken
from central_server.centre import Centre
from central_server.store.shapes import CarriedRequest, Device
from central_server.terminal import print_line, who
from sync.bundle_file import new_file, opened
from sync.protocol import ErrorReply, ResultKind

Command = Callable[[Centre, argparse.Namespace], None]


def add_to(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Adds the commands below `add(name, help)`."""
    actions = add("bundle", "what travels on USB sticks").add_subparsers(required=True, metavar="ACTION")

    def action(name: str, command: Command, help_: str) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=help_, description=help_)
        added.set_defaults(command=command, opens=None)
        return added

    taking = action("import", _import, "take in a desk's bundle, as if it had come over the network")
    taking.add_argument("file", type=Path)
    taking.add_argument("--answer", type=Path, metavar="FILE", help="also write the bundle that answers it")
    making = action("export", _export, "write the bundle that answers the last one of a desk")
    making.add_argument("file", type=Path)
    making.add_argument("--office", required=True, help="code of the kelurahan, as 63.71.04.1003")
    making.add_argument("--desk", required=True, help="one letter")
    action(
        "held",
        _held,
        "print what is held of bundles, one JSON object a line; missing = how many of its changes have not come in "
        "another way since, arrived = none. A desk that is still there sends them again by itself",
    )
    for name, command, help_ in (
        (
            "release",
            _release,
            "put what is held, or was discarded, of a bundle and has not come in another way into quarantine, for a "
            "bundle of another past or of a desk that was revoked; then see quarantine and release ID",
        ),
        ("discard", _discard, "do without what is held of a bundle; what is nowhere else can still be released"),
    ):
        deciding = action(name, command, help_)
        deciding.add_argument("bundle")
        deciding.add_argument("--reason", required=True, help="is kept, and told to the office")
    action("settled", _settled, "print what was decided about held bundles, by whom and why, one JSON object a line")


def _import(centre: Centre, parsed: argparse.Namespace) -> None:
    bundles = Bundles(centre)
    with opened(parsed.file) as file:
        taken = bundles.take(file)
    said = _taken(taken)
    if parsed.answer is not None:
        said["answer"] = _write(centre, bundles, taken.device.office, taken.device.desk, parsed.answer)
    print_line(said)
    for refusal in taken.refusals:
        sys.stderr.write(f"LK-{3000 + refusal.number} {refusal.message}\n")


def _export(centre: Centre, parsed: argparse.Namespace) -> None:
    print_line(_write(centre, Bundles(centre), parsed.office, parsed.desk, parsed.file))


def _write(centre: Centre, bundles: Bundles, office: str, desk: str, target: Path) -> dict[str, Any]:
    answer = bundles.answer(office, desk)
    with new_file(target, centre.random_bytes(4).hex()) as file:
        size = sum(file.write(piece) for piece in answer.pieces)
    header = answer.header
    return {"bundle": header.bundle, "answers": header.answers, "office": office, "desk": desk, "bytes": size}


def _taken(taken: Taken) -> dict[str, Any]:
    return {
        "bundle": taken.bundle,
        "office": taken.device.office,
        "desk": taken.device.desk,
        "requests": len(taken.requests),
        **{kind: taken.results[kind] for kind in ResultKind},
        "replayed": taken.replayed,
        "held": len(taken.held),
        "refused": len(taken.refusals),
        "files": taken.files,
        "files_refused": taken.files_refused,
    }


def _held(centre: Centre, _parsed: argparse.Namespace) -> None:
    with centre.store.reading() as session:
        for request in session.carried.held():
            device = session.devices.get(request.device)
            missing = len(held.missing(session, device, request, centre.offices)) if device else 0
            reason = msgspec.json.decode(request.refusal, type=ErrorReply).message
            print_line({**_about(request, device), "reason": reason, "missing": missing, "arrived": not missing})


def _about(request: CarriedRequest, device: Device | None) -> dict[str, Any]:
    return {
        "bundle": request.bundle,
        "office": device.office if device else "",
        "desk": device.desk if device else "",
        "epoch": request.epoch,
        "first_n": request.first_n,
        "last_n": request.last_n,
        "number": request.number,
        "taken_at": request.taken_at,
    }


def _release(centre: Centre, parsed: argparse.Namespace) -> None:
    decisions = held.release(centre, parsed.bundle, parsed.reason, who())
    waiting = sum(one.missing for one in decisions)
    print_line({"bundle": parsed.bundle, "released": len(decisions), "quarantine": waiting})


def _discard(centre: Centre, parsed: argparse.Namespace) -> None:
    decisions = held.discard(centre, parsed.bundle, parsed.reason, who())
    missing = sum(one.missing for one in decisions)
    print_line({"bundle": parsed.bundle, "discarded": len(decisions), "missing": missing})


def _settled(centre: Centre, _parsed: argparse.Namespace) -> None:
    with centre.store.reading() as session:
        for one in session.decisions.all():
            about = _about(one.request, session.devices.get(one.request.device))
            said = {"decision": one.kind, "why": one.why, "who": one.person.name, "at": one.person.at}
            print_line({**about, **said, "missing": one.missing, "kept": one.request.body is not None})
