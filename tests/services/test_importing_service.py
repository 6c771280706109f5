"""Importing register books into a real store: tried, written as one, taken back as one."""

import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.privacy import NOT_ASKED
from kelurahan_client.errors import InputError, NotFound, UnreadableFile
from kelurahan_client.services import handling, importing, lists
from kelurahan_client.services.desk import Desk, set_officer
from kelurahan_client.services.importing import Imported, ImportStopped, Plan, fingerprint
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.store import outbox
from sync.framing import CHAIN_START, chain
from sync.protocol import Op
from tests.desk_making import FakeClock, an_intake, register

BOOKS = Path(__file__).parent.parent / "paper_logs"
KUIN = BOOKS / "kuin_utara_2024.xlsx"
SPOILED = BOOKS / "rusak_contoh.xlsx"
GOOD_BOOKS = [
    "alalak_selatan_2024.xlsx",
    "belitung_selatan_2024.csv",
    "kuin_utara_2024.xlsx",
    "pekapuran_raya_2023.xls",
]


def _plan(desk: Desk, path: Path = KUIN, mapping: dict[str, str] | None = None) -> Plan:
    return importing.plan(desk, importing.inspect(desk, path), mapping)


def _import(desk: Desk, path: Path = KUIN) -> Imported:
    return importing.run(desk, _plan(desk, path))


def _ids(desk: Desk, import_id: str | None = None) -> list[str]:
    wanted = ListFilter(import_id=import_id) if import_id else ListFilter()
    return [row.id for row in lists.page(desk, lists.keys(desk, wanted))]


def _entries(desk: Desk) -> list[outbox.Entry]:
    """The whole outbox, first to last."""
    with desk.store.read() as transaction:
        end = outbox.tail(transaction)
        return list(outbox.by_numbers(transaction, end.epoch, 1, 10**6).values())


def _assert_chained(desk: Desk) -> list[outbox.Entry]:
    """The outbox is numbered without a gap and chained from its start to its tail."""
    entries = sorted(_entries(desk), key=lambda entry: entry.n)
    digest = CHAIN_START
    for n, entry in enumerate(entries, start=1):
        digest = chain(digest, entry.line)
        assert (entry.n, entry.hash) == (n, digest)
        assert json.loads(entry.line)["n"] == n
    with desk.store.read() as transaction:
        end = outbox.tail(transaction)
    assert (end.n, end.hash) == (len(entries), digest)
    return entries


