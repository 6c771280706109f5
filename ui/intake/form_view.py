"""The form as a person sees it: both sides, the hints, and the sentences at the fields that were left."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea

from kelurahan_client.services.desk import Desk
from ui.intake.body import IntakeBody
from ui.intake.form import FIELD_WORDS, FormState, Review, review
from ui.intake.hints import Hints
from ui.intake.panel import focus_parts
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.widgets.editors import LineEdit, TextEdit

_LIVE = frozenset({"statement"})  # its warning helps to choose, so it does not wait until the field is left


class Take(Protocol):
    """Takes files and pictures; False where there are none. Into a text field a text goes first."""

    def __call__(self, mime: QMimeData, *, over_text: bool) -> bool:
        """Take what is in it."""


class FormView(QScrollArea):
    """`edited`: a person changed something. `reviewed` carries the Review whenever the form was looked through.

    Files that are dropped anywhere, and files and pictures that are pasted, go to whoever `give_files_to` was told of;
    `dragged`: some hang over the form, or no more.

    A field's error is shown once the field was left (or with all others by `show_all`), never while it is typed for the
    first time.
    """

    edited = Signal()
    reviewed = Signal(object)
    dragged = Signal(bool)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._office = ""
        self._touched: set[str] = set()
        self.gutter = theme.px(16)  # empty room at the right, where a scroll bar may stand
        self.body = IntakeBody(theme, desk.reference, desk.today)
        self._hints = Hints(tasks, desk, self.body.category, self.body.similar, self)
        self._hints.paused.connect(self.look_through)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self.body)
        self._take: Take | None = None
        self.viewport().setAcceptDrops(True)
        for panel in self.body.panels():
            panel.edited.connect(self._edit)
            panel.left.connect(self._leave)
            for field in panel.fields.values():
                for part in focus_parts(field.editor):
                    part.installEventFilter(self)
                    part.setAcceptDrops(False)  # or the address of a dropped file would be typed into it
                if isinstance(field.editor, TextEdit):
                    field.editor.viewport().setAcceptDrops(False)
        self.body.category.chosen.connect(lambda _code: self._edit("category"))

    def state(self) -> FormState:
        """What stands in the form now."""
        return FormState(**self.body.reporter.read(), **self.body.report.read(), category=self.body.category.value())

    def fill(self, state: FormState) -> None:
        """Show another form; what stands in it counts as left, so that its faults are seen."""
        for panel in (self.body.reporter, self.body.report):
            panel.fill(state)
        self.body.category.set_value(state.category)
        empty = FormState()
        self._touched = {name for name in FIELD_WORDS if getattr(state, name) != getattr(empty, name)}
        self.verticalScrollBar().setValue(0)
        self._hints.follow(state)
        self.look_through()

    def give_files_to(self, take: Take) -> None:
        """Who takes what is dropped and pasted: told whether a text field would take a text, says whether it did."""
        self._take = take

    def set_office(self, office: str) -> None:
        """The recording office's code."""
        self._office = office
        self._hints.set_office(office)

    def look_through(self) -> Review:
        """Check the form and show what is to be seen of it."""
        state = self.state()
        found = review(state, today=self._desk.today(), reference=self._desk.reference, office=self._office)
        self._show(found.errors, found.warnings)
        self.reviewed.emit(found)
        return found

    def show_all(self) -> Review:
        """Check the form and show everything, as for saving."""
        self._touched = set(FIELD_WORDS)
        return self.look_through()

    def show_some(self, names: frozenset[str]) -> Review:
        """Check the form and show what is wrong with these fields."""
        self._touched |= names
        return self.look_through()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show what the desk found wrong, by the names of an intake, and go to the first."""
        named = {{"rt": "rt_rw", "rw": "rt_rw", "agency": "category"}.get(name, name): errors[name] for name in errors}
        self._touched |= named.keys()
        self._show(named, {})
        first = next((name for name in FIELD_WORDS if name in named), None)
        if first is not None:
            self.focus_field(first)

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field and bring it into view."""
        if name == "category":
            self.body.category.more.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self.body.category)
            return
        panel = self.body.panel_of(name)
        panel.focus(name)
        self.ensureWidgetVisible(panel.fields[name])
        self.ensureWidgetVisible(focus_parts(panel.fields[name].editor)[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paste files and pictures as attachments, whichever field has the cursor."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
            and self._pasted(over_text=isinstance(watched, LineEdit | TextEdit))
        ):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste also where no field has the cursor."""
        paste = event.matches(QKeySequence.StandardKey.Paste)
        if not (paste and self._pasted(over_text=False)):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are welcome anywhere on the form."""
        mime = event.mimeData()
        if mime.hasImage() or any(url.isLocalFile() for url in mime.urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dragged.emit(True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Still welcome."""
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went on."""
        super().dragLeaveEvent(event)
        self.dragged.emit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them; they are copied, never moved."""
        self.dragged.emit(False)
        if self._take is not None and self._take(event.mimeData(), over_text=False):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the room there is; a scroll bar takes its room from the gutter, so that nothing moves."""
        super().resizeEvent(event)
        bar = self.width() - self.viewport().width()
        self.body.set_gutter(self.gutter - bar)
        self.body.arrange(self.width() - self.gutter)

    def showEvent(self, event: QShowEvent) -> None:
        """The hints follow again."""
        super().showEvent(event)
        self._hints.follow(self.state())

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at hints now."""
        self._hints.rest()
        super().hideEvent(event)

    def _pasted(self, *, over_text: bool) -> bool:
        return self._take is not None and self._take(QGuiApplication.clipboard().mimeData(), over_text=over_text)

    def _show(self, errors: Mapping[str, str], warnings: Mapping[str, str]) -> None:
        shown = {name: text for name, text in errors.items() if name in self._touched}
        odd = {name: text for name, text in warnings.items() if name in self._touched | _LIVE}
        for panel in self.body.panels():
            panel.show_states(shown, odd)

    def _edit(self, _name: str) -> None:
        self._hints.follow(self.state())
        self.edited.emit()

    def _leave(self, name: str) -> None:
        self._touched.add(name)
        self.look_through()
