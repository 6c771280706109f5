"""The reference data of the city: offices, agencies, categories, deadlines, holidays, and looking things up in them."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from kelurahan_client.domain import reference_number
from kelurahan_client.domain.deadlines import DeadlineKind, DeadlineRow, DeadlineTable, WorkCalendar
from kelurahan_client.domain.national import Measure, NationalFigure, NationalTable
from kelurahan_client.domain.text import search_words
from kelurahan_client.errors import UnreadableFile

_Made = TypeVar("_Made")
_Row = TypeVar("_Row", "Office", "Agency")

DISTRICT_AGENCY = "KEC"  # in the tables of categories: the kecamatan of the location

_AGENCY_PREFIXES = frozenset(  # what may stand before an agency's name in a book
    "diteruskan didisposisi disposisi kepada kpd ke yth bapak kepala kadis ka dinas badan kantor pt perumda".split()
)
_CITY_WORDS = frozenset({"kota", "banjarmasin", "bjm"})


@dataclass(frozen=True, slots=True)
class Office:
    """A kelurahan; `code` and `district_code` are Kemendagri codes."""

    code: str
    name: str
    district_code: str
    district: str
    postal_code: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agency:
    """An SKPD or another body that complaints are referred to; `confidence` is tinggi, sedang or rendah."""

    code: str
    name: str
    short_name: str
    kind: str
    categories: tuple[str, ...]
    confidence: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """A subject of complaints with its usual agency (`KEC` = the kecamatan of the location) and its keywords.

    `supervision`: complaints about how officials behave, which have a longer limit of their own.
    """

    code: str
    name: str
    default_agency: str
    alternatives: tuple[str, ...]
    keywords: tuple[str, ...]
    supervision: bool = False


@dataclass(frozen=True)
class ReferenceData:
    """Everything that the city decides and that a desk looks up; made whole, replaced whole, never changed."""

    offices: Mapping[str, Office]
    agencies: Mapping[str, Agency]
    categories: Mapping[str, Category]
    deadlines: DeadlineTable
    calendar: WorkCalendar
    nik_regions: frozenset[str]
    national: NationalTable = field(default_factory=NationalTable)
    _office_by_name: Mapping[str, Office] = field(init=False, repr=False, compare=False)
    _agency_by_name: Mapping[str, Agency] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the names once; a name that two rows claim belongs to the first."""
        offices = _by_name((_office_key(name), office) for office in self.offices.values() for name in _names(office))
        object.__setattr__(self, "_office_by_name", offices)
        agencies = _by_name((_key(name), agency) for agency in self.agencies.values() for name in _names(agency))
        object.__setattr__(self, "_agency_by_name", agencies)

    def office(self, code: str) -> Office | None:
        """The kelurahan with this Kemendagri code."""
        return self.offices.get(code)

    def short_code(self, office: Office) -> str:
        """The four digits of a kelurahan in reference numbers: `0403`."""
        return reference_number.short_code(office.code)

    def find_office(self, written: str) -> Office | None:
        """The kelurahan that a name, an alias, a full or a short code means: `Kel. Sei Miai`, `0405`."""
        code = written.strip()
        if code in self.offices:
            return self.offices[code]
        if re.fullmatch(r"\d{4}", code):
            return next((office for office in self.offices.values() if self.short_code(office) == code), None)
        return self._office_by_name.get(_office_key(written))

    def find_agency(self, written: str, office_code: str = "") -> Agency | None:
        """The agency that a book or a person means: code, name, short name or alias, with or without `Dinas`, `ke` …

        `Kecamatan` and `Camat` alone mean the kecamatan of `office_code`.
        """
        if written.strip() in self.agencies:
            return self.agencies[written.strip()]
        words = search_words(written)
        while words:
            found = self._agency_by_name.get(" ".join(words))
            if found is not None:
                return found
            if words in (["kecamatan"], ["camat"], ["kantor", "kecamatan"], ["pak", "camat"]):
                return self.agencies.get(self.resolve_agency(DISTRICT_AGENCY, office_code))
            if words[0] in _AGENCY_PREFIXES:
                words = words[1:]
            elif words[-1] in _CITY_WORDS:
                words = words[:-1]
            else:
                return None
        return None

    def resolve_agency(self, code: str, office_code: str) -> str:
        """The code itself; for `KEC` the agency of the kecamatan where `office_code` lies, "" if that is unknown."""
        if code != DISTRICT_AGENCY:
            return code
        office = self.offices.get(office_code)
        found = self._agency_by_name.get(_key(f"Kecamatan {office.district}")) if office else None
        return found.code if found else ""

    def agency_name(self, code: str) -> str:
        """The short name for lists, or the code itself where it is unknown (a newer centre may know more)."""
        return self.agencies[code].short_name if code in self.agencies else code

    def find_category(self, written: str) -> Category | None:
        """The category that somebody types: its code, its name, or beginnings of words that only its name has."""
        typed = written.strip()
        if typed in self.categories:
            return self.categories[typed]
        words = search_words(written)
        names = [(search_words(category.name), category) for category in self.categories.values()]
        same = [category for name, category in names if name == words]
        begun = [
            category
            for name, category in names
            if words and all(any(one.startswith(word) for one in name) for word in words)
        ]
        return same[0] if same else begun[0] if len(begun) == 1 else None

    def category_name(self, code: str) -> str:
        """The name of a category, or the code itself where it is unknown."""
        return self.categories[code].name if code in self.categories else code


