"""How the desk stands towards the centre: the chip at the top, the badge beside Konflik, the outbox below the chip."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.main_window import MainWindow

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk
    from kelurahan_client.services.lists import DeskState
    from sync.engine import Progress
    from ui.outbox.popup import OutboxPopup
    from ui.tasks import Tasks


class Standing(QObject):
    """Shows it, while an exchange runs too. `state` is what the desk last said of itself, None before it did."""

    def __init__(
        self, window: MainWindow, tasks: "Tasks", desk: "Desk", make_outbox: Callable[[], "OutboxPopup"]
    ) -> None:
        super().__init__()
        self._window = window
        self._tasks = tasks
        self._desk = desk
        self._make_outbox = make_outbox
        self._outbox: OutboxPopup | None = None
        self._sending = False
        self.state: DeskState | None = None
        window.outbox_requested.connect(self._open_outbox)

    @property
    def outbox(self) -> "OutboxPopup":
        """The popup below the chip, made when it is first wanted."""
        if self._outbox is None:
            self._outbox = self._make_outbox()
        return self._outbox

    def refresh(self) -> None:
        """Ask how the desk stands, and show it."""
        self._tasks.latest("state", partial(_state, self._desk), self._show, owner=self._window)

    def set_sending(self, sending: bool) -> None:
        """An exchange begins or has ended."""
        self._sending = sending
        self.outbox.set_sending(sending)
        if not sending:
            self.refresh()

    def set_progress(self, progress: "Progress") -> None:
        """How far the exchange is."""
        from ui.outbox.model import connection_state  # noqa: PLC0415

        if self.state is not None and self._sending:
            self._window.chip.set_state(connection_state(self.state, progress))
            self.outbox.top.set_progress(progress)

    def leave(self) -> None:
        """The window is given up."""
        if self._outbox is not None:
            self._outbox.deleteLater()

    def _show(self, state: "DeskState") -> None:
        from ui.outbox.model import connection_state  # noqa: PLC0415

        self.state = state
        self._window.set_badge("conflicts", state.conflicts)
        if not self._sending:
            self._window.chip.set_state(connection_state(state, None))
        if self._outbox is not None:
            self._outbox.set_state(state)

    def _open_outbox(self) -> None:
        self.outbox.open_below(self._window.chip)


def _state(desk: "Desk") -> "DeskState":
    """Run by the worker."""
    from kelurahan_client.services import lists  # noqa: PLC0415

    return lists.state(desk)
