"""What was resolved and never spoken of again, for whoever may close it: a line that leads to the list."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from kelurahan_client.services.desk import Desk
from kelurahan_client.services.silence import MOST, silent_filter
from ui.figures import number
from ui.frame.page import Navigate
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import Glyph, TextLabel


class SilenceRow(QFrame):
    """Hidden while there is none."""

    def __init__(self, theme: Theme, desk: Desk, navigate: Navigate) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.words = TextLabel("", wrap=True)
        self.look = KeyButton(theme, self.tr("Lihat dan tutup"), Icon.LIST, kind=ButtonKind.QUIET, dense=True)
        self.look.clicked.connect(lambda: navigate("register", list_filter=silent_filter(desk)))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(6), theme.px(10), theme.px(6))
        row.setSpacing(theme.px(8))
        row.addWidget(Glyph(theme, Icon.RESOLVED, Colour.TEXT_2, SIZES.icon))
        row.addWidget(self.words, 1)
        row.addWidget(self.look)
        self.hide()

    def show_count(self, count: int) -> None:
        """So many may be closed."""
        words = self.tr("{n} pengaduan selesai tanpa kabar selama 10 hari kerja dan dapat ditutup.")
        many = self.tr("Lebih dari {n}").format(n=number(MOST)) if count > MOST else number(count)
        self.words.setText(words.format(n=many))
        self.setAccessibleName(self.words.text())
        self.setVisible(count > 0)
