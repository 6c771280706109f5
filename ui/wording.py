"""Dates and times as the window's language writes them; times in WITA.

Printed documents and exports do not ask here: they are the office's papers, and Indonesian.
"""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.day_words import MONTHS, SHORT_MONTHS, WEEKDAYS, WITA
from ui.language import said

__all__ = ["WITA", "clock", "day_date", "greeting", "long_date", "moment", "short_date"]


def long_date(day: date) -> str:
    """3 Agustus 2026."""
    return f"{day.day} {said(MONTHS[day.month - 1])} {day.year}"


def day_date(day: date) -> str:
    """Senin, 3 Agustus 2026."""
    return f"{said(WEEKDAYS[day.weekday()])}, {long_date(day)}"


def short_date(day: date, today: date) -> str:
    """6 Agu; with the year where it is not this year's."""
    text = f"{day.day} {said(SHORT_MONTHS[day.month - 1])}"
    return text if day.year == today.year else f"{text} {day.year}"


def clock(at: datetime) -> str:
    """10.32, in WITA; `at` knows its zone."""
    between = _tr("10.32")[2]  # the example is written as the language does
    return at.astimezone(WITA).strftime(f"%H{between}%M")


def moment(at: datetime) -> str:
    """3 Agustus 2026, 10.32 WITA."""
    return f"{long_date(at.astimezone(WITA).date())}, {clock(at)} WITA"


def greeting(hour: int) -> str:
    """What one says at this hour (0-23, local)."""
    if 3 <= hour < 11:
        return _tr("Selamat pagi")
    if 11 <= hour < 15:
        return _tr("Selamat siang")
    return _tr("Selamat sore") if 15 <= hour < 18 else _tr("Selamat malam")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wording", text)
