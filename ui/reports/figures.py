"""The tables of a report as cells, each figure with the list that it opens; pure, to be tested without a window."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.report_figures import Column, FlowPart, Report, Row, Timing, not_signed
from kelurahan_client.services.report_words import (
    NOTHING,
    age_name,
    national_words,
    number,
    part_name,
    starred,
)
from ui.figures import number as count_text
from ui.language import said
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.bar_painter import FlowBar
from ui.widgets.cell import Cell, CellLook


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("Reports", text)


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell, and the list of the complaints that its figure counts; None where it counts none."""

    cell: Cell
    list_filter: ListFilter | None = None


Line = tuple[Figure, ...]


def agency_heads() -> tuple[str, ...]:
    """The columns of the table by agency."""
    return (
        tr("SKPD"),
        tr("Masuk"),
        tr("Selesai"),
        tr("Lainnya"),
        tr("Terbuka"),
        tr("Terlambat"),
        tr("Median"),
        tr("Rata-rata"),
    )


def agency_lines(report: Report) -> list[Line]:
    """A line for each agency, and their sum."""
    if not report.agencies:
        return []
    return [_agency_line(report, row, bold=row is report.total) for row in (*report.agencies, report.total)]


def _agency_line(report: Report, row: Row, *, bold: bool) -> Line:
    standing = row.standing
    ground = Tone.NEUTRAL if bold else None
    late = row.list_of(Column.LATE, report.today)

    def figure(text: str, column: Column, count: int) -> Figure:
        wanted = row.list_of(column, report.today)
        shown = NOTHING if wanted is None else text
        return Figure(
            Cell(text=shown, right=True, bold=bold, ground=ground, tooltip=opens(count)), wanted if count else None
        )

    measured = row.resolution
    return (
        Figure(
            Cell(text=said(row.name), bold=bold, ground=ground, tooltip=row.full_name),
            row.list_filter if standing.incoming else None,
        ),
        figure(said(starred(standing.incoming, row)), Column.INCOMING, standing.incoming),
        figure(count_text(standing.settled), Column.SETTLED, standing.settled),
        figure(count_text(standing.otherwise), Column.OTHERWISE, standing.otherwise),
        figure(count_text(standing.still_open), Column.STILL_OPEN, standing.still_open),
        Figure(_late_cell(standing.late, bold), late if standing.late else None),
        figure(number(measured.median), Column.MEASURED, measured.count),
        figure(number(measured.mean), Column.MEASURED, measured.count),
    )


def _late_cell(late: int, bold: bool) -> Cell:
    ground = Tone.NEUTRAL if bold else None
    if not late:
        return Cell(text="0", right=True, bold=bold, ground=ground)
    return Cell(
        text=count_text(late),
        right=True,
        bold=bold,
        ground=ground,
        tone=Tone.RED,
        icon=Icon.WARNING,
        tooltip=opens(late),
    )


def opens(count: int) -> str:
    """What Enter does on a figure."""
    if not count:
        return ""
    return tr("Enter atau klik dua kali: buka {n} pengaduan ini di Daftar").format(n=count_text(count))


def category_heads() -> tuple[str, ...]:
    """The columns of the table by category."""
    return (tr("Kategori"), tr("Perbandingan"), tr("Masuk"))


def category_lines(report: Report) -> list[Line]:
    """A bar for each category."""
    return _bars([(said(row.name), row.standing.incoming, row.list_filter, row) for row in report.categories])


def age_heads() -> tuple[str, ...]:
    """The columns of the table of ages."""
    return (tr("Terbuka selama"), tr("Perbandingan"), tr("Terbuka"))


def age_lines(report: Report) -> list[Line]:
    """A bar for each age."""
    return _bars([(said(age_name(row.band)), row.count, row.list_filter, None) for row in report.ages])


def _bars(rows: Sequence[tuple[str, int, ListFilter | None, Row | None]]) -> list[Line]:
    most = max((count for _, count, _, _ in rows), default=0) or 1
    found: list[Line] = []
    for name, count, wanted, row in rows:
        reached = wanted if count else None
        text = said(starred(count, row)) if row is not None and not_signed(row.standing) else count_text(count)
        found.append(
            (
                Figure(Cell(text=name), reached),
                Figure(Cell(look=CellLook.BAR, share=count / most, text=text, tooltip=opens(count)), reached),
                Figure(Cell(text=text, right=True, tooltip=opens(count)), reached),
            )
        )
    return found


def flow_heads() -> tuple[str, ...]:
    """The columns of the table of days."""
    return (tr("Waktu"), tr("Masuk"), tr("Selesai"))


def flow_lines(report: Report) -> list[Line]:
    """A line for each bar of the chart that has something to show, the newest first."""
    parts = [part for part in reversed(report.flow) if part.incoming or part.resolved]
    return [_flow_line(report, part) for part in parts]


def _flow_line(report: Report, part: FlowPart) -> Line:
    incoming = report.received_in(part) if part.incoming else None
    resolved = report.resolved_in(part) if part.resolved else None
    return (
        Figure(Cell(text=said(part.span.name)), incoming or resolved),
        Figure(Cell(text=count_text(part.incoming), right=True, tooltip=opens(part.incoming)), incoming),
        Figure(Cell(text=count_text(part.resolved), right=True, tooltip=opens(part.resolved)), resolved),
    )


def flow_bars(report: Report) -> list[FlowBar]:
    """The bars of the chart."""
    return [FlowBar(said(part_name(part.span)), part.incoming, part.resolved) for part in report.flow]


def time_heads() -> tuple[str, ...]:
    """The columns of the comparison with the country."""
    return (tr("Hari kerja"), tr("Jawaban"), tr("Selesai"))


def time_lines(report: Report) -> list[Line]:
    """How long both took, beside the period before and the national figure."""
    timings = (report.answer, report.resolution)
    median = [_measured(timing, said(number(timing.spread.median))) for timing in timings]
    mean = [_measured(timing, said(number(timing.spread.mean))) for timing in timings]
    count = [
        _measured(timing, tr("{n} dari {of}").format(n=_n(timing), of=count_text(timing.of))) for timing in timings
    ]
    before = [Figure(Cell(text=number(timing.before.mean), right=True)) for timing in timings]
    name = said(report.question.period.before.name)
    return [
        (_head(tr("Median")), *median),
        (_head(tr("Rata-rata")), *mean),
        (_head(tr("Sebelumnya"), tr("Rata-rata {period}").format(period=name)), *before),
        (_head(tr("Nasional"), tr("Rata-rata nasional")), *(_national(timing) for timing in timings)),
        (_head(tr("Diukur pada")), *count),
    ]


def _head(text: str, tooltip: str = "") -> Figure:
    return Figure(Cell(text=text, tooltip=tooltip))


def _n(timing: Timing) -> str:
    return count_text(timing.spread.count)


def _measured(timing: Timing, text: str) -> Figure:
    count = timing.spread.count
    return Figure(Cell(text=text, right=True, tooltip=opens(count)), timing.list_filter if count else None)


def _national(timing: Timing) -> Figure:
    if timing.national is None:
        tooltip = tr("Belum ada angka nasional resmi; kota mengisinya dengan tanggal dan sumbernya.")
        return Figure(Cell(text=tr("belum ada"), right=True, quiet=True, tooltip=tooltip))
    return Figure(Cell(text=said(national_words(timing.national)), right=True, tooltip=timing.national.source))
