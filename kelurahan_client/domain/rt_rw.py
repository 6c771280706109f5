"""RT and RW, the two neighbourhood numbers of every address: three digits each."""

import re
from typing import NamedTuple

_EMPTY = frozenset({"", "-", "--", "---", ".", "/", "-/-", "tidak ada", "tdk ada"})
_LABELLED = re.compile(r"(?<![^\W\d_])(?P<which>rt|rw)\s*[.:,\-]?\s*(?P<number>\d+|-)", re.IGNORECASE)
_PAIR = re.compile(
    r"(?:rt\.?\s*[/.\-]?\s*(?:rw\b\.?)?\s*[:.]?\s*)?(?P<rt>\d+)\s*[/\\\-. ]\s*(?P<rw>\d+|-*)", re.IGNORECASE
)
_IN_ADDRESS = re.compile(
    r"[\s,;(\-]{0,4}\brt\.?\s*[/.\-]?\s*rw\.?\s*[:.]?\s*(?P<rt2>\d{1,4})\s*[/\\\-]\s*(?P<rw2>\d{1,4})(?!\d)\)?"
    r"|[\s,;(\-]{0,4}\brt\s*[.:\-]?\s*(?P<rt>\d{1,4})(?!\d)"
    r"(?:[\s,;./\\\-]*\brw\s*[.:\-]?\s*(?P<rw>\d{1,4})(?!\d)|\s*[/\\]\s*(?P<rw3>\d{1,4})(?!\d))?\)?",
    re.IGNORECASE,
)
_LONGEST = 60  # characters; what is longer is an address in the wrong column
_FORM = "Tulis seperti 12/3."


class RtRwReading(NamedTuple):
    """RT and RW, each three digits or "", and what is wrong in a sentence, or ""; on a problem both are ""."""

    rt: str
    rw: str
    problem: str = ""


class SplitAddress(NamedTuple):
    """An address without its RT and RW, and these as three digits or ""."""

    address: str
    rt: str
    rw: str


def read_rt_rw(text: str) -> RtRwReading:
    """Read `12/3`, `RT 12 RW 3`, `RT.012/RW.002`, `RT12` or a lone RT number; `-` and nothing are empty."""
    plain = " ".join(text.split())
    if plain.lower() in _EMPTY:
        return RtRwReading("", "")
    if len(plain) > _LONGEST:
        return RtRwReading("", "", f"RT/RW tidak terbaca. {_FORM}")
    if match := _PAIR.fullmatch(plain):
        return _in_range(match["rt"], match["rw"].strip("-"))
    labelled = {match["which"].lower(): match["number"].strip("-") for match in _LABELLED.finditer(plain)}
    rest = _LABELLED.sub("", plain)
    if labelled.keys() == {"rt"} and (tail := re.fullmatch(r"\s*[/\\]\s*(\d+)\s*", rest)):
        return _in_range(labelled["rt"], tail[1])
    if labelled and not re.search(r"\w", rest):
        return _in_range(labelled.get("rt", ""), labelled.get("rw", ""))
    if plain.isascii() and plain.isdigit():
        return _in_range(plain, "")
    return RtRwReading("", "", f"RT/RW tidak terbaca. {_FORM}")


def split_address(text: str) -> SplitAddress:
    """Take RT and RW out of an address line; where none is found or it is out of range the line stays whole."""
    plain = " ".join(text.split())
    match = _IN_ADDRESS.search(plain)
    if match is None:
        return SplitAddress(plain, "", "")
    reading = _in_range(match["rt"] or match["rt2"], match["rw"] or match["rw2"] or match["rw3"] or "")
    if reading.problem:
        return SplitAddress(plain, "", "")
    before, after = plain[: match.start()].rstrip(" ,;-"), plain[match.end() :].lstrip(" ,;-.")
    joined = f"{before}, {after}" if before and after else before or after
    return SplitAddress(joined, reading.rt, reading.rw)


def format_rt_rw(rt: str, rw: str) -> str:
    """`12/3` from three-digit parts, `RT 12` or `RW 3` where only one is known, "" where none is."""
    short_rt, short_rw = rt.lstrip("0"), rw.lstrip("0")
    if short_rt and short_rw:
        return f"{short_rt}/{short_rw}"
    if short_rt:
        return f"RT {short_rt}"
    return f"RW {short_rw}" if short_rw else ""


def _in_range(rt: str, rw: str) -> RtRwReading:
    for name, number in (("RT", rt), ("RW", rw)):
        if number and not (number.isascii() and len(number) <= 4 and 1 <= int(number) <= 999):
            return RtRwReading("", "", f"{name} {number[:8]} tidak ada; nomornya 1 sampai 999. {_FORM}")
    return RtRwReading(rt and f"{int(rt):03d}", rw and f"{int(rw):03d}")
