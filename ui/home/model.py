"""What Beranda shows, in words and cells; pure, so that it is tested without a window."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Channel, Status, SyncState
from kelurahan_client.domain.fields import read_utc
from kelurahan_client.domain.words import CHANNEL_WORDS
from kelurahan_client.services.lists import DeskState, Home, ListFilter, Sort
from kelurahan_client.services.unsent_files import UnsentFiles
from ui.figures import number, size
from ui.language import said
from ui.register.cells import Day
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.wording import WITA, clock, day_date, short_date


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("Home", text)


def without_year(day: date) -> str:
    """Rabu, 5 Agustus."""
    return day_date(day).rsplit(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class TileView:
    """One number of the day and the list that stands behind it."""

    key: str
    name: str
    icon: Icon
    figure: str = "–"
    remark: str = ""
    tone: Tone = Tone.NEUTRAL
    list_filter: ListFilter = field(default_factory=ListFilter)


def blank_tiles() -> tuple[TileView, ...]:
    """The tiles before anything is known."""
    return (
        TileView("today", tr("Diterima hari ini"), Icon.RECEIVED),
        TileView("unverified", tr("Menunggu verifikasi"), Icon.WAITING),
        TileView("soon", tr("Segera jatuh tempo"), Icon.DUE),
        TileView("late", tr("Terlambat"), Icon.WARNING),
        TileView("unsent", tr("Belum terkirim"), Icon.UNSENT),
        TileView("conflicts", tr("Perlu keputusan"), Icon.CONFLICT),
    )


def tiles(home: Home, day: Day) -> tuple[TileView, ...]:
    """The six numbers of the day, each with the list that has exactly as many lines."""
    counts = home.counts
    today, soon = home.today, home.soon
    by_due: dict[str, Any] = {"sort": Sort.DUE, "descending": False}
    filters = {
        "today": ListFilter(received_from=today, received_to=today, sort=Sort.ARRIVAL),
        "unverified": ListFilter(statuses=frozenset({Status.RECEIVED}), **by_due),
        "soon": ListFilter(due_from=today, due_until=soon, **by_due),
        "late": ListFilter(due_before=today, **by_due),
        "unsent": ListFilter(sync_states=frozenset({SyncState.PENDING})),
        "conflicts": ListFilter(sync_states=frozenset({SyncState.CONFLICT})),
    }
    unsent, unsent_remark = _unsent(home)
    values = {
        "today": (counts.received_today, _by_channel(counts.received_today_by_channel), Tone.NEUTRAL),
        "unverified": (counts.unverified, _next_verification(home, day), Tone.NEUTRAL),
        "soon": (counts.due_soon, tr("sampai {day}").format(day=short_date(soon, today)), Tone.AMBER),
        "late": (counts.late, _late_remark(home, day), Tone.RED),
        "unsent": (unsent, unsent_remark, Tone.NEUTRAL),
        "conflicts": (
            counts.conflicts,
            tr("berbeda dari pusat") if counts.conflicts else tr("tidak ada"),
            Tone.RED,
        ),
    }
    return tuple(
        TileView(
            tile.key,
            tile.name,
            tile.icon,
            number(values[tile.key][0]),
            values[tile.key][1],
            values[tile.key][2] if values[tile.key][0] else Tone.NEUTRAL,
            filters[tile.key],
        )
        for tile in blank_tiles()
    )


def _unsent(home: Home) -> tuple[int, str]:
    """Complaints first; where only files wait, these are the number."""
    complaints, files = home.counts.unsent, home.state.files.count
    if complaints and files:
        return complaints, tr("dan {n} lampiran").format(n=number(files))
    if files:
        return files, tr("lampiran, aman di sini")
    if complaints:
        return complaints, tr("aman di komputer ini")
    if home.state.withdrawn:
        return 0, tr("{n} penarikan menunggu").format(n=number(home.state.withdrawn))
    return 0, tr("semua terkirim")


def _by_channel(counts: dict[Channel, int]) -> str:
    if not counts:
        return tr("belum ada")
    words = {Channel.IN_PERSON: tr("di loket"), Channel.REGISTER_BOOK: tr("dari buku")}
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    parts = [
        f"{number(count)} {words.get(channel, said(CHANNEL_WORDS[channel]).lower())}" for channel, count in ranked[:2]
    ]
    if len(ranked) > 2:
        parts[1] = tr("{n} lainnya").format(n=number(sum(count for _, count in ranked[1:])))
    return ", ".join(parts)


def _next_verification(home: Home, day: Day) -> str:
    due = home.counts.next_verification
    if not home.counts.unverified or due is None:
        return tr("tidak ada")
    if due < home.today:
        return tr("terlambat {n} hari").format(n=number(day.days_late(due)))
    near = {home.today: tr("hari ini"), home.today + timedelta(days=1): tr("besok")}
    return tr("paling dekat {day}").format(day=near.get(due, short_date(due, home.today)))


def _late_remark(home: Home, day: Day) -> str:
    late = [row for row in home.due if row.due_date is not None and row.due_date < home.today]
    if not late or late[0].due_date is None:
        return tr("tidak ada")
    agencies = {row.agency if row.status is Status.REFERRED else "" for row in late}
    if len(late) == home.counts.late and len(agencies) == 1 and (agency := agencies.pop()):
        name = day.reference.agency_name(agency)
        words = {1: tr("di {agency}"), 2: tr("keduanya di {agency}")}
        return words.get(len(late), tr("semuanya di {agency}")).format(agency=name)
    return tr("paling lama {n} hari").format(n=number(day.days_late(late[0].due_date)))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the exchange with its glyph; `html` is the same words, escaped, with what was signed in green."""

    icon: Icon
    tone: Tone
    plain: str
    html: str


