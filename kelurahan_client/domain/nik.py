"""The national identity number NIK: PPKKCC DDMMYY SSSS, with 40 added to the day for women; there is no check digit."""

import re
from dataclasses import dataclass
from datetime import date

from kelurahan_client.domain.day_words import format_date

_YOUNGEST_REPORTER = 12  # years; below that a family-card number, which has the same form, is likelier


@dataclass(frozen=True, slots=True)
class NikReading:
    """What a number says; `errors` make it no NIK, `warnings` are doubts. Neither may block an intake.

    `value` is 16 digits, or the text as typed where it is not 16 digits. `birth_date` and `sex` ("L", "P") are None
    and "" where there are errors.
    """

    value: str
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    birth_date: date | None = None
    sex: str = ""


def check_nik(text: str, *, today: date, known_regions: frozenset[str]) -> NikReading:
    """Read a NIK; spaces, dots and dashes are ignored, an empty text gives an empty reading.

    `known_regions` holds codes of 2, 4 and 6 digits. The region is compared as deep as the list goes: where it knows
    regencies of a province the regency must be among them, and so on.
    """
    written = " ".join(text.split())
    digits = re.sub(r"[\s.\-]", "", written)
    if not digits:
        return NikReading("")
    if not (digits.isascii() and digits.isdigit()):
        return NikReading(written, ("NIK hanya berisi angka. Cocokkan dengan KTP.",))
    if len(digits) != 16:
        return NikReading(written, (f"NIK harus 16 angka, ini {len(digits)}. Cocokkan dengan KTP.",))
    errors, birth, sex = _birth(digits, today)
    if digits.endswith("0000"):
        errors = (*errors, "Empat angka terakhir NIK tidak boleh 0000. Cocokkan dengan KTP.")
    if errors:
        return NikReading(digits, errors, _region_warnings(digits, known_regions))
    warnings = _region_warnings(digits, known_regions)
    if birth is not None and (today - birth).days < _YOUNGEST_REPORTER * 365.25:
        warnings = (*warnings, f"Menurut NIK lahir {format_date(birth)}. Barangkali ini nomor KK?")
    return NikReading(digits, (), warnings, birth, sex)


def mask_nik(text: str) -> str:
    """Show the first six and the last two digits: 637199••••••••03; of anything else nothing but its presence."""
    digits = re.sub(r"[\s.\-]", "", text)
    if len(digits) == 16 and digits.isascii() and digits.isdigit():
        return f"{digits[:6]}••••••••{digits[-2:]}"
    return "••••••••" if digits else ""


def _birth(digits: str, today: date) -> tuple[tuple[str, ...], date | None, str]:
    """Errors, birth date and sex from the six digits in the middle."""
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    errors = []
    if not (1 <= day <= 31 or 41 <= day <= 71):
        errors.append(f"Tanggal lahir dalam NIK ({digits[6:8]}) tidak mungkin. Cocokkan dengan KTP.")
    if not 1 <= month <= 12:
        errors.append(f"Bulan lahir dalam NIK ({digits[8:10]}) tidak mungkin. Cocokkan dengan KTP.")
    if errors:
        return tuple(errors), None, ""
    sex, born = ("P", day - 40) if day > 40 else ("L", day)
    century = 2000 if (2000 + year, month, born) <= (today.year, today.month, today.day) else 1900
    try:
        return (), date(century + year, month, born), sex
    except ValueError:  # a day that this month did not have
        written = f"{born}/{month}/{century + year}"
        return (f"Tanggal lahir dalam NIK ({written}) tidak ada di kalender. Cocokkan dengan KTP.",), None, ""


def _region_warnings(digits: str, known: frozenset[str]) -> tuple[str, ...]:
    for length in (2, 4, 6):
        code = digits[:length]
        if code in known:
            continue
        parent = code[:-2]
        if any(len(other) == length and other.startswith(parent) for other in known):
            return (f"Kode wilayah {digits[:6]} tidak dikenal. Cocokkan dengan KTP; boleh dilanjutkan.",)
        break
    return ()
