"""The foot of the page: the stick at the left, the closing and the recap at the right."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from kelurahan_client.services.day_close import DayView
from ui.day_close.model import close_words
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import PageFoot

_ROOMY = 940  # design pixels


class DayCloseFoot(PageFoot):
    """The buttons are connected by the page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._narrow = False
        self._left_over = 0
        self.save = KeyButton(theme, self.tr("Simpan ke USB…"), Icon.USB)
        self.take = KeyButton(theme, self.tr("Ambil jawaban…"), Icon.IMPORT, kind=ButtonKind.QUIET)
        self.save.setAccessibleName(self.tr("Simpan ke USB"))
        self.take.setAccessibleName(self.tr("Ambil jawaban dari USB"))
        self.reopen = KeyButton(theme, self.tr("Buka kembali…"), Icon.UNDO, kind=ButtonKind.QUIET)
        self.close_day = KeyButton(theme, self.tr("Tutup hari"), Icon.DAY_CLOSE, kind=ButtonKind.PRIMARY)
        self.print = KeyButton(
            theme, self.tr("Cetak rekap"), Icon.PRINT, key="Ctrl+P", kind=ButtonKind.PRIMARY, binds=True
        )
        self.left.addWidget(self.save)
        self.left.addWidget(self.take)
        self.left.addStretch(1)
        for button in (self.reopen, self.close_day, self.print):
            self.right.addWidget(button)
        self.reopen.hide()
        for button in (self.close_day, self.print):
            button.setEnabled(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorter words where there is little room; what cannot be pressed is left out."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(_ROOMY)
        if narrow != self._narrow:
            self._narrow = narrow
            self.save.setText(self.tr("Ke USB…") if narrow else self.tr("Simpan ke USB…"))
            self.take.setText(self.tr("Dari USB…") if narrow else self.tr("Ambil jawaban…"))
            self._say_how_it_closes()
            self.print.setVisible(self.print.isEnabled() or not narrow)
            for button in (self.save, self.take):
                button.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As in the narrow form."""
        return QSize(0, super().minimumSizeHint().height())

    def show_view(self, view: DayView) -> None:
        """Offer what can be done with this day."""
        closed = view.closing is not None
        left = self._left_over = view.count.left_over
        self.reopen.setVisible(closed and view.count.day == view.today)
        self.close_day.setVisible(not closed)
        self.close_day.setEnabled(not closed)
        self._say_how_it_closes()
        self.close_day.set_kind(ButtonKind.SECONDARY if left else ButtonKind.PRIMARY)
        self.print.setEnabled(closed)
        self.print.setVisible(closed or not self._narrow)
        self.print.set_kind(ButtonKind.PRIMARY if closed else ButtonKind.SECONDARY)

    def _say_how_it_closes(self) -> None:
        """With how much is left over, where there is room; the steps say it too."""
        short = self._narrow and self._left_over
        self.close_day.set_text(self.tr("Tutup hari…") if short else close_words(self._left_over))

    def set_busy(self, busy: bool) -> None:
        """A stick is being written or read."""
        self.save.setEnabled(not busy)
        self.take.setEnabled(not busy)
