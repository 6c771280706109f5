"""Lines of the log as the window tells them."""

from datetime import date
from typing import Final

from kelurahan_client.services.audit import AuditKind, AuditRow
from kelurahan_client.services.audit_words import KIND_WORDS
from ui.language import said
from ui.theme.icons import Icon
from ui.wording import WITA, clock, short_date

ICONS: Final = {
    AuditKind.REVEAL: Icon.SHOW,
    AuditKind.EXPORT: Icon.EXPORT,
    AuditKind.SIGN_IN: Icon.NETWORK_LOGIN,
    AuditKind.OFFICER: Icon.PEOPLE,
    AuditKind.PRINT: Icon.PRINT,
    AuditKind.UNPRINTED: Icon.WARNING,
    AuditKind.LOG_EXPORT: Icon.EXPORT,
}
_TYPED = frozenset({AuditKind.REVEAL, AuditKind.EXPORT})  # what an officer wrote stays as it was written


def kind_words(kind: AuditKind) -> str:
    """What happened."""
    return said(KIND_WORDS[kind])


def detail_words(row: AuditRow) -> str:
    """What there is to know besides."""
    return row.detail if row.kind in _TYPED else said(row.detail)


def when(row: AuditRow, today: date) -> str:
    """3 Agu, 10.32; with the year where it is another."""
    return f"{short_date(row.at.astimezone(WITA).date(), today)}, {clock(row.at)}"
