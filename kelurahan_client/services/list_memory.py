"""What Daftar remembers from day to day: its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kelurahan_client.services.desk import Desk
from kelurahan_client.store import settings


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
