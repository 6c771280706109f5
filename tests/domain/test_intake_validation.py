from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.complaint import MAX_LINE, MAX_NOTE, MAX_STATEMENT, Intake
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.validation import Checked, check_intake

TODAY = date(2024, 9, 20)
GOOD = Intake(received_date=date(2024, 8, 3), reporter_name="Siti Rahmah", statement="Titian kayu lapuk di Gg. Rahmat.")


@pytest.fixture
def check(reference: ReferenceData) -> "Check":
    return Check(reference)


class Check:
    """`check(field=value, ...)` checks the good intake with these fields changed."""

    def __init__(self, reference: ReferenceData) -> None:
        self._reference = reference

    def __call__(self, *, choices_required: bool = False, **changes: Any) -> Checked:
        intake = replace(GOOD, **changes)
        return check_intake(intake, today=TODAY, reference=self._reference, choices_required=choices_required)


def test_a_good_intake_passes(check: Check) -> None:
    checked = check()
    assert (checked.errors, checked.warnings) == ({}, ())
    assert checked.intake == replace(GOOD, title="Titian kayu lapuk di Gg. Rahmat")


def test_what_was_typed_is_normalised(check: Check) -> None:
    kept = check(
        reporter_name="  Siti   Rahmah ",
        reporter_sex="perempuan",
        reporter_phone=" 0813 5114 0926",
        rt="12/3",
        statement="Satu\r\n\r\n\r\ndua ",
        title="Judul  sendiri",
        reporter_nik="6371 0457 0890 0003",
    ).intake
    assert (kept.reporter_name, kept.reporter_sex, kept.reporter_phone) == ("Siti Rahmah", "P", "0813 5114 0926")
    assert (kept.rt, kept.rw, kept.statement, kept.title) == ("012", "003", "Satu\n\ndua", "Judul sendiri")
    assert kept.reporter_nik == "6371045708900003"


@pytest.mark.parametrize(
    ("rt", "rw", "expected"),
    [
        ("12", "3", ("012", "003")),
        ("RT 12", "RW 3", ("012", "003")),
        ("012", "", ("012", "")),
        ("", "3", ("", "003")),
        ("12/3", "3", ("012", "003")),
        ("-", "-", ("", "")),
    ],
)
def test_rt_and_rw(check: Check, rt: str, rw: str, expected: tuple[str, str]) -> None:
    checked = check(rt=rt, rw=rw)
    assert checked.errors == {}
    assert (checked.intake.rt, checked.intake.rw) == expected


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"statement": ""}, "statement", "Isi pengaduan kosong. Tulis apa yang disampaikan pelapor."),
        ({"statement": " - \x00"}, "statement", "Isi pengaduan kosong. Tulis apa yang disampaikan pelapor."),
        (
            {"statement": "x" * 1_048_576},
            "statement",
            "Isi pengaduan terlalu panjang: 1.048.576 huruf, batasnya 20.000. Ringkas, dan simpan naskah lengkapnya.",
        ),
        (
            {"note": "x" * (MAX_NOTE + 1)},
            "note",
            "Keterangan terlalu panjang: 5.001 huruf, batasnya 5.000. Ringkas, dan simpan naskah lengkapnya.",
        ),
        (
            {"location": "x" * (MAX_LINE + 1)},
            "location",
            "Lokasi terlalu panjang: 301 huruf, batasnya 300. Periksa isiannya.",
        ),
        (
            {"reporter_name": ""},
            "reporter_name",
            "Tidak jelas: anonim, atau lupa ditulis? Isi nama, atau tulis Anonim.",
        ),
        (
            {"reporter_name": "-", "anonymous": False},
            "reporter_name",
            "Tidak jelas: anonim, atau lupa ditulis? Isi nama, atau tulis Anonim.",
        ),
        (
            {"reporter_name": "Anonim", "anonymous": False},
            "reporter_name",
            "Nama tertulis Anonim, tetapi nama boleh diketahui. Pilih salah satu.",
        ),
        ({"reporter_sex": "x"}, "reporter_sex", "L/P tidak terbaca. Tulis L, P, atau kosongkan."),
        (
            {"received_date": date(2062, 3, 4)},
            "received_date",
            "Tanggal diterima belum terjadi: 4 Maret 2062. Periksa tahunnya.",
        ),
        (
            {"received_date": date(1999, 12, 31)},
            "received_date",
            "Tanggal diterima terlalu lama: 31 Desember 1999. Periksa tahunnya.",
        ),
        (
            {"event_date": date(2024, 9, 21)},
            "event_date",
            "Tanggal kejadian belum terjadi: 21 September 2024. Periksa tahunnya.",
        ),
        (
            {"event_date": date(2024, 8, 4)},
            "event_date",
            "Kejadian sesudah tanggal diterima (3 Agustus 2024). Periksa.",
        ),
        ({"rt": "Gg. Mufakat No. 62"}, "rt", "RT/RW tidak terbaca. Tulis seperti 12/3."),
        ({"rw": "0"}, "rw", "RW 0 tidak ada; nomornya 1 sampai 999. Tulis seperti 12/3."),
        ({"rt": "12/3", "rw": "4"}, "rw", "RT dan RW tertulis dua kali dan berbeda. Tulis RT 12, RW 3."),
        ({"category": "NAGA"}, "category", "Kategori NAGA tidak dikenal. Pilih dari daftar."),
        ({"agency": "KEC"}, "agency", "SKPD KEC tidak dikenal. Pilih dari daftar."),
        ({"location_office": "63.71.09.1001"}, "location_office", "Kelurahan lokasi tidak dikenal. Pilih dari daftar."),
    ],
)
def test_errors_stand_at_their_field_and_say_how_to_mend(
    check: Check, changes: dict[str, Any], field: str, sentence: str
) -> None:
    assert check(**changes).errors == {field: sentence}


