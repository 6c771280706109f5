"""The enrolment: server and code, confirmation, officer. Shown in place of the frame while the desk has no office."""

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.errors import Cancelled, InputError, LaporError
from kelurahan_client.services.desk import Desk, find_identity, set_officer
from sync import enrolment
from sync.protocol import EnrolOffer
from ui.setup.side_panel import SidePanel
from ui.setup.steps import CodeStep, OfferStep, OfficerStep
from ui.tasks import Asked, Running, Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import Glyph, TextLabel
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressLine, StepIndicator

_FORM = 440  # pixels
_MARGIN = 32


class SetupStep(IntEnum):
    """Where one stands."""

    CODE = 0
    OFFER = 1
    OFFICER = 2


class SetupPage(QWidget):
    """`enrolled` is emitted once, when the desk has its office and its first officer.

    `demo_wanted` asks for the sample data instead, where `offer_demo` was told that there are some.
    """

    enrolled = Signal()
    demo_wanted = Signal()

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, server_url: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._running: Running | None = None
        self._offer: EnrolOffer | None = None
        self.side = SidePanel(theme)
        self.code = CodeStep(theme, server_url)
        self.offer = OfferStep(theme)
        self.officer = OfficerStep(theme)
        self.indicator = StepIndicator(theme, [self.tr("Kode"), self.tr("Loket"), self.tr("Petugas")])
        self.banner = Banner(theme)
        self.progress = ProgressLine(theme, self.tr("Menghubungi server kota…"))
        self.next_button = KeyButton(theme, "", Icon.RIGHT, key="Enter", kind=ButtonKind.PRIMARY)
        self.back_button = KeyButton(theme, self.tr("Kembali"), Icon.LEFT, key="Esc", kind=ButtonKind.QUIET)
        self.demo_button = KeyButton(theme, self.tr("Coba dengan data contoh"), Icon.SHOW, kind=ButtonKind.QUIET)
        self.network_button = KeyButton(theme, self.tr("Jaringan kantor…"), Icon.CENTRE, kind=ButtonKind.QUIET)
        self._demo = False
        self._stack = QStackedWidget()
        self._build()
        self.demo_button.clicked.connect(self.demo_wanted)
        self.network_button.clicked.connect(self._open_network)
        self.next_button.clicked.connect(self.go_on)
        self.back_button.clicked.connect(self.go_back)
        self.progress.cancelled.connect(self._cancel)
        self._show(SetupStep.CODE)

    def _build(self) -> None:
        theme = self._theme
        form = QWidget()
        form.setFixedWidth(theme.px(_FORM))
        column = QVBoxLayout(form)
        column.setContentsMargins(0, theme.px(_MARGIN), 0, theme.px(24))
        column.setSpacing(theme.px(12))
        column.addSpacing(theme.px(40))  # fixed, so that the form does not jump when a message comes
        column.addWidget(self.indicator)
        column.addSpacing(theme.px(12))
        for step in (self.code, self.offer, self.officer):
            self._stack.addWidget(step)
        column.addWidget(self._stack)
        column.addWidget(self.banner)
        column.addWidget(self.progress)
        column.addSpacing(theme.px(4))
        commands = QHBoxLayout()
        commands.setSpacing(theme.px(8))
        commands.addWidget(self.next_button)
        commands.addWidget(self.back_button)
        commands.addStretch(1)
        column.addLayout(commands)
        column.addWidget(self.network_button)
        column.addWidget(self.demo_button)
        column.addStretch(1)
        column.addLayout(self._assurance())
        scroll = self._scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle = QWidget()
        centred = QHBoxLayout(middle)
        centred.addStretch(1)
        centred.addWidget(form)
        centred.addStretch(1)
        scroll.setWidget(middle)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(scroll, 1)

    def _assurance(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(8))
        line.addWidget(Glyph(self._theme, Icon.LOCK, Colour.TEXT_3, SIZES.icon_small), 0, Qt.AlignmentFlag.AlignTop)
        text = self.tr("Data warga di komputer ini terenkripsi. Setiap pembukaan NIK dicatat.")
        line.addWidget(TextLabel(text, TextRole.CAPTION, Colour.TEXT_3, wrap=True), 1)
        return line

    def offer_demo(self, wanted: bool) -> None:
        """Whether the sample data can be asked for, at the first step."""
        self._demo = wanted
        self.demo_button.setVisible(wanted and self.step() is SetupStep.CODE)

    def _open_network(self) -> None:
        from ui.settings.network_dialog import open_network  # noqa: PLC0415  # seldom wanted

        open_network(self._theme, self._tasks, self._desk, self)

    def step(self) -> SetupStep:
        """The step in front."""
        return SetupStep(self._stack.currentIndex())

    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._running is not None

    def go_on(self) -> None:
        """One step on, where what is needed for it stands there."""
        if self.busy():
            return
        step = self.step()
        if step is SetupStep.CODE and self.code.check():
            address, code = self.code.answers()
            self._ask(lambda stop: enrolment.offer(self._desk, address, code, stop), self._offered)
        elif step is SetupStep.OFFER:
            self._show(SetupStep.OFFICER)
        elif step is SetupStep.OFFICER and self.officer.check():
            address, code = self.code.answers()
            name, offer = self.officer.name(), self._offer
            self._ask(lambda stop: _enrol(self._desk, address, code, name, offer, stop), lambda _none: self._done())

    def go_back(self) -> bool:
        """One step back; what was typed stays. While an answer is awaited it is no longer waited for."""
        if self.busy():
            self._cancel()
            return True
        if self.step() is SetupStep.CODE:
            return False
        self._show(SetupStep(self.step() - 1))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back, F1 helps."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.back_button.hasFocus():
                self.go_back()
            elif self.demo_button.hasFocus() or self.network_button.hasFocus():
                (self.demo_button if self.demo_button.hasFocus() else self.network_button).click()
            elif not (self.step() is SetupStep.CODE and self.code.advance()):
                self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.key() == Qt.Key.Key_F1:
            from ui.help.dialog import open_help  # noqa: PLC0415  # seldom wanted

            open_help(self._theme, "setup", self)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The form has precedence over the cloth."""
        super().resizeEvent(event)
        self.side.leave_room(self.width(), self._theme.px(_FORM + 2 * _MARGIN))

    def _ask(self, work: Callable[[Asked], object], done: Callable[[object], None]) -> None:
        def answered(answer: object) -> None:
            self._set_running(None)
            done(answer)

        self.banner.hide()
        self.progress.set_busy(self.tr("Bisa sampai satu menit pada jaringan yang lambat."))

        def asked(_report: Callable[[None], None], cancelled: Asked) -> object:
            try:
                return work(cancelled)
            except LaporError as error:
                if cancelled():  # nobody waits for this answer any more, so nobody is to be told
                    raise Cancelled("Pendaftaran dihentikan.") from error
                raise

        self._set_running(self._tasks.network(asked, answered, self._failed, self))

    def _cancel(self) -> None:
        """Do not wait any longer. A code that was used up meanwhile is answered again when it is tried again."""
        self._tasks.drop(self)
        if self._running is not None:
            self._running.cancel()
        self._set_running(None)

    def _failed(self, error: LaporError) -> None:
        self._set_running(None)
        if not isinstance(error, Cancelled):
            self.banner.show_error(error)
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.next_button))

    def _offered(self, answer: object) -> None:
        if isinstance(answer, EnrolOffer):
            self._offer = answer
            self.offer.show_offer(answer)
            self.side.set_place(f"Kelurahan {answer.office_name}", f"Kec. {answer.district} · Loket {answer.desk}")
            self._show(SetupStep.OFFER)

    def _done(self) -> None:
        self.indicator.set_current(len(SetupStep))
        self.next_button.setEnabled(False)
        self.back_button.setEnabled(False)
        self.enrolled.emit()

    def _set_running(self, running: Running | None) -> None:
        self._running = running
        self.progress.setVisible(running is not None)
        self._stack.setEnabled(running is None)
        self.next_button.setEnabled(running is None)
        self.demo_button.setEnabled(running is None)
        self.network_button.setEnabled(running is None)

    def _show(self, step: SetupStep) -> None:
        words = (self.tr("Periksa kode"), self.tr("Ya, ini loketnya"), self.tr("Daftarkan loket"))
        self.banner.hide()
        self._set_running(None)
        self._stack.setCurrentIndex(step)
        self.indicator.set_current(step)
        self.next_button.set_text(words[step])
        self.back_button.setVisible(step > SetupStep.CODE)
        self.demo_button.setVisible(self._demo and step is SetupStep.CODE)
        self.network_button.setVisible(step is SetupStep.CODE)
        if step is SetupStep.CODE:
            self.side.set_place("", "")
            self.code.begin()
        elif step is SetupStep.OFFER:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.officer.officer.editor.setFocus(Qt.FocusReason.OtherFocusReason)


def _enrol(desk: Desk, server_url: str, code: str, officer: str, offer: EnrolOffer | None, cancelled: Asked) -> None:
    """Enrol, and name the officer; after a cut between the two only the second is left to do."""
    known = find_identity(desk)
    if known is None:
        enrolment.enrol(desk, server_url, code, cancelled)
    elif offer is None or (known.office, known.desk) != (offer.office, offer.desk):
        raise InputError(
            f"Komputer ini sudah terdaftar sebagai Kelurahan {known.office_name}, loket {known.desk}.",
            way_out="Tutup Lapor Kelurahan, lalu buka lagi.",
        )
    set_officer(desk, officer)
