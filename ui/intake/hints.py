"""The hints that follow the typing: suggestions of a category, and complaints that look the same."""

from PySide6.QtCore import QObject, QTimer, Signal

from kelurahan_client.domain.routing import Router
from kelurahan_client.services import intake
from kelurahan_client.services.desk import Desk
from kelurahan_client.store.listing import ListRow
from ui.intake.category_card import SUGGESTIONS, CategoryCard
from ui.intake.form import FormState
from ui.intake.similar_card import SimilarCard, resembling
from ui.tasks import Tasks

DEBOUNCE_MS = 200
_ASKED = 12  # more than are shown, because some of them turn out to share too little


class Hints(QObject):
    """Fills both cards a moment after the last key, and then says that the person has `paused`."""

    paused = Signal()

    def __init__(
        self, tasks: Tasks, desk: Desk, category: CategoryCard, similar: SimilarCard, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk = desk
        self._category = category
        self._similar = similar
        self._router = Router(desk.reference)
        self._office = ""
        self._state = FormState()
        self._asked = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._look)

    def set_office(self, office: str) -> None:
        """The recording office's code."""
        if office != self._office:
            self._office = office
            self._category.set_office(office)
            self._timer.start()

    def rest(self) -> None:
        """Nobody sees the hints for now."""
        self._timer.stop()

    def follow(self, state: FormState) -> None:
        """The form has changed."""
        self._state = state
        self._timer.start()

    def _look(self) -> None:
        self.paused.emit()
        state = self._state
        text = f"{state.title}\n{state.statement}"
        self._category.set_suggestions(self._router.suggest(text, self._office, SUGGESTIONS))
        if text == self._asked:
            return
        self._asked = text
        if not text.strip():
            self._similar.clear()
        self._tasks.latest(
            "intake-similar",
            lambda: intake.similar(self._desk, state.title, state.statement, _ASKED),
            lambda rows: self._found(text, rows),
            owner=self,
        )

    def _found(self, text: str, rows: list[ListRow]) -> None:
        if text == self._asked and text.strip():
            self._similar.show_found(resembling(text, rows), self._desk.today())
