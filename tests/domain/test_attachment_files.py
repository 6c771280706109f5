"""Which files are taken, by their first bytes, and what their names become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.attachments import EXTENSIONS, MAX_NAME, clean_name, media_type_of
from kelurahan_client.domain.text import clean_line

HEADS = {
    "image/jpeg": [b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\xff\xd8\xff\xe1\x12\x34Exif"],
    "image/png": [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"],
    "image/webp": [b"RIFF\x24\x00\x00\x00WEBPVP8 "],
    "image/heic": [
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
        b"\x00\x00\x00\x18ftypheix\x00\x00\x00\x00mif1heix",
        b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1heicmiaf",
    ],
    "application/pdf": [b"%PDF-1.7\n%\xe2\xe3"],
}
OTHERS = [
    b"",
    b"MZ\x90\x00\x03",
    b"\x7fELF\x02\x01",
    b"PK\x03\x04",
    b"<svg xmlns='http://www.w3.org/2000/svg'>",
    b"<html><script>",
    b"GIF89a",
    b"BM\x36\x00",
    b"RIFF\x24\x00\x00\x00WAVEfmt ",
    b"\x89PNG\n\x1a\n",
    b" %PDF-1.7",
    b"\xff\xd8",
    b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf",
    b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42heic",
    b"\x00\x00\x00\x08ftypmif1\x00\x00\x00\x00heic",
    b"Isi pengaduan",
]


@pytest.mark.parametrize(("kind", "head"), [(kind, head) for kind, heads in HEADS.items() for head in heads])
def test_what_is_taken_is_told_by_its_content(kind: str, head: bytes) -> None:
    assert media_type_of(head) == kind
    assert media_type_of(head + bytes(100)) == kind


@pytest.mark.parametrize("head", OTHERS)
def test_what_is_not_taken(head: bytes) -> None:
    assert media_type_of(head) is None


@given(st.binary(max_size=80))
def test_any_bytes_are_a_known_kind_or_none(head: bytes) -> None:
    assert media_type_of(head) in {*EXTENSIONS, None}


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [
        ("foto.jpg", "image/jpeg", "foto.jpg"),
        ("Foto Jalan.JPEG", "image/jpeg", "Foto Jalan.jpeg"),
        ("foto.png", "image/jpeg", "foto.png.jpg"),
        ("virus.exe", "image/png", "virus.exe.png"),
        ("../../etc/passwd", "application/pdf", "passwd.pdf"),
        (r"C:\Users\Siti\scan.pdf", "application/pdf", "scan.pdf"),
        ("rekap\u202efdp.exe", "application/pdf", "rekapfdp.exe.pdf"),
        ("a\x00b\nc.png", "image/png", "ab c.png"),
        ("", "image/heic", "lampiran.heic"),
        (".png", "image/png", "png.png"),
        ("...", "image/webp", "lampiran.webp"),
        ("con.pdf", "application/pdf", "lampiran con.pdf"),
        ("NUL", "image/png", "lampiran NUL.png"),
        ('a<b>:"c|?*.png', "image/png", "a_b___c___.png"),
        ("Surat Keterangan (RT 05) – 2.pdf", "application/pdf", "Surat Keterangan (RT 05) – 2.pdf"),
    ],
)
def test_names(name: str, media_type: str, expected: str) -> None:
    assert clean_name(name, media_type) == expected


@given(st.text(st.characters(exclude_categories=[]), max_size=250), st.sampled_from(sorted(EXTENSIONS)))
def test_a_cleaned_name_is_fit_for_any_system(name: str, media_type: str) -> None:
    cleaned = clean_name(name, media_type)
    assert cleaned.endswith(EXTENSIONS[media_type])
    assert 0 < len(cleaned) <= MAX_NAME + len("lampiran ")
    assert not {*cleaned} & {*'/\\<>:"|?*'}
    assert clean_line(cleaned) == (cleaned, ())
    assert not cleaned.startswith((".", " "))
    assert clean_name(cleaned, media_type) == cleaned
