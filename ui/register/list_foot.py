"""The foot of the list: how many of how many, and what the glyphs mean."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.labels import ElidedLabel, Glyph, TextLabel


class ListFoot(QFrame):
    """One line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "quiet")
        self.setFixedHeight(theme.px(32))
        self._count = ElidedLabel("", TextRole.CAPTION, Colour.TEXT_2)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 1, theme.px(16), 0)
        row.setSpacing(theme.px(4))
        row.addWidget(self._count, 1)
        legend = (
            (Icon.SIGNED, Colour.GREEN, self.tr("ditandatangani server")),
            (Icon.UNSENT, Colour.TEXT_2, self.tr("belum terkirim")),
            (Icon.CONFLICT, Colour.RED, self.tr("konflik")),
        )
        for icon, colour, words in legend:
            row.addSpacing(theme.px(8))
            row.addWidget(Glyph(theme, icon, colour, SIZES.icon_small))
            row.addWidget(TextLabel(words, TextRole.CAPTION, Colour.TEXT_2))

    def set_count(self, shown: int, total: int, *, more: bool) -> None:
        """`shown` of `total`; `more` where a search found more than are listed."""
        if more:
            words = self.tr("{n} terbaru yang cocok; tambah kata untuk mempersempit")
            self._count.setText(words.format(n=number(shown)))
        else:
            words = self.tr("{n} dari {total} pengaduan")
            self._count.setText(words.format(n=number(shown), total=number(max(shown, total))))

    def text(self) -> str:
        """The count as shown."""
        return self._count.text()
