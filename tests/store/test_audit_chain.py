"""The chain of the log: what other hands alter, take out, put in or swap is found, and where it begins is said."""

from datetime import date, datetime, timedelta

import pytest

from kelurahan_client.services.desk import Desk
from kelurahan_client.store import audit, prints, settings
from kelurahan_client.store.audit import AuditFilter, AuditKind, Broken, NewLine
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.prints import NewPrint
from tests.desk_making import START, register


def line(kind: AuditKind = AuditKind.REVEAL, at: datetime = START, actor: str = "Rahmah", subject: str = "") -> NewLine:
    return NewLine(kind=kind, at=at, actor=actor, subject=subject, body={"reason": "menelepon “pelapor”"})


def chain_of(desk: Desk, length: int) -> None:
    with desk.store.write() as transaction:
        for _ in range(length):
            audit.append(transaction, [line()])


def altered(desk: Desk, *statements: str) -> Broken | None:
    with desk.store.write() as transaction:
        for statement in statements:
            transaction.connection.exec_driver_sql(statement)
    with desk.store.read() as transaction:
        return audit.first_broken(transaction)


def test_an_untouched_chain_holds_also_when_it_is_empty(desk: Desk) -> None:
    assert altered(desk) is None
    chain_of(desk, 3)
    with desk.store.write() as transaction:
        assert audit.append(transaction, [line(), line()]) == 5
        assert audit.append(transaction, []) == 5
    assert altered(desk) is None


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        pytest.param(["UPDATE audit SET actor = 'Orang lain' WHERE n = 2"], Broken(2, False), id="another officer"),
        pytest.param(["UPDATE audit SET at = '2026-08-02T02:32:11Z' WHERE n = 5"], Broken(5, False), id="another time"),
        pytest.param(["UPDATE audit SET body = x'00' WHERE n = 3"], Broken(3, False), id="bytes in place of text"),
        pytest.param(["UPDATE audit SET hash = x'00' WHERE n = 4"], Broken(4, False), id="another hash"),
        pytest.param(["DELETE FROM audit WHERE n = 1"], Broken(1, True), id="the first is gone"),
        pytest.param(["DELETE FROM audit WHERE n = 3"], Broken(3, True), id="one is gone"),
        pytest.param(["DELETE FROM audit WHERE n >= 4"], Broken(4, True), id="the end is gone"),
        pytest.param(["DELETE FROM audit"], Broken(1, True), id="all are gone"),
        pytest.param(
            ["DELETE FROM audit WHERE n = 3", "UPDATE audit SET n = n - 1 WHERE n > 3"],
            Broken(3, False),
            id="one is gone and the gap is closed",
        ),
        pytest.param(
            [
                "UPDATE audit SET n = 9 WHERE n = 2",
                "UPDATE audit SET n = 2 WHERE n = 4",
                "UPDATE audit SET n = 4 WHERE n = 9",
            ],
            Broken(2, False),
            id="two are swapped",
        ),
        pytest.param(
            ["INSERT INTO audit SELECT 6, kind, at, actor, subject, document, body, hash FROM audit WHERE n = 5"],
            Broken(6, False),
            id="one is put at the end",
        ),
        pytest.param(
            ["INSERT INTO audit SELECT 0, kind, at, actor, subject, document, body, hash FROM audit WHERE n = 1"],
            Broken(0, False),
            id="one is put before the first",
        ),
        pytest.param(
            [
                "UPDATE audit SET n = -n - 1 WHERE n >= 3",
                "UPDATE audit SET n = -n WHERE n < 0",
                "INSERT INTO audit SELECT 3, kind, at, actor, subject, document, body, hash FROM audit WHERE n = 2",
            ],
            Broken(3, False),
            id="one is put in between",
        ),
    ],
)
def test_other_hands_are_found(desk: Desk, statements: list[str], found: Broken) -> None:
    with desk.store.write() as transaction:
        audit.append(transaction, [line(actor=f"Petugas {n}") for n in range(1, 6)])
    assert altered(desk, *statements) == found


