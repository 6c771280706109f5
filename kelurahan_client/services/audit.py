"""The log of what must be answerable: who saw, exported or printed what, who signed in, who changed officers."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from kelurahan_client.domain.fields import utc_text
from kelurahan_client.domain.reference_number import parse
from kelurahan_client.domain.roles import Right
from kelurahan_client.services.audit_words import KIND_WORDS, detail
from kelurahan_client.services.desk import Desk, allow
from kelurahan_client.store import audit, complaints
from kelurahan_client.store.audit import AuditFilter, AuditKind, Line
from kelurahan_client.store.engine import Transaction

__all__ = ["AuditFilter", "AuditKind", "AuditRow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One line for people; `key` is its number in the chain, `hash` its place in it."""

    key: int
    kind: AuditKind
    at: datetime
    actor: str
    reference: str  # of the complaint concerned, "" for none
    detail: str
    hash: bytes

    def as_json(self) -> dict[str, Any]:
        """The line as the command line prints it."""
        return {
            "n": self.key,
            "kind": self.kind,
            "at": utc_text(self.at),
            "actor": self.actor,
            "reference": self.reference,
            "what": KIND_WORDS[self.kind],
            "detail": self.detail,
            "hash": self.hash.hex(),
        }


def numbers(desk: Desk, wanted: AuditFilter) -> "array[int]":
    """The numbers of the lines that are wanted, newest first. Raises NotAllowed."""
    with desk.store.read() as transaction:
        allow(transaction, Right.LOG)
        return audit.numbers(transaction, as_written(wanted))


def page(desk: Desk, wanted: Sequence[int]) -> list[AuditRow]:
    """The lines with these numbers (about 100 at a time). Raises NotAllowed."""
    with desk.store.read() as transaction:
        allow(transaction, Right.LOG)
        return rows(transaction, audit.by_numbers(transaction, wanted))


def actors(desk: Desk) -> list[str]:
    """Everybody who stands in the log. Raises NotAllowed."""
    with desk.store.read() as transaction:
        allow(transaction, Right.LOG)
        return audit.actors(transaction)


def of_complaint(desk: Desk, complaint_id: str) -> list[AuditRow]:
    """Who saw and printed one complaint, newest first; everybody who works with it may know."""
    with desk.store.read() as transaction:
        return rows(transaction, audit.of_subject(transaction, complaint_id))


def rows(transaction: Transaction, lines: Sequence[Line]) -> list[AuditRow]:
    """Lines for people, in their order."""
    known = complaints.get_many(transaction, {line.subject for line in lines if line.subject})
    found = []
    for line in lines:
        stored = known.get(line.subject)
        complaint = stored.complaint if stored is not None else None
        found.append(
            AuditRow(
                key=line.n,
                kind=line.kind,
                at=line.at,
                actor=line.actor,
                reference=complaint.reference if complaint is not None else "",
                detail=detail(line, complaint),
                hash=line.hash,
            )
        )
    return found


def as_written(wanted: AuditFilter) -> AuditFilter:
    """The same with the number of a complaint as it is written, however it was typed."""
    typed = wanted.reference.strip().upper()
    read = parse(typed)
    return replace(wanted, reference=read.text if read is not None else typed)
