"""Masuk: in place of everything else while nobody has signed in. It knows no data; whoever shows it connects it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.errors import LaporError
from kelurahan_client.store.officers_file import OfficersFile
from ui.language import said
from ui.setup.first_screen import quiet_line, stand_beside
from ui.setup.side_panel import SidePanel
from ui.sign_in.code_view import CodeView
from ui.sign_in.officer_cards import Shown
from ui.sign_in.pin_view import PinView
from ui.sign_in.recovery_view import RecoveryView
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressLine

_FORM = 440  # pixels
_MARGIN = 32
_TALL = 620  # lower than this, all that is not needed gives way to names and PIN
_REST, _REST_TIGHT = 420, 316  # what the page needs beside the cards
_CARD_STEP = 64
_SLOW_MS = 400


class SignInPage(QWidget):
    """`attempted`: id and PIN. `recovery_given`: code, id, new PIN. `code_kept`: the new code is on paper."""

    attempted = Signal(str, str)
    recovery_given = Signal(str, str, str)
    code_kept = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._greeting = ""
        self.side = SidePanel(theme)
        self.pin_view = PinView(theme)
        self.recovery = RecoveryView(theme)
        self.code_view = CodeView(theme)
        self.banner = Banner(theme)
        self.progress = ProgressLine(theme, self.tr("Memeriksa…"), cancellable=False)
        self._slow = QTimer(self)  # most answers come before anybody would see a bar
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self.progress.show)
        self._stack = QStackedWidget()
        self._lines = (
            quiet_line(theme, Icon.OFFLINE, self.tr("Masuk tidak perlu jaringan.")),
            quiet_line(
                theme, Icon.LOCK, self.tr("Data warga di komputer ini terenkripsi. Setiap pembukaan NIK dicatat.")
            ),
        )
        self._build()
        self.pin_view.attempted.connect(self.attempted)
        self.pin_view.forgotten.connect(lambda _id: self._show_recovery())
        self.recovery.left.connect(self.begin_again)
        self.recovery.given.connect(
            lambda code, pin: self.recovery_given.emit(code, self.pin_view.cards.chosen_id(), pin)
        )
        self.code_view.kept.connect(self.code_kept)
        self.setAccessibleName(self.tr("Masuk", "sign in"))

    def _build(self) -> None:
        theme = self._theme
        form = QWidget()
        form.setFixedWidth(theme.px(_FORM))
        column = self._column = QVBoxLayout(form)
        column.setContentsMargins(0, theme.px(_MARGIN), 0, theme.px(24))
        column.setSpacing(theme.px(12))
        column.addWidget(self._lines[0])
        column.addStretch(1)
        for view in (self.pin_view, self.recovery, self.code_view):
            self._stack.addWidget(view)
        column.addWidget(self._stack)
        column.addWidget(self.banner)
        column.addWidget(self.progress)
        self.banner.hide()
        self.progress.hide()
        column.addStretch(2)
        column.addWidget(self._lines[1])
        stand_beside(self, self.side, form)

    def set_file(self, file: OfficersFile) -> None:
        """Who may sign in, and where this is."""
        office = self.tr("Kelurahan {name}").format(name=file.office) if file.office else ""
        district = self.tr("Kec. {name} · Loket {desk}").format(name=file.district, desk=file.desk)
        self.side.set_place(office, district if file.office else "")
        self.pin_view.set_people([Shown(entry.id, entry.name, said(entry.role_word)) for entry in file.entries])

    def begin(self, greeting: str, officer_id: str = "") -> None:
        """Ask for a PIN, with this officer chosen where one is named."""
        self._greeting = greeting
        if officer_id:
            self.pin_view.cards.choose(officer_id)
        self.begin_again()

    def begin_again(self) -> None:
        """Back to the names; nothing of what was typed is kept."""
        self.banner.hide()
        self.set_busy(False)
        self.recovery.asked.clear()
        self._stack.setCurrentWidget(self.pin_view)
        self.pin_view.begin(self._greeting)

    def set_notes(self, people: Sequence[tuple[str, str]]) -> None:
        """(name, note) of officers who left something open."""
        self.pin_view.cards.set_notes(dict(people))

    def offer_print(self, print_code: Callable[[str], None]) -> None:
        """Somebody can print a recovery code: show the button."""
        self.code_view.print_requested.connect(print_code)

    def set_busy(self, busy: bool) -> None:
        """While the answer is awaited."""
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            self.progress.hide()
        self.pin_view.set_busy(busy)
        self.recovery.set_busy(busy)

    def show_refused(self, error: LaporError) -> None:
        """Nobody was let in: say why, where it can be mended."""
        self.set_busy(False)
        view = self._stack.currentWidget()
        if view is self.recovery:
            self.recovery.show_refused(error)
        elif view is self.pin_view:
            self.pin_view.show_refused(error)
        else:
            self.banner.show_error(error)

    def show_code(self, code: str) -> None:
        """The recovery code that holds from now on; `code_kept` follows when it is on paper."""
        self.set_busy(False)
        self.recovery.asked.clear()
        self._stack.setCurrentWidget(self.code_view)
        self.code_view.show_code(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back."""
        view = self._stack.currentWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if view is self.pin_view:
                self.pin_view.attempt()
            elif view is self.recovery:
                self.recovery.asked.advance()
            else:
                self.code_view.done_button.click()
        elif event.key() == Qt.Key.Key_Escape and view is self.recovery:
            self.begin_again()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The form has precedence over the cloth."""
        super().resizeEvent(event)
        px = self._theme.px
        self.side.leave_room(self.width(), px(_FORM + 2 * _MARGIN))
        tight = self.height() < px(_TALL)
        self._column.setContentsMargins(0, px(12 if tight else _MARGIN), 0, px(12 if tight else 24))
        self._column.setSpacing(px(4 if tight else 12))
        for line in self._lines:
            line.setVisible(not tight)
        rest = _REST_TIGHT if tight else _REST
        self.pin_view.cards.set_most(min(max((self.height() - px(rest)) // px(_CARD_STEP), 1), 4))

    def _show_recovery(self) -> None:
        shown = self.pin_view.cards.chosen_one()
        if shown is not None:
            self._stack.setCurrentWidget(self.recovery)
            self.recovery.begin(shown.name)
