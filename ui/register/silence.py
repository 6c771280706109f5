"""Above the list of what was resolved and never spoken of again: closing all of it, with the reason that is kept."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from kelurahan_client.domain.roles import Right, who_may
from kelurahan_client.errors import LaporError
from kelurahan_client.services import silence
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from ui.figures import number
from ui.frame.page import Notify
from ui.language import said
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel
from ui.widgets.notices import Banner


class SilenceStrip(Card):
    """Hidden unless the list is one of what is silent. `closed`: the list has changed."""

    closed = Signal()

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, notify: Notify) -> None:
        super().__init__(theme, padding=12)
        self._tasks = tasks
        self._desk = desk
        self._notify = notify
        self._wanted = ListFilter()
        self.setAccessibleName(self.tr("Selesai dan diam"))
        self.words = TextLabel("", colour=Colour.TEXT_2, wrap=True)
        self.close_all = KeyButton(theme, "", Icon.CHECK, kind=ButtonKind.PRIMARY)
        self.close_all.clicked.connect(self._close)
        self.error = Banner(theme, closable=True)
        self.error.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.words, 1)
        row.addWidget(self.close_all)
        self.body.addLayout(row)
        self.body.addWidget(self.error)
        self.hide()

    def show_list(self, wanted: ListFilter, count: int) -> None:
        """Another list is shown, with so many lines."""
        self._wanted = wanted
        self.setVisible(wanted.silent_since is not None and count > 0)
        if self.isHidden():
            self.error.hide()
            return
        now = min(count, silence.MOST)
        self.words.setText(
            self.tr("Yang dicatat di riwayat: “{reason}” Dalam 10 hari kerja masih dapat dibuka kembali.").format(
                reason=said(silence.REASON)
            )
        )
        self.close_all.set_text(self.tr("Tutup {n} pengaduan").format(n=number(now)), Icon.CHECK)
        self.close_all.setEnabled(True)
        self.close_all.setToolTip(self.tr("Untuk {roles}").format(roles=said(who_may(Right.STEP))))

    def _close(self) -> None:
        self.close_all.setEnabled(False)  # a second press would be a double click
        self.error.hide()
        work = partial(silence.close_silent, self._desk, self._wanted)
        self._tasks.database(work, self._done, failed=self._refused, owner=self)

    def _done(self, closed: list[str]) -> None:
        self.closed.emit()
        self._notify(self.tr("{n} pengaduan ditutup karena diam.").format(n=number(len(closed))), None)

    def _refused(self, error: LaporError) -> None:
        self.close_all.setEnabled(True)
        self.error.show_error(error)
