"""Three suggestions of a category and an agency from the words of a complaint; a person always chooses."""

from dataclasses import dataclass

from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.text import fold_words

_PER_HIT = 1.0
_PER_SPACE = 0.6  # a phrase says more than a word
_FOR_LONG = 0.3
_LONG = 6  # letters; a keyword longer than this is seldom hit by chance


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category with the agency for the location, its score, and the keywords found, in the order of the text."""

    category: str
    agency_code: str
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Keyword:
    words: tuple[str, ...]
    category: str
    written: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    keyword: _Keyword


class Router:
    """The keywords of all categories, compiled once; `suggest` then costs one pass over the text."""

    def __init__(self, reference: ReferenceData) -> None:
        self._reference = reference
        self._order = {code: place for place, code in enumerate(reference.categories)}
        self._by_first_word: dict[str, list[_Keyword]] = {}
        for category in reference.categories.values():
            for keyword in category.keywords:
                words = tuple(fold_words(keyword))
                weight = _PER_HIT + _PER_SPACE * keyword.count(" ") + (_FOR_LONG if len(keyword) > _LONG else 0)
                if words:
                    compiled = _Keyword(words, category.code, keyword, weight)
                    self._by_first_word.setdefault(words[0], []).append(compiled)

    def suggest(self, text: str, office_code: str, limit: int = 3) -> list[Suggestion]:
        """The best categories for a text, at most `limit`, best first; none where no keyword is found.

        Keywords match whole words in Indonesian or Banjarese, each counted once. `office_code` is the kelurahan where
        it happened: it decides which kecamatan `KEC` is.
        """
        hits: dict[str, list[_Hit]] = {}
        for hit in self._hits(fold_words(text)):
            hits.setdefault(hit.keyword.category, []).append(hit)
        scores = {
            code: sum({hit.keyword: hit.keyword.weight for hit in found}.values()) for code, found in hits.items()
        }
        best = sorted(scores, key=lambda code: (-scores[code], self._order[code]))[:limit]
        return [
            Suggestion(code, self._agency(code, office_code), round(scores[code], 1), _because(hits[code]))
            for code in best
        ]

    def _hits(self, words: list[str]) -> list[_Hit]:
        return [
            _Hit(at, at + len(keyword.words), keyword)
            for at, word in enumerate(words)
            for keyword in self._by_first_word.get(word, ())
            if tuple(words[at : at + len(keyword.words)]) == keyword.words
        ]

    def _agency(self, category: str, office_code: str) -> str:
        return self._reference.resolve_agency(self._reference.categories[category].default_agency, office_code)


def suggest(text: str, reference: ReferenceData, office_code: str, limit: int = 3) -> list[Suggestion]:
    """`Router.suggest` for a single text; whoever asks again and again keeps a Router."""
    return Router(reference).suggest(text, office_code, limit)


def _because(hits: list[_Hit]) -> tuple[str, ...]:
    """The keywords to show: not those that are only a part of a longer one found at the same place."""
    shown = (
        hit.keyword.written
        for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end))
        if not any(
            other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
            for other in hits
        )
    )
    return tuple(dict.fromkeys(shown))
