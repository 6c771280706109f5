"""How a text that was begun is called, and since when it waits."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Status
from kelurahan_client.services.half_written import HalfWritten, Kind, Place
from ui.home.model import since
from ui.widgets.status_look import status_look


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("HalfWritten", text)


def place_words(place: Place) -> str:
    """Draf perubahan."""
    if place.kind == Kind.EDIT:
        return tr("Draf perubahan")
    if place.kind == Kind.STEP:
        return tr("Draf catatan “{status}”").format(status=status_look(Status(place.part)).word)
    if place.kind == Kind.REPLY:
        return tr("Draf contoh jawaban")
    return tr("Draf tindak lanjut")


def since_words(text: HalfWritten, today: date) -> str:
    """Draf perubahan sejak 10.32, with whose it is where that is somebody else."""
    words = tr("{draft} sejak {time}, {officer}") if text.other else tr("{draft} sejak {time}")
    return words.format(draft=place_words(text.place), time=since(text.begun_at, today), officer=text.other)


def thrown_away_words(place: Place) -> str:
    """Draf perubahan dibuang."""
    return tr("{draft} dibuang.").format(draft=place_words(place))