def test_the_last_line_written_anew_with_its_hash_is_found_by_the_end(desk: Desk) -> None:
    chain_of(desk, 2)
    with desk.store.write() as transaction:
        end = settings.get(transaction, settings.AUDIT_TAIL)
        transaction.connection.exec_driver_sql("DELETE FROM audit WHERE n = 2")
        settings.put(transaction, settings.AUDIT_TAIL, _end_at_one(transaction))
        audit.append(transaction, [line(actor="Orang lain")])
        settings.put(transaction, settings.AUDIT_TAIL, end)
    assert altered(desk) == Broken(2, missing=False)


def _end_at_one(transaction: Transaction) -> dict[str, object]:
    digest = transaction.connection.exec_driver_sql("SELECT hash FROM audit WHERE n = 1").scalar_one()
    return {"n": 1, "hash": digest.hex()}


def test_a_power_cut_leaves_lines_and_end_together(desk: Desk) -> None:
    chain_of(desk, 2)
    with desk.store.read() as transaction:  # rolled back, as by a power cut
        assert audit.append(transaction, [line()]) == 3
    assert altered(desk) is None
    chain_of(desk, 1)
    with desk.store.read() as transaction:
        assert list(audit.numbers(transaction, AuditFilter())) == [3, 2, 1]


def test_a_print_that_fails_is_a_line_more_and_its_number_is_free(desk: Desk) -> None:
    new = NewPrint(
        kind="receipt", title="Tanda terima", subject="c1", document="d1", size="A5", medium="printer",
        printer="EPSON", actor="Rahmah", at=START,
    )  # fmt: skip
    with desk.store.write() as transaction:
        first = prints.add(transaction, new)
        prints.set_failed(transaction, first, "Yusuf", START)
        prints.set_failed(transaction, first, "Yusuf", START)  # told twice
        assert prints.add(transaction, new).copy == 1
        assert prints.next_copy(transaction, "d1") == 2
        kinds = [one.kind for one in audit.of_subject(transaction, "c1")]
    assert kinds == [AuditKind.PRINT, AuditKind.UNPRINTED, AuditKind.PRINT]
    assert altered(desk) is None


def test_lines_are_found_by_kind_officer_day_and_number(desk: Desk) -> None:
    made, other = register(desk), register(desk)
    lines = [
        line(at=datetime.fromisoformat("2026-08-02T15:59:59.999999+00:00")),  # still 2 August at the counter
        line(AuditKind.PRINT, datetime.fromisoformat("2026-08-02T16:00:00+00:00"), subject=made.id),
        line(AuditKind.EXPORT, actor="Yusuf", subject=other.id),
        line(at=datetime.fromisoformat("2026-08-03T15:59:59.500000+00:00"), subject=made.id),
        line(at=START + timedelta(days=1), actor="Yusuf"),
    ]
    with desk.store.write() as transaction:
        audit.append(transaction, lines)
    third = date(2026, 8, 3)
    with desk.store.read() as transaction:

        def find(**wanted: object) -> list[int]:
            return list(audit.numbers(transaction, AuditFilter(**wanted)))  # type: ignore[arg-type]  # by name

        assert find(kinds=frozenset({AuditKind.PRINT, AuditKind.EXPORT})) == [3, 2]
        assert find(actor="Yusuf") == [5, 3]
        assert find(first=third, last=third) == [4, 3, 2]
        assert find(last=date(2026, 8, 2)) == [1]
        assert find(first=date(2026, 8, 4)) == [5]
        assert find(reference=made.reference) == [4, 2]
        assert find(reference=made.reference[:5]) == [4, 3, 2]
        assert find(reference="%") == []
        assert audit.actors(transaction) == ["Rahmah", "Yusuf"]
        assert [one.n for one in audit.by_numbers(transaction, [4, 1, 99])] == [4, 1]


def test_a_long_log_is_found_without_reading_it(desk: Desk) -> None:
    with desk.store.read() as transaction:
        for query in (
            "EXPLAIN QUERY PLAN SELECT n FROM audit WHERE subject = 'c1'",
            "EXPLAIN QUERY PLAN SELECT n FROM audit WHERE document = 'd1'",
            "EXPLAIN QUERY PLAN SELECT n FROM audit WHERE at >= '2026' AND kind IN ('print') AND actor = 'Rahmah'",
        ):
            assert "USING COVERING INDEX" in str(transaction.connection.exec_driver_sql(query).all())
