"""What can be done in the outbox."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton


class OutboxFoot(QWidget):
    """Buttons for whoever connects them; `decide` is there only while something is to be decided."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.send = KeyButton(
            theme, self.tr("Kirim sekarang"), Icon.EXCHANGE, key="F9", kind=ButtonKind.PRIMARY, binds=True
        )
        self.save = KeyButton(theme, self.tr("Simpan ke USB…"), Icon.USB)
        self.take = KeyButton(theme, self.tr("Ambil jawaban dari USB…"), Icon.IMPORT, kind=ButtonKind.QUIET, dense=True)
        self.decide = KeyButton(theme, "", Icon.CONFLICT, kind=ButtonKind.DANGER_QUIET, dense=True)
        self.decide.hide()
        self.dismiss = KeyButton(theme, self.tr("Tutup"), key="Esc", kind=ButtonKind.QUIET, binds=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(10), theme.px(8), theme.px(8))
        column.setSpacing(theme.px(4))
        for before, last in (((self.send, self.save), self.dismiss), ((self.take,), self.decide)):
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            for button in before:
                row.addWidget(button)
            row.addStretch(1)
            row.addWidget(last)
            column.addLayout(row)

    def set_conflicts(self, count: int) -> None:
        """How many fields wait for a decision."""
        self.decide.set_text(self.tr("Putuskan {n} konflik").format(n=number(count)))
        self.decide.setVisible(bool(count))
