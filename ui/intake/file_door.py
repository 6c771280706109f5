"""Where files come into the form by mouse and clipboard: dropped anywhere, pasted whichever field has the cursor."""

from typing import Protocol

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.widgets.editors import LineEdit, TextEdit


class Take(Protocol):
    """Takes files and pictures; False where there are none. Into a text field a text goes first."""

    def __call__(self, mime: QMimeData, *, over_text: bool) -> bool:
        """Take what is in it."""


class FileDoor(QObject):
    """Watches a form. `dragged`: files hang over it, or no more."""

    dragged = Signal(bool)

    def __init__(self, form: QScrollArea) -> None:
        super().__init__(form)
        self._take: Take | None = None
        self._viewport = form.viewport()  # to ask the form for it while it is being destroyed would end the program
        self._viewport.setAcceptDrops(True)
        self._viewport.installEventFilter(self)
        form.installEventFilter(self)

    def give_to(self, take: Take) -> None:
        """Who takes what comes in."""
        self._take = take

    def watch(self, part: QWidget) -> None:
        """A part of the form that has the cursor now and then."""
        part.installEventFilter(self)
        part.setAcceptDrops(False)  # or the address of a dropped file would be typed into it
        if isinstance(part, TextEdit):
            part.viewport().setAcceptDrops(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files and pictures; everything else goes its way."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            paste = event.matches(QKeySequence.StandardKey.Paste)
            return paste and self._pasted(over_text=isinstance(watched, LineEdit | TextEdit))
        if watched is self._viewport:
            if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
                return self._dropped(event)
            if isinstance(event, QDragEnterEvent):
                return self._entered(event)
            if isinstance(event, QDragMoveEvent):
                event.acceptProposedAction()
                return True
            if event.type() == QEvent.Type.DragLeave:
                self.dragged.emit(False)
        return False

    def _entered(self, event: QDragEnterEvent) -> bool:
        mime = event.mimeData()
        if not mime.hasImage() and not any(url.isLocalFile() for url in mime.urls()):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)  # they are copied, never moved
        event.accept()
        self.dragged.emit(True)
        return True

    def _dropped(self, event: QDropEvent) -> bool:
        self.dragged.emit(False)
        if self._take is None or not self._take(event.mimeData(), over_text=False):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def _pasted(self, *, over_text: bool) -> bool:
        return self._take is not None and self._take(QGuiApplication.clipboard().mimeData(), over_text=over_text)
