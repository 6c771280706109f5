"""The outbox, hanging below the state chip."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kelurahan_client.services import lists, resending, unsent_files
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import DeskState, OutboxItem
from kelurahan_client.services.unsent_files import UnsentFile
from ui.outbox.foot import OutboxFoot
from ui.outbox.items import OutboxItems
from ui.outbox.model import KINDS, file_view, item_view, list_filter
from ui.outbox.top import OutboxTop
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour
from ui.widgets.connection import StateChip
from ui.widgets.labels import hairline

_ASKED = 200  # entries of each kind that are fetched; five complaints are shown
_FILES = 5


@dataclass(frozen=True, slots=True)
class _Contents:
    state: DeskState
    items: Mapping[str, list[OutboxItem]]
    files: list[UnsentFile]


class OutboxPopup(QFrame):
    """What waits, what must be looked at, what was signed; and while an exchange runs, how far it is.

    `navigate("register", ...)` shows complaints, `exchange` sends now, `cancel_exchange` stops it.
    """

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        desk: Desk,
        navigate: Callable[..., None],
        exchange: Callable[[], None],
        cancel_exchange: Callable[[], None],
    ) -> None:
        super().__init__(None, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._navigate = navigate
        self._exchange = exchange
        self._chip: StateChip | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # round corners
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # a press on the chip closes it and does not reopen it
        self.setAccessibleName(self.tr("Daftar kiriman"))
        self.setFixedWidth(theme.px(SIZES.popover))
        self.top = OutboxTop(theme)
        self.top.progress.cancelled.connect(cancel_exchange)
        self.items = OutboxItems(theme)
        self.items.complaint_asked.connect(lambda page, id_: self._go(page, complaint_id=id_))
        self.items.list_asked.connect(lambda kind: self._go("register", list_filter=list_filter(kind)))
        self.items.imports_asked.connect(lambda: self._go("paper_log"))
        self.items.again_asked.connect(self._send_again)
        self.items.send_asked.connect(exchange)
        self.foot = foot = OutboxFoot(theme)
        foot.send.clicked.connect(exchange)
        # The page of the day's end has the stick: a file is asked for there, and what comes of it stays in sight.
        foot.save.clicked.connect(lambda: self._go("day_close", usb="save"))
        foot.take.clicked.connect(lambda: self._go("day_close", usb="take"))
        foot.decide.clicked.connect(lambda: self._go("conflicts"))
        foot.dismiss.clicked.connect(self.close)
        self._build()

    def open_below(self, chip: StateChip) -> None:
        """Show it under the state chip, at its right edge, with what stands in the outbox now."""
        self._chip = chip
        chip.set_open(True)
        self.items.begin()
        self._fit()
        corner = chip.mapToGlobal(QPoint(chip.width() - self.width(), chip.height() + self._theme.px(14)))
        self.move(max(0, corner.x()), corner.y())
        self.show()
        self.foot.send.setFocus()
        self.reload()

    def reload(self) -> None:
        """Ask again for the state and the entries."""
        self._tasks.latest("outbox", partial(_read, self._desk), self._show, owner=self)

    def set_state(self, state: DeskState) -> None:
        """How the desk stands; the entries are asked for again while it is open."""
        self._say(state)
        if self.isVisible():
            self.reload()

    def set_sending(self, sending: bool) -> None:
        """An exchange begins or has ended."""
        self.top.set_sending(sending)
        self.foot.send.setEnabled(not sending)

    def event(self, event: QEvent) -> bool:
        """Other lines, other words: as high as they need."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell the chip."""
        super().hideEvent(event)
        if self._chip is not None:
            self._chip.set_open(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The round ground; head and foot a shade quieter than the lines between them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour(Colour.LINE_STRONG), 1))
        painter.setBrush(self._theme.colour(Colour.SURFACE_2))
        radius = self._theme.px(SIZES.radius_card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillRect(self.items.geometry(), self._theme.colour(Colour.SURFACE))

    def _show(self, contents: _Contents) -> None:
        state, today = contents.state, self._desk.today()
        failure = state.last_failure
        counts = {"waiting": state.unsent, "files": state.files.count, "rejected": state.rejected}
        self._say(state)
        offline = failure is not None and failure["kind"] == "Offline"
        views = {
            kind: [item_view(item, today, offline=offline) for item in items] for kind, items in contents.items.items()
        }
        views["files"] = [file_view(file, today) for file in contents.files]
        self.items.show_items(views, counts, withdrawn=state.withdrawn)

    def _say(self, state: DeskState) -> None:
        self.foot.set_conflicts(state.conflicts)
        self.top.show_state(state, self._desk.today())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for widget in (self.top, hairline(), self.items, hairline(), self.foot):
            column.addWidget(widget)

    def _fit(self) -> None:
        """As wide as its commands, and as high as its contents, which wrap at that width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            right = self.x() + self.width()
            # Three commands in large letters need more than the design gives them.
            self.setFixedWidth(max(self._theme.px(SIZES.popover), layout.totalMinimumSize().width()))
            self.move(max(0, right - self.width()), self.y())
            wrapped = layout.totalHeightForWidth(self.width())  # -1 while nothing wraps
            self.setFixedHeight(max(wrapped, layout.totalMinimumSize().height()))

    def _go(self, page: str, **arguments: object) -> None:
        self.close()
        self._navigate(page, **arguments)

    def _send_again(self, complaint_id: str) -> None:
        """What was refused waits once more, and goes out now."""

        def queued(_many: int) -> None:
            self.reload()
            self._exchange()

        work = partial(resending.send_again, self._desk, complaint_id)
        self._tasks.database(work, queued, failed=self.top.show_error, owner=self)


def _read(desk: Desk) -> _Contents:
    return _Contents(
        lists.state(desk),
        {kind: lists.outbox_complaints(desk, kind, _ASKED) for kind in KINDS},
        unsent_files.listed(desk, _FILES),
    )
