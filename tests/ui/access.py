"""What everybody must be able to use: names, the Tab key, whole words, nothing upon each other, Indonesian."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QStackedWidget,
    QTextEdit,
    QWidget,
)

from tools.translation import catalogue
from ui.widgets.labels import ElidedLabel

ENGLISH = re.compile(
    r"\b(the|and|or|of|with|from|save|cancel|close|open|delete|remove|edit|new|search|find|help|settings|page|next|"
    r"back|previous|print|preview|copy|paste|cut|undo|redo|select|all|none|yes|no|ok|error|warning|failed|loading|please|"
    r"file|browse|apply|reset|submit|send|receive|sync|login|password|user|name|date|time|today|yesterday|status|"
    r"details|report|reports|list|view|show|hide|more|less|add|upload|download|connected|offline|online|retry)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?<!\w)[^\W\d_]{2,}(?!\w)")  # letters beside digits are a code
_QUOTED = frozenset(  # words that the English quotes, as names of columns or as examples, and must not say itself
    "cadangan diterima draf isi judul laporan loket nama pengaduan petugas tanggal".split()
)
_PLACE = re.compile(r"\{\w*\}")
_WITHIN = re.compile(r"</?(?:b|i|span)\b[^>]*>")
_NOT_WORDS = re.compile(  # markup, words to be filled in, names of files and of keys, parts of values
    r"<[^>]*>|\$\w+|[\w*]*\.(?:json|bundel)\b|“Cadangan …”|\bDelete (?=untuk|atau)|What differs: .*"
)
_BOTH = frozenset({"status", "login"})  # words of both tongues
_INTERACTIVE = (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractItemView)
_INNER = (QHeaderView, QScrollBar, QSplitterHandle)


def seen(root: QWidget) -> Iterator[QWidget]:
    """The widgets that a person sees or could scroll to."""
    for child in root.findChildren(QWidget):
        if child.isVisible() and child.width() > 0 and child.height() > 0 and not isinstance(child, _INNER):
            yield child


def interactive(root: QWidget) -> list[QWidget]:
    """What a person works with, without the inner parts that Qt makes."""
    return [
        child
        for child in seen(root)
        if isinstance(child, _INTERACTIVE)
        and not child.objectName().startswith("qt_")
        and not _within_editor(child)
        and not _only_shows(child)
    ]


def _only_shows(child: QWidget) -> bool:
    """Text that is looked at, as a label is."""
    if not isinstance(child, QPlainTextEdit | QTextEdit) or not child.isReadOnly():
        return False
    return child.verticalScrollBar().maximum() == 0 and child.focusPolicy() is not Qt.FocusPolicy.StrongFocus


def _within_editor(child: QWidget) -> bool:
    parent = child.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QLineEdit | QAbstractItemView):
            return True
        parent = parent.parentWidget()
    return False


def _told(widget: QWidget) -> str:
    said = getattr(widget, "text", None)
    words = said() if callable(said) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or words!r}"


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    labels = [one for one in root.window().findChildren(QLabel) if one.text()]
    named = {one.buddy() for one in labels}  # Qt's own dialogs name their fields so
    return [
        _told(one) for one in interactive(root) if not one.accessibleName() and not _has_words(one) and one not in named
    ]


def _has_words(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and bool(widget.text())


def unreachable(root: QWidget) -> list[str]:
    """Controls that the Tab key does not come to, and that no control of its group leads to by arrows."""
    controls = [one for one in interactive(root) if one.isEnabled()]
    reached = {one for window in {one.window() for one in controls} for one in _by_tab(window)}
    return [_told(one) for one in controls if not _comes_to(one, reached)]


def _by_tab(window: QWidget) -> Iterator[QWidget]:
    at: QWidget | None = window.nextInFocusChain()
    while at is not None and at is not window:
        if at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value and at.isEnabled():
            yield at
        at = at.nextInFocusChain()


def _comes_to(widget: QWidget, reached: set[QWidget]) -> bool:
    if widget in reached or widget.focusProxy() in reached:
        return True
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive() and any(one in reached for one in group.buttons()):
        return True  # Tab comes to one of them, arrows to the others
    # What a key does as well (the search's cross, a line that goes by itself) need not be walked to.
    return isinstance(widget, QAbstractButton) and widget.focusPolicy() is Qt.FocusPolicy.NoFocus


def cut(root: QWidget) -> list[str]:
    """Words that do not fit into their place."""
    return [f"{_told(one)} {one.width()}x{one.height()}" for one in seen(root) if _is_cut(one)]


def _is_cut(widget: QWidget) -> bool:
    if isinstance(widget, ElidedLabel) or _within_editor(widget):
        return False  # says by its dots, its tooltip and its name that there is more
    if isinstance(widget, QLabel):
        return _label_is_cut(widget)
    if isinstance(widget, QAbstractButton):
        wanted = widget.minimumSizeHint()
        return widget.width() < wanted.width() or widget.height() < wanted.height()
    return False


def _label_is_cut(label: QLabel) -> bool:
    if not label.text() or not label.pixmap().isNull():
        return False
    if not label.wordWrap():
        return label.width() < label.minimumSizeHint().width()
    return label.heightForWidth(label.width()) > label.height() + 1


def overlapping(root: QWidget) -> list[str]:
    """Neighbours that lie upon each other."""
    found: list[str] = []
    for parent in [root, *seen(root)]:
        if isinstance(parent, (QStackedWidget, QAbstractScrollArea, *_INTERACTIVE)):
            continue
        inner = [child for child in parent.children() if isinstance(child, QWidget) and _takes_room(child)]
        places = [(child, QRect(child.mapTo(root, QPoint()), child.size())) for child in inner]
        for at, (one, place) in enumerate(places):
            for other, there in places[at + 1 :]:
                common = place.intersected(there)
                if common.width() > 1 and common.height() > 1:
                    found.append(f"{_told(one)} / {_told(other)} in {type(parent).__name__}")
    return found


def _takes_room(widget: QWidget) -> bool:
    """Not what floats above on purpose: it is in no layout."""
    parent = widget.parentWidget()
    layout = parent.layout() if parent is not None else None
    return widget.isVisible() and not widget.isWindow() and layout is not None and _in_layout(layout, widget)


def _in_layout(layout: object, widget: QWidget) -> bool:
    for at in range(layout.count()):  # type: ignore[attr-defined]  # QLayout and what is nested in it
        item = layout.itemAt(at)  # type: ignore[attr-defined]
        if item.widget() is widget or (item.layout() is not None and _in_layout(item.layout(), widget)):
            return True
    return False


def english(root: QWidget) -> list[str]:
    """English words on the screen; what is typed by people is not looked at."""
    found = []
    for child in seen(root):
        texts = [child.toolTip(), child.accessibleName(), child.accessibleDescription()]
        if isinstance(child, QLabel | QAbstractButton):
            texts.append(child.text())
        if isinstance(child, QLineEdit | QPlainTextEdit):
            texts.append(child.placeholderText())
        for text in texts:
            if "/\u200b" in text:  # a path
                continue
            words = {word.lower() for word in ENGLISH.findall(_NOT_WORDS.sub(" ", text))} - _BOTH
            if words:
                found.append(f"{_told(child)}: {text!r} {sorted(words)}")
    return found


@cache
def _indonesian_words() -> frozenset[str]:
    """The words of the catalogue's Indonesian that its English has not."""

    def words(texts: Iterable[str]) -> set[str]:
        return {word.lower() for text in texts for word in _WORD.findall(_PLACE.sub(" ", text))}

    parts = catalogue().values()
    own = set().union(*(words(part) for part in parts)) - set().union(*(words(part.values()) for part in parts))
    return (frozenset(own) | _QUOTED) - {"indonesia"}  # as the language calls itself


