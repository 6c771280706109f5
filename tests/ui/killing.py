"""Kills a window at work again and again, and looks at what is left: nothing that it has promised may be missing."""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kelurahan_client.app import opened_desk
from kelurahan_client.config import config
from kelurahan_client.services import doctor, half_written, intake, lists, prints
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.services.prints import Medium
from tools.restless_clerk import BOOK_ROWS, RECEIPTS

ROOT = Path(__file__).resolve().parents[2]


def _is_whole_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")


@dataclass
class Promises:
    """What the windows have said so far, and what came of it."""

    registered: list[str] = field(default_factory=list)
    imported: int = 0
    out: list[str] = field(default_factory=list)
    kills: int = 0
    ends: int = 0
    lost_typing: list[float] = field(default_factory=list)  # seconds, for each kill that lost any


class Killing:
    """`folder` is an enrolled desk's data, which nobody else uses; `seed` decides the moments."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._seed = seed
        self._chance = random.Random(seed)  # noqa: S311  # when to kill
        self.promises = Promises()

    def run(self, kills: int) -> Promises:
        """Kill so often; raises AssertionError for a promise that was not kept."""
        starts = 0
        while self.promises.kills < kills:
            starts += 1
            said, killed_at = self._one(self._seed * 10_000 + starts)
            self._check(said, killed_at)
        return self.promises

    def _one(self, seed: int) -> tuple[list[dict[str, object]], float]:
        """One life of the window: what it said, and when it was killed (0 where it ended by itself)."""
        environment = {"QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.restless_clerk", str(self._folder), str(seed)],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        lines: list[str] = []
        reader = threading.Thread(target=self._read, args=(process, lines))
        reader.start()
        while not lines and process.poll() is None:  # until it is at work
            time.sleep(0.01)
        killed_at = 0.0
        try:
            process.wait(self._chance.uniform(0.05, 3.0))
        except subprocess.TimeoutExpired:
            killed_at = time.monotonic()
            process.kill()
        status = process.wait()
        reader.join()
        if not killed_at and status:
            raise AssertionError(f"the window ended by itself with {status}")
        whole = [line for line in lines if line.endswith("\n")]  # the last one may be cut
        return [json.loads(line) for line in whole], killed_at

    @staticmethod
    def _read(process: "subprocess.Popen[str]", lines: list[str]) -> None:
        if process.stdout is not None:
            with process.stdout:
                lines.extend(process.stdout)

    def _check(self, said: list[dict[str, object]], killed_at: float) -> None:
        told = self.promises
        told.registered += [str(one["registered"]) for one in said if "registered" in one]
        told.imported += sum(int(str(one["imported"])) for one in said if "imported" in one)
        told.out += [str(one["out"]) for one in said if "out" in one]
        told.kills += bool(killed_at)
        told.ends += not killed_at
        with opened_desk(config(self._folder)) as desk:
            problems = doctor.examine(desk, find_identity(desk)).problems
            assert not problems, problems
            self._complaints_are_there(desk)
            self._receipts_agree(desk)
            self._typing_is_there(desk, said, killed_at)

    def _complaints_are_there(self, desk: Desk) -> None:
        told = self.promises
        rows = lists.full(desk, lists.ListFilter())
        numbers = Counter(row.reference for row in rows)
        assert max(numbers.values(), default=1) == 1, "a number was given twice"
        statements = Counter(row.statement for row in rows)
        assert max(statements.values(), default=1) == 1, "a complaint is there twice"
        missing = set(told.registered) - numbers.keys()
        assert not missing, f"registered and gone: {missing}"
        imported = sum("Sampah buku" in row.statement for row in rows)
        assert imported % BOOK_ROWS == 0, "half an import"
        assert imported >= told.imported, "an import is gone"

    def _receipts_agree(self, desk: Desk) -> None:
        """No PDF is half a file, and nothing came out that is not in the log; a kill may leave one line more."""
        files = {path.name: path.read_bytes() for path in (self._folder.parent / RECEIPTS).glob("[!.]*.pdf")}
        halves = {name for name, written in files.items() if not _is_whole_pdf(written)}
        assert not any(name.endswith(f"{Medium.PDF}.pdf") for name in halves), f"half a PDF: {halves}"
        assert files.keys() - halves >= {*self.promises.out}, "a receipt came out and is not there"
        came_out = Counter((name.split(".")[0], name.split(".")[2]) for name in files)
        ids = {row.reference: row.id for row in lists.full(desk, lists.ListFilter())}
        lines = [line for reference in self.promises.registered for line in prints.history(desk, ids[reference])]
        assert not any(line.failed_at for line in lines)
        logged = Counter((line.title.split()[-1], line.medium) for line in lines)
        assert not came_out - logged, "on paper, and not in the log"
        assert (logged - came_out).total() <= self.promises.kills

    def _typing_is_there(self, desk: Desk, said: list[dict[str, object]], killed_at: float) -> None:
        """Everything that the window called saved; and of what was typed since, how many seconds are gone."""
        drafts = [str(draft.fields["statement"]) for draft in intake.open_drafts(desk)]
        drafts += [str(one.text.content["changes"]["note"]) for one in half_written.waiting(desk)]
        drafts += [f"{row.statement}\n{row.note}" for row in lists.full(desk, lists.ListFilter())]
        here = "\n".join(drafts)
        kept = [str(one["kept"]).strip() for one in said if "kept" in one]
        for text in kept:
            assert text in here, f"called saved and gone: {text!r}"
        typed = [(str(one["typed"]).strip(), float(str(one["at"]))) for one in said if "typed" in one]
        gone = [at for text, at in typed if text not in here]
        if gone:
            self.promises.lost_typing.append((killed_at or gone[-1]) - gone[0])
