import json
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from kelurahan_client.domain.deadlines import DeadlineKind
from kelurahan_client.domain.national import Measure, NationalFigure, figure_body, figure_from
from kelurahan_client.domain.reference import DISTRICT_AGENCY, ReferenceData, load_reference
from kelurahan_client.errors import UnreadableFile

OFFICE = "63.71.04.1003"


def test_the_city_as_it_is(reference: ReferenceData) -> None:
    assert len(reference.offices) == 52
    assert len(reference.agencies) == 40
    assert len(reference.categories) == 44
    districts = [office.district_code for office in reference.offices.values()]
    assert [districts.count(f"63.71.{number:02d}") for number in range(1, 6)] == [12, 9, 9, 10, 12]
    days = {
        kind: reference.deadlines.row(kind, reference.deadlines.rows[0].effective_from).working_days
        for kind in DeadlineKind
    }
    assert list(days.values()) == [3, 5, 5, 14, 60]


def test_tables_name_only_what_exists(reference: ReferenceData) -> None:
    known = {*reference.agencies, DISTRICT_AGENCY}
    for category in reference.categories.values():
        assert {category.default_agency, *category.alternatives} <= known
    for agency in reference.agencies.values():
        assert set(agency.categories) <= reference.categories.keys()


def test_every_office_is_found_by_each_of_its_names(reference: ReferenceData) -> None:
    assert len({reference.short_code(office) for office in reference.offices.values()}) == 52
    for office in reference.offices.values():
        for name in (
            office.code,
            reference.short_code(office),
            office.name,
            f"Kel. {office.name.upper()}",
            *office.aliases,
        ):
            assert reference.find_office(name) is office
        assert reference.office(office.code) is office
    assert reference.find_office("Kelurahan Seberang Masjid") is reference.office("63.71.05.1007")
    assert reference.find_office("Martapura") is None
    assert reference.office("63.03.01.1001") is None


def test_every_agency_is_found_by_each_of_its_names(reference: ReferenceData) -> None:
    for agency in reference.agencies.values():
        for name in (agency.code, agency.name, agency.short_name, agency.short_name.upper(), *agency.aliases):
            assert reference.find_agency(name) is agency, name


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("PAM", "PTAM"),
        ("Kominfotik", "DISKOMINFOTIK"),
        ("Damkar", "DAMKAR"),
        ("Dinas PUPR", "PUPR"),
        ("PU", "PUPR"),
        ("ke Dishub", "DISHUB"),
        ("Diteruskan ke Dinas Perhubungan", "DISHUB"),
        ("satpol", "SATPOLPP"),
        ("Capil", "DISDUKCAPIL"),
        ("Kpd Yth. Kepala Dinas Sosial Kota Banjarmasin", "DINSOS"),
        ("Kecamatan", "KEC_UTARA"),
        ("Camat", "KEC_UTARA"),
        ("Kec. Banjarmasin Tengah", "KEC_TENGAH"),
        ("PUPR Provinsi", "PUPR_PROV"),
        ("pln", "PLN"),
    ],
)
def test_agencies_as_books_have_them(reference: ReferenceData, written: str, code: str) -> None:
    assert reference.find_agency(written, OFFICE) is reference.agencies[code]


@pytest.mark.parametrize("written", ["", "-", "kelurahan", "Dinas", "Kota Banjarmasin", "Pak Udin"])
def test_what_is_no_agency(reference: ReferenceData, written: str) -> None:
    assert reference.find_agency(written, OFFICE) is None


def test_the_kecamatan_of_the_location(reference: ReferenceData) -> None:
    for office in reference.offices.values():
        code = reference.resolve_agency(DISTRICT_AGENCY, office.code)
        assert reference.agencies[code].name == f"Kecamatan {office.district}"
    assert reference.resolve_agency(DISTRICT_AGENCY, "") == ""
    assert reference.resolve_agency("PUPR", "") == "PUPR"


