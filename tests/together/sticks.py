"""USB sticks between desks and the centre: written, carried, cut, altered, lost."""

import itertools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from central_server.bundles import Bundles
from kelurahan_client.store import settings
from sync import carrying
from sync.bundle import MARK
from sync.carrying import Imported
from tests.together.centre_commands import centre_command
from tests.together.desk_at_work import DeskAtWork
from tools.central_process import Central

FIRST = len(MARK) + 3  # bytes before the header


@dataclass
class Sticks:
    """Bundles in `folder`, each under a name of its own."""

    folder: Path
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def free(self) -> Path:
        """A name that nobody has."""
        return self.folder / f"stik-{next(self._numbers)}.bundel"

    def from_desk(self, desk: DeskAtWork) -> Path:
        """What the desk has to say."""
        path = self.free()
        carrying.export(desk.desk, path)
        return path

    def at_centre(self, central: Central, path: Path) -> dict[str, Any]:
        """Take it in at the centre; what the command says."""
        return json.loads(centre_command(central, "bundle", "import", str(path)))

    def from_centre(self, central: Central, desk: DeskAtWork, letter: str = "A") -> Path:
        """The centre's answer to the last one of the desk."""
        path = self.free()
        centre_command(central, "bundle", "export", str(path), "--office", desk.office, "--desk", letter)
        return path

    def round_trip(self, central: Central, desk: DeskAtWork, letter: str = "A") -> Imported:
        """There and back."""
        self.at_centre(central, self.from_desk(desk))
        return carrying.take_in(desk.desk, self.from_centre(central, desk, letter))

    def changed(self, path: Path, data: bytes) -> Path:
        """The same file with other bytes."""
        other = self.free()
        other.write_bytes(data)
        return other


def home(desk: DeskAtWork, path: Path) -> Imported:
    """Take the answer in at the desk."""
    return carrying.take_in(desk.desk, path)


def take(central: Central, path: Path) -> Any:
    """Take a bundle in at the centre, without the command: what it does with it, or its error."""
    with path.open("rb") as file:
        return Bundles(central.centre).take(file)


def boundaries(data: bytes) -> list[int]:
    """Where a part of the bundle's bytes ends: the header, the sealed key, each chunk."""
    at = FIRST + int.from_bytes(data[FIRST - 2 : FIRST], "big")
    found = [at]
    at += 80
    while len(data) - at > 64:
        found.append(at)
        at += 4 + (int.from_bytes(data[at : at + 4], "big") & 0x7FFFFFFF)
    return [*found, at]


def position(desk: DeskAtWork) -> Any:
    """Up to where the desk has heard."""
    with desk.desk.store.read() as transaction:
        return settings.get(transaction, settings.CURSOR)
