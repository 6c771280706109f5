"""The head of the pane: number, standing with the centre, title, and the chips of its status."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.complaint import Complaint, Priority, Status
from kelurahan_client.domain.privacy import unasked
from kelurahan_client.services.lists import Detail
from ui.register.cells import Day, due_look
from ui.register.clamped import ClampedLabel
from ui.register.flow import FlowRow
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole, Tone
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.chips import Chip
from ui.widgets.labels import TextLabel
from ui.widgets.status_look import status_look, sync_look
from ui.wording import long_date


class DetailHead(QWidget):
    """`edit_asked`: the button *Ubah…*."""

    edit_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._reference = TextLabel("", TextRole.LABEL, Colour.TEXT_2)
        self._sync = Chip(theme, "")
        self._title = ClampedLabel(2, TextRole.SECTION)
        self._title.setProperty("weight", "bold")
        self.edit = KeyButton(theme, self.tr("Ubah…"), Icon.EDITED, kind=ButtonKind.QUIET, dense=True)
        self.edit.clicked.connect(self.edit_asked)
        self._status = Chip(theme, "")
        self._due = Chip(theme, "")
        self._urgent = Chip(theme, self.tr("Mendesak"), Icon.WARNING, Tone.RED)
        self._confidential = Chip(theme, self.tr("Rahasia"), Icon.LOCK, outline=True)
        self._anonymous = Chip(theme, self.tr("Anonim"), Icon.HIDE, outline=True)
        self._unasked = Chip(theme, "", Icon.HELP, Tone.AMBER)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(6), theme.px(8), theme.px(10))
        column.setSpacing(theme.px(4))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self._reference)
        row.addWidget(self._sync)
        row.addStretch(1)
        row.addWidget(self.edit)
        column.addLayout(row)
        column.addWidget(self._title)
        chips = FlowRow(theme.px(6))
        for chip in (self._status, self._due, self._urgent, self._confidential, self._anonymous, self._unasked):
            chips.add(chip)
        column.addSpacing(theme.px(3))
        column.addWidget(chips)

    def show_detail(self, detail: Detail, day: Day) -> None:
        """Show a complaint."""
        complaint = detail.complaint
        self._reference.setText(complaint.reference)
        sync = sync_look(complaint.sync_state)
        self._sync.set(sync.word, sync.icon, sync.tone)
        self._title.setText(complaint.title)
        look = status_look(complaint.status)
        word = look.word
        if complaint.status is Status.REFERRED and complaint.agency:
            word = self.tr("Didisposisi ke {agency}").format(agency=day.reference.agency_name(complaint.agency))
        self._status.set(word, look.icon)
        self._show_due(complaint, day)
        self._urgent.setVisible(complaint.priority is Priority.URGENT)
        self._confidential.setVisible(bool(complaint.confidential))
        self._anonymous.setVisible(bool(complaint.anonymous))
        missing = unasked(complaint)
        self._unasked.setVisible(bool(missing))
        if missing:
            names = {"anonymous": self.tr("nama"), "confidential": self.tr("isi")}
            self._unasked.set(
                self.tr("Belum ditanya: {what}").format(what=" / ".join(names[name] for name in missing)),
                Icon.HELP,
                Tone.AMBER,
            )

    def _show_due(self, complaint: Complaint, day: Day) -> None:
        look = due_look(complaint.due_date, complaint.status, day)
        self._due.setVisible(look is not None)
        if look is None or complaint.due_date is None:
            return
        if look.tone is Tone.RED:
            self._due.set(look.word, look.icon, look.tone)
        else:
            words = self.tr("Tenggat {day}").format(day=_day(complaint.due_date, day.today))
            self._due.set(words, look.icon, look.tone)


def _day(due: date, today: date) -> str:
    text = long_date(due)
    return text.rsplit(" ", 1)[0] if due.year == today.year else text
