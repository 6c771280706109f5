"""The conflict rules as laws: a value for everything, nothing lost, order without meaning where it must have none."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.complaint import Complaint, Priority, Status
from kelurahan_client.domain.fields import EDITABLE, SHARED_FIELDS
from kelurahan_client.domain.status import leads_to, steps_from
from sync.merge import POLICIES, Merged, Policy, Verdict, merge_field, merge_fields, merge_status, policy, rebase
from tests.desk_making import MANY

anything = (
    st.none()
    | st.booleans()
    | st.sampled_from(["", "a", "b", "received", "verified", "closed", "mendesak", "biasa"])
    | st.integers(0, 3)
    | st.lists(st.sampled_from("ab"), max_size=2)
)
fields = st.sampled_from([*SHARED_FIELDS, "a_field_of_a_newer_program"])
choices = st.sampled_from([None, True, False])
priorities = st.sampled_from([str(value) for value in Priority])
statuses = st.sampled_from([str(value) for value in Status])


@MANY
@given(field=fields, was=anything, server=anything, desk=anything)
def test_there_is_a_value_for_everything_and_nothing_is_lost(field: str, was: Any, server: Any, desk: Any) -> None:
    merged = merge_field(field, was, server, desk)
    assert merged.value in (server, desk)
    kept = [merged.value, *merged.losers]
    assert server in kept
    assert desk in kept or desk == was  # what the person left as it was, nobody wrote


@MANY
@given(field=fields, was=anything, server=anything, desk=anything)
def test_a_merge_done_again_changes_nothing(field: str, was: Any, server: Any, desk: Any) -> None:
    first = merge_field(field, was, server, desk)
    assert merge_field(field, was, first.value, first.value) == Merged(first.value, Verdict.SAME)
    again = merge_field(field, was, first.value, desk)
    assert again.value == first.value


@MANY
@given(field=fields, was=anything, value=anything)
def test_the_desks_change_stands_where_nobody_else_wrote(field: str, was: Any, value: Any) -> None:
    merged = merge_field(field, was, was, value)
    if value == was:
        assert merged == Merged(was, Verdict.SAME)
    elif policy(field) is Policy.FIXED:
        assert merged == Merged(was, Verdict.REFUSED, (value,))
    else:
        assert merged == Merged(value, Verdict.DESK, (was,))


@MANY
@given(field=fields, was=anything, server=anything)
def test_what_the_desk_did_not_change_stays_as_the_centre_has_it(field: str, was: Any, server: Any) -> None:
    assert merge_field(field, was, server, was) == Merged(server, Verdict.SAME)


def in_turn(field: str, was: Any, values: tuple[Any, ...]) -> Any:
    """What stands at the centre after desks that all saw `was` have sent their values one after the other."""
    server = was
    for value in values:
        server = merge_field(field, was, server, value).value
    return server


@MANY
@given(field=st.sampled_from(["anonymous", "confidential"]), was=choices, values=st.lists(choices, min_size=1))
def test_of_differing_choices_the_safest_stands_in_any_order(field: str, was: Any, values: list[Any]) -> None:
    changed = [value for value in values if value is not was]
    ends = {in_turn(field, was, order) for order in itertools.permutations(values[:4])}
    assert len(ends) == 1
    if len(set(map(str, changed[:4]))) > 1 and True in changed[:4] and len(values) <= 4:
        assert ends == {True}


@MANY
@given(was=priorities, values=st.lists(priorities, min_size=1, max_size=4))
def test_of_differing_priorities_the_higher_stands_in_any_order(was: str, values: list[str]) -> None:
    assert len({in_turn("priority", was, order) for order in itertools.permutations(values)}) == 1


@pytest.mark.parametrize("field", ["anonymous", "confidential"])
@pytest.mark.parametrize(
    ("server", "desk", "stands"),
    [
        (True, False, True),
        (False, True, True),
        (True, None, True),
        (None, True, True),
        (None, False, None),
        (False, None, None),
    ],
)
def test_a_choice_is_only_ever_made_stricter_by_a_merge(field: str, server: Any, desk: Any, stands: Any) -> None:
    was = next(value for value in (None, True, False) if value not in (server, desk))
    merged = merge_field(field, was, server, desk)
    assert merged.value is stands
    assert merged.verdict is Verdict.SAFER
    assert merged.losers == ((desk,) if stands is server else (server,))


def test_one_is_not_true() -> None:
    # Python holds 1 and True for equal; a field of a newer program may hold numbers, and they must not be mixed up.
    assert merge_field("anonymous", None, None, False).value is False


def test_a_raised_urgency_stays() -> None:
    assert merge_field("priority", "", "mendesak", "biasa") == Merged("mendesak", Verdict.SAFER, ("biasa",))
    assert merge_field("priority", "", "biasa", "mendesak") == Merged("mendesak", Verdict.SAFER, ("biasa",))
    assert merge_field("priority", "", "luar_biasa", "biasa") == Merged("biasa", Verdict.SAFER, ("luar_biasa",))


@MANY
@given(server=statuses, desk=statuses)
def test_of_two_steps_it_does_not_matter_who_came_first_unless_a_person_decides(server: str, desk: str) -> None:
    if server == desk:
        return
    one, other = merge_status(server, desk), merge_status(desk, server)
    assert (one.verdict is Verdict.CONFLICT) == (other.verdict is Verdict.CONFLICT)
    if one.verdict is not Verdict.CONFLICT:
        assert one.value == other.value
        (loser,) = one.losers
        assert leads_to(Status(loser), Status(one.value))
    else:
        assert one == Merged(server, Verdict.CONFLICT, (desk,))


@MANY
@given(was=statuses, server=statuses, desk=statuses)
def test_what_ended_never_opens_again_by_a_merge(was: str, server: str, desk: str) -> None:
    if server not in ("resolved", "closed") or was == server:
        return
    assert merge_field("status", was, server, desk).value in {server, "closed"}


@pytest.mark.parametrize(
    ("server", "desk", "stands", "verdict"),
    [
        ("in_progress", "resolved", "resolved", Verdict.DESK),
        ("resolved", "in_progress", "resolved", Verdict.SERVER),
        ("verified", "in_progress", "in_progress", Verdict.DESK),
        ("referred", "verified", "referred", Verdict.SERVER),
        ("resolved", "closed", "closed", Verdict.DESK),
        ("closed", "resolved", "closed", Verdict.SERVER),
        ("in_progress", "referred", "in_progress", Verdict.CONFLICT),
        ("referred", "in_progress", "referred", Verdict.CONFLICT),
        ("on_hold", "verified", "on_hold", Verdict.CONFLICT),
        ("archived", "verified", "archived", Verdict.SERVER),
        ("archived", "out_of_jurisdiction", "archived", Verdict.CONFLICT),
        ("a_status_of_later", "verified", "a_status_of_later", Verdict.CONFLICT),
        ("verified", None, "verified", Verdict.CONFLICT),
    ],
)
def test_examples_of_two_steps(server: Any, desk: Any, stands: str, verdict: Verdict) -> None:
    merged = merge_field("status", "received", server, desk)
    assert (merged.value, merged.verdict) == (stands, verdict)
    assert set(merged.losers) == {server, desk} - {stands}


@pytest.mark.parametrize("field", [name for name, rule in POLICIES.items() if rule is Policy.FIXED])
def test_a_fixed_field_never_moves(field: str) -> None:
    for server in ("a", "b"):
        merged = merge_field(field, "a", server, "c")
        assert merged == Merged(server, Verdict.REFUSED, ("c",))


def test_two_people_in_one_field_and_in_two() -> None:
    merged = merge_fields(
        {"title": "Lampu", "location": "", "note": "", "reporter_name": "Siti"},
        {"title": "Lampu jalan", "location": "", "note": "Sudah dicek", "reporter_name": "Aminah", "rt": "012"},
        {"title": "Lampu gang", "location": "Muka Langgar", "reporter_name": "Aminah"},
    )
    assert merged == {
        "title": Merged("Lampu jalan", Verdict.CONFLICT, ("Lampu gang",)),
        "location": Merged("Muka Langgar", Verdict.DESK, ("",)),
        "reporter_name": Merged("Aminah", Verdict.SAME),
    }


@pytest.mark.parametrize(("value", "empty"), [("Muka Langgar", ""), (["a"], []), (True, None), (7, None)])
def test_a_name_that_nobody_ever_filled_counts_as_empty(value: Any, empty: Any) -> None:
    assert merge_fields({}, {}, {"later": value}) == {"later": Merged(value, Verdict.DESK, (empty,))}


def test_every_field_has_its_policy_as_the_table_says() -> None:
    assert {name for name in SHARED_FIELDS if policy(name) is Policy.SAFER} == {
        "anonymous",
        "confidential",
        "priority",
    }
    assert policy("status") is Policy.STATUS
    for name in "reporter_name reporter_nik title statement location category agency due_date rt rw note".split():
        assert policy(name) is Policy.PERSON
    for name in "reference office desk received_date channel recorded_at".split():
        assert policy(name) is Policy.FIXED
    assert policy("a_field_of_a_newer_program") is Policy.PERSON


def test_what_a_desk_may_edit_the_centre_does_not_refuse() -> None:
    assert [name for name in EDITABLE if policy(name) is Policy.FIXED] == []


def test_steps_of_one_desk_in_a_row_are_never_a_conflict() -> None:
    for start in Status:
        for first in steps_from(start):
            for second in steps_from(first.to):
                at_centre = merge_field("status", str(start), str(start), str(first.to))
                assert at_centre.value == first.to
                after = merge_field("status", str(first.to), at_centre.value, str(second.to))
                assert after.value == second.to


@MANY
@given(
    server=st.dictionaries(st.sampled_from("abcd"), anything),
    pending=st.lists(st.dictionaries(st.sampled_from("abcd"), anything), max_size=4),
)
def test_a_desk_shows_its_newest_word_over_the_centres(server: dict[str, Any], pending: list[dict[str, Any]]) -> None:
    before = dict(server)
    shown = rebase(server, pending)
    assert server == before
    for name in shown:
        written = [changes[name] for changes in pending if name in changes]
        assert shown[name] == (written[-1] if written else server[name])
    assert rebase(shown, pending) == shown


def test_policies_name_only_fields_that_exist() -> None:
    assert set(POLICIES) <= set(Complaint.__dataclass_fields__)
