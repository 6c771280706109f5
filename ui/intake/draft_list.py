"""The drafts of everybody at this desk: who began what and when, to go on with or to throw away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kelurahan_client.domain.day_words import local_date
from kelurahan_client.store.drafts import Draft
from ui.intake.form import FormState
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.icon_button import IconButton
from ui.widgets.labels import ElidedLabel, TextLabel, hairline
from ui.wording import clock, short_date


@dataclass(frozen=True, slots=True)
class Shelf:
    """What lies open at this desk; `current` is in the form, `officer` sits there."""

    drafts: Sequence[Draft]
    current: str | None
    officer: str
    today: date

    def others(self) -> list[Draft]:
        """All but the one in the form."""
        return [draft for draft in self.drafts if draft.id != self.current]


class DraftList(QFrame):
    """A popup. `picked`: go on with one's own Draft; `taken_over`: with another's; `discarded`: throw one away.

    `fresh_requested`: set the present form aside, begin another.
    """

    picked = Signal(object)
    taken_over = Signal(object)
    discarded = Signal(object)
    fresh_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self.setProperty("surface", "popup")
        self.setAccessibleName(self.tr("Draf di loket ini"))
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._fresh = KeyButton(
            theme, self.tr("Sisihkan isian ini, mulai yang kosong"), Icon.FILE_NEW, kind=ButtonKind.QUIET, dense=True
        )
        self._fresh.clicked.connect(lambda: self._answer(self.fresh_requested.emit))
        self._lines: list[DraftLine] = []
        whole = QWidget()
        inner = QVBoxLayout(whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(self._rows)
        inner.addStretch(1)
        self._room = QScrollArea()
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setWidgetResizable(True)
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room.setWidget(whole)
        pad = theme.px(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, pad, 1, pad)
        column.setSpacing(pad)
        head = TextLabel(self.tr("Draf di loket ini"), bold=True)
        head.setContentsMargins(theme.px(16), 0, 0, 0)
        column.addWidget(head)
        column.addWidget(hairline())
        column.addWidget(self._room, 1)
        column.addWidget(self._fresh)

    def show_shelf(self, shelf: Shelf) -> None:
        """List the drafts."""
        for line in self._lines:
            self._rows.removeWidget(line)
            line.deleteLater()
        self._lines = [DraftLine(self._theme, draft, shelf) for draft in shelf.others()]
        for line in self._lines:
            own = line.draft.officer == shelf.officer
            signal = self.picked if own else self.taken_over
            line.go_on.clicked.connect(partial(self._answer, partial(signal.emit, line.draft)))
            line.bin.clicked.connect(partial(self._answer, partial(self.discarded.emit, line.draft)))
            self._rows.addWidget(line)
        self._fresh.setVisible(shelf.current is not None)

    def lines(self) -> list["DraftLine"]:
        """The drafts shown, newest first."""
        return list(self._lines)

    def open_at(self, corner: QPoint) -> None:
        """Open with the top left corner at `corner` (global)."""
        theme = self._theme
        least = sum(line.sizeHint().height() for line in self._lines) + theme.px(60)
        least += theme.px(44) if not self._fresh.isHidden() else 0
        self.resize(theme.px(560), min(least, theme.px(440)))
        self.move(corner)
        self.show()
        first = self._lines[0].go_on if self._lines else self._fresh
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the buttons."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def _answer(self, tell: Callable[[], None]) -> None:
        self.hide()
        tell()


class DraftLine(QWidget):
    """One draft: its title, who has it since when, and what can be done."""

    def __init__(self, theme: Theme, draft: Draft, shelf: Shelf) -> None:
        super().__init__()
        self.draft = draft
        self._title = ElidedLabel(FormState.from_draft(draft.fields).heading(), bold=True)
        self._told = ElidedLabel(self._words(shelf), TextRole.CAPTION, Colour.TEXT_2)
        own = draft.officer == shelf.officer
        word = self.tr("Lanjutkan") if own else self.tr("Ambil alih")
        icon = Icon.EDITED if own else Icon.REPORTER_ADDED
        self.go_on = KeyButton(theme, word, icon, kind=ButtonKind.QUIET, dense=True)
        self.go_on.setAccessibleName(f"{word}: {self._title.text()}")
        self.bin = IconButton(
            theme,
            Icon.TRASH,
            self.tr("Buang draf {title}").format(title=self._title.text()),
            colour=Colour.RED,
            size=SIZES.icon_small,
        )
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._told)
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(16), theme.px(7), theme.px(8), theme.px(7))
        row.setSpacing(theme.px(4))
        row.addLayout(texts, 1)
        row.addWidget(self.go_on)
        row.addWidget(self.bin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(hairline())

    def words(self) -> str:
        """Title and remark."""
        return f"{self._title.text()}  ·  {self._told.text()}"

    def _words(self, shelf: Shelf) -> str:
        draft = self.draft
        day = local_date(draft.updated_at)
        when = clock(draft.updated_at)
        parts = [draft.officer, when if day == shelf.today else f"{short_date(day, shelf.today)} {when}"]
        if draft.begun_by and draft.begun_by != draft.officer:
            parts.append(self.tr("dimulai {name}").format(name=draft.begun_by))
        if draft.files:
            parts.append(self.tr("{count} lampiran").format(count=draft.files))
        return " · ".join(parts)
