"""The officers of this desk, for the settings: who, as what; add, change, new PIN, retire; recovery code and lock."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.roles import Right, Role, may
from kelurahan_client.errors import LaporError
from kelurahan_client.services import officers, signing_in
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.officers import LOCK_CHOICES, OfficerView
from ui.frame.page import Notify
from ui.sign_in.code_view import CodeView
from ui.sign_in.officer_form import OfficerForm, Work
from ui.sign_in.officer_rows import OfficerRows
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.editors import Combo
from ui.widgets.field import Field
from ui.widgets.labels import TextLabel
from ui.widgets.notices import Banner

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Staff:
    people: list[OfficerView]
    minutes: int
    may_officers: bool
    may_settings: bool


class OfficersPanel(QWidget):
    """Put it into a section and call `activate` when that is shown.

    `changed`: names, roles or the minutes of the lock are others now. `paper_wanted`: the Paper of a recovery code.
    """

    changed = Signal()
    paper_wanted = Signal(object)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, notify: Notify) -> None:
        super().__init__()
        self._tasks = tasks
        self._desk = desk
        self._notify = notify
        self._staff = _Staff([], officers.DEFAULT_LOCK_MINUTES, may_officers=False, may_settings=False)
        self._subject = ""
        self.banner = Banner(theme, closable=True)
        self.rows = OfficerRows(theme)
        self.form = OfficerForm(theme)
        self.code_view = CodeView(theme)
        self.add_button = KeyButton(theme, self.tr("Tambah petugas…"), Icon.REPORTER_ADDED)
        self.own_button = KeyButton(theme, self.tr("Ubah PIN saya…"), Icon.LOCK)
        self.code_button = KeyButton(theme, self.tr("Kode pemulihan baru"), Icon.PRINT)
        self.minutes = Combo(theme)
        self._remark = TextLabel("", TextRole.CAPTION, Colour.TEXT_3, wrap=True)
        self._lists = QWidget()
        self._build(theme)
        self._connect()

    def _build(self, theme: Theme) -> None:
        card = self._card = Card(theme, padding=0)
        card.body.setSpacing(0)
        card.body.addWidget(self.rows)
        commands = QHBoxLayout()
        commands.setSpacing(theme.px(8))
        for button in (self.add_button, self.own_button, self.code_button):
            commands.addWidget(button)
        commands.addStretch(1)
        for minutes in LOCK_CHOICES:
            self.minutes.add(str(minutes), self.tr("{n} menit tanpa sentuhan").format(n=minutes))
        self.minutes.setMaximumWidth(theme.px(280))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        inner = QVBoxLayout(self._lists)
        inner.setContentsMargins(0, 0, 0, 0)
        for layout in (column, inner):
            layout.setSpacing(theme.px(12))
        inner.addWidget(self._remark)
        inner.addWidget(card)
        inner.addWidget(self.form)
        inner.addLayout(commands)
        inner.addWidget(Field(theme, self.tr("Kunci otomatis setelah"), self.minutes))
        column.addWidget(self.banner)
        column.addWidget(self._lists)
        column.addWidget(self.code_view)
        column.addStretch(1)
        self.banner.hide()
        self.code_view.hide()

    def _connect(self) -> None:
        self.rows.asked.connect(self._ask)
        self.form.submitted.connect(self._submit)
        self.form.left.connect(self.add_button.setFocus)
        self.add_button.clicked.connect(lambda: self._ask(Work.ADD, ""))
        self.own_button.clicked.connect(lambda: self._ask(Work.OWN_PIN, self._me()))
        self.code_button.clicked.connect(
            lambda: self._run(partial(officers.new_recovery_code, self._desk), self._show_code)
        )
        self.code_view.kept.connect(
            lambda: self._run(partial(signing_in.code_was_kept, self._desk), lambda _none: self._code_kept())
        )
        self.minutes.chosen.connect(self._set_minutes)

    def offer_print(self) -> None:
        """Somebody takes `paper_wanted`: let a recovery code be printed."""
        self.code_view.print_requested.connect(self._print)

    def activate(self) -> None:
        """Ask for what is shown."""
        self._tasks.latest("officers-panel", partial(_staff, self._desk), self._show, failed=self._refused, owner=self)

    def _show(self, staff: _Staff) -> None:
        self._staff = staff
        self.rows.set_people(staff.people, changeable=staff.may_officers)
        self._card.setVisible(bool(staff.people))
        self.minutes.set_value(str(staff.minutes))
        self.minutes.setEnabled(staff.may_settings)
        for button in (self.add_button, self.code_button):
            button.setVisible(staff.may_officers)
        self.own_button.setVisible(bool(self._me()))
        if not staff.people:
            said = self.tr("Loket ini belum mempunyai petugas. Tutup, lalu buka lagi Lapor Kelurahan untuk mengisinya.")
        elif not staff.may_officers:
            said = self.tr("Petugas diatur oleh admin loket. Di sini Anda dapat mengganti PIN sendiri.")
        else:
            said = ""
        self._remark.setText(said)
        self._remark.setVisible(bool(said))
        self.add_button.setEnabled(bool(staff.people))
        self.code_button.setEnabled(bool(staff.people))

    def _me(self) -> str:
        return next((one.id for one in self._staff.people if one.at_work), "")

    def _ask(self, work: Work, officer_id: str) -> None:
        self.banner.hide()
        self._subject = officer_id
        found = next((one for one in self._staff.people if one.id == officer_id), None)
        if found is None:
            self.form.ask(work)
        else:
            self.form.ask(work, found.name, found.role)

    def _submit(self) -> None:
        form, desk, subject = self.form, self._desk, self._subject
        name, role, pin = form.editor.text(), form.chosen_role(), form.pin.pin()
        jobs: dict[Work, tuple[Callable[[], object], str]] = {
            Work.ADD: (partial(officers.add, desk, name, role, pin), self.tr("Petugas ditambahkan.")),
            Work.CHANGE: (partial(_change, desk, subject, name, role), self.tr("Petugas diubah.")),
            Work.NEW_PIN: (partial(officers.set_pin, desk, subject, pin), self.tr("PIN diganti.")),
            Work.OWN_PIN: (partial(officers.change_own_pin, desk, form.old.text(), pin), self.tr("PIN diganti.")),
            Work.RETIRE: (partial(officers.retire, desk, subject), self.tr("Petugas diberhentikan.")),
        }
        job, said = jobs[form.work]
        form.setEnabled(False)
        self._run(job, lambda _answer: self._done(said))

    def _done(self, said: str) -> None:
        self.form.setEnabled(True)
        self.form.dismiss()
        self._notify(said)
        self.activate()
        self.changed.emit()

    def _run(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._tasks.database(job, done, failed=self._refused, owner=self)

    def _refused(self, error: LaporError) -> None:
        self.form.setEnabled(True)
        if self.form.isHidden() or not self.form.show_error(error):
            self.banner.show_error(error)

    def _show_code(self, code: str) -> None:
        self._lists.hide()
        self.code_view.show()
        self.code_view.show_code(code)

    def _code_kept(self) -> None:
        self.code_view.hide()
        self._lists.show()
        self.code_button.setFocus()
        self._notify(self.tr("Kode pemulihan baru berlaku; yang lama tidak lagi."))

    def _set_minutes(self, value: str) -> None:
        self._run(
            partial(officers.set_lock_minutes, self._desk, int(value)),
            lambda _none: self._done(self.tr("Kunci otomatis diubah.")),
        )

    def _print(self, code: str) -> None:
        self._run(partial(officers.recovery_paper, self._desk, code), self.paper_wanted.emit)


# Run by the worker.


def _staff(desk: Desk) -> _Staff:
    duty = desk.store.at_work.duty if desk.store.at_work else None
    return _Staff(
        officers.everybody(desk),
        officers.lock_minutes(desk),
        may_officers=may(duty, Right.OFFICERS),
        may_settings=may(duty, Right.SETTINGS),
    )


def _change(desk: Desk, officer_id: str, name: str, role: Role) -> None:
    """Name and role are two entries in the record of who did what; only what is another is written."""
    found = next((one for one in officers.everybody(desk) if one.id == officer_id), None)
    if found is None or found.name != name.strip():
        officers.rename(desk, officer_id, name)
    if found is None or found.role is not role:
        officers.set_role(desk, officer_id, role)
