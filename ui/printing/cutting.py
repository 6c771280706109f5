"""A long document in pieces that are each laid out at once. Python's other threads wait while Qt lays out a document.

Only our own HTML is cut: between a table and what is around it, and between the rows of a long table, whose head stands
above each piece. What is not understood stays whole.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

AT_ONCE = 20  # rows of a table
_TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.DOTALL)
_PARTS = re.compile(r"(<table\b[^>]*>)\s*(<thead>.*?</thead>)?(.*)</table>", re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)
_MARK = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Piece:
    """A document of its own. Of a long table: `goes_on` after its first piece; `sizing` has its widest cells."""

    html: str
    head: bool = False  # the first row is the table's head, for the top of every page
    goes_on: bool = False
    sizing: str = ""


def pieces(html: str, width: Callable[[str], float] = len) -> list[Piece]:
    """The document in the order in which it is read; one piece where it is short or cannot be cut.

    `width` says how wide a text is.
    """
    start = html.find("<body>") + len("<body>")
    end = html.rfind("</body>")
    if html.count("<tr") <= 2 * AT_ONCE or start < len("<body>") or end < start or _nested(html):
        return [Piece(html)]
    return [*_cut(html[:start], html[start:end], html[end:], width)]


def _nested(html: str) -> bool:
    return any(found[0].count("<table") > 1 for found in _TABLE.finditer(html))


def _cut(before: str, body: str, after: str, width: Callable[[str], float]) -> Iterator[Piece]:
    waiting, rows, at = "", 0, 0
    for found in _TABLE.finditer(body):
        here = len(_ROW.findall(found[0]))
        waiting, at = waiting + body[at : found.start()], found.end()
        if here <= AT_ONCE and rows + here <= AT_ONCE:
            waiting, rows = waiting + found[0], rows + here
            continue
        if waiting.strip():
            yield Piece(f"{before}{waiting}{after}")
        waiting, rows = (found[0], here) if here <= AT_ONCE else ("", 0)
        if here > AT_ONCE:
            yield from _cut_table(before, found[0], after, width)
    if (waiting + body[at:]).strip():
        yield Piece(f"{before}{waiting}{body[at:]}{after}")


def _cut_table(before: str, table: str, after: str, width: Callable[[str], float]) -> Iterator[Piece]:
    parts = _PARTS.fullmatch(table)
    if parts is None:
        yield Piece(f"{before}{table}{after}")
        return
    opening, head, inside = parts[1], parts[2] or "", parts[3]
    rows = _ROW.findall(inside)
    sizing = f"{before}{opening}{head}{''.join(_widest(rows, width))}</table>{after}"
    for at in range(0, len(rows), AT_ONCE):
        some = "".join(rows[at : at + AT_ONCE])
        yield Piece(f"{before}{opening}{head}{some}</table>{after}", bool(head), goes_on=at > 0, sizing=sizing)


def _widest(rows: list[str], width: Callable[[str], float]) -> list[str]:
    """For each column the row with its widest cell, so that every piece of a table can have the same columns."""
    widest: dict[int, tuple[float, str]] = {}
    for row in rows:
        for column, cell in enumerate(_CELL.findall(row)):
            needs = max(width(unescape(_MARK.sub("", line))) for line in cell.split("<br>"))
            if needs > widest.get(column, (-1.0, ""))[0]:
                widest[column] = (needs, row)
    return [*dict.fromkeys(row for _, row in widest.values())]
