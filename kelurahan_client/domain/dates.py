"""Dates as people write them in Indonesia: day first, never guessed month first."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kelurahan_client.domain.day_words import MONTHS, WEEKDAYS, format_date

EARLIEST = date(2000, 1, 1)  # no register book of the city that is still worked on is older

_MONTH_WORDS = (
    "jan januari january jannuari",
    "feb peb pebruari februari february febuari pebuari pebr febr",
    "mar mrt maret mart march",
    "apr april aprl",
    "mei may mai",
    "jun juni june",
    "jul juli july",
    "agu agus agustus agst agt ags aug august augustus agts agust",
    "sep sept september septembr spt",
    "okt oct oktober october",
    "nov nop nopember november",
    "des dec desember december dess",
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MONTH_NUMBER = {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
_ROMAN_NUMBER = {word: number for number, word in enumerate(_ROMAN, 1)}
_WEEKDAY_NUMBER = {
    word: number
    for number, words in enumerate(
        ("senin sen", "selasa sel", "rabu rab", "kamis kam", "jumat jum jumaat", "sabtu sab", "minggu min ahad")
    )
    for word in words.split()
}

_YEAR = r"(?P<y>\d{4}|\d{2})(?!\d)"
_ISO = re.compile(r"(?P<y>\d{4})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?P<eight>\d{8})(?!\d)")
_NAMED = re.compile(
    r"(?P<d>\d{1,2})\s?[-/.]?\s?(?P<word>[a-z]+)\.?(?:\s?[-/.,]?\s?(?:tahun |thn |th )?'?" + _YEAR + r")?(?!\d)"
)
_FULL = re.compile(r"(?P<d>\d{1,2})(?:\s?[-/.,]\s?| )(?P<m>\d{1,2})(?:\s?[-/.,]\s?| )'?" + _YEAR)
_SHORT = re.compile(r"(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})(?!\d)")
_LEADING_WORDS = re.compile(r"(?P<words>[a-z][a-z. ]*?)\s?[,:/]\s?(?=\d)|(?P<bare>[a-z]+)\.? (?=\d)|tgl\.?(?=\d)")
_HOUR = re.compile(
    r"\b(?:pukul|jam|pkl)\b.*$|\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})? ?wi(?:ta|b|t)\b|\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?"
)
_LONGEST = 100  # characters; what is longer is a sentence in the wrong column
_FORM = "Tulis seperti 3/8/2024."


class DateProblem(StrEnum):
    """Why a date could not be taken."""

    IMPOSSIBLE = "impossible"
    FUTURE = "future"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True)
class DateReading:
    """What was read: either a `value`, or a `problem` in a sentence with its `kind`.

    `candidates` are dates that the writer may have meant, for a one-key mend; `note` is a doubt about a value that was
    read, such as a weekday that does not fit.
    """

    value: date | None
    problem: str = ""
    kind: DateProblem | None = None
    candidates: tuple[date, ...] = ()
    note: str = ""


def read_date(text: str, *, today: date, near: date | None = None) -> DateReading:
    """Read a date written by a person.

    Without a year it takes the one that puts the date by `near` (the row above in the book), else the most recent past
    one. Never raises; a date after `today` or before 2000 is a problem.
    """
    if len(text) > _LONGEST:
        return DateReading(None, f"Bukan tanggal. {_FORM}", DateProblem.UNREADABLE)
    plain = _plain(text)
    if not plain.strip("-. "):
        return DateReading(None, f"Tanggal kosong. {_FORM}", DateProblem.MISSING)
    weekday, rest = _without_leading_words(plain)
    parts = _parts(rest)
    if parts is None:
        return DateReading(None, f"Bukan tanggal. {_FORM}", DateProblem.UNREADABLE)
    day, month, year, tail = parts
    if _has_date(tail):
        return DateReading(None, f"Ada lebih dari satu tanggal. {_FORM}", DateProblem.UNREADABLE)
    return _checked(day, month, year, today=today, near=near, weekday=weekday)


def _plain(text: str) -> str:
    """Lower case, one kind of dash and apostrophe, single spaces, no hour."""
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = re.sub("[\u2010-\u2015\u2212]", "-", folded)
    folded = re.sub("[\u2018\u2019\u02bc\u00b4`]", "'", folded).replace("\\", "/")
    folded = re.sub(r"(?<=[a-z])'(?=[a-z])", "", folded)
    folded = re.sub(r"(?<=\d)t(?=\d\d:)", " ", folded)  # 2024-08-03T10:00
    return " ".join(_HOUR.sub(" ", " ".join(folded.split())).split())


def _without_leading_words(plain: str) -> tuple[int | None, str]:
    """Take off `Senin, `, `tgl `, `Banjarmasin, `; give the weekday if there was one."""
    weekday = None
    while match := _LEADING_WORDS.match(plain):
        words = (match["words"] or match["bare"] or "tgl").replace(".", " ").split()
        known = [word for word in words if word in _WEEKDAY_NUMBER]
        if match["bare"] and not known and words[0] not in {"tgl", "tanggal", "hari"}:
            break
        if known:
            weekday = _WEEKDAY_NUMBER[known[-1]]
        plain = plain[match.end() :]
    return weekday, plain


def _parts(text: str) -> tuple[int, int, int | None, str] | None:
    """Day, month, year (None where not written) and what follows, without a look at the calendar."""
    if match := _ISO.match(text):
        return int(match["d"]), int(match["m"]), int(match["y"]), text[match.end() :]
    if match := _COMPACT.match(text):
        eight = match["eight"]
        year_first = eight[:2] in {"19", "20"} and int(eight[4:]) < 1900
        day, month, year = (eight[6:], eight[4:6], eight[:4]) if year_first else (eight[:2], eight[2:4], eight[4:])
        return int(day), int(month), int(year), text[match.end() :]
    if match := _NAMED.match(text):
        number = _month(match["word"], roman=match["y"] is not None)
        cut_off = match["y"] is None and re.match(r"[-/.,' ]{0,3}\d", text[match.end() :])
        return None if number is None or cut_off else (int(match["d"]), number, _year(match["y"]), text[match.end() :])
    if match := _FULL.match(text):
        return int(match["d"]), int(match["m"]), _year(match["y"]), text[match.end() :]
    match = _SHORT.match(text)
    if match is None or re.match(r"\s?[-/.,]?\s?'?\d", text[match.end() :]):
        return None
    return int(match["d"]), int(match["m"]), None, text[match.end() :]


def _year(digits: str | None) -> int | None:
    if digits is None:
        return None
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month(word: str, *, roman: bool) -> int | None:
    """The number of a month's name, abbreviation or a near miss of one; None where two months are equally near."""
    if word in _MONTH_NUMBER:
        return _MONTH_NUMBER[word]
    if roman and word in _ROMAN_NUMBER:
        return _ROMAN_NUMBER[word]
    if len(word) < 4:
        return None
    near = {number for number, name in enumerate(MONTHS, 1) if len(name) > 3 and _one_slip(word, name.lower())}
    return near.pop() if len(near) == 1 else None


