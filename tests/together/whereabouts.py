"""Where each thing is that a person wrote: at the centre, in what a desk has said itself, in what it was told."""

import json
from typing import Any

from sqlalchemy import or_, select

from central_server.centre import Centre
from central_server.store import tables as t
from kelurahan_client.domain.fields import EDITABLE, to_json
from kelurahan_client.services.desk import identity
from kelurahan_client.store import attachments, complaints, imports, lost_questions, lost_values
from kelurahan_client.store.complaints import seen_by
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import attachment, complaint, entry
from kelurahan_client.store.tables import outbox as outbox_table
from tests.together.desk_at_work import DeskAtWork

Kept = dict[str, set[str]]  # id of a complaint, a follow-up, a step or a file -> what is known of it, see `said`


def said(field: str, value: Any) -> str:
    """One value of one field."""
    return f"{field}={json.dumps(value, sort_keys=True)}"


def at_the_centre(centre: Centre, created: list[str], kept: Kept) -> None:
    """Add what the centre has of these complaints: records, sides of conflicts, history."""
    with centre.store.reading() as session:
        run = session._connection.execute
        r, h = t.record.c, t.history.c
        ours = or_(r.id.in_(created), r.parent.in_(created))
        bodies = {row.id: json.loads(row.body) for row in run(select(r.id, r.body).where(ours))}
        past = run(select(h.record, h.field, h.was, h.value).where(h.record.in_(created))).all()
    for id_, body in bodies.items():
        kept.setdefault(id_, set()).update(said(name, value) for name, value in body.items())
        if "sides" in body:
            _sides(body, kept)
    for record, field, was, value in past:
        kept.setdefault(record, set()).update((said(field, json.loads(was)), said(field, json.loads(value))))


def said_by(work: DeskAtWork, kept: Kept) -> None:
    """Add what this desk has said itself, and says again wherever it is missing."""
    for line in _lines(work):
        values = line.get("set", {})
        known = kept.setdefault(line["id"], set())
        known |= {said(name, value) for name, value in values.items()}
        if "step" in values:  # it is a record of its own
            kept.setdefault(values["step"], set()).update(known)
        if line["op"] == "resolve":
            kept.setdefault(values["complaint"], set()).add(said(values["field"], values["value"]))


def told_to(work: DeskAtWork, kept: Kept) -> None:
    """Add what this desk holds, whoever wrote it, and what it has written over."""
    for line in _lines(work):
        if line["op"] == "patch":
            known = kept.setdefault(line["id"], set())
            known |= {said(name, value) for name, value in line.get("was", {}).items()}
    with work.desk.store.read() as transaction:
        run = transaction.connection.execute
        here = (complaint.c.deleted.is_(False), seen_by(identity(transaction).office))
        ids = list(run(select(complaint.c.id).where(*here)).scalars())
        for id_, stored in complaints.get_many(transaction, ids).items():
            values = {name: to_json(getattr(stored.complaint, name)) for name in EDITABLE}
            kept.setdefault(id_, set()).update(said(name, value) for name, value in values.items())
        for row in run(select(entry.c.id, entry.c.text).where(entry.c.complaint_id.in_(ids))):
            kept.setdefault(row.id, set()).update((said("text", row.text), said("note", row.text)))
        for id_ in run(select(attachment.c.id).where(attachment.c.complaint_id.in_(ids))).scalars():
            kept.setdefault(id_, set())
        for question in imports.all_conflicts(transaction):
            if question.complaint_id in ids:
                _sides(question.body, kept)
        _remembered(transaction, kept, {*ids})


def taken_back(work: DeskAtWork) -> set[str]:
    """The complaints of imports that were undone on this desk."""
    return {line["id"] for line in _lines(work) if line["op"] == "delete"}


def bytes_at(work: DeskAtWork) -> set[str]:
    """The files whose bytes are on this desk."""
    with work.desk.store.read() as transaction:
        return {one.sha256 for one in attachments.here(transaction)}


def _remembered(transaction: Transaction, kept: Kept, ids: set[str]) -> None:
    """What a restored centre has lost, and this desk keeps aside for it."""
    for one in lost_values.kept(transaction):
        if one.complaint_id in ids:
            kept.setdefault(one.complaint_id, set()).update(said(name, value) for name, value in one.values.items())
    for question in lost_questions.kept(transaction):
        if question.complaint_id in ids:
            _sides(question.body, kept)


def _lines(work: DeskAtWork) -> list[dict[str, Any]]:
    with work.desk.store.read() as transaction:
        return [json.loads(line) for line in transaction.connection.execute(select(outbox_table.c.line)).scalars()]


def _sides(body: dict[str, Any], kept: Kept) -> None:
    kept.setdefault(body["complaint"], set()).update(said(body["field"], side["value"]) for side in body["sides"])
