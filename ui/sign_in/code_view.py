"""The recovery code, shown once: to print or to write down, and only then one goes on."""

from PySide6.QtCore import QMetaMethod, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.choices import CheckBox
from ui.widgets.labels import TextLabel


class CodeView(QWidget):
    """`kept` is emitted when the person has said that the code is on paper; `print_requested` carries the code."""

    kept = Signal()
    print_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._code = ""
        self._lines = [TextLabel("", TextRole.TITLE, bold=True) for _ in range(2)]
        self.print_button = KeyButton(theme, self.tr("Cetak"), Icon.PRINT, key="Ctrl+P", binds=True)
        self.copy_button = KeyButton(theme, self.tr("Salin"), Icon.COPY)
        self.sure = CheckBox(theme, self.tr("Kode sudah dicetak atau ditulis, dan disimpan."))
        self.done_button = KeyButton(
            theme, self.tr("Selesai", "a step"), Icon.RIGHT, key="Enter", kind=ButtonKind.PRIMARY
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(TextLabel(self.tr("Kode pemulihan"), TextRole.TITLE, bold=True, wrap=True))
        column.addWidget(
            TextLabel(
                self.tr(
                    "Kode ini membuka data bila semua PIN terlupa. Cetak, lalu simpan di lemari yang terkunci. "
                    "Kode hanya tampil sekali."
                ),
                colour=Colour.TEXT_2,
                wrap=True,
            )
        )
        column.addSpacing(theme.px(4))
        column.addWidget(self._card(theme))
        column.addWidget(self.sure)
        column.addSpacing(theme.px(4))
        column.addWidget(self.done_button)
        column.addStretch(1)
        self.done_button.setEnabled(False)
        self.sure.toggled.connect(self.done_button.setEnabled)
        self.done_button.clicked.connect(self._finish)
        self.copy_button.clicked.connect(self._copy)
        self.print_button.clicked.connect(lambda: self.print_requested.emit(self._code))
        self.setAccessibleName(self.tr("Kode pemulihan"))

    def _card(self, theme: Theme) -> Card:
        card = Card(theme)
        for line in self._lines:
            font = QFont(theme.font(TextRole.TITLE, bold=True))
            font.setFamilies(["Consolas", "DejaVu Sans Mono", "Noto Sans Mono", "monospace"])
            font.setStyleHint(QFont.StyleHint.Monospace)
            line.setFont(font)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.body.addWidget(line)
        commands = QHBoxLayout()
        commands.setSpacing(theme.px(8))
        commands.addWidget(self.print_button)
        commands.addWidget(self.copy_button)
        commands.addStretch(1)
        card.body.addSpacing(theme.px(4))
        card.body.addLayout(commands)
        return card

    def show_code(self, code: str) -> None:
        """Show a code; the promise about the one before does not count."""
        self._code = code
        groups = code.split("-")
        half = len(groups) // 2
        for line, part in zip(self._lines, (groups[:half], groups[half:]), strict=True):
            line.setText("  ".join(part))
            line.setAccessibleName(" ".join(" ".join(group) for group in part))
        self.sure.setChecked(False)
        self.sure.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        """The code that is shown."""
        return self._code

    def showEvent(self, event: QShowEvent) -> None:
        """A button for printing only where somebody prints."""
        super().showEvent(event)
        self.print_button.setVisible(self.isSignalConnected(QMetaMethod.fromSignal(self.print_requested)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self.copy_button.set_text(self.tr("Tersalin"), Icon.CHECK)

    def _finish(self) -> None:
        self._code = ""
        for line in self._lines:
            line.setText("")
        self.kept.emit()
