"""Files made ready: photographs reduced and turned, without what they tell of the place; the rest as it came."""

import struct
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from kelurahan_client.errors import UnreadableFile
from ui import made_ready
from ui.made_ready import LONGEST_SIDE, prepared, prepared_image, read_file, thumbnail


def encoded(image: QImage, form: str, quality: int = 95) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, form, quality)  # type: ignore[call-overload]  # its stub wants bytes
    return bytes(buffer.data().data())


def picture(width: int, height: int) -> QImage:
    """The left half red, the right half blue."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    painter = QPainter(image)
    painter.fillRect(0, 0, width // 2, height, QColor("red"))
    painter.end()
    return image


def with_exif(jpeg: bytes, orientation: int) -> bytes:
    """The JPEG as a telephone writes it: which way it was held, and where."""
    entries = struct.pack("<HHII", 0x0112, 3, 1, orientation) + struct.pack("<HHII", 0x010E, 2, 12, 38)
    tiff = b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 2) + entries + bytes(4) + b"GPS -3.3194\x00"
    body = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def decoded(content: bytes) -> QImage:
    image = QImage.fromData(content)
    assert not image.isNull()
    return image


def is_red(image: QImage, x: float, y: float) -> bool:
    colour = image.pixelColor(int(image.width() * x), int(image.height() * y))
    return colour.red() > 150 > colour.blue()


def test_a_large_photograph_is_reduced() -> None:
    made = prepared("IMG_1.JPG", encoded(picture(4000, 3000), "JPEG", 100))
    image = decoded(made.content)
    assert (image.width(), image.height()) == (LONGEST_SIDE, 1500)
    assert len(made.content) < made.before
    assert made.name == "IMG_1.jpg"
    assert is_red(image, 0.2, 0.5)


def test_a_photograph_is_turned_as_it_was_held_and_tells_no_place() -> None:
    jpeg = with_exif(encoded(picture(400, 200), "JPEG"), orientation=6)
    assert b"GPS" in jpeg
    made = prepared("foto.jpg", jpeg)
    image = decoded(made.content)
    assert (image.width(), image.height()) == (200, 400)
    assert is_red(image, 0.5, 0.2)
    assert not is_red(image, 0.5, 0.8)
    assert b"GPS" not in made.content
    assert b"Exif" not in made.content


def test_words_in_a_png_are_left_out() -> None:
    image = picture(300, 200)
    image.setText("Location", "-3.3194, 114.5908")
    content = encoded(image, "PNG", -1)
    assert b"tEXt" in content
    made = prepared("layar.png", content)
    assert b"3.3194" not in made.content
    assert made.name == "layar.png"


def test_what_is_small_and_plain_stays_byte_for_byte() -> None:
    content = encoded(picture(300, 200), "JPEG")
    assert prepared("a.jpg", content).content == content
    pdf = b"%PDF-1.7 surat"
    assert prepared("surat.pdf", pdf).content == pdf


def test_what_is_transparent_becomes_white() -> None:
    image = QImage(2400, 100, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    made = prepared("tanda.png", encoded(image, "PNG", -1))
    assert made.name == "tanda.jpg"
    assert decoded(made.content).pixelColor(50, 50).red() > 250


def test_a_picture_of_the_clipboard_is_reduced_too() -> None:
    made = prepared_image("tempelan.jpg", picture(3000, 600))
    assert decoded(made.content).width() == LONGEST_SIDE


def test_a_heic_stays_and_says_that_its_place_does() -> None:
    content = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + bytes(64)
    made = prepared("IMG.HEIC", content)
    assert made.content == content
    assert "lokasi" in made.remark


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xd8\xff\xe0 bukan foto", "rusak"),
        (b"GIF89a", "Jenis"),
        (b"", "kosong"),
        (b"MZ\x90", "dilihat dari isinya"),
    ],
)
@pytest.mark.qt_log_ignore("JPEG", extend=True)  # the decoder's own remarks about what is no picture
def test_what_cannot_be_opened_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        prepared("foto.jpg", content)
    assert words in str(refused.value)


def test_a_file_that_is_not_there_or_far_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile, match=r"tidak_ada\.jpg"):
        read_file(tmp_path / "tidak_ada.jpg")
    with pytest.raises(UnreadableFile, match="sudah tidak ada di tempatnya"):
        read_file(tmp_path / "tidak_ada.jpg")
    with pytest.raises(UnreadableFile, match="adalah folder"):
        read_file(tmp_path)
    with pytest.raises(UnreadableFile, match="Nama berkas"):
        read_file(Path("a\0b.jpg"))
    monkeypatch.setattr(made_ready, "_MOST_READ", 10)
    (tmp_path / "besar.jpg").write_bytes(bytes(11))
    with pytest.raises(UnreadableFile, match="terlalu besar"):
        read_file(tmp_path / "besar.jpg")


@pytest.mark.parametrize(("name", "whole"), [("a.jpg", encoded(picture(90, 60), "JPEG")), ("a.pdf", b"%PDF-1 %%EOF")])
@pytest.mark.qt_log_ignore("JPEG", extend=True)  # the decoder's own remark about what is cut
def test_a_file_that_the_scanner_still_writes_is_not_taken_by_half(tmp_path: Path, name: str, whole: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(whole[:-4])
    with pytest.raises(UnreadableFile, match="masih ditulis"):
        read_file(path)
    old = read_file(path, now=lambda: path.stat().st_mtime + 3600)  # nothing more will come
    assert "tidak lengkap" in old.remark
    path.write_bytes(whole)
    assert read_file(path).remark == ""


def test_a_thumbnail_is_a_square_out_of_the_middle() -> None:
    small = thumbnail(encoded(picture(640, 320), "JPEG"), 32)
    assert (small.width(), small.height()) == (32, 32)
    assert is_red(small, 0.1, 0.5)
    assert not is_red(small, 0.9, 0.5)
    assert thumbnail(b"%PDF-", 32).isNull()
