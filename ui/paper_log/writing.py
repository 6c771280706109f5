"""The second half of an import: from the dry run to its result."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kelurahan_client.services import importing
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.importing import Imported
from ui.figures import number
from ui.paper_log.trial import Trial
from ui.paper_log.wizard import Foot, ImportWizard, Step
from ui.paper_log.work import ImportWork
from ui.theme.icons import Icon


class Writing(QObject):
    """Shows what would be written, writes it, and shows what was. `imported`: complaints were written."""

    imported = Signal()

    def __init__(self, desk: Desk, wizard: ImportWizard, work: ImportWork, notify: Callable[[str], None]) -> None:
        super().__init__(wizard)
        self._desk = desk
        self._wizard = wizard
        self._work = work
        self._notify = notify
        self.trial: Trial | None = None
        self.outcome: Imported | None = None

    def take(self, trial: Trial) -> None:
        """Show a dry run."""
        self.trial, self.outcome = trial, None
        self._wizard.trial_step.show_trial(trial)
        self.show_trial()

    def show_trial(self) -> None:
        """Show the dry run again."""
        rows = self.trial.importable if self.trial is not None else 0
        foot = Foot(forward=self.tr("Selesai", "an import"), icon=Icon.CHECK)
        if rows:
            forward = self.tr("Impor {n} baris").format(n=number(rows))
            note = self.tr("Seluruh impor bisa dibatalkan sesudahnya.")
            foot = Foot(forward=forward, icon=Icon.IMPORT, close=True, note=note)
        self._wizard.show_step(Step.TRIAL, foot)
        self._wizard.trial_step.take_focus()

    def can_write(self) -> bool:
        """Whether the dry run found a row to write."""
        return self.trial is not None and self.trial.importable > 0

    def write(self) -> None:
        """Import what the dry run found."""
        if self.trial is None:
            return
        plan = self.trial.plan
        self._work.write(
            Step.IMPORT,
            self.tr("Mengimpor baris"),
            lambda report, stopped: importing.run(self._desk, plan, lambda done, all_: report((done, all_)), stopped),
            self._written,
            self._not_written,
        )

    def _not_written(self) -> None:
        self.show_trial()
        self._notify(self.tr("Impor dihentikan; tidak ada baris yang ditulis."))

    def _written(self, outcome: Imported) -> None:
        self.outcome = outcome
        if self.trial is not None:
            self._wizard.result_step.show_result(outcome, self.trial.plan.layout)
        some = bool(outcome.import_id)
        foot = Foot(forward=self.tr("Selesai", "an import"), icon=Icon.CHECK, back=False, undo=some, see=some)
        self._wizard.show_step(Step.RESULT, foot)
        self._wizard.focus_forward()
        self.imported.emit()
