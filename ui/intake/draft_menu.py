"""Draf (3): the button that opens the list of forms that were begun."""

from PySide6.QtCore import QPoint, Signal

from ui.intake.draft_list import DraftList, Shelf
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton


class DraftMenu(KeyButton):
    """Hidden while there is no draft. The signals are those of the list."""

    picked = Signal(object)
    taken_over = Signal(object)
    discarded = Signal(object)
    fresh_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", Icon.HISTORY, kind=ButtonKind.QUIET, dense=True)
        self._theme = theme
        self.list = DraftList(theme, self)
        for name in ("picked", "taken_over", "discarded", "fresh_requested"):
            getattr(self.list, name).connect(getattr(self, name))
        self.clicked.connect(self._open)
        self.hide()

    def show_shelf(self, shelf: Shelf) -> None:
        """Count and list the drafts but the one in the form."""
        self.list.show_shelf(shelf)
        count = len(shelf.others()) + (shelf.current is not None)
        self.set_text(self.tr("Draf ({count})").format(count=count))
        self.setVisible(count > 0)

    def entries(self) -> list[str]:
        """The lines of the list."""
        return [line.words() for line in self.list.lines()]

    def _open(self) -> None:
        self.list.open_at(self.mapToGlobal(QPoint(0, self.height() + self._theme.px(4))))
