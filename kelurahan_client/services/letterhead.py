"""What every document of the office has in common: its head, its tables, its lines for signatures.

Whoever makes a document of its own fills `page` with these parts and puts the text into a `Paper`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kelurahan_client.services.desk import Desk, identity, officer
from kelurahan_client.services.paper import PaperSize
from kelurahan_client.services.templates import Html, fill, join, markup
from kelurahan_client.store.engine import Transaction

DOTS = "." * 34

_POINTS = MappingProxyType({
    # text, the city's line, the office's line, small print, the number; and the room for a signature in pixels
    PaperSize.A4: (10.5, 13.0, 15.0, 9.0, 26.0, 52),
    PaperSize.A5: (9.0, 10.5, 12.0, 8.0, 21.0, 36),
    PaperSize.ROLL_80: (8.5, 9.5, 10.5, 7.5, 18.0, 34),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the office as its letters name it, and the officer at the desk."""

    office: str
    district: str
    postal_code: str
    officer: str
    role: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Someone who is to sign: "Petugas" and the name below the line, "" for a dotted line."""

    role: str
    name: str = ""
    below: str = ""


NOBODY = Signer("")
"""Leaves the room of a signature empty."""


def sender_in(desk: Desk, transaction: Transaction) -> Sender:
    """The office and the officer, within a transaction of the caller; raises NotEnrolled."""
    me = identity(transaction)
    known = desk.reference.office(me.office)
    at_work = officer(transaction)
    return Sender(me.office_name, me.district, known.postal_code if known else "", at_work.name, at_work.role)


def sender(desk: Desk) -> Sender:
    """The office and the officer at the desk; raises NotEnrolled."""
    with desk.store.read() as transaction:
        return sender_in(desk, transaction)


def page(body: Sequence[Html], size: PaperSize) -> str:
    """A whole document in the office's styles for this size of paper."""
    points, city, office, small, number, signing = _POINTS[size]
    sizes = {"points": points, "city": city, "office": office, "small": small, "number": number, "signing": signing}
    return fill("page.html", body=join(body), **{name: f"{value:g}" for name, value in sizes.items()})


def letterhead(by: Sender, size: PaperSize) -> Html:
    """The head of a letter; on a roll its short form."""
    if size is PaperSize.ROLL_80:
        return fill("letterhead_roll.html", district=by.district, office=by.office)
    return fill("letterhead.html", district=by.district.upper(), office=by.office.upper(), postal_code=by.postal_code)


def heading(text: str) -> Html:
    """The name of a document in the middle of the line."""
    return Html(f'<p class="section" align="center"><span class="heading">{markup(text)}</span></p>')


def paragraph(text: str) -> Html:
    """A paragraph of a letter."""
    return Html(f'<p class="clause">{markup(text)}</p>')


def facts(rows: Sequence[tuple[str, str]], label_width: int = 26) -> Html:
    """Labels with their values beside them; a row without a value is left out. `label_width` in per cent."""
    lines = "\n".join(
        f'<tr><td class="label" width="{label_width}%" valign="top">{markup(label)}</td>'
        f'<td class="value" valign="top">{markup(value)}</td></tr>'
        for label, value in rows
        if value
    )
    return Html(f'<table width="100%" cellspacing="0" cellpadding="0">\n{lines}\n</table>')


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[int] = (),
    numbers: Sequence[int] = (),
) -> Html:
    """A ruled table: `widths` of the columns in per cent, `numbers` the columns that stand at the right.

    The headings are repeated on every page. A cell that is Html already is taken as it is.
    """

    def cell(tag: str, at: int, text: str) -> str:
        width = f' width="{widths[at]}%"' if widths else ""
        align = "right" if at in numbers else "left"
        return f'<{tag} align="{align}" valign="top"{width}>{markup(text)}</{tag}>'

    head = "".join(cell("th", at, text) for at, text in enumerate(headings))
    body = "\n".join(f"<tr>{''.join(cell('td', at, text) for at, text in enumerate(row))}</tr>" for row in rows)
    return Html(
        '<table class="listing" width="100%" border="1" cellspacing="0" cellpadding="3">\n'
        f"<thead><tr>{head}</tr></thead>\n{body}\n</table>"
    )


def signatures(*signers: Signer) -> Html:
    """Lines to sign on, side by side."""
    width = 100 // len(signers)
    above = "".join(
        f'<td class="role" width="{width}%" align="center" valign="top">{markup(one.role)}</td>' for one in signers
    )
    below = "".join(
        f'<td class="signature" width="{width}%" align="center" valign="top">{_name(one)}</td>' for one in signers
    )
    rows = f"<tr>{above}</tr>\n<tr>{below}</tr>"
    return Html(f'<table width="100%" cellspacing="0" cellpadding="0">\n{rows}\n</table>')


def _name(signer: Signer) -> Html:
    if signer == NOBODY:
        return Html("")
    name = Html(f"(<b>{markup(signer.name)}</b>)") if signer.name else markup(f"({DOTS})")
    return Html(f"{name}<br>{markup(signer.below)}") if signer.below else name
