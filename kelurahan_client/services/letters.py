"""Letters about a complaint: to the agency that is to act, and to the reporter who waits for an answer."""

from datetime import date

from kelurahan_client.domain.complaint import MAX_STATEMENT, Complaint, Status
from kelurahan_client.domain.day_words import format_date, format_weekday_date, local_date
from kelurahan_client.domain.reference import Agency
from kelurahan_client.domain.rt_rw import format_rt_rw
from kelurahan_client.domain.status import REOPENING_DAYS
from kelurahan_client.domain.text import clean_text
from kelurahan_client.domain.words import CLASSIFICATION_WORDS, PRIORITY_WORDS, STATUS_WORDS
from kelurahan_client.errors import FieldErrors, InputError
from kelurahan_client.services import letterhead
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.discretion import discreet, hides_content, hides_person, reporter
from kelurahan_client.services.handling import alive
from kelurahan_client.services.letterhead import DOTS, NOBODY, Sender, Signer
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from kelurahan_client.services.qr import IMAGE, qr_png
from kelurahan_client.services.registering import due_date
from kelurahan_client.services.templates import Html, fill
from kelurahan_client.store import complaints

_PLACE = "Banjarmasin"
_HEADED_BY_KEPALA = frozenset({"dinas", "badan", "satuan"})


def referral(desk: Desk, complaint_id: str) -> Paper:
    """The letter that goes with a referral, dated like it; raises FieldErrors where no agency is chosen, NotFound."""
    with desk.store.read() as transaction:
        complaint = alive(transaction, complaint_id).complaint
        by = letterhead.sender_in(desk, transaction)
        story = complaints.timeline(transaction, complaint_id)
    agency = desk.reference.agencies.get(complaint.agency)
    name = agency.name if agency else complaint.agency_written
    if not name:
        raise FieldErrors({"agency": "Pilih SKPD tujuan disposisi dahulu, lalu buat suratnya."})
    step = next((entry for entry in story if entry.status_to is Status.REFERRED), None)
    day = local_date(step.at) if step else desk.today()
    note = discreet(complaint, step.text) if step else ""
    body = fill(
        "referral.html",
        letterhead=letterhead.letterhead(by, PaperSize.A4),
        numbers=_numbers(complaint, f"Disposisi pengaduan {complaint.reference}"),
        place=_PLACE,
        date=format_date(day),
        agency=_head_of(agency) if agency else f"Pimpinan {name}",
        secret=_secret(complaint),
        facts=_facts(desk, complaint),
        statement=fill("statement.html", title="Isi laporan", text=discreet(complaint, complaint.statement)),
        note=fill("statement.html", title="Catatan disposisi", text=note) if note else Html(""),
        deadline=_deadline(due_date(desk, complaint, Status.REFERRED)),
        reference=complaint.reference,
        office=by.office,
        signatures=_signature(by),
    )
    title = f"Surat disposisi {complaint.reference} kepada {agency.short_name if agency else name}"
    return _letter(PaperKind.REFERRAL, title, body, complaint)


def reply(desk: Desk, complaint_id: str, text: str) -> Paper:
    """The answer to the reporter, in the officer's words; raises InputError for none or too many of them, NotFound."""
    said = clean_text(text).text
    if not said:
        raise InputError("Jawaban masih kosong.", way_out="Tulis apa yang dijawab kepada pelapor.")
    if len(said) > MAX_STATEMENT:
        raise InputError(f"Jawaban {len(said)} huruf terlalu panjang; paling panjang {MAX_STATEMENT}.")
    with desk.store.read() as transaction:
        complaint = alive(transaction, complaint_id).complaint
        by = letterhead.sender_in(desk, transaction)
    about = (
        "" if hides_content(complaint) or not complaint.title else f" tentang “{discreet(complaint, complaint.title)}”"
    )
    body = fill(
        "reply.html",
        letterhead=letterhead.letterhead(by, PaperSize.A4),
        numbers=_numbers(complaint, "Jawaban pengaduan"),
        place=_PLACE,
        date=format_date(desk.today()),
        addressee=_addressee(complaint),
        address=_address(complaint),
        received=format_date(complaint.received_date),
        reference=complaint.reference,
        about=about,
        text=discreet(complaint, said),
        status=STATUS_WORDS[complaint.status],
        again=_again(complaint, by),
        signatures=_signature(by),
    )
    return _letter(PaperKind.REPLY, f"Surat jawaban {complaint.reference}", body, complaint)


