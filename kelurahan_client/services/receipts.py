"""*Tanda terima*: what the citizen takes home, on a sheet or on the roll of a receipt printer."""

import base64
from dataclasses import fields, replace
from datetime import date

from kelurahan_client.domain.complaint import Classification, Complaint, Intake, Status
from kelurahan_client.domain.day_words import format_date, format_time, format_weekday_date, local_date
from kelurahan_client.domain.words import CLASSIFICATION_WORDS
from kelurahan_client.services import letterhead
from kelurahan_client.services.desk import Desk, identity
from kelurahan_client.services.discretion import discreet, hides_content, hides_person, reporter
from kelurahan_client.services.handling import alive
from kelurahan_client.services.letterhead import Sender, Signer
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from kelurahan_client.services.qr import IMAGE, qr_png
from kelurahan_client.services.registering import due_date
from kelurahan_client.services.templates import Html, fill
from kelurahan_client.store import settings
from kelurahan_client.store.engine import Transaction

SIZES = (PaperSize.A5, PaperSize.A4, PaperSize.ROLL_80)
"""What a receipt can be printed on, the usual first."""
_BLANK = base64.b64decode(  # a grey dot, drawn as large as the code that is not known yet
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGN49OwVAAVgArM5MVJ1AAAAAElFTkSuQmCC"
)
_HIDDEN = "dirahasiakan"
_ANONYMOUS = "tidak dicantumkan"


def receipt(desk: Desk, complaint_id: str, size: PaperSize | None = None) -> Paper:
    """The receipt of a complaint, by default on what was last chosen; raises NotFound, NotEnrolled."""
    with desk.store.read() as transaction:
        complaint = alive(transaction, complaint_id).complaint
        by = letterhead.sender_in(desk, transaction)
        chosen = size or receipt_size_in(transaction)
    return _paper(desk, complaint, by, chosen)


def preview(desk: Desk, intake: Intake) -> Paper:
    """The receipt of what is still being typed: without its number, on what was last chosen. Raises NotEnrolled."""
    with desk.store.read() as transaction:
        me = identity(transaction)
        by = letterhead.sender_in(desk, transaction)
        chosen = receipt_size_in(transaction)
    office = desk.reference.office(me.office)
    short = desk.reference.short_code(office) if office else ""
    now = desk.now()
    complaint = Complaint(
        **{field.name: getattr(intake, field.name) for field in fields(Intake)},
        id="",
        reference=f"{short}{me.desk}-{local_date(now):%y}-•••••-•",
        office=me.office,
        desk=me.desk,
        recorded_at=now,
    )
    return replace(_paper(desk, complaint, by, chosen, number="Nomor diberikan saat disimpan"), images={IMAGE: _BLANK})


def receipt_size_in(transaction: Transaction) -> PaperSize:
    """What receipts are printed on at this desk."""
    return PaperSize(settings.get(transaction, settings.RECEIPT_SIZE) or SIZES[0])


def _paper(desk: Desk, complaint: Complaint, by: Sender, size: PaperSize, number: str = "Nomor") -> Paper:
    roll = size is PaperSize.ROLL_80
    words = CLASSIFICATION_WORDS[complaint.classification]
    body = fill(
        "receipt_roll.html" if roll else "receipt_sheet.html",
        letterhead=letterhead.letterhead(by, size),
        classification=words.lower() if roll else words.upper(),
        number=number,
        reference=complaint.reference,
        check=complaint.reference[-1],
        facts=_facts(desk, complaint, by, roll=roll),
        statement=_statement(complaint),
        promise=_promise(complaint, by),
        signatures=_signatures(complaint, by),
    )
    return Paper(
        kind=PaperKind.RECEIPT,
        title=f"Tanda terima {complaint.reference}",
        html=letterhead.page([body], size),
        size=size,
        subject=complaint.id,
        file_name=f"Tanda terima {complaint.reference}.pdf",
        images={IMAGE: qr_png(complaint.reference)},
    )


def _facts(desk: Desk, complaint: Complaint, by: Sender, *, roll: bool) -> Html:
    secret = hides_content(complaint)
    verified = due_date(desk, complaint, Status.RECEIVED)
    answered = due_date(desk, complaint, Status.IN_PROGRESS)
    rows = [
        ("Diterima", _received(complaint)),
        ("Pelapor", _ANONYMOUS if hides_person(complaint) else complaint.reporter_name),
        ("Perihal", _HIDDEN if secret else discreet(complaint, complaint.title)),
        ("Kategori", _HIDDEN if secret else desk.reference.category_name(complaint.category)),
        ("Verifikasi", _latest(verified)),
        ("Jawaban", _latest(answered)),
        ("Petugas", by.officer),
    ]
    return letterhead.facts(rows, 29 if roll else 22)


def _statement(complaint: Complaint) -> Html:
    if hides_content(complaint):
        return Html("")
    text = discreet(complaint, complaint.statement)
    return fill("statement.html", title="Isi laporan", text=text)


def _received(complaint: Complaint) -> str:
    recorded = local_date(complaint.recorded_at)
    time = format_time(complaint.recorded_at)
    if recorded == complaint.received_date:
        return f"{format_date(recorded)}, {time}"
    return f"{format_date(complaint.received_date)} (dicatat {format_date(recorded)}, {time})"


def _latest(day: date | None) -> str:
    return f"paling lambat {format_weekday_date(day)}" if day else ""


def _promise(complaint: Complaint, by: Sender) -> str:
    what = "Permintaan Anda" if complaint.classification is Classification.INFORMATION else "Laporan Anda"
    return (
        f"{what} sudah tercatat; tenggat dihitung dalam hari kerja. Simpan lembar ini. Untuk menanyakan "
        f"perkembangannya, sebut nomor di atas di loket Kelurahan {by.office}."
    )


def _signatures(complaint: Complaint, by: Sender) -> Html:
    officer = Signer("Petugas", by.officer)
    if hides_person(complaint):
        return letterhead.signatures(officer)  # nobody is asked to sign what is not to betray them
    return letterhead.signatures(Signer("Pelapor", reporter(complaint)), officer)
