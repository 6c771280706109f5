"""Whose book it is, by the title above its headings."""

import pytest

from kelurahan_client.domain.book_title import office_named
from kelurahan_client.domain.reference import ReferenceData

HEADINGS = ("No", "Tanggal", "Nama", "Isi pengaduan")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (["PEMERINTAH KOTA BANJARMASIN", "KELURAHAN KUIN UTARA"], "Kuin Utara"),
        (["Buku register Kel. Alalak Selatan"], "Alalak Selatan"),
        (["Kelurahan: Sei Miai"], "Sungai Miai"),
        (["Buku register pengaduan"], None),
        (["Kelurahan Antah Berantah"], None),
        (["Kelurahan Kuin Utara", "Kelurahan Alalak Selatan"], None),  # nobody knows which
    ],
)
def test_a_title_names_the_kelurahan(reference: ReferenceData, title: list[str], name: str | None) -> None:
    grid = (*((line, "") for line in title), HEADINGS, ("1", "3/8", "Udin", "Kelurahan Kuin Utara"))
    found = office_named(grid, len(title), reference)
    assert (found.name if found else None) == name
