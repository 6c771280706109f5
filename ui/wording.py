"""Dates and times as they are written in Indonesia; times in WITA."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.day_words import WITA, format_date, format_day_month, format_weekday_date

__all__ = ["WITA", "clock", "day_date", "greeting", "long_date", "moment", "short_date"]

long_date = format_date  # 3 Agustus 2026
day_date = format_weekday_date  # Senin, 3 Agustus 2026


def short_date(day: date, today: date) -> str:
    """6 Agu; with the year where it is not this year's."""
    text = format_day_month(day)
    return text if day.year == today.year else f"{text} {day.year}"


def clock(at: datetime) -> str:
    """10.32, in WITA; `at` knows its zone."""
    return at.astimezone(WITA).strftime("%H.%M")


def moment(at: datetime) -> str:
    """3 Agustus 2026, 10.32 WITA."""
    return f"{long_date(at.astimezone(WITA).date())}, {clock(at)} WITA"


def greeting(hour: int) -> str:
    """What one says at this hour (0-23, local)."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Home", text)

    if 3 <= hour < 11:
        return tr("Selamat pagi")
    if 11 <= hour < 15:
        return tr("Selamat siang")
    return tr("Selamat sore") if 15 <= hour < 18 else tr("Selamat malam")
