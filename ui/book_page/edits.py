"""What the keys of a spreadsheet do to the chosen cells."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from ui.book_page.clipboard import read_table, write_table
from ui.book_page.model import PageModel, texts_of
from ui.book_page.sheet import Place

_Key = QKeySequence.StandardKey | str


class GridEdits(QObject):
    """Edits the cells that `selected` names."""

    def __init__(self, model: PageModel, selected: Callable[[], Sequence[Place]], parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._selected = selected
        standard = QKeySequence.StandardKey
        self._keys: list[tuple[_Key, Callable[[], object]]] = [
            (standard.Copy, self.copy),
            (standard.Cut, self.cut),
            (standard.Paste, self.paste),
            (standard.Undo, lambda: model.change(lambda sheet: sheet.undo())),
            (standard.Redo, lambda: model.change(lambda sheet: sheet.redo())),
            ("Ctrl+Y", lambda: model.change(lambda sheet: sheet.redo())),
            ("Ctrl+D", self.repeat_above),
            ("Ctrl+'", self.repeat_above),
            ("Ctrl+Shift+I", self.insert_line),
            ("Ctrl+Shift+Del", self.remove_lines),
            ("Del", self.clear),
            ("Backspace", self.clear),
        ]

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; False for a key that edits nothing."""
        pressed = QKeySequence(event.keyCombination())
        for key, act in self._keys:
            if event.matches(key) if isinstance(key, QKeySequence.StandardKey) else pressed == QKeySequence(key):
                act()
                return True
        return False

    def fill(self, menu: QMenu) -> None:
        """The same by mouse."""
        for text, key, act in (
            (self.tr("Ulangi isi di atas"), "Ctrl+D", self.repeat_above),
            (self.tr("Salin"), "Ctrl+C", self.copy),
            (self.tr("Tempel"), "Ctrl+V", self.paste),
            (self.tr("Sisipkan baris"), "Ctrl+Shift+I", self.insert_line),
            (self.tr("Hapus baris"), "Ctrl+Shift+Del", self.remove_lines),
        ):
            menu.addAction(f"{text}\t{key}", act)

    def copy(self) -> None:
        """Put the chosen cells into the clipboard."""
        QGuiApplication.clipboard().setText(write_table(texts_of(self._model, self._selected())))

    def cut(self) -> None:
        """Copy, then empty."""
        self.copy()
        self.clear()

    def paste(self) -> None:
        """Write what the clipboard holds from the first chosen cell on; a single cell fills all that are chosen."""
        table = read_table(QGuiApplication.clipboard().text())
        places = self._selected()
        if len(table) == 1 and len(table[0]) == 1:
            self._model.change(lambda sheet: sheet.put(dict.fromkeys(places, table[0][0])))
        else:
            row, column = min(places)
            self._model.change(lambda sheet: sheet.paste(row, column, table))

    def clear(self) -> None:
        """Empty the chosen cells."""
        self._model.change(lambda sheet: sheet.put(dict.fromkeys(self._selected(), "")))

    def repeat_above(self) -> None:
        """Repeat what stands above in the chosen cells."""
        self._model.change(lambda sheet: sheet.repeat_above(self._selected()))

    def insert_line(self) -> None:
        """Put an empty line before the first chosen one."""
        self._model.change(lambda sheet: sheet.insert(min(self._selected())[0]))

    def remove_lines(self) -> None:
        """Take the chosen lines off the page."""
        self._model.change(lambda sheet: sheet.remove({row for row, _column in self._selected()}))
