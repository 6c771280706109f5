"""The first start: server and code, confirmation, first officer, recovery code. Shown in place of the frame.

A desk that was enrolled before there were officers begins at the third step.
"""

from enum import IntEnum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.errors import FieldErrors, LaporError, Offline
from kelurahan_client.services.desk import Desk, Identity
from sync.enrol_file import EnrolFile
from sync.protocol import EnrolOffer
from ui.language import said
from ui.setup.enrolling import Enrolling
from ui.setup.first_screen import quiet_line, stand_beside
from ui.setup.other_ways import OtherWays
from ui.setup.side_panel import SidePanel
from ui.setup.steps import CodeStep, OfferStep, OfficerStep
from ui.sign_in.code_view import CodeView
from ui.tasks import Tasks
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
    `demo_wanted` asks for the sample data instead, `restore_wanted` for a backup of another computer, where `others`
    was told to offer them.
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
        self.enrolling = Enrolling(tasks, desk, self, is_enrolled=identity is not None)
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
        self.others = OtherWays(theme, tasks, desk, self)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        if identity is not None:
            self._show_place(identity.office_name, identity.district, identity.desk)
        self._show(self._first)

    def _connect(self) -> None:
        self.others.demo.clicked.connect(self.demo_wanted)
        self.others.restore.clicked.connect(self.restore_wanted)
        self.next_button.clicked.connect(self.go_on)
        self.back_button.clicked.connect(self.go_back)
        self.progress.cancelled.connect(self.enrolling.stop)
        self.recovery.kept.connect(self.enrolling.keep_code)
        self.enrolling.awaiting.connect(self._await)
        self.code.take_from(self.room)
        self.code.files.chosen.connect(self.enrolling.read_file)
        self.enrolling.file_read.connect(self._take_file)
        self.enrolling.offered.connect(self._offered)
        self.enrolling.named.connect(self._named)
        self.enrolling.kept.connect(self._done)
        self.enrolling.failed.connect(self._failed)
        self.enrolling.paper_made.connect(self.paper_wanted)

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
        commands.addWidget(self.others.restore)
        column.addLayout(commands)
        others = QHBoxLayout()  # one line: the whole form fits the lowest screen
        others.setSpacing(theme.px(8))
        others.addWidget(self.others.network)
        others.addWidget(self.others.demo)
        others.addStretch(1)
        column.addLayout(others)
        column.addStretch(1)
        text = self.tr("Data warga di komputer ini terenkripsi. Setiap pembukaan NIK dicatat.")
        column.addWidget(quiet_line(theme, Icon.LOCK, text))
        self.room = stand_beside(self, self.side, form)

    def step(self) -> SetupStep:
        """The step in front."""
        return SetupStep(self._stack.currentIndex())

    def go_on(self) -> None:
        """One step on, where what is needed for it stands there."""
        if self.enrolling.busy():
            return
        step = self.step()
        if step is SetupStep.CODE and self.code.check():
            self.enrolling.check(*self.code.answers(), self.code.files.file)
        elif step is SetupStep.OFFER:
            self._show(SetupStep.OFFICER)
        elif step is SetupStep.OFFICER and self.officer.check():
            self.enrolling.enrol(*self.code.answers(), self.officer.name(), self.officer.pin.pin())

    def go_back(self) -> bool:
        """One step back; what was typed stays. While an answer is awaited it is no longer waited for."""
        if self.enrolling.busy():
            self.enrolling.stop()
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
            elif self.others.press_focused():
                return
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

    def _failed(self, error: LaporError) -> None:
        if isinstance(error, FieldErrors) and "pin" in error.fields:
            self.officer.pin.show_error(error.fields["pin"])
        self.banner.show_error(error)
        if isinstance(error, Offline) and self.code.files.file is not None:
            words = self.tr("Berkasnya terbaca. Untuk pendaftarannya sambungkan jaringan, lalu coba lagi.")
            self.banner.set_words(f"{said(error.title)}.", words, error.code)
        QTimer.singleShot(0, self, lambda: self.room.ensureWidgetVisible(self.next_button))

    def _take_file(self, file: EnrolFile) -> None:
        """An enrolment file was read: it fills the first step, and says what it is."""
        self.banner.hide()
        self.code.take_file(file)
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_place(self, office: str, district: str, desk: str) -> None:
        beneath = self.tr("Kec. {name} · Loket {desk}").format(name=district, desk=desk)
        self.side.set_place(self.tr("Kelurahan {name}").format(name=office), beneath)

    def _offered(self, offer: EnrolOffer) -> None:
        self.offer.show_offer(offer)
        self._show_place(offer.office_name, offer.district, offer.desk)
        self._show(SetupStep.OFFER)

    def _named(self, code: str) -> None:
        """The first officer is there; the recovery code is shown once."""
        self.officer.pin.clear()
        self._show(SetupStep.RECOVERY)
        self.recovery.show_code(code)

    def offer_print(self) -> None:
        """Somebody takes `paper_wanted`: let the recovery code be printed."""
        self.recovery.print_requested.connect(self.enrolling.make_paper)

    def _done(self) -> None:
        self.indicator.set_current(len(SetupStep) - self._first)
        self.next_button.setEnabled(False)
        self.back_button.setEnabled(False)
        self.enrolled.emit()

    def _await(self, awaiting: bool) -> None:
        if awaiting:
            self.banner.hide()
            self.progress.set_busy(self.tr("Bisa sampai satu menit pada jaringan yang lambat."))
        self.progress.setVisible(awaiting)
        self._stack.setEnabled(not awaiting)
        self.next_button.setEnabled(not awaiting)
        self.others.set_enabled(not awaiting)

    def _show(self, step: SetupStep) -> None:
        last = self.tr("Daftarkan loket") if self._first is SetupStep.CODE else self.tr("Simpan petugas")
        words = (self.tr("Periksa kode"), self.tr("Ya, ini loketnya"), last, "")
        self.banner.hide()
        self._await(False)
        self._stack.setCurrentIndex(step)
        self.indicator.set_current(step - self._first)
        self.next_button.setVisible(step is not SetupStep.RECOVERY)
        self.next_button.set_text(words[step])
        self.back_button.setVisible(self._first < step < SetupStep.RECOVERY)
        self.others.show(step is SetupStep.CODE)
        if step is SetupStep.CODE:
            self.side.set_place("", "")
            self.code.begin()
        elif step is SetupStep.OFFER:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step is SetupStep.OFFICER:
            self.officer.officer.editor.setFocus(Qt.FocusReason.OtherFocusReason)
