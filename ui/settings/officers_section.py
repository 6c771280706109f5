"""Who works at this desk."""

from PySide6.QtCore import Signal

from ui.settings.section import Room, Section
from ui.sign_in.officers_panel import OfficersPanel


class OfficersSection(Section):
    """`paper_wanted` with the Paper of a recovery code; `officers_changed` when names or roles are others."""

    paper_wanted = Signal(object)
    officers_changed = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__(room, self.tr("Petugas"))
        self.panel = OfficersPanel(room.theme, room.tasks, room.desk, room.notify)
        self.panel.paper_wanted.connect(self.paper_wanted)
        self.panel.offer_print()
        self.panel.changed.connect(self.officers_changed)
        self.column.addWidget(self.panel)
        self.column.addStretch(1)

    def activate(self) -> None:
        """Ask who works here."""
        self.panel.activate()
