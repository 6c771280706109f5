"""The centre's commands about bundles of USB sticks: `bundle import`, `export`, `held` and `discard`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from central_server.bundles import Bundles, Taken
from central_server.centre import Centre
from central_server.errors import Unknown
from central_server.held import has_arrived
from central_server.terminal import print_line
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
        "print what is held of bundles, one JSON object a line; arrived = it has come in another way since",
    )
    dropping = action("discard", _discard, "drop what is held of a bundle, after a person has looked at it")
    dropping.add_argument("bundle")


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
        found = [
            (request, session.devices.get(request.device), has_arrived(session, request, centre.offices))
            for request in session.carried.held()
        ]
    for request, device, arrived in found:
        refusal = msgspec.json.decode(request.refusal, type=ErrorReply)
        print_line(
            {
                "bundle": request.bundle,
                "office": device.office if device else "",
                "desk": device.desk if device else "",
                "epoch": request.epoch,
                "first_n": request.first_n,
                "last_n": request.last_n,
                "number": refusal.number,
                "reason": refusal.message,
                "taken_at": request.taken_at,
                "arrived": arrived,
            }
        )


def _discard(centre: Centre, parsed: argparse.Namespace) -> None:
    with centre.store.writing() as session:
        dropped = session.carried.discard(parsed.bundle)
    if not dropped:
        raise Unknown(f"Tidak ada bundel tertahan {parsed.bundle[:40]}.")
    print_line({"bundle": parsed.bundle, "discarded": dropped})
