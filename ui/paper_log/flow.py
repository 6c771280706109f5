"""The way through an import: what each command of the wizard does."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kelurahan_client.services import importing
from kelurahan_client.services.book_files import sheets_with_layout
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.importing import Imported, Opened, Plan
from ui.paper_log.files import ChooseTarget
from ui.paper_log.model import SheetChoice
from ui.paper_log.rejected_file import RejectedFile
from ui.paper_log.trial import Trial, make_trial
from ui.paper_log.wizard import Foot, ImportWizard, Step
from ui.paper_log.work import ImportWork
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.wording import number


@dataclass(frozen=True, slots=True)
class Looked:
    """A book that was opened: what was found, and every sheet of it."""

    opened: Opened
    choices: tuple[SheetChoice, ...]


def look(desk: Desk, path: Path) -> Looked:
    """Open a book; runs in a worker. Raises UnreadableFile."""
    opened = importing.inspect(desk, path)
    layouts = {sheet.name: layout for sheet, layout in sheets_with_layout(opened.book)}
    return Looked(opened, tuple(SheetChoice(sheet, layouts.get(sheet.name)) for sheet in opened.book.sheets))


class ImportFlow(QObject):
    """Leads one book from its file to its result.

    `closed`: the person is done with it. `imported`: complaints were written.
    """

    closed = Signal()
    imported = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        wizard: ImportWizard,
        choose_target: ChooseTarget,
        notify: Callable[[str], None],
    ) -> None:
        super().__init__(wizard)
        self._desk = desk
        self._wizard = wizard
        self._work = ImportWork(tasks, wizard)
        self._rejected = RejectedFile(tasks, wizard, choose_target, notify)
        self._notify = notify
        self._step = Step.FILE
        self._looked: Looked | None = None
        self._trial: Trial | None = None
        self.outcome: Imported | None = None
        wizard.forward.connect(self._forward)
        wizard.back.connect(self.back)
        wizard.closed.connect(self.closed)
        wizard.sheet_step.accepted.connect(self._forward)
        wizard.trial_step.save_wanted.connect(self._save_rejected)
        wizard.result_step.save_wanted.connect(self._save_rejected)

    @property
    def takes_files(self) -> bool:
        """Whether another book may be given now: only where none is being worked on."""
        return self._step is Step.FILE and not self._work.busy

    @property
    def writing(self) -> bool:
        """Whether rows are being written."""
        return self._work.writing

    def begin(self, path: Path) -> None:
        """Open a book."""
        self._looked = self._trial = self.outcome = None
        self._step = Step.FILE
        self._wizard.set_book(path.name)
        label = self.tr("Membaca {name}").format(name=path.name)
        self._work.read(Step.FILE, label, lambda: look(self._desk, path), self._opened, self._show_file)

    def back(self) -> None:
        """One step back, out of the wizard from its first and its last; work that writes nothing is stopped."""
        if self._work.busy:
            if not self._work.writing:
                self._work.stop()
        elif self._step in {Step.FILE, Step.RESULT}:
            self.closed.emit()
        else:
            {Step.SHEET: self._show_file, Step.COLUMNS: self._show_sheets, Step.TRIAL: self._show_columns}[self._step]()

    def _forward(self) -> None:
        if self._work.busy:
            return
        if self._step is Step.SHEET:
            self._take_sheet()
        elif self._step is Step.COLUMNS:
            self._try()
        elif self._step is Step.TRIAL and self._trial is not None and self._trial.importable:
            self._import(self._trial.plan)
        else:
            self.closed.emit()

    def _show_file(self) -> None:
        self._step = Step.FILE
        self._wizard.show_step(Step.FILE, Foot())
        self._wizard.drop_area.button.setFocus()

    def _opened(self, looked: Looked) -> None:
        self._looked = looked
        self._wizard.sheet_step.show_sheets(looked.choices, looked.opened.sheet.name)
        self._show_sheets()

    def _show_sheets(self) -> None:
        self._step = Step.SHEET
        self._wizard.show_step(Step.SHEET, Foot(forward=self.tr("Lanjut"), close=True))
        self._wizard.sheet_step.take_focus()

    def _take_sheet(self) -> None:
        choice = self._wizard.sheet_step.choice()
        if choice is None or self._looked is None:
            return
        opened, name = self._looked.opened, choice.sheet.name
        if name == opened.sheet.name:
            self._take_columns(opened)
        else:
            label = self.tr("Membaca lembar “{name}”").format(name=name)
            self._work.read(
                Step.SHEET,
                label,
                lambda: importing.choose_sheet(self._desk, opened, name),
                self._take_columns,
                self._show_sheets,
            )

    def _take_columns(self, opened: Opened) -> None:
        if self._looked is not None:
            self._looked = replace(self._looked, opened=opened)
        sheet = self.tr("{file} · lembar “{sheet}”").format(file=opened.path.name, sheet=opened.sheet.name)
        self._wizard.set_book(sheet if opened.sheet.name else opened.path.name)
        self._wizard.column_step.show_columns(opened)
        self._show_columns()

    def _show_columns(self) -> None:
        self._step = Step.COLUMNS
        self._wizard.show_step(Step.COLUMNS, Foot(forward=self.tr("Uji coba"), close=True))
        self._wizard.allow_trial()

    def _try(self) -> None:
        if self._looked is None:
            return
        opened, mapping = self._looked.opened, self._wizard.column_step.mapping()

        def work() -> Trial:
            return make_trial(importing.plan(self._desk, opened, mapping), opened.sheet.grid)

        self._work.read(Step.TRIAL, self.tr("Menguji setiap baris"), work, self._tried, self._show_columns)

    def _tried(self, trial: Trial) -> None:
        self._trial = trial
        self._wizard.trial_step.show_trial(trial)
        self._show_trial()

    def _show_trial(self) -> None:
        self._step = Step.TRIAL
        rows = self._trial.importable if self._trial is not None else 0
        foot = Foot(forward=self.tr("Selesai"), icon=Icon.CHECK)
        if rows:
            forward = self.tr("Impor {n} baris").format(n=number(rows))
            note = self.tr("Seluruh impor bisa dibatalkan sesudahnya.")
            foot = Foot(forward=forward, icon=Icon.IMPORT, close=True, note=note)
        self._wizard.show_step(Step.TRIAL, foot)
        self._wizard.trial_step.take_focus()

    def _import(self, plan: Plan) -> None:
        self._step = Step.IMPORT
        label = self.tr("Mengimpor baris")
        self._work.write(
            Step.IMPORT,
            label,
            lambda report, cancelled: importing.run(
                self._desk, plan, lambda done, total: report((done, total)), cancelled
            ),
            self._imported,
            self._not_imported,
        )

    def _not_imported(self) -> None:
        self._show_trial()
        self._notify(self.tr("Impor dihentikan; tidak ada baris yang ditulis."))

    def _imported(self, outcome: Imported) -> None:
        self.outcome = outcome
        self._step = Step.RESULT
        if self._trial is not None:
            self._wizard.result_step.show_result(outcome, self._trial.plan.layout)
        some = bool(outcome.import_id)
        foot = Foot(forward=self.tr("Selesai"), icon=Icon.CHECK, back=False, undo=some, see=some)
        self._wizard.show_step(Step.RESULT, foot)
        self._wizard.focus_forward()
        self.imported.emit()

    def _save_rejected(self) -> None:
        if self._trial is not None:
            self._rejected.save(self._trial.plan)
