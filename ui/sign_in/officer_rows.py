"""The officers below each other, each with what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.roles import ROLE_WORDS
from kelurahan_client.services.officers import OfficerView
from ui.frame.top_bar import Avatar
from ui.language import said
from ui.sign_in.officer_form import Work
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.icon_button import IconButton
from ui.widgets.labels import ElidedLabel, TextLabel, hairline


class OfficerRows(QWidget):
    """`asked` carries a Work and the id of the officer concerned."""

    asked = Signal(object, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName(self.tr("Petugas loket ini"))

    def set_people(self, people: Sequence[OfficerView], *, changeable: bool) -> None:
        """Show these; with what can be done about them where that is allowed."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, one in enumerate(people):
            if at:
                self._column.addWidget(hairline())
            self._column.addWidget(self._row(one, changeable=changeable))

    def _row(self, one: OfficerView, *, changeable: bool) -> QWidget:
        px = self._theme.px
        row = QWidget()
        row.setMinimumHeight(px(56))
        line = QHBoxLayout(row)
        line.setContentsMargins(px(16), px(8), px(12), px(8))
        line.setSpacing(px(12))
        line.addWidget(Avatar(self._theme, one.name))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(one.name, bold=True))
        role = said(ROLE_WORDS[one.role])
        if one.at_work:
            role = self.tr("{role} · sedang masuk").format(role=role)
        words.addWidget(TextLabel(role, TextRole.CAPTION, Colour.TEXT_2))
        line.addLayout(words, 1)
        if not one.has_pin:
            line.addWidget(TextLabel(self.tr("Belum punya PIN"), TextRole.CAPTION, Colour.AMBER_TEXT))
        if changeable:
            for button in self._buttons(one):
                line.addWidget(button)
        return row

    def _buttons(self, one: OfficerView) -> list[QWidget]:
        change = IconButton(self._theme, Icon.EDITED, self.tr("Ubah nama dan peran {name}").format(name=one.name))
        change.clicked.connect(lambda: self.asked.emit(Work.CHANGE, one.id))
        if one.at_work:
            return [change]
        pin = KeyButton(self._theme, self.tr("PIN baru…"), kind=ButtonKind.QUIET, dense=True)
        pin.setAccessibleDescription(one.name)
        pin.clicked.connect(lambda: self.asked.emit(Work.NEW_PIN, one.id))
        retire = IconButton(self._theme, Icon.TRASH, self.tr("{name} tidak bertugas lagi").format(name=one.name))
        retire.clicked.connect(lambda: self.asked.emit(Work.RETIRE, one.id))
        return [pin, change, retire]
