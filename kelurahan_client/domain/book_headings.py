"""Which field a column of a register book holds, by the words over it.

Every office words its header in its own way; what is not listed here is left to a mapping, never guessed.
"""

import re
from collections.abc import Mapping
from typing import Final

RT_RW: Final = "rt_rw"
"""The column that holds RT and RW together; it is read into `rt` and `rw`."""

FIELD_LABELS: Final[Mapping[str, str]] = {
    "book_number": "Nomor",
    "received_date": "Tanggal",
    "event_date": "Tanggal kejadian",
    "reporter_name": "Nama",
    "reporter_sex": "L/P",
    "reporter_nik": "NIK",
    "reporter_address": "Alamat",
    RT_RW: "RT/RW",
    "rt": "RT",
    "rw": "RW",
    "reporter_phone": "No. HP",
    "classification": "Klasifikasi",
    "title": "Judul",
    "statement": "Isi pengaduan",
    "location": "Lokasi",
    "channel": "Media",
    "agency_written": "Diteruskan kepada",
    "note": "Keterangan",
}
"""The fields that a column may hold, in the order of the book, each with its name on the screen."""

REQUIRED_FIELDS: Final = ("received_date", "reporter_name", "statement")
"""Without these columns no row of a book can become a complaint."""

REPEATABLE_FIELDS: Final = ("note",)
"""Fields that several columns may hold; their texts are joined."""

REASON_HEADING: Final = "Alasan ditolak"
REMEDY_HEADING: Final = "Cara memperbaiki"
"""The columns that a file of rejected rows adds; they are no part of a layout."""

MAX_HEADING: Final = 80  # characters; a longer cell is a text, not a heading

_WHO = r"(?: (?:si|yang)?\s?(?:pelapor|pengadu|pemohon|warga|masyarakat|penyampai|melapor|mengadu))?"
_NUMBER = r"(?:no|nomor|nomer|nmr)"
_DATE = r"(?:(?:hari )?(?:dan )?(?:tgl|tanggal|tgl bln thn))"
_COMPLAINT = r"(?:pengaduan|aduan|keluhan|laporan|permasalahan|masalah|usulan|aspirasi|saran|informasi)"
_COMPLAINTS = rf"{_COMPLAINT}(?: (?:dan |atau )?{_COMPLAINT})*"
_OF_CITIZENS = r"(?: (?:dari )?(?:pelapor|pengadu|warga|masyarakat))?"
_PHONE = r"(?:hp|handphone|telp|tlp|telpon|telepon|telephone|wa|whatsapp|kontak|ponsel|seluler|hp aktif)"
_CONTENT = r"(?:isi|uraian|materi|pokok|deskripsi|ringkasan|rincian|inti)"

