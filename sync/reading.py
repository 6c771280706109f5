"""Records of the feed as this program understands them; what it cannot read is an error with a way out."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from kelurahan_client.domain.attachments import Attachment, attachment_from
from kelurahan_client.domain.complaint import Status, SyncState, TimelineEntry
from kelurahan_client.domain.fields import SHARED_FIELDS, flat_from, read_utc, utc_text
from kelurahan_client.errors import ExchangeError
from kelurahan_client.store.imports import Conflict
from kelurahan_client.store.new_complaints import NewRow
from sync.protocol import Change, RecordType

ENTRIES = (RecordType.FOLLOW_UP, RecordType.STATUS_STEP, RecordType.NOTICE)  # of the story


@contextmanager
def reading() -> Iterator[None]:
    """What the centre has signed but this program cannot read: to skip it would lose it, so the reply waits."""
    try:
        yield
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ExchangeError(
            "Server kota mengirim data yang belum dikenal program ini; tidak ada yang berubah di sini.",
            way_out="Perbarui Lapor Kelurahan di komputer ini, lalu kirim lagi.",
            code="LK-3005",
        ) from error


def new_rows(changes: Iterable[Change]) -> list[NewRow]:
    """Complaints that this desk sees for the first time."""
    with reading():
        return [NewRow(values=_flat(change), extra=unknown(change.body)) for change in changes]


def _flat(change: Change) -> dict[str, Any]:
    values: dict[str, Any] = flat_from(change.id, change.body)
    values["rev"] = change.rev
    values["sync_state"] = SyncState.ACKNOWLEDGED.value
    if received := change.body.get("server_received_at"):
        values["server_received_at"] = utc_text(read_utc(str(received)))
    return values


def unknown(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a complaint that this program does not know."""
    return {} if body.keys() <= _KNOWN else {name: value for name, value in body.items() if name not in _KNOWN}


_KNOWN = frozenset({*SHARED_FIELDS, "server_received_at"})


_KINDS = {RecordType.STATUS_STEP: "status", RecordType.FOLLOW_UP: "follow_up"}


def entry(change: Change) -> TimelineEntry:
    """A follow-up, a status step or a notice, for the story."""
    body = change.body
    step = change.type == RecordType.STATUS_STEP
    with reading():
        return TimelineEntry(
            id=change.id,
            kind=_KINDS.get(RecordType(change.type), "notice"),
            text=str(body.get("note" if step else "text", "")),
            actor=str(body.get("actor", "")),
            at=_when(body.get("device_time"), body.get("received_at")),
            acknowledged=True,
            status_from=Status(body["from"]) if step else None,
            status_to=Status(body["to"]) if step else None,
        )


def _when(device_time: object, received_at: object) -> datetime:
    """When it happened, by the clock of the desk where it did; by the centre's if that desk said no readable time."""
    try:
        return read_utc(str(device_time))
    except (ValueError, OverflowError):
        return read_utc(str(received_at))


def attachment(change: Change) -> Attachment:
    """A file of a complaint."""
    with reading():
        at = _when(change.body.get("device_time"), change.body.get("received_at"))
        return attachment_from(change.id, change.body, at)


def conflict(change: Change) -> Conflict:
    """A question about a field, open or decided."""
    body = change.body
    return Conflict(
        change.id,
        str(body.get("complaint", "")),
        str(body.get("field", "")),
        body,
        body.get("state", "open") == "open",
        change.rev,
    )


def decisions(question: Conflict) -> list[TimelineEntry]:
    """What was decided about a contested field, for the story; a new status has a step of its own there."""
    with reading():
        return [
            TimelineEntry(
                id=f"{question.id}/{number}",
                kind="edit",
                text=str(said["reason"]),
                actor=str(said["actor"]),
                at=_when(said["device_time"], said["server_time"]),
                acknowledged=True,
                fields={question.field: (said["was"], said["value"])} if question.field in SHARED_FIELDS else {},
            )
            for number, said in enumerate(question.body.get("decisions", ()))
            if said["stands"] and (question.field != "status" or said["was"] == said["value"])
        ]


def is_readable(change: Change) -> bool:
    """Whether this program understands the record."""
    try:
        if change.gone:
            return True
        if change.type == RecordType.COMPLAINT:
            new_rows([change])
        elif change.type in ENTRIES:
            entry(change)
        elif change.type == RecordType.ATTACHMENT:
            attachment(change)
        elif change.type == RecordType.CONFLICT:
            decisions(conflict(change))
    except ExchangeError:
        return False
    return True
