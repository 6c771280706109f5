"""The outbox, hanging below the state chip."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.services import lists, resending
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import DeskState, OutboxItem
from ui.figures import number
from ui.language import sentences
from ui.outbox.items import OutboxItems
from ui.outbox.model import KINDS, Sending, head, list_filter, phase_words
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.connection import StateChip
from ui.widgets.labels import Glyph, TextLabel, hairline
from ui.widgets.progress import ProgressLine

_ASKED = 200  # entries of each kind that are fetched; five complaints are shown


@dataclass(frozen=True, slots=True)
class _Contents:
    state: DeskState
    items: Mapping[str, list[OutboxItem]]


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
        self._chip: StateChip | None = None
        self._sending = False
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # round corners
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # a press on the chip closes it and does not reopen it
        self.setAccessibleName(self.tr("Daftar kiriman"))
        self.setFixedWidth(theme.px(SIZES.popover))
        self._glyph = Glyph(theme, Icon.UNSENT, size=SIZES.icon_large)
        self._title = TextLabel("", TextRole.BODY, bold=True, wrap=True)
        self._text = TextLabel("", TextRole.BODY, Colour.TEXT_2, wrap=True)
        self.progress = ProgressLine(theme, phase_words("sending"))
        self.progress.cancelled.connect(cancel_exchange)
        self.progress.hide()
        self.items = OutboxItems(theme)
        self.items.complaint_asked.connect(self._open_complaint)
        self.items.list_asked.connect(self._open_list)
        self.items.again_asked.connect(self._send_again)
        self._exchange = exchange
        self.send = KeyButton(
            theme, self.tr("Kirim sekarang"), Icon.EXCHANGE, key="F9", kind=ButtonKind.PRIMARY, binds=True
        )
        self.send.clicked.connect(exchange)
        self.save = KeyButton(theme, self.tr("Simpan ke USB…"), Icon.USB)
        self.save.clicked.connect(lambda: self._open_stick("save"))
        self.take = KeyButton(theme, self.tr("Ambil jawaban dari USB…"), Icon.IMPORT, kind=ButtonKind.QUIET, dense=True)
        self.take.clicked.connect(lambda: self._open_stick("take"))
        self.decide = KeyButton(theme, "", Icon.CONFLICT, kind=ButtonKind.DANGER_QUIET, dense=True)
        self.decide.clicked.connect(self._open_conflicts)
        self.decide.hide()
        self.dismiss = KeyButton(theme, self.tr("Tutup"), key="Esc", kind=ButtonKind.QUIET, binds=True)
        self.dismiss.clicked.connect(self.close)
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
        self.send.setFocus()
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
        self._sending = sending
        self.progress.setVisible(sending)
        self._text.setVisible(not sending)
        self.send.setEnabled(not sending)
        if sending:
            self.progress.set_label(phase_words("sending"))
            self.progress.set_busy()
            self._glyph.set(Icon.EXCHANGE, Colour.ACCENT)
            self._title.setText(self.tr("Sedang bertukar data"))

    def set_progress(self, progress: Sending) -> None:
        """How far it is."""
        self.progress.set_label(phase_words(progress.phase))
        if progress.total:
            self.progress.set_progress(progress.done, progress.total)

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
        state = contents.state
        failure = state.last_failure
        counts = {
            "waiting": state.unsent,
            "rejected": state.rejected,
        }
        self._say(state)
        offline = failure is not None and failure["kind"] == "Offline"
        self.items.show_items(contents.items, counts, self._desk.today(), offline=offline)

    def _say(self, state: DeskState) -> None:
        self.decide.set_text(self.tr("Putuskan {n} konflik").format(n=number(state.conflicts)))
        self.decide.setVisible(bool(state.conflicts))
        if self._sending:
            return
        said = head(state, self._desk.today())
        self._glyph.set(said.icon, Colour.GREEN if said.icon is Icon.SIGNED else Colour.TEXT_2)
        self._title.setText(said.title)
        self._text.setText(said.text)

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(px(16), px(11), px(16), px(12))
        top.setSpacing(px(12))
        top.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(px(1))
        for widget in (self._title, self._text, self.progress):
            words.addWidget(widget)
        top.addLayout(words, 1)
        column.addLayout(top)
        column.addWidget(hairline())
        column.addWidget(self.items)
        column.addWidget(hairline())
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        px = self._theme.px
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(px(16), px(10), px(8), px(8))
        column.setSpacing(px(4))
        for widgets in ((self.send, self.save, None, self.dismiss), (self.take, None, self.decide)):
            row = QHBoxLayout()
            row.setSpacing(px(8))
            for widget in widgets:
                if widget is None:
                    row.addStretch(1)
                else:
                    row.addWidget(widget)
            column.addLayout(row)
        return foot

    def _open_stick(self, what: str) -> None:
        """The page of the day's end has the stick: a file is asked for there, and what comes of it stays in sight."""
        self.close()
        self._navigate("day_close", usb=what)

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

    def _open_complaint(self, page: str, complaint_id: str) -> None:
        self.close()
        self._navigate(page, complaint_id=complaint_id)

    def _send_again(self, complaint_id: str) -> None:
        """What was refused waits once more, and goes out now."""
        self._tasks.database(
            partial(resending.send_again, self._desk, complaint_id),
            lambda _many: self._queued(),
            failed=lambda error: self._text.setText(sentences(error)),
            owner=self,
        )

    def _queued(self) -> None:
        self.reload()
        self._exchange()

    def _open_conflicts(self) -> None:
        self.close()
        self._navigate("conflicts")

    def _open_list(self, kind: str) -> None:
        self.close()
        self._navigate("register", list_filter=list_filter(kind))


def _read(desk: Desk) -> _Contents:
    return _Contents(lists.state(desk), {kind: lists.outbox_complaints(desk, kind, _ASKED) for kind in KINDS})
