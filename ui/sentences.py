"""Sentences that the floors below have finished in Indonesian, said in another language; pure, tested without a window.

The floors below know one language. Their sentences reach the window whole, with a file's name or a number within, and
so they are read back by their pattern: what the source writes as f"Berkas {name} kosong." stands in the catalogue as
"Berkas {0} kosong.", and its English has the same places. What no pattern fits is shown as it came.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from kelurahan_client.domain.day_words import MONTHS, SHORT_MONTHS

_PLACE: Final = re.compile(r"\{(\d)\}")
_END: Final = re.compile(r"(?<=[.?!…])\s+")
_DATE: Final = re.compile(rf"(?:([A-Z][a-z]+), )?\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
_SHORT: Final = re.compile(rf"(?<=\d )({'|'.join(SHORT_MONTHS)})\b|\b({'|'.join(SHORT_MONTHS)})(?= \d{{4}})")
_NUMBER: Final = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?(?=\*?$| \()")
_TIME: Final = re.compile(r"\b(\d{2})\.(\d{2}) WITA\b")
_FEWEST_LETTERS: Final = 3  # a pattern of fewer says nothing of what it is a pattern of
_SWAPPED: Final = str.maketrans(".,", ",.")
_REMEMBERED: Final = 2000


class Sentences:
    """A catalogue of words and patterns, Indonesian -> the other language."""

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        self._words = {source: other for source, other in catalogue.items() if not _PLACE.search(source)}
        # The pattern that says most of itself goes first: it leaves least to guess.
        patterns = sorted((source for source in catalogue if _PLACE.search(source)), key=_letters, reverse=True)
        self._patterns = [
            (_pattern(source), catalogue[source]) for source in patterns if _letters(source) >= _FEWEST_LETTERS
        ]
        self.say = lru_cache(_REMEMBERED)(self._say)

    def _say(self, text: str) -> str:
        """Return the text in the other language, sentence by sentence where it is not known whole."""
        known = self._words.get(text)
        if known is not None or not text:
            return known or text
        whole = self._by_pattern(text, several=False)
        if whole is None:
            whole = self._in_parts(text)
        if whole is None:
            whole = self._by_pattern(text, several=True)
        return _dates(text, self._words) if whole is None else whole

    def _by_pattern(self, text: str, *, several: bool) -> str | None:
        """By the first pattern that fits; with `several` also one whose places would hold more than one sentence."""
        for pattern, other in self._patterns:
            found = pattern.fullmatch(text)
            if found is not None and (several or not any(_END.search(part) for part in found.groups())):
                return other.format(*map(self._place, found.groups()))
        return None

    def _in_parts(self, text: str) -> str | None:
        """Sentence by sentence: the longest known beginning, then the rest; None where no beginning is known."""
        for end in reversed(list(_END.finditer(text))):
            head = text[: end.start()]
            known = self._words.get(head)
            if known is None:
                known = self._by_pattern(head, several=False)
            if known is not None:
                return known + end[0] + self._say(text[end.end() :])
        first = _END.search(text)
        if first is None:
            return None
        rest = self._say(text[first.end() :])
        return None if rest == text[first.end() :] else text[: first.end()] + rest

    def _place(self, part: str) -> str:
        """What stands in a place: a word or a sentence of ours, or several words, or what somebody typed."""
        said = self._say(part)
        if said == part and ", " in part:
            return ", ".join(self._words.get(one, one) for one in part.split(", "))
        return said


def _letters(source: str) -> int:
    return sum(letter.isalpha() for letter in source)


def _pattern(source: str) -> re.Pattern[str]:
    """The pattern of a source text; a place may be empty, for the source may put nothing there."""
    between = _PLACE.split(source)[::2]
    return re.compile("(.*?)".join(re.escape(one) for one in between), re.DOTALL)


def _dates(text: str, words: Mapping[str, str]) -> str:
    """The months, weekdays and hours of a text that is otherwise left alone."""

    def date(found: re.Match[str]) -> str:
        weekday, day, month, year = found.groups()
        return f"{f'{words.get(weekday, weekday)}, ' if weekday else ''}{day} {words.get(month, month)} {year}"

    text = _TIME.sub(r"\1:\2 WITA", _DATE.sub(date, text))
    text = _SHORT.sub(lambda found: words.get(found[0], found[0]), text)
    return _NUMBER.sub(lambda found: found[0].translate(_SWAPPED), text) if text[:1].isdigit() else text
