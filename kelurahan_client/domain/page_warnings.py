"""In which cell of a typed page a warning is shown.

The check of an intake gives its warnings as sentences for the whole complaint; on a page each stands in its cell.
"""

import re
from typing import Final

from kelurahan_client.domain.book_headings import RT_RW

# The first pattern that fits decides: where the sentence begins, the cell, and what the cell says in two words.
_PLACES: Final = tuple(
    (re.compile(pattern), field, short)
    for pattern, field, short in (
        (r"NIK tertulis di kolom HP", "reporter_phone", "NIK dipindah"),
        (r"Kolom HP", "reporter_phone", "cocokkan"),
        (r"Menurut NIK", "reporter_sex", "lain dari NIK"),
        (r"NIK|Tanggal lahir", "reporter_phone", "periksa NIK"),
        (r"Nomor (?:HP|telepon) (?P<rest>kurang|kelebihan)", "reporter_phone", ""),
        (r"(?:Nomor HP|Bukan nomor|Tanpa kode|Panjang nomor|Ada huruf|Ini tampaknya NIK)", "reporter_phone", "periksa"),
        (r"Ada lebih dari satu nomor", "reporter_phone", "dua nomor"),
        (r"\d+ nomor layanan", "reporter_phone", "nomor layanan"),
        (r"RT/RW", RT_RW, "beda alamat"),
        (r"Menyebut ", "statement", "menyebut nama"),
        (r"Nama tertulis Anonim", "reporter_name", "anonim"),
        (r"Nama", "reporter_name", "periksa"),
        (r"L/P", "reporter_sex", "periksa"),
        (r"Alamat", "reporter_address", "periksa"),
        (r"Klasifikasi|Media", "channel", "tidak dikenal"),
        (r"Keterangan", "note", "periksa"),
        (r"Diteruskan|.* tidak ada di daftar dinas", "agency_written", "pilih nanti"),
        (r"\d{1,2} \w+ \d{4} hari ", "received_date", "hari lain"),
    )
)
_COUNTED: Final = re.compile(r"(?:kurang|kelebihan) \d+ angka")


def place_of(warning: str) -> tuple[str, str, str]:
    """The field of the cell, what the cell says, and the sentence itself; the statement's where no cell is named."""
    for pattern, field, short in _PLACES:
        if pattern.match(warning):
            counted = _COUNTED.search(warning)
            return field, counted[0] if counted and not short else short or "periksa", warning
    return "statement", "perlu dilihat", warning
