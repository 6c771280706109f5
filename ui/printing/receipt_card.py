"""The receipt beside the number that was just given, or beside the form: what the citizen will take home."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kelurahan_client.domain.complaint import Intake
from kelurahan_client.services import receipts
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper
from ui.language import said
from ui.printing.layout import SHEETS
from ui.printing.render import pictures
from ui.printing.words import size_name
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.card import Card

WIDTH = 316  # of the card, in design pixels
_PICTURE = WIDTH - 2 * 16 - 2


class _Picture(QWidget):
    """One page with a hairline around it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_image(self, image: QImage) -> None:
        self.image = image
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self.image.deviceIndependentSize().toSize() + QSize(2, 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.drawImage(1, 1, self.image)
        painter.setPen(self._theme.colour(Colour.LINE_MID))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


@dataclass(frozen=True, slots=True)
class _Drawn:
    paper: Paper
    image: QImage


class ReceiptCard(Card):
    """The first page of a complaint's receipt, in the size that was chosen last."""

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk) -> None:
        super().__init__(theme, QCoreApplication.translate("ReceiptCard", "Tanda terima"))
        self._tasks = tasks
        self._desk = desk
        self.setFixedWidth(theme.px(WIDTH))
        self._picture = _Picture(theme)
        self.body.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_receipt(self, complaint_id: str) -> None:
        """Draw the receipt of a complaint."""
        self._picture.set_image(QImage())
        work = partial(receipts.receipt, self._desk, complaint_id)
        self._tasks.latest("printing.receipt-card", work, self._draw, owner=self)

    def show_preview(self, intake: Intake) -> None:
        """Draw the receipt of what is typed; the one before stays until it is drawn."""
        work = partial(receipts.preview, self._desk, intake)
        self._tasks.latest("printing.receipt-preview", work, self._draw, owner=self)

    def picture(self) -> QImage:
        """What is shown; null while it is being drawn."""
        return self._picture.image

    def _draw(self, paper: Paper) -> None:
        ratio = self.devicePixelRatioF()
        dpi = self._theme.px(_PICTURE) * 25.4 / SHEETS[paper.size].width

        def draw() -> _Drawn:
            return _Drawn(paper, pictures(paper, dpi, ratio, at_most=1).images[0])

        self._tasks.paper(draw, self._show, owner=self)

    def _show(self, drawn: _Drawn) -> None:
        self.set_title(self.tr("Tanda terima"), size_name(drawn.paper.size))
        self._picture.setAccessibleName(said(drawn.paper.title))
        self._picture.set_image(drawn.image)
