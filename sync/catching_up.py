"""A newer program opens the data of an older one: what was kept for it is read now."""

from dataclasses import replace
from typing import Any

from kelurahan_client.domain.fields import SHARED_FIELDS, from_json
from kelurahan_client.store import aside, complaints, imports, settings
from kelurahan_client.store.engine import Store, Transaction
from sync import receiving
from sync.protocol import SCHEMA, Change
from sync.schemas import raised


def catch_up(store: Store) -> None:
    """Bring what an older program could only keep into its place; at once where there is nothing to do.

    Unknown fields of complaints, contested fields, and records that were kept aside. What this program does not
    understand either stays where it is. All of it in one transaction.
    """
    with store.read() as transaction:
        if _schema(transaction) >= SCHEMA:
            return
    with store.write() as transaction:
        known = _schema(transaction)
        for stored in complaints.with_extra(transaction):
            _unpack(transaction, stored, known)
        for question in imports.all_conflicts(transaction):
            body = dict(raised("conflict", question.body, known))
            imports.put_conflict(transaction, replace(question, body=body, field=str(body.get("field", ""))))
        kept = [_raised(one, known) for one in aside.take(transaction)]
        touched = receiving.Touched()
        receiving.apply_changes(transaction, kept, touched, SCHEMA + 1)  # the rest goes aside again
        receiving.settle(transaction, touched)
        settings.put(transaction, settings.SCHEMA, SCHEMA)


def _schema(transaction: Transaction) -> int:
    return int(settings.get(transaction, settings.SCHEMA) or 1)


def _raised(change: Change, known: int) -> Change:
    body = dict(raised(change.type, change.body, known))
    return Change(type=change.type, id=change.id, rev=change.rev, body=body)


def _unpack(transaction: Transaction, stored: complaints.Stored, known: int) -> None:
    extra = dict(raised("complaint", stored.extra, known))
    values: dict[str, Any] = {}
    for name in [name for name in extra if name in SHARED_FIELDS]:
        try:
            values[name] = from_json(name, extra[name])
        except (TypeError, ValueError, OverflowError):
            continue  # not in this program's words either
        del extra[name]
    if values or extra != stored.extra:
        complaints.change(transaction, stored, values | {"extra": extra})
