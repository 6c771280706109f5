"""Saving what was changed in the form, and taking it back."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.errors import FieldErrors, LaporError
from kelurahan_client.services import handling
from kelurahan_client.services.desk import Desk
from ui.frame.page import Notify
from ui.language import said, sentences
from ui.register.actions import Edited, edit
from ui.register.commands import Shown, Writer
from ui.register.edit_form import EditForm
from ui.widgets.notices import Banner


class Editing(QObject):
    """`edited` with the new complaint (identity in clear) when changes are kept; `undone` when taken back."""

    edited = Signal(object)
    undone = Signal()

    def __init__(self, writer: Writer, desk: Desk, form: EditForm, shown: Shown, error: Banner, notify: Notify) -> None:
        super().__init__()
        self._writer = writer
        self._desk = desk
        self._form = form
        self._shown = shown
        self._error = error
        self._notify = notify
        form.saved.connect(self._save)

    def _save(self, changes: dict[str, str]) -> None:
        if (complaint := self._shown.complaint()) is not None:
            self._writer.run(partial(edit, self._desk, complaint.reference, changes), self._saved, self._refuse)

    def _saved(self, done: Edited) -> None:
        self.edited.emit(done.complaint)
        self._notify(self.tr("Perubahan tersimpan."), partial(self._undo, done) if done.before else None)

    def _undo(self, done: Edited) -> None:
        work = partial(handling.edit, self._desk, done.complaint.id, done.before)
        self._writer.run(work, self._undone, self._error.show_error)

    def _undone(self, _complaint: Complaint) -> None:
        self.undone.emit()
        self._notify(self.tr("Perubahan diurungkan."), None)

    def _refuse(self, error: LaporError) -> None:
        if isinstance(error, FieldErrors):
            self._form.refuse(error.fields)
        else:
            self._form.warn(f"{said(error.title)}.", sentences(error))
