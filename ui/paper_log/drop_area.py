"""The place where a book is dropped, or chosen with the button in it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import Glyph, TextLabel


class DropArea(QWidget):
    """A dashed box that says what may be dropped; a `FileDrop` on the page takes it."""

    file_wanted = Signal()

    def __init__(self, theme: Theme, command: str, kind: ButtonKind = ButtonKind.PRIMARY) -> None:
        super().__init__()
        self._theme = theme
        self._over = False
        self.button = KeyButton(theme, command, Icon.IMPORT, kind=kind)
        self.button.clicked.connect(self.file_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        row.setSpacing(theme.px(16))
        row.addWidget(Glyph(theme, Icon.TABLE, Colour.TEXT_2, SIZES.icon_large + 4))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(TextLabel(self.tr("Seret berkas buku register ke sini"), bold=True))
        kinds = self.tr("XLSX, XLS, ODS, atau CSV; paling besar 50 MB")
        words.addWidget(TextLabel(kinds, TextRole.CAPTION, Colour.TEXT_2, wrap=True))
        row.addLayout(words, 1)
        row.addWidget(self.button)

    def set_over(self, over: bool) -> None:
        """A file hangs over the page."""
        if over != self._over:
            self._over = over
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dashed box."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = Colour.ACCENT if self._over else Colour.LINE_STRONG
        painter.setPen(QPen(theme.colour(line), 2 if self._over else 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.colour(Colour.ACCENT_SOFT if self._over else Colour.SURFACE))
        radius = theme.px(SIZES.radius_card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class FileDrop(QObject):
    """Lets one file be dropped anywhere on `page` while `welcome()` says so."""

    hovering = Signal(bool)
    dropped = Signal(Path)

    def __init__(self, page: QWidget, welcome: Callable[[], bool]) -> None:
        super().__init__(page)
        self._welcome = welcome
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the page's drag and drop events."""
        if isinstance(event, QDropEvent):
            path = self._file(event)
            if path is None:
                event.ignore()
                return True
            event.acceptProposedAction()
            if isinstance(event, QDragEnterEvent):
                self.hovering.emit(True)
            elif event.type() == QEvent.Type.Drop:
                self.hovering.emit(False)
                self.dropped.emit(path)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.hovering.emit(False)
        return super().eventFilter(watched, event)

    def _file(self, event: QDropEvent) -> Path | None:
        urls = event.mimeData().urls()
        if len(urls) != 1 or not urls[0].isLocalFile() or not self._welcome():
            return None
        return Path(urls[0].toLocalFile())
