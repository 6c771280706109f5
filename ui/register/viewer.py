"""A file of a complaint at full size, in a window of its own."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from kelurahan_client.domain.attachments import Attachment
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import ElidedLabel, TextLabel

WIDTH = 900  # pixels that a page may be wide


class Viewer(QDialog):
    """Shows pages below each other; Esc closes, the arrows scroll. `saved`: a copy of the file is wanted."""

    saved = Signal(object)

    def __init__(self, theme: Theme, item: Attachment, pages: Sequence[QImage], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(item.name)
        self.setAccessibleName(item.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(12))
        self.room = QScrollArea()
        self.room.setWidgetResizable(True)
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setAccessibleName(item.name)
        sheet = QWidget()
        inner = QVBoxLayout(sheet)
        inner.setSpacing(theme.px(12))
        for page in pages:
            picture = QLabel()
            picture.setPixmap(QPixmap.fromImage(page))
            inner.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        if not pages:
            words = TextLabel(
                self.tr("Berkas jenis ini tidak dapat ditampilkan di sini. Simpan salinannya, lalu buka dari sana."),
                colour=Colour.TEXT_2,
                wrap=True,
            )
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inner.addWidget(words, 1)
        self.room.setWidget(sheet)
        column.addWidget(self.room, 1)
        self.save = KeyButton(theme, self.tr("Simpan salinan…"), Icon.SAVE, key="Ctrl+S", binds=True)
        self.save.clicked.connect(lambda: self.saved.emit(item))
        self._words = ElidedLabel(item.name, colour=Colour.TEXT_2)
        column.addLayout(self._foot(theme))
        self.resize(theme.px(960), theme.px(SIZES.row * 16))
        self.room.setFocus()

    def say(self, text: str) -> None:
        """Tell what was done with the file: the window's own line lies behind."""
        self._words.setText(text)

    def _foot(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._words, 1)
        close = KeyButton(theme, self.tr("Tutup"), key="Esc", kind=ButtonKind.QUIET)
        close.clicked.connect(self.close)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        row.addWidget(self.save)
        row.addWidget(close)
        return row
