"""The foot of the page: what is still missing, and the two ways out."""

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import PageFoot
from ui.widgets.labels import ElidedLabel, Glyph, TextLabel

LARGE = 110  # per cent; above it one line has less room than its words


class IntakeFoot(PageFoot):
    """`save_button` and `discard_button` are connected by the page.

    In large type all words share one line, which is shortened where it must be.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._glyph = Glyph(theme, Icon.WARNING, Colour.AMBER)
        self._bold = TextLabel("", colour=Colour.AMBER_TEXT, bold=True)
        self._rest = ElidedLabel("", colour=Colour.AMBER_TEXT)
        self.left.addWidget(self._glyph)
        self.left.addWidget(self._bold)
        self.left.addWidget(self._rest, 1)
        self.discard_button = KeyButton(theme, self.tr("Buang draf"), Icon.TRASH, kind=ButtonKind.DANGER_QUIET)
        self.save_button = KeyButton(
            theme, self.tr("Simpan pengaduan"), Icon.SAVE, key="Ctrl+S", kind=ButtonKind.PRIMARY, binds=True
        )
        self._large = theme.scale > LARGE
        if self._large:
            self._bold.hide()
            self.save_button.set_key("")  # it works all the same
            self.discard_button.setText(self.tr("Buang"))
        self.right.addWidget(self.discard_button)
        self.right.addWidget(self.save_button)

    def show_left(self, beginning: str, rest: str, *, quiet: bool) -> None:
        """Say what is missing; both "" when nothing is. `quiet` while nobody has typed anything yet."""
        words = Colour.TEXT_2 if quiet or not beginning else Colour.AMBER_TEXT
        icon = Icon.CHECK if not beginning else Icon.INFO if quiet else Icon.WARNING
        self._glyph.set(icon, Colour.TEXT_2 if quiet or not beginning else Colour.AMBER)
        for label, text in ((self._bold, beginning or self.tr("Lengkap.")), (self._rest, rest)):
            label.setText(text)
            label.set_colour(words)
        if not beginning:
            self._rest.setText(self.tr("Siap disimpan."))
        if self._large:
            self._rest.setText(f"{self._bold.text()} {self._rest.text()}".strip())

    def words(self) -> str:
        """What is said."""
        return self._rest.text() if self._large else f"{self._bold.text()} {self._rest.text()}".strip()
