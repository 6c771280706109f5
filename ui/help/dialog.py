"""The guide in a window of its own, for where there is no frame yet: the first start, signing in."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

import resources
from ui.help.book import Book
from ui.help.panel import WIDTH, HelpPanel
from ui.theme.theme import Theme


class HelpDialog(QDialog):
    """Opens at the chapter of `page`; Esc closes."""

    def __init__(self, theme: Theme, page: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Bantuan"))
        self.panel = HelpPanel(theme, Book(resources.path("help")))
        self.panel.show_page(page)
        self.panel.closed.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.resize(theme.px(WIDTH + 120), min(theme.px(600), max(parent.height(), theme.px(320))))
        self.panel.browser.setFocus()


def open_help(theme: Theme, page: str, parent: QWidget) -> HelpDialog:
    """Open the guide above `parent`; it goes when it is closed."""
    dialog = HelpDialog(theme, page, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
