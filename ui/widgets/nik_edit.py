"""The NIK's field: clear while it is typed, masked as soon as it is left."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

from kelurahan_client.domain.nik import mask_nik
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.editors import LineEdit


class NikEdit(LineEdit):
    """`value()` is what was typed; `text()` may be the mask. The eye shows the number also while it is not edited."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, longest=40)
        self._value = ""
        self._revealed = False
        self._eye = self.add_trailing(Icon.SHOW, self.tr("Tampilkan NIK"))
        self._eye.triggered.connect(self._toggle)
        self.setAcceptDrops(False)  # a number dropped into the mask would be mixed with it
        self.textEdited.connect(self._take)

    def value(self) -> str:
        """What was typed, in clear."""
        return self._value

    def set_value(self, value: str) -> None:
        """Replace it silently; it is masked unless it is being edited."""
        self._value = value
        self._revealed = False
        self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the number to edit it."""
        self._show(editing=True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again, unless only a menu has opened."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._show(editing=False)

    def _take(self, text: str) -> None:
        self._value = text

    def _toggle(self) -> None:
        self._revealed = not self._revealed
        self._show()

    def _show(self, *, editing: bool | None = None) -> None:
        clear = self._revealed or (self.hasFocus() if editing is None else editing)
        shown = self._value if clear else mask_nik(self._value)
        if shown != self.text():
            self.setText(shown)
        icon = Icon.HIDE if self._revealed else Icon.SHOW
        self._eye.setIcon(self._theme.icon(icon, Colour.TEXT_2))
        name = self.tr("Sembunyikan NIK") if self._revealed else self.tr("Tampilkan NIK")
        self._eye.setText(name)
        self._eye.setToolTip(name)
