"""What one cell of a table shows. Models return it, so they are tested without a window; the delegate paints it."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt

from ui.theme.icons import Icon
from ui.theme.tokens import Tone

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a model returns its `Cell`."""


class CellLook(Enum):
    """How a cell is painted."""

    TEXT = "text"  # text, with the icon before it where there is one
    TWO_LINES = "two-lines"  # text with `second` in small type below, the icon before the first line
    CHIP = "chip"  # text in a chip of the tone
    GLYPH = "glyph"  # the icon alone, in the middle; `text` is what it means
    MARKED = "marked"  # text on a small ground of the tone
    BAR = "bar"  # a bar over `share` of the width; `text` is what it means


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell. `ground` tints it whole (a warned or wrong value); `inset` lines text up with the words of chips."""

    text: str = ""
    second: str = ""
    look: CellLook = CellLook.TEXT
    icon: Icon | None = None
    tone: Tone = Tone.NEUTRAL
    icon_tone: Tone | None = None  # where the icon alone is coloured
    second_tone: Tone = Tone.NEUTRAL
    ground: Tone | None = None
    bold: bool = False
    quiet: bool = False
    right: bool = False
    inset: bool = False
    share: float = 0.0  # of a BAR: 0 to 1
    tooltip: str = ""

    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{self.text}, {self.second}" if self.second else self.text


def cell_data(cell: Cell, role: int) -> object:
    """What a model's `data` returns for `role` when it has the cell: the cell itself, its words, its tooltip."""
    if role == CELL_ROLE:
        return cell
    if role == Qt.ItemDataRole.DisplayRole:
        return cell.text
    if role == Qt.ItemDataRole.ToolTipRole:
        return cell.tooltip or (cell.text if cell.look is CellLook.GLYPH else None)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return cell.spoken()
    return None
