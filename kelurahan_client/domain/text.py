"""Text as it comes from keyboards, messengers and spreadsheets: cleaned for storing, folded for searching."""

import re
import unicodedata
from typing import NamedTuple

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\U000e0000-\U000e007f]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_APOSTROPHES = re.compile("(?<=\\w)['\u2018\u2019\u02bc`](?=\\w)")
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORDS = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))  # for `translate`
_NUMBER = r"0*([1-9]\d{0,2})\b"
_BOTH_NUMBERED = re.compile(rf" rt +rw +{_NUMBER} +{_NUMBER}")  # RT/RW 12/3
_NUMBERED = re.compile(rf" (rt|rw) *{_NUMBER}")

_ONE_FORM = {
    variant: form
    for form, variants in (
        ("jalan", "jl jln jlan"),
        ("gang", "gg gng"),
        ("komplek", "komp kompleks kompl komplex"),
        ("perumahan", "perum prum"),
        ("kelurahan", "kel"),
        ("kecamatan", "kec"),
        ("no", "nomor nomer nmr"),
        ("sungai", "sei sungei"),
        ("masjid", "mesjid mesjit masjit"),
        ("musala", "mushola musholla mushalla musolla musola"),
        ("hp", "handphone ponsel"),
        ("telepon", "telp telpon tlp tlpn telpn"),
        ("blok", "blk"),
        ("depan", "dpn"),
        ("haji", "h"),
        ("hajah", "hj hajjah"),
    )
    for variant in variants.split()
}
_NOT_A_SENTENCE_END = frozenset(
    "jl jln gg komp kompl kel kec no rt rw h hj sdr sdri bpk pak bu ibu dr drs tgl dll dsb dkk km st sei blok".split()
)
_MAX_TITLE = 80


class Cleaned(NamedTuple):
    """A text fit for storing, and a sentence for each kind of thing that was taken out of it."""

    text: str
    problems: tuple[str, ...] = ()


def clean_line(text: str) -> Cleaned:
    """One line: NFC, no control, direction or invisible characters, single spaces, none at the ends."""
    stripped, problems = _strip(text)
    return Cleaned(unicodedata.normalize("NFC", " ".join(stripped.split())), problems)


def clean_text(text: str) -> Cleaned:
    """Several lines: like `clean_line` for each, with at most one blank line between paragraphs."""
    stripped, problems = _strip(text)
    joined = "\n".join(" ".join(line.split()) for line in stripped.split("\n"))
    joined = re.sub(r"\n{3,}", "\n\n", joined).strip("\n")
    return Cleaned(unicodedata.normalize("NFC", joined), problems)


def fold_words(text: str) -> list[str]:
    """The words in order, in lower case without accents; `Jum'at` is one word, `Al-Jihad` two."""
    return _folded(text).split()


def _folded(text: str) -> str:
    """The words with spaces between them."""
    if text.isascii():  # nearly all are, and a fresh desk folds a hundred thousand complaints
        if "'" in text or "`" in text:
            text = _APOSTROPHES.sub("", text)
        return text.translate(_ASCII_WORDS)
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    folded = "".join(character for character in folded if not unicodedata.combining(character))
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", folded)))


def search_words(text: str) -> list[str]:
    """The words in order, spelling variants mapped to one form: for the index and for the query alike.

    `Jl.` gives jalan, `Gg` gang, `sei` sungai, `mesjid` masjid; `RT 012`, `rt.12` and `RT/RW 12/3` give rt12 (and rw3).
    """
    folded = " " + _folded(text)
    if " rt" in folded or " rw" in folded:
        folded = _NUMBERED.sub(r" \1\2", _BOTH_NUMBERED.sub(r" rt\1 rw\2", folded))
    words = folded.split()
    return list(map(_ONE_FORM.get, words, words))


def title_from(statement: str) -> str:
    """A title of at most 80 characters: the first sentence, cut at a word with … where it is longer."""
    line = next((part for part in clean_text(statement).text.split("\n") if part), "")
    for end in re.finditer(r"[.!?](?=\s)", line):
        before = re.search(r"(\w+)$", line[: end.start()])
        initial = before is not None and len(before[1]) == 1 and before[1].isalpha()  # Jl. A. Yani
        if end[0] != "." or before is None or not (initial or before[1].lower() in _NOT_A_SENTENCE_END):
            line = line[: end.start()] + (end[0] if end[0] != "." else "")
            break
    line = line.rstrip(" .,;:")
    if len(line) <= _MAX_TITLE:
        return line
    room = line[:_MAX_TITLE]  # one more than fits beside the ellipsis: a space there is a good place to cut
    cut = room.rfind(" ")
    return (room[:cut] if cut > _MAX_TITLE // 2 else room[:-1]).rstrip(" .,;:") + "…"


def _strip(text: str) -> tuple[str, tuple[str, ...]]:
    problems = []
    text = _LINE_ENDS.sub("\n", text)
    text, controls = _CONTROLS.subn("", text)
    if controls:
        problems.append("Ada karakter kendali yang tidak terlihat; sudah dibuang.")
    text, marks = _BIDI.subn("", text)
    if marks:
        problems.append("Ada tanda arah tulisan yang tersembunyi; sudah dibuang. Baca lagi teksnya.")
    text, invisible = _INVISIBLE.subn("", text)
    if invisible:
        problems.append("Ada karakter tanpa lebar; sudah dibuang.")
    return text, tuple(problems)
