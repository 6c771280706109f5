"""What every section of the settings is made with, and the parts that they share."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.roles import Officer, Right, may, who_may
from kelurahan_client.services.desk import Desk
from ui.frame.page import Notify
from ui.language import Language, said
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.labels import Glyph, TextLabel


@dataclass(frozen=True, slots=True)
class Room:
    """What a section works with: look, workers, data, and the line at the bottom."""

    theme: Theme
    tasks: Tasks
    desk: Desk
    notify: Notify
    language: Language = Language.INDONESIAN  # as chosen for the next start


class Section(QWidget):
    """A title, a sentence, and cards in `column`. It is made when it is first chosen."""

    def __init__(self, room: Room, title: str, sentence: str = "") -> None:
        super().__init__()
        self.room = room
        px = room.theme.px
        self.setMaximumWidth(px(SIZES.form_max))
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, px(SIZES.page_y))
        self.column.setSpacing(px(12))
        self.column.addWidget(TextLabel(title, TextRole.SECTION, bold=True))
        if sentence:
            self.column.addWidget(TextLabel(sentence, colour=Colour.TEXT_2, wrap=True))
        self._guarded: list[tuple[Right, QWidget, Remark]] = []

    def guard(self, right: Right, card: QWidget) -> None:
        """A card of `column` that only some roles may use: others see it at rest, and read who may."""
        words = self.tr("Diatur oleh {roles}.").format(roles=said(who_may(right)))
        remark = Remark(self.room.theme, words, Icon.LOCK)
        remark.hide()
        self.column.insertWidget(self.column.indexOf(card), remark)
        self._guarded.append((right, card, remark))

    def respect(self, officer: Officer | None) -> None:
        """Somebody is at work here; None on a desk without officers."""
        for right, card, remark in self._guarded:
            allowed = may(officer.duty if officer is not None else None, right)
            card.setEnabled(allowed)
            remark.setVisible(not allowed)

    def activate(self) -> None:
        """It was brought to the front: ask for what is shown."""

    def save(self) -> None:
        """Ctrl+S."""

    def may_close(self) -> bool:
        """Whether the window may close now."""
        return True


class Facts(QWidget):
    """Names and values in two columns; the values can be selected and copied."""

    def __init__(self, theme: Theme, names: Sequence[str]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        self._values: list[TextLabel] = []
        for row, name in enumerate(names):
            label = TextLabel(name, colour=Colour.TEXT_2)
            value = TextLabel("–", wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(name)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self._values.append(value)

    def set_values(self, values: Sequence[str]) -> None:
        """Show the values, in the order of the names."""
        for label, value in zip(self._values, values, strict=True):
            # A long path has no place to break in but where it is given one.
            label.setText(value.replace("/", "/\u200b").replace("\\", "\\\u200b") if len(value) > 40 else value)

    def values(self) -> list[str]:
        """What is shown."""
        return [label.text().replace("\u200b", "") for label in self._values]


class Remark(QWidget):
    """A glyph and a sentence that explains; `set` says something else."""

    def __init__(self, theme: Theme, text: str = "", icon: Icon = Icon.INFO, colour: Colour = Colour.TEXT_2) -> None:
        super().__init__()
        self._glyph = Glyph(theme, icon, colour, SIZES.icon)
        self._words = TextLabel(text, colour=Colour.TEXT_2, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        if not text:
            self.hide()

    def set(self, text: str, icon: Icon = Icon.INFO, colour: Colour = Colour.TEXT_2) -> None:
        """Say something; "" says nothing."""
        self._words.setText(text)
        self._glyph.set(icon, colour)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What is said."""
        return self._words.text()


def commands(theme: Theme, *buttons: QWidget) -> QLayout:
    """Buttons side by side, at the left."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
