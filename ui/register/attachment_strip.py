"""The files of a complaint as small pictures in a row."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu

from kelurahan_client.domain.attachments import Attachment
from ui.figures import size as size_words
from ui.register.flow import FlowRow
from ui.register.pictures import PDF
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour
from ui.wording import WITA, long_date

THUMB = QSize(56, 40)  # design pixels


class Thumb(QAbstractButton):
    """One file: its picture once it is known, else a glyph; a cloud where its bytes are not on this machine."""

    def __init__(self, theme: Theme, item: Attachment) -> None:
        super().__init__()
        self._theme = theme
        self.item = item
        self._image: QImage | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        here = "" if item.here else self.tr("belum ada di komputer ini")
        day = long_date(item.at.astimezone(WITA).date())
        by = self.tr("oleh {officer}, {day}").format(officer=item.actor, day=day) if item.actor else day
        said = ", ".join(part for part in (item.name, size_words(item.size), by, here) if part)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setFixedSize(theme.px(THUMB.width()), theme.px(THUMB.height()))

    def sizeHint(self) -> QSize:
        """Always the same."""
        return QSize(self._theme.px(THUMB.width()), self._theme.px(THUMB.height()))

    def show_image(self, image: QImage | None) -> None:
        """The picture that a worker made; None keeps the glyph."""
        self._image = image
        self.update()

    def has_image(self) -> bool:
        """Whether the picture is shown."""
        return self._image is not None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture cut to the box, or the glyph."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, theme.px(4), theme.px(4))
        painter.fillPath(path, theme.colour(Colour.SURFACE_3))
        if self._image is not None:
            painter.setClipPath(path)
            wanted = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            target = QRectF(0, 0, wanted.width(), wanted.height())
            target.moveCenter(box.center())
            painter.drawImage(target, self._image)
            painter.setClipping(False)
        else:
            kind = Icon.FILE if self.item.media_type == PDF else Icon.IMAGE
            icon = kind if self.item.here else Icon.IMPORT
            theme.paint_icon(painter, box, icon, Colour.TEXT_2, SIZES.icon)
        painter.setPen(QPen(theme.colour(Colour.LINE_MID), 1))
        painter.drawPath(path)


class AttachmentStrip(FlowRow):
    """`opened`, `saved`: what is wanted with a file, each with its Attachment; `fetched`: a list of those to bring."""

    opened = Signal(object)
    saved = Signal(object)
    fetched = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme.px(8))
        self._theme = theme
        self._files: tuple[Attachment, ...] = ()
        self.thumbs: list[Thumb] = []
        self.setAccessibleName(self.tr("Lampiran"))

    def show_files(self, files: Sequence[Attachment]) -> list[Thumb]:
        """Show these; those whose picture is wanted are returned."""
        if tuple(files) == self._files:
            return []
        self._files = tuple(files)
        held = next((thumb.item.id for thumb in self.thumbs if thumb.hasFocus()), "")
        self.clear()
        self.thumbs = [Thumb(self._theme, item) for item in files]
        for thumb in self.thumbs:
            thumb.clicked.connect(partial(self._press, thumb))
            self.add(thumb)
            thumb.show()
            if thumb.item.id == held:
                thumb.setFocus(Qt.FocusReason.OtherFocusReason)
        self._hold()
        return [thumb for thumb in self.thumbs if thumb.item.here]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer in a line."""
        super().resizeEvent(event)
        self._hold()

    def _hold(self) -> None:
        """The height that all lines need; a layout would give less where room is scarce."""
        self.setFixedHeight(max(1, self.heightForWidth(max(self.width(), self._theme.px(THUMB.width())))))

    def menu_of(self, item: Attachment) -> QMenu:
        """What can be done with a file."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if item.here:
            menu.addAction(self._theme.icon(Icon.SHOW), self.tr("Buka")).triggered.connect(
                partial(self.opened.emit, item)
            )
            menu.addAction(self._theme.icon(Icon.SAVE), self.tr("Simpan salinan…")).triggered.connect(
                partial(self.saved.emit, item)
            )
        else:
            menu.addAction(self._theme.icon(Icon.IMPORT), self.tr("Ambil dari server kota")).triggered.connect(
                partial(self.fetched.emit, [item])
            )
            away = [one for one in self._files if not one.here]
            if len(away) > 1:
                words = self.tr("Ambil semua ({n} berkas)").format(n=len(away))
                menu.addAction(words).triggered.connect(partial(self.fetched.emit, away))
        return menu

    def _press(self, thumb: Thumb) -> None:
        menu = self.menu_of(thumb.item)
        menu.popup(thumb.mapToGlobal(QPoint(0, thumb.height() + self._theme.px(4))))
