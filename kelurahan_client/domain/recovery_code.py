"""The recovery code: 120 random bits for paper, in six groups of Crockford's letters, each with a check character.

The check is a sum over GF(32), in which the group's place counts: every single wrong character, every exchange of two
neighbours and every exchange of two groups is betrayed, and one sees in which group.
"""

import re

CODE_BYTES = 15
GROUPS = 6
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_WRITTEN = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s.\-/_\u2010-\u2015]")
_MODULUS = 0b100101  # x^5 + x^2 + 1, of which x generates the field


def as_text(secret: bytes) -> str:
    """The code for 15 bytes: "XXXXX-XXXXX-…"."""
    if len(secret) != CODE_BYTES:
        raise ValueError(f"a code is {CODE_BYTES} bytes, not {len(secret)}")
    number = int.from_bytes(secret, "big")
    values = [number >> 5 * (4 * GROUPS - 1 - at) & 31 for at in range(4 * GROUPS)]
    groups = (values[4 * at : 4 * at + 4] for at in range(GROUPS))
    return "-".join(
        "".join(_ALPHABET[value] for value in [*group, _check(group, at)]) for at, group in enumerate(groups)
    )


class NoSuchCode(ValueError):
    """What was typed is no recovery code; the sentence is for the person, in Indonesian."""


def as_secret(text: str) -> bytes:
    """The 15 bytes of a code as typed, in any case and with any gaps; NoSuchCode says what is wrong."""
    cleaned = _BETWEEN.sub("", text).upper().translate(_AS_WRITTEN)
    if len(cleaned) != 5 * GROUPS:
        raise NoSuchCode(f"Kode pemulihan terdiri atas {5 * GROUPS} huruf dan angka; yang ini {len(cleaned)}.")
    number = 0
    for at in range(GROUPS):
        group = cleaned[5 * at : 5 * at + 5]
        values = [_ALPHABET.find(letter) for letter in group]
        if min(values) < 0 or _check(values[:4], at) != values[4]:
            raise NoSuchCode(f"Kelompok ke-{at + 1} salah ketik: {group}.")
        for value in values[:4]:
            number = number << 5 | value
    return number.to_bytes(CODE_BYTES, "big")


def _check(values: list[int], place: int) -> int:
    total = 0
    for value in [place + 1, *values]:
        total = _times_x(total) ^ value
    return _times_x(total)


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _MODULUS if doubled & 32 else doubled
