"""Python's collector of reference cycles, kept in the GUI thread.

It runs in whatever thread happens to allocate, and a widget that it destroys in a worker ends the program. So it is
switched off, and what it would have done by itself is done here on a timer.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 1_000


class GuiGarbage(QObject):
    """From its making on, cycles are collected only in the thread that it was made in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect_what_is_due)
        self._timer.start(_INTERVAL_MS)

    def collect_what_is_due(self) -> None:
        """Collect the oldest generation that has reached its threshold, as Python itself would."""
        counts = gc.get_count()
        due = [age for age in range(3) if counts[age] > self._thresholds[age]]
        if due:
            gc.collect(due[-1])
