"""What a desk is told of one mutation, and how a record says who made it."""

from typing import Any

from central_server.store.shapes import Author
from sync.protocol import Mutation, Result, ResultKind


def signature_of(author: Author) -> dict[str, Any]:
    """Who wrote a child of a complaint, where and when, as its body says it."""
    return {
        "actor": author.actor,
        "device_time": author.device_time,
        "received_at": author.received_at,
        "office": author.office,
        "desk": author.desk,
    }


def result_of(
    mutation: Mutation, author: Author, rev: int, kind: ResultKind = ResultKind.APPLIED, reason: str = ""
) -> Result:
    """The answer to a mutation that left its record at revision `rev`."""
    return Result(n=mutation.n, result=kind, id=mutation.id, rev=rev, reason=reason, received_at=author.received_at)


def merged_result(mutation: Mutation, author: Author, rev: int, notices: list[str]) -> Result:
    """The answer `merged`, with a sentence for each thing that the desk must know."""
    return result_of(mutation, author, rev, ResultKind.MERGED, " ".join(notices))
