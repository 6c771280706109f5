"""Queries that must not grow with the desk: SQLite takes the narrow index, though it has no statistics to tell."""

from collections.abc import Callable
from typing import Any

import pytest

from kelurahan_client.services.desk import Desk
from kelurahan_client.store import complaints, half_written, outbox
from kelurahan_client.store.engine import Transaction


def plan(transaction: Transaction, ask: Callable[[Transaction], object]) -> list[str]:
    """How SQLite answers each statement of `ask`."""
    connection = transaction.connection
    said: list[tuple[str, Any]] = []
    run = type(connection).execute
    with pytest.MonkeyPatch.context() as patch:

        def execute(self: Any, statement: Any, *given: Any) -> Any:
            compiled = statement.compile(self.engine, compile_kwargs={"render_postcompile": True})
            said.append((str(compiled), tuple(compiled.params[name] for name in compiled.positiontup or ())))
            return run(self, statement, *given)

        patch.setattr(type(connection), "execute", execute)
        ask(transaction)
    explained = (connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all() for text, values in said)
    return [row[-1] for rows in explained for row in rows]


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda t: complaints.known_fingerprints(t, ["a", "b"]), "ix_complaint_fingerprint"),
        (lambda t: complaints.of_import(t, "a"), "import_id"),
        (lambda t: outbox.merged_since(t, "2026-08-03"), "outbox_merged"),
        (half_written.of_complaints, "(id=?)"),
    ],
    ids=["fingerprints", "import", "merged", "half written"],
)
def test_it_begins_with_what_is_asked_for(desk: Desk, ask: Callable[[Transaction], object], index: str) -> None:
    with desk.store.read() as transaction:
        steps = plan(transaction, ask)
    assert any(index in step for step in steps), steps
    assert not [step for step in steps if "(deleted=?)" in step], steps
