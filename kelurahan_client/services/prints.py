"""The log of prints: every document that leaves the desk is asked for here first, and gets the number of its copy.

A print is on the disk before anything goes to a printer; one that the printer then refuses is marked and is no copy.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from kelurahan_client.domain.day_words import format_date, format_time, local_date
from kelurahan_client.services.desk import Desk, officer
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from kelurahan_client.services.receipts import receipt_size_in
from kelurahan_client.services.templates import markup
from kelurahan_client.store import prints, settings
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.prints import NewPrint, Print

__all__ = ["Medium", "Outlook", "Print", "Taken"]

_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
_NEVER_A_COPY = frozenset({PaperKind.RECOVERY})  # every code is new; its words are told to nobody, not even as a hash


class Medium(StrEnum):
    """What a document went to."""

    PRINTER = "printer"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Outlook:
    """A document as it would come out now: marked as the copy it would be, with what came out of it before."""

    paper: Paper
    copy: int
    earlier: tuple[Print, ...]  # newest first
    printer: str  # where such a document last went, "" for nowhere yet


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that may go out, and its line in the log."""

    paper: Paper
    line: Print


def receipt_size(desk: Desk) -> PaperSize:
    """What receipts are printed on at this desk."""
    with desk.store.read() as transaction:
        return receipt_size_in(transaction)


def keep_receipt_size(desk: Desk, size: PaperSize) -> None:
    """From now on receipts come on this."""
    with desk.store.write() as transaction:
        settings.put(transaction, settings.RECEIPT_SIZE, size)


def printer_for(desk: Desk, kind: PaperKind, size: PaperSize) -> str:
    """Where a document of this kind and size last went, "" for nowhere yet."""
    with desk.store.read() as transaction:
        return _printer(transaction, kind, size)


def keep_printer(desk: Desk, kind: PaperKind, size: PaperSize, printer: str) -> None:
    """Offer this printer first for the next document of this kind and size; "" forgets the one that was."""
    with desk.store.write() as transaction:
        known = {**(settings.get(transaction, settings.PRINTERS) or {}), _key(kind, size): printer}
        settings.put(transaction, settings.PRINTERS, {key: name for key, name in known.items() if name})


def printers(desk: Desk) -> dict[tuple[PaperKind, PaperSize], str]:
    """The printer that is remembered for each kind and size that has one."""
    with desk.store.read() as transaction:
        known = settings.get(transaction, settings.PRINTERS) or {}
    split = ((*key.split(" ", 1), name) for key, name in known.items())
    return {(PaperKind(kind), PaperSize(size)): name for kind, size, name in split}


def outlook(desk: Desk, paper: Paper) -> Outlook:
    """What printing this now would give; nothing is written."""
    with desk.store.read() as transaction:
        document = _document(desk, paper)
        earlier = prints.of_document(transaction, document)
        copy = prints.next_copy(transaction, document)
        printer = _printer(transaction, paper.kind, paper.size)
    return Outlook(_marked(desk, paper, copy), copy, tuple(earlier), printer)


def take(desk: Desk, paper: Paper, medium: Medium, printer: str = "") -> Taken:
    """Write down that this goes out now, and give it with the mark of its copy."""
    with desk.store.write() as transaction:
        line = prints.add(
            transaction,
            NewPrint(
                kind=paper.kind,
                title=paper.title,
                subject=paper.subject,
                document=_document(desk, paper),
                size=paper.size,
                medium=medium,
                printer=printer,
                actor=officer(transaction).name,
                at=desk.now(),
            ),
        )
    return Taken(_marked(desk, paper, line.copy), line)


def failed(desk: Desk, line: Print) -> None:
    """It did not come out: the try stays in the log, its number is given to the next."""
    with desk.store.write() as transaction:
        prints.set_failed(transaction, line, officer(transaction).name, desk.now())


def history(desk: Desk, subject: str) -> list[Print]:
    """Everything that was printed about a complaint or a closed day, failed tries too, newest first."""
    with desk.store.read() as transaction:
        return prints.of_subject(transaction, subject)


def _printer(transaction: Transaction, kind: PaperKind, size: PaperSize) -> str:
    return str((settings.get(transaction, settings.PRINTERS) or {}).get(_key(kind, size), ""))


def _key(kind: PaperKind, size: PaperSize) -> str:
    """A roll and a sheet come out of different printers."""
    return f"{kind} {size}"


def _document(desk: Desk, paper: Paper) -> str:
    """What a second print is a copy of. A reply in other words, or a report of other figures, is another document."""
    if paper.kind in _NEVER_A_COPY:
        return desk.new_id()
    content = paper.html if paper.kind in {PaperKind.REPLY, PaperKind.REPORT} else ""
    told = "\x00".join((paper.kind, paper.subject, paper.title, content))
    return hashlib.sha256(told.encode()).hexdigest()


def _marked(desk: Desk, paper: Paper, copy: int) -> Paper:
    if copy < 2:
        return paper
    now = desk.now()
    words = markup(f"Salinan ke-{copy}, {format_date(local_date(now))}, {format_time(now)}")
    mark = f'<p align="right"><b>{words}</b></p>\n<p><span class="small">&nbsp;</span></p>'
    begin = _BODY.search(paper.html)
    at = begin.end() if begin else 0
    return replace(paper, html=f"{paper.html[:at]}\n{mark}\n{paper.html[at:]}")
