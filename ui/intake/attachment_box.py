"""Lampiran: what was added to the form, and the ways to add more."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kelurahan_client.store.draft_files import DraftFile
from ui.figures import size
from ui.intake.panel import MessageLine
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import KeyButton
from ui.widgets.field import FieldState
from ui.widgets.icon_button import IconButton
from ui.widgets.labels import ElidedLabel, TextLabel


class AttachmentBox(QWidget):
    """The files in two columns, the button beside the first.

    `files_wanted`, `paste_wanted`, `scans_wanted`: a way of the menu; `removal_wanted` carries a DraftFile.
    """

    files_wanted = Signal()
    paste_wanted = Signal()
    scans_wanted = Signal()
    removal_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chips: list[FileChip] = []
        self._images: dict[str, QPixmap] = {}
        self.setAccessibleName(self.tr("Lampiran"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(TextLabel(self.tr("Lampiran"), TextRole.LABEL, Colour.TEXT_2, bold=True))
        head.addWidget(ElidedLabel(self.tr("seret, tempel, atau pindai"), TextRole.LABEL, Colour.TEXT_3), 1)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(8))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        menu = QMenu()
        menu.addAction(self.tr("Pilih berkas…\tCtrl+O")).triggered.connect(self.files_wanted)
        menu.addAction(self.tr("Tempel dari papan klip\tCtrl+V")).triggered.connect(self.paste_wanted)
        menu.addAction(self.tr("Folder pemindai…\tCtrl+D")).triggered.connect(self.scans_wanted)
        self.button = KeyButton(theme, self.tr("Tambah"), Icon.ATTACH, menu=menu)
        self.button.setAccessibleName(self.tr("Tambah lampiran"))
        self._empty = TextLabel(self.tr("Foto, scan, atau PDF"), TextRole.CAPTION, Colour.TEXT_3)
        self._said = TextLabel("", TextRole.CAPTION, Colour.TEXT_2, wrap=True)
        self._said.hide()
        column.addWidget(self._said)
        self._wrong = MessageLine(theme)
        column.addWidget(self._wrong)
        self._under_way = 0
        self._last = ""
        self._grid.addWidget(self.button, 0, 1)
        self._grid.addWidget(self._empty, 0, 0)

    def show_files(self, files: Sequence[DraftFile]) -> None:
        """Show these."""
        left = next((at for at, chip in enumerate(self._chips) if chip.cross.hasFocus()), None)
        for chip in self._chips:
            self._grid.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        before: QWidget = self.button
        for at, file in enumerate(files):
            chip = FileChip(self._theme, file, self._images.get(file.sha256))
            chip.cross.clicked.connect(partial(self.removal_wanted.emit, file))
            cell = at if at == 0 else at + 1  # the button has the second cell
            self._grid.addWidget(chip, cell // 2, cell % 2)
            QWidget.setTabOrder(before, chip.cross)
            before = chip.cross
            self._chips.append(chip)
        self._empty.setVisible(not files)
        if left is not None:  # the next one comes under the fingers, so that nothing scrolls away
            beside = self._chips[min(left, len(files) - 1)].cross if files else self.button
            beside.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_picture(self, sha256: str, image: QImage) -> None:
        """A small picture of a file is there."""
        if image.isNull():
            return
        self._images[sha256] = QPixmap.fromImage(image)
        for chip in self._chips:
            if chip.file.sha256 == sha256:
                chip.set_picture(self._images[sha256])

    def show_busy(self, count: int) -> None:
        """How many files are being made ready."""
        self._under_way = count
        self._tell()

    def show_dragged(self, above: bool) -> None:
        """Files hang over the form, or no more."""
        self.say(self.tr("Lepaskan untuk melampirkan.") if above else "")

    def say(self, text: str, wrong: str = "") -> None:
        """Something about the last files, and what is wrong with some of them; both until something else is said."""
        self._wrong.set_state(FieldState.ERROR if wrong else FieldState.OK, wrong)
        self._last = text
        self._tell()
        self._come_into_view()

    def words(self) -> str:
        """What is said below."""
        return f"{self._said.text()} {self._wrong.text()}".strip()

    def chips(self) -> list["FileChip"]:
        """The files shown, in order."""
        return list(self._chips)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is said has found its room; the form has not yet."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._come_into_view)

    def _come_into_view(self) -> None:
        """Below the edge of the form nobody would read what is said."""
        if not self.words():
            return
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self)

    def _tell(self) -> None:
        preparing = self.tr("Menyiapkan {count} berkas…").format(count=self._under_way) if self._under_way else ""
        self._said.setText(preparing or self._last)
        self._said.setVisible(bool(self._said.text()))


class FileChip(QFrame):
    """One file: a small picture, its name and size, and a cross that takes it out."""

    def __init__(self, theme: Theme, file: DraftFile, picture: QPixmap | None) -> None:
        super().__init__()
        self.file = file
        self.setProperty("surface", "card-quiet")
        self.setFixedHeight(theme.px(SIZES.button))
        self._sight = _Sight(theme, Icon.FILE if file.media_type == "application/pdf" else Icon.IMAGE, picture)
        name = ElidedLabel(file.name, TextRole.LABEL)
        told = self.tr("{name}, {size}").format(name=file.name, size=size(file.size))
        self.setAccessibleName(told)
        self.cross = IconButton(
            theme, Icon.CLOSE, self.tr("Keluarkan {name}").format(name=file.name), size=SIZES.icon_small
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(4), 0, theme.px(2), 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._sight)
        row.addWidget(name, 1)
        row.addWidget(TextLabel(size(file.size), TextRole.CAPTION, Colour.TEXT_2))
        row.addWidget(self.cross)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_picture(self, picture: QPixmap) -> None:
        """Show what is in it."""
        self._sight.set_picture(picture)


class _Sight(QWidget):
    """A small picture with round corners, or an icon until there is one."""

    def __init__(self, theme: Theme, icon: Icon, picture: QPixmap | None) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._picture = picture
        self.setFixedSize(theme.px(28), theme.px(28))

    def set_picture(self, picture: QPixmap) -> None:
        """Show a picture in the icon's place."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._theme.px(28), self._theme.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, or the icon."""
        painter = QPainter(self)
        if self._picture is None:
            self._theme.paint_icon(painter, self.rect(), self._icon, Colour.TEXT_2, SIZES.icon)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), self._theme.px(4), self._theme.px(4))
        painter.setClipPath(frame)
        painter.drawPixmap(self.rect(), self._picture)
