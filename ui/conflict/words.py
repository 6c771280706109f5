"""What a conflict says to people: fields, values, who wrote them and when; pure, so it is tested without a window."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Complaint, Status
from kelurahan_client.domain.fields import Json
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.roles import Officer, Right, may, who_may
from kelurahan_client.services.conflicts import Case, Decision, Line, Origin, Side
from ui.language import said
from ui.register.words import field_word, value_words
from ui.theme.icons import Icon
from ui.widgets.status_look import status_look
from ui.wording import WITA, long_date, moment

CHOSEN = frozenset(
    "status category agency classification priority location_office resident anonymous confidential reporter_sex "
    "due_date event_date channel received_date rt rw reporter_nik reporter_phone".split()
)
"""Fields whose value is one thing: it is another or it is not, and no word of it is compared."""

_ICONS = {
    "location": Icon.PLACE,
    "location_office": Icon.PLACE,
    "agency": Icon.AGENCY,
    "status": Icon.IN_PROGRESS,
    "category": Icon.TAG,
    "title": Icon.FILE,
    "statement": Icon.FOLLOW_UP,
    "due_date": Icon.CALENDAR,
    "event_date": Icon.CALENDAR,
}
_COUNTS = {2: "dua", 3: "tiga", 4: "empat", 5: "lima"}


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("Conflict", text)


def field_icon(field: str) -> Icon:
    """The glyph of a field."""
    return _ICONS.get(field, Icon.REPORTER if field.startswith("reporter") else Icon.EDITED)


def plain_words(field: str, value: Json, reference: ReferenceData) -> str:
    """A value as people read it, "" for nothing; what comes masked stays so, what was revealed is shown."""
    if value is None or value == "":
        return ""
    if field == "agency" and str(value) in reference.agencies:
        return reference.agencies[str(value)].name
    if field in ("reporter_nik", "reporter_phone"):
        return str(value)
    return value_words(field, value, reference)


def head_words(count: int, officer: Officer | None) -> str:
    """The remark behind the page's title, for whoever is at work."""
    if not count:
        return ""
    if officer is not None and not may(officer.duty, Right.DECIDE):
        who = said(who_may(Right.DECIDE))
        return tr("{n} isian berbeda dari pusat. Yang memutuskan: {roles}.").format(n=count, roles=who)
    return tr("{n} isian berbeda dari pusat. Anda yang memutuskan.").format(n=count)


def empty_words() -> str:
    """What a conflict would be, where there is none."""
    return tr(
        "Bila isian yang sama diubah di loket ini dan di tempat lain, semua isinya tampil di sini, "
        "dan Anda memilih yang benar. Saat ini tidak ada."
    )


def contested_words(case: Case) -> str:
    """The sentence where the contested value would stand."""
    if not case.open:
        return tr("Sudah diputuskan.") if case.decision is not None else tr("Tidak lagi menunggu keputusan.")
    count = len({repr(side.value) for side in case.sides}) if not case.hidden else len(case.sides)
    return tr("Ada {n} isi yang berbeda, pilih di bawah").format(n=_COUNTS.get(count, str(count)))


def side_title(side: Side, case: Case, reference: ReferenceData) -> str:
    """Di sini, Di pusat, or the desk that wrote it."""
    if side.here:
        return tr("Di sini")
    if side.stands:
        return tr("Di pusat")
    return place_of(side, case.complaint, reference) or tr("Isi lain")


def side_short(side: Side, case: Case, reference: ReferenceData) -> str:
    """The same in the middle of a sentence."""
    title = side_title(side, case, reference)
    return title[:1].lower() + title[1:] if side.here or side.stands or title == tr("Isi lain") else title


def take_words(side: Side, case: Case, reference: ReferenceData) -> str:
    """The button that takes it."""
    if side.here or side.stands:
        return tr("Pakai yang {where}").format(where=side_short(side, case, reference))
    return tr("Pakai dari {where}").format(where=side_short(side, case, reference))


def side_icon(side: Side) -> Icon:
    """This desk, the centre, or another desk."""
    return Icon.DESK if side.here else Icon.CENTRE if side.stands else Icon.PEOPLE


def place_of(side: Side, complaint: Complaint, reference: ReferenceData) -> str:
    """Loket B; with its kelurahan where that is another than the complaint's."""
    letter = tr("Loket {letter}").format(letter=side.desk) if side.desk else ""
    office = reference.office(side.office)
    name = tr("Kel. {name}").format(name=office.name) if office and side.office != complaint.office else ""
    return " ".join(part for part in (letter, name) if part)


def author_words(side: Side, case: Case, reference: ReferenceData) -> str:
    """Norhasanah, Loket A."""
    place = place_of(side, case.complaint, reference)
    return ", ".join(part for part in (side.actor, place) if part) or tr("Server kota")


def when_words(at: datetime | None) -> str:
    """31 Juli 2026, 10.14 WITA; "" where nobody knows."""
    return moment(at) if at is not None else ""


def origin_words(origin: Origin | None) -> str:
    """Who wrote the value before all sides."""
    if origin is None:
        return ""
    if origin.actor:
        return tr("Ditulis {name}").format(name=origin.actor)
    return tr("Dicatat di Loket {letter}").format(letter=origin.desk)


def day_words(at: datetime | None, today: date) -> str:
    """Hari ini, or 31 Juli, with the year where it is another."""
    if at is None:
        return ""
    day = at.astimezone(WITA).date()
    if day == today:
        return tr("hari ini")
    return long_date(day) if day.year != today.year else long_date(day).rsplit(" ", 1)[0]


def line_title(line: Line) -> str:
    """The complaint's title, unless it must be opened to be read."""
    return tr("Rahasia: buka untuk membaca") if line.confidential else line.title


def contender_words(line: Line, today: date) -> str:
    """Who wrote the other value, and on which day."""
    side = line.contender
    if side is None:
        return ""
    who = side.actor or (tr("Loket {letter}").format(letter=side.desk) if side.desk else tr("Server kota"))
    return tr("{who} mengubah {day}").format(who=who, day=day_words(side.at, today)).strip()


def decided_line_words(line: Line) -> str:
    """A conflict that was decided, in one line."""
    return f"{field_word(line.field)}, {line_title(line)}"


def decision_words(decision: Decision, field: str, reference: ReferenceData) -> str:
    """What was decided, for a person who looks back."""
    value = plain_words(field, decision.value, reference)
    return tr("“{value}”").format(value=value) if value else tr("dikosongkan")


def decision_author(decision: Decision) -> str:
    """Who decided, and when."""
    return ", ".join(part for part in (decision.actor, when_words(decision.at)) if part)


def context_fields(field: str) -> tuple[str, str]:
    """The two rows that stand around the contested one."""
    above = next(name for name in ("category", "location") if name != field)
    below = "status" if field in ("rt", "rw") else "rt_rw"
    return above, below


def context_word(name: str) -> str:
    """The label of such a row."""
    return tr("RT/RW") if name == "rt_rw" else field_word(name)


def context_value(name: str, complaint: Complaint, reference: ReferenceData) -> str:
    """The value of such a row, a dash for nothing."""
    if name == "rt_rw":
        both = [part.lstrip("0") for part in (complaint.rt, complaint.rw)]
        return "/".join(part or "–" for part in both) if any(both) else "–"
    if name == "status":
        return status_look(Status(complaint.status)).word
    return plain_words(name, getattr(complaint, name), reference) or "–"
