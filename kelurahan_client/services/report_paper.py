"""The report on paper, with lines for the Lurah's signature. It names no citizen."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from html import escape

from kelurahan_client.domain.day_words import WITA, format_date, format_time
from kelurahan_client.domain.statistics import decimal
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from kelurahan_client.services.report_figures import Report
from kelurahan_client.services.report_words import FLOW, NOTHING, Grid, Value, grids, notes, scope_words

FLOW_IMAGE = "masuk-dan-selesai.png"
_IMAGE_AFTER = {"Ringkasan": FLOW_IMAGE}
_IMAGE_WIDTH = 600  # of the page's CSS pixels, 159 mm
_LONGEST_FLOW = 32  # rows; what is longer is shown by the chart and in the spreadsheet
_LEAST_FIRST, _MOST_FIRST, _OTHERS = 24, 60, 13  # per cent of the width: the first column, each of the others

_STYLE = (
    "body { font-size: 9.5pt; } p { margin: 2px 0; } .title { font-size: 14pt; margin-top: 8px; } "
    ".section { font-size: 10.5pt; margin: 10px 0 3px 0; } .note { font-size: 8.5pt; }"
)


def report_paper(report: Report, images: Mapping[str, bytes]) -> Paper:
    """The document; `images` are the charts as PNG, under the names of this module, and may be left out."""
    parts = [f"<html><head><style>{_STYLE}</style></head><body>", _head(report)]
    for grid in map(_for_paper, grids(report)):
        if len(grid.rows) > _LONGEST_FLOW and grid.title == FLOW:
            continue
        parts.append(_table(grid))
        image = _IMAGE_AFTER.get(grid.title, "")
        if image in images:
            parts.append(f'<p><img src="{image}" width="{_IMAGE_WIDTH}"></p>')
    parts += [f'<p class="note">{escape(note)}</p>' for note in notes(report)]
    parts += [_signatures(report), "</body></html>"]
    name = report.span.name.replace(" ", "-").replace("\N{EN DASH}", "-")
    return Paper(
        kind=PaperKind.REPORT,
        title=f"Laporan pengaduan {report.span.name}",
        html="".join(parts),
        size=PaperSize.A4,
        file_name=f"laporan-{name}.pdf".lower(),
        images=dict(images),
    )


def _for_paper(grid: Grid) -> Grid:
    """Without the days on which nothing was."""
    if grid.title != FLOW:
        return grid
    return replace(grid, rows=(*(row for row in grid.rows[:-1] if any(row[1:])), grid.rows[-1]))


def _head(report: Report) -> str:
    office = report.office
    lines = ["PEMERINTAH KOTA BANJARMASIN"]
    if office is not None:
        lines += [f"KECAMATAN {office.district.upper()}", f"KELURAHAN {office.office_name.upper()}"]
    made = report.made_at.astimezone(WITA)
    return (
        f'<p align="center"><b>{"<br>".join(escape(line) for line in lines)}</b></p><hr>'
        f'<p class="title" align="center"><b>LAPORAN PENGADUAN MASYARAKAT</b></p>'
        f'<p align="center"><b>{escape(report.span.name)}</b></p>'
        f'<p align="center">{escape(scope_words(report))}. '
        f"Keadaan data {format_date(made.date())}, {format_time(made)}.</p>"
    )


def _table(grid: Grid) -> str:
    first = min(_MOST_FIRST, max(_LEAST_FIRST, 100 - _OTHERS * (len(grid.heads) - 1)))
    places = [f' width="{first}%" align="left"', *[_RIGHT] * (len(grid.heads) - 1)]
    heads = "".join(
        f'<th bgcolor="#eeeeee"{place}>{escape(head)}</th>' for place, head in zip(places, grid.heads, strict=True)
    )
    rows = []
    for at, row in enumerate(grid.rows):
        bold = grid.summed and at == len(grid.rows) - 1
        cells = "".join(
            _cell(value, column, bold, starred=column == 1 and at in grid.starred) for column, value in enumerate(row)
        )
        rows.append(f"<tr>{cells}</tr>")
    note = f'<p class="note">{escape(grid.note)}</p>' if grid.note else ""
    body = "".join(rows)
    return (
        f'<p class="section"><b>{escape(grid.title)}</b></p>'
        f'<table border="1" cellspacing="0" cellpadding="3" width="100%" style="border-collapse: collapse;">'
        f"<thead><tr>{heads}</tr></thead>{body}</table>{note}"
    )


_RIGHT = ' align="right"'


def _cell(value: Value, column: int, bold: bool, *, starred: bool) -> str:
    text = escape(shown(value)) + ("*" if starred else "")
    return f"<td{_RIGHT if column else ''}>{f'<b>{text}</b>' if bold else text}</td>"


def shown(value: Value) -> str:
    """A value of a table as people write it."""
    if value is None:
        return NOTHING
    return value if isinstance(value, str) else decimal(Fraction(value))


def _signatures(report: Report) -> str:
    made = report.made_at.astimezone(WITA)
    office = report.office.office_name if report.office is not None else ""
    line = "_" * 30
    gap = "<br>" * 4
    return (
        '<br><table width="100%" cellpadding="4"><tr>'
        f'<td width="55%">Dibuat oleh,<br>{escape(report.officer.role)}{gap}{escape(report.officer.name)}</td>'
        f"<td>Banjarmasin, {format_date(made.date())}<br>Lurah {escape(office)}{gap}{line}<br>NIP.</td>"
        "</tr></table>"
    )
