"""What waits half written about the complaint in the pane: shown below its head, and gone on with where it was."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import HalfWritten, Kind
from ui.register.commands import Shown
from ui.register.detail_view import DetailView
from ui.register.replying import Replying
from ui.register.shelf import Shelf
from ui.register.stepping import Stepping


class Resuming(QObject):
    """Connects the lines in the pane with the places where their texts are written."""

    def __init__(
        self,
        desk: Desk,
        view: DetailView,
        shown: Shown,
        shelf: Shelf,
        edit: Callable[[], None],
        stepping: Stepping,
        replying: Replying,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._view = view
        self._shown = shown
        self._shelf = shelf
        self._edit = edit
        self._stepping = stepping
        self._replying = replying
        view.waiting.resumed.connect(self._resume)
        view.waiting.thrown_away.connect(lambda text: shelf.throw_away(text.place))
        shelf.brought_back.connect(self._resume)
        for told in (shelf.changed, view.question_left):
            told.connect(self.show)

    def show(self) -> None:
        """Say what waits, but for the follow-up, which stands in its box."""
        complaint = self._shown.complaint()
        texts = self._shelf.about(complaint.id) if complaint is not None else []
        self._view.show_waiting([text for text in texts if text.place.kind != Kind.FOLLOW_UP], self._desk.today())

    def _resume(self, text: HalfWritten) -> None:
        """Go on with a text, if what it is about is in front."""
        complaint = self._shown.complaint()
        if text.place.kind == Kind.REPLY:
            self._replying.resume(text)
        elif complaint is not None and text.place.subject == complaint.id:
            if text.place.kind == Kind.EDIT:
                self._edit()
            elif text.place.kind == Kind.STEP:
                self._stepping.resume(text)
