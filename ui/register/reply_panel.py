"""Where a text to answer with is written and named, in place of the foot."""

from PySide6.QtCore import Qt, Signal
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
    """Hidden while nothing is written. `kept`: name, text, and the name that it had before ("" = new). `closed`.

    `typed`: the text as it stands now (OwnReply, None where it is as it was before), and that name; `left`: that name,
    a person does not want it any more.
    """

    kept = Signal(str, str, str)
    closed = Signal()
    typed = Signal(object, str)
    left = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "quiet")
        self._before: OwnReply | None = None  # None while nothing is written
        self._old_name = ""
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
        leave.clicked.connect(self.leave)
        self.name.textChanged.connect(self._typed)
        self.text.textChanged.connect(self._typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.addWidget(self._title)
        self._since = TextLabel("", TextRole.CAPTION, Colour.TEXT_2)
        head.addWidget(self._since, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(head)
        for widget in (self._named, self._written, hint):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def write(self, reply: OwnReply, begun: OwnReply, since: str, *, new: bool) -> None:
        """Write a new one, or another wording of one; `begun` is what stands there already, `since` when (words)."""
        self._before = None  # what is put into the fields now was not typed
        self._old_name = "" if new else reply.name
        title = self.tr("Contoh jawaban baru") if new else self.tr("Ubah contoh jawaban")
        self._title.setText(title)
        self.setAccessibleName(title)
        self._since.setText(since)
        self.name.setText(begun.name)
        self.text.set_text(begun.text)
        self._before = reply
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

    def leave(self) -> None:
        """Esc: away with it and with what was typed."""
        if self.writing():
            self.dismiss()
            self.left.emit(self._old_name)

    def dismiss(self) -> None:
        """Away with it; what was typed waits."""
        self._before = None
        if self.writing():
            self.hide()
            self.closed.emit()

    def _typed(self) -> None:
        if self._before is not None:
            now = OwnReply(self.name.text(), self.text.text())
            self.typed.emit(None if now == self._before else now, self._old_name)

    def _keep(self) -> None:
        self.kept.emit(self.name.text(), self.text.text(), self._old_name)
