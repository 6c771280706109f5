"""How the window looks and speaks, as a person chooses it in Pengaturan."""

from PySide6.QtCore import QObject, Signal

from ui.language import Language
from ui.main_window import WindowMemory
from ui.theme.theme import Mode, Theme


class Look(QObject):
    """Takes what was chosen, and keeps it for the next start. `scale_wanted` asks for a new window in another size."""

    scale_wanted = Signal(int)

    def __init__(self, theme: Theme, memory: WindowMemory | None) -> None:
        super().__init__()
        self._theme = theme
        self._memory = memory
        self._sending = False
        self._waiting_scale = 0

    def choose_mode(self, mode: str) -> None:
        """Other colours, now and at the next start."""
        self._theme.set_mode(Mode(mode))
        if self._memory is not None:
            self._memory.keep_mode(Mode(mode))

    def language(self) -> Language:
        """What the window speaks from the next start on."""
        return self._memory.language() if self._memory is not None else Language.INDONESIAN

    def choose_language(self, language: str) -> None:
        """Another language from the next start on: nothing that is half typed has to be laid out anew."""
        if self._memory is not None:
            self._memory.keep_language(Language(language))

    def choose_scale(self, scale: int) -> None:
        """Another size of everything: a new window, once a running exchange has ended."""
        if scale == self._theme.scale:
            return
        if self._sending:
            self._waiting_scale = scale
        else:
            self.scale_wanted.emit(scale)

    def set_sending(self, sending: bool) -> None:
        """An exchange begins or has ended."""
        self._sending = sending
        if not sending and self._waiting_scale:
            self.scale_wanted.emit(self._waiting_scale)
