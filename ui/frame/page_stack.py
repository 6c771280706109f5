"""The pages behind each other: made when first wanted, with a way back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QWidget

from ui.frame.page import Page, PageSpec

_HISTORY = 20


class PageStack(QStackedWidget):
    """Holds the pages and remembers where one came from."""

    def __init__(self, pages: Sequence[PageSpec]) -> None:
        super().__init__()
        self._specs = {page.key: page for page in pages}
        self._built: dict[str, Page] = {}
        self._rooms: dict[str, QScrollArea] = {}
        self._current = ""
        self._history: list[str] = []
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_keyboard_in_front)

    def has(self, key: str) -> bool:
        """Whether there is such a page."""
        return key in self._specs

    def page(self, key: str) -> Page:
        """The page, made when it is first wanted."""
        page = self._built.get(key)
        if page is None:
            made = self._specs[key].widget
            page = made if isinstance(made, Page) else made()
            self._built[key] = page
            self._rooms[key] = self._room(page)
        return page

    def _room(self, page: Page) -> QScrollArea:
        """Let the page scroll where the window is too small for it (150 % on a small screen), not be squeezed."""
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(page)
        self.addWidget(room)
        return room

    def bring(self, key: str, **arguments: object) -> None:
        """Show a page and tell it so."""
        page = self.page(key)
        if self._current and self._current != key:
            self._history = [*self._history, self._current][-_HISTORY:]
        self._current = key
        self.setCurrentWidget(self._rooms[key])
        page.activate(**arguments)

    def _keep_keyboard_in_front(self, old: QWidget | None, new: QWidget | None) -> None:
        """An answer that comes late may lead on in its page, but whoever types in another one by now must go on there.

        Qt gives the keyboard to what nobody sees, and the next Space would press it.
        """
        front = self.currentWidget()
        if new is None or front is None or not self.isAncestorOf(new) or front.isAncestorOf(new) or front is new:
            return
        if old is not None and old.isVisible():
            old.setFocus()
        else:
            new.clearFocus()

    def current(self) -> str:
        """The key of the page in front, "" before the first."""
        return self._current

    def reload(self, kinds: frozenset[str]) -> None:
        """Let every page that was ever shown ask again."""
        for page in self._built.values():
            page.reload(kinds)

    def officer_changed(self) -> None:
        """Tell every page that was ever shown that somebody else has signed in."""
        for page in self._built.values():
            page.officer_changed()

    def unwilling(self) -> str:
        """The key of a page that may not be closed now, "" if all may."""
        return next((key for key, page in self._built.items() if not page.may_close()), "")

    def page_before(self) -> str:
        """Where to go on Esc: "" when the page itself took a step back, or there is nothing before it."""
        if (self._current and self.page(self._current).go_back()) or not self._history:
            return ""
        self._current = ""
        return self._history.pop()
