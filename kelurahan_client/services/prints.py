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
from kelurahan_client.services.templates import markup
from kelurahan_client.store import prints, settings
from kelurahan_client.store.prints import NewPrint, Print

__all__ = ["Medium", "Outlook", "Print", "Taken", "choices", "failed", "history", "outlook", "remember", "take"]

_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
_NEVER_A_COPY = frozenset({PaperKind.RECOVERY})  # every code is new; its words are told to nobody, not even as a hash


class Medium(StrEnum):
    """What a document went to."""

    PRINTER = "printer"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen the last time: the size of receipts, and a printer for this kind of document ("" = none)."""

    receipt_size: PaperSize
    printer: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """A document as it would come out now: marked as the copy it would be, with what came out of it before."""

    paper: Paper
    copy: int
    earlier: tuple[Print, ...]  # newest first
    choices: Choices


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that may go out, and its line in the log."""

    paper: Paper
    line: Print


def choices(desk: Desk, kind: PaperKind) -> Choices:
    """What was chosen the last time."""
    with desk.store.read() as transaction:
        size = PaperSize(settings.get(transaction, settings.RECEIPT_SIZE) or PaperSize.A5)
        return Choices(size, (settings.get(transaction, settings.PRINTERS) or {}).get(kind, ""))


def remember(desk: Desk, kind: PaperKind, *, size: PaperSize | None = None, printer: str = "") -> None:
    """Keep a choice for the next document of this kind; only receipts come in several sizes."""
    with desk.store.write() as transaction:
        if size is not None and kind is PaperKind.RECEIPT:
            settings.put(transaction, settings.RECEIPT_SIZE, size)
        if printer:
            known = settings.get(transaction, settings.PRINTERS) or {}
            settings.put(transaction, settings.PRINTERS, {**known, kind: printer})


def outlook(desk: Desk, paper: Paper) -> Outlook:
    """What printing this now would give; nothing is written."""
    with desk.store.read() as transaction:
        document = _document(desk, paper)
        earlier = prints.of_document(transaction, document)
        copy = prints.next_copy(transaction, document)
    return Outlook(_marked(desk, paper, copy), copy, tuple(earlier), choices(desk, paper.kind))


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
        prints.set_failed(transaction, line.key, desk.now())


def history(desk: Desk, subject: str) -> list[Print]:
    """Everything that was printed about a complaint or a closed day, failed tries too, newest first."""
    with desk.store.read() as transaction:
        return prints.of_subject(transaction, subject)


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
