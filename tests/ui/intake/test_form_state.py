"""What is typed survives as a draft, becomes an intake, and is reviewed in words that say how to mend it."""

import json
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from kelurahan_client.domain.complaint import Channel, Classification, Priority
from kelurahan_client.domain.reference import ReferenceData, load_reference
from ui.intake.form import FIELD_WORDS, FormState, Review, received_on, review, what_is_left

TODAY = date(2026, 8, 3)
OFFICE = "63.71.04.1003"
choices = st.sampled_from([None, True, False])
states = st.builds(
    FormState,
    resident=st.booleans(),
    urgent=st.booleans(),
    anonymous=choices,
    confidential=choices,
    **{
        name: st.text(max_size=40)
        for name in asdict(FormState())
        if name not in ("resident", "urgent", "anonymous", "confidential")
    },
)


@pytest.fixture(scope="module")
def tables() -> ReferenceData:
    return load_reference(resources.path("reference"))


def complete(**changes: object) -> FormState:
    values = {
        "anonymous": False,
        "confidential": False,
        "reporter_name": "Siti Rahmah",
        "statement": "Lampu jalan padam di Gg. Karya Baru.",
    }
    return FormState(**(values | changes))  # type: ignore[arg-type]  # the tests name real fields


def look(state: FormState, tables: ReferenceData) -> Review:
    return review(state, today=TODAY, reference=tables, office=OFFICE)


@given(states)
def test_a_draft_gives_back_every_key_that_was_typed(state: FormState) -> None:
    kept = json.loads(json.dumps(state.to_draft(), ensure_ascii=False).encode())
    assert FormState.from_draft(kept) == state


def test_half_a_surrogate_pair_does_not_keep_a_draft_from_the_disk() -> None:
    draft = FormState(statement="lampu \ud83d padam").to_draft()
    assert json.dumps(draft, ensure_ascii=False).encode()
    assert draft["statement"] == "lampu ? padam"


@given(st.dictionaries(st.sampled_from([*asdict(FormState()), "lama"]), st.none() | st.integers() | st.booleans()))
def test_a_draft_of_another_program_is_read_as_far_as_it_fits(draft: dict[str, object]) -> None:
    state = FormState.from_draft(draft)
    assert isinstance(state.statement, str)
    assert isinstance(state.resident, bool)
    assert state.anonymous in (None, True, False)


@given(states)
def test_a_review_never_fails_and_its_sentences_belong_to_fields_of_the_form(state: FormState) -> None:
    found = look(state, TABLES)
    assert set(found.errors) <= set(FIELD_WORDS)
    assert set(found.warnings) <= set(FIELD_WORDS)
    assert not set(found.errors) & set(found.warnings)
    assert set(found.missing) <= set(found.errors)
    assert (found.first_error() is None) == (not found.errors)


TABLES = load_reference(resources.path("reference"))


def test_an_empty_form_misses_both_questions_the_name_and_the_statement(tables: ReferenceData) -> None:
    found = look(FormState(), tables)
    assert found.missing == ("anonymous", "confidential", "reporter_name", "statement")
    assert found.errors["confidential"] == "Belum dipilih. Tanyakan kepada pelapor."
    assert what_is_left(found)[0] == "Empat isian belum diisi:"


def test_one_open_question_is_named_in_the_foot(tables: ReferenceData) -> None:
    assert what_is_left(look(complete(confidential=None), tables)) == (
        "Satu isian belum dipilih:",
        "apakah isi boleh dibaca umum?",
    )


def test_a_complete_form_is_an_intake_and_nothing_is_left(tables: ReferenceData) -> None:
    found = look(complete(event_date="27/7", rt_rw="12/3", category="PJU", resident=False, channel="telepon"), tables)
    assert not found.errors
    assert what_is_left(found) == ("", "")
    assert found.intake.event_date == date(2026, 7, 27)
    assert found.intake.received_date == TODAY
    assert (found.intake.rt, found.intake.rw) == ("012", "003")
    assert (found.intake.category, found.intake.agency) == ("PJU", "DISHUB")
    assert found.intake.channel is Channel.PHONE
    assert found.intake.classification is Classification.COMPLAINT
    assert found.intake.resident is False
    assert found.intake.title == "Lampu jalan padam di Gg. Karya Baru"


