"""What is half written about the complaint in the pane: on the disk as it is typed, and back in its place."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.errors import LaporError, StoreError
from kelurahan_client.services import half_written
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import Content, HalfWritten, Place
from ui.autosave import Autosave
from ui.frame.page import Notify
from ui.register.half_words import thrown_away_words
from ui.tasks import Tasks
from ui.theme.icons import Icon


class Shelf(QObject):
    """Knows the newest state of every text, and hands it to the disk.

    `changed`: a text came or went. `kept`: this Place has this Content on the disk. `brought_back`: one that was
    thrown away is there again (HalfWritten).
    """

    changed = Signal()
    kept = Signal(object, object)
    brought_back = Signal(object)

    def __init__(self, tasks: Tasks, desk: Desk, notify: Notify, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk = desk
        self._notify = notify
        self._texts: dict[Place, HalfWritten] = {}
        self._newer: set[Place] = set()  # than what the disk has been asked for
        self._waiting: dict[Place, Content] = {}  # for the disk
        self._autosave = Autosave(self._save, self)

    def before_asking(self) -> None:
        """The disk is about to be asked what it has: give it all that is newer."""
        self.flush()
        self._newer = set()

    def show(self, found: Sequence[HalfWritten]) -> None:
        """What the disk had; what was typed since it was asked is newer."""
        here = {place: text for place, text in self._texts.items() if place in self._newer}
        self._texts = {text.place: text for text in found if text.place not in self._newer} | here
        self.changed.emit()

    def get(self, place: Place) -> HalfWritten | None:
        """The text of a place."""
        return self._texts.get(place)

    def about(self, subject: str) -> list[HalfWritten]:
        """All texts about a complaint, "" for those about none."""
        return [text for place, text in self._texts.items() if place.subject == subject]

    def keep(self, place: Place, content: Content) -> None:
        """Somebody has typed: this is what stands there now, nothing for an empty editor."""
        before = self._texts.get(place)
        if content == (before.content if before else {}):
            return
        self._newer.add(place)
        self._waiting[place] = content
        if content:
            self._texts[place] = HalfWritten(place, before.begun_at if before else self._desk.now(), content)
        else:
            self._texts.pop(place, None)
        self._autosave.touch()
        if bool(before) != bool(content):
            self.changed.emit()

    def forget(self, place: Place) -> None:
        """It was saved."""
        self.keep(place, {})
        self._newer.add(place)
        self._waiting[place] = {}  # also where only the disk has it
        self.flush()

    def throw_away(self, place: Place) -> None:
        """A person does not want it any more, and may change that."""
        text = self._texts.get(place)
        self.forget(place)
        if text is not None:
            self._notify(thrown_away_words(place), partial(self._bring_back, text), Icon.TRASH)

    def flush(self) -> None:
        """Give the disk now what waits for it; the work is queued, and done even when the window closes."""
        self._autosave.now()

    def _bring_back(self, text: HalfWritten) -> None:
        self.keep(text.place, text.content)
        self.flush()
        self.brought_back.emit(text)

    def _save(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for place, content in waiting.items():
            self._tasks.database(
                partial(half_written.keep, self._desk, place, content),
                partial(self._was_kept, place, content),
                partial(self._not_kept, place, content),
                owner=self,
            )

    def _was_kept(self, place: Place, content: Content, _none: None) -> None:
        self.kept.emit(place, content)

    def _not_kept(self, place: Place, content: Content, error: LaporError) -> None:
        """The words are still here; whoever saves them is told what is wrong with the disk."""
        if isinstance(error, StoreError):
            self._newer.add(place)
            self._waiting.setdefault(place, content)
            self._autosave.retry()
