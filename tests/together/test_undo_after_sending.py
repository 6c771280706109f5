"""A register book that was imported, sent, and taken back."""

import shutil
from pathlib import Path

import pytest

from kelurahan_client.services import importing
from tests.together.desk_at_work import held_by_the_centre, without

BOOK = Path(__file__).parents[1] / "paper_logs" / "belitung_selatan_2024.csv"


@pytest.fixture
def imported(shared_central, make_desk, office, tmp_path):
    """Two desks that both have a book that the first imported, and the import's id."""
    one, two = make_desk(shared_central, office, "A"), make_desk(shared_central, office, "B")
    book = shutil.copy(BOOK, tmp_path / "buku.csv")
    done = importing.run(one.desk, importing.plan(one.desk, importing.inspect(one.desk, Path(book))))
    assert done.accepted > 10
    one.exchange()
    two.exchange()
    assert len(one.listed()) == done.accepted
    assert one.listed() == two.listed()
    return one, two, done.import_id


def test_it_is_gone_at_both_desks_and_at_the_centre(shared_central, imported, office):
    one, two, import_id = imported
    undone = importing.undo(one.desk, import_id)
    outcome = one.exchange()
    assert (outcome.applied, outcome.merged) == (undone.removed, 0)
    assert two.exchange().received == undone.removed
    assert one.listed() == two.listed() == held_by_the_centre(shared_central, office) == {}
    before = two.dump()
    two.exchange()
    assert two.dump() == before


def test_what_somebody_has_worked_on_meanwhile_stays(shared_central, imported, office):
    one, two, import_id = imported
    edited, noted = list(two.listed())[:2]
    two.edit(edited, location="Muka pos ronda")
    two.follow_up(noted, "Ditelepon")
    two.exchange()
    undone = importing.undo(one.desk, import_id)  # this desk does not know of the work yet
    outcome = one.exchange()
    assert (outcome.applied, outcome.merged) == (undone.removed - 2, 2)
    two.exchange()
    one.exchange()
    assert set(one.listed()) == {edited, noted}
    assert one.listed() == two.listed()
    assert without(one.listed(), "sync_state") == held_by_the_centre(shared_central, office)
    assert one.complaint(edited).location == "Muka pos ronda"
    assert one.told(noted, "follow_up") == {"Ditelepon"}


def test_work_that_comes_after_the_undoing_brings_it_back(shared_central, imported, office):
    one, two, import_id = imported
    edited = next(iter(two.listed()))
    two.edit(edited, location="Muka pos ronda")
    importing.undo(one.desk, import_id)
    one.exchange()
    assert one.listed() == {}
    assert two.exchange().merged == 1
    one.exchange()
    assert set(one.listed()) == set(two.listed()) == {edited}
    assert one.listed() == two.listed()
    assert without(one.listed(), "sync_state") == held_by_the_centre(shared_central, office)
    assert one.complaint(edited).location == "Muka pos ronda"
