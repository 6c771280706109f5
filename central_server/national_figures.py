"""The national figures that the city enters itself: records of the feed, for every desk.

There is one for each measure and day of effect. Every value stays in the history with who entered it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from central_server.conflicts import centre_author
from central_server.errors import BadSettings, Unknown
from central_server.store.feed import EVERYBODY
from central_server.store.session import Store, Writing
from central_server.store.shapes import Author, Person, Record, Trace
from kelurahan_client.domain.dates import EARLIEST
from kelurahan_client.domain.national import Measure, NationalFigure, figure_body, figure_from
from kelurahan_client.domain.text import clean_line
from sync.protocol import RecordType

_DAYS = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST_SOURCE = 300

Named: TypeAlias = tuple[Measure, date]  # what a figure is known by: its measure, and the day from which it counts


def read_days(written: str) -> Fraction:
    """Working days above zero, `9.4` or `9,4`; raises BadSettings."""
    if _DAYS.fullmatch(written) and (days := Fraction(written.replace(",", "."))) > 0:
        return days
    raise BadSettings("Hari kerja harus angka di atas nol, paling banyak dua angka desimal, seperti 9.4.")


def read_since(written: str, today: date) -> date:
    """A day of the calendar, not before 2000 and not after next year; raises BadSettings."""
    try:
        day = date.fromisoformat(written) if _DATE.fullmatch(written) else None
    except ValueError:
        day = None
    if day is None:
        raise BadSettings("Tanggal berlaku harus tanggal yang ada, ditulis seperti 2025-12-01.")
    if day < EARLIEST or day.year > today.year + 1:
        raise BadSettings(f"Tanggal berlaku harus antara {EARLIEST.year} dan {today.year + 1}.")
    return day


def read_source(written: str) -> str:
    """Where the figure is published, in one line; raises BadSettings."""
    source = clean_line(written).text
    if not source or len(source) > _LONGEST_SOURCE:
        raise BadSettings(f"Sumber angka harus disebut, paling panjang {_LONGEST_SOURCE} huruf.")
    return source


def add(store: Store, figure: NationalFigure, person: Person) -> None:
    """A figure for a measure and a day that have none; raises BadSettings where there is one, or Unavailable."""
    with store.writing() as session:
        records, body = session.records, figure_body(figure)
        id_ = _id(figure.measure, figure.effective_from)
        known = records.get(id_)
        if known is None:
            made = records.create(Record(id_, RecordType.NATIONAL_FIGURE, body), (EVERYBODY,), _author(person))
        elif known.deleted:
            made = records.save(replace(known, body=body, deleted=False), _author(person))
        else:
            raise BadSettings("Untuk ukuran dan tanggal itu sudah ada angka; ubah dengan figures correct.")
        records.trace(Trace(made.id, made.rev, "", None, None, lost=False), _author(person))
        for name, value in body.items():
            records.trace(Trace(made.id, made.rev, name, None, value, lost=False), _author(person))


def correct(store: Store, named: Named, days: Fraction | None, source: str | None, person: Person) -> NationalFigure:
    """Other days or another source for a figure that stands, None = as it is; raises Unknown or Unavailable."""
    with store.writing() as session:
        known = _standing(session, named)
        figure = figure_from(known.body)
        if figure is None:
            raise Unknown("Angka itu ditulis oleh program server yang lebih baru.")
        right = replace(figure, working_days=days or figure.working_days, source=source or figure.source)
        body = {**known.body, **figure_body(right)}
        changed = [name for name in body if body[name] != known.body.get(name)]
        if changed:
            made = session.records.save(replace(known, body=body), _author(person))
            for name in changed:
                trace = Trace(made.id, made.rev, name, known.body.get(name), body[name], lost=False)
                session.records.trace(trace, _author(person))
    return right


def remove(store: Store, named: Named, person: Person) -> None:
    """No desk shows the figure any more; raises Unknown or Unavailable."""
    with store.writing() as session:
        gone = session.records.save(replace(_standing(session, named), deleted=True), _author(person))
        session.records.trace(Trace(gone.id, gone.rev, "deleted", False, True, lost=False), _author(person))


def standing(store: Store) -> Iterator[tuple[dict[str, object], Person]]:
    """The figures that count, by measure and day, each with who changed it last."""
    with store.reading() as session:
        for id_, body in session.feed.of_type(RecordType.NATIONAL_FIGURE):
            yield body, Person(*session.past.last_change(id_))


def _standing(session: Writing, named: Named) -> Record:
    known = session.records.get(_id(*named))
    if known is None or known.deleted:
        measure, since = named
        raise Unknown(f"Tidak ada angka nasional {measure} yang berlaku sejak {since.isoformat()}.")
    return known


def _author(person: Person) -> Author:
    return replace(centre_author(person.at), actor=person.name)


def _id(measure: Measure, since: date) -> str:
    return f"{RecordType.NATIONAL_FIGURE}/{measure}/{since.isoformat()}"
