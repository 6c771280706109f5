"""The way through an import: what *Lanjut*, *Kembali* and Esc mean at each step."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kelurahan_client.services.desk import Desk
from ui.paper_log.files import ChooseTarget
from ui.paper_log.reading import Reading
from ui.paper_log.rejected_file import RejectedFile
from ui.paper_log.wizard import ImportWizard, Step
from ui.paper_log.work import ImportWork
from ui.paper_log.writing import Writing
from ui.tasks import Tasks


class ImportFlow(QObject):
    """Leads one book from its file to its result; `closed`: the person is done with it."""

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        wizard: ImportWizard,
        choose_target: ChooseTarget,
        notify: Callable[[str], None],
    ) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self._work = ImportWork(tasks, wizard)
        self._reading = Reading(desk, wizard, self._work)
        self.writing = Writing(desk, wizard, self._work, notify)
        self._rejected = RejectedFile(tasks, wizard, choose_target, notify)
        self._reading.tried.connect(self.writing.take)
        wizard.forward.connect(self._forward)
        wizard.back.connect(self.back)
        wizard.closed.connect(self.closed)
        wizard.sheet_step.accepted.connect(self._forward)
        wizard.trial_step.save_wanted.connect(self._save_rejected)
        wizard.result_step.save_wanted.connect(self._save_rejected)

    @property
    def takes_files(self) -> bool:
        """Whether another book may be given now: only where none is being worked on."""
        return self._wizard.step() is Step.FILE and not self._work.busy

    @property
    def is_writing(self) -> bool:
        """Whether rows are being written."""
        return self._work.writing

    def begin(self, path: Path) -> None:
        """Open a book."""
        self._reading.begin(path)

    def back(self) -> None:
        """One step back, out of the wizard from its first and its last; work that writes nothing is stopped."""
        if self._work.busy:
            if not self._work.writing:
                self._work.stop()
            return
        earlier = {
            Step.SHEET: self._reading.show_file,
            Step.COLUMNS: self._reading.show_sheets,
            Step.TRIAL: self._reading.show_columns,
        }
        earlier.get(self._wizard.step(), self.closed.emit)()

    def _forward(self) -> None:
        if self._work.busy:
            return
        later = {Step.SHEET: self._reading.take_sheet, Step.COLUMNS: self._reading.try_out}
        if self.writing.can_write():
            later[Step.TRIAL] = self.writing.write
        later.get(self._wizard.step(), self.closed.emit)()

    def _save_rejected(self) -> None:
        if self.writing.trial is not None:
            self._rejected.save(self.writing.trial.plan)
