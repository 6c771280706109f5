"""What is told to a citizen who was added as a further reporter: the number of the complaint that is there already."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kelurahan_client.services.joining import Joined
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.labels import Glyph, TextLabel


class JoinedView(QScrollArea):
    """The number in large type; `next_requested`, `look_requested` with the complaint's id, `undo_requested`."""

    next_requested = Signal()
    look_requested = Signal(str)
    undo_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._joined: Joined | None = None
        self._head = TextLabel("", TextRole.SECTION, bold=True)
        self._number = TextLabel("", TextRole.REFERENCE, Colour.ACCENT_TEXT, bold=True)
        self._number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._number.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._subject = TextLabel("", wrap=True)
        self._told = TextLabel("", colour=Colour.TEXT_2, wrap=True)
        self.next_button = KeyButton(
            theme, self.tr("Pengaduan berikutnya"), Icon.ADD, key="F2", kind=ButtonKind.PRIMARY
        )
        self.next_button.clicked.connect(self.next_requested)
        self.look_button = KeyButton(theme, self.tr("Lihat di Daftar"), Icon.LIST)
        self.undo_button = KeyButton(theme, self.tr("Urungkan"), Icon.UNDO)
        self.look_button.clicked.connect(self._look)
        self.undo_button.clicked.connect(self._undo)
        self._build(theme)

    def _build(self, theme: Theme) -> None:
        card = Card(theme, padding=32)
        card.setMaximumWidth(theme.px(SIZES.form_max))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(Glyph(theme, Icon.REPORTER_ADDED, Colour.ACCENT, SIZES.icon_large))
        head.addWidget(self._head)
        head.addStretch(1)
        card.body.addLayout(head)
        for part in (self._number, self._subject, self._told):
            card.body.addWidget(part)
        card.body.addSpacing(theme.px(12))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in (self.next_button, self.look_button, self.undo_button):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, theme.px(16), 0)  # in line with the head above
        line = QHBoxLayout()
        line.addWidget(card, 1000)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(whole)

    def show_joined(self, joined: Joined, *, confidential_title: bool) -> None:
        """Tell about somebody who was just added; a confidential title is not shown over the counter."""
        self._joined = joined
        self._head.setText(self.tr("Dicatat sebagai pelapor ke-{place}").format(place=joined.place))
        self._number.setText(joined.reference)
        self._number.setAccessibleName(self.tr("Nomor {reference}").format(reference=joined.reference))
        self._subject.setText("" if confidential_title else joined.title)
        self._subject.setVisible(not confidential_title)
        told = [self.tr("Tidak ada pengaduan kedua: pelapor memakai nomor ini, dan keduanya mendapat jawaban.")]
        if joined.files:
            told.append(self.tr("{count} lampiran ikut ditambahkan.").format(count=joined.files))
        told.append(self.tr("Identitasnya hanya disimpan di loket ini. Belum terkirim ke pusat."))
        self._told.setText(" ".join(told))
        self.undo_button.setEnabled(True)
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def reference(self) -> str:
        """The number shown."""
        return self._number.text()

    def words(self) -> str:
        """Everything that is said."""
        return f"{self._head.text()} {self._told.text()}"

    def _look(self) -> None:
        if self._joined is not None:
            self.look_requested.emit(self._joined.complaint_id)

    def _undo(self) -> None:
        if self._joined is not None:
            self.undo_button.setEnabled(False)
            self.undo_requested.emit(self._joined.id)
