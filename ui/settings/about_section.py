"""Which program this is, under which licence, and whose libraries it stands on."""

from importlib.metadata import PackageNotFoundError, metadata
from typing import NamedTuple

from PySide6.QtCore import qVersion

from kelurahan_client import __version__
from ui.settings.section import Facts, Remark, Room, Section
from ui.theme.icons import Icon
from ui.widgets.card import Card


class _Library(NamedTuple):
    name: str
    licence: str


# Written down: not every library says its licence in a way that a program can read, and a frozen one says nothing.
_LIBRARIES = (
    _Library("PySide6-Essentials", "LGPL-3.0"),
    _Library("SQLAlchemy", "MIT"),
    _Library("alembic", "MIT"),
    _Library("sqlcipher3", "zlib; SQLCipher: BSD-3-Clause"),
    _Library("cryptography", "Apache-2.0 / BSD-3-Clause"),
    _Library("msgspec", "BSD-3-Clause"),
    _Library("zstandard", "BSD-3-Clause"),
    _Library("requests", "Apache-2.0"),
    _Library("truststore", "MIT"),
    _Library("keyring", "MIT"),
    _Library("filelock", "Unlicense"),
    _Library("platformdirs", "MIT"),
    _Library("python-calamine", "MIT"),
    _Library("XlsxWriter", "BSD-2-Clause"),
    _Library("pypdfium2", "Apache-2.0 / BSD-3-Clause"),
    _Library("rapidfuzz", "MIT"),
    _Library("segno", "BSD-3-Clause"),
    _Library("holidays", "MIT"),
    _Library("QtAwesome", "MIT (Phosphor Icons: MIT)"),
)


class AboutSection(Section):
    """Version, licence, libraries."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, self.tr("Tentang"))
        theme = room.theme
        self.facts = Facts(theme, (self.tr("Program"), self.tr("Versi"), self.tr("Lisensi"), "Qt"))
        card = Card(theme)
        card.body.addWidget(self.facts)
        card.body.addWidget(Remark(theme, self.tr("Untuk loket pengaduan 52 kelurahan Kota Banjarmasin."), Icon.CENTRE))
        libraries = Card(theme, self.tr("Pustaka yang dipakai"))
        self.libraries = Facts(theme, [one.name for one in _LIBRARIES])
        libraries.body.addWidget(self.libraries)
        self.column.addWidget(card)
        self.column.addWidget(libraries)
        self.column.addStretch(1)

    def activate(self) -> None:
        """Look up the versions; those of the libraries stand in a file for each."""
        self.facts.set_values(["Lapor Kelurahan", __version__, "Apache-2.0", qVersion()])
        self.room.tasks.database(_versions, self.libraries.set_values, owner=self)


def _versions() -> list[str]:
    return [f"{_version(one.name)}   {one.licence}" for one in _LIBRARIES]


def _version(name: str) -> str:
    try:
        return metadata(name)["Version"]
    except PackageNotFoundError:
        return "–"
