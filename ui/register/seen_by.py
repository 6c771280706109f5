"""Who saw the identity of the complaint in the pane, and who printed what about it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kelurahan_client.services import audit
from kelurahan_client.services.audit import AuditRow
from kelurahan_client.services.desk import Desk
from ui.audit_words import ICONS, detail_words, kind_words, when
from ui.register.commands import Shown
from ui.register.detail_view import DetailView
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.notices import EmptyState
from ui.widgets.timeline import Timeline, TimelineStep


class SeenBy(QObject):
    """Answers *Siapa melihat dan mencetak…* of the foot; `dialog` is what was opened last."""

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, view: DetailView, shown: Shown) -> None:
        super().__init__(view)
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._view = view
        self._shown = shown
        self.dialog: SeenByDialog | None = None
        view.foot.log_asked.connect(self._ask)

    def _ask(self) -> None:
        if (complaint := self._shown.complaint()) is not None:
            work = partial(audit.of_complaint, self._desk, complaint.id)
            show = partial(self._show, complaint.reference)
            self._tasks.latest("register.seen_by", work, show, self._view.error.show_error, owner=self)

    def _show(self, reference: str, rows: Sequence[AuditRow]) -> None:
        self.dialog = SeenByDialog(self._theme, reference, rows, self._desk.today(), self._view.window())
        self.dialog.open()


class SeenByDialog(QDialog):
    """The lines, newest first; Esc closes."""

    def __init__(self, theme: Theme, reference: str, rows: Sequence[AuditRow], today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Siapa melihat dan mencetak {reference}").format(reference=reference))
        self.setAccessibleName(self.windowTitle())
        self.timeline = Timeline(theme, self.windowTitle())
        self.timeline.set_steps([_step(row, today) for row in rows])
        nobody = self.tr("Belum ada yang melihat identitas atau mencetak pengaduan ini")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(16), 0, theme.px(16))
        column.addWidget(self.timeline if rows else EmptyState(theme, Icon.SHOW, nobody))
        self.resize(theme.px(480), theme.px(420))


def _step(row: AuditRow, today: date) -> TimelineStep:
    return TimelineStep(
        icon=ICONS[row.kind],
        title=kind_words(row.kind),
        subtitle=f"{when(row, today)} · {row.actor}",
        text=detail_words(row),
    )
