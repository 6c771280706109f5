"""Who works at this desk. The panel belongs to signing in; a program without that has no such section."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from PySide6.QtCore import Signal

from ui.settings.section import Room, Section

_PANEL = "ui.sign_in.officers_panel"


def has_officers() -> bool:
    """Whether this program lets officers sign in."""
    return find_spec(_PANEL.rpartition(".")[0]) is not None and find_spec(_PANEL) is not None


def _make_panel(room: Room) -> Any:
    return import_module(_PANEL).OfficersPanel(room.theme, room.tasks, room.desk, room.notify)


class OfficersSection(Section):
    """`paper_wanted` with the Paper of a recovery code; `officers_changed` when names or roles are others."""

    paper_wanted = Signal(object)
    officers_changed = Signal()

    def __init__(self, room: Room, make: Callable[[Room], Any] = _make_panel) -> None:
        super().__init__(room, self.tr("Petugas"))
        self.panel = make(room)
        self.panel.paper_wanted.connect(self.paper_wanted)
        self.panel.changed.connect(self.officers_changed)
        self.column.addWidget(self.panel)
        self.column.addStretch(1)

    def activate(self) -> None:
        """Ask who works here."""
        self.panel.activate()
