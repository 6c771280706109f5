"""Sentences that the floors below have finished in Indonesian, said in another language; pure, tested without a window.

The floors below know one language. Their sentences reach the window whole, with a file's name or a number within, and
so they are read back by their pattern: what the source writes as f"Berkas {name} kosong." stands in the catalogue as
"Berkas {0} kosong.", and its English has the same places. What no pattern fits is shown as it came.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from kelurahan_client.domain.day_words import MONTHS, SHORT_MONTHS, WEEKDAYS

_PLACE: Final = re.compile(r"\{(\d)\}")
_END: Final = re.compile(r"(?<=[.?!…])\s+")
_NAMES: Final = "|".join([*MONTHS, *SHORT_MONTHS])
_MONTH: Final = re.compile(rf"(?<=\d )({_NAMES})\b|\b({_NAMES})(?= \d{{4}}\b)")
_WEEKDAY: Final = re.compile(rf"\b({'|'.join(WEEKDAYS)})(?=, \d)")
_NUMBER: Final = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?(?=\*?$| \()")
_TIME: Final = re.compile(r"\b(\d{2})\.(\d{2}) WITA\b")
_BETWEEN: Final = re.compile(r"(, atau | atau |, )")
_FEWEST_LETTERS: Final = 3  # a pattern of fewer says nothing of what it is a pattern of
_SWAPPED: Final = str.maketrans(".,", ",.")
_REMEMBERED: Final = 2000


class Sentences:
    """A catalogue of words and patterns, Indonesian -> the other language."""

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        catalogue = {**_single(catalogue), **catalogue}
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
        if whole is None:
            whole = self._listed(text)
        return _dates(text, self._words) if whole is None else whole

    def _by_pattern(self, text: str, *, several: bool) -> str | None:
        """By the first pattern that fits; with `several` also one whose places would hold more than one sentence."""
        for pattern, other in self._patterns:
            found = pattern.fullmatch(text)
            if found is not None and (several or not any(_END.search(part) for part in found.groups())):
                return other.format(*map(self._say, found.groups()))
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

    def _listed(self, text: str) -> str | None:
        """A word or a list of them, "verifikator, lurah, atau admin loket"; None where one of them is none of ours."""
        words = [self._word(one) for one in _BETWEEN.split(text)]
        return None if None in words else "".join(one for one in words if one is not None)

    def _word(self, one: str) -> str | None:
        """A word, also where the source writes small what stands large in the catalogue."""
        if one == ", ":
            return one
        known = self._words.get(one) or self._words.get(one[:1].upper() + one[1:])
        return known if known is None or one[:1].isupper() else known[:1].lower() + known[1:]


def _single(catalogue: Mapping[str, str]) -> dict[str, str]:
    """The single sentences of entries with several: the floors below show some beside each other, not in one line."""
    found = {}
    for source, other in catalogue.items():
        ones, others = _END.split(source), _END.split(other)
        if len(ones) == len(others) > 1:
            for one, said in zip(ones, others, strict=True):
                places = _PLACE.findall(one)
                if sorted(places) == sorted(_PLACE.findall(said)):
                    found[_renumbered(one, places)] = _renumbered(said, places)
    return found


def _renumbered(text: str, places: Sequence[str]) -> str:
    return _PLACE.sub(lambda place: f"{{{places.index(place[1])}}}", text)


def _letters(source: str) -> int:
    return sum(letter.isalpha() for letter in source)


def _pattern(source: str) -> re.Pattern[str]:
    """The pattern of a source text; a place may be empty, for the source may put nothing there."""
    between = _PLACE.split(source)[::2]
    return re.compile("(.*?)".join(re.escape(one) for one in between), re.DOTALL)


def _dates(text: str, words: Mapping[str, str]) -> str:
    """The months, weekdays and hours of a text that is otherwise left alone."""
    text = _TIME.sub(r"\1:\2 WITA", text)
    for names in (_WEEKDAY, _MONTH):
        text = names.sub(lambda found: words.get(found[0], found[0]), text)
    return _NUMBER.sub(lambda found: found[0].translate(_SWAPPED), text) if text[:1].isdigit() else text
