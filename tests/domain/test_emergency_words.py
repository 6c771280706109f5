"""An emergency is seen in what is typed, a wish or a memory of one is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.emergency import emergency_in
from tests.desk_making import MANY


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada KEBAKARAN di Gg. Mawar!", "kebakaran"),
        ("rumah tetangga terbakar, tolong", "kebakaran"),
        ("Anak kecil tenggelam di sungai", "orang tenggelam"),
        ("Ada tabrakan di simpang HKSN", "kecelakaan"),
        ("Istri saya dianiaya suaminya", "kekerasan"),
        ("bapak pingsan, sesak napas", "orang sakit gawat"),
        ("Kabel listrik putus melintang di jalan", "kabel listrik putus"),
    ],
)
def test_what_happens_now(text: str, name: str) -> None:
    assert emergency_in(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lampu jalan padam",
        "Gang sempit, rawan kebakaran. Minta hidran.",
        "Mohon penyuluhan pencegahan kebakaran",
        "Bantuan untuk korban kebakaran belum turun",
        "Rumah saya terbakar tahun lalu, bantuan belum ada",
        "Sudah pernah ada kecelakaan, mohon rambu",
        "Sampah sering dibakar",
    ],
)
def test_what_is_feared_wished_for_or_over(text: str) -> None:
    assert emergency_in(text) == ""


@MANY
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(emergency_in(text), str)
