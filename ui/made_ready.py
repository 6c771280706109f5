"""Files made ready to be kept: read, and photographs reduced. Run by a worker; QImage needs no window.

A reduced photograph has no more metadata: where it was taken is nobody's business.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

from kelurahan_client.domain.attachments import HEAD_BYTES, KINDS, media_type_of
from kelurahan_client.errors import UnreadableFile, why

LONGEST_SIDE = 2000  # pixels; enough to read a letter of A4
_QUALITY = 85
_SMALL_ENOUGH = 1_000_000  # bytes; below it a photograph without metadata stays as it is
_MOST_READ = 80_000_000  # bytes of a file before it is reduced
_STILL_WRITTEN = 60  # seconds since it was written last, in which the rest of a file may still come
_ENDS = {"image/jpeg": b"\xff\xd9", "image/png": b"IEND", "application/pdf": b"%%EOF"}
_METADATA = {
    "image/jpeg": (b"Exif\x00\x00", b"http://ns.adobe.com/", b"Photoshop 3.0"),
    "image/png": (b"eXIf", b"tEXt", b"iTXt", b"zTXt"),
    "image/webp": (b"EXIF", b"XMP "),
}
_LOOKED_AT = 512_000  # bytes at either end, where metadata may stand


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file as it will be kept; `before` is its size in bytes as it came, `remark` a sentence or ""."""

    name: str
    content: bytes
    before: int
    remark: str = ""


def read_file(path: Path, now: Callable[[], float] = time.time) -> Prepared:
    """Read a file and make it ready; raises UnreadableFile, also for one that a scanner or a copy still writes."""
    name = path.name
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_READ + 1)
            age = now() - os.fstat(file.fileno()).st_mtime  # seconds
    except OSError as error:
        if path.is_dir():
            raise UnreadableFile(
                f"{name[:80]} adalah folder.", way_out="Buka foldernya, lalu pilih berkas di dalamnya."
            ) from error
        raise UnreadableFile(
            f"Berkas {name[:80]} tidak dapat dibaca: {why(error)}.", way_out="Pilih lagi berkasnya."
        ) from error
    except ValueError as error:  # a null character in the name
        raise UnreadableFile(
            "Nama berkas itu tidak dapat dipakai.", way_out="Ganti namanya, lalu pilih lagi."
        ) from error
    if len(content) > _MOST_READ:
        raise UnreadableFile(
            f"Berkas {name[:80]} terlalu besar: lebih dari {_MOST_READ // 1_000_000} MB.",
            way_out="Pindai dengan resolusi yang lebih rendah.",
        )
    cut = _is_cut(content)
    if cut and abs(age) < _STILL_WRITTEN:
        raise UnreadableFile(
            f"Berkas {name[:80]} belum lengkap, mungkin masih ditulis pemindai atau masih disalin.",
            way_out="Tunggu sebentar, lalu pilih lagi.",
        )
    made = prepared(name, content)
    if cut:  # it will not become better, and half of it may be all that there is
        return replace(made, remark=_tr("{name} tidak lengkap; periksa isinya.").format(name=name))
    return made


def prepared(name: str, content: bytes) -> Prepared:
    """Make the bytes of a file ready: what is large or tells where it was taken is written anew. UnreadableFile."""
    if not content:
        raise UnreadableFile(f"Berkas {name[:80]} kosong.", way_out="Pilih berkas yang lain.")
    kind = media_type_of(content[:HEAD_BYTES])
    if kind is None:
        raise UnreadableFile(
            f"Jenis berkas {name[:80]} tidak diterima.", way_out=f"Yang diterima: {KINDS}, dilihat dari isinya."
        )
    if kind == "application/pdf":
        return Prepared(name, content, len(content))
    if kind == "image/heic":
        remark = _tr("Foto HEIC disimpan apa adanya; data lokasinya tidak dapat dibuang.")
        return Prepared(name, content, len(content), remark)
    tells = _tells_more(kind, content)
    image, reduced = _decoded(name, content)
    if not tells and not reduced and len(content) <= _SMALL_ENOUGH:
        return Prepared(name, content, len(content))
    as_png = kind == "image/png" and not reduced and len(content) <= _SMALL_ENOUGH
    written = _encoded(image, "PNG" if as_png else "JPEG")
    if not tells and not reduced and len(written) >= len(content):
        return Prepared(name, content, len(content))
    ending = ".png" if as_png else ".jpg"
    return Prepared(Path(name).stem + ending, written, len(content))


def prepared_image(name: str, image: QImage) -> Prepared:
    """A picture out of the clipboard, made ready."""
    size = image.size()
    if max(size.width(), size.height()) > LONGEST_SIDE:
        image = image.scaled(
            LONGEST_SIDE, LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    content = _encoded(image, "JPEG")
    return Prepared(name, content, len(content))


def thumbnail(content: bytes, side: int) -> QImage:
    """A small square out of the middle of a picture; a null image for what cannot be shown, such as a PDF."""
    reader, buffer = _reader(content)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read() if reader.canRead() else QImage()
    buffer.close()
    if image.isNull():
        return image
    return image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)


def _decoded(name: str, content: bytes) -> tuple[QImage, bool]:
    """The picture upright and within the limits, and whether it had to be made smaller."""
    reader, buffer = _reader(content)
    size = reader.size()
    reduced = max(size.width(), size.height()) > LONGEST_SIDE
    if reduced:
        reader.setScaledSize(size.scaled(LONGEST_SIDE, LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    buffer.close()
    if image.isNull():
        raise UnreadableFile(
            f"Foto {name[:80]} rusak atau tidak dapat dibuka.", way_out="Foto ulang, atau pilih berkas yang lain."
        )
    return image, reduced


def _encoded(image: QImage, form: str) -> bytes:
    """The pixels alone, in ordinary colours, on white where they were transparent."""
    if image.colorSpace().isValid():
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    plain.save(buffer, form, _QUALITY if form == "JPEG" else -1)  # type: ignore[call-overload]  # its stub wants bytes
    buffer.close()
    return bytes(written.data())


def _reader(content: bytes) -> tuple[QImageReader, QBuffer]:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)  # as the camera was held
    return reader, buffer


def _is_cut(content: bytes) -> bool:
    """Whether the end of a file is missing; other things may stand behind it."""
    end = _ENDS.get(media_type_of(content[:HEAD_BYTES]) or "")
    return end is not None and end not in content[-_LOOKED_AT:]


def _tells_more(kind: str, content: bytes) -> bool:
    ends = content[:_LOOKED_AT] + content[-_LOOKED_AT:]
    return any(mark in ends for mark in _METADATA.get(kind, ()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Pictures", text)
