"""Schemas: what one says in the words of the next and back, for anything that anybody may have written."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.framing import encode_line
from sync.protocol import SCHEMA, Mutation, Op, RecordType
from sync.schemas import STEPS, Step, downcast, lowered, raised, read_mutation, upcast


def renamed(old: str, new: str) -> Any:
    def change(type_: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        if type_ == RecordType.CONFLICT and values.get("field") == old:
            return {**values, "field": new}
        if type_ != RecordType.COMPLAINT or old not in values or new in values:
            return values
        return {new if name == old else name: value for name, value in values.items()}

    return change


def split(type_: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Whoever is anonymous has a reason to be from now on; a value of another type stays as it is."""
    if type_ != RecordType.COMPLAINT or not isinstance(values.get("anonymous"), bool) or "shield" in values:
        return values
    return {**{k: v for k, v in values.items() if k != "anonymous"}, "shield": {"on": values["anonymous"]}}


def joined(type_: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    shield = values.get("shield")
    if type_ != RecordType.COMPLAINT or not isinstance(shield, dict) or {*shield} != {"on"} or "anonymous" in values:
        return values
    return {**{k: v for k, v in values.items() if k != "shield"}, "anonymous": shield["on"]}


TWO = {
    1: Step(up=renamed("location", "place"), down=renamed("place", "location")),
    2: Step(up=split, down=joined),
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
    max_leaves=5,
)
# Names of the first schema, and of nobody; a record that has both names of a renamed field is not of one schema.
names = st.sampled_from(["location", "anonymous", "title", "field", "status", "x"]) | st.text(max_size=4)
fields = st.dictionaries(names, json_values, max_size=5)
types = st.sampled_from([*RecordType, "of_later"])
mutations = st.builds(
    Mutation,
    n=st.integers(1, 2**53),
    op=st.sampled_from([*Op]),
    type=types,
    id=st.text(max_size=8),
    set=fields,
    was=fields,
    schema=st.integers(-2, 9),
)
each_table = pytest.mark.parametrize("steps", [STEPS, TWO], ids=["ours", "two"])


def test_there_is_a_step_from_every_schema_to_the_next() -> None:
    assert [*STEPS] == [*range(1, SCHEMA)]


@each_table
@given(type_=types, values=fields)
def test_down_undoes_up(steps: Mapping[int, Step], type_: str, values: dict[str, Any]) -> None:
    assert lowered(type_, raised(type_, values, 1, steps), 1, steps) == values


@each_table
@given(mutation=mutations)
def test_every_mutation_of_every_schema_is_read_and_says_the_same(
    steps: Mapping[int, Step], mutation: Mutation
) -> None:
    newest = len(steps) + 1
    before = msgspec.json.encode(mutation)
    up = upcast(mutation, steps)
    assert msgspec.json.encode(mutation) == before  # pure: what was sent is as it was
    assert up.schema == max(newest, mutation.schema)
    same = msgspec.structs.replace(up, set=mutation.set, was=mutation.was, schema=mutation.schema)
    assert same == mutation
    assert upcast(up, steps) == up
    if mutation.schema >= newest:
        assert up == mutation  # of a newer program: not a word is touched
    if 1 <= mutation.schema < newest:
        assert downcast(up, mutation.schema, steps) == mutation
    unknown = {name for name in mutation.set if name not in ("location", "anonymous", "place", "shield")}
    assert unknown <= {*up.set}


@given(mutation=mutations)
def test_one_step_after_the_other_is_all_of_them(mutation: Mutation) -> None:
    one = {1: TWO[1]}
    if mutation.schema >= 2:
        return
    assert upcast(upcast(mutation, one), TWO) == upcast(mutation, TWO)


def test_a_renamed_field_in_every_place() -> None:
    patch = Mutation(1, Op.PATCH, "complaint", "i", set={"location": "b", "y": 1}, was={"location": "a"})
    up = upcast(patch, TWO)
    assert (up.set, up.was) == ({"place": "b", "y": 1}, {"place": "a"})
    decided = {"complaint": "i", "field": "location", "value": "b"}
    resolve = Mutation(1, Op.RESOLVE, "conflict", "c", set=decided, was={"location": "a"})
    up = upcast(resolve, TWO)
    assert (up.set["field"], up.was) == ("place", {"place": "a"})
    assert raised("follow_up", {"location": "a"}, 1, TWO) == {"location": "a"}


def test_a_line_that_names_no_schema_is_of_the_first() -> None:
    line = b'{"kind":"mutation","n":1,"op":"patch","type":"complaint","id":"i","set":{"location":"a"}}'
    read = msgspec.json.decode(line, type=Mutation)
    assert read.schema == 1
    assert upcast(read, TWO).set == {"place": "a"}
    assert read_mutation(line) == upcast(read)
    assert encode_line(msgspec.structs.replace(read, schema=2)).endswith(b'"schema":2}')
