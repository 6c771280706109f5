"""Paints the cells of a page, the reason below the value, and opens them for typing."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from kelurahan_client.domain.page_reading import CellProblem
from ui.book_page.model import PROBLEM_ROLE, PageModel
from ui.language import said
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone

Index = QModelIndex | QPersistentModelIndex
_LEAVING = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_LINES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})


class PageDelegate(QStyledItemDelegate):
    """`left` carries the key press that closed an open cell: Tab, Enter, or an arrow up or down."""

    left = Signal(QKeyEvent)

    def __init__(self, theme: Theme, view: QTableView, model: PageModel) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._model = model
        self.editor: QLineEdit | None = None

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A bare line over the cell."""
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setObjectName("cell-editor")
        editor.setAccessibleName(str(self._model.headerData(index.column(), Qt.Orientation.Horizontal)))
        pad = self._theme.px(4)
        ground, line = (self._theme.colour(colour).name() for colour in (Colour.SURFACE, Colour.FOCUS))
        editor.setStyleSheet(
            f"QLineEdit {{ border: {SIZES.focus}px solid {line}; border-radius: 0; background: {ground};"
            f" min-height: 0; padding: 0 {pad}px; }}"
        )
        row, column = index.row(), index.column()
        editor.textEdited.connect(lambda text: self._model.type_live(row, column, text))
        self.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What stands in the cell, unless somebody is typing over it."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Keep what was typed."""
        if isinstance(editor, QLineEdit) and editor.text() != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, editor.text())

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """The cell is closed; what was typed there and not kept is given up."""
        self.editor = None
        self._model.type_live(index.row(), index.column(), None)
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Exactly over the cell."""
        editor.setGeometry(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keys that leave the cell as in a spreadsheet; the others are the line's own."""
        if isinstance(editor, QLineEdit) and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in _LEAVING | _LINES:
                self.finish()
                self.left.emit(event)
                return True
        return super().eventFilter(editor, event)

    def finish(self) -> None:
        """Keep what is being typed, and close the cell."""
        if self.editor is not None:
            editor = self.editor
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        theme = self._theme
        rect: QRect = option.rect
        problem = index.data(PROBLEM_ROLE)
        painter.save()
        painter.fillRect(rect, theme.colour(self._ground(option, index, problem)))
        painter.setPen(theme.colour(Colour.LINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        room = rect.adjusted(theme.px(6), 0, -theme.px(6), -1)
        if isinstance(problem, CellProblem):
            self._two_lines(painter, room, str(index.data() or ""), problem)
        else:
            saved = bool(self._model.sheet.line(index.row()).saved_as)
            self._line(painter, room, str(index.data() or ""), TextRole.BODY, Colour.TEXT_3 if saved else Colour.TEXT)
        if index == self._view.currentIndex():
            painter.setPen(QPen(theme.colour(Colour.FOCUS), SIZES.focus))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _ground(self, option: QStyleOptionViewItem, index: Index, problem: object) -> Colour:
        if isinstance(problem, CellProblem):
            return self._theme.tone(Tone.RED if problem.wrong else Tone.AMBER).soft
        state: QStyle.StateFlag = option.state
        several = len(self._view.selectedIndexes()) > 1
        if several and state & QStyle.StateFlag.State_Selected:
            return Colour.ACCENT_SOFT
        return Colour.SURFACE_2 if self._model.sheet.line(index.row()).saved_as else Colour.SURFACE

    def _two_lines(self, painter: QPainter, room: QRect, text: str, problem: CellProblem) -> None:
        half = self._theme.px(20)
        tone = self._theme.tone(Tone.RED if problem.wrong else Tone.AMBER)
        below = QRect(room.x(), room.y() + half, room.width(), room.height() - half - self._theme.px(2))
        if text:
            above = QRect(room.x(), room.y() + self._theme.px(2), room.width(), half)
            self._line(painter, above, text, TextRole.BODY, Colour.TEXT)
        self._line(painter, below if text else room, said(problem.short), TextRole.CAPTION, tone.text)

    def _line(self, painter: QPainter, room: QRect, text: str, role: TextRole, colour: Colour) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
