"""Which words of a value are new and which are gone; pure, and quick enough for a statement of 20,000 characters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_WORD = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a value with the white space before them; `differs` where the other value has not got them."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One value beside the first: its pieces, how many of its words are new, and how many of the first are gone."""

    pieces: tuple[Piece, ...]
    new: int
    gone: frozenset[int]  # places of words of the first value


def compare(first: str, other: str) -> Compared:
    """The words of `other` beside those of `first`."""
    before, after = _WORD.findall(first), _WORD.findall(other)
    left, right = [word.strip() for word in before], [word.strip() for word in after]
    start = _same_start(left, right)
    end = _same_start(left[start:][::-1], right[start:][::-1])
    new: set[int] = set()
    gone: set[int] = set()
    middle = SequenceMatcher(None, left[start : len(left) - end], right[start : len(right) - end], autojunk=False)
    for kind, from_left, to_left, from_right, to_right in middle.get_opcodes():
        if kind != "equal":
            gone.update(range(start + from_left, start + to_left))
            new.update(range(start + from_right, start + to_right))
    return Compared(_pieces(after, new), len(new), frozenset(gone))


def without(first: str, others: Sequence[Compared]) -> tuple[Piece, ...]:
    """The words of the first value; those that any of the others has not got are marked."""
    gone = {place for other in others for place in other.gone}
    return _pieces(_WORD.findall(first), gone)


def as_one(first: str, other: str) -> Compared:
    """The same for a value that is chosen from a list: it is the same, or all of it differs."""
    differs = first != other
    return Compared((Piece(other, differs),) if other else (), int(differs), frozenset({0}) if differs else frozenset())


def _same_start(left: Sequence[str], right: Sequence[str]) -> int:
    for at, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return at
    return min(len(left), len(right))


def _pieces(words: Sequence[str], marked: set[int]) -> tuple[Piece, ...]:
    runs = groupby(enumerate(words), key=lambda numbered: numbered[0] in marked)
    return tuple(Piece("".join(word for _, word in run), differs) for differs, run in runs)
