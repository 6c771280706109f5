"""The panel at the right of the pages: a chapter, the search, and the way back."""

from pathlib import PurePosixPath

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.help.book import CONTENTS, Book
from ui.help.browser import HelpBrowser
from ui.language import said
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.editors import LineEdit
from ui.widgets.icon_button import IconButton
from ui.widgets.labels import ElidedLabel, TextLabel, hairline

WIDTH = 420
_INDONESIAN = "Bantuan ini berbahasa Indonesia."


class HelpPanel(QFrame):
    """`closed` when the person has read enough. Esc clears the search, then closes; Alt+← goes back."""

    closed = Signal()

    def __init__(self, theme: Theme, book: Book) -> None:
        super().__init__()
        self._theme = theme
        self._book = book
        self._history: list[str] = []
        self._shown = ""
        self.setProperty("surface", "help")
        self.setAccessibleName(self.tr("Bantuan"))
        self.search = LineEdit(theme, self.tr("Cari dalam bantuan"), icon=Icon.SEARCH)
        self.search.setAccessibleName(self.tr("Cari dalam bantuan"))
        self.search.setClearButtonEnabled(False)
        self.browser = HelpBrowser(theme, book.folder)
        self.browser.setAccessibleName(self.tr("Isi bantuan"))
        self.back = IconButton(theme, Icon.LEFT, self.tr("Kembali ke bacaan sebelumnya"), key="Alt+←")
        self.contents = IconButton(theme, Icon.LIST, self.tr("Daftar isi"))
        self.close_button = IconButton(theme, Icon.CLOSE, self.tr("Tutup bantuan"), key="Esc")
        self._build()
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._open_first)
        self.browser.anchorClicked.connect(self._follow)
        self.back.clicked.connect(self.go_back)
        self.contents.clicked.connect(lambda: self.show_chapter(CONTENTS))
        self.close_button.clicked.connect(self.closed)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self.go_back)

    def _build(self) -> None:
        px = self._theme.px
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(8), px(8), px(8))
        head.setSpacing(px(4))
        head.addWidget(ElidedLabel(self.tr("Bantuan"), TextRole.SECTION, bold=True), 1)
        for button in (self.back, self.contents, self.close_button):
            head.addWidget(button)
        body = QVBoxLayout()
        body.setContentsMargins(px(16), px(12), px(8), 0)
        body.setSpacing(px(8))
        field = QWidget()
        row = QHBoxLayout(field)
        row.setContentsMargins(0, 0, px(8), 0)
        row.addWidget(self.search)
        body.addWidget(field)
        body.addWidget(self.browser, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        if (told := said(_INDONESIAN)) != _INDONESIAN:  # only who reads another language need be told
            column.addWidget(TextLabel(told, TextRole.CAPTION, Colour.TEXT_2, wrap=True))
        column.addLayout(body, 1)

    def chapter(self) -> str:
        """The key of the chapter that is shown; while something is looked for, the one before."""
        return self._shown

    def show_page(self, page: str) -> None:
        """The chapter of a page of the window."""
        self.show_chapter(self._book.of_page(page).key)

    def show_chapter(self, key: str) -> None:
        """Another chapter; `go_back` comes back to the present one."""
        key = self._book.chapter(key).key
        if self._shown and self._shown != key:
            self._history.append(self._shown)
        self._show(key)

    def go_back(self) -> bool:
        """First out of the search, then to the chapter before; False where there is neither."""
        if self.search.text():
            self.search.clear()
            self.search.setFocus()
            return True
        if not self._history:
            return False
        self._show(self._history.pop())
        return True

    def _show(self, key: str) -> None:
        self._shown = key
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.browser.show_markdown(self._book.chapter(key).text)
        self.back.setEnabled(bool(self._history))

    def _search(self, text: str) -> None:
        if not text.strip():
            self._show(self._shown)
            return
        hits = self._book.search(text)
        lines = [f"## {self.tr('Ditemukan')}: {len(hits)}", ""]
        if not hits:
            lines += [self.tr("Tidak ada. Coba satu kata saja, misalnya *draf*, *NIK*, atau *cetak*.")]
        for hit in hits:
            lines += [f"**[{hit.chapter.title}]({hit.chapter.key}.md)**", "", hit.around, ""]
        self.browser.show_markdown("\n".join(lines))

    def _open_first(self) -> None:
        hits = self._book.search(self.search.text())
        if hits:
            self.show_chapter(hits[0].chapter.key)
            self.browser.setFocus()

    def _follow(self, link: QUrl) -> None:
        name = PurePosixPath(link.path())
        if name.suffix == ".md" and self._book.has(name.stem):
            self.show_chapter(name.stem)
