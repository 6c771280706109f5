"""The scanner's folder: remembered, and its newest files first."""

import os
from pathlib import Path

import pytest

from kelurahan_client.errors import InputError
from kelurahan_client.services import scanning
from kelurahan_client.services.desk import Desk


def test_a_folder_is_remembered(desk: Desk, tmp_path: Path) -> None:
    assert scanning.scan_folder(desk) is None
    scanning.keep_scan_folder(desk, tmp_path)
    assert scanning.scan_folder(desk) == tmp_path


def test_the_newest_pictures_and_pdfs_come_first_and_nothing_else(tmp_path: Path) -> None:
    for age, name in enumerate(("tiga.pdf", "dua.JPG", "satu.png", "catatan.txt")):
        (tmp_path / name).write_bytes(b"x" * (age + 1))
        os.utime(tmp_path / name, (1_000_000 + age, 1_000_000 + age))
    (tmp_path / "folder.pdf").mkdir()
    assert [(scan.path.name, scan.size) for scan in scanning.newest(tmp_path)] == [
        ("satu.png", 3),
        ("dua.JPG", 2),
        ("tiga.pdf", 1),
    ]
    assert len(scanning.newest(tmp_path, 2)) == 2


def test_a_folder_that_is_gone_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        scanning.newest(tmp_path / "hilang")
    assert "sudah tidak ada di tempatnya" in str(refused.value)
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InputError, match="tertukar"):
        scanning.newest(tmp_path / "a.txt")
