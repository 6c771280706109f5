"""What stands in the form, without a window: kept as a draft, checked, and made into an intake."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Channel, Classification, Intake, Priority
from kelurahan_client.domain.dates import read_date
from kelurahan_client.domain.day_words import format_date
from kelurahan_client.domain.nik import check_nik
from kelurahan_client.domain.phone import looks_like_nik, read_phone
from kelurahan_client.domain.privacy import gives_away, mention_warning
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.rt_rw import read_rt_rw
from kelurahan_client.domain.text import fold_words, title_from
from kelurahan_client.domain.validation import check_intake
from ui.language import said

FIELD_WORDS: Final[Mapping[str, str]] = {
    "anonymous": "apakah nama boleh diketahui SKPD",
    "confidential": "apakah isi boleh dibaca umum",
    "reporter_name": "nama",
    "reporter_nik": "NIK",
    "reporter_phone": "nomor HP",
    "reporter_address": "alamat",
    "rt_rw": "RT/RW",
    "classification": "klasifikasi",
    "channel": "kanal",
    "event_date": "tanggal kejadian",
    "received_date": "tanggal diterima",
    "title": "judul",
    "statement": "isi laporan",
    "location": "lokasi",
    "location_office": "kelurahan lokasi",
    "category": "kategori",
}
"""The form's fields in the order of the form, as they are named within a sentence."""

OF_THE_REPORTER: Final = frozenset(("anonymous", "confidential", "reporter_name", "rt_rw", "received_date"))
"""What must be in order to add somebody as a further reporter."""

