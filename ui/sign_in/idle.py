"""Nobody has touched keyboard or mouse for a while: time to lock."""

import time

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_LOCK = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)


class IdleWatch(QObject):
    """`idle` is emitted once after so many quiet minutes; `start` begins to count anew. `asked`: Ctrl+L in a dialog.

    It listens to the window that has the keyboard, not to the application: a filter there would be called for every
    event of every widget. A PC that slept is idle at its first touch, which is then swallowed.
    """

    idle = Signal()
    asked = Signal()

    def __init__(self, minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = minutes * 60
        self._touched = time.time()
        self._watched: QWindow | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._is_idle)

    def set_minutes(self, minutes: float) -> None:
        """Wait so long from now on."""
        self._seconds = minutes * 60
        if self._timer.isActive():
            self._touched = time.time()
            self._timer.start(round(self._seconds * 1000))

    def start(self) -> None:
        """Count from now."""
        self._touched = time.time()
        self._timer.start(round(self._seconds * 1000))
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._watch)
        self._watch(None)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A touch begins the count anew, unless it comes after a sleep."""
        if event.type() not in _TOUCHES or not self._timer.isActive():
            return False
        if isinstance(event, QKeyEvent) and event.keyCombination() == _LOCK:
            self.asked.emit()  # the window's own shortcut would have taken it; here something stands above the window
            return True
        now = time.time()
        if now - self._touched > self._seconds:
            self._is_idle()
            return True
        self._touched = now
        self._timer.start()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)

    def _is_idle(self) -> None:
        self._timer.stop()
        self.idle.emit()
