"""The lines of the worklist: what waits, what was decided today, and what was merged without anybody."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from kelurahan_client.services.conflicts import Worklist
from ui.conflict.words import contender_words, decided_line_words, field_icon, line_title, tr
from ui.register.words import field_word
from ui.theme.icons import Icon

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)


class Kind(Enum):
    """What a line of the list is."""

    HEAD = "head"
    OPEN = "open"
    DECIDED = "decided"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `id` of the conflict (of the complaint, where it was merged), and its words."""

    kind: Kind
    id: str
    title: str
    icon: Icon = Icon.CHECK
    reference: str = ""
    text: str = ""
    remark: str = ""

    @property
    def spoken(self) -> str:
        """For a screen reader."""
        return ", ".join(part for part in (self.title, self.reference, self.text, self.remark) if part)


def entries(work: Worklist, today: date, *, show_merged: bool) -> list[Entry]:
    """The lines in their order; a group that is empty has no head."""
    found = [
        Entry(
            Kind.OPEN,
            line.conflict_id,
            field_word(line.field),
            field_icon(line.field),
            line.reference,
            line_title(line),
            contender_words(line, today),
        )
        for line in work.open
    ]
    if work.decided:
        found.append(Entry(Kind.HEAD, "", tr("Sudah diputuskan hari ini")))
    for line in work.decided:
        waits = line.decision is not None and line.decision.waits
        icon = Icon.UNSENT if waits else Icon.CHECK
        remark = tr("belum terkirim") if waits else ""
        found.append(Entry(Kind.DECIDED, line.conflict_id, decided_line_words(line), icon, "", "", remark))
    if show_merged and work.merged:
        found.append(Entry(Kind.HEAD, "", tr("Digabung sendiri hari ini")))
        for one in work.merged:
            title = one.title or tr("Rahasia: buka untuk membaca")
            found.append(Entry(Kind.MERGED, one.complaint_id, f"{one.reference}, {title}", Icon.CONFLICT))
    return found


class LinesModel(QAbstractListModel):
    """Entries for a list view."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def set_entries(self, found: list[Entry]) -> bool:
        """Show other lines; False where they are the same."""
        if found == self._entries:
            return False
        self.beginResetModel()
        self._entries = found
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many lines."""
        return 0 if parent.isValid() else len(self._entries)

    def entry(self, row: int) -> Entry | None:
        """The line at a place."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, id_: str) -> int:
        """Where a conflict stands, -1 if nowhere."""
        return next((row for row, one in enumerate(self._entries) if id_ and one.id == id_), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The entry for the delegate, words for everybody else."""
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.spoken
        return entry.spoken if role == Qt.ItemDataRole.ToolTipRole and entry.kind is not Kind.OPEN else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A head is only read."""
        entry = self.entry(index.row())
        if entry is None or entry.kind is Kind.HEAD:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
