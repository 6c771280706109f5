"""Complaints that may be the same as what is being typed, out of the full-text index.

Rare words lead to few rows, which the index may rank. Common words only say something together: first all of them,
then all but one, down to pairs, each time the newest, as the index streams them. So 100,000 complaints cost little more
than 100.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy import text as sql

from kelurahan_client.domain.complaint import Status
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.moments import plain
from kelurahan_client.store.tables import complaint

_RANKED_ROWS = 1_000  # rows that the index may rank for one question, about 5 ms
_FROM_RARE, _FROM_EACH, _ENOUGH = 40, 30, 60
_TOGETHER = 5  # words that are tried together, the rarest


@dataclass(frozen=True, slots=True)
class Candidate:
    """A complaint with what can be compared."""

    id: str
    reference: str
    title: str
    statement: str
    location: str
    rt: str
    rw: str
    category: str
    status: Status
    received_date: date
    resolved_on: date | None
    confidential: bool | None


_COLUMNS = tuple(complaint.c[name] for name in Candidate.__slots__)
_COUNTS = sql("SELECT term, doc FROM complaint_words WHERE term IN :words").bindparams(
    bindparam("words", expanding=True)
)
_RANKED = sql("SELECT rowid FROM complaint_text WHERE complaint_text MATCH :words ORDER BY rank LIMIT :many")
_NEWEST = sql("SELECT rowid FROM complaint_text WHERE complaint_text MATCH :words ORDER BY rowid DESC LIMIT :many")


def find(transaction: Transaction, words: Sequence[str]) -> list[Candidate]:
    """About 80 complaints that share a rare word or some common ones with `words` (as `search_words` gives them)."""
    if not words:
        return []
    run = transaction.connection.execute
    counts = {row.term: row.doc for row in run(_COUNTS, {"words": list(words)})}
    known = sorted((word for word in dict.fromkeys(words) if word in counts), key=lambda word: counts[word])
    rare, rows = 0, 0
    while rare < len(known) and rows + counts[known[rare]] <= _RANKED_ROWS:
        rows += counts[known[rare]]
        rare += 1
    keys: dict[int, None] = {}
    if rare:
        expression = " OR ".join(f'"{word}"' for word in known[:rare])
        keys |= dict.fromkeys(run(_RANKED, {"words": expression, "many": _FROM_RARE}).scalars())
    tried = known[:_TOGETHER]
    for many in range(len(tried), 1, -1):
        if len(keys) >= _ENOUGH:
            break
        together = (" AND ".join(f'"{word}"' for word in some) for some in combinations(tried, many))
        expression = " OR ".join(f"({some})" for some in together)
        keys |= dict.fromkeys(run(_NEWEST, {"words": expression, "many": _FROM_EACH}).scalars())
    if not keys:
        return []
    query = select(*_COLUMNS).where(complaint.c.key.in_(list(keys)), plain(complaint.c.deleted) == 0)
    return [_candidate(row) for row in run(query).mappings()]


def _candidate(row: Any) -> Candidate:
    values = {name: row[name] for name in Candidate.__slots__}
    ended = row["resolved_on"]
    return Candidate(
        **values
        | {
            "status": Status(row["status"]),
            "received_date": date.fromisoformat(row["received_date"]),
            "resolved_on": date.fromisoformat(ended) if ended else None,
        }
    )
