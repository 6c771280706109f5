"""Reports on a real desk: each figure equals the list that it opens, and means what it says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kelurahan_client.domain.complaint import Classification, Complaint, Status, SyncState, TimelineEntry
from kelurahan_client.domain.fields import flat
from kelurahan_client.domain.national import Measure, NationalFigure, NationalTable, figure_body
from kelurahan_client.domain.spans import Period, PeriodKind, Span, period
from kelurahan_client.domain.status import steps_from
from kelurahan_client.errors import DiskFull, IllegalStep, InputError
from kelurahan_client.services import handling, lists, report_sheets, reports
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.report_figures import Column, Question, Report
from kelurahan_client.services.report_paper import FLOW_IMAGE, report_paper
from kelurahan_client.services.report_words import grids
from kelurahan_client.store import complaints, new_complaints, settings
from kelurahan_client.store.migrations.versions import v0006_reports
from sync.protocol import RecordType
from tests.desk_making import FEW, START, FakeClock, register
from tests.full_disk import room_for

MONDAY = START.date()


def own(first: date, last: date) -> Question:
    return Question(period=Period(PeriodKind.OWN, Span(first, last)))


def asked(kind: PeriodKind, today: date = MONDAY) -> Question:
    return Question(period=period(kind, today))


def length(desk: Desk, wanted: ListFilter | None) -> int:
    return 0 if wanted is None else len(lists.keys(desk, wanted))


def figures(found: Report) -> Iterator[tuple[str, int, ListFilter | None]]:
    """Every figure with the list that it stands for."""
    for row in (found.total, *found.agencies, *found.categories):
        standing = row.standing
        unsent = standing.unsent + standing.rejected
        values = {
            Column.INCOMING: standing.incoming,
            Column.SETTLED: standing.settled,
            Column.OTHERWISE: standing.otherwise,
            Column.STILL_OPEN: standing.still_open,
            Column.LATE: standing.late,
            Column.UNSENT: unsent,
        }
        if row not in found.categories:
            values[Column.MEASURED] = row.resolution.count
        for column, value in values.items():
            yield f"{row.name} {column}", value, row.list_of(column, found.today)
    for part in found.flow:
        yield f"in {part.span}", part.incoming, found.received_in(part)
        yield f"out {part.span}", part.resolved, found.resolved_in(part)
    for age in found.ages:
        yield f"age {age.band}", age.count, age.list_filter
    for timing in (found.answer, found.resolution):
        yield f"measured {timing.list_filter}", timing.spread.count, timing.list_filter


def assert_equal_to_lists(desk: Desk, question: Question) -> Report:
    found = reports.report(desk, question)
    for name, value, wanted in figures(found):
        assert value == length(desk, wanted), name
    total = found.total.standing
    assert total.incoming == total.settled + total.otherwise + total.still_open
    assert sum(row.standing.incoming for row in found.categories) == total.incoming
    assert sum(part.incoming for part in found.flow) == total.incoming
    return found


LIVES = st.lists(
    st.tuples(
        st.integers(0, 500),  # received so many days ago
        st.sampled_from(["", "PUPR", "DLH", "BARU"]),
        st.sampled_from(["", "SAMPAH", "PJU"]),
        st.sampled_from(list(Classification)),
        st.lists(st.integers(0, 4), max_size=6),  # which of the legal steps
        st.lists(st.integers(0, 2000), min_size=6, max_size=6),  # hours between them
        st.sampled_from(["", "note", "gone", "rejected", "acknowledged"]),
    ),
    min_size=1,
    max_size=6,
)


def live(desk: Desk, clock: FakeClock, life: tuple[int, str, str, Classification, list[int], list[int], str]) -> None:
    """Register one complaint and lead it through its steps, the clock running on."""
    ago, agency, category, classification, steps, hours, ending = life
    clock.at = START - timedelta(days=ago)
    made = register(
        desk,
        received_date=desk.today() - timedelta(days=ago % 4),
        agency=agency if agency != "BARU" else "PUPR",
        category=category,
        classification=classification,
    )
    for choice, wait in zip(steps, hours, strict=False):
        clock.at = min(START, clock.at + timedelta(hours=wait))
        made = take(desk, made, choice)
    if ending == "note":
        handling.follow_up(desk, made.id, "Sudah ditinjau.")
    finish(desk, made, ending)
    clock.at = START


def take(desk: Desk, made: Complaint, choice: int) -> Complaint:
    legal = steps_from(made.status)
    if not legal:
        return made
    step = legal[choice % len(legal)]
    agency = "DLH" if step.to is Status.REFERRED and not made.agency else ""
    try:
        return handling.transition(desk, made.id, step.to, "alasan", agency)
    except IllegalStep:  # too late to open it again
        return made


def finish(desk: Desk, made: Complaint, ending: str) -> None:
    with desk.store.write() as transaction:
        if ending == "gone":
            stored = complaints.get(transaction, made.id)
            assert stored is not None
            complaints.delete_many(transaction, [stored])
        elif ending in {"rejected", "acknowledged"}:
            complaints.set_sync_states(transaction, {made.id: SyncState(ending)})


@FEW
@given(LIVES, st.integers(0, 520), st.integers(0, 400), st.sampled_from(["", "PUPR"]), st.booleans())
def test_every_figure_equals_the_list_that_it_opens(
    desk: Desk,
    clock: FakeClock,
    lives: list[tuple[int, str, str, Classification, list[int], list[int], str]],
    ago: int,
    days: int,
    agency: str,
    own_desk: bool,
) -> None:
    for life in lives:
        live(desk, clock, life)
    first = MONDAY - timedelta(days=ago)
    span = Span(first, first + timedelta(days=days))  # may end, or even begin, in the future
    question = Question(period=Period(PeriodKind.OWN, span), agency=agency, own_desk=own_desk)
    assert_equal_to_lists(desk, question)


@pytest.mark.parametrize("kind", [kind for kind in PeriodKind if kind is not PeriodKind.OWN])
def test_before_the_first_complaint_all_is_nought(desk: Desk, kind: PeriodKind) -> None:
    found = assert_equal_to_lists(desk, asked(kind))
    assert found.empty
    assert found.agencies == found.categories == ()
    assert found.answer.spread.median is found.resolution.spread.mean is None


def test_a_period_in_the_future_is_empty_and_breaks_nothing(desk: Desk) -> None:
    register(desk)
    found = assert_equal_to_lists(desk, own(date(2031, 1, 1), date(2031, 12, 31)))
    assert found.empty
    assert found.total.standing.incoming == 0
    assert sum(row.count for row in found.ages) == 1  # open today, however long ago it was received


def test_days_and_months_end_at_midnight_of_the_counter(desk: Desk, clock: FakeClock) -> None:
    """23.59 WITA on 31 July is July in every figure, a minute later is August; in UTC both are 31 July."""
    clock.at = datetime(2026, 7, 31, 2, 0, tzinfo=UTC)
    july, august = (register(desk, received_date=date(2026, 7, 31), agency="PUPR").id for _ in range(2))
    for complaint_id in (july, august):
        handling.transition(desk, complaint_id, Status.VERIFIED)
        handling.transition(desk, complaint_id, Status.IN_PROGRESS)
    clock.at = datetime(2026, 7, 31, 15, 59, 59, 999_999, tzinfo=UTC)
    handling.transition(desk, july, Status.RESOLVED, "beres")
    clock.at = datetime(2026, 7, 31, 16, 0, tzinfo=UTC)
    assert desk.today() == date(2026, 8, 1)
    handling.transition(desk, august, Status.RESOLVED, "beres")
    night = register(desk, received_date=desk.today())
    last_month = assert_equal_to_lists(desk, asked(PeriodKind.LAST_MONTH, desk.today()))
    this_month = assert_equal_to_lists(desk, asked(PeriodKind.THIS_MONTH, desk.today()))
    assert (last_month.flow[-1].incoming, last_month.flow[-1].resolved) == (2, 1)
    assert [(part.incoming, part.resolved) for part in this_month.flow] == [(1, 1)]
    assert lists.full(desk, this_month.received_in(this_month.flow[0]))[0].id == night.id


def test_times_are_counted_in_working_days_from_the_day_of_receipt(desk: Desk, clock: FakeClock) -> None:
    clock.at = datetime(2026, 7, 29, 3, 0, tzinfo=UTC)  # a Wednesday
    ids = [register(desk, received_date=date(2026, 7, 27), agency="PUPR").id for _ in range(3)]  # typed two days late
    for complaint_id in ids:
        handling.transition(desk, complaint_id, Status.VERIFIED)  # no answer yet
    clock.at = datetime(2026, 7, 31, 3, 0, tzinfo=UTC)
    handling.follow_up(desk, ids[0], "Ditelepon.")
    handling.transition(desk, ids[1], Status.REFERRED)
    clock.at = START
    handling.transition(desk, ids[1], Status.RESOLVED, "beres")
    found = assert_equal_to_lists(desk, own(date(2026, 7, 27), date(2026, 7, 27)))
    assert (found.answer.spread.count, found.answer.of) == (2, 3)
    assert found.answer.spread.median == 4  # Tuesday to Friday
    assert found.resolution.spread.mean == 5
    assert found.agencies[0].resolution == found.resolution.spread


def test_what_was_opened_again_counts_from_its_last_resolution(desk: Desk, clock: FakeClock) -> None:
    made = register(desk, received_date=MONDAY)
    for to in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED, Status.IN_PROGRESS):
        handling.transition(desk, made.id, to, "alasan")
    open_again = assert_equal_to_lists(desk, asked(PeriodKind.TODAY))
    assert open_again.flow[0].resolved == 0
    clock.move(days=2)
    handling.transition(desk, made.id, Status.RESOLVED, "alasan")
    clock.move(days=6)
    handling.transition(desk, made.id, Status.CLOSED, "puas")  # closing is no second resolution
    found = assert_equal_to_lists(desk, own(MONDAY, desk.today()))
    assert [part.span.first for part in found.flow if part.resolved] == [MONDAY + timedelta(days=2)]
    assert found.resolution.spread.median == Fraction(2)
    home = lists.home(desk)
    assert [(day, out) for day, _, out in home.days if out] == [(MONDAY + timedelta(days=2), 1)]


def test_a_month_that_runs_is_compared_with_the_same_days_of_the_month_before(desk: Desk) -> None:
    for day in (date(2026, 7, 1), date(2026, 7, 3), date(2026, 7, 4), date(2026, 8, 2)):
        register(desk, received_date=day)
    found = reports.report(desk, asked(PeriodKind.THIS_MONTH))
    assert found.before.incoming == 2
    assert found.total.standing.incoming == 1


def test_what_the_centre_has_not_signed_is_told(desk: Desk) -> None:
    sent, refused, waiting = (register(desk, agency=agency) for agency in ("PUPR", "DLH", "DLH"))
    with desk.store.write() as transaction:
        complaints.set_sync_states(transaction, {sent.id: SyncState.ACKNOWLEDGED, refused.id: SyncState.REJECTED})
    found = assert_equal_to_lists(desk, asked(PeriodKind.TODAY))
    assert {row.name: (row.standing.unsent, row.standing.rejected) for row in found.agencies} == {
        "DLH": (1, 1),
        "PUPR": (0, 0),
    }
    assert waiting.id


def test_who_handles_it_is_told_apart_from_who_has_not_begun(desk: Desk) -> None:
    begun, _waiting = register(desk), register(desk)
    handling.transition(desk, begun.id, Status.VERIFIED)
    handling.transition(desk, begun.id, Status.IN_PROGRESS)
    found = assert_equal_to_lists(desk, asked(PeriodKind.TODAY))
    assert [(row.name, row.standing.incoming) for row in found.agencies] == [
        ("Ditangani kelurahan", 1),
        ("Belum didisposisi", 1),
    ]


def test_late_begins_on_the_day_after_the_due_day(desk: Desk, clock: FakeClock) -> None:
    made = register(desk, received_date=MONDAY)
    assert made.due_date is not None
    for days, late in ((0, 0), (1, 1)):
        clock.at = START + (made.due_date - MONDAY) + timedelta(days=days)
        assert assert_equal_to_lists(desk, own(MONDAY, MONDAY)).total.standing.late == late


def test_a_resolution_whose_story_is_not_here_counts_as_settled_but_not_as_measured(desk: Desk) -> None:
    made = register(desk)
    with desk.store.write() as transaction:
        stored = complaints.get(transaction, made.id)
        assert stored is not None
        complaints.change(transaction, stored, {"status": Status.RESOLVED, "due_date": None})
    found = assert_equal_to_lists(desk, asked(PeriodKind.TODAY))
    assert (found.total.standing.settled, found.resolution.of, found.resolution.spread.count) == (1, 1, 0)
    assert found.flow[0].resolved == 0


def test_a_search_heeds_what_a_report_opened_the_list_with(desk: Desk) -> None:
    first, second = register(desk), register(desk, agency="PUPR", category="SAMPAH")
    handling.follow_up(desk, first.id, "Ditelepon.")
    for step in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        handling.transition(desk, second.id, step, "beres")
    for wanted, expected in (
        (ListFilter(without_agency=True), {first.id}),
        (ListFilter(without_category=True), {first.id}),
        (ListFilter(resolved_from=MONDAY, resolved_to=MONDAY), {second.id}),
        (ListFilter(resolved_to=MONDAY), {second.id}),
        (ListFilter(resolved_from=MONDAY + timedelta(days=1)), set()),
        (ListFilter(answered_to=MONDAY), {first.id, second.id}),
        (ListFilter(answered_to=MONDAY - timedelta(days=1)), set()),
        (ListFilter(desk="A"), {first.id, second.id}),
        (ListFilter(desk="B"), set()),
    ):
        for search in ("", "lampu"):
            found = {one.id for one in lists.full(desk, replace(wanted, search=search))}
            assert found == expected, (wanted, search)


def test_a_story_that_comes_before_its_complaint_counts(desk: Desk, clock: FakeClock) -> None:
    """The centre sends records in its own order; a page may end between a complaint and its steps."""
    made = register(desk)
    other = replace(made, id=desk.new_id(), reference="0403B-26-00001-2", desk="B", status=Status.RESOLVED, rev=2)
    step = TimelineEntry(
        id=desk.new_id(),
        kind="status",
        text="beres",
        actor="Rina",
        at=clock.at,
        acknowledged=True,
        status_to=Status.RESOLVED,
    )
    with desk.store.write() as transaction:
        complaints.add_entries(transaction, [other.id], [step])
        new_complaints.insert_many(transaction, [new_complaints.NewRow(values=flat(other))])
    found = assert_equal_to_lists(desk, asked(PeriodKind.TODAY))
    assert (found.resolution.spread.count, found.flow[0].resolved) == (1, 1)
    own = reports.report(desk, replace(asked(PeriodKind.TODAY), own_desk=True))
    assert own.total.standing.incoming == 1


def test_an_upgraded_desk_reads_the_days_from_its_stories(desk: Desk) -> None:
    made = register(desk)
    for to in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        handling.transition(desk, made.id, to, "beres")
    with desk.store.read() as transaction:
        run = transaction.connection.exec_driver_sql
        kept = run("SELECT answered_on, settled_on FROM complaint").all()
        filled = sql_between("UPDATE complaint SET", "WHERE id IN")
        run("UPDATE complaint SET answered_on = NULL, settled_on = NULL")
        run(filled)
        assert run("SELECT answered_on, settled_on FROM complaint").all() == kept == [(str(MONDAY), str(MONDAY))]


def sql_between(first: str, last: str) -> str:
    """The statement of the migration that fills the two columns."""
    text = Path(v0006_reports.__file__).read_text("utf-8")
    return text[text.index(first) : text.index(last)]


def test_the_paper_is_whole_and_names_nobody(desk: Desk) -> None:
    register(desk, reporter_name="Siti <Aminah>", agency="PUPR")
    found = reports.report(desk, asked(PeriodKind.LAST_MONTH))
    paper = report_paper(found, {FLOW_IMAGE: b"png"})
    assert paper.title == "Laporan pengaduan Juli 2026"
    assert paper.file_name == "laporan-juli-2026.pdf"
    for words in (
        "KELURAHAN ALALAK SELATAN",
        "KECAMATAN BANJARMASIN UTARA",
        "Lurah Alalak Selatan",
        "Banjarmasin, 3 Agustus 2026",
        "10.32 WITA",
        "belum ada angka nasional",
        "Menurut SKPD",
        "Menurut kategori",
        "Umur yang masih terbuka",
        f'src="{FLOW_IMAGE}"',
    ):
        assert words in paper.html
    assert "Siti" not in paper.html
    assert paper.html.count("<table") == paper.html.count("</table>")


def test_the_citys_figure_goes_before_the_shipped_one_on_paper_and_in_the_spreadsheet(
    desk: Desk, tmp_path: Path
) -> None:
    shipped = NationalTable(
        NationalFigure(since, measure, Fraction(30), "Dikirim bersama program")
        for since in (date(2026, 1, 1), date(2026, 7, 10))
        for measure in Measure
    )
    desk = replace(desk, reference=replace(desk.reference, national=shipped))
    city = NationalFigure(date(2026, 7, 1), Measure.RESOLUTION, Fraction(94, 10), "Surat kota <7>")
    with desk.store.write() as transaction:
        settings.put_reference(transaction, RecordType.NATIONAL_FIGURE, "city", figure_body(city))
        of_a_later_day = {**figure_body(city), "measure": "satisfaction"}
        settings.put_reference(transaction, RecordType.NATIONAL_FIGURE, "later", of_a_later_day)
    found = reports.report(desk, asked(PeriodKind.LAST_MONTH))
    assert found.resolution.national == city
    assert found.answer.national == shipped.figure(Measure.FIRST_ANSWER, date(2026, 7, 31))
    june = reports.report(desk, own(date(2026, 6, 1), date(2026, 6, 30)))
    assert june.resolution.national == shipped.rows[1]
    paper = report_paper(found, {FLOW_IMAGE: b"png"}).html
    assert "9,4 (Jul 2026)" in paper
    assert "Angka nasional sampai selesai: Surat kota &lt;7&gt;." in paper
    report_sheets.write_sheets(found, tmp_path / "laporan.xlsx")
    times = CalamineWorkbook.from_path(tmp_path / "laporan.xlsx").get_sheet_by_name("Waktu dan banding nasional")
    assert ["Rata-rata nasional", "30 (Jul 2026)", "9,4 (Jul 2026)"] in times.to_python()


def test_the_spreadsheet_has_numbers_and_days_and_the_figures_of_the_report(desk: Desk, tmp_path: Path) -> None:
    register(desk, agency="PUPR", category="SAMPAH", reporter_name="=HYPERLINK(1)")
    register(desk, agency="PUPR", received_date=date(2026, 8, 1))
    found = reports.report(desk, asked(PeriodKind.THIS_MONTH))
    target = tmp_path / report_sheets.file_name(found)
    report_sheets.write_sheets(found, target)
    book = CalamineWorkbook.from_path(target)
    assert book.sheet_names == ["Laporan", *(grid.title for grid in grids(found))]
    assert book.get_sheet_by_name("Menurut SKPD").to_python()[1:] == [
        ["PUPR", 2.0, 0.0, 0.0, 2.0, 0.0, "", ""],
        ["Jumlah", 2.0, 0.0, 0.0, 2.0, 0.0, "", ""],
    ]
    flow = book.get_sheet_by_name("Masuk dan selesai").to_python()
    assert flow[1] == [date(2026, 8, 1), date(2026, 8, 1), 1.0, 0.0]
    assert flow[-1] == ["Jumlah", "", 2.0, 0.0]
    assert "HYPERLINK" not in str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert list(tmp_path.glob("*.xlsx")) == list(tmp_path.glob("*lap*")) == [target]


def test_a_full_disk_leaves_the_older_spreadsheet_as_it_was(desk: Desk, tmp_path: Path) -> None:
    found = reports.report(desk, asked(PeriodKind.THIS_MONTH))
    target = tmp_path / "laporan.xlsx"
    target.write_bytes(b"yang lama")
    with room_for(2_000), pytest.raises((DiskFull, InputError)):
        report_sheets.write_sheets(found, target)
    assert target.read_bytes() == b"yang lama"
    assert list(tmp_path.glob("*lap*")) == [target]
