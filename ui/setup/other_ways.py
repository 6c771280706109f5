"""What can be done at the first step instead of enrolling: the sample, a backup, and first the office's network."""

from PySide6.QtWidgets import QWidget

from kelurahan_client.services.desk import Desk
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton


class OtherWays:
    """Three buttons for `page` to place: `network`, and where they were offered `demo` and `restore`."""

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, page: QWidget) -> None:
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._page = page
        self.demo = KeyButton(theme, page.tr("Coba dengan data contoh"), Icon.SHOW, kind=ButtonKind.QUIET)
        self.restore = KeyButton(theme, page.tr("Pulihkan dari cadangan…"), Icon.HISTORY, kind=ButtonKind.QUIET)
        self.network = KeyButton(theme, page.tr("Jaringan kantor…"), Icon.CENTRE, kind=ButtonKind.QUIET)
        self.network.clicked.connect(self._open_network)
        self._all = (self.demo, self.network, self.restore)
        self._offered = {self.network}
        self._open = False

    def offer(self, button: KeyButton) -> None:
        """Somebody listens to this one."""
        self._offered.add(button)
        self.show(self._open)

    def show(self, at_first_step: bool) -> None:
        """They are for the first step only."""
        self._open = at_first_step
        for button in self._all:
            button.setVisible(at_first_step and button in self._offered)

    def set_enabled(self, wanted: bool) -> None:
        """Not while an answer is awaited."""
        for button in self._all:
            button.setEnabled(wanted)

    def press_focused(self) -> bool:
        """Enter presses the one with the cursor; False where none has it."""
        for button in self._all:
            if button.hasFocus():
                button.click()
                return True
        return False

    def _open_network(self) -> None:
        from ui.settings.network_dialog import open_network  # noqa: PLC0415  # seldom wanted

        open_network(self._theme, self._tasks, self._desk, self._page)
