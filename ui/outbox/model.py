"""How the desk stands with the centre, and what waits, in words; pure, so that it is tested without a window."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import SyncState
from kelurahan_client.domain.fields import read_utc
from kelurahan_client.services.lists import DeskState, ListFilter, OutboxItem
from kelurahan_client.services.unsent_files import UnsentFile
from kelurahan_client.store.attachments import Tried
from sync.protocol import Op, ResultKind
from ui.figures import number, size
from ui.home.model import failure_head, since, unsent_words, without_year
from ui.language import said
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.connection import ConnectionState, Link
from ui.wording import WITA, clock, short_date

KINDS = ("waiting", "rejected", "answered")
"""The lists of complaints, as `lists.outbox_items` calls them; beside them stand the files that wait."""
_LOGINS = ("NetworkLogin", "ProxyLogin")


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("Outbox", text)


class Sending(Protocol):
    """How far a running exchange is, as the engine reports it: items done of total."""

    @property
    def phase(self) -> str:
        """What it does now: sending, waiting, receiving, applying."""

    @property
    def done(self) -> int:
        """Items that are done."""

    @property
    def total(self) -> int:
        """Items in all; 0 while nobody knows."""

    @property
    def bytes(self) -> int:
        """Bytes that are done in this phase."""

    @property
    def bytes_total(self) -> int:
        """Bytes in all; 0 while nobody knows."""


def connection_state(state: DeskState, sending: Sending | None = None) -> ConnectionState:
    """What the chip says. `sending` is the engine's Progress (phase, done, total) while an exchange runs.

    First what goes on, then what keeps the desk from the centre, then what a person must look at: conflicts and what
    the centre refused. Connected is said only after an exchange that nothing has followed.
    """
    if sending is not None:
        return ConnectionState(Link.SENDING, unsent=state.unsent, done=sending.done, total=sending.total)
    decisions = state.conflicts + state.rejected
    link = Link.CONNECTED
    if state.last_failure is not None:
        link = Link.NETWORK_LOGIN if state.last_failure["kind"] in _LOGINS else Link.OFFLINE
    elif state.last_exchange is None:
        link = Link.OFFLINE
    elif decisions:
        link = Link.DECISIONS
    return ConnectionState(link, unsent=state.unsent, decisions=decisions, files=state.files.count)


@dataclass(frozen=True, slots=True)
class Head:
    """The sentence at the top: glyph, what is the matter, what it means for the work."""

    icon: Icon
    title: str
    text: str


def head(state: DeskState, today: date) -> Head:
    """How the desk stands, with what was kept and what to do."""
    if state.last_failure is not None:
        return _failed(state, state.last_failure, today)
    if state.last_exchange is None:
        return Head(Icon.OFFLINE, tr("Belum pernah bertukar data"), _waiting(state))
    at = read_utc(state.last_exchange["at"])
    day = at.astimezone(WITA).date()
    moment = clock(at) if day == today else f"{without_year(day)}, {clock(at)}"
    icon = Icon.SIGNED if state.all_sent else Icon.UNSENT
    return Head(icon, tr("Tersambung, terakhir bertukar {time}").format(time=moment), _waiting(state))


def _failed(state: DeskState, last: dict[str, Any], today: date) -> Head:
    if last["kind"] == "Offline":
        time = since(read_utc(last["since"]), today)
        return Head(Icon.OFFLINE, tr("Luring sejak {time}").format(time=time), _waiting(state))
    icon = Icon.NETWORK_LOGIN if last["kind"] in _LOGINS else Icon.ERROR
    told = " ".join(part for part in (said(last["message"]), said(last["way_out"])) if part)
    return Head(icon, failure_head(last, today), f"{told} {_waiting(state)}")


def _waiting(state: DeskState) -> str:
    if state.all_sent:
        return tr("Tidak ada yang menunggu dikirim.")
    what = unsent_words(state.unsent, state.files) if state.files.count else number(state.unsent)
    return tr("{what} belum terkirim, semuanya aman di komputer ini.").format(what=what)


PHASES = {
    "sending": "Mengirim ke server kota",
    "waiting": "Menunggu jawaban server kota",
    "receiving": "Menerima dari server kota",
    "applying": "Menyimpan jawaban server kota",
    "files": "Mengirim lampiran",
}


def phase_words(phase: str) -> str:
    """What a running exchange does now."""
    return said(PHASES.get(phase, PHASES["sending"]))


@dataclass(frozen=True, slots=True)
class ItemView:
    """One line of the outbox."""

    icon: Icon
    tone: Tone
    title: str
    state: str
    answer: str
    action: str
    complaint_id: str
    page: str = "register"  # where the action leads
    again: bool = False  # whether it can be sent again
    is_file: bool = False  # the bytes of an attachment, and no change of a complaint


def item_view(item: OutboxItem, today: date, *, offline: bool) -> ItemView:
    """What is sent, how it stands, and its last answer in a sentence."""
    icon, title = _what(item)
    refused = item.result == ResultKind.REJECTED
    contested = item.result == ResultKind.CONFLICT and item.sync_state is SyncState.CONFLICT
    if item.result in {ResultKind.APPLIED, ResultKind.MERGED}:
        icon = Icon.SIGNED
    state, tone, answer = _standing(item, today, offline=offline)
    return ItemView(
        icon=Icon.ERROR if refused else icon,
        tone=tone,
        title=title,
        state=state,
        answer=answer,
        action=tr("Putuskan") if contested else tr("Periksa") if refused else tr("Lihat"),
        complaint_id=item.complaint_id,
        page="conflicts" if contested else "paper_log" if item.withdrawn else "register",
        again=refused,
    )


def _what(item: OutboxItem) -> tuple[Icon, str]:
    if item.op == Op.CREATE:
        return Icon.FILE_NEW, item.title
    icon, words = {
        Op.PATCH: (Icon.EDITED, tr("Perubahan {reference}")),
        Op.TRANSITION: (Icon.REFERRED, tr("Status {reference}")),
        Op.APPEND: (Icon.FOLLOW_UP, tr("Tindak lanjut {reference}")),
        Op.DELETE: (Icon.TRASH, tr("Pembatalan impor {reference}")),
        Op.ATTACH: (Icon.ATTACH, tr("Lampiran {reference}")),
        Op.RESOLVE: (Icon.CONFLICT, tr("Keputusan {reference}")),
    }.get(Op(item.op), (Icon.FILE, tr("Kiriman {reference}")))
    return icon, words.format(reference=item.reference)


def file_view(file: UnsentFile, today: date) -> ItemView:
    """A file that the centre has not got: which, of which complaint, how far it came, and what stopped it."""
    tried = file.tried
    far = ""
    if tried is not None and tried.bytes:
        far = tr("{done} dari {total} sampai. ").format(done=size(tried.bytes), total=size(file.size))
    return ItemView(
        icon=Icon.ATTACH,
        tone=Tone.NEUTRAL,
        title=tr("{name}, {reference}").format(name=file.name, reference=file.reference),
        state=size(file.size),
        answer=far + _file_answer(file, tried, today),
        action=tr("Lihat"),
        complaint_id=file.complaint_id,
        again=tried is not None,
        is_file=True,
    )


def _file_answer(file: UnsentFile, tried: Tried | None, today: date) -> str:
    if tried is not None:
        told = " ".join(part for part in (said(tried.message), said(tried.way_out)) if part)
        when = _moment(read_utc(tried.at), today)
        return tr("Dicoba {time}: {why} ({code})").format(time=when, why=told, code=tried.code)
    return tr("Belum pernah dikirim.") if file.announced else tr("Dikirim sesudah pengaduannya diterima.")


def _standing(item: OutboxItem, today: date, *, offline: bool) -> tuple[str, Tone, str]:
    when = _moment(item.answered_at, today)
    if item.result == ResultKind.REJECTED:
        return (
            tr("perlu dilihat"),
            Tone.RED,
            tr("Ditolak server {time}: {why}").format(time=when, why=said(item.reason)),
        )
    if item.result == ResultKind.CONFLICT:
        why = said(item.reason) or tr("Isinya berbeda dari pusat; menunggu keputusan.")
        return tr("konflik"), Tone.RED, why
    if item.result == ResultKind.MERGED:
        why = said(item.reason) or tr("Digabung dengan isi di pusat.")
        return tr("ditandatangani"), Tone.GREEN, why
    if item.result:
        return tr("ditandatangani"), Tone.GREEN, tr("Diterima server {time}.").format(time=when)
    waits = tr("{n} perubahan menunggu").format(n=number(item.changes)) if item.changes > 1 else tr("menunggu")
    if item.withdrawn and item.op == Op.CREATE:
        waits = tr("ditarik kembali")  # what it is called does not say so
    if item.tried_at is None:
        return waits, Tone.NEUTRAL, tr("Belum pernah dikirim.")
    words = tr("Dicoba {time}, jaringan putus. Dikirim lagi nanti.")
    if not offline:
        words = tr("Dicoba {time}, belum dijawab. Dikirim lagi nanti.")
    return waits, Tone.NEUTRAL, words.format(time=_moment(item.tried_at, today))


def _moment(at: datetime | None, today: date) -> str:
    if at is None:
        return ""
    day = at.astimezone(WITA).date()
    return clock(at) if day == today else short_date(day, today)


def list_filter(kind: str) -> ListFilter:
    """The complaints behind one of the three lists."""
    state = {"waiting": SyncState.PENDING, "rejected": SyncState.REJECTED}.get(kind, SyncState.ACKNOWLEDGED)
    return ListFilter(sync_states=frozenset({state}))
