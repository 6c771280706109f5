"""Shows Markdown in the design's type, with pictures as wide as there is room."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser

from ui.help.book import PICTURES
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole

_HEADINGS = {1: TextRole.TITLE, 2: TextRole.SECTION}
_LINE = 128  # per cent
_PICTURE = "\ufffc"  # what stands for a picture in the text of a document


class HelpBrowser(QTextBrowser):
    """Links are only told (`anchorClicked`); nothing is fetched but pictures from `folder`."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        super().__init__()
        self._theme = theme
        self._folder = folder
        self._markdown = ""
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._again)

    def show_markdown(self, text: str) -> None:
        """Show a text from its beginning."""
        self._markdown = text
        self._again()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture of the guide; of anything else nothing."""
        file = name.toString() if isinstance(name, QUrl) else name
        if kind == QTextDocument.ResourceType.ImageResource.value and file.startswith(f"{PICTURES}/"):
            return QImage(str(self._folder / PICTURES / Path(file).name))
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures."""
        super().resizeEvent(event)
        at_top = self.verticalScrollBar().value() == 0
        self._fit_pictures()
        if at_top:  # larger pictures would move what is read
            self.verticalScrollBar().setValue(0)

    def _again(self) -> None:
        self.document().setDefaultFont(self._theme.font())
        self.document().setMarkdown(self._markdown)
        block = self.document().begin()
        while block.isValid():
            self._dress(block)
            block = block.next()
        self._fit_pictures()

    def _dress(self, block: QTextBlock) -> None:
        level = block.blockFormat().headingLevel()
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        if level:
            letters = QTextCharFormat()
            font = QFont(self._theme.font(_HEADINGS.get(level, TextRole.BODY), bold=True))
            letters.setFont(font)
            letters.setForeground(self._theme.colour(Colour.TEXT))
            cursor.setCharFormat(letters)  # not merged: Markdown's own enlargement would stay
        room = QTextBlockFormat()
        if _PICTURE not in block.text():
            room.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        px = self._theme.px
        room.setTopMargin(px(4 if level == 1 else 16 if level else 2))
        room.setBottomMargin(px(8 if level else 4 if block.textList() is not None else 8))
        cursor.mergeBlockFormat(room)

    def _fit_pictures(self) -> None:
        room = self.viewport().width() - 2 * int(self.document().documentMargin())
        cursor = self.document().find(_PICTURE)
        while not cursor.isNull():
            shown = cursor.charFormat()
            if shown.isImageFormat():
                self._fit(cursor, shown.toImageFormat(), room)
            cursor = self.document().find(_PICTURE, cursor)

    def _fit(self, cursor: QTextCursor, picture: QTextImageFormat, room: int) -> None:
        image = QImage(str(self._folder / picture.name()))
        if image.isNull():
            return
        width = min(image.width(), room)
        picture.setWidth(width)
        picture.setHeight(width * image.height() / image.width())
        QTextCursor(cursor).setCharFormat(picture)
