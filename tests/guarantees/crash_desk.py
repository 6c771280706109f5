"""A desk that ends at every point of what a clerk does there: what the person was told is kept, all of it or nothing.

Each function is called in a process of its own (`in_a_quiet_process`) and gives the number of points.
"""

import csv
import functools
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, select

import resources
from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.services import attachments, handling, importing, intake, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.registering import register_all
from kelurahan_client.store import engine as store_engine
from kelurahan_client.store import tables
from kelurahan_client.store.engine import open_store
from tests.desk_making import FakeClock, an_intake, register
from tests.guarantees.crash_points import Place, Run, each_point
from tests.together.desk_at_work import problems_of
from tests.together.photos import photo

COUNTED = ("complaint", "entry", "attachment", "blob", "draft", "outbox", "import_batch")


def of_a_desk(engine: Engine) -> bool:
    """Whether these are a desk's data: the centre's address names a file or a server."""
    return str(engine.url) == "sqlite://"


def remember_statements() -> None:
    """Let every opening of one desk's data in this process use one engine: making its SQL takes longer than running it.

    `Store.close` gives back all of an engine's connections, so that none is open when a process is forked.
    """
    store_engine._engine = functools.cache(store_engine._engine)


@dataclass(frozen=True, slots=True)
class Work:
    """What a clerk does: `do` gives what the person is told, `kept` finds it; `makes` says how many rows it adds."""

    do: Callable[[Desk], str]
    kept: Callable[[Desk, str], bool]
    makes: dict[str, int]


def clerks_work(folder: Path, name: str, stride: int) -> int:
    """The work `name` of WORKS at the desk whose data are in `folder`, in which the power goes at every
    `stride`-th point."""
    remember_statements()
    config = Config(folder)
    config.blob_dir.mkdir(exist_ok=True)
    reference, work = load_reference(resources.path("reference")), WORKS[name]

    def opened() -> Desk:
        return Desk(open_store(config, None), reference, FakeClock(), secrets.token_bytes)

    known = [_prepared(opened(), folder.parent)]

    def check(run: Run) -> None:
        desk = opened()
        try:
            assert problems_of(desk) == [], problems_of(desk)
            now = _counts(desk)
            done = {name: count + work.makes.get(name, 0) for name, count in known[0].items()}
            expected = (done,) if run.said or not run.struck else (known[0], done)
            assert now in expected, (run, known[0], now)
            assert all(work.kept(desk, said) for said in run.said), run
            known[0] = now
        finally:
            desk.store.close()

    place = Place(of_a_desk, config.blob_dir, power=True)
    return each_point(lambda say: say(work.do(opened())), place, check, stride=stride)


def first_start(folder: Path, stride: int) -> int:
    """A desk is started for the first time, again and again in new folders; whatever happened, it can be started."""
    reference = load_reference(resources.path("reference"))
    at = [0]

    def here() -> Config:
        return Config(folder / f"start-{at[0]}")

    def check(run: Run) -> None:
        for _ in range(2):
            desk = Desk(open_store(here(), None), reference, FakeClock(), secrets.token_bytes)
            assert set(_counts(desk).values()) == {0}, run
            assert desk.store.check() == []
            desk.store.close()
        at[0] += 1

    def start(_say: object) -> None:
        open_store(here(), None)

    return each_point(start, Place(of_a_desk, folder), check, stride=stride)


def _prepared(desk: Desk, folder: Path) -> dict[str, int]:
    with (folder / "buku.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("No.", "Tanggal", "Nama", "Alamat", "Isi Pengaduan"))
        rows.writerows((at, "03/08/2026", f"Warga {at}", f"Jl. Kuin {at}", f"Got mampet nomor {at}") for at in range(9))
    with desk.store.write() as transaction:
        register_all(desk, transaction, [an_intake(title=f"Pengaduan {number}") for number in range(60)])
    for number in range(40):
        intake.save_draft(desk, {"title": f"Naskah {number}"})
    counts = _counts(desk)
    desk.store.close()
    return counts


def _counts(desk: Desk) -> dict[str, int]:
    with desk.store.read() as transaction:
        run = transaction.connection.execute
        return {name: run(select(func.count()).select_from(getattr(tables, name))).scalar_one() for name in COUNTED}


def _next(desk: Desk) -> str:
    """A complaint that nobody has taken a step with."""
    return next(row.id for row in lists.full(desk, ListFilter()) if row.status is Status.RECEIVED)


def _register(desk: Desk) -> str:
    return register(desk).id


def _save_draft(desk: Desk) -> str:
    text = f"Naskah {secrets.token_hex(4)}"
    intake.save_draft(desk, {"title": text, "statement": "Belum selesai"})
    return text


def _finish_draft(desk: Desk) -> str:
    return intake.register(desk, an_intake(), intake.open_drafts(desk)[0].id).complaint.id


def _edit(desk: Desk) -> str:
    return handling.edit(desk, _next(desk), {"title": f"Judul {secrets.token_hex(4)}"}).title


def _follow_up(desk: Desk) -> str:
    return handling.follow_up(desk, _next(desk), f"Ditelepon {secrets.token_hex(4)}").text


def _step(desk: Desk) -> str:
    return handling.transition(desk, _next(desk), Status.VERIFIED, "Sudah dicek.", "").id


def _attach(desk: Desk) -> str:
    path = desk.store.config.data_dir.parent / "foto.png"
    path.write_bytes(photo(150_000, secrets.token_hex(4)))
    return attachments.attach(desk, _next(desk), path).sha256


def _import(desk: Desk) -> str:
    book = desk.store.config.data_dir.parent / "buku.csv"
    text = book.read_text("utf-8").replace("Warga ", f"Warga {secrets.token_hex(3)} ")
    book.write_text(text, "utf-8")  # or these rows are known by now
    return importing.run(desk, importing.plan(desk, importing.inspect(desk, book))).import_id


def _titles(desk: Desk, title: str) -> bool:
    return any(row.title == title for row in lists.full(desk, ListFilter()))


def _is_listed(desk: Desk, id_: str) -> bool:
    return any(row.id == id_ for row in lists.full(desk, ListFilter()))


def _is_told(desk: Desk, text: str) -> bool:
    return any(entry.text == text for entry in lists.detail(desk, _next(desk)).timeline)


def _is_verified(desk: Desk, id_: str) -> bool:
    return any(row.id == id_ and row.status is Status.VERIFIED for row in lists.full(desk, ListFilter()))


WORKS = {
    "register": Work(_register, _is_listed, {"complaint": 1, "outbox": 1}),
    "save a draft": Work(
        _save_draft,
        lambda desk, text: any(draft.fields["title"] == text for draft in intake.open_drafts(desk)),
        {"draft": 1},
    ),
    "register a draft": Work(_finish_draft, _is_listed, {"complaint": 1, "outbox": 1, "draft": -1}),
    "edit": Work(_edit, _titles, {"entry": 1, "outbox": 1}),
    "follow up": Work(_follow_up, _is_told, {"entry": 1, "outbox": 1}),
    "step": Work(_step, _is_verified, {"entry": 1, "outbox": 1}),
    "attach": Work(
        _attach,
        lambda desk, sha256: bool(attachments.content(desk, sha256)),
        {"attachment": 1, "blob": 1, "outbox": 1},
    ),
    "import": Work(
        _import,
        lambda desk, id_: any(batch.id == id_ for batch in importing.history(desk)),
        {"complaint": 9, "outbox": 9, "import_batch": 1},
    ),
}
