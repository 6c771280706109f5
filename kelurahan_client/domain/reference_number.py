"""Reference numbers for people, unique while offline: office, desk, year, counter of that desk, check character.

`0403A-26-00017-K` is the 17th complaint of 2026 at desk A of kelurahan 03 in kecamatan 04. The check character is
ISO 7064 MOD 37,36. It betrays every single wrong character. Of two exchanged neighbours it misses only such as differ
by one (4 and 5), and of these only one in 36.
"""

import re
from dataclasses import dataclass

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OFFICE = re.compile(r"\d{2}\.\d{2}\.(\d{2})\.\d{2}(\d{2})")
_BODY = re.compile(r"(\d{4})([A-Z])(\d{2})(\d{5}|[1-9]\d{5})([0-9A-Z])", re.ASCII)
_SHAPE = re.compile(r"([0-9OIL]{4})([A-Z01])([0-9OIL]{7,8})([0-9A-Z])", re.ASCII)
_SEPARATORS = re.compile(r"[\s.\-/_\u2010-\u2015]")
_AS_DIGIT = str.maketrans("OIL", "011")
_AS_LETTER = {"0": "O", "1": "IL"}
_LARGEST = 999_999  # six digits: more complaints at one desk in a year than the city has people


@dataclass(frozen=True, slots=True)
class Reference:
    """The parts of a reference number: office "0403", desk "A", year 26, counter from 1."""

    office: str
    desk: str
    year: int
    counter: int

    @property
    def text(self) -> str:
        """The number as printed, with its check character."""
        body = f"{self.office}{self.desk}{self.year:02d}{self.counter:05d}"
        return f"{self.office}{self.desk}-{self.year:02d}-{self.counter:05d}-{check_character(body)}"


def short_code(office_code: str) -> str:
    """`0403` from the Kemendagri code `63.71.04.1003`. Raises ValueError for anything else."""
    match = _OFFICE.fullmatch(office_code)
    if match is None:
        raise ValueError(f"not a kelurahan code: {office_code!r}")
    return match[1] + match[2]


def make(office_code: str, desk: str, year: int, counter: int) -> str:
    """The reference number of the `counter`-th complaint that a desk recorded in `year` (2026 or 26).

    Counters above 99999 take a sixth digit. Raises ValueError for parts that cannot be written.
    """
    if not (len(desk) == 1 and desk in _ALPHABET[10:]):
        raise ValueError(f"a desk is one letter A to Z, not {desk!r}")
    if not 1 <= counter <= _LARGEST:
        raise ValueError(f"a counter is 1 to {_LARGEST}, not {counter}")
    if year < 0:
        raise ValueError(f"not a year: {year}")
    return Reference(short_code(office_code), desk, year % 100, counter).text


def parse(text: str) -> Reference | None:
    """Read a reference number as typed or dictated, or None.

    Case, spaces and dashes do not matter. O where only 0 can stand, and so on, is mended if exactly one mended form has
    the right check character. The check character itself is never mended: that would let single wrong digits pass.
    """
    if len(text) > 60:
        return None
    compact = _SEPARATORS.sub("", text).upper()
    exact = _read(compact)
    if exact is not None:
        return exact
    match = _SHAPE.fullmatch(compact)
    if match is None:
        return None
    office, desk, digits, check = match.groups()
    found = [
        reference
        for letter in _AS_LETTER.get(desk, desk)
        if (reference := _read(office.translate(_AS_DIGIT) + letter + digits.translate(_AS_DIGIT) + check))
    ]
    return found.pop() if len(found) == 1 else None


def check_character(body: str) -> str:
    """The ISO 7064 MOD 37,36 character for a body of digits and capital letters. Raises ValueError for others."""
    product = 36
    for character in body:
        total = (product + _ALPHABET.index(character)) % 36 or 36
        product = total * 2 % 37
    return _ALPHABET[(37 - product) % 36]


def _read(compact: str) -> Reference | None:
    match = _BODY.fullmatch(compact)
    if match is None or check_character(compact[:-1]) != match[5] or int(match[4]) == 0:
        return None
    return Reference(match[1], match[2], int(match[3]), int(match[4]))