def _book(path: Path, *sheets: tuple[str, list[list[str]]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def _rows(count: int) -> list[list[str]]:
    rows = [[str(n), "3/8/2026", f"Warga {n}", f"Lampu nomor {n} padam sejak kemarin."] for n in range(1, count + 1)]
    return [["No", "Tanggal", "Nama", "Isi pengaduan"], *rows]


# ---------------------------------------------------------------- trying


def test_a_plan_writes_nothing(desk: Desk) -> None:
    wanted = _plan(desk, SPOILED)
    assert (wanted.read, len(wanted.new), len(wanted.duplicates), len(wanted.rejected)) == (41, 34, 1, 6)
    assert len(wanted.warned) == 2
    assert _ids(desk) == []
    assert _entries(desk) == []
    assert importing.history(desk) == []


@pytest.mark.parametrize("name", GOOD_BOOKS)
def test_every_row_of_a_good_book_becomes_a_complaint(desk: Desk, name: str) -> None:
    set_officer(desk, "Norhasanah")
    expected = json.loads((BOOKS / f"{name}.expected.json").read_text(encoding="utf-8"))["rows"]
    outcome = _import(desk, BOOKS / name)
    assert (outcome.read, outcome.accepted, outcome.duplicates, outcome.rejected) == (
        len(expected),
        len(expected),
        0,
        (),
    )
    assert len(_ids(desk, outcome.import_id)) == len(expected)
    [batch] = importing.history(desk)
    assert (batch.id, batch.file_name, batch.actor, batch.accepted) == (
        outcome.import_id,
        name,
        "Norhasanah",
        len(expected),
    )
    assert batch.undone_at is None


def test_a_complaint_knows_its_place_in_the_book_and_its_warnings(desk: Desk) -> None:
    wanted = _plan(desk, SPOILED)
    outcome = importing.run(desk, wanted)
    details = [lists.detail(desk, id_).complaint for id_ in _ids(desk, outcome.import_id)]
    by_line = {complaint.book_line: complaint for complaint in details}
    assert by_line.keys() == {row.line for row in wanted.new}
    assert {complaint.book_sheet for complaint in details} == {"Register"}
    assert {complaint.confidential for complaint in details} == {None}
    for row in wanted.new:
        told = by_line[row.line]
        asked = () if told.anonymous else (NOT_ASKED["anonymous"],)
        assert told.warnings == (*row.warnings, *asked, NOT_ASKED["confidential"])


def test_reference_numbers_follow_each_other_and_those_before(desk: Desk) -> None:
    before = register(desk).reference
    outcome = _import(desk)
    references = {lists.detail(desk, id_).complaint.reference for id_ in _ids(desk, outcome.import_id)}
    numbers = sorted(int(reference.split("-")[2]) for reference in references)
    first = int(before.split("-")[2]) + 1
    assert numbers == list(range(first, first + 80))


def test_progress_goes_from_nothing_to_all(desk: Desk, tmp_path: Path) -> None:
    wanted = _plan(desk, _book(tmp_path / "besar.xlsx", ("Buku", _rows(600))))
    told: list[tuple[int, int]] = []
    importing.run(desk, wanted, lambda done, total: told.append((done, total)))
    assert told[0] == (0, 600)
    assert told[-1] == (600, 600)
    assert len(told) > 2
    assert all(earlier < later for earlier, later in itertools.pairwise(told))


# ---------------------------------------------------------------- the same line again


def test_the_same_book_again_adds_nothing(desk: Desk) -> None:
    _import(desk)
    wanted = _plan(desk)
    assert (len(wanted.new), len(wanted.duplicates)) == (0, 80)
    assert importing.run(desk, wanted) == Imported("", 80, 0, 80, ())
    assert len(_ids(desk)) == 80
    assert len(importing.history(desk)) == 1


def test_rows_that_came_in_since_the_trial_are_left_out(desk: Desk, tmp_path: Path) -> None:
    small = _plan(desk, _book(tmp_path / "lima.xlsx", ("Buku", _rows(5))))
    large = _plan(desk, _book(tmp_path / "delapan.xlsx", ("Buku", _rows(8))))
    importing.run(desk, small)
    outcome = importing.run(desk, large)
    assert (outcome.read, outcome.accepted, outcome.duplicates) == (8, 3, 5)
    again = importing.run(desk, small)
    assert again == Imported("", 5, 0, 5, ())
    assert [batch.accepted for batch in importing.history(desk)] in ([3, 5], [5, 3])
    assert len(_ids(desk)) == 8


def test_a_line_is_known_under_another_name_and_at_another_place(desk: Desk, tmp_path: Path) -> None:
    rows = _rows(4)
    importing.run(desk, _plan(desk, _book(tmp_path / "a.xlsx", ("Buku", rows))))
    moved = [["BUKU REGISTER"], [], rows[0], rows[3], [], rows[1], rows[2], rows[4]]
    wanted = _plan(desk, _book(tmp_path / "b.xlsx", ("Salinan", moved)))
    assert (len(wanted.new), len(wanted.duplicates)) == (0, 4)


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"statement": "lampu JALAN di gang mawar  padam sejak tiga hari lalu"}, True),
        ({"reporter_phone": "081299998888"}, True),
        ({"statement": "Lampu jalan di Gang Melati padam sejak tiga hari lalu."}, False),
        ({"received_date": date(2026, 8, 2)}, False),
        ({"reporter_name": "Siti Rahmah"}, False),
        ({"reporter_address": "Gang Mawar 3"}, False),
        ({"book_number": "7"}, False),
    ],
)
def test_a_fingerprint_is_of_what_the_line_says(change: dict[str, Any], same: bool) -> None:
    assert (fingerprint(an_intake()) == fingerprint(an_intake(**change))) is same


def test_fields_of_a_fingerprint_do_not_flow_into_each_other() -> None:
    one = an_intake(reporter_name="Siti", reporter_address="Aminah Gang Mawar")
    other = an_intake(reporter_name="Siti Aminah", reporter_address="Gang Mawar")
    assert fingerprint(one) != fingerprint(other)


# ---------------------------------------------------------------- columns and sheets


def test_a_mapping_is_remembered_once_it_was_used(desk: Desk) -> None:
    mapping = {"KET": "", "DISPOSISI": "note"}
    wanted = _plan(desk, KUIN, mapping)
    assert not importing.inspect(desk, KUIN).remembered  # trying alone keeps nothing
    importing.run(desk, wanted)
    opened = importing.inspect(desk, KUIN)
    assert opened.remembered
    fields = {column.heading: column.field for column in opened.layout.columns}
    assert (fields["KET"], fields["DISPOSISI"], fields["NAMA"]) == (None, "note", "reporter_name")
    assert not importing.inspect(desk, BOOKS / "pekapuran_raya_2023.xls").remembered  # another layout


def test_a_mapping_that_does_not_fit_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="tidak ada di buku ini"):
        _plan(desk, KUIN, {"Kolom asing": "note"})


