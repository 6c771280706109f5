"""*Simpan baris yang ditolak…*"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from kelurahan_client.services import importing
from kelurahan_client.services.importing import Plan
from ui.figures import number
from ui.paper_log.files import ChooseTarget
from ui.paper_log.wizard import ImportWizard
from ui.tasks import Tasks


class RejectedFile(QObject):
    """Writes the refused rows of a plan where the person says."""

    def __init__(
        self, tasks: Tasks, wizard: ImportWizard, choose_target: ChooseTarget, notify: Callable[[str], None]
    ) -> None:
        super().__init__(wizard)
        self._tasks = tasks
        self._wizard = wizard
        self._choose_target = choose_target
        self._notify = notify

    def save(self, plan: Plan) -> None:
        """Ask for a place and write; a failure is told above the step."""
        proposed = plan.path.with_name(self.tr("{name} ditolak.xlsx").format(name=plan.path.stem))
        target = self._choose_target(self._wizard, proposed)
        if target is None:
            return
        self._wizard.banner.hide()
        self._tasks.database(
            lambda: importing.save_rejected(plan, target),
            lambda _nothing: self._saved(plan, target),
            failed=self._wizard.banner.show_error,
            owner=self._wizard,
        )

    def _saved(self, plan: Plan, target: Path) -> None:
        text = self.tr("{n} baris yang ditolak tersimpan di {name}.")
        self._notify(text.format(n=number(len(plan.rejected)), name=target.name))
