"""The full-text index: what a clerk may type to find a complaint again.

Words go through `domain.text.search_words` on both sides, so that `jl`, `jln` and `jalan` are one word. Digits are kept
twice, as they are and reversed, so that the last digits of a phone or the counter of a reference number find it too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from kelurahan_client.domain.text import fold_words, search_words
from kelurahan_client.store.engine import Transaction

_INSERT = (
    "INSERT INTO complaint_text(rowid, reference, reporter, digits, title, statement, place, facets) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_MANY = 500  # complaints, from which on the index takes them in as one piece
_CONFIGURE = "INSERT INTO complaint_text(complaint_text, rank) VALUES (?, ?)"
_AS_ONE_PIECE = (("hashsize", 64 << 20), ("automerge", 0))  # bytes in memory; pieces of before are left alone
_PILED = 1_000  # pieces may lie until `tidy`, where FTS5 would merge sixteen at once, maybe under a clerk's next save
_AS_EVER = (("hashsize", 1 << 20), ("automerge", 4))
_NOT_PILED = 16
_STEP = 200  # pages of the index, some twenty milliseconds
_TYPED = "reference reporter digits title statement place"
_DIGITS = re.compile(r"\d+")
_LONGEST = 2_000  # characters of a search that are looked at
_MOST_WORDS = 30  # of a search; FTS5 takes minutes over a pasted book, and nobody types more
_GROUPED = re.compile(r"(?<![\w+])(?<!\br[tw][ .])(?:\+?62|\(?0)[\d ().\-]{5,20}\d(?!\w)", re.IGNORECASE)  # a phone
_REFERENCE = re.compile(r"\b(\d{4}[a-z])[-. ]?(\d\d)[-. ]?(\d{5}|[1-9]\d{5})[-. ]?([0-9a-z])?\b", re.IGNORECASE)
_PHONE_LEADS = (("0", "62"), ("62", "0"))  # how a number begins, and how else it may be written in the book
_REVERSED = "z"  # marks a reversed number, which no word search starts with by chance


def index(transaction: Transaction, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Add complaint rows, by their key, to the index."""
    if not rows:
        return
    run = transaction.connection.exec_driver_sql
    documents = [_document(key, row) for key, row in rows]
    if len(documents) < _MANY:
        run(_INSERT, documents)
        return
    # Else FTS5 writes a piece for every megabyte of words, and merges the pieces again and again.
    run(_CONFIGURE, [*_AS_ONE_PIECE, ("crisismerge", _PILED)])
    run(_INSERT, documents)
    run("INSERT INTO complaint_text(complaint_text) VALUES ('flush')")
    run(_CONFIGURE, list(_AS_EVER))


def tidy(transaction: Transaction) -> bool:
    """Merge a little of the pieces in which thousands of rows came; whether there is more of it.

    A search finds everything before and after, so it may be cut off anywhere and go on another day.
    """
    run = transaction.connection.exec_driver_sql
    if run("SELECT v FROM complaint_text_config WHERE k = 'crisismerge'").scalar() != _PILED:
        return False
    before = run("SELECT total_changes()").scalar_one()
    run(_CONFIGURE, ("merge", _STEP))
    if run("SELECT total_changes()").scalar_one() - before >= 2:  # FTS5 says so that it did something
        return True
    run(_CONFIGURE, ("crisismerge", _NOT_PILED))
    return False


def forget(transaction: Transaction, key: int) -> None:
    """Take one complaint out of the index."""
    transaction.connection.exec_driver_sql("DELETE FROM complaint_text WHERE rowid = ?", (key,))


def _document(key: int, row: Mapping[str, Any]) -> tuple[int, str, str, str, str, str, str, str]:
    """The index entry of one complaint row."""
    phone = "".join(_DIGITS.findall(row["reporter_phone"]))
    counter = row["reference"].split("-")[2] if row["reference"].count("-") == 3 else ""
    numbers = [phone, counter.lstrip("0"), *(_backwards(number) for number in (phone, counter))]
    place = f"{row['location']} {row['reporter_address']} RT {row['rt']} RW {row['rw']} {row['note']}"
    return (
        key,
        row["reference"].replace("-", " "),
        " ".join(search_words(row["reporter_name"])),
        " ".join(number for number in numbers if number),
        " ".join(search_words(row["title"])),
        " ".join(search_words(row["statement"])),
        " ".join(search_words(place)),
        " ".join([_facet(name, row[name]) for name in FACETS if row[name]]),
    )


FACETS = ("status", "classification", "agency", "category", "channel")


@lru_cache(maxsize=512)
def _facet(name: str, value: str) -> str:
    """One word for one choice, such as `status` + `inprogress`; the tokenizer would split it at other signs."""
    return name + "".join(character for character in value.lower() if character.isalnum())


def facet_expression(wanted: Mapping[str, Iterable[str]]) -> str:
    """The part of an FTS5 query that narrows to these choices (any of each), "" when nothing is narrowed."""
    groups = (" OR ".join(_facet(name, value) for value in sorted(values)) for name, values in wanted.items())
    return "".join(f" AND facets : ({group})" for group in groups if group)


def _backwards(number: str) -> str:
    return _REVERSED + number[::-1] if len(number) >= 3 else ""


def match_expression(typed: str) -> str:
    """What a clerk typed as an FTS5 query: every word as a beginning; "" when there is nothing to search for.

    The last word may be half typed: `kel` is then both an abbreviation of kelurahan and the beginning of kelayan.
    A telephone number and a reference number may be typed in any groups. Only the first 30 words count.
    """
    text = typed[:_LONGEST]
    joined = _GROUPED.sub(lambda found: "".join(_DIGITS.findall(found[0])), _REFERENCE.sub(r"\1 \2 \3 \4", text))
    ways = [way for way in dict.fromkeys((_all_words(text), _all_words(joined))) if way]
    return f"({' OR '.join(f'({way})' for way in ways)})" if len(ways) > 1 else "".join(ways)


def _all_words(typed: str) -> str:
    text = typed.replace("-", " ")
    words = search_words(text)
    parts = [_part(word) for word in words]
    plain = fold_words(text)
    if words and plain and not text[-1].isspace() and plain[-1] != words[-1]:
        parts[-1] = f"({parts[-1]} OR {_part(plain[-1])})"
    return " AND ".join(list(dict.fromkeys(parts))[:_MOST_WORDS])


def _part(word: str) -> str:
    if not word.isdigit() or len(word) < 3:
        return f'"{word}"*'
    forms = [word, _backwards(word)]
    forms += [other + word[len(lead) :] for lead, other in _PHONE_LEADS if word.startswith(lead) and len(word) >= 4]
    return "(" + " OR ".join(f'"{form}"*' for form in forms) + ")"
