"""What is half typed as a follow-up: on the disk as it is typed, and back with its complaint."""

from functools import partial

from PySide6.QtCore import QObject

from kelurahan_client.errors import LaporError
from kelurahan_client.services import list_memory
from kelurahan_client.services.desk import Desk
from ui.autosave import Autosave
from ui.register.note_edit import NoteEdit
from ui.tasks import Tasks


class Unsaid(QObject):
    """Keeps the words of the box for the complaint that is shown."""

    def __init__(self, tasks: Tasks, desk: Desk, words: NoteEdit) -> None:
        super().__init__()
        self._tasks = tasks
        self._desk = desk
        self._words = words
        self._complaint_id = ""
        self._kept = ""
        self._autosave = Autosave(self._save, words)
        words.textChanged.connect(self._autosave.touch)

    def show(self, complaint_id: str, text: str) -> None:
        """Another complaint is shown, with what was begun about it."""
        self._complaint_id = complaint_id
        self._kept = text
        self._words.setText(text)
        self._autosave.drop()

    def said(self) -> None:
        """It was added: nothing is half typed any more."""
        self._kept = ""
        self._words.clear()
        self._autosave.drop()

    def keep(self) -> None:
        """Write it down now, if it is not yet."""
        self._autosave.now()

    def _save(self) -> None:
        text = self._words.text()
        if self._complaint_id and text != self._kept:
            self._kept = text
            work = partial(list_memory.keep_unsaid, self._desk, self._complaint_id, text)
            self._tasks.database(work, failed=self._not_kept, owner=self)

    def _not_kept(self, _error: LaporError) -> None:
        """The words are still in the box; whoever adds them is told what is wrong with the disk."""
        self._kept = ""
        self._autosave.retry()
