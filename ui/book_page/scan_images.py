"""Scans as pictures: a sheet of a PDF is drawn, a photo is read. Run by a worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from kelurahan_client.errors import UnreadableFile
from kelurahan_client.services import book_scans
from kelurahan_client.services.desk import Desk
from kelurahan_client.store.book_pages import ScanRow

_LONGEST = 2600  # pixels of a side; handwriting is sharp at twice its size
_PDF_POINTS = 72
_DENSEST = 300  # dots per inch: a visiting card in a PDF needs no more


@dataclass(frozen=True, slots=True)
class Picture:
    """One sheet of the scans, and which it is of how many."""

    image: QImage
    sheet: int
    sheets: int


def load(desk: Desk, scans: Sequence[ScanRow], sheet: int) -> Picture:
    """The sheet (from 0) of all files together. Raises UnreadableFile or DamagedData."""
    found = [partial(book_scans.content, desk, scan) for scan in scans]
    counts = [
        _pdf_sheets(content(), scan) if scan.media_type == "application/pdf" else 1
        for content, scan in zip(found, scans, strict=True)
    ]
    wanted = min(max(sheet, 0), sum(counts) - 1)
    rest = wanted
    for content, scan, count in zip(found, scans, counts, strict=True):
        if rest < count:
            pdf = scan.media_type == "application/pdf"
            image = _draw_pdf(content(), rest) if pdf else _read_image(content(), scan)
            return Picture(image, wanted, sum(counts))
        rest -= count
    raise UnreadableFile("Tidak ada lembar di berkas pindaian.", way_out="Pilih berkas yang lain.")


def _pdf_sheets(content: bytes, scan: ScanRow) -> int:
    import pypdfium2  # noqa: PLC0415  # 60 ms that only a PDF is to cost

    try:
        with pypdfium2.PdfDocument(content) as document:
            return len(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(
            f"Berkas {scan.name} rusak atau berkata sandi.",
            way_out="Buka di pembaca PDF, cetak ke PDF baru, lalu pilih yang baru.",
        ) from error


def _draw_pdf(content: bytes, sheet: int) -> QImage:
    import pypdfium2  # noqa: PLC0415

    with pypdfium2.PdfDocument(content) as document:
        page = document[sheet]
        width, height = page.get_size()
        scale = min(_LONGEST / max(width, height, 1.0), _DENSEST / _PDF_POINTS)
        bitmap = page.render(scale=scale, rev_byteorder=True)
        pixels = bytes(bitmap.buffer)
        form = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888}
        kind = form.get(bitmap.n_channels, QImage.Format.Format_RGBX8888)
        return QImage(pixels, bitmap.width, bitmap.height, bitmap.stride, kind).copy()


def _read_image(content: bytes, scan: ScanRow) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)  # a phone held upright says so in the file
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _LONGEST:
        reader.setScaledSize(size.scaled(QSize(_LONGEST, _LONGEST), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise UnreadableFile(
            f"Gambar {scan.name} rusak atau jenisnya tidak dikenal.", way_out="Simpan sebagai JPEG, lalu pilih lagi."
        )
    return image
