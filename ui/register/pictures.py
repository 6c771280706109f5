"""Pictures of attachments, made by a worker from their bytes: nothing of them is written to the disk in clear."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.services import attachments
from kelurahan_client.services.desk import Desk

_MOST_PAGES = 20  # of a PDF that are shown
_LARGEST = 512  # megabytes that a decoded picture may take; more is a bomb
PDF = "application/pdf"


def thumbnail(desk: Desk, item: Attachment, room: QSize) -> QImage | None:
    """A small picture that covers `room`; None for a PDF, for what is not here, and for what cannot be read."""
    if item.media_type == PDF or not item.here:
        return None
    image = _picture(attachments.content(desk, item.sha256), room, cover=True)
    return None if image.isNull() else image


def pages(desk: Desk, item: Attachment, width: int) -> list[QImage]:
    """The picture, or the first pages of the PDF, at most `width` wide; none where this program cannot show it.

    Raises NotFound, DamagedData, UnreadableFile.
    """
    content = attachments.content(desk, item.sha256)
    if item.media_type == PDF:
        return _pdf_pages(content, width)
    image = _picture(content, QSize(width, width * 4))
    return [] if image.isNull() else [image]


def _picture(content: bytes, room: QSize, *, cover: bool = False) -> QImage:
    """Read no larger than needed, and upright as the camera was held."""
    QImageReader.setAllocationLimit(_LARGEST)
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding if cover else Qt.AspectRatioMode.KeepAspectRatio
    if reader.size().isValid():
        turned = bool(reader.transformation().value & 4)
        wanted = reader.size().scaled(room.transposed() if turned else room, mode)
        if wanted.width() < reader.size().width():
            reader.setScaledSize(wanted)
    return reader.read()


def _pdf_pages(content: bytes, width: int) -> list[QImage]:
    import pypdfium2  # noqa: PLC0415  # only where somebody opens a PDF

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return []
    found = []
    try:
        for at in range(min(len(document), _MOST_PAGES)):
            page = document[at]
            bitmap = page.render(scale=width / max(page.get_width(), 1), rev_byteorder=True)
            shape = bitmap.n_channels
            kind = QImage.Format.Format_RGBA8888 if shape == 4 else QImage.Format.Format_RGB888
            whole = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, kind)
            found.append(whole.copy())
    finally:
        document.close()
    return found
