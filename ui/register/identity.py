"""Whose complaint is in the pane: masked, or in clear for a while."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.store.further_reporters import FurtherReporter
from ui.register.actions import Opened, Revealed

REVEALED_SECONDS = 120  # that an identity stays in clear before it is hidden by itself


class Identity(QObject):
    """What may be seen of the reporters. `changed`: it is revealed or hidden now.

    `clear` is the complaint in clear, None while it is masked; `others` are its further reporters as they are shown.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.clear: Complaint | None = None
        self.others: Sequence[FurtherReporter] = ()
        self._masked: Sequence[FurtherReporter] = ()
        self.hiding = QTimer(self)
        self.hiding.setSingleShot(True)
        self.hiding.setInterval(REVEALED_SECONDS * 1000)
        self.hiding.timeout.connect(self.hide)

    def show(self, found: Opened, *, same: bool) -> None:
        """A complaint is shown; in clear only where it is the `same` as before and nobody has come to it since."""
        if not same or found.others != self._masked:
            self.clear = None
        if self.clear is None:
            self.others = found.others
        self._masked = found.others

    def forget(self) -> None:
        """No complaint is shown."""
        self.clear = None

    def correct(self, complaint: Complaint) -> None:
        """The complaint was edited; what is in clear stays so."""
        if self.clear is not None and self.clear.id == complaint.id:
            self.clear = complaint

    def set(self, clear: Revealed | None) -> None:
        """Reveal, or hide with None."""
        if clear is None:
            self.clear, self.others = None, self._masked
            self.hiding.stop()
        else:
            self.clear, self.others = clear.complaint, clear.others
            self.hiding.start()
        self.changed.emit()

    def hide(self) -> None:
        """Mask what is in clear."""
        if self.clear is not None:
            self.set(None)
