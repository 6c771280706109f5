"""Draf (2): the complaints about which something waits half written, to go there."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from kelurahan_client.services import half_written
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import Waiting
from ui.figures import number
from ui.register.half_words import since_words
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton

_MOST = 20


class WaitingMenu(KeyButton):
    """Hidden while nothing waits but for the complaint in the pane. `picked`: the id of a complaint."""

    picked = Signal(str)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, in_pane: Callable[[], str]) -> None:
        choices = QMenu()
        super().__init__(theme, "", Icon.HISTORY, kind=ButtonKind.QUIET, menu=choices)
        self.choices = choices
        self._tasks = tasks
        self._desk = desk
        self._in_pane = in_pane
        self.hide()

    def ask(self) -> None:
        """Ask what waits."""
        self._tasks.latest("register.waiting", partial(half_written.waiting, self._desk), self._show, owner=self)

    def _show(self, found: Sequence[Waiting]) -> None:
        others = [one for one in found if one.text.place.subject != self._in_pane()]
        self.choices.clear()
        for one in others[:_MOST]:
            words = f"{one.title.replace('&', '&&')} · {one.reference} · {since_words(one.text, self._desk.today())}"
            self.choices.addAction(words).triggered.connect(partial(self.picked.emit, one.text.place.subject))
        self.set_text(self.tr("Draf ({count})").format(count=number(len(others))))
        self.setVisible(bool(others))
