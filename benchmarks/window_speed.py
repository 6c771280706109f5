"""The window: how soon it is there with 100,000 complaints, and how much memory it takes."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measuring import ROOT, Row, sample_folder

_RUNS = 9
MANY, FEW = 100_000, 100


def measure() -> list[Row]:
    """All figures of this module: kinds of start taken in turn, so that a busy moment hits all alike."""
    many, few = sample_folder(MANY), sample_folder(FEW)
    _start("desk", many)  # writes the bytecode
    empty: list[dict[str, float]] = []
    ours: list[dict[str, float]] = []
    for _ in range(_RUNS):
        empty.append(_start("empty", many))
        ours.append(_start("desk", many))
    with_many = [_start("scroll", many) for _ in range(3)]
    with_few = [_start("scroll", few) for _ in range(3)]
    bare, painted, filled = _median(empty, "painted"), _median(ours, "painted"), _median(ours, "filled")
    memory_many, memory_few = _median(with_many, "memory"), _median(with_few, "memory")
    return [
        Row("an empty PySide6 window with one table", bare * 1000, "ms"),
        Row("the desk's window, painted and taking input", painted * 1000, "ms"),
        Row("the desk's window, first page filled", filled * 1000, "ms"),
        Row("painted / empty window", painted / bare, "x", 1.3),
        Row("memory with 100,000 complaints, list scrolled through", memory_many / 2**20, "MiB"),
        Row("memory with 100 complaints", memory_few / 2**20, "MiB"),
        Row("memory with 100,000 / with 100", memory_many / memory_few, "x", 1.25),
    ]


def _start(kind: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.window_probe", kind, str(time.monotonic()), str(folder)]
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed desk has bytecode, as pip's packages have
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _median(runs: list[dict[str, float]], name: str) -> float:
    return statistics.median(run[name] for run in runs)
