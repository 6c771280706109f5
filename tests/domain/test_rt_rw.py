import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.rt_rw import format_rt_rw, read_rt_rw, split_address


@pytest.mark.parametrize(
    "written",
    [
        "12/3",
        "012/003",
        " 12 / 3 ",
        "12-3",
        "RT 12 RW 3",
        "RT.012/RW.003",
        "rt12rw3",
        "RT 12/3",
        "RT/RW 12/3",
        "RT. 12, RW. 3",
    ],
)
def test_ways_to_write_both(written: str) -> None:
    assert read_rt_rw(written) == ("012", "003", "")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("RT12", ("012", "")),
        ("12", ("012", "")),
        ("RW 3", ("", "003")),
        ("12/-", ("012", "")),
        ("RT 5 RW -", ("005", "")),
        ("-", ("", "")),
        ("", ("", "")),
    ],
)
def test_one_of_them_or_none(written: str, expected: tuple[str, str]) -> None:
    assert read_rt_rw(written) == (*expected, "")


@pytest.mark.parametrize("written", ["000/001", "12/0", "1000/1", "Gg. Mufakat No. 62", "dua belas", "x" * 100_000])
def test_what_is_no_rt_rw_is_said_and_not_kept(written: str) -> None:
    rt, rw, problem = read_rt_rw(written)
    assert (rt, rw) == ("", "")
    assert problem.endswith("Tulis seperti 12/3.")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Gg. Sepakat No. 107 RT.012/RW.002", ("Gg. Sepakat No. 107", "012", "002")),
        ("Jl. HKSN, RT 5/RW 2, Kel. Alalak", ("Jl. HKSN, Kel. Alalak", "005", "002")),
        ("Jl. HKSN (RT 5 RW 2)", ("Jl. HKSN", "005", "002")),
        ("Jl. HKSN RT 12/3", ("Jl. HKSN", "012", "003")),
        ("RT/RW 12/3 Jl. HKSN", ("Jl. HKSN", "012", "003")),
        ("Gg. Damai RT 7", ("Gg. Damai", "007", "")),
        ("Jl. Sport 5", ("Jl. Sport 5", "", "")),
        ("Jl. HKSN RT 000/001", ("Jl. HKSN RT 000/001", "", "")),
        ("", ("", "", "")),
    ],
)
def test_an_address_is_split(line: str, expected: tuple[str, str, str]) -> None:
    assert split_address(line) == expected


NUMBERS = st.integers(1, 999)


@given(NUMBERS, NUMBERS)
def test_round_trip(rt: int, rw: int) -> None:
    three = (f"{rt:03d}", f"{rw:03d}")
    assert read_rt_rw(format_rt_rw(*three)) == (*three, "")
    assert split_address(f"Jl. Veteran No. 5 RT.{rt:03d}/RW.{rw:03d}") == ("Jl. Veteran No. 5", *three)


@given(NUMBERS)
def test_round_trip_of_one(number: int) -> None:
    three = f"{number:03d}"
    assert read_rt_rw(format_rt_rw(three, "")) == (three, "", "")
    assert read_rt_rw(format_rt_rw("", three)) == ("", three, "")
    assert format_rt_rw("", "") == ""


@given(st.text(max_size=80))
def test_any_text_gives_three_digits_or_nothing(text: str) -> None:
    for part in (*read_rt_rw(text)[:2], *split_address(text)[1:]):
        assert part == "" or (len(part) == 3 and part.isascii() and part.isdigit() and part != "000")