def _sentence(icon: Icon, tone: Tone, text: str) -> Sentence:
    return Sentence(icon, tone, text, escape(text))


def exchange_sentences(state: DeskState, today: date, signed_colour: str) -> list[Sentence]:
    """The last exchange and, if it failed since, the failure; `signed_colour` (#rrggbb) marks what was signed."""
    found = []
    if state.last_exchange is not None:
        found.append(_exchanged(state.last_exchange, signed_colour))
    if state.last_failure is not None:
        found.append(_failed(state.last_failure, today))
    elif state.files.count:
        found.append(_files_wait(state.files))
    if not found:
        text = tr("Belum pernah bertukar data dengan server kota. Pekerjaan aman di komputer ini.")
        found.append(_sentence(Icon.INFO, Tone.NEUTRAL, text))
    return found


def _exchanged(last: dict[str, Any], signed_colour: str) -> Sentence:
    at = read_utc(last["at"])
    when = tr("{day}, {time} WITA").format(day=without_year(at.astimezone(WITA).date()), time=clock(at))
    sent, received = int(last["sent"]), int(last["received"])
    came = tr("{n} perubahan masuk").format(n=number(received)) if received else tr("tidak ada yang baru dari pusat")
    if not sent:
        return _sentence(Icon.EXCHANGE, Tone.NEUTRAL, f"{when}: {came}.")
    signed = tr("ditandatangani server kota")
    plain = tr("{when}: {n} kiriman {signed}, {came}.").format(when=when, n=number(sent), signed=signed, came=came)
    marked = f'<span style="color:{signed_colour};font-weight:600">{escape(signed)}</span>'
    return Sentence(Icon.SIGNED, Tone.GREEN, plain, escape(plain).replace(escape(signed), marked))


def _files_wait(files: UnsentFiles) -> Sentence:
    words = tr("{what} belum terkirim, aman di komputer ini.")
    if files.tried is not None:
        words = tr("{what} belum terkirim, aman di komputer ini; dikirim lagi sendiri.")
    return _sentence(Icon.UNSENT, Tone.NEUTRAL, words.format(what=unsent_words(0, files)))


def unsent_words(complaints: int, files: UnsentFiles) -> str:
    """12 pengaduan dan 2 lampiran (3,4 MB); "" where nothing waits."""
    left = [tr("{n} pengaduan").format(n=number(complaints))] if complaints else []
    if files.count:
        left.append(tr("{n} lampiran ({size})").format(n=number(files.count), size=size(files.bytes)))
    return tr(" dan ").join(left)


def failure_code(state: DeskState) -> str:
    """The number of what keeps things from the centre, "" where nothing does."""
    if state.last_failure is not None:
        return str(state.last_failure["code"])
    return state.files.tried.code if state.files.tried else ""


def since(at: datetime, today: date) -> str:
    """09.47, with the day where it was not today."""
    local = at.astimezone(WITA).date()
    return clock(at) if local == today else f"{short_date(local, today)}, {clock(at)}"


def failure_head(last: dict[str, Any], today: date) -> str:
    """How the last failure is called, with the time since when."""
    when = since(read_utc(last["since"]), today)
    if last["kind"] == "Offline":
        return tr("Jaringan putus sejak {time}").format(time=when)
    return tr("{title} sejak {time}").format(title=said(last["title"]), time=when)


def _failed(last: dict[str, Any], today: date) -> Sentence:
    kind = last["kind"]
    safe = tr("Pekerjaan tetap aman di komputer ini.")
    head = failure_head(last, today)
    if kind == "Offline":
        return _sentence(Icon.OFFLINE, Tone.NEUTRAL, f"{head}. {safe}")
    icon = Icon.NETWORK_LOGIN if kind == "NetworkLogin" else Icon.ERROR
    tone = Tone.AMBER if kind == "NetworkLogin" else Tone.RED
    return _sentence(icon, tone, f"{head}. {said(last['way_out'] or last['message'])} {safe}")
