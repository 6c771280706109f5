"""The first half of an import: from the file to its columns. Nothing is written here."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kelurahan_client.services import importing
from kelurahan_client.services.book_files import sheets_with_layout
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.importing import Opened
from ui.paper_log.model import SheetChoice
from ui.paper_log.trial import Trial, make_trial
from ui.paper_log.wizard import Foot, ImportWizard, Step
from ui.paper_log.work import ImportWork


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


class Reading(QObject):
    """Opens a book, lets sheet and columns be chosen, and tries every row; `tried` carries the `Trial`."""

    tried = Signal(object)

    def __init__(self, desk: Desk, wizard: ImportWizard, work: ImportWork) -> None:
        super().__init__(wizard)
        self._desk = desk
        self._wizard = wizard
        self._work = work
        self._looked: Looked | None = None

    def begin(self, path: Path) -> None:
        """Open a book."""
        self._looked = None
        self._wizard.set_book(path.name)
        label = self.tr("Membaca {name}").format(name=path.name)
        self._work.read(Step.FILE, label, lambda: look(self._desk, path), self._opened, self.show_file)

    def show_file(self) -> None:
        """Let another file be chosen."""
        self._wizard.show_step(Step.FILE, Foot())
        self._wizard.drop_area.button.setFocus()

    def show_sheets(self) -> None:
        """Let the sheet be chosen."""
        self._wizard.show_step(Step.SHEET, Foot(forward=self.tr("Lanjut"), close=True))
        self._wizard.sheet_step.take_focus()

    def take_sheet(self) -> None:
        """Go on with the chosen sheet."""
        choice = self._wizard.sheet_step.choice()
        if choice is None or self._looked is None:
            return
        opened, name = self._looked.opened, choice.sheet.name
        if name == opened.sheet.name:
            self._take_columns(opened)
            return
        self._work.read(
            Step.SHEET,
            self.tr("Membaca lembar “{name}”").format(name=name),
            lambda: importing.choose_sheet(self._desk, opened, name),
            self._take_columns,
            self.show_sheets,
        )

    def show_columns(self) -> None:
        """Let the fields of the columns be chosen."""
        self._wizard.show_step(Step.COLUMNS, Foot(forward=self.tr("Uji coba"), close=True))
        self._wizard.allow_trial()

    def try_out(self) -> None:
        """Try every row with the columns as they were chosen."""
        if self._looked is None:
            return
        opened, mapping = self._looked.opened, self._wizard.column_step.mapping()

        def work() -> Trial:
            return make_trial(importing.plan(self._desk, opened, mapping), opened.sheet.grid)

        self._work.read(Step.TRIAL, self.tr("Menguji setiap baris"), work, self.tried.emit, self.show_columns)

    def _opened(self, looked: Looked) -> None:
        self._looked = looked
        self._wizard.sheet_step.show_sheets(looked.choices, looked.opened.sheet.name)
        self.show_sheets()

    def _take_columns(self, opened: Opened) -> None:
        if self._looked is not None:
            self._looked = replace(self._looked, opened=opened)
        sheet = self.tr("{file} · lembar “{sheet}”").format(file=opened.path.name, sheet=opened.sheet.name)
        self._wizard.set_book(sheet if opened.sheet.name else opened.path.name)
        self._wizard.column_step.show_columns(opened)
        self.show_columns()
