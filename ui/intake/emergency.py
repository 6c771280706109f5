"""Darurat? Hubungi 112: read before anything else is typed."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour
from ui.widgets.labels import ElidedLabel, Glyph, TextLabel


class EmergencyNotice(QFrame):
    """One line that is always there; in a narrow window its second half is shortened.

    It becomes an alarm where the text speaks of an emergency.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("surface", "red")
        self.setFixedHeight(theme.px(SIZES.button))
        self._call = TextLabel(self.tr("Darurat? Hubungi 112."), colour=Colour.RED_TEXT, bold=True)
        self._rest = ElidedLabel(self.tr("Kebakaran, tenggelam, kekerasan: jangan menunggu."), colour=Colour.TEXT_2)
        self._usual = self._rest.text()
        self._glyph = Glyph(theme, Icon.EMERGENCY, Colour.RED)
        self.setAccessibleName(self.words())
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        row.setSpacing(theme.px(5))
        row.addWidget(self._glyph)
        row.addSpacing(theme.px(3))
        row.addWidget(self._call)
        row.addWidget(self._rest, 1)

    def show_hint(self, emergency: str) -> None:
        """Say what the text speaks of (`kebakaran`); "" is the usual line."""
        hint = self.tr("Tertulis {what}: masih terjadi? Telepon dulu, isi kemudian.").format(what=emergency)
        self._rest.setText(hint if emergency else self._usual)
        self._rest.set_colour(Colour.RED_TEXT if emergency else Colour.TEXT_2)
        self._glyph.set(Icon.WARNING if emergency else Icon.EMERGENCY, Colour.RED)
        if self.words() != self.accessibleName():
            self.setAccessibleName(self.words())

    def words(self) -> str:
        """What is said."""
        return f"{self._call.text()} {self._rest.text()}"

    def whole_width(self) -> int:
        """Pixels that the whole sentence needs."""
        theme = self._theme
        words = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self._call.text())
        words += QFontMetrics(theme.font()).horizontalAdvance(self._usual)
        return words + theme.px(2 * 14 + SIZES.icon + 3 + 3 * 5) + 4
