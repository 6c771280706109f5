"""The fields of one schema in the words of the next, and back: pure, total, the same at the desk and at the centre.

A mutation says in which schema it was written, and its bytes never change; whoever reads it raises it to the newest
schema known here. Records travel in the newest schema that both sides know: the centre lowers them for an older desk,
a desk raises those of an older centre.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

import msgspec

from sync.protocol import Mutation, RecordType

Values: TypeAlias = Mapping[str, Any]
Change: TypeAlias = Callable[[str, Values], Mapping[str, Any]]  # record type and fields -> fields


@dataclass(frozen=True, slots=True)
class Step:
    """What the next schema changes about the fields of a record type. Both ways are pure and total.

    A name that they do not speak of stays as it is, with whatever value, and `down(type, up(type, x)) == x` for every x
    of the older schema. The type `conflict` names a complaint's field in `field`.
    """

    up: Change
    down: Change


# Schema k -> how it becomes k + 1. Entries are only ever added, and `SCHEMA` is one more than there are.
STEPS: Mapping[int, Step] = MappingProxyType({})


def raised(type_: str, values: Values, schema: int, steps: Mapping[int, Step] = STEPS) -> Values:
    """Fields written in `schema`, in the newest one; of one that is newer than this program, as they are."""
    for k in range(max(1, schema), len(steps) + 1):
        values = steps[k].up(type_, values)
    return values


def lowered(type_: str, values: Values, schema: int, steps: Mapping[int, Step] = STEPS) -> Values:
    """Fields of the newest schema in the words of `schema`; what it does not know stays as it is."""
    for k in range(len(steps), max(1, schema) - 1, -1):
        values = steps[k].down(type_, values)
    return values


def upcast(mutation: Mutation, steps: Mapping[int, Step] = STEPS) -> Mutation:
    """The mutation in the newest schema; one that is as new, or newer, is given back as it is."""
    newest = len(steps) + 1
    if mutation.schema >= newest:
        return mutation
    set_, was = dict(mutation.set), dict(mutation.was)
    return msgspec.structs.replace(
        mutation,
        set=dict(raised(mutation.type, set_, mutation.schema, steps)),
        was=dict(raised(_type_of_was(mutation.type), was, mutation.schema, steps)),
        schema=newest,
    )


def downcast(mutation: Mutation, schema: int, steps: Mapping[int, Step] = STEPS) -> Mutation:
    """A mutation of the newest schema in the words of `schema`, for a centre that knows no newer one."""
    if schema >= mutation.schema:
        return mutation
    set_, was = dict(mutation.set), dict(mutation.was)
    return msgspec.structs.replace(
        mutation,
        set=dict(lowered(mutation.type, set_, schema, steps)),
        was=dict(lowered(_type_of_was(mutation.type), was, schema, steps)),
        schema=max(1, schema),
    )


def _type_of_was(type_: str) -> str:
    """A decision says in `was` what stood in the complaint, under the complaint's names."""
    return RecordType.COMPLAINT if type_ == RecordType.CONFLICT else type_


_mutations = msgspec.json.Decoder(Mutation)


def read_mutation(line: bytes) -> Mutation:
    """A mutation of any schema up to this program's, as this program speaks; raises msgspec.MsgspecError."""
    return upcast(_mutations.decode(line))
