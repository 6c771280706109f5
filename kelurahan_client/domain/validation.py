"""The one check of an intake, used by the form, by the command line and by the import of register books.

Errors keep an intake out; warnings go in with it. Nothing is guessed: a value is normalised, moved with a word about
it, or refused with the way to mend it.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kelurahan_client.domain.complaint import MAX_LINE, MAX_NOTE, MAX_STATEMENT, Intake
from kelurahan_client.domain.dates import EARLIEST
from kelurahan_client.domain.day_words import format_date
from kelurahan_client.domain.nik import check_nik
from kelurahan_client.domain.phone import looks_like_nik, read_phone
from kelurahan_client.domain.privacy import mention_warning
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.rt_rw import read_rt_rw
from kelurahan_client.domain.text import clean_line, clean_text, fold_words, title_from
from kelurahan_client.domain.words import read_sex

_TEXTS = {"statement": MAX_STATEMENT, "note": MAX_NOTE}
_LABELS = {
    "statement": "Isi pengaduan",
    "note": "Keterangan",
    "reporter_name": "Nama",
    "reporter_sex": "L/P",
    "reporter_nik": "NIK",
    "reporter_phone": "Nomor HP",
    "reporter_address": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "title": "Judul",
    "category": "Kategori",
    "agency": "SKPD",
    "agency_written": "Diteruskan kepada",
    "location": "Lokasi",
    "location_office": "Kelurahan lokasi",
    "book_number": "Nomor buku",
    "book_sheet": "Lembar buku",
}
_SEX_WORDS = {"L": "laki-laki", "P": "perempuan"}
_NAMELESS = frozenset({"anonim", "anonymous", "nn", "n n", "hamba allah", "tanpa nama", "tidak mau disebut"})
_NOTHING = frozenset({"", "tidak ada", "tdk ada", "kosong", "nihil"})


@dataclass(frozen=True, slots=True)
class Checked:
    """The normalised intake, the errors by field, and the warnings (those of the intake first, each once)."""

    intake: Intake
    errors: dict[str, str]
    warnings: tuple[str, ...]


def check_intake(intake: Intake, *, today: date, reference: ReferenceData, choices_required: bool = False) -> Checked:
    """Check and normalise an intake; never raises for what a person wrote.

    `today` is the local date. With `choices_required` (a reporter stands at the desk) *anonim* and *rahasia* left open
    are errors; a register book does not say, so they may stay None there.
    """
    check = _Check(intake, today, reference)
    check.clean_texts()
    check.reporter()
    check.identity()
    check.places()
    check.dates()
    check.codes()
    check.wording()
    if choices_required:
        check.choices()
    kept = check.kept()
    return Checked(kept, check.errors, kept.warnings)


class _Check:
    """The values on their way from what was typed to what may be kept, with what was found on the way."""

    def __init__(self, intake: Intake, today: date, reference: ReferenceData) -> None:
        self.intake = intake
        self.errors: dict[str, str] = {}
        self.warnings: list[str] = []
        self._today = today
        self._reference = reference
        self._anonymous = intake.anonymous
        self._texts: dict[str, str] = {}

    def clean_texts(self) -> None:
        """Clean every text; one that is too long is refused whole and looked at no further."""
        for name, label in _LABELS.items():
            raw: str = getattr(self.intake, name)
            most = _TEXTS.get(name, MAX_LINE)
            if len(raw) > most:
                way_out = "Ringkas, dan simpan naskah lengkapnya." if name in _TEXTS else "Periksa isiannya."
                self.errors[name] = (
                    f"{label} terlalu panjang: {_grouped(len(raw))} huruf, batasnya {_grouped(most)}. {way_out}"
                )
                continue
            text, problems = clean_text(raw) if name in _TEXTS else clean_line(raw)
            self._texts[name] = text
            self.warnings += [f"{label}: {problem}" for problem in problems]

    def reporter(self) -> None:
        """The name, or the clear word that there is none; the sex."""
        if "reporter_name" not in self.errors:
            self._name(" ".join(fold_words(self._text("reporter_name"))))
        if "reporter_sex" not in self.errors:
            sex = read_sex(self._text("reporter_sex"))
            if sex is None:
                self.errors["reporter_sex"] = "L/P tidak terbaca. Tulis L, P, atau kosongkan."
            else:
                self._texts["reporter_sex"] = sex

    def identity(self) -> None:
        """Telephone and NIK, each only ever a warning; a NIK in the telephone's place is moved home."""
        if self._nothing("reporter_nik"):
            self._texts["reporter_nik"] = ""
        if looks_like_nik(self._text("reporter_phone")):
            self._nik_in_phone(self._text("reporter_phone"))
        elif "reporter_phone" not in self.errors:
            phone = read_phone(self._text("reporter_phone"))
            self._texts["reporter_phone"] = phone.written
            self.warnings += [phone.problem] if phone.problem else []
        nik = check_nik(self._text("reporter_nik"), today=self._today, known_regions=self._reference.nik_regions)
        if "reporter_nik" not in self.errors:
            self._texts["reporter_nik"] = nik.value
        self.warnings += [*nik.errors, *nik.warnings]
        written = self._text("reporter_sex")
        if nik.sex and written and nik.sex != written:
            self.warnings.append(f"Menurut NIK {_SEX_WORDS[nik.sex]}, tetapi L/P tertulis {written}. Periksa.")

    def places(self) -> None:
        """RT and RW to three digits; the kelurahan of the location must exist."""
        written = self._text("rw")
        rt, rw = read_rt_rw(self._text("rt")), read_rt_rw(f"RW {written}" if written.isdigit() else written)
        found_rw = rw.rw or rt.rw
        if rt.problem:
            self.errors.setdefault("rt", rt.problem)
        if rw.problem or rw.rt or (rt.rw and found_rw != rt.rw):
            self.errors.setdefault("rw", rw.problem or "RT dan RW tertulis dua kali dan berbeda. Tulis RT 12, RW 3.")
        if not self.errors.keys() & {"rt", "rw"}:
            self._texts |= {"rt": rt.rt, "rw": found_rw}
        office = self._text("location_office")
        if office and self._reference.office(office) is None:
            self.errors["location_office"] = "Kelurahan lokasi tidak dikenal. Pilih dari daftar."

    def dates(self) -> None:
        """Nothing in the future, nothing before 2000, nothing received before it happened."""
        for name, label in (("received_date", "Tanggal diterima"), ("event_date", "Tanggal kejadian")):
            day: date | None = getattr(self.intake, name)
            if day is not None and day > self._today:
                self.errors[name] = f"{label} belum terjadi: {format_date(day)}. Periksa tahunnya."
            elif day is not None and day < EARLIEST:
                self.errors[name] = f"{label} terlalu lama: {format_date(day)}. Periksa tahunnya."
        received, event = self.intake.received_date, self.intake.event_date
        if event is not None and event > received and not self.errors.keys() & {"received_date", "event_date"}:
            self.errors["event_date"] = f"Kejadian sesudah tanggal diterima ({format_date(received)}). Periksa."

    def codes(self) -> None:
        """Category and agency are known codes or empty."""
        if (category := self._text("category")) and category not in self._reference.categories:
            self.errors["category"] = f"Kategori {category[:40]} tidak dikenal. Pilih dari daftar."
        if (agency := self._text("agency")) and agency not in self._reference.agencies:
            self.errors["agency"] = f"SKPD {agency[:40]} tidak dikenal. Pilih dari daftar."

    def wording(self) -> None:
        """There is a statement; the title is made from it if need be; a person named in public is pointed out."""
        statement = self._text("statement")
        if not statement.strip(" .-"):
            self.errors.setdefault("statement", "Isi pengaduan kosong. Tulis apa yang disampaikan pelapor.")
        elif not self._text("title") and "title" not in self.errors:
            self._texts["title"] = title_from(statement)
        if self.intake.confidential is not True and (warning := mention_warning(statement)):
            self.warnings.append(warning)

    def choices(self) -> None:
        """Anonim and rahasia were asked."""
        if self._anonymous is None:
            self.errors.setdefault("anonymous", "Belum dipilih: nama boleh diketahui SKPD? Tanyakan kepada pelapor.")
        if self.intake.confidential is None:
            self.errors["confidential"] = "Belum dipilih: isi boleh dibaca umum? Tanyakan kepada pelapor."

    def kept(self) -> Intake:
        """The intake with what was normalised; a field with an error may keep what was typed."""
        warnings = tuple(dict.fromkeys((*self.intake.warnings, *self.warnings)))
        changes: dict[str, Any] = {**self._texts, "anonymous": self._anonymous, "warnings": warnings}
        return replace(self.intake, **changes)

    def _text(self, name: str) -> str:
        return self._texts.get(name, "")

    def _nothing(self, name: str) -> bool:
        return " ".join(fold_words(self._text(name))) in _NOTHING

    def _name(self, folded: str) -> None:
        if folded in _NAMELESS:
            if self._anonymous is False:
                self.errors["reporter_name"] = "Nama tertulis Anonim, tetapi nama boleh diketahui. Pilih salah satu."
                return
            if self._anonymous is None:
                self.warnings.append("Nama tertulis Anonim; pelapor ditandai anonim.")
            self._anonymous = True
        if folded in _NAMELESS | _NOTHING:
            self._texts["reporter_name"] = ""
            if self._anonymous is not True:
                self.errors["reporter_name"] = "Tidak jelas: anonim, atau lupa ditulis? Isi nama, atau tulis Anonim."

    def _nik_in_phone(self, written: str) -> None:
        found = check_nik(written.removesuffix(".0"), today=self._today, known_regions=self._reference.nik_regions)
        present = re.sub(r"[\s.\-]", "", self._text("reporter_nik"))
        if found.errors:
            self.warnings.append("Kolom HP berisi 16 angka yang bukan NIK. Cocokkan dengan buku.")
        elif present in {"", found.value}:
            self._texts |= {"reporter_nik": found.value, "reporter_phone": ""}
            self.warnings.append("NIK tertulis di kolom HP; dipindahkan ke kolom NIK.")
        else:
            self.warnings.append("Kolom HP berisi NIK yang lain dari kolom NIK. Periksa keduanya.")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
