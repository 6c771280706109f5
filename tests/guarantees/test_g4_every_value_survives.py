"""G4: every value that a person submitted stays: in the record, in its history, or as a side of a conflict.

That merge.py loses nothing, whatever the three values, is proved in `sync/test_merge.py`.
"""

import json

import pytest

from kelurahan_client.domain.complaint import Priority
from kelurahan_client.domain.fields import EDITABLE
from kelurahan_client.services import deciding

OWN = {  # where two words of ours would not do
    "classification": ("pengaduan", "aspirasi"),
    "event_date": ("2026-08-01", "2026-08-02"),
    "reporter_sex": ("L", "P"),
    "reporter_nik": ("6371041708900001", "6371045708900002"),
    "reporter_phone": ("081251230001", "081251230002"),
    "rt": ("001", "002"),
    "rw": ("003", "004"),
    "resident": (False, False),
    "anonymous": (True, False),
    "confidential": (True, False),
    "category": ("", ""),
    "agency": ("DLH", "DPUPR"),
    "priority": (Priority.URGENT, Priority.NORMAL),
}


def values(name, codes):
    if name == "category":
        return codes[:2]
    if name == "agency":
        return codes[2:4]
    return OWN.get(name, (f"{name} dari satu", f"{name} dari dua"))


@pytest.fixture
def contested(shared_central, make_desk, offices):
    """A complaint whose every field two desks have written differently while apart, and what they wrote."""
    office = next(offices)
    one, two = make_desk(shared_central, office, "A"), make_desk(shared_central, office, "B")
    reference = one.desk.reference
    codes = [*list(reference.categories)[:2], *list(reference.agencies)[:2]]
    places = [next(offices), next(offices)]
    made = one.register(anonymous=None, confidential=None)
    one.exchange()
    two.exchange()
    written = []
    for at, desk in enumerate((one, two)):
        for name in EDITABLE:
            value = places[at] if name == "location_office" else values(name, codes)[at]
            before = getattr(desk.complaint(made.id), name)
            after = getattr(desk.edit(made.id, **{name: value}), name)
            if after != before:
                written.append((name, json.loads(json.dumps(after, default=str))))
    return one, two, made, written


def kept(central, id_):
    """Everything that the centre has of a complaint's values: (field, value)."""
    (record,) = central.sql("SELECT body FROM record WHERE id = :id", id=id_)
    found = [*json.loads(record["body"]).items()]
    for row in central.sql("SELECT field, was, value FROM history WHERE record = :id AND field <> ''", id=id_):
        found += [(row["field"], json.loads(row[part])) for part in ("was", "value")]
    for row in central.sql("SELECT body FROM record WHERE parent = :id AND type = 'conflict'", id=id_):
        body = json.loads(row["body"])
        found += [(body["field"], side["value"]) for side in body["sides"]]
    return found


def test_of_every_field_both_values_stay_and_every_desk_sees_the_quarrel(shared_central, contested):
    one, two, made, written = contested
    assert {name for name, _value in written} == {*EDITABLE}
    for desk in (one, two, one):
        assert desk.exchange().rejected == 0
    found = kept(shared_central, made.id)
    assert [each for each in written if each not in found] == []
    for desk in (one, two):
        shown = {conflict.field: [side["value"] for side in conflict.body["sides"]] for conflict in desk.conflicts()}
        for name in ("title", "statement", "location", "reporter_name", "reporter_nik"):
            assert {value for field, value in written if field == name} == {*shown[name]}


def test_after_every_quarrel_is_decided_the_values_that_lost_are_still_there(shared_central, contested):
    one, two, made, written = contested
    for desk in (one, two, one):
        desk.exchange()
    for conflict in one.conflicts(made.id):
        deciding.take_side(one.desk, conflict.id, conflict.body["sides"][0]["id"], "Ditanyakan kepada pelapor.")
    for desk in (one, two):
        assert desk.exchange().rejected == 0
        assert desk.conflicts() == []
    found = kept(shared_central, made.id)
    assert [each for each in written if each not in found] == []