_CHOICES = ("anonymous", "confidential")
_ASK = "Belum dipilih. Tanyakan kepada pelapor."
_COUNTS = ("", "Satu", "Dua", "Tiga", "Empat")


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("IntakeForm", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormState:
    """Every field as it was typed, valid or not; `received_date` "" is today, `category` is a code or ""."""

    resident: bool = True
    anonymous: bool | None = None
    confidential: bool | None = None
    reporter_name: str = ""
    reporter_nik: str = ""
    reporter_phone: str = ""
    reporter_address: str = ""
    rt_rw: str = ""
    urgent: bool = False
    classification: str = Classification.COMPLAINT.value
    channel: str = Channel.IN_PERSON.value
    event_date: str = ""
    received_date: str = ""
    title: str = ""
    statement: str = ""
    location: str = ""
    location_office: str = ""  # a kelurahan's code, "" for the one that records
    category: str = ""

    def to_draft(self) -> dict[str, Any]:
        """The fields of a draft; half a surrogate pair, which no file can hold, becomes "?"."""
        return {
            name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_draft(cls, draft: Mapping[str, Any]) -> "FormState":
        """The form of a draft; what is missing, or of another type in an older program's, is as in an empty form."""
        empty = cls()
        return cls(
            **{
                field.name: draft[field.name]
                for field in fields(cls)
                if field.name in draft and _fits(field.name, draft[field.name], getattr(empty, field.name))
            }
        )

    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen yet."""
        return self == FormState()

    def heading(self) -> str:
        """What to call this form in a list: its title, its first sentence, its reporter, or that there is none yet."""
        named = self.title.strip() or title_from(self.statement) or self.reporter_name.strip()
        return named or said("Belum berjudul")


def _fits(name: str, value: object, empty: object) -> bool:
    return isinstance(value, bool) or value is None if name in _CHOICES else type(value) is type(empty)


@dataclass(frozen=True, slots=True)
class Review:
    """What was found: the intake as it would be registered, and sentences by the form's field names.

    `missing` are the fields with an error because nothing is in them, in the order of the form; warnings never block.
    """

    intake: Intake
    errors: Mapping[str, str]
    warnings: Mapping[str, str]
    missing: tuple[str, ...]

    def first_error(self, among: Container[str] = FIELD_WORDS) -> str | None:
        """The uppermost field to mend among these, or None."""
        return next((name for name in FIELD_WORDS if name in self.errors and name in among), None)


def review(state: FormState, *, today: date, reference: ReferenceData, office: str) -> Review:
    """Check what stands in the form. `office` is the recording office's code: it decides which kecamatan is meant."""
    errors: dict[str, str] = {}
    warnings: dict[str, str] = {}
    dates: dict[str, date | None] = {"event_date": None, "received_date": today}
    for name, preset in tuple(dates.items()):
        written = getattr(state, name)
        if written.strip():
            reading = read_date(written, today=today)
            dates[name] = reading.value or preset
            if reading.problem:
                errors[name] = reading.problem
            elif reading.note:
                warnings[name] = reading.note
    place = read_rt_rw(state.rt_rw)
    if place.problem:
        errors["rt_rw"] = place.problem
    intake = _intake(state, dates, place.rt, place.rw, office, reference)
    checked = check_intake(intake, today=today, reference=reference, choices_required=True)
    for name, sentence in checked.errors.items():
        errors.setdefault({"rt": "rt_rw", "rw": "rt_rw", "agency": "category"}.get(name, name), sentence)
    missing = tuple(name for name in FIELD_WORDS if name in errors and _is_blank(getattr(state, name)))
    errors |= {name: said(_ASK) for name in _CHOICES if name in missing}
    warnings |= _doubts(state, today, reference)
    return Review(checked.intake, errors, {n: text for n, text in warnings.items() if n not in errors}, missing)


def place_office(state: FormState, office: str) -> str:
    """The kelurahan where it happened: the chosen one, or `office`, which records it."""
    return state.location_office or office


def _intake(
    state: FormState, dates: Mapping[str, date | None], rt: str, rw: str, office: str, reference: ReferenceData
) -> Intake:
    place = place_office(state, office)
    return Intake(
        classification=Classification(state.classification)
        if state.classification in set(Classification)
        else Classification.COMPLAINT,
        channel=Channel(state.channel) if state.channel in set(Channel) else Channel.IN_PERSON,
        received_date=dates["received_date"] or date.min,
        event_date=dates["event_date"],
        reporter_name=state.reporter_name,
        reporter_nik=state.reporter_nik,
        reporter_phone=state.reporter_phone,
        reporter_address=state.reporter_address,
        rt=rt,
        rw=rw,
        resident=state.resident,
        anonymous=state.anonymous,
        confidential=state.confidential,
        title=state.title,
        statement=state.statement,
        category=state.category,
        agency=_agency(state.category, reference, place),
        location=state.location,
        location_office="" if place == office else place,
        priority=Priority.URGENT if state.urgent else Priority.NORMAL,
    )


def _agency(category: str, reference: ReferenceData, office: str) -> str:
    found = reference.categories.get(category)
    return reference.resolve_agency(found.default_agency, office) if found else ""


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip(" .-"))


def _doubts(state: FormState, today: date, reference: ReferenceData) -> dict[str, str]:
    """The warnings that belong to one field and are worth a look while the reporter is still there."""
    nik = check_nik(state.reporter_nik, today=today, known_regions=reference.nik_regions)
    swapped = looks_like_nik(state.reporter_phone)
    phone = tr("Ini 16 angka seperti NIK. Pindahkan ke NIK.") if swapped else read_phone(state.reporter_phone).problem
    found = {"reporter_nik": " ".join((*nik.errors, *nik.warnings)), "reporter_phone": phone, **_privacy(state)}
    return {name: sentence for name, sentence in found.items() if sentence}


def _privacy(state: FormState) -> dict[str, str]:
    """Where a text says who the reporter is although that is to stay unknown, or names somebody in public."""
    found = {} if state.confidential else {"statement": mention_warning(state.statement), "title": ""}
    if not state.confidential and not found["statement"]:
        found["title"] = mention_warning(state.title)
    if state.anonymous:
        for name in ("title", "statement", "location"):
            given = gives_away(getattr(state, name), state.reporter_name, state.reporter_phone)
            if given:
                sentence = tr("Pelapor ingin anonim, tetapi di sini tertulis {given}. Hapus atau samarkan.")
                found[name] = sentence.format(given=said(given))
        address, place = (fold_words(text) for text in (state.reporter_address, state.location))
        if place and place == address:
            found["location"] = tr("Sama dengan alamat pelapor, yang ingin anonim. Tulis tempat di dekatnya saja.")
    return found


def what_is_left(found: Review) -> tuple[str, str]:
    """What the foot of the form says: a beginning in bold and the rest; both "" where nothing is left to do."""
    if found.missing:
        count = said(_COUNTS[len(found.missing)]) if len(found.missing) < len(_COUNTS) else str(len(found.missing))
        only_choices = all(name in _CHOICES for name in found.missing)
        mark = "?" if only_choices else "."
        head = tr("{count} isian belum dipilih:") if only_choices else tr("{count} isian belum diisi:")
        return head.format(count=count), f"{_listed(FIELD_WORDS[name] for name in found.missing)}{mark}"
    if found.errors:
        return tr(
            "Perlu diperbaiki:"
        ), f"{_listed(words for name, words in FIELD_WORDS.items() if name in found.errors)}."
    return "", ""


def _listed(words: Iterable[str]) -> str:
    *before, last = map(said, words)
    return tr("{before} dan {last}").format(before=", ".join(before), last=last) if before else last


def received_on(state: FormState, started: date, today: date) -> FormState:
    """The form of a draft that was begun on another day: its complaint was received then, not today."""
    if started >= today or state.received_date.strip():
        return state
    return FormState(**{**asdict(state), "received_date": format_date(started)})
