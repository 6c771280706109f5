"""A desk or a centre that ends at every point of an exchange: nothing acknowledged is lost, nothing counts twice.

Each function is called in a process of its own (`in_a_quiet_process`) and gives the number of points.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

import resources
from central_server.centre import Centre, open_centre
from kelurahan_client.config import Config
from kelurahan_client.domain.reference import ReferenceData, load_reference
from kelurahan_client.services import attachments, handling
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.desk import identity as identity_of
from kelurahan_client.store import outbox
from kelurahan_client.store.engine import open_store
from sync import blobs, engine
from tests.desk_making import FakeClock, register
from tests.guarantees.crash_desk import of_a_desk, remember_statements
from tests.guarantees.crash_points import Place, Run, Say, each_point
from tests.guarantees.direct_way import DirectWay
from tests.together.desk_at_work import problems_of
from tests.together.laws import nothing_is_doubled, nothing_is_skipped, the_same_is_held
from tests.together.photos import photo

_PHOTO = 90_000  # bytes: two pieces
_NOW_AND_THEN = 10  # points, after which everything is compared; it takes as long as several points


def of_a_centre(engine_: Engine) -> bool:
    """Whether these are a centre's data."""
    return not of_a_desk(engine_)


@dataclass(frozen=True, slots=True)
class Ground:
    """Two desks of one office and a centre; each is opened anew for every use, since processes are forked between."""

    one: Config
    two: Config
    centre: Centre  # none of its connections is open but within `open_centre`
    reference: ReferenceData

    @contextmanager
    def open_centre(self) -> Iterator[Centre]:
        """The centre, without connections at the end."""
        try:
            yield self.centre
        finally:
            self.centre.store.close()

    @contextmanager
    def open_desk(self, config: Config) -> Iterator[Desk]:
        """A desk, closed at the end."""
        store = open_store(config, None)
        try:
            yield Desk(store, self.reference, FakeClock(), secrets.token_bytes)
        finally:
            store.close()


def ground(one: Path, two: Path, centre: Path, database_url: str | None) -> Ground:
    """Opened in this process, and closed again."""
    remember_statements()
    opened = open_centre(centre, database_url)
    opened.store.close()
    return Ground(Config(one), Config(two), opened, load_reference(resources.path("reference")))


def exchange(
    one: Path, two: Path, centre: Path, database_url: str | None, who: str, stride: int, first: int = 1
) -> int:
    """Desk `one` sends three changes and a photo and hears of three; `who` (desk or centre) ends at one point."""
    here = ground(one, two, centre, database_url)
    (centre / "blobs").mkdir(exist_ok=True)
    place = Place(of_a_desk) if who == "desk" else Place(of_a_centre, centre / "blobs", power=True)
    told = _Told()

    def act(say: Say) -> None:
        desk = Desk(open_store(here.one, None), here.reference, FakeClock(), secrets.token_bytes)
        engine.exchange(desk, DirectWay(here.centre, lambda what: say(what if " " in what else f"{what} {_end(desk)}")))
        say("done")

    def check(run: Run) -> None:
        with here.open_centre() as at_centre, here.open_desk(here.one) as desk:
            told.hears(run)
            told.is_kept(at_centre, desk)
            assert problems_of(desk) == [], problems_of(desk)
            nothing_is_skipped(at_centre, desk)
            nothing_is_doubled(at_centre)
            engine.exchange(desk, DirectWay(at_centre))
            if not run.struck or run.at % _NOW_AND_THEN == 0:
                engine.exchange(desk, DirectWay(at_centre))  # hears that the centre has the bytes that came last
                told.all_is_there(at_centre, desk)
            with here.open_desk(here.two) as other:
                told.works(desk, other, DirectWay(at_centre))

    check(Run(0, True, ()))
    points = each_point(act, place, check, stride=stride, first=first)
    with here.open_centre() as at_centre, here.open_desk(here.one) as desk, here.open_desk(here.two) as other:
        for each in (desk, other, desk):
            engine.exchange(each, DirectWay(at_centre))
        told.all_is_there(at_centre, desk)
        told.all_is_there(at_centre, other)
        nothing_is_doubled(at_centre)
    return points


