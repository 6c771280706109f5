"""The hints that follow the typing: suggestions of a category, and complaints that look the same."""

from PySide6.QtCore import QObject, QTimer, Signal

from kelurahan_client.domain.routing import Router
from kelurahan_client.domain.rt_rw import read_rt_rw
from kelurahan_client.services import duplicates
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.duplicates import Similar, Typed
from ui.intake.category_card import SUGGESTIONS, CategoryCard
from ui.intake.form import FormState, place_office
from ui.intake.similar_card import SimilarCard
from ui.tasks import Tasks

DEBOUNCE_MS = 200
_SHOWN = 4


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
        self._place = ""  # the kelurahan whose kecamatan is meant
        self._state = FormState()
        self._asked = Typed()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._look)

    def set_office(self, office: str) -> None:
        """The recording office's code."""
        if office != self._office:
            self._office = office
            self._locate()
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
        self._locate()
        self._category.set_suggestions(self._router.suggest(text, self._place, SUGGESTIONS))
        typed = _typed(state)
        if typed == self._asked:
            return
        self._asked = typed
        if not text.strip():
            self._similar.clear()
        self._tasks.latest(
            "intake-similar",
            lambda: duplicates.similar(self._desk, typed, _SHOWN),
            lambda found: self._found(typed, found),
            owner=self,
        )

    def _locate(self) -> None:
        place = place_office(self._state, self._office)
        if place != self._place:
            self._place = place
            self._category.set_office(place)

    def _found(self, typed: Typed, found: list[Similar]) -> None:
        if typed == self._asked and (typed.title + typed.statement).strip():
            self._similar.show_found(found, self._desk.today())


def _typed(state: FormState) -> Typed:
    """What can be compared; where the reporter lives says where it happened only if nothing else does."""
    return Typed(
        title=state.title,
        statement=state.statement,
        location=state.location,
        rt="" if state.location.strip() else read_rt_rw(state.rt_rw).rt,
        category=state.category,
    )
