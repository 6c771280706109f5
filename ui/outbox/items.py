"""The lists of the outbox: chips, the newest lines of the chosen one, and the way to all of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.figures import number
from ui.outbox.item_row import ItemRow
from ui.outbox.model import ItemView
from ui.outbox.tabs import OutboxTabs
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import TextLabel, hairline

_SHOWN = 5


class OutboxItems(QWidget):
    """`complaint_asked`: a line's button, with page and complaint. `list_asked`: all of the chosen kind.

    `again_asked`: what was refused of a complaint is to be sent again; `send_asked`: a file is. `imports_asked`: it is
    of undone imports.
    """

    complaint_asked = Signal(str, str)
    again_asked = Signal(str)
    send_asked = Signal()
    list_asked = Signal(str)
    imports_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._views: Mapping[str, Sequence[ItemView]] = {}
        self._counts: Mapping[str, int] = {}
        self._withdrawn = 0
        self._kind = "waiting"
        self._chosen_by_person = False
        self.tabs = OutboxTabs(theme)
        self.tabs.chosen.connect(self._choose)
        self._lines: list[ItemRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._empty = TextLabel("", colour=Colour.TEXT_2)
        pad = theme.px(16)
        self._empty.setContentsMargins(pad, pad, pad, pad)
        self.more = KeyButton(theme, "", Icon.RIGHT, kind=ButtonKind.QUIET, dense=True)
        self.more.set_icon_last()
        self.more.clicked.connect(self._go_on)
        self._rest = TextLabel("", TextRole.CAPTION, Colour.TEXT_2)
        self._rest.setContentsMargins(pad, theme.px(8), pad, theme.px(8))
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(theme.px(4), theme.px(2), pad, theme.px(2))
        below.addWidget(self.more)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addLayout(self._rows)
        column.addWidget(self._empty)
        column.addWidget(self._rest)
        column.addWidget(self._below)
        self._below.hide()

    def begin(self) -> None:
        """The popup opens anew: the first list that has something to do."""
        self._chosen_by_person = False

    def show_items(
        self, views: Mapping[str, Sequence[ItemView]], counts: Mapping[str, int], *, withdrawn: int = 0
    ) -> None:
        """The newest lines of each kind, how many wait or must be looked at, and how many complaints no list has."""
        self._views, self._counts, self._withdrawn = views, counts, withdrawn
        self.tabs.set_counts({kind: number(count) for kind, count in counts.items()})
        if not self._chosen_by_person or (self._kind == "files" and not counts["files"]):
            self._kind = next((kind for kind in ("waiting", "files", "rejected") if counts[kind]), "waiting")
            self.tabs.choose(self._kind)
        self._fill()

    def rows(self) -> list[ItemRow]:
        """The lines in view."""
        return list(self._lines)

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self._chosen_by_person = True
        self._fill()

    def _fill(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = []
        for view in self._views.get(self._kind, ())[:_SHOWN]:
            line = ItemRow(self._theme, view)
            line.asked.connect(self.complaint_asked)
            line.again_asked.connect(self.send_asked if view.is_file else self.again_asked)
            self._lines.append(line)
            self._rows.addWidget(hairline())
            self._rows.addWidget(line)
        left = self._left()
        files_left = self._counts.get("files", 0) - len(self._lines) if self._kind == "files" else 0
        self._rest.setText(self.tr("dan {n} lampiran lagi").format(n=number(files_left)))
        self._rest.setVisible(files_left > 0)
        if left or files_left > 0:
            self._rows.addWidget(hairline())
        self._empty.setText(self._empty_words())
        self._empty.setVisible(not self._lines)
        self._below.setVisible(bool(left))
        self.more.set_text(left)

    def _left(self) -> str:
        """The words of the way to the rest; the number of all that was ever sent says nothing."""
        if self._kind == "files":  # no list of complaints has as many lines
            return ""
        if self._kind == "answered":
            return self.tr("Buka daftar lengkap") if len(self._views.get(self._kind, ())) > _SHOWN else ""
        left = self._counts.get(self._kind, 0) - len(self._lines)
        if left <= 0:
            return ""
        if self._only_withdrawn():
            return self.tr("{n} lagi dari impor yang dibatalkan").format(n=number(left))
        if self._kind == "waiting" and self._withdrawn:  # the list is shorter than what is left
            return self.tr("Buka daftar lengkap")
        return self.tr("{n} lagi, buka daftar lengkap").format(n=number(left))

    def _only_withdrawn(self) -> bool:
        return self._kind == "waiting" and self._withdrawn >= self._counts.get("waiting", 0)

    def _go_on(self) -> None:
        if self._only_withdrawn():
            self.imports_asked.emit()
        else:
            self.list_asked.emit(self._kind)

    def _empty_words(self) -> str:
        return {
            "waiting": self.tr("Tidak ada yang menunggu dikirim."),
            "files": self.tr("Tidak ada yang menunggu dikirim."),
            "rejected": self.tr("Tidak ada yang perlu dilihat."),
            "answered": self.tr("Belum ada yang ditandatangani server kota."),
        }[self._kind]
