"""Which proxy: the system's, none, or one with a name and a password."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kelurahan_client.errors import LaporError
from kelurahan_client.services import network
from kelurahan_client.services.network import NetworkSettings
from ui.language import sentences
from ui.settings.section import Room, commands
from ui.theme.icons import Icon
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.choices import Option, SegmentedChoice
from ui.widgets.editors import LineEdit
from ui.widgets.field import Field, FieldState

_SYSTEM, _NONE, _OWN = "system", "none", "own"


class ProxyCard(Card):
    """The password is never shown; left empty, the one that is kept stays. `saved` says that the way is another."""

    saved = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__(room.theme, "Proxy")
        self._room = room
        self._kept = False  # whether a password is kept
        theme = room.theme
        options = [
            Option(_SYSTEM, self.tr("Seperti sistem")),
            Option(_NONE, self.tr("Tanpa proxy")),
            Option(_OWN, self.tr("Proxy ini")),
        ]
        self.choice = SegmentedChoice(theme, self.tr("Proxy"), options)
        self.address = LineEdit(theme, "proxy.banjarmasinkota.go.id:8080")
        self.user = LineEdit(theme)
        self.password = LineEdit(theme)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.address_field = Field(theme, self.tr("Alamat dan porta"), self.address)
        self._password_field = Field(theme, self.tr("Sandi"), self.password, remark=self.tr("boleh kosong"))
        self._own = QWidget()
        self.save_button = KeyButton(theme, self.tr("Simpan proxy"), Icon.SAVE, key="Ctrl+S")
        self._build()
        self.choice.chosen.connect(lambda _value: self._arrange())
        self.save_button.clicked.connect(self.save)
        for editor in (self.address, self.user, self.password):
            editor.returnPressed.connect(self.save)

    def _build(self) -> None:
        theme = self._room.theme
        column = QVBoxLayout(self._own)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.address_field)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(Field(theme, self.tr("Nama"), self.user, remark=self.tr("boleh kosong")))
        row.addWidget(self._password_field)
        column.addLayout(row)
        self.body.addWidget(self.choice)
        self.body.addWidget(self._own)
        self.body.addLayout(commands(theme, self.save_button))
        self._arrange()

    def activate(self) -> None:
        """Ask what is set."""
        desk = self._room.desk
        self._room.tasks.latest("settings.network", lambda: network.network(desk), self._show, owner=self)

    def _show(self, found: NetworkSettings) -> None:
        if self._dirty():
            return  # what is being typed is not overwritten
        self.choice.set_value(_OWN if found.proxy else _NONE if found.direct else _SYSTEM)
        self._kept = bool(found.proxy and found.proxy.password)
        self.address.setText(found.proxy.url.removeprefix("http://") if found.proxy else "")
        self.user.setText(found.proxy.user if found.proxy else "")
        self.password.clear()
        self.password.setPlaceholderText("••••••••" if self._kept else "")
        self._password_field.set_state(FieldState.OK, self._kept_words())
        for editor in (self.address, self.user, self.password):
            editor.setModified(False)
        self._arrange()

    def _kept_words(self) -> str:
        return self.tr("Tersimpan terenkripsi. Biarkan kosong bila tidak diganti.") if self._kept else ""

    def _dirty(self) -> bool:
        return any(editor.isModified() for editor in (self.address, self.user, self.password))

    def _arrange(self) -> None:
        self._own.setVisible(self.choice.value() == _OWN)
        self.address_field.clear_state()

    def save(self) -> None:
        """Keep the choice; what cannot be read is said beside its field."""
        desk, value = self._room.desk, self.choice.value()
        if value == _OWN:
            typed = self.password.text() or None
            work = partial(network.change_proxy, desk, self.address.text(), self.user.text(), typed)
            words = self.tr("Proxy disimpan.")
        elif value == _NONE:
            work = partial(network.use_no_proxy, desk)
            words = self.tr("Tanpa proxy, apa pun setelan sistem.")
        else:
            work = partial(network.use_system_proxy, desk)
            words = self.tr("Proxy seperti setelan sistem.")
        self._room.tasks.database(work, lambda _none: self._saved(words), self._refused, owner=self)

    def _saved(self, words: str) -> None:
        for editor in (self.address, self.user, self.password):
            editor.setModified(False)
        self.activate()
        self.saved.emit()
        self._room.notify(words)

    def _refused(self, error: LaporError) -> None:
        if self.choice.value() != _OWN:
            self._room.notify(sentences(error), icon=Icon.WARNING)
            return
        self.address_field.set_state(FieldState.ERROR, sentences(error))
        self.address.setFocus()
