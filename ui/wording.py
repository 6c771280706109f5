"""Numbers, dates and times as they are written in Indonesia; times in WITA."""

from datetime import date, datetime, timedelta, timezone

WITA = timezone(timedelta(hours=8), "WITA")  # Asia/Makassar, without summer time since 1964

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def number(value: int) -> str:
    """1284 -> "1.284"."""
    return f"{value:,}".replace(",", ".")


def long_date(day: date) -> str:
    """3 Agustus 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_date(day: date) -> str:
    """Senin, 3 Agustus 2026."""
    return f"{_DAYS[day.weekday()]}, {long_date(day)}"


def short_date(day: date, today: date) -> str:
    """6 Agu; with the year where it is not this year's."""
    text = f"{day.day} {_SHORT_MONTHS[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year}"


def clock(at: datetime) -> str:
    """10.32, in WITA; `at` knows its zone."""
    return at.astimezone(WITA).strftime("%H.%M")


def moment(at: datetime) -> str:
    """3 Agustus 2026, 10.32 WITA."""
    return f"{long_date(at.astimezone(WITA).date())}, {clock(at)} WITA"


def size(count: int) -> str:
    """Bytes for people: 412 KB, 1,3 MB."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{round(count / 1024)} KB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")
