"""The number of an error, small: a press copies it."""

from PySide6.QtGui import QGuiApplication

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton


class CodeButton(KeyButton):
    """For whoever sends the number to the city's admin; hidden while there is none."""

    def __init__(self, theme: Theme, kind: ButtonKind = ButtonKind.QUIET) -> None:
        super().__init__(theme, "", Icon.COPY, kind=kind, dense=True)
        self.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        self.show_code("")

    def show_code(self, code: str) -> None:
        """Show this number, or nothing for ""."""
        self.set_text(code, Icon.COPY)
        self.setAccessibleName(self.tr("Salin kode {code}").format(code=code))
        self.setToolTip(self.accessibleName())
        self.setVisible(bool(code))
