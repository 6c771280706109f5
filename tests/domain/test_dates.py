from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.dates import DateProblem, read_date
from kelurahan_client.domain.day_words import (
    format_date,
    format_day_month,
    format_time,
    format_weekday_date,
    local_date,
)

TODAY = date(2024, 9, 20)
DAY = date(2024, 8, 3)


@pytest.mark.parametrize(
    "written",
    [
        "3/8",
        "3/8/24",
        "03-08-24",
        "3.8.2024",
        "2024-08-03",
        "2024/8/3",
        "2024-08-03 00:00:00",
        "2024-08-03T09:15:00",
        "3 Agustus 2024",
        "3 Agt 24",
        "3 Ags",
        "3 agst. 2024",
        "Senin, 3 Agustus 2024",
        "Sabtu 3/8/24",
        "Sabtu/3-8-2024",
        "  3   AGUSTUS  2024 ",
        "3agustus2024",
        "tgl 3 Agt",
        "tgl. 3/8",
        "Tanggal: 3-8-2024",
        "Banjarmasin, 3 Agustus 2024",
        "3/VIII/2024",
        "3 Agusuts 2024",
        "03 / 08 / 2024",
        "3–8–2024",
        "3 8 2024",
        "03082024",
        "20240803",
        "3 Agt '24",
        "3/8/2024 pukul 10.12",
        "3/8/2024 10:12",
        "3/8/2024 10.30",
        "3/8/24 (sore)",
        "3/8/2024, diterima RT 5",
        "3 August 2024",
        "3\\8\\2024",
        "3 Agustus tahun 2024",
    ],
)
def test_ways_to_write_the_third_of_august(written: str) -> None:
    assert read_date(written, today=TODAY).value == DAY


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("5 pebruari 2024", 2),
        ("5 nopember 2023", 11),
        ("5 mrt 2024", 3),
        ("5 juni 2024", 6),
        ("5 jun 24", 6),
        ("5 Juli 24", 7),
        ("5 Sept 23", 9),
        ("5 okt 23", 10),
        ("5 Desenber 23", 12),
        ("5 mei 24", 5),
        ("5 jan 24", 1),
        ("5 Apr 24", 4),
    ],
)
def test_month_words(written: str, month: int) -> None:
    value = read_date(written, today=TODAY).value
    assert value is not None
    assert (value.day, value.month) == (5, month)


@pytest.mark.parametrize(
    ("written", "kind", "sentence"),
    [
        ("", DateProblem.MISSING, "Tanggal kosong. Tulis seperti 3/8/2024."),
        (" - ", DateProblem.MISSING, "Tanggal kosong. Tulis seperti 3/8/2024."),
        ("kemarin", DateProblem.UNREADABLE, "Bukan tanggal. Tulis seperti 3/8/2024."),
        ("idem", DateProblem.UNREADABLE, "Bukan tanggal. Tulis seperti 3/8/2024."),
        ("12", DateProblem.UNREADABLE, "Bukan tanggal. Tulis seperti 3/8/2024."),
        ("45321", DateProblem.UNREADABLE, "Bukan tanggal. Tulis seperti 3/8/2024."),
        ("3/8/024", DateProblem.UNREADABLE, "Bukan tanggal. Tulis seperti 3/8/2024."),
        ("3/8/20245", DateProblem.UNREADABLE, "Bukan tanggal. Tulis seperti 3/8/2024."),
        ("3 Agustus 224", DateProblem.UNREADABLE, "Bukan tanggal. Tulis seperti 3/8/2024."),
        ("3 jumi 2024", DateProblem.UNREADABLE, "Bukan tanggal. Tulis seperti 3/8/2024."),
        ("3-5 Agustus 2024", DateProblem.UNREADABLE, "Ada lebih dari satu tanggal. Tulis seperti 3/8/2024."),
        ("3/8/2024 - 5/8/2024", DateProblem.UNREADABLE, "Ada lebih dari satu tanggal. Tulis seperti 3/8/2024."),
        ("30/2/2024", DateProblem.IMPOSSIBLE, "Februari 2024 hanya sampai tanggal 29. Cocokkan: 29/2 atau 1/3?"),
        ("31/6/2024", DateProblem.IMPOSSIBLE, "Juni hanya sampai tanggal 30. Cocokkan: 30/6 atau 1/7?"),
        ("32/7", DateProblem.IMPOSSIBLE, "32/7 tidak ada di kalender. Tulis seperti 3/8/2024."),
        ("0/7/2024", DateProblem.IMPOSSIBLE, "0/7 tidak ada di kalender. Tulis seperti 3/8/2024."),
        ("8/13/2024", DateProblem.IMPOSSIBLE, "Bulan 13 tidak ada. Tulis hari dulu, lalu bulan, seperti 3/8/2024."),
        ("12/9/2042", DateProblem.FUTURE, "Tanggal belum terjadi; barangkali 12/9/2024?"),
        ("4/3/2062", DateProblem.FUTURE, "Tanggal belum terjadi; barangkali 4/3/2024?"),
        ("21/9/2024", DateProblem.FUTURE, "Tanggal belum terjadi; barangkali 21/9/2023?"),
        ("1/1/1998", DateProblem.TOO_OLD, "Tahun 1998 terlalu lama. Cocokkan tahunnya, tulis seperti 3/8/2024."),
    ],
)
def test_what_cannot_be_taken_says_why(written: str, kind: DateProblem, sentence: str) -> None:
    reading = read_date(written, today=TODAY)
    assert (reading.value, reading.kind, reading.problem) == (None, kind, sentence)


