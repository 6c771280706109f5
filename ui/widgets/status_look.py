"""How a complaint's status and its standing with the centre are shown: word, glyph and tone, the same on every page."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Status, SyncState
from ui.theme.icons import Icon
from ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class Look:
    """A word with its glyph and tone."""

    word: str
    icon: Icon
    tone: Tone = Tone.NEUTRAL


def status_look(status: Status) -> Look:
    """Word and glyph of a status; statuses have no colour of their own."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Status", text)

    return {
        Status.RECEIVED: Look(tr("Diterima"), Icon.RECEIVED),
        Status.VERIFIED: Look(tr("Terverifikasi"), Icon.VERIFIED),
        Status.IN_PROGRESS: Look(tr("Ditangani"), Icon.IN_PROGRESS),
        Status.REFERRED: Look(tr("Didisposisi"), Icon.REFERRED),
        Status.ON_HOLD: Look(tr("Menunggu pelapor"), Icon.ON_HOLD),
        Status.RESOLVED: Look(tr("Selesai"), Icon.RESOLVED),
        Status.CLOSED: Look(tr("Ditutup"), Icon.CLOSED),
        Status.OUT_OF_JURISDICTION: Look(tr("Bukan wewenang"), Icon.OUT_OF_JURISDICTION),
        Status.ARCHIVED: Look(tr("Diarsipkan"), Icon.ARCHIVED),
    }[status]


def sync_look(state: SyncState) -> Look:
    """What the centre knows of a complaint; green only for what it has signed."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("SyncState", text)

    return {
        SyncState.PENDING: Look(tr("Belum terkirim"), Icon.UNSENT),
        SyncState.ACKNOWLEDGED: Look(tr("Diterima server"), Icon.SIGNED, Tone.GREEN),
        SyncState.CONFLICT: Look(tr("Konflik"), Icon.CONFLICT, Tone.RED),
        SyncState.REJECTED: Look(tr("Perlu dilihat"), Icon.ERROR, Tone.RED),
    }[state]
