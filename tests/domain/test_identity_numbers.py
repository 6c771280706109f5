from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.nik import check_nik, mask_nik

TODAY = date(2024, 9, 20)
REGIONS = frozenset({"63", "31", "6371", "6372", "637101", "637104"})


def read(text: str) -> tuple[date | None, str]:
    reading = check_nik(text, today=TODAY, known_regions=REGIONS)
    assert reading.errors == ()
    return reading.birth_date, reading.sex


def errors(text: str) -> tuple[str, ...]:
    reading = check_nik(text, today=TODAY, known_regions=REGIONS)
    if reading.errors:
        assert (reading.birth_date, reading.sex) == (None, "")
    return reading.errors


def test_birth_and_sex() -> None:
    assert read("6371045708900003") == (date(1990, 8, 17), "P")
    assert read("6371041708900003") == (date(1990, 8, 17), "L")
    assert read("6371 0417-0890.0003") == (date(1990, 8, 17), "L")


def test_the_century_puts_the_birth_in_the_past() -> None:
    assert read("6371042009240001") == (date(2024, 9, 20), "L")
    assert read("6371042109240001") == (date(1924, 9, 21), "L")
    assert read("6371042902240001") == (date(2024, 2, 29), "L")


@pytest.mark.parametrize("day", ["00", *(str(day) for day in range(32, 41)), *(str(day) for day in range(72, 100))])
def test_days_that_no_birth_has(day: str) -> None:
    assert errors(f"637104{day}08900003") == (f"Tanggal lahir dalam NIK ({day}) tidak mungkin. Cocokkan dengan KTP.",)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("6371041713900003", "Bulan lahir"),
        ("6371041700900003", "Bulan lahir"),
        ("6371043106900003", "31/6/1990"),
        ("6371047106900003", "31/6/1990"),
        ("6371042902230001", "29/2/2023"),
        ("6371041708900000", "0000"),
        ("637104170890000", "ini 15"),
        ("63710417089000031", "ini 17"),
        ("637104170890000A", "hanya berisi angka"),
        ("tidak ada", "hanya berisi angka"),
    ],
)
def test_what_is_no_nik(number: str, word: str) -> None:
    assert len(errors(number)) == 1
    assert word in errors(number)[0]
    assert errors(number)[0].endswith("Cocokkan dengan KTP.")


@pytest.mark.parametrize("number", ["6371991708900003", "6399041708900003", "9904041708900003"])
def test_an_unknown_region_is_only_a_warning(number: str) -> None:
    reading = check_nik(number, today=TODAY, known_regions=REGIONS)
    assert reading.errors == ()
    assert reading.warnings == (f"Kode wilayah {number[:6]} tidak dikenal. Cocokkan dengan KTP; boleh dilanjutkan.",)


@pytest.mark.parametrize("number", ["6371041708900003", "6372991708900003", "3199991708900003"])
def test_the_region_is_compared_only_as_deep_as_the_list_goes(number: str) -> None:
    assert check_nik(number, today=TODAY, known_regions=REGIONS).warnings == ()


def test_a_birth_in_recent_years_may_be_a_family_card() -> None:
    reading = check_nik("6371041708200003", today=TODAY, known_regions=REGIONS)
    assert reading.warnings == ("Menurut NIK lahir 17 Agustus 2020. Barangkali ini nomor KK?",)


def test_nothing_is_nothing() -> None:
    for text in ("", "  ", "-"):
        assert check_nik(text, today=TODAY, known_regions=REGIONS).value == ""


@given(st.dates(date(1925, 1, 1), TODAY), st.sampled_from("LP"), st.integers(1, 9999))
def test_every_birth_comes_back(birth: date, sex: str, serial: int) -> None:
    day = birth.day + (40 if sex == "P" else 0)
    number = f"637104{day:02d}{birth:%m%y}{serial:04d}"
    expected = birth if (birth.year >= 2000 or date(birth.year + 100, birth.month, 1) > TODAY) else None
    if expected:
        assert read(number) == (expected, sex)


@given(st.from_regex(r"[0-9]{16}", fullmatch=True))
def test_the_birth_is_never_in_the_future(number: str) -> None:
    reading = check_nik(number, today=TODAY, known_regions=REGIONS)
    assert reading.value == number
    assert (reading.birth_date is None) == bool(reading.errors)
    assert reading.birth_date is None or reading.birth_date <= TODAY


@given(st.text(max_size=40))
def test_a_mask_never_shows_the_birth(text: str) -> None:
    assert len([sign for sign in mask_nik(text) if sign.isdigit()]) in {0, 8}


def test_masks() -> None:
    assert mask_nik("6371990102030003") == "637199••••••••03"
    assert mask_nik("6371") == "••••••••"
    assert mask_nik("") == ""
