"""*Catatan*: who saw, exported and printed what, who signed in, who changed officers."""

from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from kelurahan_client.domain.roles import Officer, Right, may, who_may
from kelurahan_client.errors import LaporError
from kelurahan_client.services import audit, audit_export
from kelurahan_client.services.audit import AuditFilter
from kelurahan_client.services.desk import Desk
from ui.figures import number
from ui.language import said
from ui.register.files import ChooseCopy, choose_target
from ui.settings.audit_filters import AuditFilters
from ui.settings.audit_rows import AuditRows
from ui.settings.section import Remark, Room, Section
from ui.tasks import Running, Worker
from ui.theme.icons import Icon
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.progress import ProgressLine
from ui.widgets.table import Table

_LEAST_ROWS = 7
_WIDEST = 1040  # design pixels: a table has more to say than a form
_WIDTHS = (170, 210, None)


class AuditSection(Section):
    """For the Lurah and the admin desk; others read who may. `choose` asks where the workbook goes."""

    def __init__(self, room: Room, choose: ChooseCopy = choose_target) -> None:
        super().__init__(
            room,
            self.tr("Catatan", "log"),
            self.tr("Siapa melihat, mengekspor, dan mencetak apa. Pengaduan disebut dengan nomornya, tanpa identitas."),
        )
        theme = room.theme
        self.choose = choose
        self._wanted: AuditFilter | None = AuditFilter()
        self._running: Running | None = None
        self._allowed = False
        self.setMaximumWidth(theme.px(_WIDEST))
        self.filters = AuditFilters(theme)
        self.rows = AuditRows(room.desk.today(), self._load)
        self.table = Table(theme, self.tr("Catatan", "log"))
        self.empty = EmptyState(theme, Icon.HISTORY, self.tr("Tidak ada catatan yang cocok"))
        self.count = TextLabel("", TextRole.CAPTION, Colour.TEXT_2)
        self.export = KeyButton(theme, self.tr("Ekspor XLSX…"), Icon.EXPORT)
        self.progress = ProgressLine(theme, self.tr("Menulis berkas"))
        self.banner = Banner(theme, closable=True)
        self.refused = Remark(theme, self.tr("Dilihat oleh {roles}.").format(roles=said(who_may(Right.LOG))), Icon.LOCK)
        self.card = Card(theme)
        self._stack = QStackedWidget()
        self._build()
        self.filters.changed.connect(self.activate)
        self.export.clicked.connect(self._export)
        self.progress.cancelled.connect(self._stop)

    def _build(self) -> None:
        px = self.room.theme.px
        self.table.setModel(self.rows)
        self.table.rows_shown.connect(self.rows.show_rows)
        self.table.set_widths(*_WIDTHS)
        self.table.setMinimumHeight(px(SIZES.row_head + _LEAST_ROWS * SIZES.row))
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.export)
        for part in (self.filters, self.banner, self.progress):
            self.card.body.addWidget(part)
        self.card.body.addWidget(self._stack, 1)
        self.card.body.addLayout(foot)
        self.column.addWidget(self.refused)
        self.column.addWidget(self.card, 1)
        for hidden in (self.banner, self.progress, self.refused):
            hidden.hide()

    def respect(self, officer: Officer | None) -> None:
        """Who may not see it does not have it on the screen either."""
        super().respect(officer)
        self._allowed = may(officer.duty if officer is not None else None, Right.LOG)
        self.card.setVisible(self._allowed)
        self.refused.setVisible(not self._allowed)
        if not self._allowed:
            self.rows.set_keys(array("q"))

    def activate(self) -> None:
        """Ask for the lines anew."""
        today = self.room.desk.today()
        self._wanted = self.filters.wanted(today)
        self.export.setEnabled(self._wanted is not None and self._running is None)
        if self._allowed and self._wanted is not None:
            self.rows.set_today(today)
            work = partial(_found, self.room.desk, self._wanted)
            self.room.tasks.latest("settings.audit", work, self._show, self._fail, owner=self)

    def _show(self, found: "tuple[array[int], list[str]]") -> None:
        if not self._allowed:  # somebody else sat down meanwhile
            return
        keys, names = found
        self.filters.show_officers(names)
        self.rows.set_keys(keys)
        self._stack.setCurrentWidget(self.table if keys else self.empty)
        self.count.setText(self.tr("{n} catatan").format(n=number(len(keys))))

    def _load(self, keys: Sequence[int]) -> None:
        work = partial(audit.page, self.room.desk, keys)
        self.room.tasks.latest("settings.audit.rows", work, partial(self.rows.put, keys), self._fail, owner=self)

    def _export(self) -> None:
        name = self.tr("Catatan {day}.xlsx").format(day=self.room.desk.today().isoformat())
        target = self.choose(self, name) if self._wanted is not None else None
        if target is None or self._wanted is None or self._running is not None:
            return
        self.banner.hide()
        self.progress.set_busy()
        self.progress.show()
        self.export.setEnabled(False)
        self._running = self.room.tasks.long(
            Worker.PAPER,
            partial(audit_export.write_workbook, self.room.desk, self._wanted, target),
            partial(self._written, target),
            failed=self._failed_to_write,
            owner=self,
            progress=lambda far: self.progress.set_progress(*far),
        )

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _written(self, target: Path, count: int) -> None:
        self._end()
        self.room.notify(self.tr("{n} catatan tersimpan di {name}.").format(n=number(count), name=target.name))

    def _failed_to_write(self, error: LaporError) -> None:
        self._end()
        self._fail(error)

    def _end(self) -> None:
        """The export is in the log by now."""
        self._running = None
        self.progress.hide()
        self.activate()

    def _fail(self, error: LaporError) -> None:
        self.banner.show_error(error)


def _found(desk: Desk, wanted: AuditFilter) -> "tuple[array[int], list[str]]":
    return audit.numbers(desk, wanted), audit.actors(desk)
