"""A second checkout of the program: the next version, made of this one by a patch, and run as processes of its own.

Its schema 2 calls a complaint's `location` `place`, knows a field `landmark`, a channel `kiosk`, an operation `stamp`
(a landmark is written by it) and a record `visit` that comes of it.
"""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.central_process import ROOT

_PACKAGES = ("sync", "kelurahan_client", "central_server", "resources", "ui")
_STEPS = """

def _renamed(old: str, new: str) -> Change:
    def change(type_: str, values: Values) -> Values:
        if type_ == RecordType.CONFLICT and values.get("field") == old:
            return {**values, "field": new}
        if type_ != RecordType.COMPLAINT or old not in values or new in values:
            return values
        return {new if name == old else name: value for name, value in values.items()}

    return change


STEPS: Mapping[int, Step] = MappingProxyType({1: Step(_renamed("location", "place"), _renamed("place", "location"))})
"""
_APPLY = """            case Op.STAMP:
                fields = {name: value for name, value in mutation.set.items() if name != "visit"}
                result = self._amend(mutation, author, plain_values(fields))
                note = {"complaint": mutation.id, "text": "Kunjungan ke tempat", "actor": author.actor}
                note |= {"device_time": author.device_time, "received_at": author.received_at}
                self._child(mutation.set["visit"], RecordType.VISIT, mutation.id, note, b"", author)
                return result
            case Op.DELETE:
"""
_MIGRATION = """from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute("ALTER TABLE complaint RENAME COLUMN location TO place")
    op.execute("ALTER TABLE complaint ADD COLUMN landmark TEXT NOT NULL DEFAULT ''")
"""
_PATCHES: dict[str, tuple[tuple[str, str], ...]] = {
    "sync/protocol.py": (
        ("PROTOCOL = 1 ", "PROTOCOL = 2 "),
        ("SCHEMA = 1 ", "SCHEMA = 2 "),
        ('    ADD = "add"\n', '    ADD = "add"\n    STAMP = "stamp"\n'),
        ('    NOTICE = "notice"\n', '    NOTICE = "notice"\n    VISIT = "visit"\n'),
    ),
    "sync/schemas.py": (("STEPS: Mapping[int, Step] = MappingProxyType({})\n", _STEPS),),
    "sync/reading.py": (
        ("RecordType.NOTICE)  #", "RecordType.NOTICE, RecordType.VISIT)  #"),
        ('RecordType.FOLLOW_UP: "follow_up"}', 'RecordType.FOLLOW_UP: "follow_up", RecordType.VISIT: "follow_up"}'),
    ),
    "sync/receiving.py": (
        ("frozenset({Op.PATCH, Op.TRANSITION,", "frozenset({Op.PATCH, Op.STAMP, Op.TRANSITION,"),
        (
            "    _apply_attachments(transaction, by",
            "    _apply_entries(transaction, by_type.pop(RecordType.VISIT, []), touched)\n"
            "    _apply_attachments(transaction, by",
        ),
    ),
    "kelurahan_client/domain/complaint.py": (
        ('    place: str = ""\n', '    place: str = ""\n    landmark: str = ""\n'),
        ("class Channel(StrEnum):\n", 'class Channel(StrEnum):\n    KIOSK = "kiosk"\n'),
    ),
    "kelurahan_client/domain/words.py": (
        ("        Channel.IN_PERSON: ", '        Channel.KIOSK: "Anjungan",\n        Channel.IN_PERSON: '),
        ('    (Channel.LETTER, "surat|', '    (Channel.KIOSK, "kiosk"),\n    (Channel.LETTER, "surat|'),
    ),
    "kelurahan_client/domain/fields.py": (("note place ", "note place landmark "),),
    "kelurahan_client/store/tables.py": (
        (
            '    Column("place", Text, nullable=False),\n',
            '    Column("place", Text, nullable=False),\n    Column("landmark", Text, nullable=False),\n',
        ),
    ),
    "kelurahan_client/store/schema.py": (('HEAD = "0010"', 'HEAD = "0011"'), ('"0010"})', '"0010", "0011"})')),
    "kelurahan_client/services/handling.py": (
        ("op=Op.PATCH,", 'op=Op.STAMP if "landmark" in new else Op.PATCH,'),
        (
            "set_={name: to_json(value) for name, value in new.items()},",
            "set_={name: to_json(value) for name, value in new.items()}"
            ' | ({"visit": desk.new_id()} if "landmark" in new else {}),',
        ),
    ),
    "central_server/rules.py": (
        (
            "    (Op.PATCH, RecordType.COMPLAINT): _patch,\n",
            "    (Op.PATCH, RecordType.COMPLAINT): _patch,\n    (Op.STAMP, RecordType.COMPLAINT): _patch,\n",
        ),
    ),
    "central_server/applying.py": (("            case Op.DELETE:\n", _APPLY),),
}


def make_other_version(root: Path) -> Path:
    """The next version in the folder `root`; it speaks protocols 1 and 2."""
    for package in _PACKAGES:
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    for path in root.rglob("*.py"):
        if "migrations" not in path.parts:
            path.write_text(re.sub(r"\blocation\b", "place", path.read_text("utf-8")), "utf-8")
    (root / "kelurahan_client/store/migrations/versions/v0011_place.py").write_text(_MIGRATION, "utf-8")
    for name, patches in _PATCHES.items():
        _patch(root / name, patches)
    return root


def speak_only_the_newest(root: Path) -> None:
    """From now on the version in `root` speaks protocol 2 only."""
    _patch(root / "sync/protocol.py", (("PROTOCOL_MIN = 1 ", "PROTOCOL_MIN = 2 "),))


def _patch(path: Path, patches: tuple[tuple[str, str], ...]) -> None:
    text = path.read_text("utf-8")
    for old, new in patches:
        assert text.count(old) == 1, f"the patch of the second checkout does not fit {path.name} any more: {old!r}"
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


_COMMANDS = """
import contextlib, io, json, sys
from kelurahan_client.cli import main

for line in sys.stdin:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(json.loads(line))
    print(json.dumps([status, out.getvalue(), err.getvalue()]), flush=True)
"""


@dataclass
class Said:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What it printed."""
        assert self.status == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def line(self) -> dict[str, Any]:
        """The one line that it printed."""
        (line,) = self.lines
        return line


class OtherDesk:
    """A desk of the version in `root`: its commands, one after the other in one process."""

    def __init__(self, root: Path, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._process = subprocess.Popen(
            [sys.executable, "-c", _COMMANDS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=root,
            text=True,
            encoding="utf-8",
        )

    def __call__(self, *command: str) -> Said:
        """One command."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(["--data-dir", str(self.data_dir), *command]) + "\n")
        self._process.stdin.flush()
        return Said(*json.loads(self._process.stdout.readline()))

    def add(self, **values: Any) -> str:
        """A new complaint; its number."""
        path = self.data_dir.with_suffix(".json")
        path.write_text(json.dumps(values), "utf-8")
        (made,) = json.loads(self("add", str(path)).out)
        return str(made["reference"])

    def show(self, reference: str) -> dict[str, Any]:
        """A complaint, identities in clear."""
        return self("show", reference, "--reveal").line

    def edit(self, reference: str, **values: str) -> None:
        """Fields corrected."""
        assert self("edit", reference, *(f"{name}={value}" for name, value in values.items())).lines

    def exchange(self) -> dict[str, Any]:
        """Reconcile with the centre."""
        return self("exchange").line

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()
