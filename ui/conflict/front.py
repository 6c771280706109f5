"""Which conflict is in front, and what was half decided about the others."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.services.desk import Desk
from ui.conflict.actions import load
from ui.conflict.answer_card import Draft
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
        self._drafts: dict[str, Draft] = {}
        self.id = ""  # "" = none

    def bring(self, conflict_id: str) -> None:
        """Another conflict comes in front; what was half decided about this one is kept."""
        if conflict_id != self.id:
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
            self._pane.view = None

    def resume(self, conflict_id: str, draft: Draft) -> None:
        """It comes in front again with what had been decided."""
        self.bring(conflict_id)
        self._drafts[conflict_id] = draft
        self._pane.view = None

    def ask(self) -> None:
        """Ask how the conflict in front stands now."""
        if not self.id:
            self._pane.view = None
            return
        work = partial(load, self._desk, self.id)
        self._tasks.latest("conflict", work, self._show, failed=self._pane.error.show_error, owner=self)

    def half_decided(self) -> bool:
        """Whether something would be lost if the window were closed."""
        return bool(self._pane.draft()) or any(self._drafts.values())

    def _show(self, view: CaseView) -> None:
        if view.case.conflict_id != self.id:
            return
        if self._pane.view is not None and self._pane.view.case.conflict_id == self.id:
            self._pane.renew(view)
        else:
            self._pane.show_case(view, self._drafts.pop(self.id, Draft()))
        self.shown.emit()
