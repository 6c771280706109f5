"""A long document on pages: its pieces laid out one after the other, and cut between lines and between rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTextDocument, QTextFrame, QTextLength, QTextTable

from ui.printing.cutting import Piece
from ui.printing.documents import HAIR, LAYOUT_DPI, Documents

_PIXELS = 96  # to an inch, in which Qt reads lengths of tables


@dataclass(frozen=True, slots=True)
class _Strip:
    """Part of a piece, from `top` to `bottom` in it, and where on the page it stands."""

    document: QTextDocument
    top: float
    bottom: float
    at: float


class PiecedBody:
    """The pages of a document in pieces."""

    def __init__(self, documents: Documents, pieces: Sequence[Piece], width: float, height: float) -> None:
        self._documents = documents
        self._width = width
        self._height = height
        self._pages: list[list[_Strip]] = [[]]
        self._used = 0.0
        self._columns: tuple[str, list[QTextLength]] = ("", [])
        self.fits = True  # False where a line or a row is higher than a page, so that it would be cut off
        for piece in pieces:
            self._add(piece)

    def pages(self) -> int:
        """How many there are."""
        return len(self._pages)

    def draw(self, painter: QPainter, page: int) -> None:
        """Draw a page with the painter at the corner of its text."""
        for strip in self._pages[page]:
            painter.save()
            painter.translate(0, strip.at - strip.top)
            area = QRectF(-HAIR, strip.top - HAIR, self._width + 2 * HAIR, strip.bottom - strip.top + 2 * HAIR)
            self._documents.draw(painter, strip.document, area)
            painter.restore()

    def _add(self, piece: Piece) -> None:
        document = self._laid_out(piece)
        edges = _edges(document)
        head = edges[1] if piece.head and len(edges) > 2 else 0.0
        if piece.goes_on:
            edges = edges[1:] if head else edges
        elif head:
            edges = [edges[0], *edges[2:]]  # a head never stands alone
        for top, bottom in pairwise(edges):
            self.fits &= bottom - top + head <= self._height
            if self._used + bottom - top > self._height and self._pages[-1]:
                self._pages.append([])
                self._used = 0.0
                if head and top >= head:
                    self._put(document, 0.0, head)
            self._put(document, top, bottom)

    def _put(self, document: QTextDocument, top: float, bottom: float) -> None:
        page = self._pages[-1]
        last = page[-1] if page else None
        if last is not None and last.document is document and last.bottom == top:
            page[-1] = _Strip(document, last.top, bottom, last.at)
        else:
            page.append(_Strip(document, top, bottom, self._used))
        self._used += bottom - top

    def _laid_out(self, piece: Piece) -> QTextDocument:
        document = self._documents.blank()
        document.setHtml(piece.html)  # without a size nothing is laid out yet
        if piece.sizing:
            _set_columns(document, self._columns_of(piece.sizing))
        document.setTextWidth(self._width)
        return document

    def _columns_of(self, sizing: str) -> list[QTextLength]:
        """The columns of a table as its widest cells make them, so that all its pieces agree."""
        if self._columns[0] != sizing:
            document = self._documents.blank()
            document.setHtml(sizing)
            document.setTextWidth(self._width)
            self._columns = (sizing, _columns(document, self._width))
        return self._columns[1]


def _tables(document: QTextDocument) -> list[QTextTable]:
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def _columns(document: QTextDocument, width: float) -> list[QTextLength]:
    (table,) = _tables(document)
    layout = document.documentLayout()
    lefts = [
        layout.blockBoundingRect(table.cellAt(0, column).firstCursorPosition().block()).left()
        for column in range(table.columns())
    ]
    shares = [after - before for before, after in pairwise(lefts)]
    shares.append(width - sum(shares))
    # All are held but the widest, which takes what is left: shares in per cent come out a little too narrow.
    held = [QTextLength(QTextLength.Type.FixedLength, (share + HAIR) * _PIXELS / LAYOUT_DPI) for share in shares]
    held[shares.index(max(shares))] = QTextLength()
    return held


def _set_columns(document: QTextDocument, columns: list[QTextLength]) -> None:
    (table,) = _tables(document)
    look = table.format()
    look.setColumnWidthConstraints(columns)
    table.setFormat(look)


def _edges(document: QTextDocument) -> list[float]:
    """Where a page may end: above the first line, below the last, and half way between all others."""
    spans = sorted(_spans(document, document.rootFrame()))
    ends: list[list[float]] = []
    for top, bottom in spans:
        if ends and top < ends[-1][1]:  # beside it, or a line that reaches into the next
            ends[-1][1] = max(bottom, ends[-1][1])
        else:
            ends.append([top, bottom])
    between = [(above[1] + below[0]) / 2 for above, below in pairwise(ends)]
    return [0.0, *between, document.size().height()]


def _spans(document: QTextDocument, frame: QTextFrame) -> Iterator[tuple[float, float]]:
    """From where to where each line of text and each row of a table reaches."""
    layout = document.documentLayout()
    part = frame.begin()
    while not part.atEnd():
        inner, block = part.currentFrame(), part.currentBlock()
        if block.isValid():
            top, lines = layout.blockBoundingRect(block).top(), block.layout()
            for line in (lines.lineAt(at) for at in range(lines.lineCount())):
                yield top + line.y(), top + line.y() + line.height()
        elif isinstance(inner, QTextTable):
            yield from _rows(document, inner)
        else:
            yield from _spans(document, inner)
        part += 1


def _rows(document: QTextDocument, table: QTextTable) -> Iterator[tuple[float, float]]:
    layout = document.documentLayout()
    for row in range(table.rows()):
        tops, bottoms = [], []
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            tops.append(layout.blockBoundingRect(cell.firstCursorPosition().block()).top())
            bottoms.append(layout.blockBoundingRect(cell.lastCursorPosition().block()).bottom())
        yield min(tops), max(bottoms)
