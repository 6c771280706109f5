"""Below the grid: the problem of the cell where the clerk is, with its mends, and how many lines are what."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.page_reading import CellProblem
from ui.figures import number
from ui.language import said
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.buttons import KeyButton
from ui.widgets.labels import ElidedLabel, Glyph, TextLabel

_NARROW = 560  # design pixels


class ProblemBar(QFrame):
    """One problem in sentences, and a button for each mend; `mended` carries the text that is to stand in the cell."""

    mended = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._mends: tuple[str, ...] = ()
        self._glyph = Glyph(theme, Icon.ERROR, Colour.RED)
        self._first = ElidedLabel("", bold=True)
        self._second = ElidedLabel("", colour=Colour.TEXT_2)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._first)
        words.addWidget(self._second)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row = self._row
        row.setContentsMargins(theme.px(14), theme.px(6), theme.px(12), theme.px(6))
        row.setSpacing(theme.px(8))
        spoken = QHBoxLayout()
        spoken.setSpacing(theme.px(10))
        spoken.addWidget(self._glyph)
        spoken.addLayout(words, 1)
        row.addLayout(spoken, 1)
        pressed = QHBoxLayout()
        pressed.setSpacing(theme.px(8))
        row.addLayout(pressed)
        self.buttons: list[KeyButton] = []
        for at in (1, 2):
            button = KeyButton(theme, "-", key=f"Alt+{at}", dense=True, binds=True)
            button.clicked.connect(lambda _checked=False, which=at - 1: self._mend(which))
            self.buttons.append(button)
            pressed.addWidget(button)
        pressed.addStretch()
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its room; its height is what it shows."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the room is narrow, the mends stand below the words."""
        super().resizeEvent(event)
        narrow = event.size().width() < self._theme.px(_NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)
            self.updateGeometry()

    def show_problem(
        self,
        where: str,
        problem: CellProblem | None,
        remark: str = "",
        *,
        mends: bool = True,
        hint: bool = False,
    ) -> None:
        """Say what is wrong in a cell (or a `remark` about its line); nothing hides the bar. A `hint` is no problem."""
        if problem is None and not remark:
            self.hide()
            return
        tone = Tone.RED if problem is not None and problem.wrong else Tone.AMBER
        if problem is not None and hint:
            tone = Tone.NEUTRAL
        colours = self._theme.tone(tone)
        self.setProperty("surface", "quiet" if tone is Tone.NEUTRAL else tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        icon = {Tone.RED: Icon.ERROR, Tone.NEUTRAL: Icon.IDEA}.get(tone, Icon.WARNING)
        self._glyph.set(icon, colours.glyph)
        sentence, more = (said(problem.sentence), said(problem.remedy)) if problem is not None else (remark, "")
        self._first.setText(f"{where}: {sentence}")
        self._second.setText(more)
        self._second.setVisible(bool(more))
        self._mends = problem.mends if problem is not None and mends else ()
        for at, button in enumerate(self.buttons):
            button.setVisible(at < len(self._mends))
            if at < len(self._mends):
                button.set_text(self.tr("Jadikan {text}").format(text=self._mends[at]))
        self.setAccessibleName(f"{self._first.text()} {more}".strip())
        self.show()

    def words(self) -> str:
        """What is said, "" where nothing is."""
        return "" if self.isHidden() else self.accessibleName()

    def _mend(self, which: int) -> None:
        if which < len(self._mends):
            self.mended.emit(self._mends[which])


class Counts(QFrame):
    """How many lines are typed, good, to be looked at, and wrong."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._texts = [""] * 5
        self._numbers = [""] * 5
        self.setProperty("surface", "quiet")
        self.setFixedHeight(theme.px(40))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), 1, theme.px(14), 0)
        row.setSpacing(theme.px(14))
        self._labels: list[TextLabel] = []
        self._parts: list[QWidget] = []
        for icon, colour in (
            (None, Colour.TEXT),
            (Icon.CHECK, Colour.TEXT),
            (Icon.WARNING, Colour.AMBER_TEXT),
            (Icon.ERROR, Colour.RED_TEXT),
            (Icon.SKIPPED, Colour.TEXT_2),
        ):
            row.addWidget(self._part(theme, icon, colour))
        self._keys = ElidedLabel(
            self.tr("Tab, Enter: sel berikut · Ctrl+D: ulangi atas · F6: pindaian"), TextRole.LABEL, Colour.TEXT_2
        )
        self._keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._keys, 1)

    def _part(self, theme: Theme, icon: Icon | None, colour: Colour) -> QWidget:
        part = QWidget()
        inner = QHBoxLayout(part)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(4))
        if icon is not None:
            inner.addWidget(Glyph(theme, icon, colour, SIZES.icon_small))
        label = TextLabel("", TextRole.LABEL, colour, bold=True)
        inner.addWidget(label)
        self._labels.append(label)
        self._parts.append(part)
        return part

    def show_counts(self, typed: int, in_book: int, good: int, warned: int, wrong: int, passed: int) -> None:
        """Say the numbers; those of which there is none are left out, but for what is typed and good."""
        first = self.tr("Diketik {n} dari {all}") if in_book else self.tr("Diketik {n}")
        self._texts = [
            first.format(n=number(typed), all=number(in_book)),
            self.tr("Sah {n}").format(n=number(good)),
            self.tr("Perlu dilihat {n}").format(n=number(warned)),
            self.tr("Salah {n}").format(n=number(wrong)),
            self.tr("Dilewati {n}").format(n=number(passed)),
        ]
        self._numbers = [number(count) for count in (typed, good, warned, wrong, passed)]
        for at, count in enumerate((typed, good, warned, wrong, passed)):
            self._parts[at].setVisible(at < 2 or count > 0)
            self._parts[at].setToolTip(self._texts[at])
        self._word()
        self.setAccessibleName(self.words())

    def minimumSizeHint(self) -> QSize:
        """As narrow as its room."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the room is narrow, the glyphs speak alone."""
        super().resizeEvent(event)
        self._word()

    def _word(self) -> None:
        narrow = self.width() < self._theme.px(_NARROW)
        for at, label in enumerate(self._labels):
            label.setText(self._numbers[at] if narrow and at else self._texts[at])
        self._keys.setVisible(not narrow)

    def words(self) -> str:
        """What is said."""
        return " · ".join(text for text, part in zip(self._texts, self._parts, strict=True) if not part.isHidden())
