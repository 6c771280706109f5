"""The items of a request as they are read: whole, of any schema, or no more than a number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from central_server.rules import Rejected
from sync.protocol import Mutation
from sync.schemas import upcast

_mutations: Final = msgspec.json.Decoder(Mutation)


class _Numbered(msgspec.Struct):
    """The least that an item must say, so that it can be kept and counted."""

    n: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a request.

    `mutation` is what it says in the words of this program's schema, None where no more than its number could be read;
    `sent` its fields as they were written, which say whether two mutations are the same words. `refused` is what the
    rules that need no database say against it: whatever it is, it is counted and kept. `whole` is the body of the
    record that a creation makes which they allow.
    """

    n: int
    id: str
    line: bytes
    mutation: Mutation | None
    sent: Mapping[str, Any] = field(default_factory=dict)
    refused: Rejected | None = None
    whole: dict[str, Any] | None = None


def read_item(line: bytes) -> Item:
    """The item of a line; raises ValueError when not even its number can be read."""
    try:
        mutation = _mutations.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        try:
            numbered = msgspec.json.decode(line, type=_Numbered)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise ValueError("an item without a number") from error
        return Item(numbered.n, numbered.id, line, None)
    return Item(mutation.n, mutation.id, line, upcast(mutation), mutation.set)
