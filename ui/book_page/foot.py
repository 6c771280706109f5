"""Below the grid: the problem of the cell where the clerk is, with its mends, and how many lines are what."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.page_reading import CellProblem
from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.buttons import KeyButton
from ui.widgets.labels import ElidedLabel, Glyph, TextLabel


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
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(6), theme.px(12), theme.px(6))
        row.setSpacing(theme.px(10))
        row.addWidget(self._glyph)
        row.addLayout(words, 1)
        self.buttons: list[KeyButton] = []
        for at in (1, 2):
            button = KeyButton(theme, "-", key=f"Alt+{at}", dense=True, binds=True)
            button.clicked.connect(lambda _checked=False, which=at - 1: self._mend(which))
            self.buttons.append(button)
            row.addWidget(button)
        self.setFixedHeight(theme.px(SIZES.foot))
        self.hide()

    def show_problem(self, where: str, problem: CellProblem | None, remark: str = "", *, mends: bool = True) -> None:
        """Say what is wrong in a cell (or a `remark` about its line); nothing hides the bar."""
        if problem is None and not remark:
            self.hide()
            return
        tone = Tone.RED if problem is not None and problem.wrong else Tone.AMBER
        colours = self._theme.tone(tone)
        self.setProperty("surface", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self._glyph.set(Icon.ERROR if tone is Tone.RED else Icon.WARNING, colours.glyph)
        sentence, more = (problem.sentence, problem.remedy) if problem is not None else (remark, "")
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

    def show_counts(self, typed: int, good: int, warned: int, wrong: int, left_out: int) -> None:
        """Say the numbers; those of which there is none are left out, but for what is typed and good."""
        texts = (
            self.tr("Diketik {n}"),
            self.tr("Sah {n}"),
            self.tr("Perlu dilihat {n}"),
            self.tr("Salah {n}"),
            self.tr("Dilewati {n}"),
        )
        counts = (typed, good, warned, wrong, left_out)
        for at, (text, count) in enumerate(zip(texts, counts, strict=True)):
            self._labels[at].setText(text.format(n=number(count)))
            self._parts[at].setVisible(at < 2 or count > 0)
        self.setAccessibleName(self.words())

    def words(self) -> str:
        """What is said."""
        return " · ".join(
            label.text() for label, part in zip(self._labels, self._parts, strict=True) if not part.isHidden()
        )
