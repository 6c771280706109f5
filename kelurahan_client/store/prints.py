"""What was put on paper or kept as PDF: lines in the chain of `audit`. A print that did not come out has another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kelurahan_client.store import audit
from kelurahan_client.store.audit import AuditKind, Line, NewLine
from kelurahan_client.store.engine import Transaction

_TOLD = ("kind", "title", "size", "medium", "printer")  # in the body of the line, with the copy


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPrint:
    """A document on its way out; `document` names what a second print would be a copy of."""

    kind: str
    title: str
    subject: str
    document: str
    size: str
    medium: str
    printer: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Print(NewPrint):
    """A line of the log; `copy` is 1 for the first print. `failed_at`: it did not come out and is no copy."""

    key: int
    copy: int
    failed_at: datetime | None = None


def next_copy(transaction: Transaction, document: str) -> int:
    """The number that the next print of a document gets."""
    return max((line.copy for line in of_document(transaction, document)), default=0) + 1


def add(transaction: Transaction, new: NewPrint) -> Print:
    """Write a print down under its document's next number."""
    copy = next_copy(transaction, new.document)
    told = {name: str(getattr(new, name)) for name in _TOLD}
    line = NewLine(
        kind=AuditKind.PRINT,
        at=new.at,
        actor=new.actor,
        subject=new.subject,
        document=new.document,
        body=told | {"copy": copy},
    )
    values = {name: getattr(new, name) for name in NewPrint.__slots__}
    return Print(**values, key=audit.append(transaction, [line]), copy=copy)


def set_failed(transaction: Transaction, failed: Print, actor: str, at: datetime) -> None:
    """It did not come out of the printer: its number is free again."""
    if any(line.key == failed.key for line in of_document(transaction, failed.document)):
        line = NewLine(
            kind=AuditKind.UNPRINTED,
            at=at,
            actor=actor,
            subject=failed.subject,
            document=failed.document,
            body={"of": failed.key, "title": failed.title},
        )
        audit.append(transaction, [line])


def of_document(transaction: Transaction, document: str) -> list[Print]:
    """What came out of one document, newest first."""
    return [one for one in _prints(audit.of_document(transaction, document)) if one.failed_at is None]


def of_subject(transaction: Transaction, subject: str) -> list[Print]:
    """Everything that was printed about a complaint or a day, failed tries too, newest first."""
    return _prints(audit.of_subject(transaction, subject))


def _prints(lines: Sequence[Line]) -> list[Print]:
    failed = {line.body.get("of"): line.at for line in lines if line.kind is AuditKind.UNPRINTED}
    return [
        Print(
            **{name: str(line.body.get(name, "")) for name in _TOLD},
            subject=line.subject,
            document=line.document,
            actor=line.actor,
            at=line.at,
            key=line.n,
            copy=int(line.body.get("copy", 1)),
            failed_at=failed.get(line.n),
        )
        for line in lines
        if line.kind is AuditKind.PRINT
    ]
