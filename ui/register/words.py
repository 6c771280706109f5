"""The names and the values of a complaint's fields, as a clerk reads them."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.nik import mask_nik
from kelurahan_client.domain.phone import mask_phone
from kelurahan_client.domain.privacy import NOT_ASKED
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.words import (
    CHANNEL_WORDS,
    CLASSIFICATION_WORDS,
    PRIORITY_WORDS,
    STATUS_WORDS,
)
from ui.language import said
from ui.wording import long_date


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("Field", text)


def field_word(name: str) -> str:
    """The label of a field; the name itself where a newer centre knows more than this window."""
    return {
        "classification": tr("Klasifikasi"),
        "channel": tr("Kanal"),
        "received_date": tr("Tanggal diterima"),
        "event_date": tr("Tanggal kejadian"),
        "reporter_name": tr("Nama pelapor"),
        "reporter_sex": tr("L/P"),
        "reporter_nik": tr("NIK"),
        "reporter_phone": tr("Nomor HP"),
        "reporter_address": tr("Alamat pelapor"),
        "rt": tr("RT"),
        "rw": tr("RW"),
        "resident": tr("Warga kota"),
        "anonymous": tr("Anonim"),
        "confidential": tr("Rahasia"),
        "title": tr("Judul"),
        "statement": tr("Isi pengaduan"),
        "category": tr("Kategori"),
        "agency": tr("SKPD"),
        "note": tr("Keterangan"),
        "location": tr("Lokasi"),
        "location_office": tr("Kelurahan lokasi"),
        "priority": tr("Prioritas"),
        "status": tr("Status"),
        "due_date": tr("Tenggat"),
        "book_number": tr("Nomor buku"),
        "book_sheet": tr("Lembar buku"),
        "book_line": tr("Baris buku"),
    }.get(name, name)


def value_words(name: str, value: object, reference: ReferenceData) -> str:
    """One value (typed or flat JSON) in words; NIK and telephone masked; "kosong" for nothing."""
    if value is None and name in NOT_ASKED:
        return tr("belum ditanya")
    if value is None or value == "":
        return tr("kosong")
    if isinstance(value, bool):
        return tr("ya") if value else tr("tidak")
    text = str(value)
    special: dict[str, Callable[[str], str]] = {
        "reporter_nik": mask_nik,
        "reporter_phone": mask_phone,
        "agency": reference.agency_name,
        "category": reference.category_name,
        "received_date": _day,
        "event_date": _day,
        "due_date": _day,
    }
    if name in special:
        return special[name](text)
    office = reference.office(text) if name == "location_office" else None
    return office.name if office is not None else _choice(name, text)


def _choice(name: str, text: str) -> str:
    tables = {
        "status": {str(code): said(word) for code, word in STATUS_WORDS.items()},
        "channel": {str(code): said(word) for code, word in CHANNEL_WORDS.items()},
        "classification": {str(code): said(word) for code, word in CLASSIFICATION_WORDS.items()},
        "priority": {str(code): said(word) for code, word in PRIORITY_WORDS.items()},
    }
    return tables.get(name, {}).get(text, text)


def _day(text: str) -> str:
    try:
        return long_date(date.fromisoformat(text))
    except ValueError:
        return text


def place_words(complaint: Complaint) -> str:
    """Where it happened: the location with RT and RW."""
    rt, rw = complaint.rt.lstrip("0"), complaint.rw.lstrip("0")
    parts = [complaint.location, " ".join(part for part in (rt and f"RT {rt}", rw and f"RW {rw}") if part)]
    return ", ".join(part for part in parts if part) or tr("tidak disebut")


def reporter_words(complaint: Complaint, *, revealed: bool) -> str:
    """The reporter's name; who wished to stay anonymous is so until somebody asks with a reason."""
    if complaint.anonymous and not revealed:
        return tr("Anonim")
    return complaint.reporter_name or (tr("Anonim") if complaint.anonymous else tr("tidak disebut"))
