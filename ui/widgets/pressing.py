"""Enter presses the button in focus, as the space bar does: in a page Qt would let it pass by."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton


def enter_presses(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press `button` if Enter was pressed, and tell whether it was."""
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