def test_candidates_for_one_key_mends() -> None:
    assert read_date("31/6/2024", today=TODAY).candidates == (date(2024, 6, 30), date(2024, 7, 1))
    assert read_date("12/9/2042", today=TODAY).candidates == (date(2024, 9, 12),)


def test_a_weekday_that_does_not_fit_is_a_note_not_a_problem() -> None:
    reading = read_date("Senin, 3 Agustus 2024", today=TODAY)
    assert (reading.problem, reading.note) == ("", "3 Agustus 2024 hari Sabtu, bukan Senin.")
    assert read_date("Sabtu, 3 Agustus 2024", today=TODAY).note == ""


@pytest.mark.parametrize(
    ("written", "near", "expected"),
    [
        ("3/8", None, date(2024, 8, 3)),
        ("21/9", None, date(2023, 9, 21)),
        ("3/8", date(2023, 2, 1), date(2023, 8, 3)),
        ("2/1", date(2023, 12, 30), date(2024, 1, 2)),
        ("31/12", date(2024, 1, 3), date(2023, 12, 31)),
        ("29/2", date(2023, 3, 1), None),
        ("5/11", date(2024, 9, 1), None),
    ],
)
def test_the_year_of_a_date_without_one(written: str, near: date | None, expected: date | None) -> None:
    assert read_date(written, today=TODAY, near=near).value == expected


@given(
    st.dates(date(2000, 1, 1), TODAY),
    st.sampled_from(
        ["{0.day}/{0.month}/{0.year}", "{0:%d-%m-%Y}", "{0:%d.%m.%y}", "{0:%Y-%m-%d}", "{0:%d%m%Y}", "{0:%Y%m%d}"]
    ),
)
def test_every_day_comes_back_from_every_form(day: date, form: str) -> None:
    assert read_date(form.format(day), today=TODAY).value == day


@given(st.dates(date(2000, 1, 1), TODAY))
def test_what_the_program_shows_it_reads(day: date) -> None:
    for shown in (format_date(day), format_weekday_date(day)):
        assert read_date(shown, today=TODAY).value == day
    assert read_date(shown, today=TODAY).note == ""


@given(st.dates(TODAY - timedelta(days=364), TODAY))
def test_a_date_without_a_year_is_the_most_recent(day: date) -> None:
    assert read_date(f"{day.day}/{day.month}", today=TODAY).value == day
    assert read_date(format_day_month(day), today=TODAY).value == day


@given(st.text(max_size=120), st.none() | st.dates(date(2000, 1, 1), TODAY))
def test_a_reading_is_either_a_value_or_a_problem(text: str, near: date | None) -> None:
    reading = read_date(text, today=TODAY, near=near)
    assert (reading.value is None) == bool(reading.problem) == (reading.kind is not None)
    assert reading.value is None or date(2000, 1, 1) <= reading.value <= TODAY
    assert all(candidate <= TODAY for candidate in reading.candidates if reading.kind is DateProblem.FUTURE)


def test_formats() -> None:
    day = date(2026, 8, 3)
    assert (format_date(day), format_day_month(day)) == ("3 Agustus 2026", "3 Agu")
    assert format_weekday_date(day) == "Senin, 3 Agustus 2026"
    evening = datetime(2026, 8, 3, 18, 5, tzinfo=UTC)
    assert format_time(evening) == "02.05 WITA"
    assert local_date(evening) == date(2026, 8, 4)
    with pytest.raises(ValueError, match="time zone"):
        local_date(evening.replace(tzinfo=None))
