"""What is half typed as a follow-up: kept as it is typed, and back with its complaint."""

from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import Kind, Place
from ui.register.foot import Foot
from ui.register.half_words import since_words
from ui.register.shelf import Shelf


class Unsaid:
    """Keeps the words of the box for the complaint that is shown."""

    def __init__(self, shelf: Shelf, desk: Desk, foot: Foot) -> None:
        self._shelf = shelf
        self._desk = desk
        self._foot = foot
        self._complaint_id = ""
        foot.words.textChanged.connect(self._typed)

    def show(self, complaint_id: str) -> None:
        """Another complaint is shown, with what was begun about it."""
        text = self._shelf.get(_place(complaint_id))
        self._complaint_id = ""  # what is put into the box now was typed before
        self._foot.words.setText(str(text.content["text"]) if text else "")
        self._foot.say_since(since_words(text, self._desk.today()) if text else "")
        self._complaint_id = complaint_id

    def said(self, complaint_id: str) -> None:
        """It was added: nothing is half typed there any more."""
        self._shelf.forget(_place(complaint_id))
        if complaint_id == self._complaint_id:
            self._foot.words.clear()

    def _typed(self) -> None:
        if self._complaint_id:
            words = self._foot.words.text()
            self._shelf.keep(_place(self._complaint_id), {"text": words} if words.strip() else {})
            if not words:
                self._foot.say_since("")


def _place(complaint_id: str) -> Place:
    return Place(Kind.FOLLOW_UP, complaint_id)
