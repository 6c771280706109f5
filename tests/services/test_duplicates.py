"""Likely duplicates: same matter at the same place first, other places and old ones behind, chance not at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.complaint import Status
from kelurahan_client.services import duplicates, handling
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.duplicates import Likeness, Typed, compare, rank
from kelurahan_client.store.resembling import Candidate
from tests.desk_making import MANY, register

TODAY = date(2026, 8, 3)
LAMP = Candidate(
    id="1",
    reference="0403A-26-00446-F",
    title="Lampu jalan padam di Gg. Karya Baru RT 12",
    statement="Lampu jalan di Gg. Karya Baru RT 12 padam sejak seminggu, gelap sekali.",
    location="Gg. Karya Baru",
    rt="012",
    rw="003",
    category="PJU",
    status=Status.REFERRED,
    received_date=TODAY - timedelta(days=13),
    resolved_on=None,
    confidential=False,
)


def alike(typed: Typed, **changes: object) -> float:
    found = compare(typed, replace(LAMP, **changes), TODAY)  # type: ignore[arg-type]  # fields by name
    return found.score if found else 0.0


@pytest.mark.parametrize(
    "typed",
    [
        Typed(statement="lampu jln padam di gang karya baru rt.012"),
        Typed(statement="Lampuu jalan mati, gelap", location="gg karya baru"),
        Typed(title="PJU padam", statement="Lampu padam", location="Karya Baru", rt="012", category="PJU"),
    ],
)
def test_the_same_in_other_words_and_another_spelling_is_very_alike(typed: Typed) -> None:
    found = compare(typed, LAMP, TODAY)
    assert found is not None
    assert found.likeness is Likeness.VERY


def test_the_reasons_are_told_and_the_shared_words_marked() -> None:
    found = compare(Typed(statement="Lampu padam di Gg. Karya Baru RT 12", category="PJU"), LAMP, TODAY)
    assert found is not None
    assert found.because == ("tempat sama", "RT 12 sama", "kategori sama")
    marked = [text for text, shared in found.pieces if shared and text.strip()]
    assert marked == ["Lampu", "padam", "Gg.", "Karya", "Baru", "RT", "12"]


def test_another_matter_at_the_same_place_is_none() -> None:
    assert alike(Typed(statement="Sampah menumpuk", location="Gg. Karya Baru", rt="012")) == 0


def test_the_same_matter_at_another_place_is_never_very_alike() -> None:
    here = compare(Typed(statement="Lampu jalan padam", location="Gg. Karya Baru", rt="012"), LAMP, TODAY)
    there = compare(Typed(statement="Lampu jalan padam", location="Gg. Melati Baru", rt="003"), LAMP, TODAY)
    assert here is not None
    assert there is not None
    assert here.likeness is Likeness.VERY
    assert there.likeness is Likeness.RATHER
    assert there.score < here.score


def test_a_few_words_are_rather_alike_where_the_place_is_the_same() -> None:
    typed = Typed(statement="Lampu jalan padam di Gg. Karya Baru")
    found = compare(typed, replace(LAMP, title="Tiga lampu mati di Gg. Karya Baru ujung", statement=""), TODAY)
    assert found is not None
    assert found.likeness in {Likeness.RATHER, Likeness.VERY}


def test_one_common_word_is_not_worth_a_hint() -> None:
    elsewhere = replace(
        LAMP, title="Sampah hanyut menutup saluran depan sekolah", statement="", location="", rt="", category=""
    )
    assert compare(Typed(statement="Sampah menumpuk di pasar"), elsewhere, TODAY) is None


def test_the_same_category_counts_and_another_counts_against() -> None:
    typed = Typed(statement="Lampu padam di tiang ketiga", location="Karya Baru")
    same, open_, other = (alike(replace(typed, category=code)) for code in ("PJU", "", "SAMPAH"))
    assert other < open_ <= same


def test_what_ended_counts_less_the_longer_ago() -> None:
    typed = Typed(statement="Lampu jalan padam gelap")

    def score(**changes: object) -> float:
        return alike(typed, **{"location": "", "title": "Lampu jalan padam", "statement": "", "rt": "", **changes})

    ends = [TODAY - timedelta(days=days) for days in (0, 90, 400)]
    scores = [score(), *(score(status=Status.RESOLVED, resolved_on=day) for day in ends)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4
    assert score(received_date=date(2020, 1, 1)) == scores[0]


def test_of_equals_the_newest_comes_first() -> None:
    older = replace(LAMP, id="2", received_date=TODAY - timedelta(days=40))
    found = rank(Typed(statement="Lampu jalan padam", location="Gg. Karya Baru"), [older, LAMP], TODAY)
    assert [one.candidate.id for one in found] == ["1", "2"]


@MANY
@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["", "Gg. Mawar", "12/3"]))
def test_the_pieces_are_the_title_whatever_was_typed(typed: str, title: str, place: str) -> None:
    found = compare(Typed(statement=typed, location=place), replace(LAMP, title=title, statement=typed), TODAY)
    if found is not None:
        assert "".join(text for text, _shared in found.pieces) == title
        assert 0 < found.score <= 100


def add_streets(desk: Desk, what: str, streets: Sequence[str]) -> None:
    for street in streets:
        register(desk, title=f"{what} di {street}", statement=f"{what} di {street} sejak lama.", location=street)


def test_the_index_finds_the_one_among_many_of_common_words(desk: Desk) -> None:
    add_streets(desk, "Lampu jalan padam", [f"Gg. Melati {number}" for number in range(60)])
    wanted = register(desk, title="Lampu jalan padam", statement="Lampu jalan padam", location="Gg. Karya Baru")
    add_streets(desk, "Sampah menumpuk", [f"Gg. Karya Baru {number}" for number in range(60)])
    found = duplicates.similar(desk, Typed(statement="lampu padam, jalan gelap", location="Karya Baru"))
    assert found[0].candidate.id == wanted.id
    assert found[0].likeness is Likeness.VERY


def test_a_changed_status_is_seen(desk: Desk) -> None:
    complaint = register(desk, title="Lampu jalan padam", location="Gg. Karya Baru")
    handling.transition(desk, complaint.id, Status.ARCHIVED, "Bukan pengaduan.")
    (found,) = duplicates.similar(desk, Typed(statement="Lampu jalan padam", location="Gg. Karya Baru"))
    assert found.candidate.status is Status.ARCHIVED
    assert found.candidate.status not in duplicates.JOINABLE
