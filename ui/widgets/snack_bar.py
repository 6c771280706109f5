"""The line at the bottom: what was done, and how to undo it.

It never takes the focus, never lies on what is worked at, and goes by itself.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.language import said
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.code_button import CodeButton
from ui.widgets.free_place import free_place, lies_on_work
from ui.widgets.labels import Glyph, TextLabel

SHOWN_MS = 8000
# Another field gets the cursor, or a page arranges itself anew beneath the line: noticed as soon as this. Not by a
# signal: the keyboard also leaves what is just being destroyed, and PySide may not look at such a widget.
_LOOK_MS = 100


class SnackBar(QWidget):
    """Lies over the lower left of `area`, above a page's foot, or elsewhere if somebody works there.

    Ctrl+Z undoes while it is shown.
    """

    def __init__(self, theme: Theme, area: QWidget) -> None:
        super().__init__(area)
        self._theme = theme
        self._area = area
        self._undo: Callable[[], None] | None = None
        self._glyph = Glyph(theme, Icon.RESOLVED, Colour.ON_SNACK)
        self._words = TextLabel("", colour=Colour.ON_SNACK)
        self._code = CodeButton(theme, ButtonKind.SNACK)
        self._code.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._action = KeyButton(theme, self.tr("Urungkan"), key="Ctrl+Z", kind=ButtonKind.SNACK)
        self._action.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._action.clicked.connect(self._press)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(8), 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self._glyph)
        row.addWidget(self._words)
        row.addSpacing(theme.px(4))
        row.addWidget(self._code)
        row.addWidget(self._action)
        self._key = QShortcut(QKeySequence("Ctrl+Z"), area)
        self._key.activated.connect(self._press)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.dismiss)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._make_way)
        area.installEventFilter(self)
        self.dismiss()

    def show_line(
        self, text: str, undo: Callable[[], None] | None = None, icon: Icon = Icon.RESOLVED, code: str = ""
    ) -> None:
        """Show `text` for eight seconds, with *Urungkan* where `undo` is given, else *Tutup*.

        A press on `code`, the number of what failed, copies it.
        """
        text = said(text)
        self._code.show_code(code)
        self._undo = undo
        self._glyph.set(icon, Colour.ON_SNACK)
        self._words.setText(text)
        self.setAccessibleName(text)
        self._action.set_key("Ctrl+Z" if undo else "")
        self._action.set_text(self.tr("Urungkan") if undo else self.tr("Tutup"))
        # A field's own Ctrl+Z stays the field's: only while there is something to undo is the key taken.
        self._key.setEnabled(undo is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        self._look.start()

    def text(self) -> str:
        """The line shown."""
        return self._words.text()

    def code(self) -> KeyButton:
        """The number of what failed; hidden where nothing did."""
        return self._code

    def action(self) -> KeyButton:
        """The button at its end."""
        return self._action

    def dismiss(self) -> None:
        """Take the line away; the chance to undo goes with it."""
        self._timer.stop()
        self._look.stop()
        self._undo = None
        self._key.setEnabled(False)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the area changes its size."""
        if watched is self._area and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dark ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(Colour.SNACK))
        radius = self._theme.px(SIZES.radius_field)
        painter.drawRoundedRect(self.rect(), radius, radius)

    def _press(self) -> None:
        undo = self._undo
        self.dismiss()
        if undo is not None:
            undo()

    def _make_way(self) -> None:
        if self.isVisible() and lies_on_work(self._area, self):
            self._place()

    def _size_within(self, width: int) -> QSize:
        """One line where there is room for it, else as many as its words need."""
        self._words.setWordWrap(False)
        self._row.activate()
        wanted, height = self._row.sizeHint().width(), self._theme.px(SIZES.snack)
        if wanted <= width:
            return QSize(wanted, height)
        self._words.setWordWrap(True)
        self._row.activate()
        return QSize(width, max(height, self._row.heightForWidth(width) + self._theme.px(SIZES.gap_wide)))

    def _place(self) -> None:
        px = self._theme.px
        left = px(SIZES.page_x + 16)
        room = QRect(left, 0, self._area.width() - 2 * left, self._area.height() - px(SIZES.foot + 4))
        size = self._size_within(room.width())
        self.setFixedHeight(size.height())
        self.resize(size)
        self.move(free_place(self._area, self, size, room))
