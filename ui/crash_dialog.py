"""The dialog after a mistake of ours."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import TextEdit
from ui.widgets.labels import Glyph, TextLabel


class CrashDialog(QDialog):
    """What happened, what is safe, the report to copy, and the way on."""

    def __init__(self, theme: Theme, report: str) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(self.tr("Kesalahan program"))
        self.setMinimumWidth(theme.px(560))
        title = TextLabel(self.tr("Program melakukan kesalahan"), TextRole.SECTION, bold=True)
        words = self.tr(
            "Yang sudah tersimpan tetap aman di komputer ini. Anda boleh melanjutkan. "
            "Kirimkan laporan di bawah ini ke Diskominfotik; di dalamnya tidak ada data warga."
        )
        self._text = TextEdit(theme, lines=9)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Laporan kesalahan"))
        self._text.set_text(report)
        copy = KeyButton(theme, self.tr("Salin laporan"), Icon.COPY)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        go_on = KeyButton(theme, self.tr("Lanjutkan"), kind=ButtonKind.PRIMARY)
        go_on.setDefault(True)
        go_on.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(SIZES.gap_section)] * 4)
        column.setSpacing(theme.px(SIZES.gap_wide))
        head = QHBoxLayout()
        head.addWidget(Glyph(theme, Icon.ERROR, Colour.RED, SIZES.icon_large), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(title, 1)
        column.addLayout(head)
        column.addWidget(TextLabel(words, colour=Colour.TEXT_2, wrap=True))
        column.addWidget(self._text, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(go_on)
        column.addLayout(row)

    def report(self) -> str:
        """The text that *Salin laporan* copies."""
        return self._text.text()
