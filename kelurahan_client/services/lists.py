"""Looking at complaints: lists, one complaint with its story, the first page, the outbox."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.domain.complaint import Complaint, SyncState, TimelineEntry
from kelurahan_client.domain.fields import read_utc, to_json, utc_text
from kelurahan_client.domain.nik import mask_nik
from kelurahan_client.domain.phone import mask_phone
from kelurahan_client.domain.roles import Officer, Right, who_may
from kelurahan_client.domain.status import Step, steps_open
from kelurahan_client.domain.text import clean_line
from kelurahan_client.errors import InputError, NotFound
from kelurahan_client.services import unsent_files
from kelurahan_client.services.clock import clock_warning
from kelurahan_client.services.desk import Desk, allow, allowed, officer, right_for
from kelurahan_client.services.list_order import codes
from kelurahan_client.services.silence import count_closable
from kelurahan_client.services.unsent_files import UnsentFiles
from kelurahan_client.store import attachments, complaints, imports, listing, outbox, reveals, settings
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.imports import Conflict
from kelurahan_client.store.listing import SEARCH_LIMIT, Counts, ListFilter, ListRow, Sort
from sync.protocol import Op

__all__ = ["SEARCH_LIMIT", "Counts", "ListFilter", "ListRow", "Sort"]

SOON_WORKING_DAYS = 2


def keys(desk: Desk, wanted: ListFilter) -> "array[int]":
    """The keys of a list in its order; a search gives those of the newest SEARCH_LIMIT + 1 that it finds."""
    with desk.store.read() as transaction:
        return listing.keys(transaction, wanted, codes=codes(desk.reference, wanted.sort))


def keys_without(desk: Desk, wanted: ListFilter, complaint_id: str) -> "tuple[array[int], bool]":
    """The keys of a list, and whether this complaint ("" for none) is not among them."""
    with desk.store.read() as transaction:
        found = listing.keys(transaction, wanted, codes=codes(desk.reference, wanted.sort))
        stored = complaints.get(transaction, complaint_id) if complaint_id else None
    return found, stored is not None and stored.key not in found


def page(desk: Desk, wanted: Sequence[int]) -> list[ListRow]:
    """The lines for some keys (about 100 at a time)."""
    with desk.store.read() as transaction:
        return listing.page(transaction, wanted)


def full(desk: Desk, wanted: ListFilter, limit: int | None = None) -> list[Complaint]:
    """Whole complaints of a list, masked, at most `limit`; for the command line."""
    with desk.store.read() as transaction:
        return [masked(one) for one in _whole(transaction, wanted, limit)]


def revealed(desk: Desk, wanted: ListFilter, reason: str, limit: int | None = None) -> list[Complaint]:
    """The same with identities in clear, each logged before it is given.

    Raises NotAllowed: a list of people is more than the one whom a clerk calls back.
    """
    with desk.store.write() as transaction:
        allow(transaction, Right.EXPORT_IDENTITIES)
        found = _whole(transaction, wanted, limit)
        reveals.add(transaction, [one.id for one in found], officer(transaction).name, desk.now(), reason)
    return found


def _whole(transaction: Transaction, wanted: ListFilter, limit: int | None) -> list[Complaint]:
    chosen = listing.keys(transaction, wanted, most_found=limit)[:limit]
    return [stored.complaint for stored in complaints.by_keys(transaction, chosen)]


def masked(complaint: Complaint) -> Complaint:
    """The same complaint with NIK and phone hidden but for their ends."""
    return replace(
        complaint, reporter_nik=mask_nik(complaint.reporter_nik), reporter_phone=mask_phone(complaint.reporter_phone)
    )


def shown_value(field: str, value: object) -> Any:
    """One field's value as JSON, as `masked` would show it."""
    mask = _MASKS.get(field)
    return mask(value) if mask and isinstance(value, str) else value


_MASKS = {"reporter_nik": mask_nik, "reporter_phone": mask_phone}


def entry_json(entry: TimelineEntry) -> dict[str, Any]:
    """One thing that happened, as the command line prints it; identities masked."""
    return {
        "kind": entry.kind,
        "text": entry.text,
        "actor": entry.actor,
        "at": utc_text(entry.at),
        "acknowledged": entry.acknowledged,
        "status_from": entry.status_from,
        "status_to": entry.status_to,
        "fields": {name: [to_json(shown_value(name, value)) for value in pair] for name, pair in entry.fields.items()},
    }


