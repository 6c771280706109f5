"""A real desk with a real encrypted file, and a clerk who works at it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kelurahan_client.app import open_desk
from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import Complaint, Intake, Status, TimelineEntry
from kelurahan_client.domain.fields import CLI_ORDER, flat
from kelurahan_client.services import desk as desks
from kelurahan_client.services import doctor, handling, intake, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter, OutboxItem
from kelurahan_client.services.registering import register_all
from kelurahan_client.store import complaints, outbox, settings
from kelurahan_client.store.imports import Conflict
from sync import engine
from sync.engine import Outcome
from sync.transport import HttpTransport, Transport
from tests.desk_making import FakeClock, an_intake
from tools.central_process import Central

_OF_THE_WAY = (settings.LAST_EXCHANGE, settings.LAST_FAILURE)


@dataclass
class DeskAtWork:
    """One desk: its data, its clock, and the way to the centre that it takes (`url`)."""

    config: Config
    url: str
    clock: FakeClock
    desk: Desk

    @classmethod
    def open(cls, config: Config, url: str, clock: FakeClock) -> "DeskAtWork":
        """Open the data in `config`; close it when done."""
        return cls(config, url, clock, open_desk(config, clock=clock))

    def close(self) -> None:
        """Leave the data to another process."""
        self.desk.store.close()

    def reopen(self) -> None:
        """Come back to the data."""
        self.desk = open_desk(self.config, clock=self.clock)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Closed within the block, so that a process of its own can work on the data."""
        self.close()
        yield
        self.reopen()

    @property
    def office(self) -> str:
        """The code of the kelurahan that it was enrolled for."""
        me = desks.find_identity(self.desk)
        assert me is not None
        return me.office

    # The clerk

    def sits_down(self, name: str) -> None:
        """Somebody else works here now."""
        desks.set_officer(self.desk, name)

    def register(self, **changes: Any) -> Complaint:
        """A registered complaint, like `an_intake` but for `changes`."""
        return intake.register(self.desk, an_intake(**changes)).complaint

    def register_many(self, items: list[Intake]) -> list[Complaint]:
        """Many at once."""
        with self.desk.store.write() as transaction:
            return register_all(self.desk, transaction, items)

    def edit(self, id_: str, **changes: Any) -> Complaint:
        """Fields corrected."""
        return handling.edit(self.desk, id_, changes)

    def follow_up(self, id_: str, text: str) -> TimelineEntry:
        """A note added."""
        return handling.follow_up(self.desk, id_, text)

    def step(self, id_: str, to: Status, note: str = "Sudah dicek.") -> Complaint:
        """A status step; a referral goes to DLH."""
        return handling.transition(self.desk, id_, to, note, "DLH" if to is Status.REFERRED else "")

    def exchange(self, transport: Transport | None = None) -> Outcome:
        """Reconcile with the centre, by `url` unless another way is given."""
        if transport is not None:
            return engine.exchange(self.desk, transport)
        over_http = HttpTransport(self.url)
        try:
            return engine.exchange(self.desk, over_http)
        finally:
            over_http.close()

    # What there is to see

    def complaint(self, id_: str) -> Complaint:
        """One complaint as stored, identities in clear."""
        with self.desk.store.read() as transaction:
            stored = complaints.get(transaction, id_)
        assert stored is not None
        return stored.complaint

    def listed(self) -> dict[str, dict[str, Any]]:
        """The complaints of the list by their id, as the command line prints them, in clear."""
        with self.desk.store.read() as transaction:
            ids = [found.id for found in lists.full(self.desk, ListFilter())]
            stored = complaints.get_many(transaction, ids)
        return {id_: cli_line(stored[id_].complaint) for id_ in ids}

    def story(self, id_: str) -> list[TimelineEntry]:
        """The complaint's timeline, newest first."""
        return list(lists.detail(self.desk, id_).timeline)

    def told(self, id_: str, kind: str) -> set[str]:
        """The texts of one kind of entry in the timeline."""
        return {entry.text for entry in self.story(id_) if entry.kind == kind}

    def conflicts(self, id_: str | None = None) -> list[Conflict]:
        """The conflicts that wait for a person, of one complaint or of all."""
        found = [view.conflict for view in lists.conflicts(self.desk)]
        return [conflict for conflict in found if id_ in (None, conflict.complaint_id)]

    def outbox(self, kind: str) -> list[OutboxItem]:
        """Entries of the outbox: waiting, rejected or answered."""
        return lists.outbox_items(self.desk, kind, limit=10_000)

    def waiting_lines(self) -> list[dict[str, Any]]:
        """The mutations that the centre has not answered, as they will be sent."""
        with self.desk.store.read() as transaction:
            end = outbox.tail(transaction)
            return [json.loads(item.line) for item in outbox.waiting(transaction, end.epoch, after=0, limit=10_000)]

    def problems(self) -> list[str]:
        """What the doctor finds wrong with the file and the chain of the outbox."""
        return problems_of(self.desk)

    def dump(self, *, attempts: bool = True) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, but for when the last exchange was.

        `attempts=False` leaves out too when an entry was last tried.
        """
        with self.desk.store.read() as transaction:
            run = transaction.connection.exec_driver_sql
            names = [row[0] for row in run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            tables = {name: [tuple(row) for row in run(f'SELECT * FROM "{name}"')] for name in names}  # noqa: S608
            columns = [row[1] for row in run("PRAGMA table_info(outbox)")]
        tables["meta"] = [row for row in tables["meta"] if row[0] not in _OF_THE_WAY]
        if not attempts:
            at = columns.index("tried_at")
            tables["outbox"] = [(*row[:at], *row[at + 1 :]) for row in tables["outbox"]]
        return tables


def problems_of(desk: Desk) -> list[str]:
    """What the doctor finds wrong with a desk's data, but for this machine's clock and disk."""
    report = doctor.examine(desk, desks.find_identity(desk))
    return [problem for problem in report.problems if not problem.startswith(("Jam", "Ruang"))]


def cli_line(complaint: Complaint) -> dict[str, Any]:
    """A complaint as `list --reveal` prints it."""
    values = flat(complaint)
    return {name: values[name] for name in CLI_ORDER}


def at_the_centre(central: Central, office: str | None = None) -> dict[str, dict[str, Any]]:
    """The complaints of the centre by their id, as its command prints them with --reveal."""
    only = ["--office", office] if office else []
    done = central.cli("complaints", "--reveal", *only)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    found = {line["id"]: line for line in lines}
    assert len(found) == len(lines)
    return found


def held_by_the_centre(central: Central, office: str | None = None) -> dict[str, dict[str, Any]]:
    """The same without a process: what the centre's command is made of."""
    with central.centre.store.reading() as session:
        found = list(session.feed.complaints(office))
    return {line["id"]: {name: line.get(name) for name in CLI_ORDER if name != "sync_state"} for line in found}


def without(lines: dict[str, dict[str, Any]], *names: str) -> dict[str, dict[str, Any]]:
    """The same lines without some fields."""
    return {id_: {name: value for name, value in line.items() if name not in names} for id_, line in lines.items()}