def _one_slip(written: str, name: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two neighbours are exchanged."""
    if abs(len(written) - len(name)) > 1:
        return False
    start = 0
    while start < min(len(written), len(name)) and written[start] == name[start]:
        start += 1
    after, wanted = written[start:], name[start:]
    return (
        after[1:] == wanted[1:]
        or after[1:] == wanted
        or after == wanted[1:]
        or (after[1:2] + after[:1] == wanted[:2] and after[2:] == wanted[2:])
    )


def _has_date(tail: str) -> bool:
    """Whether a second date, or the second half of a range, follows."""
    if re.fullmatch(r" \d{1,2}\.\d{2}", tail):  # an hour without its word
        return False
    if re.match(r"\s?[-/.]\s?\d|\d", tail):
        return True
    if _FULL.search(tail) or _ISO.search(tail) or _SHORT.search(tail):
        return True
    return any(word in _MONTH_NUMBER and len(word) > 2 for word in re.findall("[a-z]+", tail))


def _checked(
    day: int, month: int, year: int | None, *, today: date, near: date | None, weekday: int | None
) -> DateReading:
    if not 1 <= month <= 12:
        return DateReading(
            None, f"Bulan {month} tidak ada. Tulis hari dulu, lalu bulan, seperti 3/8/2024.", DateProblem.IMPOSSIBLE
        )
    if year == 0:
        return DateReading(None, f"Tahun 0 tidak ada. {_FORM}", DateProblem.IMPOSSIBLE)
    chosen = year if year is not None else _year_for(day, month, today=today, near=near)
    last = monthrange(chosen, month)[1]
    if not 1 <= day <= last:
        return _impossible(day, month, chosen, last)
    value = date(chosen, month, day)
    if value > today:
        meant = _past_twin(value, today=today, near=near)
        hint = f"; barangkali {meant.day}/{meant.month}/{meant.year}?" if meant else "."
        return DateReading(None, f"Tanggal belum terjadi{hint}", DateProblem.FUTURE, (meant,) if meant else ())
    if value < EARLIEST:
        sentence = f"Tahun {chosen} terlalu lama. Cocokkan tahunnya, tulis seperti 3/8/2024."
        return DateReading(None, sentence, DateProblem.TOO_OLD)
    note = ""
    if weekday is not None and weekday != value.weekday():
        note = f"{format_date(value)} hari {WEEKDAYS[value.weekday()]}, bukan {WEEKDAYS[weekday]}."
    return DateReading(value, note=note)


def _impossible(day: int, month: int, year: int, last: int) -> DateReading:
    if not 1 <= day <= 31:
        return DateReading(None, f"{day}/{month} tidak ada di kalender. {_FORM}", DateProblem.IMPOSSIBLE)
    end = date(year, month, last)
    following = end + timedelta(days=1)
    name = f"{MONTHS[month - 1]} {year}" if month == 2 else MONTHS[month - 1]
    sentence = f"{name} hanya sampai tanggal {last}. Cocokkan: {last}/{month} atau 1/{following.month}?"
    return DateReading(None, sentence, DateProblem.IMPOSSIBLE, (end, following))


def _year_for(day: int, month: int, *, today: date, near: date | None) -> int:
    """The year of a date written without one."""
    if near is None:
        return today.year if (month, day) <= (today.month, today.day) else today.year - 1
    # A book runs forward: only a distance of most of a year means that the page has turned into another year.
    distance = (month - near.month) * 30 + day - near.day
    if distance < -270 and (near.year + 1, month, day) <= (today.year, today.month, today.day):
        return near.year + 1
    return near.year - 1 if distance > 270 else near.year


def _past_twin(value: date, *, today: date, near: date | None) -> date | None:
    """The same day and month in the year that was probably meant: the book's, two digits exchanged, the latest past."""
    exchanged = value.year // 100 * 100 + value.year % 10 * 10 + value.year % 100 // 10
    for year in (near.year if near else 0, exchanged, today.year, today.year - 1):
        if year >= EARLIEST.year and value.day <= monthrange(year, value.month)[1]:
            twin = value.replace(year=year)
            if twin <= today:
                return twin
    return None
