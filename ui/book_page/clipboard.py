"""Cells to and from the clipboard, as spreadsheets lay them down: tabs between cells, a line end behind each row."""

import re
from collections.abc import Sequence
from typing import Final

# A quoted cell: spreadsheets quote one that holds line ends or quotes, and double the quotes in it. A lone quotation
# mark is what clerks write for "as above", so what would reach over a tab or is blank within is no quoted cell.
_QUOTED: Final = re.compile(r'"((?:[^"\t]|"")*)"(?=[\t\r\n]|\Z)')
_PLAIN: Final = re.compile(r"[^\t\r\n]*")
_NEEDS_QUOTES: Final = re.compile(r'[\t\r\n]|^".')


def read_table(text: str) -> list[list[str]]:
    """The cells of a text from a spreadsheet, row by row; line ends within a cell are kept as "\\n"."""
    rows: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        cell, at = _cell(text, at)
        rows[-1].append(cell)
        if text[at : at + 1] == "\t":
            at += 1
            continue
        if at >= len(text):
            break
        at += 2 if text[at : at + 2] == "\r\n" else 1
        if at < len(text):
            rows.append([])
        else:
            break
    return rows


def _cell(text: str, at: int) -> tuple[str, int]:
    quoted = _QUOTED.match(text, at)
    if quoted is not None and quoted[1].strip():
        return _one_kind_of_line_end(quoted[1].replace('""', '"')), quoted.end()
    plain = _PLAIN.match(text, at)
    return (plain[0].strip(), plain.end()) if plain is not None else ("", at)


def _one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def write_table(rows: Sequence[Sequence[str]]) -> str:
    """The text that a spreadsheet, or `read_table`, reads as these cells."""
    return "".join("\t".join(_written(cell) for cell in row) + "\n" for row in rows)


def _written(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
