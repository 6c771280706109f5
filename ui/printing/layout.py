"""A Paper laid out in pages, the same for the screen, the printer and the PDF.

The layout is made for a device of its own, finer than any of these, and only drawn smaller on each. So a line breaks
at the same word everywhere, and a page ends at the same line.
"""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from kelurahan_client.services.paper import Paper, PaperSize
from ui.printing.cutting import pieces
from ui.printing.documents import HAIR, INCH, LAYOUT_DPI, Documents, millimetres, paper_font
from ui.printing.pieced import PiecedBody

_FOOT_POINTS = 8.0


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


class _Body(Protocol):
    """What stands between the margins of the pages."""

    def pages(self) -> int: ...

    def draw(self, painter: QPainter, page: int) -> None: ...


class WholeBody:
    """The pages of a document that is laid out at once; `height` 0 = one page as long as the text."""

    def __init__(self, documents: Documents, html: str, width: float, height: float) -> None:
        self._documents = documents
        self._document = documents.blank()
        self._width = width
        # The size before the text: the other way round everything would be laid out twice.
        if height:
            self._document.setPageSize(QSizeF(width, height))
        else:
            self._document.setTextWidth(width)
        self._document.setHtml(html)
        self._pages = self._document.pageCount() if height else 1
        self.height = height or self._document.size().height() + HAIR

    def pages(self) -> int:
        """How many there are."""
        return self._pages

    def draw(self, painter: QPainter, page: int) -> None:
        """Draw a page with the painter at the corner of its text."""
        edge = 0 if self._pages == 1 else HAIR
        painter.translate(0, -page * self.height)
        area = QRectF(-HAIR, page * self.height + edge, self._width + 2 * HAIR, self.height - 2 * edge)
        self._documents.draw(painter, self._document, area)


class Layout:
    """The pages of a document; made, drawn and dropped in one thread."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._sheet = SHEETS[paper.size]
        self._documents = Documents(paper.images)
        self._width = millimetres(self._sheet.width - 2 * self._sheet.side)
        self._height = millimetres(self._sheet.height - self._sheet.top - self._sheet.bottom)
        self._body = self._laid_out()

    def _laid_out(self) -> _Body:
        parts = pieces(self._paper.html, self._documents.width) if self._sheet.height else []
        if len(parts) > 1:
            pieced = PiecedBody(self._documents, parts, self._width, self._height)
            if pieced.fits:
                return pieced
        whole = WholeBody(self._documents, self._paper.html, self._width, self._height if self._sheet.height else 0)
        self._height = whole.height
        return whole

    @property
    def title(self) -> str:
        """The document's title."""
        return self._paper.title

    def pages(self) -> int:
        """How many there are."""
        return self._body.pages()

    def page_size(self) -> QSizeF:
        """The size of every page in millimetres; a roll is as long as its text."""
        text = self._height / LAYOUT_DPI * INCH
        return QSizeF(self._sheet.width, self._sheet.height or text + self._sheet.top + self._sheet.bottom)

    def draw(self, painter: QPainter, page: int, dpi: float) -> None:
        """Draw a page (from 0) on a device of `dpi` whose origin is the corner of the sheet."""
        painter.save()
        painter.scale(dpi / LAYOUT_DPI, dpi / LAYOUT_DPI)
        painter.translate(millimetres(self._sheet.side), millimetres(self._sheet.top))
        painter.save()
        self._body.draw(painter, page)
        painter.restore()
        if self.pages() > 1:
            self._draw_foot(painter, page)
        painter.restore()

    def _draw_foot(self, painter: QPainter, page: int) -> None:
        """The title and the page's number, so that loose sheets find each other again."""
        font = paper_font(_FOOT_POINTS)
        metrics = QFontMetricsF(font, self._documents.device)
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
