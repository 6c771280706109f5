"""The foot of the page: the stick at the left, the closing and the recap at the right."""

from kelurahan_client.services.day_close import DayView
from ui.day_close.model import close_words
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import PageFoot


class DayCloseFoot(PageFoot):
    """The buttons are connected by the page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.save = KeyButton(theme, self.tr("Simpan ke USB…"), Icon.USB)
        self.take = KeyButton(theme, self.tr("Ambil jawaban…"), Icon.IMPORT, kind=ButtonKind.QUIET)
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

    def show_view(self, view: DayView) -> None:
        """Offer what can be done with this day."""
        closed = view.closing is not None
        left = view.count.left_over
        self.reopen.setVisible(closed and view.count.day == view.today)
        self.close_day.setVisible(not closed)
        self.close_day.setEnabled(not closed)
        self.close_day.set_text(close_words(left))
        self.close_day.set_kind(ButtonKind.SECONDARY if left else ButtonKind.PRIMARY)
        self.print.setEnabled(closed)
        self.print.set_kind(ButtonKind.PRIMARY if closed else ButtonKind.SECONDARY)

    def set_busy(self, busy: bool) -> None:
        """A stick is being written or read."""
        self.save.setEnabled(not busy)
        self.take.setEnabled(not busy)
