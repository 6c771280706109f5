"""Who may sign in at this desk, readable before the data are: names, roles, wrapped keys, and where the desk stands.

The names and roles here are for the page that asks for the PIN; what holds is in the encrypted data, and what differs
here is mended from there. Two copies are kept, since whoever loses this file has lost the key.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kelurahan_client.domain.roles import ROLE_WORDS, Role
from kelurahan_client.errors import DamagedData, NewerData
from kelurahan_client.store.small_files import read_json, write_json
from kelurahan_client.store.wrapping import Wrapped

FORMAT = 1
_COPY = ".copy.json"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One officer who may sign in."""

    id: str
    name: str
    role: Role
    wrapped: Wrapped

    @property
    def role_word(self) -> str:
        """The role as people read it."""
        return ROLE_WORDS[self.role]


@dataclass(frozen=True, slots=True)
class OfficersFile:
    """The whole file; the place is what the page beside the PIN says of the desk."""

    entries: tuple[Entry, ...]
    recovery: Wrapped | None
    office: str = ""
    district: str = ""
    desk: str = ""

    def entry(self, id_: str) -> Entry | None:
        """The officer with this id."""
        return next((entry for entry in self.entries if entry.id == id_), None)

    def with_entry(self, entry: Entry) -> "OfficersFile":
        """With this officer, in the place of whoever had the id."""
        if self.entry(entry.id) is None:
            return replace(self, entries=(*self.entries, entry))
        return replace(self, entries=tuple(entry if old.id == entry.id else old for old in self.entries))

    def only(self, ids: Iterable[str]) -> "OfficersFile":
        """Without everybody who is not named."""
        kept = frozenset(ids)
        return replace(self, entries=tuple(entry for entry in self.entries if entry.id in kept))


def read(path: Path) -> OfficersFile | None:
    """The file, or its copy where it is damaged; None where there is neither. Raises DamagedData, NewerData."""
    wrong = False
    for place in (path, path.with_suffix(_COPY)):
        try:
            values = read_json(place)
            if values is not None:
                return _read(values)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            _log.error("%s: %s", place.name, type(error).__name__)  # its words may quote the file
            wrong = True
    if wrong:
        raise DamagedData(
            "Berkas petugas di folder data rusak; data pengaduan tidak diubah.",
            way_out="Kembalikan officers.json dari cadangan, atau hubungi admin kota.",
        )
    return None


def write(path: Path, file: OfficersFile) -> None:
    """Put the file and its copy in their places. Raises DiskFull; then the old ones still hold."""
    values = _as_json(file)
    write_json(path, values)
    write_json(path.with_suffix(_COPY), values)


def _as_json(file: OfficersFile) -> dict[str, Any]:
    officers = [
        {"id": entry.id, "name": entry.name, "role": entry.role.value} | entry.wrapped.as_json()
        for entry in file.entries
    ]
    place = {"office": file.office, "district": file.district, "desk": file.desk}
    recovery = file.recovery.as_json() if file.recovery else None
    return {"format": FORMAT, "place": place, "officers": officers, "recovery": recovery}


def _read(values: dict[str, Any]) -> OfficersFile:
    if values["format"] != FORMAT:
        if values["format"] > FORMAT:
            raise NewerData(
                "Berkas petugas ditulis oleh Lapor Kelurahan yang lebih baru; tidak ada yang diubah.",
                way_out="Perbarui program di komputer ini, lalu buka lagi.",
            )
        raise ValueError("format")
    entries = tuple(
        Entry(str(one["id"]), str(one["name"]), Role(one["role"]), Wrapped.read(one)) for one in values["officers"]
    )
    place = values["place"]
    recovery = Wrapped.read(values["recovery"]) if values["recovery"] is not None else None
    return OfficersFile(entries, recovery, str(place["office"]), str(place["district"]), str(place["desk"]))
