"""What is half typed as a follow-up: on the disk a quarter of a second after the last key, and back with it."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from kelurahan_client.services import list_memory
from kelurahan_client.services.desk import Desk
from ui.register.note_edit import NoteEdit
from ui.tasks import Tasks

_MILLISECONDS = 250


class Unsaid(QObject):
    """Keeps the words of the box for the complaint that is shown."""

    def __init__(self, tasks: Tasks, desk: Desk, words: NoteEdit) -> None:
        super().__init__()
        self._tasks = tasks
        self._desk = desk
        self._words = words
        self._complaint_id = ""
        self._kept = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self.keep)
        words.textChanged.connect(self._timer.start)

    def show(self, complaint_id: str, text: str) -> None:
        """Another complaint is shown, with what was begun about it."""
        self._complaint_id = complaint_id
        self._kept = text
        self._words.setText(text)
        self._timer.stop()

    def said(self) -> None:
        """It was added: nothing is half typed any more."""
        self._kept = ""
        self._words.clear()
        self._timer.stop()

    def keep(self) -> None:
        """Write it down now, if it is not yet."""
        self._timer.stop()
        text = self._words.text()
        if self._complaint_id and text != self._kept:
            self._kept = text
            self._tasks.database(partial(list_memory.keep_unsaid, self._desk, self._complaint_id, text), owner=self)
