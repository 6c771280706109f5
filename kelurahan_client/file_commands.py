"""Commands about files of complaints and what was printed: `attach`, `attachments`, `fetch`, `free-space`, `prints`."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.services import attachments, handling, prints
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.prints import Print
from sync import blobs
from sync.transport import opened_transport

Work = Callable[[Desk, argparse.Namespace], None]


def add_to(command: Callable[[str, Work, str], argparse.ArgumentParser]) -> None:
    """Add the commands by `command(name, work, help)`."""
    attach = command("attach", _attach, "lampirkan foto atau PDF")
    attach.add_argument("reference")
    attach.add_argument("file", type=Path)
    command("attachments", _attachments, "lampiran sebuah pengaduan").add_argument("reference")
    fetch = command("fetch", _fetch, "ambil isi lampiran dari server kota")
    fetch.add_argument("sha", metavar="SHA")
    fetch.add_argument("--to", type=Path, metavar="BERKAS", help="tulis juga, tidak tersandi, ke berkas ini")

    command("free-space", _free_space, "hapus dari komputer ini isi lampiran yang sudah ada di server kota")
    command("prints", _prints, "yang pernah dicetak tentang sebuah pengaduan").add_argument("reference")


def _attach(desk: Desk, given: argparse.Namespace) -> None:
    _print(attachments.attach(desk, handling.find(desk, given.reference).id, given.file))


def _attachments(desk: Desk, given: argparse.Namespace) -> None:
    for item in attachments.attachments(desk, handling.find(desk, given.reference).id):
        _print(item)


def _fetch(desk: Desk, given: argparse.Namespace) -> None:
    with opened_transport(desk) as transport:
        blobs.fetch(desk, transport, given.sha)
    if given.to is not None:
        attachments.save(desk, given.sha, given.to)
    _print(attachments.known(desk, given.sha))


def _free_space(desk: Desk, _given: argparse.Namespace) -> None:
    _say(asdict(attachments.free_space(desk)))


def _prints(desk: Desk, given: argparse.Namespace) -> None:
    for line in prints.history(desk, handling.find(desk, given.reference).id):
        _say(_print_json(line))


def _print_json(line: Print) -> dict[str, object]:
    return {
        "kind": line.kind,
        "title": line.title,
        "copy": line.copy,
        "medium": line.medium,
        "printer": line.printer,
        "size": line.size,
        "actor": line.actor,
        "at": utc_text(line.at),
        "failed_at": utc_text(line.failed_at) if line.failed_at else None,
    }


def _print(item: Attachment) -> None:
    said = {
        "id": item.id,
        "sha256": item.sha256,
        "size": item.size,
        "media_type": item.media_type,
        "name": item.name,
        "actor": item.actor,
        "at": utc_text(item.at),
        "acknowledged": item.acknowledged,
        "at_centre": item.at_centre,
        "here": item.here,
    }
    _say(said)


def _say(said: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
