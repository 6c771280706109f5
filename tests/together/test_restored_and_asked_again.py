"""A centre goes on from its backup: files whose bytes it has lost, questions that it asks again or has forgotten."""

from datetime import timedelta

import pytest

from kelurahan_client.domain.complaint import Status
from kelurahan_client.services import deciding
from tests.together.laws import the_same_is_held
from tests.together.photos import at_the_centre, attach, photo


@pytest.mark.parametrize("heard", [True, False], ids=["its owner heard that it had come", "its owner only sent it"])
def test_a_file_that_a_colleague_gives_back_by_name_comes_from_who_has_its_bytes(city, heard):
    owner, colleague = city.desk("A"), city.desk("B")
    saved = city.backup()
    made = owner.register(title="Setelah cadangan")
    content = photo(700, 1)
    file = attach(owner, made, content)
    owner.exchange()
    if heard:
        owner.exchange()
    colleague.exchange()
    city.restore(saved)
    colleague.exchange()  # it knows the file, and has never fetched it
    assert at_the_centre(city.central, file.sha256) is None
    owner.exchange()
    assert at_the_centre(city.central, file.sha256) == content
    city.agree()


def test_a_file_comes_again_from_who_has_forgotten_that_it_sent_it(city):
    """Its words are in a verified backup, so they are told no more; the one that is restored is an older one."""
    owner, colleague = city.desk("A"), city.desk("B")
    old = city.backup()
    content = photo(700, 3)
    file = attach(owner, owner.register(title="Lama"), content)
    for number in range(3):
        owner.register(title=f"Sesudahnya {number}")
    for desk in (owner, owner, colleague):
        desk.exchange()
    city.backup()
    owner.clock.at += timedelta(days=400)
    owner.exchange()
    owner.register(title="Baru")
    owner.exchange()
    city.restore(old)
    colleague.exchange()
    assert at_the_centre(city.central, file.sha256) is None
    owner.exchange()
    assert at_the_centre(city.central, file.sha256) == content


def test_a_file_on_a_complaint_that_has_gone_elsewhere_comes_from_who_attached_it(city):
    owner, theirs = city.desk("A"), city.desk("A", city.elsewhere)
    saved = city.backup()
    made = theirs.register(title="Setelah cadangan", location_office=city.office)
    theirs.exchange()
    owner.exchange()
    content = photo(700, 2)
    file = attach(owner, made, content)
    owner.exchange()
    theirs.exchange()
    theirs.edit(made.id, location_office=city.elsewhere)
    for desk in (theirs, owner):
        desk.exchange()
    assert made.id not in owner.listed()
    city.restore(saved)
    for desk in (theirs, owner):
        desk.exchange()
    assert at_the_centre(city.central, file.sha256) == content
    city.agree()


def test_a_question_that_a_restored_centre_asks_again_is_one_question(city):
    one, two = city.desk("A"), city.desk("B")
    made = one.register(title="Sebelum cadangan")
    one.exchange()
    two.exchange()
    saved = city.backup()
    one.edit(made.id, title="Dari A")
    two.edit(made.id, title="Dari B")
    for desk in (one, two, one):
        desk.exchange()
    assert len(one.conflicts()) == len(two.conflicts()) == 1
    city.restore(saved)
    for desk in (one, two, one, two):
        desk.exchange()
    assert len(one.conflicts()) == len(two.conflicts()) == 1
    deciding.take_side(one.desk, one.conflicts()[0].id, "1")
    city.agree()
    assert one.conflicts() == two.conflicts() == []


def test_a_question_that_was_asked_again_and_decided_meanwhile_is_none_for_who_comes_later(city):
    one, two, late = city.desk("A"), city.desk("B"), city.desk("C")
    made = one.register(title="Sebelum cadangan")
    for desk in city.desks:
        desk.exchange()
    saved = city.backup()
    one.edit(made.id, title="Dari A")
    two.edit(made.id, title="Dari B")
    for desk in (one, two, one, late):
        desk.exchange()
    assert len(late.conflicts()) == 1
    city.restore(saved)
    for desk in (one, two, one):
        desk.exchange()
    deciding.take_side(one.desk, one.conflicts()[0].id, "1")
    one.exchange()
    late.exchange()
    assert late.conflicts() == []
    city.agree()


def test_a_step_that_a_decision_made_is_given_back_although_it_is_none_of_the_rules(city):
    one, two, first = city.desk("A"), city.desk("B"), city.desk("C")
    made = one.register(title="Sebelum cadangan")
    for desk in city.desks:
        desk.exchange()
    saved = city.backup()
    one.step(made.id, Status.ARCHIVED, "Sudah lama")
    two.step(made.id, Status.OUT_OF_JURISDICTION, "Jalan provinsi")
    for desk in (one, two, one):
        desk.exchange()
    deciding.take_side(one.desk, one.conflicts()[0].id, "2", "Memang jalan provinsi")
    for desk in (one, two, first):
        desk.exchange()
    told = {line for line in city.told() if line[1] == "status_step"}
    assert len(told) == 3
    city.restore(saved)
    for desk in (first, one, two, first, one, two):
        assert desk.exchange().rejected == 0
    assert {line for line in city.told() if line[1] == "status_step"} == told
    for desk in city.desks:
        the_same_is_held(city.central.centre, desk.desk)


def test_a_question_that_only_this_desk_remembers_is_decided_like_an_edit(city):
    one, two = city.desk("A"), city.desk("B")
    made = one.register(title="Sebelum cadangan")
    one.exchange()
    two.exchange()
    saved, folder = city.backup(), city.copies.saved(two)
    one.edit(made.id, title="Dari A")
    two.edit(made.id, title="Dari B")
    for desk in (one, two, one):
        desk.exchange()
    (asked,) = one.conflicts()
    (side,) = [side["id"] for side in asked.body["sides"] if side["value"] == "Dari B"]
    city.restore(saved)
    city.copies.put_back(two, folder)  # nobody sends the other value again
    one.exchange()
    the_same_is_held(city.central.centre, one.desk)  # a question that the centre has lost is nothing that it holds
    assert [question.id for question in one.conflicts()] == [asked.id]
    deciding.take_side(one.desk, asked.id, side)
    assert one.exchange().rejected == 0
    city.agree()
    assert [line["title"] for line in city.held().values()] == ["Dari B"]
    assert one.conflicts() == two.conflicts() == []
