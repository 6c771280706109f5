"""A restored centre has lost a conflict, and who wrote a side of it is gone: a colleague who saw it gives it back."""

import json

import pytest

from kelurahan_client.services import deciding


@pytest.fixture
def known(city):
    """A complaint that the backup has, with desks A, B and C."""
    desks = [city.desk(letter) for letter in "ABC"]
    made = desks[0].register(title="Sebelum cadangan")
    for desk in desks:
        desk.exchange()
    return made, *desks


def quarrel(made, *said):
    """These desks write different titles while apart; the first stands, and everybody hears of it."""
    for desk, value in said:
        desk.edit(made.id, title=value)
    for desk, _ in (*said, *said):
        desk.exchange()


def questions(city, made):
    """The conflicts at the centre: state, and who said what."""
    rows = city.central.sql("SELECT body FROM record WHERE type = 'conflict' AND parent = :id", id=made.id)
    bodies = [json.loads(row["body"]) for row in rows]
    return [(body["state"], {(one["value"], one["actor"], one["desk"]) for one in body["sides"]}) for body in bodies]


def test_a_side_of_a_desk_that_is_gone_is_asked_again_with_who_wrote_it(city, known):
    made, gone, other, left = known
    saved = city.backup()
    quarrel(made, (other, "Satu"), (gone, "Dua"))
    left.exchange()
    city.restore(saved)
    city.withdraw(gone, "A")
    for desk in (other, left, other):
        assert desk.exchange().rejected == 0
    sides = {("Satu", "Petugas B", "B"), ("Dua", "Petugas A", "A")}
    assert questions(city, made) == [("open", sides)]
    fresh = city.desk("D")
    for desk in (other, left, fresh):
        assert desk.exchange().sent == 0
        (question,) = desk.conflicts()
        assert {(one["value"], one["actor"], one["desk"]) for one in question.body["sides"]} == sides
    deciding.write_value(fresh.desk, question.id, "Tiga", "Sudah ditanyakan")
    city.agree()
    assert city.held()[made.id]["title"] == "Tiga"
    assert [desk.conflicts() for desk in city.desks] == [[], [], []]
    assert questions(city, made) == [("resolved", sides)]


def test_a_conflict_that_was_decided_by_who_is_gone_comes_back_decided(city, known):
    made, gone, other, left = known
    saved = city.backup()
    quarrel(made, (other, "Satu"), (gone, "Dua"))
    (question,) = gone.conflicts()
    deciding.take_side(gone.desk, question.id, question.body["sides"][0]["id"], "Sudah ditanyakan")
    gone.exchange()
    other.exchange()
    left.exchange()
    city.restore(saved)
    city.withdraw(gone, "A")
    for desk in (left, other, left):
        assert desk.exchange().rejected == 0
    ((state, sides),) = questions(city, made)
    assert (state, {value for value, _, _ in sides}) == ("resolved", {"Satu", "Dua"})
    city.agree()
    assert left.conflicts() == other.conflicts() == []
    fresh = city.desk("D")
    assert "Sudah ditanyakan" in fresh.told(made.id, "edit")


def test_what_was_decided_here_is_not_asked_again(city, known):
    made, gone, other, left = known
    saved = city.backup()
    quarrel(made, (other, "Satu"), (gone, "Dua"))
    left.exchange()
    (question,) = left.conflicts()
    city.restore(saved)
    deciding.take_side(left.desk, question.id, question.body["sides"][0]["id"], "Sudah ditanyakan")
    city.withdraw(gone, "A")
    for desk in (left, other, left, other):
        assert desk.exchange().rejected == 0
    ((state, sides),) = questions(city, made)
    assert (state, {value for value, _, _ in sides}) == ("resolved", {"Satu", "Dua"})
    city.agree()
    assert left.conflicts() == other.conflicts() == []


def test_a_side_that_came_after_the_backup_comes_back_to_the_question_that_it_has(city, known):
    made, gone, other, left = known
    quarrel(made, (left, "Satu"), (other, "Dua"))
    gone.edit(made.id, title="Tiga")
    saved = city.backup()
    gone.exchange()
    left.exchange()
    city.restore(saved)
    city.withdraw(gone, "A")
    for desk in (left, other, left):
        assert desk.exchange().rejected == 0
    ((state, sides),) = questions(city, made)
    assert (state, {value for value, _, _ in sides}) == ("open", {"Satu", "Dua", "Tiga"})
    assert [desk.exchange().sent for desk in (other, left)] == [0, 0]
