"""What protects people: the safer of two choices, and a warning where a text names somebody."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kelurahan_client.domain.complaint import Intake
from kelurahan_client.domain.nik import mask_nik
from kelurahan_client.domain.phone import looks_like_nik, mask_phone, read_phone
from kelurahan_client.domain.text import fold_words

_TOKEN = re.compile(r"[^\W\d_][\w'’]*|\d+|[^\w\s]")
_NUMBER = re.compile(r"(?<![\d.])(?:\+?\d)[\d .\-]{7,24}\d(?!\d)")
_SAFE_TITLES = frozenset(  # only with a capital behind them: too short or too common otherwise
    "h hj haji hajah hajjah ustadz ustaz ustadzah ustazah paman amang acil julak tuan nyonya ny tn dr drs dra kak bang "
    "om tante bernama namanya".split()
)
_PLAIN_TITLES = frozenset("bapak bpk pak ibu bu saudara saudari sdr sdri mas mbak mba".split())
_ABBREVIATED = frozenset("h hj bpk sdr sdri ny tn dr drs dra rt rw".split())  # a dot behind them ends no sentence
_TITLES = _SAFE_TITLES | _PLAIN_TITLES
_PLACES = frozenset(  # what is called after people
    "jl jln jalan gg gang komp komplek kompleks blok jembatan masjid mesjid langgar mushola musholla musala makam "
    "sekolah sdn smpn rs rsud titian simpang perumahan".split()
)
_NOT_NAMES = _PLACES | frozenset(
    "rumah pasar kelurahan kel kecamatan kec desa sungai sei yang di ke dari dan atau tolong mohon minta harap "
    "sudah belum tidak kada kami saya ulun pian itu ini juga ada mau bisa akan kalau mun agar supaya untuk dengan "
    "pada setiap tiap hamil menyusui tangga kota guru penjual pedagang penjaga tua muda lagi terima kasih wali "
    "kantor petugas pejabat kandung tiri angkat pkk kader warga semua yth sekalian pimpinan presiden gubernur "
    "dewan polisi hakim menteri dokter bidan mantri nang handak kenapa apa bagaimana kapan dimana karena tersebut "
    "saja jangan biasanya selalu sering banyak lurah camat kades kadis kasi walikota bupati sekda ketua kepala rt "
    "rw ibu bapak pak bu anak istri suami tetangga pemilik sopir supir dinas adalah oleh seperti masih "
    "sedang lalu kemarin hari tadi malam pagi siang sore terus pun lah nya".split()
)


NOT_ASKED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "anonymous": "Belum ditanyakan apakah pelapor ingin anonim.",
        "confidential": "Belum ditanyakan apakah isinya rahasia.",
    }
)
"""The two questions, with the warning that goes with a complaint whose reporter was not asked."""


def unasked(record: Intake) -> tuple[str, ...]:
    """Those of the two questions that nobody has asked."""
    return tuple(name for name in NOT_ASKED if getattr(record, name) is None)


def warnings_at_intake(intake: Intake) -> tuple[str, ...]:
    """The warnings that go with a new complaint: what was odd, and what was not asked."""
    return tuple(dict.fromkeys((*intake.warnings, *(NOT_ASKED[name] for name in unasked(intake)))))


def warnings_now(record: Intake) -> tuple[str, ...]:
    """The same of a complaint later, without those of a question that has been answered since."""
    answered = {sentence for name, sentence in NOT_ASKED.items() if getattr(record, name) is not None}
    return tuple(sentence for sentence in record.warnings if sentence not in answered)


def hides(choice: bool | None) -> bool:
    """Whether a value of *anonim* or *rahasia* forbids showing: also where nobody was asked."""
    return choice is not False


def names_person(text: str) -> list[str]:
    """The mentions of a person in a text, as written and each once: `Pak Rahmadi`, `Ketua RT 05 Fulan`, `H. Amat`.

    Telephone numbers and NIK count too and are given masked. A name without a title before it is not found, nor are
    offices (`Pak Lurah`), nor streets and buildings called after somebody.
    """
    tokens = list(_TOKEN.finditer(text))
    words = [token[0].casefold() for token in tokens]
    shouted = text.isupper()
    found: list[str] = []
    at = 0
    while at < len(tokens):
        end = _mention_end(tokens, words, at, shouted=shouted)
        if end is None:
            at += 1
        else:
            found.append(" ".join(text[tokens[at].start() : tokens[end - 1].end()].split()))
            at = end
    return list(dict.fromkeys([*found, *_numbers(text)]))


def mention_warning(text: str) -> str:
    """`Menyebut Pak Rahmadi. Pertimbangkan Rahasia.`, or "" where nobody is mentioned; at most three are listed."""
    mentions = names_person(text)[:3]
    if not mentions:
        return ""
    first, last = ", ".join(mentions[:-1]), mentions[-1]
    if not first:
        return f"Menyebut {last}. Pertimbangkan Rahasia."
    return f"Menyebut {first} dan {last}. Pertimbangkan Rahasia."


def gives_away(text: str, name: str, phone: str = "") -> str:
    """What in a text says who the reporter is: a word of the name as written there, or the masked number; else "".

    Words of fewer than four letters and titles are passed over: they are too often something else.
    """
    wanted = {word for word in fold_words(name) if len(word) >= 4} - _TITLES - _NOT_NAMES
    for match in _TOKEN.finditer(text):
        if set(fold_words(match[0])) & wanted:
            return match[0]
    own = read_phone(phone).e164
    for match in _NUMBER.finditer(text):
        if own and read_phone(match[0].strip()).e164 == own:
            return f"nomor HP {mask_phone('0' + own[3:])}"
    return ""


def _mention_end(tokens: list[re.Match[str]], words: list[str], start: int, *, shouted: bool) -> int | None:
    """The token after a mention that begins at `start`, or None where none begins."""
    head = words[start : start + 2] in (["ketua", "rt"], ["ketua", "rw"])
    if not head and words[start] not in _TITLES:
        return None
    if _PLACES.intersection(_words_before(words, start)):
        return None
    at = start + 1
    while at < len(words) and (
        words[at] in _TITLES
        or words[at] in {"rt", "rw"}
        or (words[at] == "." and words[at - 1] in _ABBREVIATED)
        or (words[at].isdigit() and len(words[at]) <= 3 and {"rt", "rw"} & set(words[at - 2 : at]))
    ):
        at += 1
    end = at
    while end < len(words) and end - at < 3 and _is_name(tokens[end][0], words[end]) and not shouted:
        end += 1
    if end > at:
        return end
    after_title = words[at - 1] in _PLAIN_TITLES or (shouted and words[at - 1] in _TITLES)
    if after_title and at < len(words) and len(words[at]) > 2 and words[at].isalpha() and words[at] not in _NOT_NAMES:
        return at + 1  # typed without capitals, or all in capitals: then one word is as much as can be told
    return None


def _words_before(words: list[str], start: int) -> list[str]:
    """What may make a title part of a place's name: `Pak` only right behind `Gg.`, `H.` also in `Jl. Brigjend. H.`"""
    before: list[str] = []
    for word in reversed(words[max(0, start - 4) : start]):
        if word in {",", ";", ":", "!", "?", "("}:
            break
        if word != ".":
            before.append(word)
    return before[: 1 if words[start] in _PLAIN_TITLES else 2]


def _is_name(written: str, word: str) -> bool:
    return written[:1].isupper() and word not in _NOT_NAMES and word not in _TITLES


def _numbers(text: str) -> list[str]:
    found = []
    for match in _NUMBER.finditer(text):
        number = match[0].strip()
        if looks_like_nik(number):
            found.append(f"NIK {mask_nik(number)}")
        elif number.startswith(("0", "62", "+62")) and (e164 := read_phone(number).e164):
            found.append(f"nomor HP {mask_phone('0' + e164[3:])}")
    return found
