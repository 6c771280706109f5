"""Qt's text documents as all papers are made with: for a device finer than any screen or printer, black on white."""

from collections.abc import Mapping

from PySide6.QtCore import QEventLoop, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPalette,
    QTextDocument,
    QTextOption,
)

LAYOUT_DPI = 1200
HAIR = 4  # units of the layout, 0.08 mm: a line that only touches the edge of a page belongs to its neighbour
INCH = 25.4  # millimetres
_FAMILIES = ("Arial", "Liberation Sans", "Noto Sans", "DejaVu Sans")
_POINTS = 10.0


def millimetres(length: float) -> float:
    """A length in units of the layout."""
    return length / INCH * LAYOUT_DPI


def paper_font(points: float) -> QFont:
    """The font of papers."""
    font = QFont()
    font.setFamilies(list(_FAMILIES))
    font.setPointSizeF(points)
    return font


class Documents:
    """Makes and draws documents; used and dropped in one thread."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        QEventLoop()  # gives a worker's thread what Qt keeps timers in; a document starts one, and else complains
        self.device = _fine_device()
        self._metrics = QFontMetricsF(paper_font(_POINTS), self.device)
        self._images = {name: QImage.fromData(data) for name, data in images.items()}
        self._ink = QPalette(Qt.GlobalColor.black)
        self._ink.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)  # whatever the window looks like

    def width(self, text: str) -> float:
        """How wide a text is in the usual font."""
        return self._metrics.horizontalAdvance(text)

    def blank(self) -> QTextDocument:
        """A document for some HTML; it gets its size before, or it would be laid out twice."""
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(paper_font(_POINTS))
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # one word of 8,471 letters too
        document.setDefaultTextOption(wrap)
        document.documentLayout().setPaintDevice(self.device)
        for name, image in self._images.items():
            document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
        return document

    def draw(self, painter: QPainter, document: QTextDocument, area: QRectF) -> None:
        """Draw what lies in `area` of a document, where the painter is."""
        painter.setClipRect(area)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = area
        context.palette = self._ink
        document.documentLayout().draw(painter, context)


def _fine_device() -> QImage:
    device = QImage(1, 1, QImage.Format.Format_RGB32)
    dots = round(LAYOUT_DPI / INCH * 1000)
    device.setDotsPerMeterX(dots)
    device.setDotsPerMeterY(dots)
    return device
