"""The bar above the pages: where one is, how the desk stands with the centre, who is at work."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.connection import ConnectionState, Link, StateChip
from ui.widgets.icon_button import IconButton
from ui.widgets.initial import first_letter
from ui.widgets.labels import ElidedLabel, TextLabel, hairline

_ROOM_FOR_NAMES = 640  # design pixels


class Avatar(QWidget):
    """The first letter of a name in a circle."""

    def __init__(self, theme: Theme, name: str = "", size: int = 32) -> None:
        super().__init__()
        self._theme = theme
        self._letter = ""
        self.setFixedSize(theme.px(size), theme.px(size))
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show another person."""
        self._letter = first_letter(name)
        self.update()

    def letter(self) -> str:
        """What is shown."""
        return self._letter

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the circle and the letter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(Colour.ACCENT_SOFT))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setFont(self._theme.font(TextRole.BODY, bold=True))
        painter.setPen(self._theme.colour(Colour.ACCENT_TEXT))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._letter)


class TopBar(QFrame):
    """Office and desk, the state chip, the officer, the lock where there is one, and help."""

    help_requested = Signal()
    lock_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("surface", "bar")
        self.setFixedHeight(theme.px(SIZES.top_bar))
        self.chip = StateChip(theme, ConnectionState(Link.OFFLINE))
        self._office = ElidedLabel("", bold=True)
        self._place = ElidedLabel("", TextRole.CAPTION, Colour.TEXT_2)
        self._officer = TextLabel("", TextRole.LABEL, bold=True)
        self._role = TextLabel("", TextRole.CAPTION, Colour.TEXT_2)
        self._avatar = Avatar(theme)
        self._person = QWidget()
        self.lock_button = IconButton(theme, Icon.LOCK, self.tr("Kunci, ganti petugas"), key="Ctrl+L")
        self.lock_button.clicked.connect(self.lock_requested)
        self.lock_button.hide()
        help_button = IconButton(theme, Icon.HELP, self.tr("Bantuan"), key="F1")
        help_button.clicked.connect(self.help_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(SIZES.page_x), 0, theme.px(SIZES.gap_double), 0)
        row.setSpacing(theme.px(12))
        row.addLayout(self._lines(self._office, self._place), 1)
        row.addWidget(self.chip)
        row.addWidget(self._person)
        row.addWidget(self.lock_button)
        row.addWidget(help_button)
        person = QHBoxLayout(self._person)
        person.setContentsMargins(0, 0, 0, 0)
        person.setSpacing(theme.px(10))
        line = hairline(vertical=True)
        line.setFixedHeight(theme.px(48))
        person.addWidget(line)
        person.addSpacing(theme.px(2))
        person.addWidget(self._avatar)
        self._names = QWidget()
        self._names.setLayout(self._lines(self._officer, self._role))
        person.addWidget(self._names)
        person.addSpacing(theme.px(4))
        self._person.hide()

    def set_office(self, name: str, district: str, desk: str) -> None:
        """Where this desk stands."""
        self._office.setText(name)
        self._place.setText(" · ".join(part for part in (district, self.tr("Loket {desk}").format(desk=desk)) if part))

    def set_officer(self, name: str, role: str) -> None:
        """Who is at work; "" shows nobody."""
        self._officer.setText(name)
        self._role.setText(role)
        self._avatar.set_name(name)
        self._person.setAccessibleName(f"{name}, {role}" if role else name)
        self._person.setToolTip(self._person.accessibleName())
        self._person.setVisible(bool(name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The state is never cut: where there is little room the officer is only the letter, with a tooltip."""
        super().resizeEvent(event)
        self._names.setVisible(self.width() >= self._theme.px(_ROOM_FOR_NAMES))

    def words(self) -> tuple[str, str, str, str]:
        """Office, place, officer, role: what is shown."""
        return self._office.text(), self._place.text(), self._officer.text(), self._role.text()

    def _lines(self, first: QWidget, second: QWidget) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addStretch(1)
        lines.addWidget(first)
        lines.addWidget(second)
        lines.addStretch(1)
        return lines
