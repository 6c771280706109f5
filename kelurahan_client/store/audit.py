"""What must be answerable years later, in one chain: who saw whose identity, who signed in, what was printed.

Lines are only ever added. The hash of a line covers the line before it, and the end of the chain is kept beside it:
what is altered, taken out or put in by other hands is found, unless they write all that follows anew.
"""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from kelurahan_client.domain.day_words import WITA
from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.store import settings
from kelurahan_client.store.damage import as_written
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import audit, complaint
from sync.framing import CHAIN_START, chain


class AuditKind(StrEnum):
    """What a line tells of."""

    REVEAL = "reveal"  # an identity on the screen or the terminal
    EXPORT = "export"  # an identity in a file
    SIGN_IN = "sign_in"
    OFFICER = "officer"  # a change of officers
    PRINT = "print"  # on paper or as PDF
    UNPRINTED = "unprinted"  # a print that did not come out
    LOG_EXPORT = "log_export"  # these lines, as a file


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """Something that was done; `body` has what only its kind knows, as JSON."""

    kind: AuditKind
    at: datetime
    actor: str  # the name, as it was then
    subject: str = ""  # id of the complaint or the closed day, "" for none
    document: str = ""  # of a print: what a second print is a copy of
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(NewLine):
    """A line of the chain, numbered from 1."""

    n: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which lines are wanted; days are those of the counter (WITA), both included."""

    kinds: frozenset[AuditKind] = frozenset()  # empty = all
    actor: str = ""
    first: date | None = None
    last: date | None = None
    reference: str = ""  # a number of a complaint, or a part of one


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line that is not what was written: it is `missing`, or it is another."""

    n: int
    missing: bool


_COLUMNS = ("n", "kind", "at", "actor", "subject", "document", "body", "hash")
_INSERT = f"INSERT INTO audit ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608  # our own names
_ALL = f"SELECT {', '.join(_COLUMNS)} FROM audit ORDER BY n"  # noqa: S608

_as_hashed = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr)  # for ever, see v0015


def append(transaction: Transaction, lines: Iterable[NewLine]) -> int:
    """Add lines at the end of the chain; returns the number of the last."""
    n, digest = _end(transaction)
    rows = []
    for line in lines:
        n += 1
        body = json.dumps(line.body, ensure_ascii=False)
        row = (n, line.kind.value, utc_text(line.at), line.actor, line.subject, line.document, body)
        digest = chain(digest, line_bytes(row))
        rows.append((*row, digest))
    if rows:
        transaction.connection.exec_driver_sql(_INSERT, rows)
        settings.put(transaction, settings.AUDIT_TAIL, {"n": n, "hash": digest.hex()})
    return n


def line_bytes(values: Sequence[object]) -> bytes:
    """What the hash of a line covers: its values in the order of the columns, whatever somebody has put there."""
    return _as_hashed.encode(list(values)).encode()


def first_broken(transaction: Transaction) -> Broken | None:
    """Walk the whole chain; None where every line is as it was written."""
    end, last_hash = _end(transaction)
    n, digest = 0, CHAIN_START
    for row in transaction.connection.exec_driver_sql(_ALL):
        n += 1
        if row.n > n:
            return Broken(n, missing=True)
        digest = chain(digest, line_bytes(row[:-1]))
        if row.n < n or n > end or digest != row.hash:
            return Broken(row.n, missing=False)
    if n < end:
        return Broken(n + 1, missing=True)
    return None if digest == last_hash else Broken(n, missing=False)


def _end(transaction: Transaction) -> tuple[int, bytes]:
    end = settings.get(transaction, settings.AUDIT_TAIL)
    return (end["n"], bytes.fromhex(end["hash"])) if end else (0, CHAIN_START)


def numbers(transaction: Transaction, wanted: AuditFilter) -> "array[int]":
    """The numbers of all lines that `wanted` lets through, newest first."""
    query = select(audit.c.n).where(*_conditions(wanted)).order_by(audit.c.n.desc())
    return array("q", transaction.connection.execute(query).scalars())


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kinds:
        found.append(audit.c.kind.in_(sorted(wanted.kinds)))
    if wanted.actor:
        found.append(audit.c.actor == wanted.actor)
    if wanted.first is not None:
        found.append(audit.c.at >= _bound(wanted.first, time.min))
    if wanted.last is not None:
        found.append(audit.c.at <= _bound(wanted.last, time.max) + "Z")
    if wanted.reference:
        named = select(complaint.c.id).where(complaint.c.reference.contains(wanted.reference, autoescape=True))
        found.append(audit.c.subject.in_(named))
    return found


def _bound(day: date, at: time) -> str:
    """Without its zone: then it stands before every text of the same second, with or without a fraction."""
    return utc_text(datetime.combine(day, at, WITA)).removesuffix("Z")


def by_numbers(transaction: Transaction, wanted: Sequence[int]) -> list[Line]:
    """The lines with these numbers, in the order of `wanted`."""
    found: list[Line] = []
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = transaction.connection.execute(select(audit).where(audit.c.n.in_(part)))
        known = {row.n: row for row in rows}
        found += [_line(known[n]) for n in part if n in known]
    return found


def of_subject(transaction: Transaction, subject: str) -> list[Line]:
    """The lines about a complaint or a closed day, newest first."""
    query = select(audit).where(audit.c.subject == subject).order_by(audit.c.n.desc())
    return [_line(row) for row in transaction.connection.execute(query)]


def of_document(transaction: Transaction, document: str) -> list[Line]:
    """The lines about prints of one document, newest first."""
    query = select(audit).where(audit.c.document == document).order_by(audit.c.n.desc())
    return [_line(row) for row in transaction.connection.execute(query)]


def actors(transaction: Transaction) -> list[str]:
    """Everybody who did something of it, in the order of the alphabet."""
    return list(transaction.connection.execute(select(audit.c.actor).distinct().order_by(audit.c.actor)).scalars())


def _line(row: Row[Any]) -> Line:
    with as_written():
        return Line(
            n=row.n,
            kind=AuditKind(row.kind),
            at=read_utc(row.at),
            actor=row.actor,
            subject=row.subject,
            document=row.document,
            body=json.loads(row.body),
            hash=bytes(row.hash),
        )
