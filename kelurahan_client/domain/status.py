"""The status machine: which step is legal, when, and what it is called on a button."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.day_words import format_date
from kelurahan_client.domain.deadlines import WorkCalendar
from kelurahan_client.domain.words import STATUS_WORDS
from kelurahan_client.errors import IllegalStep

REOPENING_DAYS = 10  # working days after resolving or closing; as long a silence closes what was resolved


@dataclass(frozen=True, slots=True)
class Step:
    """A step that may follow: where to, whether a reason must be written, and the button's text."""

    to: Status
    needs_reason: bool
    label_id: str


_VERIFY = Step(Status.VERIFIED, needs_reason=False, label_id="Verifikasi")
_HANDLE = Step(Status.IN_PROGRESS, needs_reason=False, label_id="Tangani di kelurahan")
_REFER = Step(Status.REFERRED, needs_reason=False, label_id="Disposisi…")
_HOLD = Step(Status.ON_HOLD, needs_reason=True, label_id="Tunda…")
_RESOLVE = Step(Status.RESOLVED, needs_reason=True, label_id="Selesaikan…")
_CLOSE = Step(Status.CLOSED, needs_reason=True, label_id="Tutup…")
_REOPEN = Step(Status.IN_PROGRESS, needs_reason=True, label_id="Buka kembali…")
_NOT_OURS = Step(Status.OUT_OF_JURISDICTION, needs_reason=True, label_id="Bukan wewenang…")
_ARCHIVE = Step(Status.ARCHIVED, needs_reason=True, label_id="Arsipkan…")

_STEPS: Mapping[Status, tuple[Step, ...]] = MappingProxyType(
    {
        Status.RECEIVED: (_VERIFY, _HOLD, _NOT_OURS, _ARCHIVE),
        Status.VERIFIED: (_REFER, _HANDLE, _HOLD, _NOT_OURS, _ARCHIVE),
        Status.IN_PROGRESS: (_RESOLVE, _REFER, _HOLD, _NOT_OURS, _ARCHIVE),
        Status.REFERRED: (_RESOLVE, _HANDLE, _HOLD, _NOT_OURS, _ARCHIVE),
        # The reporter has answered: the officer who takes it up again says how it goes on.
        Status.ON_HOLD: (_VERIFY, _REFER, _HANDLE, _NOT_OURS, _ARCHIVE),
        Status.RESOLVED: (_CLOSE, _REOPEN),
        Status.CLOSED: (_REOPEN,),
        Status.OUT_OF_JURISDICTION: (),
        Status.ARCHIVED: (),
    }
)
_REASONS: Mapping[Status, str] = MappingProxyType(
    {
        Status.ON_HOLD: "Tulis apa yang ditanyakan kepada pelapor.",
        Status.RESOLVED: "Tulis apa yang sudah dikerjakan.",
        Status.CLOSED: "Tulis alasan menutup, misalnya pelapor sudah puas.",
        Status.IN_PROGRESS: "Tulis alasan membuka kembali.",
        Status.OUT_OF_JURISDICTION: "Tulis alasannya, dan ke mana pelapor sebaiknya pergi.",
        Status.ARCHIVED: "Tulis alasannya, misalnya pengaduan ganda.",
    }
)


def steps_from(status: Status) -> tuple[Step, ...]:
    """The steps that may follow, the most usual first; none after out_of_jurisdiction and archived."""
    return _STEPS[status]


def steps_open(status: Status, resolved_on: date | None, today: date, calendar: WorkCalendar) -> tuple[Step, ...]:
    """The steps that may be taken today: a reopening only while its days last."""
    return tuple(
        step
        for step in steps_from(status)
        if step is not _REOPEN or (resolved_on is not None and today <= reopening_ends(resolved_on, calendar))
    )


def leads_to(start: Status, goal: Status) -> bool:
    """Whether some row of legal steps goes from `start` to `goal`; true for the same status."""
    seen, waiting = {start}, [start]
    while waiting:
        for step in _STEPS[waiting.pop()]:
            if step.to not in seen:
                seen.add(step.to)
                waiting.append(step.to)
    return goal in seen


def check_step(
    start: Status, to: Status, reason: str, *, resolved_on: date | None, today: date, calendar: WorkCalendar
) -> None:
    """Refuse an illegal step with IllegalStep, whose sentence is for the clerk; return nothing for a legal one.

    `resolved_on` is the day on which a resolved complaint was resolved, or a closed one closed (local date); it is
    looked at only for a reopening.
    """
    step = next((step for step in _STEPS[start] if step.to == to), None)
    if step is None:
        offered = ", ".join(f"“{STATUS_WORDS[other.to]}”" for other in _STEPS[start])
        way_out = f"Yang mungkin: {offered}." if offered else "Buat pengaduan baru bila perlu."
        raise IllegalStep(f"Dari “{STATUS_WORDS[start]}” tidak bisa ke “{STATUS_WORDS[to]}”.", way_out=way_out)
    if step.needs_reason and not reason.strip():
        raise IllegalStep(f"Langkah ke “{STATUS_WORDS[to]}” perlu alasan.", way_out=_REASONS[to])
    if step is _REOPEN:
        _check_reopening(resolved_on, today, calendar)


def reopening_ends(resolved_on: date, calendar: WorkCalendar) -> date:
    """The last day on which what was resolved or closed on `resolved_on` may be opened again."""
    return calendar.add_working_days(resolved_on, REOPENING_DAYS)


def closes_by_silence(resolved_on: date, today: date, calendar: WorkCalendar) -> bool:
    """Whether a resolved complaint has been silent for its 10 working days and is due to be closed."""
    return today > reopening_ends(resolved_on, calendar)


def silent_since(today: date, calendar: WorkCalendar) -> date:
    """The last day of which it is true that whatever was resolved on it, or before, closes by silence today."""
    day = today
    while not closes_by_silence(day, today, calendar):
        day -= timedelta(days=1)
    return day


def _check_reopening(resolved_on: date | None, today: date, calendar: WorkCalendar) -> None:
    if resolved_on is None:
        raise IllegalStep(
            "Tanggal selesainya tidak diketahui, jadi tidak bisa dibuka kembali.", way_out="Buat pengaduan baru."
        )
    last = reopening_ends(resolved_on, calendar)
    if today > last:
        raise IllegalStep(
            f"Hanya bisa dibuka kembali dalam {REOPENING_DAYS} hari kerja, yaitu sampai {format_date(last)}.",
            way_out="Buat pengaduan baru dan sebut nomor yang lama.",
        )
