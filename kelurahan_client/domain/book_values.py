"""What the cells of a register book mean: dates, numbers that a spreadsheet has changed, places, and shifted cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from typing import Final

from kelurahan_client.domain.book_cells import Cell
from kelurahan_client.domain.book_reading import RejectCode
from kelurahan_client.domain.complaint import Channel, Classification
from kelurahan_client.domain.dates import DateProblem, DateReading, read_date
from kelurahan_client.domain.rt_rw import read_rt_rw, split_address
from kelurahan_client.domain.words import read_channel, read_classification, read_sex

SHOWN: Final = 80
"""Characters of a cell that a table of problems or a warning shows."""

_FORM_OF_DATE: Final = "Tulis seperti 3/8/2024."
_SERIAL_ZERO: Final = date(1899, 12, 30)  # day 0 of the spreadsheets' calendar, after their leap-year slip of 1900
_SERIALS: Final = range(30_000, 80_000)  # 1982 to 2119; other whole numbers are not dates
_STREET: Final = re.compile(r"(?:jl|jln|jalan|gg|gang|komp|komplek|kompleks|perum|perumahan)\b", re.IGNORECASE)
_LOST_ZERO: Final = re.compile(r"(?:8\d{8,11}|511\d{6,8})(?:\.0)?")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_DATE_CODES: Final = {
    DateProblem.MISSING: RejectCode.NO_DATE,
    DateProblem.IMPOSSIBLE: RejectCode.IMPOSSIBLE_DATE,
    DateProblem.FUTURE: RejectCode.FUTURE_DATE,
    DateProblem.TOO_OLD: RejectCode.TOO_OLD_DATE,
    DateProblem.UNREADABLE: RejectCode.UNREADABLE_DATE,
}


class Fault(Exception):
    """A cell that makes its row unreadable: the field, why, how to mend it."""

    def __init__(self, field: str, reason: str, remedy: str, code: RejectCode) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason
        self.remedy = remedy
        self.code = code


@dataclass(frozen=True, slots=True)
class Place:
    """Address, RT and RW of an entry, with doubts as sentences."""

    address: str
    rt: str
    rw: str
    warnings: tuple[str, ...] = ()


def read_date_cell(cell: Cell, text: str, *, today: date, near: date | None) -> DateReading:
    """A date as a spreadsheet keeps it (a date, a serial number) or as a person wrote it."""
    if isinstance(cell, date):
        return read_date(f"{cell.year:04d}-{cell.month:02d}-{cell.day:02d}", today=today, near=near)
    if len(text) == 5 and text.isascii() and text.isdigit() and int(text) in _SERIALS:
        day = _SERIAL_ZERO + timedelta(days=int(text))
        return read_date(day.isoformat(), today=today, near=near)
    if isinstance(cell, float) and isfinite(cell) and int(cell) in _SERIALS:  # with a time of day behind the point
        return read_date((_SERIAL_ZERO + timedelta(days=int(cell))).isoformat(), today=today, near=near)
    return read_date(text, today=today, near=near)


def date_fault(field: str, reading: DateReading) -> Fault:
    """What is wrong with a date that was not read."""
    reason, _, remedy = reading.problem.partition(". ")
    code = _DATE_CODES.get(reading.kind or DateProblem.UNREADABLE, RejectCode.UNREADABLE_DATE)
    if code is RejectCode.FUTURE_DATE:
        meant = reading.candidates[0] if reading.candidates else None
        remedy = f"Barangkali {meant.day}/{meant.month}/{meant.year}." if meant else "Cocokkan tahunnya dengan buku."
        reason = "Tanggal belum terjadi"
    return Fault(field, f"{reason.rstrip('.')}.", remedy or _FORM_OF_DATE, code)


def lost_its_zero(text: str) -> bool:
    """Whether the text is a telephone number whose leading zero a spreadsheet dropped."""
    return _LOST_ZERO.fullmatch(text) is not None


def with_zero(text: str) -> str:
    """The number with the leading zero that a spreadsheet dropped."""
    return f"0{text.removesuffix('.0')}"


def read_place(address: str, rt: str, rw: str, both: str) -> Place:
    """Address, RT and RW from their columns, or from within the address where the columns say nothing.

    Raises Fault for a RT or RW that is none, or for two different ones.
    """
    found_rt, found_rw = _numbers(rt, rw) if rt or rw else ("", "")
    if both:
        reading = read_rt_rw(both)
        if reading.problem:
            raise _bad_numbers("rt_rw", both)
        found_rt, found_rw = found_rt or reading.rt, found_rw or reading.rw
    inside = split_address(address)
    if not inside.rt and not inside.rw:
        return Place(address, found_rt, found_rw)
    if not found_rt and not found_rw:
        return Place(*inside)
    if (inside.rt or found_rt, inside.rw or found_rw) == (found_rt or inside.rt, found_rw or inside.rw):
        return Place(inside.address, found_rt or inside.rt, found_rw or inside.rw)
    return Place(address, found_rt, found_rw, ("RT/RW di alamat berbeda dengan kolom RT/RW; kolomnya yang dipakai.",))


def _numbers(rt: str, rw: str) -> tuple[str, str]:
    first, second = read_rt_rw(rt), read_rt_rw(rw)
    if first.problem:
        raise _bad_numbers("rt", rt)
    named_rt = "rt" in rw.casefold() and second.rt != first.rt
    if second.problem or named_rt or (second.rt and second.rw and second.rt != first.rt):
        raise _bad_numbers("rw", rw)
    own = second.rw or second.rt
    if first.rw and own and first.rw != own:
        raise _bad_numbers("rw", rw)
    return first.rt, own or first.rw


def _bad_numbers(field: str, text: str) -> Fault:
    problem = read_rt_rw(text).problem or "RT/RW tidak cocok satu sama lain."
    if re.fullmatch(r"\d\d/\d\d/\d{4}", text):
        problem = "RT/RW telah berubah menjadi tanggal."
    return Fault(
        field,
        f"{problem.partition('. ')[0].rstrip('.')}.",
        "Tulis sebagai teks seperti 12/3." if field == "rt_rw" else "Tulis angkanya saja, seperti 012.",
        RejectCode.UNREADABLE,
    )


def read_classification_cell(values: Mapping[str, str], warnings: list[str]) -> Classification:
    """What the citizen brings; a complaint, with a warning, where the word is unknown."""
    written = values.get("classification", "")
    found = read_classification(written)
    if written and found is None:
        warnings.append(f"Klasifikasi “{written[:SHOWN]}” tidak dikenal; dicatat sebagai pengaduan.")
    return found or Classification.COMPLAINT


def read_channel_cell(values: Mapping[str, str], warnings: list[str]) -> Channel:
    """How it reached the desk: through the book where it says nothing; another way, with a warning, if unknown."""
    written = values.get("channel", "")
    if not written:
        return Channel.REGISTER_BOOK
    found = read_channel(written)
    if found is None:
        warnings.append(f"Media “{written[:SHOWN]}” tidak dikenal; dicatat sebagai lainnya.")
    return found or Channel.OTHER


def check_shift(values: Mapping[str, str], number: Cell) -> None:
    """Raise Fault when a cell holds what belongs in a neighbour's column.

    `values` are the cells of an entry by field, `number` the cell of the book's number as it came.
    """
    field = _shifted_field(values, number)
    if field:
        raise Fault(
            field,
            "Isi baris ini tampaknya bergeser kolom.",
            "Kembalikan tiap isi ke kolomnya, seperti di buku.",
            RejectCode.SHIFTED,
        )


def _shifted_field(values: Mapping[str, str], number: Cell) -> str:
    """The first field, in the order of the book, whose cell looks like another one's; "" when all fit."""
    if isinstance(number, date):
        return "book_number"
    name = values.get("reporter_name", "")
    if name and (_STREET.match(name) or (any(char.isdigit() for char in name) and not _WORD.search(name))):
        return "reporter_name"
    sex = values.get("reporter_sex", "")
    if read_sex(sex) is None and (not name or len(sex) > 6 or " " in sex or any(char.isdigit() for char in sex)):
        return "reporter_sex"
    for field in ("rt", "rw", "rt_rw"):
        text = values.get(field, "")
        if read_rt_rw(text).problem and _WORD.search(text):
            return field
    return _shifted_text(values)


def _shifted_text(values: Mapping[str, str]) -> str:
    phone = values.get("reporter_phone", "")
    if len(phone) > 40 and not any(char.isdigit() for char in phone):
        return "reporter_phone"
    statement = values.get("statement", "")
    if statement and (not any(char.isalpha() for char in statement) or read_channel(statement) is not None):
        return "statement"
    channel = values.get("channel", "")
    if len(channel) > 40 and read_channel(channel) is None:
        return "channel"
    if not statement and len(values.get("agency_written", "")) > 60:
        return "agency_written"
    return ""


def first_sentence(text: str) -> tuple[str, str]:
    """What is wrong and how to mend it, of a text that says both in this order."""
    parts = re.split(r"(?<=[.?!])\s+", text, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""
