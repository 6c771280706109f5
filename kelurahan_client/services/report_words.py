"""The words and tables of a report, alike on screen, on paper and in a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kelurahan_client.domain.day_words import MONTHS, SHORT_MONTHS, format_day_month
from kelurahan_client.domain.national import NationalFigure
from kelurahan_client.domain.spans import AgeBand, Span
from kelurahan_client.domain.statistics import decimal
from kelurahan_client.domain.words import CLASSIFICATION_WORDS
from kelurahan_client.services.report_figures import Report, Row, not_signed

NOTHING = "\N{EN DASH}"
NO_NATIONAL = "belum ada angka nasional"
FLOW = "Masuk dan selesai"
FIRST_ANSWER = "Jawaban pertama"
UNTIL_RESOLVED = "Sampai selesai"
GROUP_HEADS = ("Masuk", "Selesai", "Lainnya", "Terbuka", "Terlambat")

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a report: numbers are numbers, None is nothing known; the last row is a sum where `summed`.

    `starred` are the rows whose second value includes what the centre has not signed for.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    summed: bool = False
    note: str = ""
    starred: frozenset[int] = frozenset()


def grids(report: Report) -> tuple[Grid, ...]:
    """All tables of the report, in the order in which they are read."""
    return (
        _summary(report),
        _groups("Menurut SKPD", "SKPD", report.agencies, report.total),
        _categories(report),
        _flow(report),
        _ages(report),
        _times(report),
    )


def number(value: Fraction | None) -> str:
    """1,5; a dash where nothing was measured."""
    return NOTHING if value is None else decimal(value)


def part_name(span: Span) -> str:
    """How a bar of the chart is called in small room: 3 Agu; 3-9 Agu; Agu 2026; 2026."""
    first, last = span.first, span.last
    if first == last:
        return format_day_month(first)
    if span.name == str(first.year):
        return span.name
    if span.name == f"{MONTHS[first.month - 1]} {first.year}":
        return f"{SHORT_MONTHS[first.month - 1]} {first.year}"
    beginning = str(first.day) if (first.year, first.month) == (last.year, last.month) else format_day_month(first)
    return f"{beginning}\N{EN DASH}{format_day_month(last)}"


def age_name(band: AgeBand) -> str:
    """0-3 hari kerja; lebih dari 60 hari kerja."""
    if band.most is None:
        return f"Lebih dari {band.least - 1} hari kerja"
    return f"{band.least}\N{EN DASH}{band.most} hari kerja"


def scope_words(report: Report) -> str:
    """Which complaints the report is about."""
    question = report.question
    desk = report.office.desk if report.office is not None else ""
    words = [f"Loket {desk} saja" if question.own_desk else "Semua loket"]
    words.append(CLASSIFICATION_WORDS[question.classification] if question.classification else "semua klasifikasi")
    words.append(f"SKPD {report.agency_name}" if question.agency else "semua SKPD")
    words.append(f"kategori {report.category_name}" if question.category else "semua kategori")
    return ", ".join(words)


def unsent_words(report: Report) -> str:
    """Why figures carry an asterisk, "" where none does."""
    standing = report.total.standing
    if not not_signed(standing):
        return ""
    parts = []
    if standing.unsent:
        parts.append(f"{standing.unsent} yang belum terkirim")
    if standing.rejected:
        parts.append(f"{standing.rejected} yang ditolak server kota")
    return f"Bertanda *: termasuk {' dan '.join(parts)}"


def national_words(figure: NationalFigure | None) -> str:
    """9,4 (Des 2025), or that there is none."""
    if figure is None:
        return NO_NATIONAL
    since = figure.effective_from
    return f"{decimal(figure.working_days)} ({SHORT_MONTHS[since.month - 1]} {since.year})"


def starred(count: int, report_row: Row) -> str:
    """A count that includes what the centre has not signed for has an asterisk."""
    plain = f"{count:,}".replace(",", ".")
    return f"{plain}*" if not_signed(report_row.standing) else plain


def notes(report: Report) -> tuple[str, ...]:
    """What a reader must know about the figures."""
    found = [
        "Masuk dihitung menurut tanggal diterima, bukan tanggal diketik. Masuk = Selesai + Lainnya + Terbuka, menurut "
        "keadaan saat laporan dibuat; Lainnya adalah bukan wewenang dan diarsipkan.",
        "Waktu dihitung dalam hari kerja sejak tanggal diterima. Jawaban pertama adalah tindak lanjut pertama, atau "
        "langkah pertama sesudah verifikasi.",
    ]
    if unsent := unsent_words(report):
        found.append(f"{unsent}; angka di server kota dapat berbeda.")
    if not report.holidays_known:
        found.append("Cuti bersama salah satu tahun belum lengkap; jumlah hari kerja masih dapat berubah.")
    for timing, name in ((report.answer, FIRST_ANSWER), (report.resolution, UNTIL_RESOLVED)):
        if timing.national is not None:
            found.append(f"Angka nasional {name.lower()}: {timing.national.source}.")
    return tuple(found)


def _exact(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _summary(report: Report) -> Grid:
    standing, before = report.total.standing, report.before
    names = ("Masuk", "Selesai", "Lainnya (bukan wewenang, diarsipkan)", "Masih terbuka", "Terlambat")
    fields = ("incoming", "settled", "otherwise", "still_open", "late")
    rows: list[tuple[Value, ...]] = [
        (name, getattr(standing, field), getattr(before, field)) for name, field in zip(names, fields, strict=True)
    ]
    rows.append(("Diselesaikan dalam periode ini, kapan pun diterima", sum(one.resolved for one in report.flow), None))
    rows.append(("Belum ditandatangani server kota", not_signed(standing), not_signed(before)))
    starred = frozenset({0} if not_signed(standing) else ())
    return Grid("Ringkasan", ("", report.span.name, report.question.period.before.name), tuple(rows), starred=starred)


def _groups(title: str, head: str, rows: Sequence[Row], total: Row) -> Grid:
    lines = [(*_standing(row), _exact(row.resolution.median), _exact(row.resolution.mean)) for row in (*rows, total)]
    heads = (head, *GROUP_HEADS, "Median", "Rata-rata")
    note = "Median dan rata-rata: hari kerja sampai selesai."
    return Grid(title, heads, tuple(lines), summed=True, note=note, starred=_stars((*rows, total)))


def _stars(rows: Sequence[Row]) -> frozenset[int]:
    return frozenset(at for at, row in enumerate(rows) if not_signed(row.standing))


def _categories(report: Report) -> Grid:
    rows = (*report.categories, report.total)
    lines = tuple(_standing(row) for row in rows)
    return Grid("Menurut kategori", ("Kategori", *GROUP_HEADS), lines, summed=True, starred=_stars(rows))


def _standing(row: Row) -> tuple[Value, ...]:
    one = row.standing
    return (row.name, one.incoming, one.settled, one.otherwise, one.still_open, one.late)


def _flow(report: Report) -> Grid:
    rows: list[tuple[Value, ...]] = [(part.span.name, part.incoming, part.resolved) for part in report.flow]
    rows.append(("Jumlah", sum(one.incoming for one in report.flow), sum(one.resolved for one in report.flow)))
    return Grid(FLOW, ("Waktu", "Masuk", "Selesai"), tuple(rows), summed=True)


def _ages(report: Report) -> Grid:
    rows: list[tuple[Value, ...]] = [(age_name(row.band), row.count) for row in report.ages]
    rows.append(("Jumlah", sum(row.count for row in report.ages)))
    note = f"Semua yang masih terbuka dan diterima sampai akhir {report.span.name}."
    return Grid("Umur yang masih terbuka", ("Umur", "Terbuka"), tuple(rows), summed=True, note=note)


def _times(report: Report) -> Grid:
    timings = (report.answer, report.resolution)
    rows: tuple[tuple[Value, ...], ...] = (
        ("Median", *(_exact(timing.spread.median) for timing in timings)),
        ("Rata-rata", *(_exact(timing.spread.mean) for timing in timings)),
        (f"Rata-rata {report.question.period.before.name}", *(_exact(timing.before.mean) for timing in timings)),
        ("Rata-rata nasional", *(national_words(timing.national) for timing in timings)),
        ("Diukur pada (pengaduan)", *(timing.spread.count for timing in timings)),
        ("Dari (pengaduan)", *(timing.of for timing in timings)),
    )
    return Grid("Waktu dan banding nasional", ("Hari kerja", FIRST_ANSWER, UNTIL_RESOLVED), rows)