def _letter(kind: PaperKind, title: str, body: Html, complaint: Complaint) -> Paper:
    return Paper(
        kind=kind,
        title=title,
        html=letterhead.page([body], PaperSize.A4),
        size=PaperSize.A4,
        subject=complaint.id,
        file_name=f"{title}.pdf",
        images={IMAGE: qr_png(complaint.reference)},
    )


def _numbers(complaint: Complaint, about: str) -> Html:
    """The letter's own number comes from the office's agenda, by hand."""
    secret = "Rahasia" if hides_person(complaint) else PRIORITY_WORDS[complaint.priority]
    rows = [("Nomor", f": {DOTS}"), ("Sifat", f": {secret}"), ("Lampiran", ": –"), ("Hal", f": {about}")]
    return letterhead.facts(rows, 20)


def _head_of(agency: Agency) -> str:
    if agency.kind == "kecamatan":
        return f"Camat {agency.name.removeprefix('Kecamatan ')}"
    return f"{'Kepala' if agency.kind in _HEADED_BY_KEPALA else 'Pimpinan'} {agency.name}"


def _secret(complaint: Complaint) -> Html:
    if not hides_person(complaint):
        return Html("")
    words = "RAHASIA: jangan disebarluaskan." if hides_content(complaint) else "RAHASIA: pelapor tidak ingin dikenal."
    return letterhead.paragraph(Html(f"<b>{words}</b>"))


def _facts(desk: Desk, complaint: Complaint) -> Html:
    open_reporter = not hides_person(complaint)
    home = _home(complaint) if open_reporter else ""
    office = desk.reference.office(complaint.location_office or complaint.office)
    place = discreet(complaint, complaint.location)
    where = ", ".join(part for part in (place, f"Kelurahan {office.name}" if office else "") if part)
    rows = [
        ("Nomor pengaduan", complaint.reference),
        ("Diterima", format_date(complaint.received_date)),
        ("Klasifikasi", CLASSIFICATION_WORDS[complaint.classification]),
        ("Pelapor", reporter(complaint) if open_reporter else "identitas tidak dicantumkan"),
        ("Alamat pelapor", home),
        ("Perihal", discreet(complaint, complaint.title)),
        ("Kategori", desk.reference.category_name(complaint.category)),
        ("Lokasi", where),
        ("Tanggal kejadian", format_date(complaint.event_date) if complaint.event_date else ""),
    ]
    return letterhead.facts(rows)


def _home(complaint: Complaint) -> str:
    home = format_rt_rw(complaint.rt, complaint.rw)
    home = f"RT/RW {home}" if "/" in home else home
    return ", ".join(part for part in (complaint.reporter_address, home) if part)


def _addressee(complaint: Complaint) -> str:
    return reporter(complaint) or f"Pelapor pengaduan nomor {complaint.reference}"


def _address(complaint: Complaint) -> str:
    return "di tempat" if hides_person(complaint) else _home(complaint) or "di tempat"


def _deadline(day: date | None) -> str:
    return f"paling lambat {format_weekday_date(day)}" if day else "pada kesempatan pertama"


def _again(complaint: Complaint, by: Sender) -> str:
    asking = f"Pertanyaan dapat disampaikan di loket Kelurahan {by.office} dengan menyebut nomor di atas."
    if complaint.status not in {Status.RESOLVED, Status.CLOSED}:
        return asking
    days = f"{REOPENING_DAYS} hari kerja sejak dinyatakan selesai"
    return f"{asking} Bila masalahnya belum selesai, pengaduan dapat dibuka kembali dalam {days}."


def _signature(by: Sender) -> Html:
    return letterhead.signatures(NOBODY, Signer(f"Lurah {by.office}", below=f"NIP {DOTS[:24]}"))