def fetch(one: Path, two: Path, centre: Path, database_url: str | None, stride: int, first: int = 1) -> int:
    """Desk `two` fetches a photo of desk `one`, and its power goes at one point; in the end it has all of it."""
    here = ground(one, two, centre, database_url)
    here.two.blob_dir.mkdir(exist_ok=True)
    made: list[str] = []

    def prepare() -> None:
        with here.open_centre() as at_centre, here.open_desk(here.one) as desk, here.open_desk(here.two) as other:
            made.append(_attach(desk, register(desk).id))
            for each in (desk, other):
                engine.exchange(each, DirectWay(at_centre))

    def act(say: Say) -> None:
        desk = Desk(open_store(here.two, None), here.reference, FakeClock(), secrets.token_bytes)
        blobs.fetch(desk, DirectWay(here.centre), made[-1])
        say("here")

    def check(run: Run) -> None:
        with here.open_centre() as at_centre, here.open_desk(here.two) as desk:
            assert problems_of(desk) == [], problems_of(desk)
            if run.said:
                assert len(attachments.content(desk, made[-1])) == _PHOTO
            blobs.fetch(desk, DirectWay(at_centre), made[-1])
            assert len(attachments.content(desk, made[-1])) == _PHOTO
        prepare()

    prepare()
    return each_point(act, Place(of_a_desk, here.two.blob_dir, power=True), check, stride=stride, first=first)


class _Told:
    """What people wrote, and what was acknowledged to desk one."""

    def __init__(self) -> None:
        self.written: set[str] = set()  # titles, texts and files
        self.last_n = 0
        self.pieces: dict[str, int] = {}

    def works(self, desk: Desk, other: Desk, way: DirectWay) -> None:
        """Three changes and a photo wait at the desk, and three of another at the centre."""
        for each in (desk, other):
            made = register(each, title=f"Pengaduan {secrets.token_hex(6)}")
            text = handling.follow_up(each, made.id, f"Ditelepon {secrets.token_hex(6)}").text
            note = handling.edit(each, made.id, {"note": f"Catatan {secrets.token_hex(6)}"}).note
            self.written |= {made.title, text, note}
            if each is desk:
                self.written.add(_attach(desk, made.id))
        engine.exchange(other, way)

    def hears(self, run: Run) -> None:
        for said in run.said:
            what, *rest = said.split()
            if what == "exchange":
                self.last_n = max(self.last_n, int(rest[0]))
            elif what != "done":
                self.pieces[what] = int(rest[0])

    def is_kept(self, centre: Centre, desk: Desk) -> None:
        """What the centre has acknowledged is there, whether the desk has heard it or not."""
        with desk.store.read() as transaction:
            end, me = outbox.tail(transaction), identity_of(transaction)
            entries = outbox.by_numbers(transaction, end.epoch, 1, end.n)
        answered = [n for n, entry in entries.items() if entry.result is not None]
        with centre.store.reading() as session:
            said = session.inbox.said(me.device, end.epoch, 1, end.n)
            assert session.inbox.stream(me.device, end.epoch).last_n == len(said) >= max([self.last_n, *answered])
        assert all(said[n].line == entries[n].line and said[n].hash == entries[n].hash for n in said)
        for sha256, size in self.pieces.items():
            assert centre.blobs.has(sha256) or centre.blobs.partial(sha256) >= size, (sha256, size)

    def all_is_there(self, centre: Centre, desk: Desk) -> None:
        """Both hold the same, everything that was written is in it, and every file is whole."""
        with desk.store.read() as transaction:
            me = identity_of(transaction)
            assert outbox.count_waiting(transaction) == 0
        with centre.store.reading() as session:
            rows = session.feed.page(me.office, 0, 1_000_000, 1 << 40).rows
        bodies = b"".join(row.body for row in rows).decode()
        assert [word for word in self.written if word not in bodies] == []
        for row in rows:
            if row.type == "attachment":
                sha256 = str(json.loads(row.body)["sha256"])
                whole = b"".join(centre.blobs.read(sha256, 0, 1 << 40))
                assert hashlib.sha256(whole).hexdigest() == sha256
        the_same_is_held(centre, desk)


def _attach(desk: Desk, complaint: str) -> str:
    path = desk.store.config.data_dir.parent / "foto.png"
    path.write_bytes(photo(_PHOTO, secrets.token_hex(4)))
    return attachments.attach(desk, complaint, path).sha256


def _end(desk: Desk) -> int:
    with desk.store.read() as transaction:
        return outbox.tail(transaction).n
