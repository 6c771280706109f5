"""A Paper laid out in pages, the same for the screen, the printer and the PDF.

The layout is made for a device of its own, finer than any of these, and only drawn smaller on each. So a line breaks
at the same word everywhere, and a page ends at the same line.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEventLoop, QPointF, QRectF, QSizeF, Qt, QUrl
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

from kelurahan_client.services.paper import Paper, PaperSize

LAYOUT_DPI = 1200
_INCH = 25.4  # millimetres
_FAMILIES = ("Arial", "Liberation Sans", "Noto Sans", "DejaVu Sans")
_POINTS = 10.0
_FOOT_POINTS = 8.0
_HAIR = 4  # units of the layout, 0.08 mm: a line that only touches the edge of a page belongs to its neighbour


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper with its margins in millimetres; a height of 0 is as long as the text."""

    width: float
    height: float
    side: float
    top: float
    bottom: float


SHEETS = {
    PaperSize.A4: Sheet(210, 297, 20, 16, 20),
    PaperSize.A5: Sheet(148, 210, 13, 11, 15),
    PaperSize.ROLL_80: Sheet(80, 0, 4, 4, 8),  # the print head of such a printer is 72 mm wide
}


def millimetres(length: float) -> float:
    """A length in units of the layout."""
    return length / _INCH * LAYOUT_DPI


class Layout:
    """The pages of a document; made, drawn and dropped in one thread."""

    def __init__(self, paper: Paper) -> None:
        QEventLoop()  # gives a worker's thread what Qt keeps timers in; a document starts one, and else complains
        self._paper = paper
        self._sheet = SHEETS[paper.size]
        self._device = _fine_device()
        self._ink = QPalette(Qt.GlobalColor.black)
        self._ink.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)  # whatever the window looks like
        self._document = QTextDocument()
        self._document.setUndoRedoEnabled(False)
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(_font(_POINTS))
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # one word of 8,471 letters too
        self._document.setDefaultTextOption(wrap)
        self._document.documentLayout().setPaintDevice(self._device)
        for name, data in paper.images.items():
            kind = QTextDocument.ResourceType.ImageResource.value
            self._document.addResource(kind, QUrl(name), QImage.fromData(data))
        self._width = millimetres(self._sheet.width - 2 * self._sheet.side)
        self._height = millimetres(self._sheet.height - self._sheet.top - self._sheet.bottom)
        # The size before the text: the other way round everything would be laid out twice.
        if self._sheet.height:
            self._document.setPageSize(QSizeF(self._width, self._height))
        else:
            self._document.setTextWidth(self._width)
        self._document.setHtml(paper.html)
        if not self._sheet.height:
            self._height = self._document.size().height() + _HAIR

    @property
    def title(self) -> str:
        """The document's title."""
        return self._paper.title

    def pages(self) -> int:
        """How many there are."""
        return self._document.pageCount() if self._sheet.height else 1

    def page_size(self) -> QSizeF:
        """The size of every page in millimetres; a roll is as long as its text."""
        text = self._height / LAYOUT_DPI * _INCH
        return QSizeF(self._sheet.width, self._sheet.height or text + self._sheet.top + self._sheet.bottom)

    def draw(self, painter: QPainter, page: int, dpi: float) -> None:
        """Draw a page (from 0) on a device of `dpi` whose origin is the corner of the sheet."""
        painter.save()
        painter.scale(dpi / LAYOUT_DPI, dpi / LAYOUT_DPI)
        painter.translate(millimetres(self._sheet.side), millimetres(self._sheet.top))
        painter.save()
        painter.translate(0, -page * self._height)
        edge = 0 if self.pages() == 1 else _HAIR
        area = QRectF(-_HAIR, page * self._height + edge, self._width + 2 * _HAIR, self._height - 2 * edge)
        painter.setClipRect(area)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = area
        context.palette = self._ink
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        if self.pages() > 1:
            self._draw_foot(painter, page)
        painter.restore()

    def _draw_foot(self, painter: QPainter, page: int) -> None:
        """The title and the page's number, so that loose sheets find each other again."""
        font = _font(_FOOT_POINTS)
        metrics = QFontMetricsF(font, self._device)
        number = f"Halaman {page + 1} dari {self.pages()}"
        room = self._width - metrics.horizontalAdvance(number) - millimetres(4)
        title = metrics.elidedText(self.title, Qt.TextElideMode.ElideRight, room)
        base = self._height + millimetres(self._sheet.bottom) / 2
        # The font's size is in points, which every device reads by its own resolution: pixels of the layout it is.
        font.setPixelSize(round(_FOOT_POINTS / 72 * LAYOUT_DPI))
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.black)
        painter.drawText(QPointF(0, base), title)
        painter.drawText(QPointF(self._width - metrics.horizontalAdvance(number), base), number)


def _font(points: float) -> QFont:
    font = QFont()
    font.setFamilies(list(_FAMILIES))
    font.setPointSizeF(points)
    return font


def _fine_device() -> QImage:
    device = QImage(1, 1, QImage.Format.Format_RGB32)
    dots = round(LAYOUT_DPI / _INCH * 1000)
    device.setDotsPerMeterX(dots)
    device.setDotsPerMeterY(dots)
    return device
