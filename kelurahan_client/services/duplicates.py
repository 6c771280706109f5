"""Is somebody bringing what another has brought already? Candidates of the index, compared by matter, place and kind.

`compare` is pure. It only ever gives hints: a person looks and decides.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType

from rapidfuzz import fuzz, process

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.text import fold_words, search_words, title_from
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import resembling
from kelurahan_client.store.listing import ENDED
from kelurahan_client.store.resembling import Candidate

JOINABLE = frozenset(Status) - {Status.CLOSED, Status.ARCHIVED, Status.OUT_OF_JURISDICTION}
"""Where somebody may be added as a reporter: nobody works on the others any more."""

_MOST_WORDS = 16  # of what is typed; the rest of a long text adds little
_LOOKED_AT = 4_000  # characters of a text
_COMPARED = 24  # candidates that are compared in full, those first that share the most words
_COMPARED_TEXT = 300  # characters of a candidate's statement
_TELLING = 4  # letters; shorter words say little
_SAME_WORD = 84  # of 100, by rapidfuzz: lampu and lampuu, padam and padamm
_SURE_WORDS = 3  # shared words of the matter from which on its likeness counts in full
_VERY, _RATHER = 72.0, 44.0
_SAME_PLACE, _SAME_RT, _SAME_KIND = 22.0, 10.0, 8.0
_OTHER_PLACE, _OTHER_KIND = 0.7, 0.85
_MANY_WORDS = 6  # shared, that make up for a place that nobody wrote
_ENDED_DAYS = ((30, 0.95), (180, 0.82))  # days since its end -> what its likeness is worth
_ENDED_LONG_AGO = 0.7
_EMPTY_WORDS = frozenset(
    "yang dengan untuk dari pada tidak sudah belum kami saya kita warga tolong mohon karena sejak setiap selalu juga "
    "masih agar supaya akan bisa dapat lagi sangat sekali banyak minta harap segera hari minggu bulan tahun malam "
    "siang pagi sore lalu terus kalau mun kada handak banar tiap sampai hingga tetapi seperti oleh antara dalam "
    "luar lebih orang lapor pernah ingin telah kepada saja para serta atau adalah muka depan dekat samping belakang "
    "ujung sekitar tepi pinggir arah sebelah seberang wilayah lingkungan kelurahan kecamatan kota banjarmasin".split()
)
_SAME_MEANING: Mapping[str, str] = MappingProxyType(
    {
        variant: form
        for form, variants in (
            ("padam", "mati"),
            ("lubang", "lobang berlubang berlobang bolong"),
            ("drainase", "selokan parit gorong"),
            ("tersumbat", "mampet buntu sumbat"),
            ("menumpuk", "tumpukan bertumpuk numpuk penumpukan"),
            ("banjir", "kebanjiran calap tergenang genangan menggenang"),
            ("rusak", "kerusakan ancur hancur"),
        )
        for variant in variants.split()
    }
)
_BEFORE_NAMES = frozenset("jl jln jlan gg gng gang komp komplek perum perumahan simpang langgar masjid mesjid".split())
_FRAMES = frozenset(("jalan", "gang", "komplek", "perumahan"))
_NEIGHBOURHOOD = re.compile(r"r[tw]\d+")


class Likeness(Enum):
    """How alike two complaints look."""

    VERY = "very"
    RATHER = "rather"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form, as far as it can be compared."""

    title: str = ""
    statement: str = ""
    location: str = ""
    rt: str = ""  # three digits or ""
    category: str = ""

    def words(self) -> list[str]:
        """The words to ask the index for."""
        text = f"{self.title} {self.location} RT {self.rt} {self.statement[:_LOOKED_AT]}"
        telling = [word for word in search_words(text) if _tells(word) or (word.startswith("rt") and word != "rt")]
        return list(dict.fromkeys(telling))[:_MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Similar:
    """A complaint that may be the same, how surely (of 100), and why.

    `pieces` is its title cut into (text, whether it is in what was typed).
    """

    candidate: Candidate
    score: float
    likeness: Likeness
    because: tuple[str, ...]
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one complaint: of its title, of everything, of its place, and its RT."""

    title: frozenset[str]
    whole: frozenset[str]
    place: frozenset[str]
    rts: frozenset[str]


def similar(desk: Desk, typed: Typed, limit: int = 5) -> list[Similar]:
    """Complaints on this machine that look like what is being typed, the likeliest first."""
    words = typed.words()
    with desk.store.read() as transaction:
        candidates = resembling.find(transaction, words)
    return rank(typed, candidates, desk.today(), limit)


def rank(typed: Typed, candidates: Iterable[Candidate], today: date, limit: int = 5) -> list[Similar]:
    """Those that are like enough to be mentioned; of equals the newest first."""
    wanted = _words(typed.title or title_from(typed.statement), typed.statement, typed.location, typed.rt)
    asked = wanted.whole | wanted.place | wanted.rts
    read = [(one, _words_of(one)) for one in candidates]
    read.sort(key=lambda pair: len(asked & (pair[1].whole | pair[1].place | pair[1].rts)), reverse=True)
    matches = (_compare(typed, wanted, one, words, today) for one, words in read[:_COMPARED])
    found = [match for match in matches if match is not None]
    found.sort(key=lambda match: (match.score, match.candidate.received_date), reverse=True)
    return found[:limit]


def compare(typed: Typed, one: Candidate, today: date) -> Similar | None:
    """How like one complaint is to what is typed; None where it is not worth a hint."""
    return next(iter(rank(typed, [one], today)), None)


def _compare(typed: Typed, wanted: _Words, one: Candidate, words: _Words, today: date) -> Similar | None:
    places = wanted.place | words.place | _FRAMES
    matter = wanted.whole - places
    shared = _shared(matter, words.whole - places)
    if not shared:
        return None
    score = _matter_score(wanted.title - places, matter, words.title - places, shared)
    same_place = _mostly_in(wanted.place, words) or _mostly_in(words.place, wanted)
    same_rt = bool(wanted.rts & words.rts)
    apart = (wanted.rts and words.rts and not same_rt) or (wanted.place and words.place and not same_place)
    score += (_SAME_PLACE if same_place else 0) + (_SAME_RT if same_rt else 0)
    same_kind = bool(typed.category) and typed.category == one.category
    score += _SAME_KIND if same_kind else 0
    score *= _OTHER_KIND if typed.category and one.category and not same_kind else 1
    score = min(score, 100.0) * (_OTHER_PLACE if apart else 1) * _freshness(one, today)
    if score < _RATHER or (len(shared) < 2 and not same_place and not same_rt):
        return None
    sure = not apart and (same_place or same_rt or len(shared) >= _MANY_WORDS)
    likeness = Likeness.VERY if score >= _VERY and sure else Likeness.RATHER
    rt = f"RT {min(wanted.rts & words.rts).removeprefix('rt')} sama" if same_rt else ""
    because = ("tempat sama" if same_place else "", rt, "kategori sama" if same_kind else "")
    pieces = _pieces(one.title, wanted.whole | wanted.place | wanted.rts)
    return Similar(one, round(score, 1), likeness, tuple(filter(None, because)), pieces)


def _matter_score(
    wanted_title: frozenset[str], wanted: frozenset[str], title: frozenset[str], shared: frozenset[str]
) -> float:
    """0 to 100: how much of each is found in the other, and how alike the titles are as a whole."""
    of_title = len(_shared(title, wanted)) / len(title) if title else len(shared) / len(wanted)
    of_wanted = len(shared) / min(len(wanted), 8)
    alike = fuzz.token_sort_ratio(" ".join(sorted(wanted_title)), " ".join(sorted(title))) / 100
    sure = 0.6 + 0.4 * min(1.0, len(shared) / _SURE_WORDS)
    return 100 * (0.45 * of_title + 0.35 * min(1.0, of_wanted) + 0.2 * alike) * sure


def _mostly_in(place: frozenset[str], words: _Words) -> bool:
    """Whether more than half of a place's name is found: Gg. Melati Baru is not Gg. Karya Baru."""
    return 2 * len(_shared(place, words.place | words.whole)) > len(place)


def _freshness(one: Candidate, today: date) -> float:
    """Less the longer ago it ended; what is still open counts in full however old it is."""
    if one.status not in ENDED:
        return 1.0
    days = (today - (one.resolved_on or one.received_date)).days
    return next((worth for least, worth in _ENDED_DAYS if days <= least), _ENDED_LONG_AGO)


def _words(title: str, statement: str, location: str, rt: str) -> _Words:
    statement = statement[:_LOOKED_AT]
    everything = search_words(f"{title} {statement} {location} RT {rt}")
    named = frozenset(_one_form(word) for word in _names_of_places(f"{title} . {statement} . {location}"))
    placed = frozenset(
        _one_form(word) for word in search_words(location) if _tells(word) and word not in {"jalan", "gang"}
    )
    return _Words(
        title=frozenset(_one_form(word) for word in search_words(title) if _tells(word)),
        whole=frozenset(_one_form(word) for word in everything if _tells(word)),
        place=named | placed,
        rts=frozenset(word for word in everything if _NEIGHBOURHOOD.fullmatch(word) and word.startswith("rt")),
    )


def _words_of(one: Candidate) -> _Words:
    """Where somebody lives says where it happened only if nothing else does."""
    rt = "" if one.location.strip() else one.rt
    return _words(one.title, one.statement[:_COMPARED_TEXT], one.location, rt)


def _names_of_places(text: str) -> list[str]:
    """The one or two words behind `Gg.`, `Jl.` and the like; `jalan` written out is too often just a road."""
    words = fold_words(text)
    found: list[str] = []
    for at, word in enumerate(words):
        if word in _BEFORE_NAMES:
            behind = words[at + 1 : at + 3]
            if len(behind) == 2 and not _tells(behind[1]):
                behind.pop()
            found += [name for name in behind if _tells(name) and name not in _BEFORE_NAMES]
    return found


def _pieces(title: str, wanted: frozenset[str]) -> tuple[tuple[str, bool], ...]:
    parts = re.split(r"(\s+)", title)
    known = [
        (part, any(_shared(frozenset({_one_form(word)}), wanted) for word in search_words(part) if _tells(word)))
        for part in parts
    ]
    # `RT 12` is one word for the search and two for the reader.
    for at in range(len(parts) - 2):
        if set(search_words("".join(parts[at : at + 3]))) & wanted & {f"rt{parts[at + 2].lstrip('0')}"}:
            known[at : at + 3] = [(part, True) for part in parts[at : at + 3]]
    return tuple(pair for pair in known if pair[0])


def _shared(words: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Those of the words that are among the others, or differ by a slip of the finger; numbers are taken exactly."""
    found = words & others
    left = [word for word in words - found if len(word) > _TELLING and word.isalpha()]
    if left and others:
        slipped = (
            word for word in left if process.extractOne(word, others, scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
        )
        found |= frozenset(slipped)
    return found


def _one_form(word: str) -> str:
    return _SAME_MEANING.get(word, word)


def _tells(word: str) -> bool:
    return len(word) >= _TELLING and word not in _EMPTY_WORDS and not _NEIGHBOURHOOD.fullmatch(word)
