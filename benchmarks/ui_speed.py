"""The window at work with 100, 10,000 and 100,000 complaints: pages, typing, scrolling, searching, saving, importing.

Each size in a process of its own, offscreen, on a copy of a sample desk, beside a window of Qt's own parts that does
nothing. How soon the window is there is measured by `window_speed`; searching and registering without a window, and
against bare SQLite, by `desk_speed`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import ROOT, Row, copy_of, sample_folder
from kelurahan_client.app import open_desk
from kelurahan_client.config import Config
from kelurahan_client.services import desk as desks
from kelurahan_client.services.registering import register_all
from sync import engine, enrolment
from sync.transport import HttpTransport
from tools import sample_day
from tools.central_process import Central
from tools.centre_filling import fill

_SIZES = (100, 10_000, 100_000)
_ARRIVING = 10_000
_STALL = 50.0  # milliseconds that the window may be busy with anything
_TYPING = 16.0  # the same while somebody types
_LARGEST = 1.5  # a page of 100,000 complaints against one of 100


def measure() -> list[Row]:
    """All figures of this module."""
    empty = _probe("empty")
    found = {size: _work(size) for size in _SIZES}
    rows = []
    for size, figures in found.items():
        rows += [
            Row(f"{size:,}: another page, filled and painted, p95", figures["switch"], "ms"),
            Row(f"{size:,}: longest stall while scrolling the whole list", figures["scroll stall"], "ms", _STALL),
            Row(f"{size:,}: from a key in the search box to the painted list", figures["search"], "ms"),
            Row(f"{size:,}: longest stall while searching", figures["search stall"], "ms", _TYPING),
            Row(f"{size:,}: a key in the form, p95", figures["key"], "ms", _TYPING),
            Row(f"{size:,}: longest stall while typing", figures["typing stall"], "ms", _TYPING),
            Row(f"{size:,}: from Simpan to the number on the screen", figures["save"], "ms"),
            Row(f"{size:,}: longest stall while 1,000 lines are previewed", figures["preview stall"], "ms", _STALL),
            Row(f"{size:,}: 10,000 rows imported", figures["import"] / 1000, "s"),
            Row(f"{size:,}: longest stall meanwhile", figures["import stall"], "ms", _STALL),
            Row(f"{size:,}: memory at the end of all this", figures["memory"] / 2**20, "MiB"),
            Row(f"{size:,}: another page / an empty one of Qt's", figures["switch"] / empty["switch"], "x"),
            Row(f"{size:,}: a key in the form / in Qt's own field", figures["key"] / empty["key"], "x"),
        ]
    few, many = found[_SIZES[0]], found[_SIZES[-1]]
    rows += [
        Row(f"{name}: {_SIZES[-1]:,} / {_SIZES[0]:,}", many[key] / few[key], "x", _LARGEST)
        for name, key in (("another page", "switch"), ("saving", "save"))
    ]
    arriving = _arriving()
    return [
        *rows,
        Row(f"{_ARRIVING:,} records arrive", arriving["exchange"] / 1000, "s"),
        Row("longest stall meanwhile, with the list in front", arriving["exchange stall"], "ms", _STALL),
        Row("a key in the form meanwhile, p95", arriving["exchange key"], "ms", _TYPING),
        Row("longest stall meanwhile, while somebody types", arriving["exchange typing stall"], "ms", _TYPING),
    ]


def _work(size: int) -> dict[str, float]:
    folder = copy_of(sample_folder(size), f"ui-{size}")
    try:
        return _probe("work", folder)
    finally:
        shutil.rmtree(folder)


def _arriving() -> dict[str, float]:
    """Two desks that were away while the office's first took ten thousand complaints: at one somebody types."""
    with tempfile.TemporaryDirectory(prefix="lapor-bench-") as name:
        central = Central(Path(name), None)
        central.start()
        try:
            for letter in "ABC":
                desk = open_desk(Config(Path(name) / letter))
                enrolment.enrol(desk, central.url, central.enrol_code(sample_day.OFFICE, letter))
                desks.set_officer(desk, sample_day.OFFICER)
                if letter == "A":
                    with desk.store.write() as transaction:
                        register_all(desk, transaction, list(sample_day.many_intakes(100, desk.today())))
                transport = HttpTransport(central.url)
                engine.exchange(desk, transport)
                transport.close()
                desk.store.close()
            fill(central.centre, _ARRIVING, [sample_day.OFFICE])
            return _probe("look", Path(name) / "B") | _probe("type", Path(name) / "C")
        finally:
            central.close()


def _probe(*arguments: Path | str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.ui_probe", *map(str, arguments)]
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures
