"""The names, the PIN, and what was wrong with it."""

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.entry_errors import MustWait
from kelurahan_client.domain.pin import wait_words
from kelurahan_client.errors import LaporError
from ui.language import said, sentences
from ui.sign_in.officer_cards import OfficerCards, Shown
from ui.sign_in.pin_edit import PinEdit
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import Glyph, TextLabel


class PinView(QWidget):
    """`attempted` carries the officer's id and the PIN; `forgotten` the id of whoever forgot one."""

    attempted = Signal(str, str)
    forgotten = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._waits: dict[str, float] = {}  # by officer: until when, on the monotonic clock
        self._busy = False
        self._greeting = TextLabel("", TextRole.TITLE, bold=True, wrap=True)
        self._sentence = TextLabel(self.tr("Pilih nama Anda, lalu ketik PIN."), colour=Colour.TEXT_2, wrap=True)
        self.cards = OfficerCards(theme)
        self._label = TextLabel("", TextRole.LABEL, Colour.TEXT_2, bold=True)
        self.pin = PinEdit(theme)
        self._label.setBuddy(self.pin)
        self._glyph = Glyph(theme, Icon.WARNING, Colour.AMBER, SIZES.icon_small)
        self._message = TextLabel("", TextRole.CAPTION, Colour.AMBER_TEXT, wrap=True)
        self.enter_button = KeyButton(
            theme, self.tr("Masuk", "sign in"), Icon.NETWORK_LOGIN, key="Enter", kind=ButtonKind.PRIMARY
        )
        self.forgot_button = KeyButton(theme, self.tr("Lupa PIN…"), kind=ButtonKind.QUIET)
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_wait)
        self.cards.chosen.connect(self._chosen)
        self.enter_button.clicked.connect(self.attempt)
        self.forgot_button.clicked.connect(lambda: self.forgotten.emit(self.cards.chosen_id()))
        self._say("")

    def _build(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self._greeting)
        column.addWidget(self._sentence)
        column.addSpacing(theme.px(14))
        column.addWidget(self.cards)
        column.addSpacing(theme.px(12))
        column.addWidget(self._label)
        column.addSpacing(theme.px(2))
        column.addWidget(self.pin)
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        line.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._message, 1)
        room = QWidget()  # as high as a message, so that nothing jumps when one comes
        room.setMinimumHeight(theme.px(24))
        room.setLayout(line)
        line.setContentsMargins(0, theme.px(2), 0, 0)
        column.addWidget(room)
        column.addSpacing(theme.px(6))
        commands = QHBoxLayout()
        commands.setSpacing(theme.px(8))
        commands.addWidget(self.enter_button)
        commands.addWidget(self.forgot_button)
        commands.addStretch(1)
        column.addLayout(commands)
        column.addStretch(1)
        QWidget.setTabOrder(self.pin, self.enter_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose another name, also from within the PIN."""
        if self._busy or not self.cards.step(event):
            super().keyPressEvent(event)

    def begin(self, greeting: str) -> None:
        """Empty, and the cursor in the PIN."""
        self._greeting.setText(greeting)
        self.setAccessibleName(f"{greeting}. {self._sentence.text()}")
        self.pin.clear()
        self._show_wait()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_people(self, people: Sequence[Shown]) -> None:
        """Who may sign in."""
        self.cards.set_people(people)

    def message(self) -> str:
        """What is said below the PIN."""
        return self._message.text()

    def set_busy(self, busy: bool) -> None:
        """While the PIN is looked at nothing can be changed."""
        self._busy = busy
        self.cards.setEnabled(not busy)
        self._enable()

    def attempt(self) -> None:
        """Hand the PIN on, if it is whole and nobody has to wait."""
        if self._busy or self._seconds_left() > 0:
            return
        if not self.pin.is_whole():
            self._say(self.tr("PIN terdiri atas 6 angka."))
            self.pin.setFocus()
            return
        self._say("")
        self.attempted.emit(self.cards.chosen_id(), self.pin.text())

    def show_refused(self, error: LaporError) -> None:
        """Say why nobody was let in."""
        self.pin.clear()
        if isinstance(error, MustWait):
            self._waits[self.cards.chosen_id()] = time.monotonic() + error.seconds
            self._show_wait()
        else:
            self._say(sentences(error))
        self.pin.setFocus()

    def _chosen(self, _id: str) -> None:
        shown = self.cards.chosen_one()
        self._label.setText(self.tr("PIN {name}").format(name=shown.name) if shown else self.tr("PIN"))
        self.pin.setAccessibleName(self._label.text())
        self.pin.clear()
        self._say("")
        self._show_wait()
        self.pin.setFocus()

    def _enable(self) -> None:
        self.enter_button.setEnabled(not self._busy and self._seconds_left() <= 0)
        self.pin.setReadOnly(not self.enter_button.isEnabled())  # not disabled: the cursor stays for the arrows
        self.pin.update()

    def _seconds_left(self) -> float:
        return self._waits.get(self.cards.chosen_id(), 0.0) - time.monotonic()

    def _show_wait(self) -> None:
        """Count down before the eyes of whoever waits; another officer may be chosen meanwhile."""
        left = self._seconds_left()
        if left > 0:
            self._say(self.tr("Terlalu banyak PIN yang salah. Tunggu {time}.").format(time=said(wait_words(left))))
            self._tick.start()
        elif self._tick.isActive():
            self._tick.stop()
            self._say("")
            self._enable()
            self.pin.setFocus()
        self._enable()

    def _say(self, sentence: str) -> None:
        self._message.setText(sentence)
        self._glyph.setVisible(bool(sentence))
        self.pin.setAccessibleDescription(sentence)
        self.pin.setProperty("state", "error" if sentence else "ok")
        self.pin.update()
