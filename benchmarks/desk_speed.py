"""The desk's data with 100,000 complaints: registering, searching as typed, pages of the list, a file of it."""

import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlcipher3 import dbapi2 as sqlcipher

from benchmarks.measuring import Row, copy_of, desk_at, percentile, sample_folder, seconds
from kelurahan_client.config import config
from kelurahan_client.services import exporting, intake, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.exporting import Wish
from kelurahan_client.services.lists import ListFilter, Sort
from kelurahan_client.store.engine import PRAGMAS
from tools import sample_day

COUNT = 100_000
_REGISTERED = 200
_TYPED = (
    "lampu jalan padam",
    "titian rahmat",
    "sampah tps hksn",
    "0403A-26-00446",
    "7730",
    "siti rahmah",
    "jl sultan adam",
    "got mampet rt 12",
    "banyu calap",
    "air leding tidak mengalir",
)

Statement = tuple[str, Any, bool]


def measure() -> list[Row]:
    """All figures of this module."""
    folder = sample_folder(COUNT)
    rows = _registering(folder)
    desk = desk_at(config(folder))
    try:
        rows += _searching(desk)
        rows += _paging(desk)
        rows.append(Row("the whole list as a workbook", seconds(partial(_export, desk, folder / "list.xlsx")), "s"))
    finally:
        desk.store.close()
    return rows


@contextmanager
def _recorded() -> Iterator[list[Statement]]:
    """Everything that is written meanwhile, as SQL with its values."""
    found: list[Statement] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA")):
            found.append((statement, parameters, many))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _registering(folder: Path) -> list[Row]:
    ours = copy_of(folder, "register-ours")
    bare = copy_of(folder, "register-bare")
    desk = desk_at(config(ours))
    key = config(bare).key_file.read_text("ascii")
    connection = sqlcipher.connect(str(config(bare).database), isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{key}'\"")
    for pragma in PRAGMAS:
        connection.execute(pragma)
    today = desk.today()
    wanted = [replace(item, received_date=today) for item in sample_day.many_intakes(_REGISTERED, today, seed=9)]
    times: list[float] = []
    bare_times: list[float] = []
    try:
        for item in wanted:
            with _recorded() as statements:
                times.append(seconds(partial(intake.register, desk, item)))
            bare_times.append(seconds(partial(_replay, connection, statements)))
    finally:
        connection.close()
        desk.store.close()
        shutil.rmtree(ours)
        shutil.rmtree(bare)
    median, bare_median = statistics.median(times), statistics.median(bare_times)
    return [
        Row("one complaint registered", median * 1000, "ms"),
        Row("the same rows, bare SQLite transaction, same pragmas and cipher", bare_median * 1000, "ms"),
        Row("registered / bare", median / bare_median, "x", 3.0),
    ]


def _replay(connection: Any, statements: list[Statement]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement, parameters, many in statements:
        if statement.startswith("BEGIN"):
            continue
        if many:
            connection.executemany(statement, parameters)
        else:
            connection.execute(statement, parameters)
    connection.execute("COMMIT")


def _searching(desk: Desk) -> list[Row]:
    presses = [typed[:end] for typed in _TYPED for end in range(1, len(typed) + 1)]
    times = [seconds(partial(_first_page, desk, text)) for text in presses]
    return [
        Row(f"search as typed, {len(times)} key presses, median", statistics.median(times) * 1000, "ms"),
        Row("search as typed, p95", percentile(times, 95) * 1000, "ms", 16.0),
    ]


def _first_page(desk: Desk, text: str) -> None:
    found = lists.keys(desk, ListFilter(search=text))
    lists.page(desk, found[:50])


def _paging(desk: Desk) -> list[Row]:
    rows: list[Row] = []
    keys = lists.keys(desk, ListFilter(sort=Sort.RECEIVED))
    rows.append(
        Row("the whole list's keys", statistics.median(_list_times(desk)) * 1000, "ms"),
    )
    for name, start in (("start", 0), ("middle", len(keys) // 2), ("end", len(keys) - 5_000)):
        times = [seconds(partial(lists.page, desk, keys[start + 50 * n : start + 50 * n + 50])) for n in range(100)]
        rows.append(Row(f"a page of the list at its {name}, p95", percentile(times, 95) * 1000, "ms", 8.0))
    return rows


def _export(desk: Desk, target: Path) -> None:
    exporting.write_workbook(desk, Wish(wanted=ListFilter()), target)
    target.unlink()


def _list_times(desk: Desk) -> list[float]:
    return [seconds(lambda: lists.keys(desk, ListFilter(sort=Sort.RECEIVED))) for _ in range(7)]
