"""Documents as pictures of their pages and as PDF. Plain functions, for the worker of `ui.tasks`."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from kelurahan_client.errors import PaperError
from kelurahan_client.services.paper import Paper, PaperSize
from ui.printing.documents import LAYOUT_DPI
from ui.printing.layout import Layout

MOST_SHOWN = 30  # pages: a picture of one takes 3.5 MB, and nobody reads a report in the preview
_INCH = 25.4
_PAGES = {PaperSize.A4: QPageSize.PageSizeId.A4, PaperSize.A5: QPageSize.PageSizeId.A5}


@dataclass(frozen=True, slots=True)
class Pictures:
    """How many pages a document has, and pictures of the first of them."""

    pages: int
    images: list[QImage]


def pictures(paper: Paper, dpi: float, ratio: float = 1.0, at_most: int = MOST_SHOWN) -> Pictures:
    """The first pages as they look on a screen of `dpi` that has `ratio` dots to a pixel."""
    layout = Layout(paper)
    size = layout.page_size() * (dpi * ratio / _INCH)
    found = []
    for page in range(min(layout.pages(), at_most)):
        image = QImage(round(size.width()), round(size.height()), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)  # paper, whatever the window looks like
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        layout.draw(painter, page, dpi * ratio)
        painter.end()
        image.setDevicePixelRatio(ratio)
        found.append(image)
    return Pictures(layout.pages(), found)


def pdf(paper: Paper) -> bytes:
    """The document as PDF."""
    layout = Layout(paper)
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(target)
    writer.setTitle(paper.title)
    writer.setResolution(LAYOUT_DPI)
    writer.setPageLayout(page_layout(layout, paper.size))
    painter = QPainter(writer)
    for page in range(layout.pages()):
        if page:
            writer.newPage()
        layout.draw(painter, page, LAYOUT_DPI)
    painter.end()
    return bytes(target.data().data())


def save_pdf(paper: Paper, target: Path) -> None:
    """Write the document to a file, whole or not at all; raises PaperError."""
    made = pdf(paper)
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".pdf", delete=False) as file:
            temporary = file.name
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise PaperError(
            f"PDF tidak dapat ditulis ke “{target.name}” di folder itu; tidak ada yang berubah.",
            way_out="Pilih folder lain, atau kosongkan ruang disk, lalu simpan lagi.",
        ) from error


def page_layout(layout: Layout, size: PaperSize) -> QPageLayout:
    """The sheet for a device: the whole of it, since the layout has its margins already."""
    known = _PAGES.get(size)
    page = QPageSize(known) if known is not None else _roll(layout.page_size())
    made = QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    made.setMode(QPageLayout.Mode.FullPageMode)
    return made


def _roll(size: QSizeF) -> QPageSize:
    return QPageSize(size, QPageSize.Unit.Millimeter, "80 mm", QPageSize.SizeMatchPolicy.ExactMatch)
