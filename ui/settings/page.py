"""Pengaturan: the list at the left, the section in front at the right."""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.services.desk import Desk
from ui.frame.page import Navigate, Notify, Page
from ui.language import Language
from ui.settings.section import Room, Section
from ui.settings.section_list import SectionList
from ui.settings.sections import all_sections
from ui.tasks import Tasks
from ui.theme.focus import RING_MARGIN
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.card import PageHead
from ui.widgets.editors import Combo

_NARROW = 760  # design pixels
_LEAST = 420


_SIGNALS = (
    "mode_chosen",
    "scale_chosen",
    "language_chosen",
    "times_changed",
    "paper_wanted",
    "officers_changed",
)


class SettingsPage(Page):
    """`mode_chosen`, `scale_chosen` and `language_chosen` ask the window for another look.

    `times_changed` says that the exchange has other times, `paper_wanted` carries the Paper of a recovery code,
    `officers_changed` says that names or roles are others.
    """

    mode_chosen = Signal(str)
    scale_chosen = Signal(int)
    language_chosen = Signal(str)
    times_changed = Signal()
    paper_wanted = Signal(object)
    officers_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        desk: Desk,
        navigate: Navigate,  # noqa: ARG002  # every page is made with the same arguments
        notify: Notify,
        language: Language = Language.INDONESIAN,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._specs = {one.key: one for one in all_sections(self)}
        self._room = Room(theme, tasks, desk, notify, language)
        self._made: dict[str, Section] = {}
        self._current = ""
        self.list = SectionList(theme, [(one.key, one.title, one.icon) for one in self._specs.values()])
        self.combo = Combo(theme, self.tr("Bagian pengaturan"))
        for one in self._specs.values():
            self.combo.add(one.key, one.title)
        self._stack = QStackedWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.list.picked.connect(self.show_section)
        self.combo.chosen.connect(self.show_section)
        QShortcut(QKeySequence("Ctrl+S"), self, self._save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SIZES.page_x), px(SIZES.page_y), px(SIZES.page_x), 0)
        column.setSpacing(px(12))
        column.addWidget(PageHead(self._theme, self.tr("Pengaturan")))
        self._row.setSpacing(px(24) - RING_MARGIN)
        self._row.addWidget(self.list)
        self._row.addWidget(self.combo)
        self._row.addWidget(self._stack, 1)
        column.addLayout(self._row, 1)
        self.combo.hide()

    def minimumSizeHint(self) -> QSize:
        """Narrower than it likes to be: the list can stand above."""
        return QSize(self._theme.px(_LEAST), self._theme.px(320))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list gives way to a choice above where there is no room beside."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(_NARROW)
        comes, goes = (self.combo, self.list) if narrow else (self.list, self.combo)
        at_it: QWidget | None = self.focusWidget()  # Qt's stubs leave the None out
        comes.show()
        if at_it is not None and (at_it is goes or goes.isAncestorOf(at_it)):
            comes.setFocus()
        goes.hide()
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)
        self._row.setSpacing(self._theme.px(12 if narrow else 24) - RING_MARGIN)

    def activate(self, *_args: Any, section: str = "", **_arguments: Any) -> None:
        """Show a section, the one that was shown last where none is named."""
        self.show_section(section or self._current or next(iter(self._specs)))
        (self.combo if self.list.isHidden() else self.list).setFocus()

    def reload(self, kinds: frozenset[str]) -> None:  # noqa: ARG002  # whatever came may be told of here
        """Something changed: the section in front asks again."""
        if self._current:
            self._made[self._current].activate()

    def officer_changed(self) -> None:
        """Another role may use other cards."""
        for section in self._made.values():
            section.respect(self._room.desk.store.at_work)

    def may_close(self) -> bool:
        """A section that writes says no until it has ended."""
        for key, section in self._made.items():
            if not section.may_close():
                self.show_section(key)
                return False
        return True

    def show_section(self, key: str) -> None:
        """Bring a section to the front."""
        key = key if key in self._specs else next(iter(self._specs))
        section = self.section(key)
        self._current = key
        self._stack.setCurrentIndex(list(self._made).index(key))
        self.list.choose(key)
        self.combo.set_value(key)
        section.respect(self._room.desk.store.at_work)
        section.activate()

    def section(self, key: str) -> Section:
        """A section, made when it is first wanted."""
        if key not in self._made:
            made = self._specs[key].make(self._room)
            self._pass_on(made)
            self._made[key] = made
            self._stack.addWidget(self._scrolling(made))
        return self._made[key]

    def _pass_on(self, section: Section) -> None:
        """What a section says to the window, the page says."""
        for name in _SIGNALS:
            if (said := getattr(section, name, None)) is not None:
                said.connect(getattr(self, name))

    def current_section(self) -> str:
        """The key of the section in front."""
        return self._current

    def _scrolling(self, section: Section) -> QScrollArea:
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(RING_MARGIN, 0, self._theme.px(8), 0)  # the ring of a button at its edge has room
        row.addWidget(section, 1)
        row.addStretch(0)
        room = QScrollArea()
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.setWidget(middle)
        return room

    def _save(self) -> None:
        if self._current:
            self._made[self._current].save()
