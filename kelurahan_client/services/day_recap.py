"""The recap of a closed day on paper, to be signed by the officer and the Lurah. Nobody's identity stands on it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape

from kelurahan_client.domain.complaint import Channel, Status
from kelurahan_client.domain.day_count import DayLine
from kelurahan_client.domain.day_words import (
    WITA,
    format_date,
    format_day_month,
    format_time,
    format_weekday_date,
    local_date,
)
from kelurahan_client.domain.words import CHANNEL_WORDS, STATUS_WORDS
from kelurahan_client.services import day_close
from kelurahan_client.services.day_close import DayCount, Left
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from kelurahan_client.store.closed_days import ClosedDay

_INSTANT = timedelta(microseconds=1)  # a day counts what comes after its beginning
_CELL = 'style="border: 1px solid #555; padding: 3px 6px;"'
_NUMBER = 'align="right" style="border: 1px solid #555; padding: 3px 6px;"'


def recap(desk: Desk, closing_id: str) -> Paper:
    """The recap of a closing, today or years later the same; raises NotFound."""
    closing = day_close.closing(desk, closing_id)
    count = day_close.as_it_was(closing)
    body = [
        _letterhead(count),
        _title(closing, count),
        _equation(count),
        _two_tables(desk, count),
        _numbers(count.references),
        _left_over(count),
        _reopened(closing),
        _signatures(closing, count),
    ]
    return Paper(
        kind=PaperKind.DAY_RECAP,
        title=f"Rekap harian {format_date(count.day)}",
        html=f'<html><body style="font-size: 10pt; color: #000;">{"".join(body)}</body></html>',
        size=PaperSize.A4,
        subject=closing.id,
        file_name=f"rekap-{count.desk.lower()}-{count.day.isoformat()}.pdf",
    )


def source_words(line: DayLine) -> str:
    """What a line of the equation is called: a channel, or a page of the register book."""
    if not line.page:
        return CHANNEL_WORDS[line.channel]
    if line.page.casefold().startswith("buku"):
        return line.page  # it names its book, as a page that was typed beside its scan does
    page = f"hal. {line.page}" if line.page.isdecimal() else line.page
    return f"{CHANNEL_WORDS[Channel.REGISTER_BOOK]}, {page}"


def _letterhead(count: DayCount) -> str:
    return (
        '<p align="center" style="margin: 0; font-size: 11pt;">'
        f"PEMERINTAH KOTA {escape(count.city.upper().removeprefix('KOTA '))}<br>"
        f"KECAMATAN {escape(count.district.upper())}<br>"
        f'<span style="font-size: 14pt; font-weight: 600;">KELURAHAN {escape(count.office.upper())}</span></p><hr>'
    )


def _title(closing: ClosedDay, count: DayCount) -> str:
    facts = (
        ("Hari, tanggal", format_weekday_date(count.day)),
        ("Loket", count.desk),
        ("Petugas", closing.officer),
        ("Ditutup", _moment(closing.closed_at)),
        ("Yang dihitung", f"diketik {_moment(closing.since + _INSTANT)} sampai {_moment(closing.until)}"),
    )
    rows = "".join(f"<tr><td>{name}&nbsp;&nbsp;</td><td>: {escape(value)}</td></tr>" for name, value in facts)
    head = '<p align="center" style="font-size: 13pt; font-weight: 600;">REKAP HARIAN PENGADUAN</p>'
    return f"{head}<table>{rows}</table>"


def _equation(count: DayCount) -> str:
    whole = count.total
    head = _row(("Sumber", "Di buku", "Diketik", "Diakui pusat", "Belum terkirim", "Ditolak"), "th")
    rows = [_row(_figures(source_words(line), line)) for line in count.lines]
    foot = _row(_figures("Jumlah hari ini", whole), bold=True)
    says = f"{whole.typed} diketik = {whole.signed} diakui + {whole.here} belum terkirim + {whole.refused} ditolak."
    if count.left_over == 0:
        says += " Angka buku, diketik dan diakui pusat sama; tidak ada sisa."
    return f"<p><b>Angka hari ini</b></p>{_table([head, *rows, foot])}<p>{says}</p>"


def _figures(name: str, line: DayLine) -> tuple[str, ...]:
    book = "–" if line.counted is None else str(line.counted)
    return name, book, str(line.typed), str(line.signed), str(line.here), str(line.refused)


def _two_tables(desk: Desk, count: DayCount) -> str:
    categories = [
        (desk.reference.category_name(code) if code else "Belum dikategorikan", str(many))
        for code, many in count.categories
    ]
    statuses = [(STATUS_WORDS[Status(code)], str(many)) for code, many in count.statuses]
    if not categories:
        return ""
    by_category = _table([_row(("Kategori", "Jumlah"), "th"), *(_row(one) for one in categories)])
    by_status = _table([_row(("Status saat ditutup", "Jumlah"), "th"), *(_row(one) for one in statuses)])
    # An empty paragraph between them would take no room.
    return f"<p><b>Menurut kategori</b></p>{by_category}<p><b>Menurut status</b></p>{by_status}"


def _numbers(references: Sequence[str]) -> str:
    listed = ", ".join(escape(one).replace("-", "\u2011") for one in references)  # no line ends within a number
    return f"<p><b>Nomor pengaduan</b><br>{listed or 'Tidak ada pengaduan yang diketik.'}</p>"


def _left_over(count: DayCount) -> str:
    if not count.left_over:
        return "<p><b>Sisa</b><br>Tidak ada.</p>"
    rows = [_row((_draft_name(one.started_at), f"Belum disimpan, diketik {one.officer}.")) for one in count.drafts]
    rows += [_row((source_words(line), _miscounted(line))) for line in count.lines if line.miscounted or line.uncounted]
    rows += [_row((one.reference, _why(one))) for one in count.left]
    if count.files:
        rows.append(_row((f"{count.files} lampiran", "Berkasnya belum di server kota.")))
    unnamed = count.waiting - sum(1 for one in count.left if one.kind == "waiting")
    if unnamed > 0:
        rows.append(_row((f"{unnamed} pengaduan lain", "Menunggu dikirim.")))
    return f"<p><b>Sisa ({count.left_over})</b></p>{_table([_row(('Apa', 'Mengapa'), 'th'), *rows])}"


def _draft_name(at: datetime) -> str:
    return f"Draf {format_day_month(local_date(at))}, {format_time(at)}"


def _miscounted(line: DayLine) -> str:
    if line.uncounted:
        return "Baris di buku belum dihitung."
    if line.miscounted > 0:
        return f"{line.miscounted} baris di buku belum diketik."
    return f"{-line.miscounted} lebih banyak diketik daripada di buku."


def _why(left: Left) -> str:
    if left.kind == "refused":
        return f"Ditolak server kota: {left.reason or 'tanpa keterangan'}"
    if left.kind == "conflict":
        return "Isinya berbeda dari pusat; menunggu keputusan."
    changes = f"{left.changes} perubahan menunggu" if left.changes > 1 else "Menunggu dikirim"
    if left.tried_at is None:
        return f"{changes}, belum pernah dicoba."
    return f"{changes}, dicoba {_moment(left.tried_at)}, belum dijawab."


def _reopened(closing: ClosedDay) -> str:
    if closing.reopened_at is None:
        return ""
    when, who = _moment(closing.reopened_at), escape(closing.reopened_by)
    return (
        f"<p><b>Tidak berlaku lagi:</b> dibuka kembali {when} oleh {who}. Alasan: {escape(closing.reopen_reason)}</p>"
    )


def _signatures(closing: ClosedDay, count: DayCount) -> str:
    place = f"{escape(count.city)}, {format_date(local_date(closing.closed_at))}"
    line = "." * 44
    return (
        '<p></p><table width="100%" style="page-break-inside: avoid;"><tr>'
        f'<td width="50%" align="center">&nbsp;<br>Petugas<br><br><br><br><b>{escape(closing.officer)}</b></td>'
        f'<td width="50%" align="center">{place}<br>Lurah {escape(count.office)}<br><br><br><br>{line}<br>NIP.</td>'
        "</tr></table>"
    )


def _table(rows: Iterable[str]) -> str:
    return f'<table width="100%" cellspacing="0" style="border-collapse: collapse;">{"".join(rows)}</table>'


def _row(cells: Sequence[str], tag: str = "td", *, bold: bool = False) -> str:
    made = []
    for cell in cells:
        number = tag == "td" and (cell.isdecimal() or cell == "–")
        words = f"<b>{escape(cell)}</b>" if bold else escape(cell)
        side = _NUMBER if number else f'align="left" {_CELL}'
        made.append(f"<{tag} {side}>{words}</{tag}>")
    return f"<tr>{''.join(made)}</tr>"


def _moment(at: datetime) -> str:
    return f"{format_day_month(at.astimezone(WITA).date())}, {format_time(at)}"
