"""The report of a period: everything counted in one picture of the data, each figure with its list."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.deadlines import WorkCalendar
from kelurahan_client.domain.national import Measure, NationalFigure, NationalTable, figure_from
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.spans import AgeBand, Span, age_bands, parts
from kelurahan_client.domain.statistics import Spread, spread, working_days
from kelurahan_client.services.desk import Desk, Identity, officer
from kelurahan_client.services.report_figures import (
    SETTLED,
    WAITING,
    AgeRow,
    FlowPart,
    Question,
    Report,
    Row,
    Standing,
    Timing,
)
from kelurahan_client.store import reporting, settings
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.listing import OPEN, ListFilter
from kelurahan_client.store.reporting import Pairs
from sync.protocol import RecordType

_NO_AGENCY = {True: "Belum didisposisi", False: "Ditangani kelurahan"}


def report(desk: Desk, question: Question) -> Report:
    """Count everything that `question` asks for, as it stands now."""
    now = desk.now()
    desk = replace(desk, clock=lambda: now)  # midnight must not come between two figures
    today = desk.today()
    span = question.period.span
    with desk.store.read() as transaction:
        office = _office(transaction)
        scope = _scope(question, office)
        wanted = replace(scope, received_from=span.first, received_to=span.last)
        earlier = question.period.before
        before = replace(scope, received_from=earlier.first, received_to=earlier.last)
        resolutions = reporting.resolutions(transaction, wanted, today)
        agencies = _agencies(desk, wanted, reporting.by_agency(transaction, wanted, today), resolutions)
        standing = sum((row.standing for row in agencies), Standing())
        total = Row("Jumlah", wanted, standing, _spread(_joined(resolutions), desk.reference.calendar))
        return Report(
            made_at=now,
            today=today,
            office=office,
            officer=officer(transaction),
            question=question,
            agency_name=desk.reference.agency_name(question.agency),
            category_name=desk.reference.category_name(question.category),
            total=total,
            before=reporting.standing(transaction, before, today),
            agencies=agencies,
            categories=_categories(desk, wanted, reporting.by_category(transaction, wanted, today)),
            flow=_flow(transaction, wanted, span),
            flow_filter=scope,
            ages=_ages(desk, transaction, replace(scope, received_to=span.last), today),
            answer=_answer(desk, transaction, total, before, span.last),
            resolution=_resolution(desk, transaction, total, before, span.last),
            holidays_known=all(
                desk.reference.calendar.is_complete(year) for year in range(span.first.year, today.year + 1)
            ),
        )


def _office(transaction: Transaction) -> Identity | None:
    value = settings.get(transaction, settings.IDENTITY)
    return None if value is None else Identity(**value)


def _scope(question: Question, office: Identity | None) -> ListFilter:
    return ListFilter(
        classification=question.classification,
        agency=question.agency,
        category=question.category,
        desk=office.desk if question.own_desk and office is not None else "",
    )


def _agencies(
    desk: Desk, wanted: ListFilter, found: Mapping[tuple[str, bool], Standing], resolutions: Mapping[str, Pairs]
) -> tuple[Row, ...]:
    """The agencies with the most complaints first, at the end what is with none of them."""
    rows = []
    for (agency, waiting), standing in found.items():
        measured = Spread() if waiting else _spread(resolutions.get(agency, ()), desk.reference.calendar)
        rows.append(_agency_row(desk.reference, wanted, agency, waiting, standing, measured))
    without = [row for row in rows if row.list_filter.without_agency]
    named = [row for row in rows if not row.list_filter.without_agency]
    named.sort(key=lambda row: (-row.standing.incoming, row.name.casefold()))
    return (*named, *sorted(without, key=lambda row: row.name, reverse=True))


def _agency_row(
    reference: ReferenceData, wanted: ListFilter, agency: str, waiting: bool, standing: Standing, measured: Spread
) -> Row:
    if agency:
        known = reference.agencies.get(agency)
        full_name = known.name if known else agency
        return Row(reference.agency_name(agency), replace(wanted, agency=agency), standing, measured, full_name)
    statuses = frozenset(WAITING) if waiting else frozenset(Status) - frozenset(WAITING)
    narrowed = replace(wanted, without_agency=True, statuses=statuses)
    return Row(_NO_AGENCY[waiting], narrowed, standing, measured)


def _categories(desk: Desk, wanted: ListFilter, found: Mapping[str, Standing]) -> tuple[Row, ...]:
    rows = [
        Row(
            desk.reference.category_name(code) if code else "Tanpa kategori",
            replace(wanted, category=code) if code else replace(wanted, without_category=True),
            standing,
        )
        for code, standing in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.standing.incoming, row.name.casefold())))


def _flow(transaction: Transaction, wanted: ListFilter, span: Span) -> tuple[FlowPart, ...]:
    received = reporting.received_by_day(transaction, wanted)
    resolved = reporting.resolved_by_day(transaction, wanted, span.first, span.last)
    return tuple(
        FlowPart(part, _within(received, part.first, part.last), _within(resolved, part.first, part.last))
        for part in parts(span)
    )


def _ages(desk: Desk, transaction: Transaction, wanted: ListFilter, today: date) -> tuple[AgeRow, ...]:
    """Everything that is open today and was received by the end of the period, however long ago."""
    still_open = replace(wanted, statuses=frozenset(OPEN))
    received = reporting.received_by_day(transaction, still_open)
    rows = []
    for band in age_bands(today, desk.reference.deadlines, desk.reference.calendar):
        narrowed = _in_band(still_open, band)
        count = 0 if narrowed is None else _within(received, narrowed.received_from, narrowed.received_to)
        rows.append(AgeRow(band, count, narrowed))
    return tuple(rows)


def _in_band(wanted: ListFilter, band: AgeBand) -> ListFilter | None:
    ends = [day for day in (wanted.received_to, band.last) if day is not None]
    last = min(ends) if ends else None
    if band.first is not None and last is not None and last < band.first:
        return None
    return replace(wanted, received_from=band.first, received_to=last)


def _answer(desk: Desk, transaction: Transaction, total: Row, before: ListFilter, last: date) -> Timing:
    today, calendar, wanted = desk.today(), desk.reference.calendar, total.list_filter
    return Timing(
        spread=_spread(reporting.answers(transaction, wanted, today), calendar),
        before=_spread(reporting.answers(transaction, before, today), calendar),
        national=_national(desk, transaction, Measure.FIRST_ANSWER, last),
        of=total.standing.incoming,
        list_filter=replace(wanted, answered_to=today),
    )


def _resolution(desk: Desk, transaction: Transaction, total: Row, before: ListFilter, last: date) -> Timing:
    today, wanted = desk.today(), total.list_filter
    earlier = _joined(reporting.resolutions(transaction, before, today))
    return Timing(
        spread=total.resolution,
        before=_spread(earlier, desk.reference.calendar),
        national=_national(desk, transaction, Measure.RESOLUTION, last),
        of=total.standing.settled,
        list_filter=replace(wanted, statuses=frozenset(SETTLED), resolved_to=today),
    )


def _national(desk: Desk, transaction: Transaction, measure: Measure, day: date) -> NationalFigure | None:
    """What the city has entered, as the last exchange brought it; where it has none, what ships with the program."""
    entered = map(figure_from, settings.reference_bodies(transaction, RecordType.NATIONAL_FIGURE))
    city = NationalTable(filter(None, entered))
    return city.figure(measure, day) or desk.reference.national.figure(measure, day)


def _spread(pairs: Iterable[tuple[date, date, int]], calendar: WorkCalendar) -> Spread:
    return spread(working_days(pairs, calendar))


def _joined(by_agency: Mapping[str, Pairs]) -> Pairs:
    return [pair for pairs in by_agency.values() for pair in pairs]


def _within(by_day: Mapping[date, int], first: date | None, last: date | None) -> int:
    return sum(
        count for day, count in by_day.items() if (first is None or day >= first) and (last is None or day <= last)
    )
