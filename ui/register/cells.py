"""How a complaint looks in a line of a table: its title, its status, its day, what the centre knows of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Priority, Status
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import SOON_WORKING_DAYS, ListRow
from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.cell import Cell, CellLook
from ui.widgets.status_look import Look, status_look, sync_look
from ui.wording import long_date, short_date

AT_REST = frozenset({Status.RESOLVED, Status.CLOSED, Status.OUT_OF_JURISDICTION, Status.ARCHIVED})
"""Statuses in which nothing is due."""


def tr(text: str, meaning: str = "") -> str:
    """The text in the window's language; `meaning` where it has several there."""
    return QCoreApplication.translate("Complaint", text, meaning)


@dataclass(frozen=True, slots=True)
class Day:
    """The day that tables are shown for: `soon` is the last day that counts as due soon."""

    today: date
    soon: date
    reference: ReferenceData

    @classmethod
    def of(cls, today: date, reference: ReferenceData) -> "Day":
        """The day with its limit, counted in working days."""
        return cls(today, reference.calendar.add_working_days(today, SOON_WORKING_DAYS), reference)

    @classmethod
    def now(cls, desk: Desk) -> "Day":
        """Today at the desk."""
        return cls.of(desk.today(), desk.reference)

    def days_late(self, due: date) -> int:
        """Working days since `due`, at least 1 once it has passed."""
        return max(1, self.reference.calendar.working_days_between(due, self.today))


def due_look(due: date | None, status: Status, day: Day) -> Look | None:
    """Word, glyph and tone of a due date: red when late, amber when soon, slate else; None where nothing is due."""
    if due is None or status in AT_REST:
        return None
    if due < day.today:
        return Look(tr("Terlambat {n} hari").format(n=number(day.days_late(due))), Icon.WARNING, Tone.RED)
    if due == day.today:
        return Look(tr("Hari ini"), Icon.DUE, Tone.AMBER)
    if due == day.today + timedelta(days=1):
        return Look(tr("Besok"), Icon.DUE, Tone.AMBER)
    if due <= day.soon:
        return Look(short_date(due, day.today), Icon.DUE, Tone.AMBER)
    return Look(short_date(due, day.today), Icon.CALENDAR)


def due_cell(row: ListRow, day: Day) -> Cell:
    """The due date of a line: a chip when it presses, plain words else."""
    look = due_look(row.due_date, row.status, day)
    if look is None or row.due_date is None:
        return Cell(text="–", quiet=True, inset=True)
    tooltip = tr("Tenggat {day}").format(day=long_date(row.due_date))
    if look.tone is Tone.NEUTRAL:
        return Cell(text=look.word, inset=True, tooltip=tooltip)
    return Cell(text=look.word, look=CellLook.CHIP, icon=look.icon, tone=look.tone, tooltip=tooltip)


def waiting_for(row: ListRow, reference: ReferenceData) -> str:
    """Who must act: the step that the kelurahan owes, the agency, or the reporter."""
    if row.status is Status.REFERRED and row.agency:
        return reference.agency_name(row.agency)
    return {
        Status.RECEIVED: tr("Verifikasi"),
        Status.VERIFIED: tr("Disposisi"),
        Status.IN_PROGRESS: tr("Kelurahan"),
        Status.REFERRED: tr("SKPD"),
        Status.ON_HOLD: tr("Pelapor"),
    }.get(row.status, "")


def status_remark(status: Status, agency: str, reference: ReferenceData) -> str:
    """The small line below a status."""
    name = reference.agency_name(agency) if agency else ""
    if status is Status.REFERRED:
        return tr("ke {agency}").format(agency=name) if name else ""
    if status is Status.VERIFIED:
        return tr("usul: {agency}").format(agency=name) if name else tr("belum didisposisi")
    return {
        Status.RECEIVED: tr("belum diverifikasi"),
        Status.IN_PROGRESS: tr("oleh kelurahan"),
        Status.ON_HOLD: tr("menunggu jawaban"),
    }.get(status, "")


def title_cell(row: ListRow, day: Day, *, two_lines: bool) -> Cell:
    """The title, with number and day below in a narrow table; what is confidential must be opened to be read."""
    received = tr("{reference} · diterima {day}").format(
        reference=row.reference, day=short_date(row.received_date, day.today)
    )
    second = received if two_lines else ""
    look = CellLook.TWO_LINES if two_lines else CellLook.TEXT
    if row.confidential:
        return Cell(text=tr("Rahasia: buka untuk membaca"), second=second, look=look, icon=Icon.LOCK, quiet=True)
    if row.priority is Priority.URGENT:
        return Cell(
            text=row.title, second=second, look=look, icon=Icon.WARNING, tooltip=tr("Mendesak. {title}").format(
                title=row.title
            ),
        )  # fmt: skip
    return Cell(text=row.title, second=second, look=look)


def status_cell(row: ListRow, day: Day, *, two_lines: bool) -> Cell:
    """Glyph and word of the status, with what is awaited below in a narrow table."""
    look = status_look(row.status)
    second = status_remark(row.status, row.agency, day.reference) if two_lines else ""
    return Cell(text=look.word, second=second, look=CellLook.TWO_LINES if two_lines else CellLook.TEXT, icon=look.icon)


def agency_cell(row: ListRow, day: Day) -> Cell:
    """The agency's short name."""
    if not row.agency:
        return Cell(text=tr("belum", "chosen"), quiet=True)
    return Cell(text=day.reference.agency_name(row.agency))


def sync_cell(row: ListRow) -> Cell:
    """What the centre knows, as a glyph."""
    look = sync_look(row.sync_state)
    return Cell(text=look.word, look=CellLook.GLYPH, icon=look.icon, tone=look.tone)
