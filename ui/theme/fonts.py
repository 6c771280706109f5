"""Type: the system's UI font in the design's sizes, with figures of equal width."""

from PySide6.QtGui import QFont, QFontDatabase

from ui.theme.tokens import TextRole


def ui_font(role: TextRole, scale: int, *, bold: bool = False) -> QFont:
    """The system's UI font in the size of `role` at `scale` per cent; `bold` is weight 600, else 400."""
    font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family())
    font.setPointSizeF(role.points * scale / 100)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    # Figures stand under each other in tables and do not jump while a number counts up.
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
