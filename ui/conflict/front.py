"""Which conflict is in front, and what is half decided: kept as it is typed, for the others too."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.services import half_decided
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_decided import HalfDecided
from ui.autosave import Autosave
from ui.conflict.actions import load_with_begun
from ui.conflict.case_pane import CasePane
from ui.conflict.model import CaseView
from ui.tasks import Tasks


class Front(QObject):
    """Fetches the conflict in front and shows it in the pane; `shown` when it is there."""

    shown = Signal()

    def __init__(self, tasks: Tasks, desk: Desk, pane: CasePane) -> None:
        super().__init__()
        self._tasks = tasks
        self._desk = desk
        self._pane = pane
        self._drafts: dict[str, HalfDecided] = {}
        self.id = ""  # "" = none
        self.autosave = Autosave(self._keep, pane)  # ends with what it asks
        pane.answer.changed.connect(self.autosave.touch)

    def bring(self, conflict_id: str) -> None:
        """Another conflict comes in front; what was half decided about this one is kept."""
        if conflict_id != self.id:
            self.autosave.flush()
            if draft := self._pane.draft():
                self._drafts[self.id] = draft
            self.id = conflict_id
            self._pane.view = None

    def choose(self, conflict_id: str) -> None:
        """A person wants to see this one."""
        if conflict_id != self.id:
            self.bring(conflict_id)
            self.ask()

    def forget(self, conflict_id: str) -> None:
        """It was decided: nothing is half decided about it any more."""
        self._drafts.pop(conflict_id, None)
        if conflict_id == self.id:
            self.autosave.drop()
            self._pane.view = None
        self._write(conflict_id, HalfDecided())

    def resume(self, conflict_id: str, draft: HalfDecided) -> None:
        """It comes in front again with what had been decided."""
        self.bring(conflict_id)
        self._drafts[conflict_id] = draft
        self._pane.view = None
        self._write(conflict_id, draft)

    def ask(self) -> None:
        """Ask how the conflict in front stands now."""
        if not self.id:
            self._pane.view = None
            return
        work = partial(load_with_begun, self._desk, self.id)
        self._tasks.latest("conflict", work, self._show, failed=self._pane.error.show_error, owner=self)

    def _show(self, found: tuple[CaseView, HalfDecided]) -> None:
        view, begun = found
        if view.case.conflict_id != self.id:
            return
        if self._pane.view is not None and self._pane.view.case.conflict_id == self.id:
            self._pane.renew(view)
        else:
            self._pane.show_case(view, self._drafts.pop(self.id, begun))
        self.shown.emit()

    def _keep(self) -> None:
        if self._pane.view is not None and self._pane.view.case.conflict_id == self.id:
            self._write(self.id, self._pane.draft())

    def _write(self, conflict_id: str, begun: HalfDecided) -> None:
        self._tasks.database(partial(half_decided.keep, self._desk, conflict_id, begun), owner=self)
