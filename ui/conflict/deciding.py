"""What can be done with the conflict in front: decide it, take the decision back, look at what is masked."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.errors import LaporError
from kelurahan_client.services import taking_back
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_decided import HalfDecided
from ui.conflict.actions import decide, reveal
from ui.conflict.case_pane import CasePane
from ui.conflict.model import CaseView
from ui.frame.page import Notify
from ui.register.words import field_word
from ui.tasks import Tasks


class Deciding(QObject):
    """Connects the pane with the use cases.

    `saved`: a conflict's id, when its decision is on the disk. `undone`: its id and what had been decided.
    `refused`: the decision was not kept, maybe because something has changed.
    """

    saved = Signal(str)
    undone = Signal(str, object)
    refused = Signal()

    def __init__(self, tasks: Tasks, desk: Desk, pane: CasePane, notify: Notify) -> None:
        super().__init__()
        self._tasks = tasks
        self._desk = desk
        self._pane = pane
        self._notify = notify
        self._decided: dict[str, HalfDecided] = {}  # here and now, for the way back
        pane.saved.connect(self._save)
        pane.undo_asked.connect(self._undo_shown)
        pane.reveal_asked.connect(self._ask_reveal)

    def _save(self, draft: HalfDecided) -> None:
        view = self._pane.view
        if view is not None:
            done = partial(self._saved, view, draft)
            self._tasks.database(partial(decide, self._desk, view.case, draft), done, self._refused, owner=self)

    def _saved(self, view: CaseView, draft: HalfDecided, _complaint: Complaint) -> None:
        case = view.case
        self._decided[case.conflict_id] = draft
        self.saved.emit(case.conflict_id)
        words = self.tr("Keputusan disimpan: {field}, {reference}.")
        said = words.format(field=field_word(case.field), reference=case.complaint.reference)
        self._notify(said, partial(self._undo, case.conflict_id))

    def _refused(self, error: LaporError) -> None:
        self._pane.refuse(error)
        self.refused.emit()

    def _undo_shown(self) -> None:
        if self._pane.view is not None:
            self._undo(self._pane.view.case.conflict_id)

    def _undo(self, conflict_id: str) -> None:
        done = partial(self._undone, conflict_id)
        work = partial(taking_back.take_back, self._desk, conflict_id)
        self._tasks.database(work, done, self._pane.error.show_error, owner=self)

    def _undone(self, conflict_id: str, _complaint: Complaint) -> None:
        self.undone.emit(conflict_id, self._decided.pop(conflict_id, HalfDecided()))
        self._notify(self.tr("Keputusan diurungkan; isian itu menunggu keputusan lagi."), None)

    def _ask_reveal(self) -> None:
        if self._pane.view is not None:
            conflict_id = self._pane.view.case.conflict_id
            self._pane.ask_reason(lambda reason, _agency: self._reveal(conflict_id, reason))

    def _reveal(self, conflict_id: str, reason: str) -> None:
        work = partial(reveal, self._desk, conflict_id, reason)
        self._tasks.database(work, self._revealed, self._not_revealed, owner=self)

    def _revealed(self, view: CaseView) -> None:
        shown = self._pane.view
        if shown is not None and shown.case.conflict_id == view.case.conflict_id:
            self._pane.reveal(view)

    def _not_revealed(self, error: LaporError) -> None:
        self._pane.panel.refuse(str(error))
