"""Telephone numbers: what was typed is kept, the international form is derived, and doubts are sentences."""

import re
from dataclasses import dataclass

_EMPTY = frozenset({"", "-", "--", "---", ".", "0", "tidak ada", "tdk ada", "tak ada", "tidak punya", "kosong"})
_LONGEST = 100  # characters; what is longer is a sentence in the wrong column
_SERVICES = frozenset({"110", "111", "112", "113", "115", "117", "118", "119", "123", "129", "147"})
_LABEL = re.compile(r"^(?:no(?:mor)?\b\.?|hp\b|telp?\b\.?|telepon\b|wa\b|whatsapp\b|[\s.:/])+", re.IGNORECASE)
_EXCEL_EXPONENT = re.compile(r"\d(?:[.,]\d+)?e\+?\d{1,2}", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\(?\d[\d\s().\-\u2010-\u2015]*")
_SHORT_AREA_CODES = ("021", "022", "024", "031", "061")


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """A number as typed, its E.164 form ("" where it cannot be told), and a warning in a sentence or ""."""

    written: str
    e164: str = ""
    problem: str = ""


def read_phone(text: str) -> PhoneReading:
    """Read a telephone number as people and spreadsheets write it; never raises, never invents digits.

    A lost leading zero (`8125…`) is understood. A local number of 6 or 7 digits gets a warning, not an area code.
    """
    written = " ".join(text.split())
    if written.lower() in _EMPTY:
        return PhoneReading("")
    if len(written) > _LONGEST:
        return PhoneReading(written, problem="Bukan nomor HP. Tulis angka saja, seperti 081251234567.")
    bare = _LABEL.sub("", written)
    if _EXCEL_EXPONENT.fullmatch(bare):
        return PhoneReading(written, problem="Nomor HP dibulatkan oleh lembar kerja. Salin lagi dari buku.")
    numbers = [part for part in (_digits(found) for found in re.split(r"[/,;&]|\b(?:atau|dan)\b", bare)) if part]
    several = [number for number in numbers if len(number.lstrip("+")) >= 9]
    if len(several) > 1:
        first = read_phone(several[0])
        return PhoneReading(written, first.e164, first.problem or "Ada lebih dari satu nomor; yang pertama dipakai.")
    whole = several[0] if several else _digits(bare.replace("/", "-"))
    if not whole:
        return PhoneReading(written, problem="Bukan nomor HP. Tulis angka saja, seperti 081251234567.")
    if looks_like_nik(bare):
        return PhoneReading(written, problem="Ini tampaknya NIK, bukan nomor HP. Pindahkan ke kolom NIK.")
    if not several and re.search(r"\d\s*[^\W\d_]+\s*\d", bare):
        return PhoneReading(written, problem="Ada huruf di tengah nomor HP. Tulis angka saja.")
    return PhoneReading(written, *_international(whole))


def mask_phone(text: str) -> str:
    """Show the first four and the last four characters: 081351140926 gives 0813••••0926; a short number less."""
    compact = re.sub(r"[^\d+]", "", text)
    if " ".join(text.split()).lower() in _EMPTY:
        return ""
    if not compact:
        return "••••"
    if len(compact) < 10:
        return compact[:2] + "••••" + (compact[-2:] if len(compact) > 6 else "")
    return compact[:4] + "••••" + compact[-4:]


def looks_like_nik(text: str) -> bool:
    """Whether the text is 16 digits, with spaces, dots or dashes between them or not; such a number is no phone."""
    compact = re.sub(r"\.0$", "", text.strip())
    compact = re.sub(r"[\s.\-]", "", compact)
    return len(compact) == 16 and compact.isascii() and compact.isdigit()


def _digits(text: str) -> str:
    """The digits of the first run that looks like a number, with + kept in front."""
    text = re.sub(r"^\s*(\d{9,})\.0\s*$", r"\1", text)  # a spreadsheet's number cell as text
    longest = max((re.sub(r"[^\d+]", "", run) for run in _NUMBER.findall(text)), key=len, default="")
    return longest if longest.isascii() else ""


def _international(number: str) -> tuple[str, str]:
    """E.164 and warning for a run of digits with or without +."""
    if number in _SERVICES:
        return "", f"{number} nomor layanan, bukan nomor pelapor. Kosongkan bila tidak ada."
    if number.startswith("00"):
        number = "+" + number[2:]
    if number.startswith("+") and not number.startswith("+62"):
        return (number, "") if 8 <= len(number) - 1 <= 15 else ("", "Panjang nomor luar negeri tidak wajar. Periksa.")
    if number.startswith("+62"):
        home = "0" + number[3:].lstrip("0")
    elif number.startswith("62") and len(number) >= 10:
        home = "0" + number[2:].lstrip("0")
    elif number.startswith("8") and len(number) >= 9:
        home = "0" + number
    else:
        home = number
    return _from_home(home)


def _from_home(home: str) -> tuple[str, str]:
    """E.164 and warning for a number as dialled inside Indonesia."""
    if home.startswith("08"):
        low, high, kind = 10, 13, "HP"
    elif home.startswith(_SHORT_AREA_CODES):
        low, high, kind = 9, 11, "telepon"
    elif home.startswith("0") and home[1:2] in set("2345679"):
        low, high, kind = 9, 12, "telepon"
    elif len(home) in {6, 7} and not home.startswith("0"):
        return "", "Tanpa kode daerah. Untuk telepon rumah di Banjarmasin tulis 0511 di depannya."
    else:
        return "", "Nomor HP tidak dikenali. Tulis seperti 081251234567."
    if len(home) < low:
        return "", f"Nomor {kind} kurang {low - len(home)} angka."
    if len(home) > high:
        return "", f"Nomor {kind} kelebihan {len(home) - high} angka."
    return "+62" + home[1:], ""