# The first pattern that fits the whole heading decides; None is a column that the desk has no use for.
_PATTERNS: Final[tuple[tuple[str, str | None], ...]] = (
    (rf"{REASON_HEADING}|{REMEDY_HEADING}".casefold(), None),
    (r".*\b(?:paraf|ttd|tanda tangan|petugas|terlapor|lahir)\b.*", None),
    (rf"{_DATE} (?:di)?(?:kejadian|peristiwa)|waktu (?:kejadian|peristiwa)", "event_date"),
    (
        rf"{_DATE}(?: (?:di)?(?:terima|terimanya|masuk|lapor|pelaporan|penerimaan|catat|register|registrasi|surat masuk"
        rf"|mengadu|melapor|{_COMPLAINT})(?: {_COMPLAINT})?)?|waktu (?:terima|lapor|pelaporan|{_COMPLAINT})",
        "received_date",
    ),
    (
        rf"{_NUMBER}(?: (?:urut|reg|register|registrasi|buku|agenda|{_COMPLAINT}))?|urut|no urut {_COMPLAINT}",
        "book_number",
    ),
    (rf"nama(?: lengkap)?{_WHO}(?: lengkap)?|pelapor|pengadu|pemohon|nama jelas", "reporter_name"),
    (rf"l p|lp|p l|lk pr|jk|j k|(?:jenis |jns )?kelamin{_WHO}|gender|l p jenis kelamin|jk l p", "reporter_sex"),
    (rf"(?:{_NUMBER} )?(?:nik|ktp|nik ktp|ktp nik|identitas|induk kependudukan){_WHO}", "reporter_nik"),
    (
        rf"(?:alamat|almt|domisili|tempat tinggal)(?: (?:lengkap|rumah|domisili|tinggal))*{_WHO}(?: rt rw)?",
        "reporter_address",
    ),
    (r"rt(?: dan| atau)? rw|no rt rw", RT_RW),
    (r"(?:no )?rt|r t", "rt"),
    (r"(?:no )?rw|r w", "rw"),
    (rf"(?:{_NUMBER} )?{_PHONE}(?: (?:atau )?{_PHONE})*{_WHO}(?: yang (?:bisa|dapat) dihubungi)?", "reporter_phone"),
    (rf"klasifikasi(?: {_COMPLAINT})?|jenis {_COMPLAINT}|jenis", "classification"),
    (rf"judul(?: {_COMPLAINT})?", "title"),
    (
        r"(?:media|kanal|cara|sumber|via|melalui|saluran)(?: (?:media|kanal|saluran|penyampaian|penerimaan|masuk"
        rf"|lapor|melapor|{_COMPLAINT}))*",
        "channel",
    ),
    (
        rf"{_CONTENT}(?: singkat| ringkas)?(?: {_COMPLAINTS})?(?: singkat)?{_OF_CITIZENS}|{_COMPLAINTS}{_OF_CITIZENS}",
        "statement",
    ),
    (rf"(?:lokasi|tempat)(?: (?:kejadian|peristiwa|masalah|permasalahan|objek|{_COMPLAINT}))?", "location"),
    (
        r"(?:di)?teruskan(?: ke| kepada)?(?: (?:dinas|skpd|opd|instansi))*"
        r"|(?:di)?disposisi(?: ke| kepada)?(?: (?:dinas|skpd|opd|instansi))*"
        r"|(?:dinas|skpd|opd|instansi)(?: (?:dinas|skpd|opd|instansi|terkait|tujuan|teknis|penanggung jawab))*"
        r"|(?:di)?tujukan(?: ke| kepada)?|tujuan|perangkat daerah",
        "agency_written",
    ),
    (
        r"(?:ket|keterangan|catatan|tindak lanjut|tindaklanjut|tl|hasil|status|penyelesaian|jawaban|tanggapan)"
        r"(?: (?:dan |atau )?(?:ket|keterangan|catatan|tindak lanjut|tindaklanjut|penyelesaian|jawaban|tanggapan))*",
        "note",
    ),
)
_COMPILED: Final = tuple((re.compile(pattern), field) for pattern, field in _PATTERNS)
_WEAK: Final = re.compile(rf"(?:perihal|hal|pokok)(?: {_COMPLAINT})?")  # the statement, unless another column holds it
_NOT_WORDS: Final = re.compile(r"[^0-9a-z]+")
_BRACKETS: Final = re.compile(r"\([^()]*\)")


def heading_key(heading: str) -> str:
    """The words of a heading without case and marks: "No. HP / WA" -> "no hp wa"; "" for a text that is too long."""
    if len(heading) > MAX_HEADING:
        return ""
    return " ".join(_NOT_WORDS.sub(" ", heading.casefold()).split())


def is_added_heading(heading: str) -> bool:
    """Whether this column was added by a file of rejected rows."""
    return heading_key(heading) in (heading_key(REASON_HEADING), heading_key(REMEDY_HEADING))


def field_for(heading: str) -> str | None:
    """The field (a key of FIELD_LABELS) that a heading names by itself, or None."""
    for key in (heading_key(heading), heading_key(_BRACKETS.sub(" ", heading[: MAX_HEADING + 1]))):
        for pattern, field in _COMPILED:
            if pattern.fullmatch(key):
                return field
    return None


def weak_field_for(heading: str) -> str | None:
    """The field that a heading may stand for when no other column holds it ("Perihal"), or None."""
    return "statement" if _WEAK.fullmatch(heading_key(heading)) else None
