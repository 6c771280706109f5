"""The steps at the left: a circle with a number or a tick, what stands in the way, and the button that helps."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from ui.day_close.model import Step, StepView
from ui.day_close.pace import Pace, left_words
from ui.figures import number, size
from ui.outbox.model import Sending, phase_words
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.code_button import CodeButton
from ui.widgets.labels import TextLabel, hairline

_CIRCLE = 32
_ROW = 72


class _Mark(QWidget):
    """The circle: a tick in slate when the step is done, else its number; teal where one stands."""

    def __init__(self, theme: Theme, at: int) -> None:
        super().__init__()
        self._theme = theme
        self._at = at
        self._done = self._here = False
        self.setFixedSize(theme.px(_CIRCLE), theme.px(_CIRCLE))

    def set(self, *, done: bool, here: bool) -> None:
        """Show how the step stands."""
        self._done, self._here = done, here
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = Colour.ACCENT if self._here else Colour.SURFACE_3 if self._done else Colour.SURFACE
        line = Colour.ACCENT if self._here else Colour.SURFACE_3 if self._done else Colour.LINE_MID
        painter.setPen(QPen(theme.colour(line), 1))
        painter.setBrush(theme.colour(ground))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawEllipse(box)
        if self._done:
            theme.paint_icon(painter, box, Icon.CHECK, Colour.TEXT_2, 16)
            return
        painter.setFont(theme.font(TextRole.BODY, bold=True))
        painter.setPen(theme.colour(Colour.ON_ACCENT if self._here else Colour.TEXT_2))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._at))


class StepRow(QWidget):
    """One step. `asked` when its button is pressed."""

    asked = Signal()

    def __init__(self, theme: Theme, at: int) -> None:
        super().__init__()
        self._theme = theme
        self._at = at
        self._here = False
        self._view: StepView | None = None
        self._mark = _Mark(theme, at)
        self._title = TextLabel("", bold=True)
        self._text = TextLabel("", colour=Colour.TEXT_2, wrap=True)
        self.button = KeyButton(theme, "", dense=True)
        self.button.clicked.connect(self.asked)
        self.button.hide()
        self.code = CodeButton(theme)
        self.below = QVBoxLayout()
        self.below.setContentsMargins(0, 0, 0, 0)
        self.below.addWidget(self.code, 0, Qt.AlignmentFlag.AlignLeft)
        self.setMinimumHeight(theme.px(_ROW))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(8), theme.px(16), theme.px(8))
        row.setSpacing(theme.px(12))
        row.addWidget(self._mark)
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addLayout(self.below)
        words.addStretch(1)
        row.addLayout(words, 1)
        row.addWidget(self.button)

    def show_step(self, view: StepView, *, here: bool) -> None:
        """How it stands; `here` is the step that is to be done now."""
        self._view, self._here = view, here
        self._mark.set(done=view.done, here=here)
        self._title.setText(view.title)
        self.say(view.text)
        self.code.show_code(view.code)
        self.button.setVisible(bool(view.action))
        if view.action:
            self.button.set_text(view.action, Icon.EXCHANGE if view.step is Step.EXCHANGE else None)
            self.button.setAccessibleName(f"{view.title}: {view.action}")
        self.update()

    def say(self, text: str) -> None:
        """Other words below the title."""
        self._text.setText(text)
        if self._view is not None:
            stands = self.tr("selesai") if self._view.done else self.tr("belum")
            name = self.tr("Langkah {at}, {title}, {stands}. {text}")
            self.setAccessibleName(name.format(at=self._at, title=self._view.title, stands=stands, text=text))

    def words(self) -> str:
        """What is said below the title."""
        return self._text.text()

    def done(self) -> bool:
        """Whether it has its tick."""
        return self._view is not None and self._view.done

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft ground where one stands."""
        if self._here:
            QPainter(self).fillRect(self.rect(), self._theme.colour(Colour.ACCENT_SOFT))


class ExchangeProgress(QWidget):
    """The bar of a running exchange with items, bytes and time left."""

    def __init__(self, theme: Theme, now: Callable[[], float]) -> None:
        super().__init__()
        self._pace = Pace(now)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._figures = TextLabel("", TextRole.CAPTION, Colour.TEXT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.bar)
        column.addWidget(self._figures)
        self.set_busy()

    def set_busy(self) -> None:
        """Nobody knows yet how much there is."""
        self.bar.setRange(0, 0)
        self._figures.setText(phase_words("sending"))

    def set_progress(self, progress: Sending) -> None:
        """How far it is: by bytes while a request leaves, else by items."""
        parts = []
        total = progress.bytes_total
        if progress.total:
            words = self.tr("{done} dari {total} kiriman")
            parts.append(words.format(done=number(progress.done), total=number(progress.total)))
        if total:
            parts.append(self.tr("{done} dari {total}").format(done=size(progress.bytes), total=size(total)))
        elif progress.bytes:
            parts.append(size(progress.bytes))
        if total:
            self.bar.setRange(0, total)
            self.bar.setValue(min(progress.bytes, total))
        elif progress.total:
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)
        else:
            self.bar.setRange(0, 0)
        left = left_words(self._pace.left(progress.phase, progress.bytes, total)) if total else ""
        parts.append(left or phase_words(progress.phase).lower())
        self._figures.setText("   ".join(parts))
        self.bar.setAccessibleName(self._figures.text())

    def figures(self) -> str:
        """The numbers shown."""
        return self._figures.text()


class StepsCard(Card):
    """All steps. `asked` carries the step whose button was pressed."""

    asked = Signal(object)

    def __init__(self, theme: Theme, now: Callable[[], float]) -> None:
        super().__init__(theme, padding=0)
        self.setAccessibleName(self.tr("Langkah menutup hari"))
        self.body.setSpacing(0)
        self.body.setContentsMargins(0, 0, 0, theme.px(4))
        self._views: Sequence[StepView] = ()
        self._sending = False
        self.rows = {step: StepRow(theme, at) for at, step in enumerate(Step, start=1)}
        for step, row in self.rows.items():
            if step is not Step.DRAFTS:
                self.body.addWidget(hairline())
            row.asked.connect(lambda step=step: self.asked.emit(step))
            self.body.addWidget(row, 1)
        self.progress = ExchangeProgress(theme, now)
        self.progress.hide()
        self.rows[Step.EXCHANGE].below.addWidget(self.progress)

    def show_steps(self, views: Sequence[StepView]) -> None:
        """How all of them stand."""
        self._views = views
        first = next((view.step for view in views if not view.done), None)
        for view in views:
            here = view.step is (Step.EXCHANGE if self._sending else first)
            self.rows[view.step].show_step(view, here=here)
        if self._sending:
            self._show_running()

    def set_sending(self, sending: bool) -> None:
        """An exchange begins or has ended."""
        if sending and not self._sending:
            self.progress.set_busy()
        self._sending = sending
        self.progress.setVisible(sending)
        if self._views:
            self.show_steps(self._views)

    def sending(self) -> bool:
        """Whether an exchange is running."""
        return self._sending

    def _show_running(self) -> None:
        row = self.rows[Step.EXCHANGE]
        row.code.hide()
        row.say(self.tr("Boleh ditinggal; bila putus, diteruskan nanti."))
        row.button.set_text(self.tr("Jeda"), Icon.ON_HOLD)
        row.button.setAccessibleName(self.tr("Jeda pertukaran; yang sudah diakui tetap, sisanya diteruskan nanti"))
        row.button.show()

    def minimumSizeHint(self) -> QSize:
        """No step is squeezed."""
        return super().minimumSizeHint().expandedTo(QSize(0, self.sizeHint().height()))
