"""The command about the log: `log`."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kelurahan_client.services import audit, audit_export
from kelurahan_client.services.audit import AuditFilter, AuditKind
from kelurahan_client.services.desk import Desk

_PART = 500  # lines in memory at a time
Work = Callable[[Desk, argparse.Namespace], None]


def add_to(command: Callable[[str, Work, str], argparse.ArgumentParser]) -> None:
    """Add the command by `command(name, work, help)`."""
    log = command("log", _log, "siapa melihat, mengekspor, dan mencetak apa; siapa masuk; perubahan petugas")
    log.add_argument("--kind", action="append", choices=[kind.value for kind in AuditKind], default=[])
    log.add_argument("--by", default="", metavar="NAMA", help="nama petugas")
    log.add_argument("--from", dest="first", type=date.fromisoformat, metavar="TANGGAL")
    log.add_argument("--to", dest="last", type=date.fromisoformat, metavar="TANGGAL")
    log.add_argument("--reference", default="", metavar="NOMOR", help="nomor pengaduan atau sebagian")
    log.add_argument("--limit", type=int, metavar="N", help="hanya yang terbaru")
    log.add_argument("--xlsx", type=Path, metavar="BERKAS", help="tulis semuanya ke lembar kerja; dicatat")


def _log(desk: Desk, given: argparse.Namespace) -> None:
    wanted = AuditFilter(
        kinds=frozenset(map(AuditKind, given.kind)),
        actor=given.by,
        first=given.first,
        last=given.last,
        reference=given.reference,
    )
    if given.xlsx is not None:
        _say({"lines": audit_export.write_workbook(desk, wanted, given.xlsx)})
        return
    found = audit.numbers(desk, wanted)[: given.limit]
    for start in range(0, len(found), _PART):
        for row in audit.page(desk, found[start : start + _PART]):
            _say(row.as_json())


def _say(said: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
