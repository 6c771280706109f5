"""Who works at a desk, and what each role may do. One table; the use cases ask it, the window only explains it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Role(StrEnum):
    """What an officer is at this desk."""

    CLERK = "petugas"
    VERIFIER = "verifikator"
    HEAD = "lurah"
    ADMIN = "admin"


class Right(StrEnum):
    """What some roles may and others may not; whatever is not named here, everybody who works at the desk may do."""

    STEP = "step"  # a status step in the office
    REFER = "refer"  # to an agency, and to another one afterwards
    DECIDE = "decide"  # a conflict
    EXPORT_IDENTITIES = "export_identities"  # a list with names and phones, as a file or as a command prints it
    LOG = "log"  # who saw, exported and printed what
    OFFICERS = "officers"
    SETTINGS = "settings"
    RESTORE = "restore"


# The clerk takes complaints in, corrects them, calls reporters back and closes the day, and needs no right for it: that
# somebody sees one person's identity is said with a reason, and logged.
_CLERK: frozenset[Right] = frozenset()
_VERIFIER = _CLERK | {Right.STEP, Right.REFER, Right.DECIDE}
_HEAD = _VERIFIER | {Right.EXPORT_IDENTITIES, Right.LOG}

RIGHTS: Final[Mapping[Role, frozenset[Right]]] = MappingProxyType(
    {Role.CLERK: _CLERK, Role.VERIFIER: _VERIFIER, Role.HEAD: _HEAD, Role.ADMIN: frozenset(Right)}
)
"""The table. Whoever is the only officer of an office is ADMIN and may do all of it."""

ROLE_WORDS: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.CLERK: "Petugas loket",
        Role.VERIFIER: "Verifikator",
        Role.HEAD: "Lurah",
        Role.ADMIN: "Admin loket",
    }
)
ROLE_DUTIES: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.CLERK: "Menerima pengaduan, mengetik buku register, mencatat tindak lanjut, menutup hari.",
        Role.VERIFIER: "Juga langkah status, disposisi, dan keputusan konflik.",
        Role.HEAD: "Juga mengekspor daftar dengan identitas, dan melihat catatan.",
        Role.ADMIN: "Semuanya, juga petugas, pengaturan, dan pemulihan data.",
    }
)
"""What a role is for, in a line for whoever gives it."""

RIGHT_WORDS: Final[Mapping[Right, str]] = MappingProxyType(
    {
        Right.STEP: "Mengubah status",
        Right.REFER: "Disposisi ke SKPD",
        Right.DECIDE: "Memutuskan konflik",
        Right.EXPORT_IDENTITIES: "Mengekspor identitas",
        Right.LOG: "Melihat catatan",
        Right.OFFICERS: "Mengatur petugas",
        Right.SETTINGS: "Mengubah pengaturan",
        Right.RESTORE: "Memulihkan data",
    }
)


@dataclass(frozen=True, slots=True)
class Officer:
    """Who sits at the desk; `duty` is None on a desk that has no officers yet, where everybody may do everything."""

    name: str
    role: str = "Petugas loket"  # as people read it
    id: str = ""
    duty: Role | None = None


def may(role: Role | None, right: Right) -> bool:
    """Whether a role may do something; None = a desk without officers."""
    return role is None or right in RIGHTS[role]


def who_may(right: Right) -> str:
    """The roles that may, in words: "verifikator, lurah, atau admin loket"."""
    names = [ROLE_WORDS[role].lower() for role in Role if right in RIGHTS[role]]
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + (", atau " if len(names) > 2 else " atau ") + names[-1]
