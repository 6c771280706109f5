"""A desk whose documents are laid out, and printers that take them down instead of printing."""

from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest

from kelurahan_client.errors import PaperError
from kelurahan_client.services.paper import Paper, PaperSize
from ui.printing.layout import SHEETS, Sheet


@dataclass
class FakePrinters:
    """Remembers what was sent; `broken` refuses everything."""

    installed: list[str] = field(default_factory=lambda: ["EPSON L3210", "EPSON TM-T82"])
    broken: bool = False
    sent: list[tuple[str, Paper]] = field(default_factory=list)

    def names(self) -> list[str]:
        return self.installed

    def send(self, paper: Paper, name: str) -> None:
        if self.broken:
            raise PaperError("Kertas habis; tidak ada yang tercetak.", way_out="Isi kertasnya.")
        self.sent.append((name, paper))


@dataclass(frozen=True)
class PdfPage:
    """One page of a PDF: its size in points, its text, and whether every character is wholly within the margins."""

    width: float
    height: float
    text: str
    whole: bool


def pdf_pages(data: bytes | Path, size: PaperSize) -> list[PdfPage]:
    """What can be seen in a PDF: a line that the edge of the text hides altogether is not there, one cut by it is."""
    document = pypdfium2.PdfDocument(data)
    pages = []
    for page in document:
        found = page.get_textpage()
        written = found.get_text_range()
        width, height = page.get_size()
        side, above, below = (length / 25.4 * 72 for length in _margins(SHEETS[size]))
        seen, whole = "", True
        for at in range(found.count_chars()):
            left, bottom, right, top = found.get_charbox(at)
            if left == right or bottom < height - above:  # a space or a line's end, or below the upper edge
                seen += written[at]
                across = bottom < below - 1 < below + 1 < top or top > height - above + 1
                whole &= left == right or (left > side - 1 and right < width - side + 1 and bottom > 8 and not across)
        pages.append(PdfPage(width, height, seen, whole))
    document.close()
    return pages


def _margins(sheet: Sheet) -> tuple[float, float, float]:
    return sheet.side, sheet.top, sheet.bottom


@pytest.fixture
def printers() -> FakePrinters:
    return FakePrinters()
