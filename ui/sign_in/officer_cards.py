"""The names to choose from: one card each, moved through by arrows also while the PIN has the cursor."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.initial import first_letter

_CARD = 56
_GAP = 8
_MOST = 4  # cards in sight; more scroll
_AVATAR = 36


class Shown(NamedTuple):
    """An officer as the list shows one; `note` stands in a chip at the end ("1 draf")."""

    id: str
    name: str
    role: str
    note: str = ""


class OfficerCard(QAbstractButton):
    """A name, a role, and the first letter."""

    def __init__(self, theme: Theme, shown: Shown) -> None:
        super().__init__()
        self._theme = theme
        self.shown = shown
        self.setCheckable(True)
        self.setFixedHeight(theme.px(_CARD))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the PIN keeps the cursor
        self.set_note(shown.note)

    def set_note(self, note: str) -> None:
        """Say something behind the name, "" for nothing."""
        self.shown = self.shown._replace(note=note)
        self.setText(self.shown.name)
        self.setAccessibleName(f"{self.shown.name}, {self.shown.role}")
        self.setAccessibleDescription(note)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self._theme.px(240), self._theme.px(_CARD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, letter, name, role and note."""
        theme, chosen = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = Colour.ACCENT_SOFT if chosen else Colour.SURFACE_2 if self.underMouse() else Colour.SURFACE
        painter.setPen(QPen(theme.colour(Colour.ACCENT if chosen else Colour.LINE), 1))
        painter.setBrush(theme.colour(ground))
        radius = theme.px(SIZES.radius_field)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        side, pad = theme.px(_AVATAR), theme.px(14)
        circle = QRectF(pad, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Colour.ACCENT if chosen else Colour.SURFACE_3))
        painter.drawEllipse(circle)
        painter.setPen(theme.colour(Colour.ON_ACCENT if chosen else Colour.TEXT_2))
        painter.setFont(theme.font(TextRole.LABEL, bold=True))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, first_letter(self.shown.name))
        right = self._paint_note(painter)
        x = circle.right() + theme.px(12)
        self._paint_line(painter, QRectF(x, theme.px(9), right - x, theme.px(20)), self.shown.name, bold=True)
        self._paint_line(painter, QRectF(x, theme.px(29), right - x, theme.px(18)), self.shown.role, bold=False)

    def _paint_line(self, painter: QPainter, area: QRectF, text: str, *, bold: bool) -> None:
        font = self._theme.font(TextRole.BODY if bold else TextRole.CAPTION, bold=bold)
        painter.setFont(font)
        painter.setPen(self._theme.colour(Colour.TEXT if bold else Colour.TEXT_2))
        short = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, short)

    def _paint_note(self, painter: QPainter) -> float:
        """Paint the chip; returns where the words before it have to end."""
        theme, pad = self._theme, self._theme.px(14)
        if not self.shown.note:
            return self.width() - pad
        font = theme.font(TextRole.CAPTION)
        icon, inner, height = theme.px(SIZES.icon_small), theme.px(10), theme.px(SIZES.chip)
        width = QFontMetrics(font).horizontalAdvance(self.shown.note) + icon + theme.px(6) + 2 * inner
        chip = QRectF(self.width() - pad - width, (self.height() - height) / 2, width, height)
        painter.setPen(QPen(theme.colour(Colour.LINE_MID), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(chip, height / 2, height / 2)
        area = QRectF(chip.left() + inner, chip.top(), icon, height)
        theme.paint_icon(painter, area, Icon.NEW, Colour.TEXT_2, SIZES.icon_small)
        painter.setFont(font)
        painter.setPen(theme.colour(Colour.TEXT))
        words = QRectF(area.right() + theme.px(6), chip.top(), width, height)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.shown.note)
        return chip.left() - theme.px(8)


class OfficerCards(QScrollArea):
    """The list. `chosen` carries the id whenever another name is chosen, by a click or by an arrow."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._group = QButtonGroup(self)
        self._cards: list[OfficerCard] = []
        self._most = _MOST
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Nama petugas"))
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._cards[at].shown.id))

    def set_people(self, people: Sequence[Shown]) -> None:
        """Show these; whoever was chosen stays so, else the first is."""
        before = self.chosen_id()
        self._cards = [OfficerCard(self._theme, shown) for shown in people]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(_GAP))
        for at, card in enumerate(self._cards):
            self._group.addButton(card, at)
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inner)
        self._fit()
        self.choose(before if before in {shown.id for shown in people} else people[0].id if people else "")

    def set_most(self, most: int) -> None:
        """So many cards may be in sight."""
        self._most = most
        self._fit()

    def _fit(self) -> None:
        rows = min(len(self._cards), self._most)
        extra = self._theme.px(_CARD) // 2 if len(self._cards) > rows else 0  # half a card says that there are more
        self.setFixedHeight(rows * self._theme.px(_CARD) + max(rows - 1, 0) * self._theme.px(_GAP) + extra)

    def set_notes(self, notes: dict[str, str]) -> None:
        """Notes by the names of the officers."""
        for card in self._cards:
            card.set_note(notes.get(card.shown.name, ""))

    def people(self) -> list[Shown]:
        """Who is shown."""
        return [card.shown for card in self._cards]

    def choose(self, id_: str) -> None:
        """Choose somebody; an unknown id changes nothing."""
        for card in self._cards:
            if card.shown.id == id_:
                card.setChecked(True)
                self.ensureWidgetVisible(card)
                self.chosen.emit(id_)

    def chosen_id(self) -> str:
        """Who is chosen, "" for nobody."""
        shown = self.chosen_one()
        return shown.id if shown else ""

    def chosen_one(self) -> Shown | None:
        """Who is chosen."""
        at = self._group.checkedId()
        return self._cards[at].shown if 0 <= at < len(self._cards) else None

    def step(self, event: QKeyEvent) -> bool:
        """An arrow up or down chooses the neighbour; False for any other key."""
        steps = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
        step = steps.get(event.key())
        if step is None or not self._cards:
            return False
        at = min(max(self._group.checkedId() + step, 0), len(self._cards) - 1)
        self.choose(self._cards[at].shown.id)
        return True