@dataclass(frozen=True, slots=True)
class Detail:
    """One complaint as the detail pane shows it: masked, with its story (newest first) and what may come next."""

    complaint: Complaint
    timeline: tuple[TimelineEntry, ...]
    conflicts: tuple[Conflict, ...]
    steps: tuple[Step, ...]
    problems: tuple[str, ...]  # why the centre refused something of it
    agency_name: str
    category_name: str
    steps_for: str = ""  # the roles that may go on, where steps are left and this officer may take none


def detail(desk: Desk, complaint_id: str) -> Detail:
    """Everything about one complaint; raises NotFound."""
    with desk.store.read() as transaction:
        stored = complaints.get(transaction, complaint_id)
        if stored is None or stored.deleted:
            raise NotFound("Pengaduan itu tidak ada di komputer ini.")
        complaint = stored.complaint
        timeline = complaints.timeline(transaction, complaint_id)
        files = attachments.of_complaint(transaction, complaint_id)
        conflicts = imports.open_conflicts(transaction, complaint_id)
        refused = outbox.rejected_of(transaction, complaint_id)
        open_ = steps_open(complaint.status, stored.resolved_on, desk.today(), desk.reference.calendar)
        steps = tuple(step for step in open_ if allowed(transaction, right_for(step.to)))
        others = who_may(right_for(open_[0].to)) if open_ and not steps else ""
    registered = TimelineEntry(
        id=complaint.id,
        kind="registered",
        text="",
        actor=stored.registered_by,
        at=complaint.recorded_at,
        acknowledged=complaint.rev > 0,
    )
    agency = desk.reference.agencies.get(complaint.agency)
    return Detail(
        complaint=masked(complaint),
        timeline=(*_with_files(timeline, files), registered),
        conflicts=tuple(conflicts),
        steps=steps,
        problems=tuple(entry.reason for entry in refused),
        agency_name=agency.name if agency else complaint.agency_written,
        category_name=desk.reference.category_name(complaint.category),
        steps_for=others,
    )


def _with_files(timeline: Sequence[TimelineEntry], files: Sequence[Attachment]) -> list[TimelineEntry]:
    added = [
        TimelineEntry(
            id=file.id, kind="attachment", text=file.name, actor=file.actor, at=file.at, acknowledged=file.acknowledged
        )
        for file in reversed(files)
    ]
    return sorted([*added, *timeline], key=lambda entry: entry.at, reverse=True)


def reveal(desk: Desk, complaint_id: str, reason: str) -> Complaint:
    """The complaint with its identities in clear; that somebody looked is on the disk before it is shown."""
    said = clean_line(reason).text
    if len(said) < 3:
        raise InputError("Tulis alasan melihat identitas ini.", way_out="Misalnya: menghubungi pelapor.")
    with desk.store.write() as transaction:
        stored = complaints.get(transaction, complaint_id)
        if stored is None:
            raise NotFound("Pengaduan itu tidak ada di komputer ini.")
        reveals.add(transaction, [complaint_id], officer(transaction).name, desk.now(), said[:300])
    return stored.complaint


@dataclass(frozen=True, slots=True)
class Home:
    """The first page."""

    officer: Officer
    today: date
    soon: date  # the last day that counts as due soon
    counts: Counts
    due: tuple[ListRow, ...]
    days: tuple[tuple[date, int, int], ...]  # day, received, resolved
    state: "DeskState"
    closable: int = 0  # resolved and silent, for an officer who may close them


def home(desk: Desk, due_rows: int = 8, days: int = 30) -> Home:
    """What the first page shows today."""
    today = desk.today()
    soon = desk.reference.calendar.add_working_days(today, SOON_WORKING_DAYS)
    with desk.store.read() as transaction:
        return Home(
            officer=officer(transaction),
            today=today,
            soon=soon,
            counts=listing.counts(transaction, today, soon),
            due=tuple(listing.nearest_due(transaction, due_rows)),
            days=tuple(listing.per_day(transaction, today - timedelta(days=days - 1), today)),
            state=_state(transaction),
            closable=count_closable(desk, transaction),
        )