def load_reference(folder: Path) -> ReferenceData:
    """Read all tables of a folder; raises UnreadableFile, naming the file, for what is missing or does not fit."""
    holidays = _read(folder / "holidays.csv", lambda row: (date.fromisoformat(row["date"]), row["kind"]))
    incomplete = _read(folder / "holiday_years.csv", lambda row: (int(row["year"]), row["complete"]))
    deadlines = _read(folder / "deadlines.csv", _deadline)
    figures = _read(folder / "national_figures.csv", _national, _NATIONAL_COLUMNS)
    try:
        table = DeadlineTable(deadlines)
    except ValueError as error:
        raise _unreadable(folder / "deadlines.csv") from error
    try:
        national = NationalTable(figures)
    except ValueError as error:
        raise _unreadable(folder / "national_figures.csv") from error
    return ReferenceData(
        offices={office.code: office for office in _read(folder / "kelurahan.csv", _office)},
        agencies={agency.code: agency for agency in _read(folder / "agencies.csv", _agency)},
        categories={category.code: category for category in _read(folder / "categories.csv", _category)},
        deadlines=table,
        calendar=WorkCalendar(
            holidays=frozenset(day for day, kind in holidays if kind == "public"),
            joint_leave=frozenset(day for day, kind in holidays if kind == "joint_leave"),
            own_dates=frozenset(day for day, kind in holidays if kind == "own"),
            incomplete_years=frozenset(year for year, complete in incomplete if complete != "yes"),
        ),
        nik_regions=frozenset(_read(folder / "nik_regions.csv", lambda row: row["code"])),
        national=national,
    )


def _read(path: Path, make: Callable[[dict[str, str]], _Made], columns: Sequence[str] = ()) -> list[_Made]:
    """The rows as `make` makes them; a table that may be empty is known by its `columns`."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [make(_whole(row)) for row in _headed(csv.DictReader(file, strict=True), columns)]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError) as error:
        raise _unreadable(path) from error


def _headed(rows: "csv.DictReader[str]", columns: Sequence[str]) -> "csv.DictReader[str]":
    if not set(columns) <= set(rows.fieldnames or ()):
        raise ValueError("the heading lacks a column")
    return rows


def _whole(row: dict[str, str]) -> dict[str, str]:
    # csv fills a short row with None and hangs the rest of a long one on the key None.
    if None in row or None in row.values():
        raise ValueError("a row with another number of columns than the heading")
    return row


def _unreadable(path: Path) -> UnreadableFile:
    return UnreadableFile(f"Berkas acuan {path.name} hilang atau rusak.", way_out="Pasang ulang Lapor Kelurahan.")


def _parts(joined: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in joined.split("|") if part.strip())


def _office(row: dict[str, str]) -> Office:
    return Office(
        row["code"], row["name"], row["district_code"], row["district"], row["postal_code"], _parts(row["aliases"])
    )


def _agency(row: dict[str, str]) -> Agency:
    return Agency(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        categories=_parts(row["categories"]),
        confidence=row["confidence"],
        aliases=_parts(row["aliases"]),
    )


def _category(row: dict[str, str]) -> Category:
    # A keyword that stands in both languages is one keyword.
    keywords = dict.fromkeys((*_parts(row["keywords_id"]), *_parts(row["keywords_bjn"])))
    return Category(
        code=row["code"],
        name=row["name"],
        default_agency=row["default_agency"],
        alternatives=_parts(row["alternative_agencies"]),
        keywords=tuple(keywords),
        supervision=row["supervision"] == "yes",
    )


def _deadline(row: dict[str, str]) -> DeadlineRow:
    return DeadlineRow(
        date.fromisoformat(row["effective_from"]), DeadlineKind(row["kind"]), int(row["working_days"]), row["source"]
    )


_NATIONAL_COLUMNS = ("effective_from", "measure", "working_days", "source")


def _national(row: dict[str, str]) -> NationalFigure:
    return NationalFigure(
        date.fromisoformat(row["effective_from"]), Measure(row["measure"]), Fraction(row["working_days"]), row["source"]
    )


def _names(row: Office | Agency) -> Iterable[str]:
    if isinstance(row, Agency):
        return (row.code.replace("_", " "), row.code, row.name, row.short_name, *row.aliases)
    return (row.name, *row.aliases)


def _key(name: str) -> str:
    return " ".join(search_words(name))


def _office_key(name: str) -> str:
    return " ".join(word for word in search_words(name) if word != "kelurahan")


def _by_name(pairs: Iterable[tuple[str, _Row]]) -> Mapping[str, _Row]:
    index: dict[str, _Row] = {}
    for name, row in pairs:
        index.setdefault(name, row)
    return index
