"""The filtered list as a report for paper: A4 upright, so only what fits across it."""

from collections.abc import Callable
from html import escape

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.day_words import format_date, local_date
from kelurahan_client.domain.words import STATUS_WORDS
from kelurahan_client.errors import InputError
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.services.export_columns import agency, name, phone, place, title
from kelurahan_client.services.exporting import Asked, Report, Wish, chosen, identities_allowed, parts
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize

MOST = 2_000  # lines of a report; beyond, nobody reads paper

_STYLE = (
    "body { font-size: 8.5pt; } h1 { font-size: 14pt; margin: 0; } p { margin: 2pt 0 0 0; } "
    "table { margin-top: 8pt; } th { text-align: left; font-weight: 600; background: #e9edf0; } "
    "td { vertical-align: top; }"
)


def report_paper(desk: Desk, wish: Wish, report: Report = lambda _: None, cancelled: Asked = lambda: False) -> Paper:
    """The list as a document, in the order shown; raises InputError for too long a list or a bad reason, Cancelled."""
    with_identities = identities_allowed(desk, wish)
    keys = chosen(desk, wish)
    if len(keys) > MOST:
        raise InputError(
            f"{_number(len(keys))} pengaduan terlalu banyak untuk dicetak; paling banyak {_number(MOST)}.",
            way_out="Persempit saringannya, atau ekspor ke XLSX.",
        )
    head = ["No.", "Nomor", "Diterima", "Pengaduan", "Status", "SKPD", "Tenggat"]
    if with_identities:
        head.insert(3, "Pelapor")
    rows: list[str] = []
    report((0, len(keys)))
    for part in parts(desk, keys, wish.reason, cancelled):
        for complaint in part:
            cells = _cells(desk, complaint, len(rows) + 1, with_identities=with_identities)
            rows.append(_row(cells, "td"))
        report((len(rows), len(keys)))
    identity = find_identity(desk)
    office = f"Kelurahan {identity.office_name}, Loket {identity.desk}" if identity else ""
    told = [office, wish.described, f"Per {format_date(desk.today())}, {_number(len(rows))} pengaduan"]
    lines = "".join(f"<p>{escape(line)}</p>" for line in told if line)
    table = f'<table width="100%" cellspacing="0" cellpadding="3" border="0.5">{_row(head, "th", plain=True)}'
    html = f"<html><head><style>{_STYLE}</style></head><body><h1>Daftar pengaduan</h1>{lines}"
    html += f"{table}{''.join(rows)}</table></body></html>"
    day = local_date(desk.now()).isoformat()
    return Paper(
        kind=PaperKind.REPORT,
        title="Daftar pengaduan",
        html=html,
        size=PaperSize.A4,
        file_name=f"Daftar pengaduan {day}.pdf",
    )


def _cells(desk: Desk, complaint: Complaint, number: int, *, with_identities: bool) -> list[str]:
    """The cells of a line, as markup."""
    where = place(complaint)
    about = escape(title(complaint))
    if where and where != title(complaint):
        about += f"<br><i>{escape(where)}</i>"
    due = f"{complaint.due_date:%d/%m/%y}" if complaint.due_date else "–"
    cells = [
        str(number),
        escape(complaint.reference).replace("-", "\u2011"),
        f"{complaint.received_date:%d/%m/%y}",
        about,
        escape(STATUS_WORDS[complaint.status]),
        escape(agency(complaint, desk.reference)),
        due,
    ]
    if with_identities:
        cells.insert(3, "<br>".join(escape(part) for part in (name(complaint), phone(complaint)) if part))
    return cells


def _row(cells: list[str], tag: str, *, plain: bool = False) -> str:
    made: Callable[[str], str] = escape if plain else str
    inner = "".join(f"<{tag}>{made(cell)}</{tag}>" for cell in cells)
    return f"<thead><tr>{inner}</tr></thead>" if tag == "th" else f"<tr>{inner}</tr>"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
