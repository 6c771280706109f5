"""The guide: its chapters, what belongs to which page, and the search in it. Knows nothing of Qt."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CONTENTS = "isi"
PICTURES = "pictures"
_OF_PAGE = {
    "home": "beranda",
    "intake": "pengaduan-baru",
    "register": "daftar",
    "paper_log": "buku-register",
    "conflicts": "konflik",
    "day_close": "tutup-hari",
    "reports": "laporan",
    "settings": "pengaturan",
    "setup": "mulai",
    "sign_in": "masuk",
    "outbox": "kotak-keluar",
    "usb": "usb",
    "paper": "cetak",
}
_MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[#*_`\[\]]|^\s*[-\d.]+\s", re.MULTILINE)
_PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<file>[^)]*)\)")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<to>[^)]*)\)")
_AROUND = 70


@dataclass(frozen=True)
class Chapter:
    """One file of the guide; `key` is its name without the ending, `text` its Markdown."""

    key: str
    text: str

    @cached_property
    def title(self) -> str:
        """The first heading."""
        return self.text.partition("\n")[0].lstrip("# ").strip()

    @cached_property
    def plain(self) -> str:
        """The words without their markup."""
        return " ".join(_MARKUP.sub(" ", self.text).split())

    def pictures(self) -> list[tuple[str, str]]:
        """(words, file) of every picture."""
        return [(found["words"], found["file"]) for found in _PICTURE.finditer(self.text)]

    def links(self) -> list[str]:
        """Where its links lead."""
        return [found["to"] for found in _LINK.finditer(self.text)]


@dataclass(frozen=True, slots=True)
class Hit:
    """A chapter that was found, with some words around the place."""

    chapter: Chapter
    around: str


class Book:
    """The chapters in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = sorted(folder.glob("*.md"))
        self._chapters = {file.stem: Chapter(file.stem, file.read_text("utf-8")) for file in files}

    def chapters(self) -> list[Chapter]:
        """All of them, the contents first."""
        return sorted(self._chapters.values(), key=lambda one: (one.key != CONTENTS, one.key))

    def has(self, key: str) -> bool:
        """Whether there is such a chapter."""
        return key in self._chapters

    def chapter(self, key: str) -> Chapter:
        """A chapter; the contents for one that does not exist."""
        return self._chapters.get(key) or self._chapters[CONTENTS]

    def of_page(self, page: str) -> Chapter:
        """The chapter of a page of the window, by the page's key."""
        return self.chapter(_OF_PAGE.get(page, page))

    def search(self, text: str) -> list[Hit]:
        """The chapters with every word of `text`, the most telling first; of a word its beginning is enough."""
        words = _folded(text).split()
        if not words:
            return []
        found = [one for one in self.chapters() if one.key != CONTENTS and _has_all(one, words)]
        found.sort(key=lambda one: -sum(_weight(one, word) for word in words))
        return [Hit(one, _around(one.plain, words[0])) for one in found]


def _has_all(chapter: Chapter, words: list[str]) -> bool:
    text = _folded(chapter.plain)
    return all(_begins(word).search(text) for word in words)


def _begins(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}")


def _weight(chapter: Chapter, word: str) -> int:
    """Much for a word in the title, more than a little for one in a heading, something for each whole word."""
    heads = " ".join(line for line in chapter.text.splitlines() if line.startswith("##"))
    whole = len(re.findall(rf"\b{re.escape(word)}\b", _folded(chapter.plain)))
    return 100 * bool(_begins(word).search(_folded(chapter.title))) + 10 * (word in _folded(heads)) + whole


def _around(plain: str, word: str) -> str:
    found = _begins(word).search(_folded(plain))
    at = found.start() if found else 0
    start = plain.rfind(" ", 0, max(at - _AROUND // 2, 0)) + 1
    end = plain.find(" ", min(at + _AROUND, len(plain)))
    end = len(plain) if end < 0 else end
    return ("… " if start else "") + plain[start:end] + (" …" if end < len(plain) else "")


def _folded(text: str) -> str:
    """For comparing; as long as the text itself, so that places fit."""
    folded = "".join(unicodedata.normalize("NFKD", letter)[0] for letter in text)
    return folded.lower() if len(folded.lower()) == len(text) else folded
