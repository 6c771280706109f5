"""The form as a person sees it: both sides, the hints, and the sentences at the fields that were left."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy

from kelurahan_client.services.desk import Desk
from ui.intake.body import IntakeBody
from ui.intake.file_door import FileDoor
from ui.intake.form import FIELD_WORDS, FormState, Review, review
from ui.intake.hints import Hints
from ui.intake.live_receipt import LiveReceipt
from ui.intake.panel import focus_parts
from ui.printing.receipt_card import ReceiptCard
from ui.tasks import Tasks
from ui.theme.theme import Theme

_LEAST_HEIGHT = 140  # design pixels; so that the foot stays in view at 150 % on the smallest screen
_LIVE = frozenset({"statement"})  # its warning helps to choose, so it does not wait until the field is left


class FormView(QScrollArea):
    """`edited`: a person changed something. `reviewed` carries the Review whenever the form was looked through.

    Files that are dropped or pasted come in by the `door`.

    A field's error is shown once the field was left (or with all others by `show_all`), never while it is typed for the
    first time.
    """

    edited = Signal()
    reviewed = Signal(object)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._office = ""
        self._touched: set[str] = set()
        self.gutter = theme.px(16)  # empty room at the right, where a scroll bar may stand
        self.receipt = ReceiptCard(theme, tasks, desk)
        self.live = LiveReceipt(self.receipt)
        self.body = IntakeBody(theme, desk.reference, desk.today, self.receipt)
        self._hints = Hints(tasks, desk, self.body.category, self.body.similar, self)
        self._hints.paused.connect(self.look_through)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # it scrolls, the page does not
        self.setMinimumHeight(theme.px(_LEAST_HEIGHT))
        self.setWidget(self.body)
        self.door = FileDoor(self)
        for panel in self.body.panels():
            panel.edited.connect(self._edit)
            panel.left.connect(self._leave)
            for field in panel.fields.values():
                for part in focus_parts(field.editor):
                    self.door.watch(part)
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

    def set_office(self, office: str) -> None:
        """The recording office's code."""
        self._office = office
        self._hints.set_office(office)

    def look_through(self) -> Review:
        """Check the form and show what is to be seen of it."""
        state = self.state()
        found = review(state, today=self._desk.today(), reference=self._desk.reference, office=self._office)
        self._show(found.errors, found.warnings)
        self.live.follow(found.intake)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the room there is; a scroll bar takes its room from the gutter, so that nothing moves."""
        super().resizeEvent(event)
        bar = self.width() - self.viewport().width()
        self.body.set_gutter(self.gutter - bar)
        self.body.arrange(self.width() - self.gutter)
        self.live.wake()

    def showEvent(self, event: QShowEvent) -> None:
        """The hints follow again."""
        super().showEvent(event)
        self._hints.follow(self.state())
        self.live.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at hints now."""
        self._hints.rest()
        super().hideEvent(event)

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
