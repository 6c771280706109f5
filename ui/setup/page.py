"""The first start: server and code, confirmation, first officer, recovery code. Shown in place of the frame.

A desk that was enrolled before there were officers begins at the third step.
"""

from collections.abc import Callable
from enum import IntEnum
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.errors import Cancelled, FieldErrors, InputError, LaporError
from kelurahan_client.services.desk import Desk, Identity, find_identity
from kelurahan_client.services.officers import recovery_paper
from kelurahan_client.services.signing_in import code_was_kept, create_first
from sync import enrolment
from sync.protocol import EnrolOffer
from ui.setup.first_screen import quiet_line, stand_beside
from ui.setup.side_panel import SidePanel
from ui.setup.steps import CodeStep, OfferStep, OfficerStep
from ui.sign_in.code_view import CodeView
from ui.tasks import Asked, Running, Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressLine, StepIndicator

_FORM = 440  # pixels
_MARGIN = 32


class SetupStep(IntEnum):
    """Where one stands."""

    CODE = 0
    OFFER = 1
    OFFICER = 2
    RECOVERY = 3


class SetupPage(QWidget):
    """`enrolled` is emitted once, when the desk has its office and its first officer.

    `paper_wanted` carries the Paper of the recovery code; its button is there only where somebody listens.
    `demo_wanted` asks for the sample data instead, where `offer_demo` was told that there are some; `restore_wanted`
    for a backup of another computer.
    """

    enrolled = Signal()
    paper_wanted = Signal(object)
    demo_wanted = Signal()
    restore_wanted = Signal()

    def __init__(
        self, theme: Theme, tasks: Tasks, desk: Desk, server_url: str = "", identity: Identity | None = None
    ) -> None:
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
        self.recovery = CodeView(theme)
        self._first = SetupStep.CODE if identity is None else SetupStep.OFFICER
        names = [self.tr("Kode"), self.tr("Loket"), self.tr("Petugas"), self.tr("Pemulihan")]
        self.indicator = StepIndicator(theme, names[self._first :])
        self.banner = Banner(theme)
        self.progress = ProgressLine(theme, self.tr("Menghubungi server kota…"))
        self.next_button = KeyButton(theme, "", Icon.RIGHT, key="Enter", kind=ButtonKind.PRIMARY)
        self.back_button = KeyButton(theme, self.tr("Kembali"), Icon.LEFT, key="Esc", kind=ButtonKind.QUIET)
        self.demo_button = KeyButton(theme, self.tr("Coba dengan data contoh"), Icon.SHOW, kind=ButtonKind.QUIET)
        self.restore_button = KeyButton(theme, self.tr("Pulihkan dari cadangan…"), Icon.HISTORY, kind=ButtonKind.QUIET)
        self._restore = False
        self.network_button = KeyButton(theme, self.tr("Jaringan kantor…"), Icon.CENTRE, kind=ButtonKind.QUIET)
        self._others = (self.demo_button, self.network_button, self.restore_button)
        self._demo = False
        self._stack = QStackedWidget()
        self._build()
        self.demo_button.clicked.connect(self.demo_wanted)
        self.network_button.clicked.connect(self._open_network)
        self.restore_button.clicked.connect(self.restore_wanted)
        self.next_button.clicked.connect(self.go_on)
        self.back_button.clicked.connect(self.go_back)
        self.progress.cancelled.connect(self._cancel)
        self.recovery.kept.connect(self._code_kept)
        if identity is not None:
            self._show_place(identity.office_name, identity.district, identity.desk)
        self._show(self._first)

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
        for step in (self.code, self.offer, self.officer, self.recovery):
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
        commands.addWidget(self.restore_button)
        column.addLayout(commands)
        others = QHBoxLayout()  # one line: the whole form fits the lowest screen
        others.setSpacing(theme.px(8))
        others.addWidget(self.network_button)
        others.addWidget(self.demo_button)
        others.addStretch(1)
        column.addLayout(others)
        column.addStretch(1)
        text = self.tr("Data warga di komputer ini terenkripsi. Setiap pembukaan NIK dicatat.")
        column.addWidget(quiet_line(theme, Icon.LOCK, text))
        self.room = stand_beside(self, self.side, form)

    def offer_demo(self, wanted: bool) -> None:
        """Whether the sample data can be asked for, at the first step."""
        self._demo = wanted
        self.demo_button.setVisible(wanted and self.step() is SetupStep.CODE)

    def offer_restore(self) -> None:
        """A backup can be asked for, at the first step of a computer that is not enrolled."""
        self._restore = self._first is SetupStep.CODE
        self.restore_button.setVisible(self._restore and self.step() is SetupStep.CODE)

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
            name, pin = self.officer.name(), self.officer.pin.pin()
            offer = self._offer if self._first is SetupStep.CODE else None

            def work(stop: Asked) -> str:
                if self._first is SetupStep.CODE:
                    _enrol(self._desk, address, code, offer, stop)
                return create_first(self._desk, name, pin)

            self._ask(work, self._named)

    def go_back(self) -> bool:
        """One step back; what was typed stays. While an answer is awaited it is no longer waited for."""
        if self.busy():
            self._cancel()
            return True
        if self.step() in {self._first, SetupStep.RECOVERY}:
            return False
        self._show(SetupStep(self.step() - 1))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back, F1 helps."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.back_button.hasFocus():
                self.go_back()
            elif pressed := next((button for button in self._others if button.hasFocus()), None):
                pressed.click()
            elif self.step() is SetupStep.RECOVERY:
                self.recovery.done_button.click()
            elif not (
                (self.step() is SetupStep.CODE and self.code.advance())
                or (self.step() is SetupStep.OFFICER and self.officer.advance())
            ):
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
            if isinstance(error, FieldErrors) and "pin" in error.fields:
                self.officer.pin.show_error(error.fields["pin"])
            self.banner.show_error(error)
            QTimer.singleShot(0, self, lambda: self.room.ensureWidgetVisible(self.next_button))

    def _show_place(self, office: str, district: str, desk: str) -> None:
        beneath = self.tr("Kec. {name} · Loket {desk}").format(name=district, desk=desk)
        self.side.set_place(self.tr("Kelurahan {name}").format(name=office), beneath)

    def _offered(self, answer: object) -> None:
        if isinstance(answer, EnrolOffer):
            self._offer = answer
            self.offer.show_offer(answer)
            self._show_place(answer.office_name, answer.district, answer.desk)
            self._show(SetupStep.OFFER)

    def _named(self, code: object) -> None:
        """The first officer is there; the recovery code is shown once."""
        self.officer.pin.clear()
        self._show(SetupStep.RECOVERY)
        self.recovery.show_code(str(code))

    def _code_kept(self) -> None:
        self._tasks.database(
            partial(code_was_kept, self._desk), lambda _none: self._done(), failed=self._failed, owner=self
        )

    def offer_print(self) -> None:
        """Somebody takes `paper_wanted`: let the recovery code be printed."""
        self.recovery.print_requested.connect(
            lambda code: self._tasks.database(
                partial(recovery_paper, self._desk, code), self.paper_wanted.emit, failed=self._failed, owner=self
            )
        )

    def _done(self) -> None:
        self.indicator.set_current(len(SetupStep) - self._first)
        self.next_button.setEnabled(False)
        self.back_button.setEnabled(False)
        self.enrolled.emit()

    def _set_running(self, running: Running | None) -> None:
        self._running = running
        self.progress.setVisible(running is not None)
        self._stack.setEnabled(running is None)
        self.next_button.setEnabled(running is None)
        for button in self._others:
            button.setEnabled(running is None)

    def _show(self, step: SetupStep) -> None:
        last = self.tr("Daftarkan loket") if self._first is SetupStep.CODE else self.tr("Simpan petugas")
        words = (self.tr("Periksa kode"), self.tr("Ya, ini loketnya"), last, "")
        self.banner.hide()
        self._set_running(None)
        self._stack.setCurrentIndex(step)
        self.indicator.set_current(step - self._first)
        self.next_button.setVisible(step is not SetupStep.RECOVERY)
        self.next_button.set_text(words[step])
        self.back_button.setVisible(self._first < step < SetupStep.RECOVERY)
        self.demo_button.setVisible(self._demo and step is SetupStep.CODE)
        self.network_button.setVisible(step is SetupStep.CODE)
        self.restore_button.setVisible(self._restore and step is SetupStep.CODE)
        if step is SetupStep.CODE:
            self.side.set_place("", "")
            self.code.begin()
        elif step is SetupStep.OFFER:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step is SetupStep.OFFICER:
            self.officer.officer.editor.setFocus(Qt.FocusReason.OtherFocusReason)


def _enrol(desk: Desk, server_url: str, code: str, offer: EnrolOffer | None, cancelled: Asked) -> None:
    """Enrol, unless that was done before the first officer was refused."""
    known = find_identity(desk)
    if known is None:
        enrolment.enrol(desk, server_url, code, cancelled)
    elif offer is None or (known.office, known.desk) != (offer.office, offer.desk):
        raise InputError(
            f"Komputer ini sudah terdaftar sebagai Kelurahan {known.office_name}, loket {known.desk}.",
            way_out="Tutup Lapor Kelurahan, lalu buka lagi.",
        )
