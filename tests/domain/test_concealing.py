"""What is known of a person is taken out of a text, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.concealing import CONCEALED, conceal

PERSON = {
    "name": "Siti Rahmah",
    "phone": "0812 5114 4471",
    "nik": "6371036008900003",
    "address": "Jl. Alalak Selatan, Gg. Karya Baru",
}


@pytest.mark.parametrize(
    "written",
    [
        "Siti Rahmah",
        "SITI  RAHMAH",
        "siti\nrahmah",
        "081251144471",
        "0812-5114-4471",
        "+62 812 5114 4471",
        "6281251144471",
        "6371036008900003",
        "637103 600890 0003",
        "jl alalak selatan gg karya baru",
    ],
)
def test_however_it_is_written_it_is_gone(written: str) -> None:
    assert conceal(f"Ulun {written}, lampu padam.", **PERSON) == f"Ulun {CONCEALED}, lampu padam."


@pytest.mark.parametrize(
    "text",
    [
        "Siti dan Rahmah tetangga ulun.",
        "Jl. Alalak Selatan banjir.",
        "Nomor tiang 08125114447199.",
        "Lampu di Gg. Karya Baru padam sejak 3/8.",
        "Rumah Sitirahmahan",
    ],
)
def test_what_is_not_this_person_stays(text: str) -> None:
    assert conceal(text, **PERSON) == text


@given(st.text(max_size=200))
def test_of_nobody_nothing_is_concealed(text: str) -> None:
    assert conceal(text) == text


@given(
    st.text(alphabet="abc .,\n", max_size=60),
    st.from_regex(re.compile(r"[a-z]{3,12}( [a-z]{3,12}){0,3}"), fullmatch=True),
)
def test_a_name_never_survives(before: str, name: str) -> None:
    found = conceal(f"{before} {name}. {name}", name=name).replace(CONCEALED, "")
    assert re.search(rf"\b{name}\b", found) is None  # within another word it is no name