def indonesian(root: QWidget, typed: Iterable[str]) -> list[str]:
    """Indonesian words in a window, also in its menus; `typed` is what people wrote and how places are called.

    What stands in an editor was typed too, and its words may be repeated elsewhere.
    """
    shown = [root, *seen(root)]
    editors = [text for one in shown for text in _contents(one)]
    said = _indonesian_words() - {word.lower() for text in editors for word in _WORD.findall(text)}
    known = sorted({*typed, *editors}, key=len, reverse=True)
    return [
        f"{_told(one)}: {text!r} {sorted(words)}"
        for one in (*shown, *root.findChildren(QMenu))
        for text in _every_text(one)
        if _of(said, text) and (words := _of(said, _without(text, known)))
    ]


def _of(said: frozenset[str], text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(_NOT_WORDS.sub(" ", _WITHIN.sub("", text)))} & said


def _without(text: str, typed: Iterable[str]) -> str:
    text = _WITHIN.sub("", text).replace("\u200b", "")  # where a path may be broken
    for one in typed:
        if one and one in text:
            text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", " ", text)
    return text


def _contents(child: QWidget) -> Iterator[str]:
    if isinstance(child, QLineEdit):
        yield child.text().strip()
    elif isinstance(child, QPlainTextEdit) or (isinstance(child, QTextEdit) and not child.isReadOnly()):
        yield child.toPlainText().strip()


def _every_text(child: QWidget) -> Iterator[str]:
    yield from (child.toolTip(), child.accessibleName(), child.accessibleDescription())
    if child.isWindow():
        yield child.windowTitle()
    if isinstance(child, QMenu):
        yield from (text for action in child.actions() for text in (action.text(), action.toolTip()))
    if isinstance(child, QLabel | QAbstractButton):
        yield child.text()
    if isinstance(child, QLineEdit | QPlainTextEdit):
        yield child.placeholderText()
    if isinstance(child, QComboBox):
        yield from (child.itemText(at) for at in range(child.count()))
    if isinstance(child, QAbstractItemView) and (model := child.model()) is not None:
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
        for column in range(columns):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            yield from (
                str(model.index(row, column).data() or "") for row in range(min(model.rowCount(QModelIndex()), 20))
            )


def out_of_sight(root: QWidget) -> list[str]:
    """Controls that lie outside of the window with nothing to scroll to them."""
    found = []
    for one in interactive(root):
        if _can_be_scrolled_to(one):
            continue
        window = one.window()
        place = QRect(one.mapTo(window, QPoint()), one.size())
        if not window.rect().contains(place):
            found.append(f"{_told(one)} at {place.getRect()}")
    return found


def _can_be_scrolled_to(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


Look = Callable[[QWidget], list[str]]
LAYOUT: dict[str, Look] = {"cut": cut, "upon each other": overlapping, "outside": out_of_sight}
REACH: dict[str, Look] = {"no name": nameless, "no Tab": unreachable}


def settle_layout() -> None:
    """Let Qt lay everything out."""
    for _ in range(3):
        QApplication.processEvents()
