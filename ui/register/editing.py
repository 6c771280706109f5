"""Correcting a complaint in the form: begun, kept while it is typed, saved, taken back."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.errors import ChangedMeanwhile, FieldErrors, LaporError
from kelurahan_client.services import handling
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import Kind, Place
from kelurahan_client.services.lists import Detail
from ui.frame.page import Notify
from ui.language import said, sentences
from ui.register.actions import Edited, edit
from ui.register.commands import Writer
from ui.register.edit_form import EditForm
from ui.register.edit_values import typed_values
from ui.register.half_words import since_words
from ui.register.shelf import Shelf
from ui.widgets.notices import Banner


class Editing(QObject):
    """`edited` with the new complaint (identity in clear) when changes are kept; `undone` when taken back.

    `left`: the form is done with, for now. `outdated`: the complaint is another by now, ask again.
    """

    edited = Signal(object)
    undone = Signal()
    left = Signal()
    outdated = Signal()

    def __init__(self, writer: Writer, desk: Desk, form: EditForm, shelf: Shelf, error: Banner, notify: Notify) -> None:
        super().__init__()
        self._writer = writer
        self._desk = desk
        self._form = form
        self._shelf = shelf
        self._error = error
        self._notify = notify
        self._at_work = False  # the form still writes a date out when it has been left: that is nobody's typing
        form.saved.connect(self._save)
        form.typed.connect(self._typed)
        form.left.connect(self.throw_away)
        shelf.kept.connect(self._say_since)

    def begin(self, detail: Detail, clear: Complaint | None) -> None:
        """Fill the form, with what was begun before."""
        text = self._shelf.get(Place(Kind.EDIT, detail.complaint.id))
        self._form.show_detail(detail, clear, text.content if text else None)
        self._at_work = True
        self._typed()
        self._say_since(self._place())

    def throw_away(self) -> None:
        """Esc: the changes are not wanted."""
        self._shelf.throw_away(self._place())
        self._leave()

    def _leave(self) -> None:
        self._at_work = False
        self.left.emit()

    def _place(self) -> Place:
        return Place(Kind.EDIT, self._form.complaint_id)

    def _typed(self) -> None:
        if self._at_work:
            self._shelf.keep(self._place(), self._form.content())

    def _say_since(self, place: Place) -> None:
        """It is on the disk, or gone from there."""
        if place == self._place():
            text = self._shelf.get(place)
            self._form.fields.since.setText(since_words(text, self._desk.today()) if text else "")

    def _save(self) -> None:
        try:
            changes = typed_values(self._form.changes(), self._desk.today())
        except FieldErrors as error:
            self._refuse(error)
            return
        if not changes:
            self._leave()
            return
        work = partial(edit, self._desk, self._form.complaint_id, changes, self._form.seen())
        self._writer.run(("edit", self._form.complaint_id), work, self._saved, self._refuse)

    def _saved(self, done: Edited) -> None:
        self._shelf.forget(Place(Kind.EDIT, done.complaint.id))
        if self._form.complaint_id == done.complaint.id:
            self._leave()
        self.edited.emit(done.complaint)
        self._notify(self.tr("Perubahan tersimpan."), partial(self._undo, done) if done.before else None)

    def _undo(self, done: Edited) -> None:
        work = partial(handling.edit, self._desk, done.complaint.id, done.before)
        self._writer.run(("undo", done.complaint.id), work, self._undone, self._error.show_error)

    def _undone(self, _complaint: Complaint) -> None:
        self.undone.emit()
        self._notify(self.tr("Perubahan diurungkan."), None)

    def _refuse(self, error: LaporError) -> None:
        if isinstance(error, ChangedMeanwhile):
            self.outdated.emit()  # the form then says what is newer
        elif isinstance(error, FieldErrors):
            self._form.refuse(error.fields)
        else:
            self._form.warn(f"{said(error.title)}.", sentences(error))