def test_another_sheet_of_the_book_is_taken_with_its_own_memory(desk: Desk, tmp_path: Path) -> None:
    other = [["Nomor urut", "Tgl", "Pelapor", "Aduan"], *_rows(9)[5:]]
    path = _book(tmp_path / "dua.xlsx", ("Januari", _rows(3)), ("Februari", other), ("Catatan", [["catatan"]]))
    opened = importing.inspect(desk, path)
    assert opened.sheet.name == "Januari"
    second = importing.choose_sheet(desk, opened, "Februari")
    assert (second.sheet.name, second.path, second.remembered) == ("Februari", path, False)
    outcome = importing.run(desk, importing.plan(desk, second))
    assert outcome.accepted == 5
    assert importing.choose_sheet(desk, opened, "Februari").remembered
    assert not importing.choose_sheet(desk, second, "Januari").remembered
    for name in ("Catatan", "Maret"):
        with pytest.raises(UnreadableFile):
            importing.choose_sheet(desk, opened, name)


# ---------------------------------------------------------------- the outbox


def test_entries_of_an_import_are_chained_and_contiguous_in_the_order_of_the_book(desk: Desk) -> None:
    register(desk)
    wanted = _plan(desk)
    outcome = importing.run(desk, wanted)
    entries = _assert_chained(desk)[1:]
    assert [entry.op for entry in entries] == [Op.CREATE] * 80
    lines = [json.loads(entry.line)["set"]["book_line"] for entry in entries]
    assert lines == [row.line for row in wanted.new]
    assert {entry.complaint_id for entry in entries} == set(_ids(desk, outcome.import_id))


# ---------------------------------------------------------------- all or nothing


class _Breaks(Exception):
    """What goes wrong in the middle."""


def _breaking_clock(desk: Desk, after: int) -> Desk:
    calls = itertools.count()

    def clock() -> datetime:
        if next(calls) >= after:
            raise _Breaks
        return desk.clock()

    return replace(desk, clock=clock)


def _breaking_random(desk: Desk, after: int) -> Desk:
    calls = itertools.count()

    def random(count: int) -> bytes:
        if next(calls) >= after:
            raise _Breaks
        return desk.random(count)

    return replace(desk, random=random)


@pytest.mark.parametrize("broken", [_breaking_clock, _breaking_random])
@pytest.mark.parametrize("after", [1, 40, 300, 599])
def test_a_failure_in_the_middle_leaves_nothing(
    desk: Desk, tmp_path: Path, broken: Callable[[Desk, int], Desk], after: int
) -> None:
    first = register(desk)
    wanted = _plan(desk, _book(tmp_path / "besar.xlsx", ("Buku", _rows(600))))
    with pytest.raises(_Breaks):
        importing.run(broken(desk, after), wanted)
    assert _ids(desk) == [first.id]
    assert importing.history(desk) == []
    assert len(_assert_chained(desk)) == 1
    assert not importing.inspect(desk, tmp_path / "besar.xlsx").remembered
    number = int(register(desk).reference.split("-")[2])
    assert number == int(first.reference.split("-")[2]) + 1  # no number was used up
    assert importing.run(desk, wanted).accepted == 600


def test_a_store_that_fails_at_the_last_step_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise _Breaks

    wanted = _plan(desk)
    with monkeypatch.context() as patch:
        patch.setattr("kelurahan_client.store.settings.remember_mapping", fail)
        with pytest.raises(_Breaks):
            importing.run(desk, wanted)
    assert _ids(desk) == []
    assert _assert_chained(desk) == []
    assert importing.history(desk) == []


@pytest.mark.parametrize("looks", [0, 1, 2])
def test_an_import_that_is_stopped_leaves_nothing(desk: Desk, tmp_path: Path, looks: int) -> None:
    asked = itertools.count()
    wanted = _plan(desk, _book(tmp_path / "besar.xlsx", ("Buku", _rows(600))))
    with pytest.raises(ImportStopped, match="tidak ada baris yang ditulis"):
        importing.run(desk, wanted, cancelled=lambda: next(asked) >= looks)
    assert _ids(desk) == []
    assert _assert_chained(desk) == []
    assert importing.history(desk) == []


# ---------------------------------------------------------------- taking back


def test_an_import_is_taken_back_whole_and_the_centre_is_told(desk: Desk, clock: FakeClock) -> None:
    mine = register(desk, statement="Pohon tumbang di depan balai.", book_number="999")
    outcome = _import(desk)
    clock.move(hours=1)
    undone = importing.undo(desk, outcome.import_id)
    assert (undone.removed, undone.kept) == (80, 0)
    assert _ids(desk) == [mine.id]
    [batch] = importing.history(desk)
    assert batch.undone_at == clock()
    entries = _assert_chained(desk)
    assert [entry.op for entry in entries] == [Op.CREATE] * 81 + [Op.DELETE] * 80
    assert {entry.complaint_id for entry in entries[1:81]} == {entry.complaint_id for entry in entries[81:]}
    assert (lists.home(desk).counts.unsent, lists.state(desk).unsent, lists.state(desk).withdrawn) == (1, 81, 80)


