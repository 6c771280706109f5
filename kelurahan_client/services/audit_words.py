"""Lines of the log in words. Nobody's identity stands in them: a complaint is its number."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.roles import ROLE_WORDS, Role
from kelurahan_client.services.discretion import without_particulars
from kelurahan_client.services.paper import PaperKind
from kelurahan_client.store.audit import AuditKind, Line

KIND_WORDS: Final[Mapping[AuditKind, str]] = MappingProxyType(
    {
        AuditKind.REVEAL: "Identitas dilihat",
        AuditKind.EXPORT: "Identitas diekspor",
        AuditKind.SIGN_IN: "Petugas masuk",
        AuditKind.OFFICER: "Petugas diubah",
        AuditKind.PRINT: "Dicetak",
        AuditKind.UNPRINTED: "Cetak gagal",
        AuditKind.LOG_EXPORT: "Catatan diekspor",
    }
)


def detail(line: Line, complaint: Complaint | None) -> str:
    """What there is to know besides kind, time and officer; what names `complaint`'s reporter is concealed."""
    if line.kind in (AuditKind.REVEAL, AuditKind.EXPORT):
        return _reason(str(line.body.get("reason", "")), complaint)
    tell = _TELLING.get(line.kind)
    return tell({name: str(value) for name, value in line.body.items()}) if tell else ""


def _reason(said: str, complaint: Complaint | None) -> str:
    return said if complaint is None else without_particulars(complaint, said)


def _officer(body: Mapping[str, str]) -> str:
    whom, other = body.get("whom", ""), body.get("detail", "")
    role = ROLE_WORDS[Role(other)].lower() if other in set(Role) else other
    said = {
        "added": f"{whom} ditambahkan sebagai {role}.",
        "renamed": f"{whom} berganti nama menjadi {other}.",
        "role": f"Peran {whom} menjadi {role}.",
        "pin": f"PIN baru untuk {whom}.",
        "own_pin": f"{whom} mengganti PIN sendiri.",
        "retired": f"{whom} tidak bertugas lagi.",
        "code": "Kode pemulihan baru dibuat.",
        "recovered": f"{whom} masuk dengan kode pemulihan.",
    }
    return said.get(body.get("what", ""), whom)


def _print(body: Mapping[str, str]) -> str:
    copy = body.get("copy", "1")
    numbered = "" if copy == "1" or body.get("kind") == PaperKind.RECOVERY else f"salinan ke-{copy}"
    where = body.get("printer") or ("PDF" if body.get("medium") == "pdf" else "")
    return ", ".join(part for part in (body.get("title", ""), numbered, where) if part)


_TELLING: Mapping[AuditKind, Callable[[Mapping[str, str]], str]] = MappingProxyType(
    {
        AuditKind.OFFICER: _officer,
        AuditKind.PRINT: _print,
        AuditKind.UNPRINTED: lambda body: body.get("title", ""),
        AuditKind.LOG_EXPORT: lambda body: f"{body.get('lines', '0')} baris diekspor.",
    }
)
