"""The pages of a document as they will be printed, below each other on a desk."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Colour

_MARGIN = 16


class Sheets(QWidget):
    """Paints the pictures of pages in the middle; they know how finely they were drawn."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pictures: list[QImage] = []
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.MinimumExpanding)

    def show_pictures(self, pictures: Sequence[QImage]) -> None:
        """Show these pages."""
        self._pictures = list(pictures)
        self.updateGeometry()
        self.update()

    def count(self) -> int:
        """How many pages are shown."""
        return len(self._pictures)

    def sizeHint(self) -> QSize:
        """All pages with the room around them."""
        gap = self._theme.px(_MARGIN)
        sizes = [picture.deviceIndependentSize() for picture in self._pictures]
        width = max((size.width() for size in sizes), default=0)
        height = sum(size.height() + gap for size in sizes)
        return QSize(round(width) + 2 * gap, round(height) + gap)

    def minimumSizeHint(self) -> QSize:
        """As much: what is too small scrolls."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages that are in sight."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour(Colour.SURFACE_3))
        gap = self._theme.px(_MARGIN)
        painter.setPen(self._theme.colour(Colour.LINE_MID))
        top = float(gap)
        for picture in self._pictures:
            size = picture.deviceIndependentSize()
            area = QRectF(round((self.width() - size.width()) / 2), top, size.width(), size.height())
            if area.toAlignedRect().intersects(event.rect()):
                painter.drawImage(area, picture)
                painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))
            top += size.height() + gap


class SheetsView(QScrollArea):
    """Scrolls the pages; arrows and Page Down do it too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.sheets = Sheets(theme)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidget(self.sheets)
        self.setAccessibleName(self.tr("Pratinjau"))

    def show_pictures(self, pictures: Sequence[QImage]) -> None:
        """Show these pages from the first on."""
        self.sheets.show_pictures(pictures)
        self.verticalScrollBar().setValue(0)
        self.setAccessibleDescription(self.tr("{n} halaman").format(n=len(pictures)))

    def dots_per_inch(self, width: float) -> float:
        """How finely to draw pages of `width` millimetres: as large as on paper, smaller where there is no room."""
        room = self.viewport().width() - 2 * self._theme.px(_MARGIN) - self.verticalScrollBar().sizeHint().width()
        return min(96.0 * self._theme.px(100) / 100, max(room, 160) * 25.4 / width)
