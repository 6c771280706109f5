"""What Daftar remembers from day to day: its columns, and what was half typed as a follow-up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kelurahan_client.domain.complaint import MAX_NOTE
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import settings

_MOST_UNSAID = 200


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns are shown, by their codes in their order, and the widths that a person gave them.

    No code at all means the usual table. Widths are design pixels.
    """

    codes: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)


def columns(desk: Desk) -> Columns:
    """The columns that were chosen last."""
    with desk.store.read() as transaction:
        kept = settings.get(transaction, settings.LIST_COLUMNS) or {}
    return Columns(tuple(kept.get("codes", ())), dict(kept.get("widths", {})))


def keep_columns(desk: Desk, wanted: Columns) -> None:
    """Remember the columns."""
    with desk.store.write() as transaction:
        settings.put(transaction, settings.LIST_COLUMNS, {"codes": wanted.codes, "widths": dict(wanted.widths)})


def unsaid(desk: Desk, complaint_id: str) -> str:
    """What somebody began to write about a complaint and has not added, "" for nothing."""
    with desk.store.read() as transaction:
        kept: dict[str, str] = settings.get(transaction, settings.UNSAID) or {}
    return kept.get(complaint_id, "")


def keep_unsaid(desk: Desk, complaint_id: str, text: str) -> None:
    """Keep what is half typed, so that no power cut takes it; nothing forgets it. The oldest of many give way."""
    with desk.store.write() as transaction:
        kept: dict[str, str] = settings.get(transaction, settings.UNSAID) or {}
        before = dict(kept)
        kept.pop(complaint_id, None)
        if text.strip():
            kept[complaint_id] = text[:MAX_NOTE]
        if kept != before:
            settings.put(transaction, settings.UNSAID, dict(list(kept.items())[-_MOST_UNSAID:]))
