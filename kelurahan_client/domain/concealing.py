"""Taking a person's own particulars out of a text that others will read."""

import re
from collections.abc import Iterator

CONCEALED = "[disamarkan]"

_GAP = r"[\s.\-]*"  # between the figures of a number as people write it
_SHORTEST_NAME = 3  # letters; a shorter one would take half of the text with it


def conceal(text: str, *, name: str = "", phone: str = "", nik: str = "", address: str = "") -> str:
    """`text` with this person's full name, telephone number, NIK and address replaced, however they are spaced.

    Only what is known of the person is found: a first name alone, or a neighbour's name, stays.
    """
    for pattern in _patterns(name, phone, nik, address):
        text = re.sub(pattern, CONCEALED, text, flags=re.IGNORECASE)
    return text


def _patterns(name: str, phone: str, nik: str, address: str) -> Iterator[str]:
    figures = re.sub(r"\D", "", nik)
    if figures:
        yield rf"(?<!\d){_GAP.join(figures)}(?!\d)"
    subscriber = re.sub(r"^(0062|62|0)", "", re.sub(r"\D", "", phone))
    if len(subscriber) >= 5:
        yield rf"(?<!\d)(?:\+{_GAP}62|(?:00)?62|0){_GAP}{_GAP.join(subscriber)}(?!\d)"
    words = re.findall(r"\w+", name)
    if len("".join(words)) >= _SHORTEST_NAME:
        yield rf"(?<!\w){_between(words)}(?!\w)"
    words = re.findall(r"\w+", address)
    if len(words) > 1:
        yield rf"(?<!\w){_between(words)}(?!\w)"


def _between(words: list[str]) -> str:
    return r"\W+".join(re.escape(word) for word in words)
