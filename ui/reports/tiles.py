"""The four figures above a report; pure, so that they are tested without a window."""

from dataclasses import dataclass, field

from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.report_figures import Column, Report, Timing
from kelurahan_client.services.report_words import national_words, number, starred
from ui.figures import number as count_text
from ui.language import said
from ui.reports.figures import tr
from ui.theme.icons import Icon


@dataclass(frozen=True, slots=True)
class TileView:
    """One figure with its unit and its remark, and the list that stands behind it."""

    key: str
    name: str
    icon: Icon
    figure: str = "–"
    unit: str = ""
    remark: str = ""
    list_filter: ListFilter | None = field(default=None)


def blank_tiles() -> tuple[TileView, ...]:
    """The tiles before anything is counted."""
    return (
        TileView("incoming", tr("Masuk"), Icon.RECEIVED),
        TileView("settled", tr("Selesai"), Icon.RESOLVED),
        TileView("answer", tr("Jawaban pertama, median"), Icon.FOLLOW_UP),
        TileView("resolution", tr("Sampai selesai, median"), Icon.HOURGLASS),
    )


def tiles(report: Report) -> tuple[TileView, ...]:
    """The tiles of a report."""
    incoming, settled, answer, resolution = blank_tiles()
    standing = report.total.standing
    cases = tr("pengaduan")
    return (
        TileView(
            incoming.key,
            incoming.name,
            incoming.icon,
            said(starred(standing.incoming, report.total)),
            cases,
            f"{said(report.question.period.before.name)}: {count_text(report.before.incoming)}",
            report.total.list_of(Column.INCOMING, report.today),
        ),
        TileView(
            settled.key,
            settled.name,
            settled.icon,
            count_text(standing.settled),
            cases,
            _share(standing.settled, standing.incoming),
            report.total.list_of(Column.SETTLED, report.today),
        ),
        _time_tile(answer, report.answer),
        _time_tile(resolution, report.resolution),
    )


def _share(part: int, whole: int) -> str:
    if not whole:
        return tr("belum ada yang masuk")
    return tr("{n}% dari yang masuk").format(n=(200 * part + whole) // (2 * whole))


def _time_tile(blank: TileView, timing: Timing) -> TileView:
    if timing.spread.median is None:
        return TileView(blank.key, blank.name, blank.icon, remark=tr("belum ada yang dapat diukur"))
    national = tr("nasional {figure}").format(figure=said(national_words(timing.national))) if timing.national else ""
    mean = tr("rata-rata {mean}").format(mean=number(timing.spread.mean))
    return TileView(
        blank.key,
        blank.name,
        blank.icon,
        said(number(timing.spread.median)),
        tr("hari kerja"),
        f"{mean}; {national or tr('nasional belum ada')}",
        timing.list_filter,
    )
