"""The dark side of the first screens: the mark, the names, the cloth."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kelurahan_client import __version__
from ui.setup.sasirangan import BAND_WIDTH, SasiranganBand
from ui.theme.mark_icon import mark_icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.labels import TextLabel

_WORDS_WIDTH = 352


class SidePanel(QWidget):
    """Words on the left, the band on the right; in a narrow window the words give way, then the band."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._place = TextLabel("", TextRole.SECTION, Colour.ON_RAIL_ACTIVE, bold=True, wrap=True)
        self._district = TextLabel("", TextRole.BODY, Colour.RAIL_TEXT, wrap=True)
        self._words = QWidget()
        self._words.setFixedWidth(theme.px(_WORDS_WIDTH))
        self._band = SasiranganBand(theme)
        mark = QLabel()
        mark.setPixmap(mark_icon(theme).pixmap(theme.px(48), theme.px(48)))
        column = QVBoxLayout(self._words)
        pad = theme.px(48)
        column.setContentsMargins(pad, pad, theme.px(24), theme.px(40))
        column.setSpacing(theme.px(4))
        column.addWidget(mark)
        column.addSpacing(theme.px(20))
        column.addWidget(TextLabel("Lapor Kelurahan", TextRole.TITLE, Colour.ON_RAIL_ACTIVE, bold=True))
        column.addWidget(TextLabel(self.tr("Pemerintah Kota Banjarmasin"), TextRole.BODY, Colour.RAIL_TEXT))
        column.addStretch(1)
        column.addWidget(self._place)
        column.addWidget(self._district)
        column.addSpacing(theme.px(12))
        version = self.tr("Versi {version}").format(version=__version__)
        column.addWidget(TextLabel(version, TextRole.CAPTION, Colour.RAIL_TEXT_2))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._words)
        row.addWidget(self._band)

    def set_place(self, office: str, district: str) -> None:
        """Show where this desk belongs; "" while nobody knows."""
        self._place.setText(office)
        self._district.setText(district)

    def leave_room(self, width: int, needed: int) -> None:
        """Show as much of the panel as leaves `needed` of `width` pixels."""
        left = width - needed
        band, words = self._theme.px(BAND_WIDTH), self._theme.px(_WORDS_WIDTH)
        self._words.setVisible(left >= band + words)
        self._band.setVisible(left >= band)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dark ground."""
        QPainter(self).fillRect(self.rect(), self._theme.colour(Colour.RAIL))