def test_the_kecamatan_of_the_office_is_proposed_where_a_category_belongs_to_the_kecamatan(
    tables: ReferenceData,
) -> None:
    code = next(code for code, category in tables.categories.items() if category.default_agency == "KEC")
    agency = look(complete(category=code), tables).intake.agency
    assert "Banjarmasin Utara" in tables.agencies[agency].name


def test_the_kecamatan_of_the_place_is_meant_where_that_is_another_one(tables: ReferenceData) -> None:
    code = next(code for code, category in tables.categories.items() if category.default_agency == "KEC")
    there = next(office for office in tables.offices.values() if office.district == "Banjarmasin Selatan")
    intake = look(complete(category=code, location_office=there.code), tables).intake
    assert intake.location_office == there.code
    assert "Banjarmasin Selatan" in tables.agencies[intake.agency].name
    assert look(complete(location_office=OFFICE), tables).intake.location_office == ""


def test_urgent_is_said_by_a_person(tables: ReferenceData) -> None:
    assert look(complete(), tables).intake.priority is Priority.NORMAL
    assert look(complete(urgent=True), tables).intake.priority is Priority.URGENT


@pytest.mark.parametrize(
    ("changes", "field", "word"),
    [
        ({"event_date": "31/6"}, "event_date", "Juni"),
        ({"event_date": "kemarin"}, "event_date", "3/8"),
        ({"received_date": "3/9/2062"}, "received_date", "belum"),
        ({"rt_rw": "abc"}, "rt_rw", "12/3"),
        ({"rt_rw": "12/1000"}, "rt_rw", "999"),
        ({"category": "TIDAK_ADA"}, "category", "daftar"),
        ({"event_date": "3/8", "received_date": "1/8"}, "event_date", "sesudah"),
        ({"reporter_name": "x" * 301}, "reporter_name", "panjang"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    changes: dict[str, str], field: str, word: str, tables: ReferenceData
) -> None:
    found = look(complete(**changes), tables)
    assert word in found.errors[field]
    assert found.missing == ()
    assert what_is_left(found) == ("Perlu diperbaiki:", f"{FIELD_WORDS[field]}.")


def test_an_identity_number_only_ever_warns(tables: ReferenceData) -> None:
    found = look(complete(reporter_nik="6371994508870003", reporter_phone="6371034508870003"), tables)
    assert not found.errors
    assert "637199" in found.warnings["reporter_nik"]
    assert "NIK" in found.warnings["reporter_phone"]


def test_a_named_person_is_pointed_out_until_the_content_is_confidential(tables: ReferenceData) -> None:
    text = "Pak Rahmadi membakar sampah."
    assert "Pak Rahmadi" in look(complete(statement=text), tables).warnings["statement"]
    assert "statement" not in look(complete(statement=text, confidential=True), tables).warnings


def test_a_draft_of_yesterday_was_received_yesterday() -> None:
    yesterday = date(2026, 8, 2)
    assert received_on(complete(), yesterday, TODAY).received_date == "2 Agustus 2026"
    assert received_on(complete(), TODAY, TODAY).received_date == ""
    assert received_on(complete(received_date="1/8"), yesterday, TODAY).received_date == "1/8"


def test_a_form_is_called_by_the_best_name_it_has() -> None:
    assert FormState(title="Judul", statement="Isi.").heading() == "Judul"
    assert FormState(statement="Sampah menumpuk. Bau.").heading() == "Sampah menumpuk"
    assert FormState(reporter_name="Siti").heading() == "Siti"
    assert FormState().heading() == "Belum berjudul"
