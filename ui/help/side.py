"""The help's place in the window: beside the pages, or in their place where there is no room for both."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

import resources
from ui.help.book import Book
from ui.help.panel import WIDTH, HelpPanel
from ui.theme.theme import Theme

_LEAST_PAGE = 620  # design pixels that a page must keep


class HelpSide(QObject):
    """Puts the panel into `row` behind `pages`, and gives the focus back when it is closed."""

    def __init__(self, theme: Theme, pages: QWidget, row: QBoxLayout) -> None:
        super().__init__(pages)
        self._theme = theme
        self._pages = pages
        self._page = ""
        self._before: QWidget | None = None
        self.panel = HelpPanel(theme, Book(resources.path("help")))
        self.panel.closed.connect(self.close)
        self.panel.hide()
        row.addWidget(self.panel)
        area = pages.parentWidget()
        if area is not None:
            area.installEventFilter(self)

    def toggle(self, page: str) -> None:
        """Open the chapter of `page`; the second time close."""
        focus = _focus()
        within = focus is not None and self.panel.isAncestorOf(focus)
        if self.panel.isVisible() and self._page == page and within:
            self.close()
            return
        if not within:
            self._before = focus
        self._page = page
        self.panel.show_page(page)
        self.panel.show()
        self._arrange()
        self.panel.browser.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def follow(self, page: str) -> None:
        """Another page came to the front: an open help tells of that one, and leaves the room to it."""
        if self.panel.isHidden():
            return
        if self._pages.isHidden():
            self._leave()
        elif page != self._page:
            self._page = page
            self.panel.show_page(page)

    def close(self) -> bool:
        """Close it; False where it is not open."""
        if self.panel.isHidden():
            return False
        before = self._before
        self._leave()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size."""
        if event.type() == QEvent.Type.Resize and not self.panel.isHidden():
            self._arrange()
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        self._before = None
        self.panel.hide()
        self._pages.show()

    def _arrange(self) -> None:
        area = self._pages.parentWidget()
        room = area.width() if area is not None else 0
        wide = room >= self._theme.px(WIDTH + _LEAST_PAGE)
        self._pages.setVisible(wide)
        if wide:
            self.panel.setFixedWidth(self._theme.px(WIDTH))
        else:
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(16_777_215)
            focus = _focus()
            if focus is None or not self.panel.isAncestorOf(focus):
                self.panel.browser.setFocus(Qt.FocusReason.OtherFocusReason)


def _focus() -> QWidget | None:
    return QApplication.focusWidget()
