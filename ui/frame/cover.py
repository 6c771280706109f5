"""A widget in place of the whole frame: what is below keeps its texts, its place and its cursor, and hears no key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid


class Cover:
    """Covers at once; `take_off` gives everything back."""

    def __init__(self, window: QWidget, layers: QStackedWidget, widget: QWidget) -> None:
        self._layers = layers
        self._widget = widget
        self._focus = QApplication.focusWidget() if window.isAncestorOf(QApplication.focusWidget() or window) else None
        # Those of the window itself would work on; those of hidden widgets do not.
        self._keys = [key for key in window.findChildren(QShortcut) if key.isEnabled()]
        for key in self._keys:
            key.setEnabled(False)
        layers.addWidget(widget)
        layers.setCurrentWidget(widget)

    def take_off(self) -> None:
        """Show what was there; the covering widget is the caller's again."""
        self._layers.setCurrentIndex(0)
        self._layers.removeWidget(self._widget)
        self._widget.hide()
        for key in self._keys:
            if isValid(key):
                key.setEnabled(True)
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
