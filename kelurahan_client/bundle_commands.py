"""The command about USB sticks: `bundle export FILE`, `bundle import FILE`."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kelurahan_client.services.desk import Desk
from sync import carrying
from sync.protocol import ResultKind

Work = Callable[[Desk, argparse.Namespace], None]


def add_to(command: Callable[[str, Work, str], argparse.ArgumentParser]) -> None:
    """Add the command by `command(name, work, help)`."""
    bundle = command("bundle", _bundle, "kirim dan terima lewat stik USB")
    bundle.add_argument("action", choices=("export", "import"))
    bundle.add_argument("file", type=Path)


def _bundle(desk: Desk, given: argparse.Namespace) -> None:
    if given.action == "export":
        _print(asdict(carrying.export(desk, given.file)))
        return
    done = carrying.take_in(desk, given.file)
    _print(
        {
            "answers": done.answers,
            "applied": done.results[ResultKind.APPLIED],
            "merged": done.results[ResultKind.MERGED],
            "conflicts": done.results[ResultKind.CONFLICT],
            "rejected": done.results[ResultKind.REJECTED],
            "received": done.received,
            "pages": done.pages,
            "skipped": done.skipped,
            "again": done.again,
            "waiting": done.waiting,
        }
    )
    if done.skipped and not done.pages:
        _say("Jawaban ini lebih lama daripada data di komputer ini; hanya hasil kiriman yang dicatat.")
    if done.again:
        _say("Sebagian kiriman perlu diulang; buat bundel baru (bundle export) dan bawa ke server kota.")


def _say(sentence: str) -> None:
    sys.stderr.write(f"LK-1900 {sentence}\n")


def _print(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
