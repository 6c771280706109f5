"""Where a text to answer with is written and named, in place of the foot."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from kelurahan_client.services.own_replies import LONGEST_NAME
from kelurahan_client.services.reply_templates import OwnReply
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import LineEdit, TextEdit
from ui.widgets.field import Field, FieldState
from ui.widgets.labels import TextLabel


class ReplyPanel(QFrame):
    """Hidden while nothing is written. `kept`: name, text, and the name that it had before ("" = new). `closed`."""

    kept = Signal(str, str, str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "quiet")
        self._before = ""
        self._title = TextLabel("", bold=True)
        self.name = LineEdit(theme, self.tr("misalnya: Lampu sudah dijadwalkan"), longest=LONGEST_NAME)
        self.name.returnPressed.connect(self._keep)
        self._named = Field(theme, self.tr("Nama contoh"), self.name)
        self.text = TextEdit(theme, lines=4)
        self.text.setMinimumHeight(self.text.sizeHint().height())
        self._written = Field(theme, self.tr("Isi contoh"), self.text)
        hint = TextLabel(
            self.tr("Diisi sendiri: $nama, $nomor, $judul, $kelurahan, $diterima, $skpd, $status, $petugas."),
            TextRole.CAPTION,
            Colour.TEXT_2,
            wrap=True,
        )
        self.keep = KeyButton(
            theme, self.tr("Simpan contoh"), Icon.SAVE, key="Ctrl+S", kind=ButtonKind.PRIMARY, binds=True
        )
        self.keep.clicked.connect(self._keep)
        leave = KeyButton(theme, self.tr("Batal"), key="Esc", kind=ButtonKind.QUIET)
        leave.clicked.connect(self.dismiss)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        for widget in (self._title, self._named, self._written, hint):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def write(self, reply: OwnReply, *, new: bool) -> None:
        """Write a new one, or another wording of one."""
        self._before = "" if new else reply.name
        title = self.tr("Contoh jawaban baru") if new else self.tr("Ubah contoh jawaban")
        self._title.setText(title)
        self.setAccessibleName(title)
        self.name.setText(reply.name)
        self.text.set_text(reply.text)
        self._named.clear_state()
        self.show()
        (self.name if new else self.text).setFocus()

    def writing(self) -> bool:
        """Whether it is open."""
        return not self.isHidden()

    def refuse(self, text: str) -> None:
        """It was not kept: say why, keep the words."""
        self._named.set_state(FieldState.ERROR, text)
        self.name.setFocus()

    def dismiss(self) -> None:
        """Away with it."""
        if self.writing():
            self.hide()
            self.closed.emit()

    def _keep(self) -> None:
        self.kept.emit(self.name.text(), self.text.text(), self._before)