def test_what_is_refused_is_not_thrown_away(check: Check) -> None:
    assert check(statement="x" * 30_000).intake.statement == "x" * 30_000
    assert check(rt="Gg. Mufakat").intake.rt == "Gg. Mufakat"


def test_the_longest_that_fits(check: Check) -> None:
    assert check(statement="x" * MAX_STATEMENT, location="y" * MAX_LINE, title="t").errors == {}


def test_anonymous_needs_no_name(check: Check) -> None:
    assert check(reporter_name="", anonymous=True).errors == {}
    assert check(reporter_name="Siti", anonymous=True).intake.reporter_name == "Siti"


def test_a_book_that_says_anonim_is_believed_aloud(check: Check) -> None:
    checked = check(reporter_name="ANONIM")
    assert (checked.intake.reporter_name, checked.intake.anonymous) == ("", True)
    assert checked.warnings == ("Nama tertulis Anonim; pelapor ditandai anonim.",)
    assert check().intake.anonymous is None


def test_the_two_choices_are_asked_at_the_desk(check: Check) -> None:
    assert check(choices_required=True).errors.keys() == {"anonymous", "confidential"}
    assert check(choices_required=True, anonymous=False, confidential=False).errors == {}


def test_nik_is_never_a_reason_to_refuse(check: Check) -> None:
    checked = check(reporter_nik="6371043208900003")
    assert checked.errors == {}
    assert checked.intake.reporter_nik == "6371043208900003"
    assert checked.warnings == ("Tanggal lahir dalam NIK (32) tidak mungkin. Cocokkan dengan KTP.",)


def test_nik_and_sex_may_contradict(check: Check) -> None:
    checked = check(reporter_nik="6371045708900003", reporter_sex="L")
    assert checked.warnings == ("Menurut NIK perempuan, tetapi L/P tertulis L. Periksa.",)
    assert checked.intake.reporter_sex == "L"


@pytest.mark.parametrize("nik", ["", "6371045708900003"])
def test_a_nik_in_the_telephones_place_goes_home(check: Check, nik: str) -> None:
    checked = check(reporter_phone="6371045708900003", reporter_nik=nik)
    assert (checked.intake.reporter_nik, checked.intake.reporter_phone) == ("6371045708900003", "")
    assert checked.warnings == ("NIK tertulis di kolom HP; dipindahkan ke kolom NIK.",)


@pytest.mark.parametrize(
    ("phone", "nik", "word"),
    [("6371043208900003", "", "bukan NIK"), ("6371045708900003", "6371041708900003", "NIK yang lain")],
)
def test_a_doubtful_one_stays_where_it_is(check: Check, phone: str, nik: str, word: str) -> None:
    checked = check(reporter_phone=phone, reporter_nik=nik)
    assert (checked.intake.reporter_phone, checked.intake.reporter_nik) == (phone, nik)
    assert len(checked.warnings) == 1
    assert word in checked.warnings[0]


def test_a_telephone_is_kept_as_typed_with_a_word(check: Check) -> None:
    checked = check(reporter_phone="08135114")
    assert (checked.errors, checked.intake.reporter_phone) == ({}, "08135114")
    assert checked.warnings == ("Nomor HP kurang 2 angka.",)
    assert check(reporter_phone="-").intake.reporter_phone == ""


def test_hidden_characters_are_told(check: Check) -> None:
    checked = check(statement="Titian\u202e patah\x00", reporter_name="Si\u200bti")
    assert (checked.intake.statement, checked.intake.reporter_name) == ("Titian patah", "Siti")
    assert [warning.split(":")[0] for warning in checked.warnings] == ["Isi pengaduan", "Isi pengaduan", "Nama"]


def test_a_person_in_the_text_is_pointed_out_unless_confidential(check: Check) -> None:
    text = "Pak Rahmadi sudah pernah lapor."
    assert check(statement=text).warnings == ("Menyebut Pak Rahmadi. Pertimbangkan Rahasia.",)
    assert check(statement=text, confidential=True).warnings == ()


def test_earlier_warnings_stay_and_none_is_said_twice(check: Check) -> None:
    once = check(reporter_phone="08135114", warnings=("Lihat buku.",))
    assert once.warnings == ("Lihat buku.", "Nomor HP kurang 2 angka.")


TEXT = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    ["6371045708900003", "0813 5114 0926", "12/3", "-", "Anonim", "L", "Pak Amat", "a\u202eb", ""]
)


@given(
    st.builds(
        Intake,
        received_date=st.dates(date(1990, 1, 1), date(2030, 1, 1)),
        event_date=st.none() | st.dates(),
        reporter_name=TEXT,
        reporter_sex=TEXT,
        reporter_nik=TEXT,
        reporter_phone=TEXT,
        rt=TEXT,
        rw=TEXT,
        title=TEXT,
        statement=TEXT,
        note=TEXT,
        anonymous=st.sampled_from([None, False, True]),
        confidential=st.sampled_from([None, False, True]),
    )
)
def test_checking_what_was_checked_changes_nothing(reference: ReferenceData, intake: Intake) -> None:
    once = check_intake(intake, today=TODAY, reference=reference)
    again = check_intake(once.intake, today=TODAY, reference=reference)
    assert again.intake == once.intake
    assert once.errors.keys() == again.errors.keys()
    assert not (intake.anonymous is True and once.intake.anonymous is not True)
    assert once.intake.confidential is intake.confidential
