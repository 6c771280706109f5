"""The keys of a page that is typed, beside those of its grid and its buttons."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from ui.book_page.work import PageWork


def bind_keys(work: "PageWork") -> None:
    """Zoom, turn, sheets and ruler of the scan; F6 between grid and scan."""

    def bind(key: str, act: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(key), work)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(act)

    def other_half() -> None:
        there = work.scan.view if work.grid.hasFocus() and work.scan.isVisible() else work.title.book
        (there if work.grid.hasFocus() else work.grid).setFocus(Qt.FocusReason.ShortcutFocusReason)

    scan = work.scan
    for key in ("Ctrl++", "Ctrl+="):
        bind(key, scan.view.larger)
    bind("Ctrl+-", scan.view.smaller)
    bind("Ctrl+0", scan.view.fit_width)
    bind("Ctrl+R", scan.turn)
    bind("Ctrl+PgUp", lambda: scan.go(-1))
    bind("Ctrl+PgDown", lambda: scan.go(1))
    bind("Alt+Up", lambda: scan.nudge(up=True))
    bind("Alt+Down", lambda: scan.nudge(up=False))
    bind("Alt+Shift+Up", lambda: scan.stretch(higher=False))
    bind("Alt+Shift+Down", lambda: scan.stretch(higher=True))
    bind("F6", other_half)
