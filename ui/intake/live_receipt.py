"""The receipt beside the form, where a wide window has room for it: drawn anew when the person pauses."""

from PySide6.QtCore import QObject, QTimer

from kelurahan_client.domain.complaint import Intake
from ui.printing.receipt_card import ReceiptCard

_PAUSE_MS = 500  # a picture takes as long as several keys: not while somebody types


class LiveReceipt(QObject):
    """Draws `card` for the newest intake, unless nobody sees it or nothing of it has changed."""

    def __init__(self, card: ReceiptCard) -> None:
        super().__init__(card)
        self._card = card
        self._newest: Intake | None = None
        self._drawn: Intake | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.now)

    def follow(self, intake: Intake) -> None:
        """The form says this now."""
        self._newest = intake
        self.wake()

    def wake(self) -> None:
        """The card may be seen by now."""
        if self._newest != self._drawn and self._card.isVisible():
            self._timer.start()

    def again(self) -> None:
        """Receipts have another size, or somebody else signs them."""
        self._drawn = None
        self.wake()

    def now(self) -> None:
        """Draw without waiting for a pause."""
        self._timer.stop()
        if self._newest is not None and self._card.isVisible():
            self._drawn = self._newest
            self._card.show_preview(self._newest)