def test_a_complaint_of_an_undone_import_is_found_no_more(desk: Desk) -> None:
    outcome = _import(desk)
    gone = lists.detail(desk, _ids(desk, outcome.import_id)[0]).complaint
    assert gone.id in {row.id for row in _search(desk, gone.reporter_name)}
    importing.undo(desk, outcome.import_id)
    assert _search(desk, gone.reporter_name) == []
    with pytest.raises(NotFound):
        lists.detail(desk, gone.id)
    with pytest.raises(NotFound):
        handling.follow_up(desk, gone.id, "Masih ada?")


def _search(desk: Desk, words: str) -> list[lists.ListRow]:
    return lists.page(desk, lists.keys(desk, ListFilter(search=words)))


def test_complaints_that_were_worked_on_stay(desk: Desk, clock: FakeClock) -> None:
    outcome = _import(desk)
    followed, moved, edited, *_others = _ids(desk, outcome.import_id)
    clock.move(minutes=5)
    handling.follow_up(desk, followed, "Sudah dihubungi.")
    handling.transition(desk, moved, Status.VERIFIED)
    handling.edit(desk, edited, {"location": "Depan masjid"})
    undone = importing.undo(desk, outcome.import_id)
    assert (undone.removed, undone.kept) == (77, 3)
    assert set(_ids(desk)) == {followed, moved, edited}
    deleted = {entry.complaint_id for entry in _assert_chained(desk) if entry.op == Op.DELETE}
    assert not deleted & {followed, moved, edited}


def test_an_import_taken_back_can_be_imported_again(desk: Desk, clock: FakeClock) -> None:
    outcome = _import(desk)
    kept = _ids(desk, outcome.import_id)[0]
    handling.follow_up(desk, kept, "Sudah dihubungi.")
    importing.undo(desk, outcome.import_id)
    clock.move(minutes=1)
    again = _import(desk)
    assert (again.accepted, again.duplicates) == (79, 1)
    assert again.import_id != outcome.import_id
    assert len(_ids(desk)) == 80
    assert importing.undo(desk, again.import_id).removed == 79
    assert _ids(desk) == [kept]
    _assert_chained(desk)


def test_taking_back_twice_or_what_is_not_there_is_refused(desk: Desk) -> None:
    outcome = _import(desk)
    importing.undo(desk, outcome.import_id)
    before = len(_entries(desk))
    with pytest.raises(InputError, match="sudah dibatalkan"):
        importing.undo(desk, outcome.import_id)
    with pytest.raises(NotFound):
        importing.undo(desk, "tidak-ada")
    assert len(_entries(desk)) == before


def test_a_failure_while_taking_back_leaves_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise _Breaks

    outcome = _import(desk)
    with monkeypatch.context() as patch:
        patch.setattr("kelurahan_client.store.imports.mark_undone", fail)
        with pytest.raises(_Breaks):
            importing.undo(desk, outcome.import_id)
    assert len(_ids(desk)) == 80
    assert len(_assert_chained(desk)) == 80
    assert importing.history(desk)[0].undone_at is None


# ---------------------------------------------------------------- what was refused, and the history


def test_refused_rows_come_back_mended(desk: Desk, tmp_path: Path) -> None:
    wanted = _plan(desk, SPOILED)
    importing.run(desk, wanted)
    target = tmp_path / "ditolak.csv"
    importing.save_rejected(wanted, target)
    unmended = _plan(desk, target)
    assert (len(unmended.new), len(unmended.rejected)) == (0, 6)
    text = (
        target.read_text(encoding="utf-8-sig").replace("31/02/2024", "29/02/2024").replace("04/03/2062", "04/03/2024")
    )
    target.write_text(text, encoding="utf-8-sig")
    outcome = _import(desk, target)
    assert (outcome.accepted, len(outcome.rejected)) == (2, 4)


def test_the_history_has_the_newest_import_first(desk: Desk, clock: FakeClock) -> None:
    for name in GOOD_BOOKS[:3]:
        _import(desk, BOOKS / name)
        clock.move(minutes=1)
    assert [batch.file_name for batch in importing.history(desk)] == GOOD_BOOKS[2::-1]


def test_the_outcome_as_json_names_row_and_reason(desk: Desk) -> None:
    told = importing.as_json(_import(desk, SPOILED))
    assert (told["read"], told["accepted"], told["duplicates"], len(told["rejected"])) == (41, 34, 1, 6)
    assert told["rejected"][0] == {
        "row": 5,
        "reason": "Februari 2024 hanya sampai tanggal 29. Cocokkan: 29/2 atau 1/3?",
    }