@dataclass(frozen=True, slots=True)
class DeskState:
    """What the state chip tells: counts of complaints, the files that wait, and how the last exchange went.

    `last_exchange` has at, sent, received, clock_offset_seconds; `last_failure` has at, since, code, title, message;
    either may be None. `withdrawn` of the unsent are of an import that was undone: they wait too, and no list has them.
    """

    unsent: int
    rejected: int
    conflicts: int
    last_exchange: dict[str, Any] | None
    last_failure: dict[str, Any] | None
    withdrawn: int = 0
    files: UnsentFiles = field(default_factory=UnsentFiles)

    @property
    def all_sent(self) -> bool:
        """Whether the centre has everything of this desk, the bytes of its files too."""
        return not self.unsent and not self.files.count

    @property
    def clock_warning(self) -> str:
        """A sentence where this computer's clock was more than five minutes off at the last exchange, else ""."""
        return clock_warning((self.last_exchange or {}).get("clock_offset_seconds", 0))

    def must_wait(self, now: datetime) -> bool:
        """Whether the centre was busy and has asked for more time: only a person asks it again before that.

        A clock that was put back since then makes nobody wait.
        """
        failure = self.last_failure or {}
        if failure.get("not_before") and read_utc(failure["at"]) <= now < read_utc(failure["not_before"]):
            return True
        return self.files.must_wait(now)


def state(desk: Desk) -> DeskState:
    """How this desk stands towards the centre."""
    with desk.store.read() as transaction:
        return _state(transaction)


def _state(transaction: Transaction) -> DeskState:
    unsent, rejected = outbox.counts(transaction)
    return DeskState(
        unsent=unsent,
        rejected=rejected,
        conflicts=imports.count_conflicts(transaction),
        last_exchange=settings.get(transaction, settings.LAST_EXCHANGE),
        last_failure=settings.get(transaction, settings.LAST_FAILURE),
        withdrawn=listing.count_withdrawn(transaction),
        files=unsent_files.standing(transaction),
    )


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One change on its way to the centre, for people."""

    n: int
    op: str
    complaint_id: str
    reference: str
    title: str
    recorded_at: datetime
    tried_at: datetime | None
    answered_at: datetime | None
    result: str  # "" = not yet answered; applied, merged, conflict, rejected
    reason: str
    sync_state: SyncState
    changes: int = 1  # how many changes of the same complaint this line stands for
    withdrawn: bool = False  # whether its import was undone, so that no list has it


def outbox_items(desk: Desk, kind: str = "waiting", limit: int = 200) -> list[OutboxItem]:
    """The newest entries of the outbox; `kind` is waiting, rejected or answered."""
    with desk.store.read() as transaction:
        entries = outbox.recent(transaction, kind, limit)
        known = complaints.get_many(transaction, {entry.complaint_id for entry in entries})
    return [_item(entry, known[entry.complaint_id]) for entry in entries if entry.complaint_id in known]


def outbox_complaints(desk: Desk, kind: str = "waiting", limit: int = 200) -> list[OutboxItem]:
    """The newest `limit` entries of the outbox as one item a complaint: its newest, with how many there are."""
    found: dict[str, OutboxItem] = {}
    for item in outbox_items(desk, kind, limit):
        newest = found.get(item.complaint_id, replace(item, changes=0))
        begins = item.op == Op.CREATE
        found[item.complaint_id] = replace(newest, changes=newest.changes + 1, op=item.op if begins else newest.op)
    return list(found.values())


def _item(entry: outbox.Entry, stored: Stored) -> OutboxItem:
    complaint = stored.complaint

    def time(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    return OutboxItem(
        n=entry.n,
        op=entry.op,
        complaint_id=complaint.id,
        reference=complaint.reference,
        title=complaint.title,
        recorded_at=datetime.fromisoformat(entry.recorded_at),
        tried_at=time(entry.tried_at),
        answered_at=time(entry.answered_at),
        result=entry.result or "",
        reason=entry.reason,
        sync_state=complaint.sync_state,
        withdrawn=stored.deleted,
    )


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A conflict with the complaint that it is about."""

    conflict: Conflict
    reference: str
    title: str


def conflicts(desk: Desk) -> list[ConflictView]:
    """The conflicts that wait for a person."""
    with desk.store.read() as transaction:
        found = imports.open_conflicts(transaction)
        known = complaints.get_many(transaction, {item.complaint_id for item in found})
    return [
        ConflictView(item, known[item.complaint_id].complaint.reference, known[item.complaint_id].complaint.title)
        for item in found
        if item.complaint_id in known
    ]
