"""How much a complaint's title has in common with what is being typed."""

import re
from dataclasses import dataclass
from enum import Enum

from kelurahan_client.domain.text import search_words

_TELLING = 4  # letters; shorter words say little


class Likeness(Enum):
    """How alike two complaints look."""

    VERY = "very"
    RATHER = "rather"


@dataclass(frozen=True, slots=True)
class Match:
    """A verdict, and the title in pieces: (text, whether it is in what was typed)."""

    likeness: Likeness
    pieces: tuple[tuple[str, bool], ...]


def compare(typed: str, title: str) -> Match | None:
    """Compare a title with what was typed, tolerant of spelling; None where they share too little to mention."""
    known = _telling(typed)
    words = _telling(title)
    shared = words & known
    if not shared or (len(shared) < 2 and shared != words):
        return None
    very = len(shared) >= 3 and len(shared) * 3 >= len(words) * 2
    pieces = tuple((part, bool(_telling(part) & known)) for part in re.split(r"(\s+)", title) if part)
    return Match(Likeness.VERY if very else Likeness.RATHER, pieces)


def _telling(text: str) -> set[str]:
    return {word for word in search_words(text) if len(word) >= _TELLING}
