"""The PIN of an officer: which ones are good enough, what it costs to try one, and how long a wrong one makes wait."""

from itertools import pairwise
from typing import Final, NamedTuple

PIN_DIGITS: Final = 6
FREE_TRIES: Final = 5
_WAITS: Final = (30, 60, 300, 900, 1800, 3600)  # seconds: after the fifth wrong try, the sixth, ...


class PinCost(NamedTuple):
    """What Argon2id is to spend on one try (RFC 9106)."""

    memory_kib: int
    passes: int
    lanes: int


STRONG: Final = PinCost(memory_kib=64 * 1024, passes=3, lanes=4)
"""RFC 9106's second recommendation: a fifth of a second on a PC of the kelurahan, and 64 MB while it lasts."""


def check_pin(pin: str) -> str:
    """What is wrong with a new PIN, as a sentence; "" when nothing is."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        return f"PIN harus {PIN_DIGITS} angka."
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        return "PIN ini terlalu mudah ditebak. Jangan angka yang sama atau berurutan."
    if len(set(pin)) <= 2 and (pin[:3] == pin[3:] or pin[:2] * 3 == pin):
        return "PIN ini terlalu mudah ditebak. Jangan angka yang berulang."
    return ""


def wait_after(wrong: int) -> int:
    """Seconds until the next try after so many wrong ones in a row."""
    if wrong < FREE_TRIES:
        return 0
    return _WAITS[min(wrong - FREE_TRIES, len(_WAITS) - 1)]


def wait_words(seconds: float) -> str:
    """A wait for people: "30 detik", "5 menit", rounded up."""
    whole = int(-(-seconds // 1))
    return f"{whole} detik" if whole < 60 else f"{-(-whole // 60)} menit"
