"""Dates and times as the program shows them, in Indonesian and in the time of Banjarmasin (WITA)."""

from datetime import date, datetime, timedelta, timezone

WITA = timezone(timedelta(hours=8), "WITA")  # Asia/Makassar, without a tz database: no other offset since 1988

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def format_date(day: date) -> str:
    """3 Agustus 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_day_month(day: date) -> str:
    """3 Agu."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}"


def format_weekday_date(day: date) -> str:
    """Senin, 3 Agustus 2026."""
    return f"{WEEKDAYS[day.weekday()]}, {format_date(day)}"


def format_time(moment: datetime) -> str:
    """10.32 WITA; `moment` is aware, in any zone. Raises ValueError for a naive one."""
    return f"{_local(moment):%H.%M} WITA"


def local_date(moment: datetime) -> date:
    """The date in Banjarmasin at an aware `moment`. Raises ValueError for a naive one."""
    return _local(moment).date()


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(WITA)
