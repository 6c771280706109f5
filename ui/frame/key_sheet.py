"""The sheet of keys: for everybody who comes here twice a week."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.frame.page import PageSpec
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.chips import Chip
from ui.widgets.labels import TextLabel


class KeySheet(QDialog):
    """Two columns: the pages with their keys, and the keys that work everywhere."""

    def __init__(self, theme: Theme, pages: Sequence[PageSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tombol pintas"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(SIZES.gap_section)] * 4)
        column.setSpacing(theme.px(SIZES.gap_double))
        column.addWidget(TextLabel(self.tr("Tombol pintas"), TextRole.SECTION, bold=True))
        halves = QHBoxLayout()
        halves.setSpacing(theme.px(SIZES.gap_section * 2))
        self._rows: list[tuple[str, str]] = []
        rows = [(page.title, [*([page.shortcut] if page.shortcut else []), f"Ctrl+{at}"])
                for at, page in enumerate(pages, start=1)]  # fmt: skip
        halves.addLayout(self._table(theme, self.tr("Halaman"), rows))
        halves.addLayout(self._table(theme, self.tr("Di mana saja"), self._everywhere()))
        column.addLayout(halves)
        foot = QHBoxLayout()
        foot.addStretch(1)
        close = KeyButton(theme, self.tr("Tutup"), key="Esc", kind=ButtonKind.PRIMARY)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        column.addLayout(foot)

    def rows(self) -> list[tuple[str, str]]:
        """What each key does: (action, key)."""
        return list(self._rows)

    def _everywhere(self) -> list[tuple[str, list[str]]]:
        return [
            (self.tr("Simpan"), ["Ctrl+S"]),
            (self.tr("Cetak tanda terima"), ["Ctrl+P"]),
            (self.tr("Urungkan yang baru saja dilakukan"), ["Ctrl+Z"]),
            (self.tr("Kirim dan terima sekarang"), ["F9"]),
            (self.tr("Kunci, ganti petugas"), ["Ctrl+L"]),
            (self.tr("Kembali"), ["Esc"]),
            (self.tr("Isian berikutnya, sebelumnya"), ["Tab", "Shift+Tab"]),
            (self.tr("Bantuan halaman ini"), ["F1"]),
            (self.tr("Lembar ini"), ["?"]),
        ]

    def _table(self, theme: Theme, title: str, rows: Sequence[tuple[str, list[str]]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(SIZES.gap_section))
        grid.setVerticalSpacing(theme.px(SIZES.gap))
        grid.addWidget(TextLabel(title, TextRole.LABEL, Colour.TEXT_2, bold=True), 0, 0, 1, 2)
        for at, (action, keys) in enumerate(rows, start=1):
            grid.addWidget(TextLabel(action), at, 0)
            shown = QHBoxLayout()
            shown.setSpacing(theme.px(SIZES.gap_half))
            for key in keys:
                shown.addWidget(Chip(theme, key, outline=True))
                self._rows.append((action, key))
            shown.addStretch(1)
            grid.addLayout(shown, at, 1)
        grid.setRowStretch(len(rows) + 1, 1)
        return grid
