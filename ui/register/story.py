"""What happened to a complaint and what is contested about it, in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Channel, Complaint, Status, TimelineEntry
from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.fields import read_utc
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.words import CHANNEL_WORDS
from kelurahan_client.services.lists import Detail
from ui.language import said
from ui.register.words import field_word, value_words
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.status_look import status_look
from ui.widgets.timeline import TimelineStep
from ui.wording import WITA, clock, long_date

_LONGEST = 140  # letters of an old value that the story quotes
_HIDDEN = frozenset({"reporter_nik", "reporter_phone", "reporter_name", "reporter_address"})


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("Story", text)


def story(detail: Detail, today: date, reference: ReferenceData) -> list[TimelineStep]:
    """The steps, newest first. Agencies of referrals are told as far as they can be known."""
    steps = []
    agency = detail.complaint.agency
    for entry in _files_together(detail.timeline):
        if entry.kind == "edit" and "agency" in entry.fields:
            steps.append(_step(entry, detail.complaint, today, reference, ""))
            agency = str(entry.fields["agency"][0] or "")
            continue
        steps.append(_step(entry, detail.complaint, today, reference, agency))
        if entry.status_to is Status.REFERRED:
            agency = ""  # what stood there before this referral is not written down
    return steps


def _files_together(timeline: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Files that the same officer added in the same minute are one step."""
    found: list[TimelineEntry] = []
    for entry in timeline:
        if found and _is_of_one_step(found[-1], entry):
            last = found[-1]
            signed = last.acknowledged and entry.acknowledged
            found[-1] = replace(last, text=f"{entry.text}\n{last.text}", acknowledged=signed)
        else:
            found.append(entry)
    return found


def _is_of_one_step(one: TimelineEntry, other: TimelineEntry) -> bool:
    alike = one.kind == other.kind == "attachment" and one.actor == other.actor
    return alike and one.at.replace(second=0, microsecond=0) == other.at.replace(second=0, microsecond=0)


def when(at: datetime, today: date) -> str:
    """Hari ini, 10.31 or 29 Juli, 13.40, with the year where it is another."""
    day = at.astimezone(WITA).date()
    if day == today:
        return tr("Hari ini, {time}").format(time=clock(at))
    text = long_date(day) if day.year != today.year else long_date(day).rsplit(" ", 1)[0]
    return f"{text}, {clock(at)}"


def _step(
    entry: TimelineEntry, complaint: Complaint, today: date, reference: ReferenceData, agency: str
) -> TimelineStep:
    icon, title, text = _words(entry, complaint, reference, agency)
    at, who = when(entry.at, today), entry.actor
    if entry.kind == "registered":
        who = who or tr("Loket {letter}").format(letter=complaint.desk)
        if complaint.received_date != local_date(entry.at):  # a book is typed long after the citizen came
            typed = at[:1].lower() + at[1:]
            at = tr("{day}, dicatat {when}").format(day=long_date(complaint.received_date), when=typed)
    signed = entry.acknowledged
    return TimelineStep(
        icon=icon,
        title=title,
        subtitle=" · ".join(part for part in (at, who) if part),
        text=text,
        mark=Icon.SIGNED if signed else Icon.UNSENT,
        mark_tone=Tone.GREEN if signed else Tone.NEUTRAL,
        mark_name=tr("Ditandatangani server kota") if signed else tr("Belum terkirim"),
    )


def _words(entry: TimelineEntry, complaint: Complaint, reference: ReferenceData, agency: str) -> tuple[Icon, str, str]:
    if entry.kind == "registered":
        return Icon.RECEIVED, _arrival(complaint), ""
    if entry.kind == "status" and entry.status_to is not None:
        look = status_look(entry.status_to)
        title = look.word
        if entry.status_to is Status.REFERRED and agency:
            title = tr("Didisposisi ke {agency}").format(agency=reference.agency_name(agency))
        if entry.status_to is Status.IN_PROGRESS and entry.status_from in {Status.RESOLVED, Status.CLOSED}:
            title = tr("Dibuka kembali")
        return look.icon, title, _quoted(entry.text)
    if entry.kind == "edit":
        return Icon.EDITED, _edited(entry), _edit_words(entry, reference)
    if entry.kind == "follow_up":
        return Icon.FOLLOW_UP, tr("Tindak lanjut"), _quoted(entry.text)
    if entry.kind == "attachment":
        return Icon.ATTACH, _added(entry.text.count("\n") + 1), entry.text
    return Icon.INFO, tr("Catatan server kota"), said(entry.text)


def _arrival(complaint: Complaint) -> str:
    if complaint.channel is Channel.IN_PERSON:
        return tr("Diterima di loket")
    if complaint.channel is Channel.REGISTER_BOOK or complaint.book_line is not None:
        return tr("Dicatat dari buku register")
    return tr("Diterima lewat {channel}").format(channel=said(CHANNEL_WORDS[complaint.channel]).lower())


def _added(files: int) -> str:
    return tr("{n} lampiran ditambahkan").format(n=files) if files > 1 else tr("Lampiran ditambahkan")


def _quoted(text: str) -> str:
    return f"“{text}”" if text else ""


def _edited(entry: TimelineEntry) -> str:
    names = [field_word(name) for name in entry.fields if name != "due_date"] or [tr("Isian")]
    if len(names) > 2:
        return tr("{n} isian diubah").format(n=len(names))
    first, *rest = names
    joined = tr("{one} dan {other}").format(one=first, other=rest[0]) if rest else first
    return tr("{field} diubah").format(field=joined)


def _edit_words(entry: TimelineEntry, reference: ReferenceData) -> str:
    """The value before, where one field was changed that does not tell who somebody is."""
    if len(entry.fields) != 1:
        return ""
    name, (old, _) = next(iter(entry.fields.items()))
    if name in _HIDDEN:
        return ""
    was = value_words(name, old, reference)
    return tr("Semula: {value}").format(value=was if len(was) <= _LONGEST else was[:_LONGEST].rstrip() + "…")


def conflict_words(detail: Detail, today: date, reference: ReferenceData) -> list[str]:
    """One sentence for each contested field, with all its values and who wrote them."""
    return [
        (
            tr("{field}. Sudah diputuskan, belum dijawab server kota. Isinya: {values}.")
            if conflict.decided
            else tr("{field}. Ada isi lain: {values}.")
        ).format(
            field=field_word(conflict.field),
            values=tr(" dan ").join(
                _side(conflict.field, side, today, reference) for side in conflict.body.get("sides", [])
            ),
        )
        for conflict in detail.conflicts
    ]


def _within(words: str) -> str:
    """Within a sentence."""
    return words[:1].lower() + words[1:]


def _side(field: str, side: dict[str, object], today: date, reference: ReferenceData) -> str:
    value = value_words(field, side.get("value"), reference)
    if field == "reporter_name":
        value = tr("nama lain")
    at = side.get("device_time") or side.get("server_time")
    parts = [str(side.get("actor") or tr("server kota")), _within(when(read_utc(str(at)), today)) if at else ""]
    return f"“{value}” ({', '.join(part for part in parts if part)})"
