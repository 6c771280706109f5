"""What is told to the citizen when the complaint is saved: its number, and by when somebody looks at it."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.services import handling
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.intake import Registered
from ui.printing.receipt_card import WIDTH, ReceiptCard
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.labels import Glyph, TextLabel
from ui.widgets.notices import Banner
from ui.wording import day_date

_BESIDE = 520  # design pixels that the number and its buttons need


class ResultView(QScrollArea):
    """The number in large type; `next_requested`, and `look_requested`, `print_requested` with the complaint's id."""

    next_requested = Signal()
    look_requested = Signal(str)
    print_requested = Signal(str)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk) -> None:
        super().__init__()
        self._tasks = tasks
        self._desk = desk
        self._id = ""
        self._beside = theme.px(WIDTH + _BESIDE)
        self.receipt = ReceiptCard(theme, tasks, desk)
        self._number = TextLabel("", TextRole.REFERENCE, Colour.ACCENT_TEXT, bold=True)
        self._number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._number.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._subject = TextLabel("", wrap=True)
        self._promise = TextLabel("", colour=Colour.TEXT_2, wrap=True)
        self._warnings = Banner(theme, icon=Icon.WARNING, tone=Tone.AMBER)
        self.next_button = KeyButton(
            theme, self.tr("Pengaduan berikutnya"), Icon.ADD, key="F2", kind=ButtonKind.PRIMARY
        )
        self.next_button.clicked.connect(self.next_requested)
        self.print_button = KeyButton(theme, self.tr("Cetak"), Icon.PRINT, key="Ctrl+P", binds=True)
        self.print_button.clicked.connect(lambda: self.print_requested.emit(self._id))
        self.look_button = KeyButton(theme, self.tr("Lihat di Daftar"), Icon.LIST)
        self.look_button.clicked.connect(lambda: self.look_requested.emit(self._id))
        self._build(theme)

    def _build(self, theme: Theme) -> None:
        card = Card(theme, padding=32)
        card.setMaximumWidth(theme.px(SIZES.form_max))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(Glyph(theme, Icon.RESOLVED, Colour.ACCENT, SIZES.icon_large))
        head.addWidget(TextLabel(self.tr("Pengaduan tersimpan"), TextRole.SECTION, bold=True))
        head.addStretch(1)
        card.body.addLayout(head)
        card.body.addWidget(self._number)
        card.body.addWidget(self._subject)
        card.body.addWidget(self._promise)
        card.body.addSpacing(theme.px(4))
        card.body.addWidget(self._warnings)
        card.body.addSpacing(theme.px(8))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.next_button)
        row.addWidget(self.print_button)
        row.addWidget(self.look_button)
        row.addStretch(1)
        card.body.addLayout(row)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setSpacing(theme.px(16))
        line.addWidget(card, 1000, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.receipt, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(whole)

    def show_registered(self, registered: Registered, today: date) -> None:
        """Tell about a complaint that was just saved."""
        complaint = registered.complaint
        self._id = complaint.id
        self._number.setText(complaint.reference)
        self._number.setAccessibleName(self.tr("Nomor {reference}").format(reference=complaint.reference))
        self._subject.setText(complaint.title)
        self._show_promise(complaint, today)
        self._warnings.set_words(self.tr("Ikut dicatat:"), " ".join(registered.warnings))
        self._warnings.setVisible(bool(registered.warnings))
        self.show_receipt()
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def renew(self) -> None:
        """It may have been sent meanwhile."""
        work = partial(handling.find, self._desk, self._id)
        self._tasks.latest("intake.result", work, self._show_standing, owner=self)

    def _show_standing(self, complaint: Complaint) -> None:
        if complaint.id == self._id:
            self._show_promise(complaint, self._desk.today())

    def _show_promise(self, complaint: Complaint, today: date) -> None:
        sent = self.tr("Sudah diterima server kota.") if complaint.rev else self.tr("Belum terkirim ke pusat.")
        self._promise.setText(f"{self._verification(complaint, today)}{sent}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The receipt is shown beside the number where both have room."""
        super().resizeEvent(event)
        self.receipt.setVisible(self.viewport().width() >= self._beside)

    def show_receipt(self) -> None:
        """Draw the receipt beside the number, in the size that was chosen last."""
        self.receipt.show_receipt(self._id)

    def reference(self) -> str:
        """The number shown."""
        return self._number.text()

    def words(self) -> str:
        """Everything that is said below the number."""
        warnings = self._warnings.words() if self._warnings.isVisibleTo(self) else ""
        return f"{self._promise.text()} {warnings}".strip()

    def _verification(self, complaint: Complaint, today: date) -> str:
        due = complaint.due_date
        if due is None:
            return ""
        day = day_date(due).removesuffix(f" {today.year}")
        late = self.tr("Tenggat verifikasinya sudah lewat: {day}. ")
        return (late if due < today else self.tr("Verifikasi paling lambat {day}. ")).format(day=day)
