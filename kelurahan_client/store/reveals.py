"""Looks at identities, in the chain of `audit`."""

from collections.abc import Sequence
from datetime import datetime

from kelurahan_client.store import audit
from kelurahan_client.store.audit import AuditKind, NewLine
from kelurahan_client.store.engine import Transaction


def add(
    transaction: Transaction,
    complaint_ids: Sequence[str],
    actor: str,
    at: datetime,
    reason: str,
    kind: AuditKind = AuditKind.REVEAL,
) -> None:
    """Log that somebody saw the identities of these complaints, or took them out as a file."""
    body = {"reason": reason}
    audit.append(transaction, [NewLine(kind=kind, at=at, actor=actor, subject=id_, body=body) for id_ in complaint_ids])


def of_complaint(transaction: Transaction, complaint_id: str) -> list[tuple[str, datetime, str]]:
    """(actor, time, reason) of every look at the identities of a complaint, newest first."""
    return [
        (line.actor, line.at, str(line.body.get("reason", "")))
        for line in audit.of_subject(transaction, complaint_id)
        if line.kind in (AuditKind.REVEAL, AuditKind.EXPORT)
    ]