def test_names_for_lists(reference: ReferenceData) -> None:
    assert reference.agency_name("SATPOLPP") == "Satpol PP"
    assert reference.agency_name("BARU") == "BARU"
    assert reference.category_name("PJU") == "Lampu jalan (PJU) padam"
    assert reference.category_name("BARU") == "BARU"


def test_regions_of_identity_numbers(reference: ReferenceData) -> None:
    assert {"11", "63", "96", "6371", "6372", "637101", "637105"} <= reference.nik_regions
    assert "637106" not in reference.nik_regions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resources.path("reference"), tmp_path / "reference"))


@pytest.mark.parametrize(
    "name",
    [
        "kelurahan.csv",
        "agencies.csv",
        "categories.csv",
        "deadlines.csv",
        "holidays.csv",
        "holiday_years.csv",
        "nik_regions.csv",
        "national_figures.csv",
    ],
)
def test_a_missing_or_damaged_table_is_named(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    for damaged in (whole.replace(b",", b";"), whole + b"\xff\xfe,,,", whole + b'"', whole + b"a,b,c,d,e,f,g,h,i,j\n"):
        (folder / name).write_bytes(damaged)
        with pytest.raises(UnreadableFile, match=name):
            load_reference(folder)
    (folder / name).unlink()
    with pytest.raises(UnreadableFile, match=name):
        load_reference(folder)


def test_a_table_without_a_limit_is_refused(folder: Path) -> None:
    lines = (folder / "deadlines.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "deadlines.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"deadlines\.csv"):
        load_reference(folder)


def test_no_national_figure_is_invented(reference: ReferenceData) -> None:
    assert reference.national.rows == ()
    assert reference.national.figure(Measure.RESOLUTION, date(2026, 8, 3)) is None


@given(
    st.dates(),
    st.sampled_from(Measure),
    st.integers(1, 999_999).map(lambda hundredths: Fraction(hundredths, 100)),
    st.text().filter(str.strip),
)
def test_a_national_figure_is_the_same_after_its_way_to_a_desk(
    since: date, measure: Measure, days: Fraction, source: str
) -> None:
    figure = NationalFigure(since, measure, days, source)
    assert figure_from(json.loads(json.dumps(figure_body(figure)))) == figure


@pytest.mark.parametrize(
    "strange",
    [{"measure": "speed"}, {"working_days": "0"}, {"working_days": "1/0"}, {"working_days": None}, {"working_days": []},
     {"effective_from": 7}, {"effective_from": "2025-02-30"}, {"source": " "}],
)  # fmt: skip
def test_a_record_that_is_no_figure_here_is_not_shown(strange: dict[str, object]) -> None:
    body = figure_body(NationalFigure(date(2025, 12, 1), Measure.RESOLUTION, Fraction(94, 10), "Contoh"))
    assert body["working_days"] == "9.4"
    assert figure_from(body | strange) is None
    assert figure_from({}) is None


def test_a_national_figure_has_a_date_and_a_source(folder: Path) -> None:
    table = folder / "national_figures.csv"
    head = table.read_text(encoding="utf-8")
    table.write_text(f"{head}2025-12-01,resolution,9.4,Contoh\n2026-06-01,resolution,9,Contoh baru\n", encoding="utf-8")
    national = load_reference(folder).national
    assert national.figure(Measure.RESOLUTION, date(2025, 11, 30)) is None
    old = national.figure(Measure.RESOLUTION, date(2026, 5, 31))
    new = national.figure(Measure.RESOLUTION, date(2026, 6, 1))
    assert old is not None
    assert new is not None
    assert (old.working_days, old.source, new.working_days) == (Fraction(47, 5), "Contoh", 9)
    assert national.figure(Measure.FIRST_ANSWER, date(2026, 6, 1)) is None
    for wrong in ("2025-12-01,resolution,9.4,", "2025-12-01,resolution,0,Contoh", "2025-12-01,speed,9,Contoh"):
        table.write_text(f"{head}{wrong}\n", encoding="utf-8")
        with pytest.raises(UnreadableFile, match=r"national_figures\.csv"):
            load_reference(folder)
