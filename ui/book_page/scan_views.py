"""The scan on a scene that two views look at: the whole sheet, and a lens that follows the line being typed."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSceneMouseEvent,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from ui.book_page.ruler import Ruler
from ui.theme.theme import Theme
from ui.theme.tokens import Colour

_STEP = 1.2
_SMALLEST, _LARGEST = 0.05, 6.0


class ScanScene(QGraphicsScene):
    """One sheet, turned as it is read, and the ruler over it. `dragged` carries the ruler's new top in the sheet."""

    dragged = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()
        self._turn = 0
        self._sheet = QGraphicsPixmapItem()
        self._sheet.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.bar = RulerItem(self)
        self.addItem(self._sheet)
        self.addItem(self.bar)

    def show_image(self, image: QImage, turn: int) -> None:
        """Show a sheet turned by `turn` degrees."""
        self._image, self._turn = image, turn
        pixmap = QPixmap.fromImage(image.transformed(QTransform().rotate(turn)) if turn else image)
        self._sheet.setPixmap(pixmap)
        self.setSceneRect(QRectF(pixmap.rect()))

    def lay_ruler(self, ruler: Ruler, row: int) -> None:
        """Lay the ruler on a line."""
        box = self.sceneRect()
        self.bar.lay(QRectF(0, ruler.line(row) * box.height(), box.width(), ruler.step * box.height()))
        accent = QColor(self._theme.colour(Colour.ACCENT))
        self.bar.setPen(QPen(accent, 0))
        accent.setAlpha(38)
        self.bar.setBrush(QBrush(accent))


class RulerItem(QGraphicsRectItem):
    """The band over the current line; dragged up and down by mouse. A lens looks through it."""

    def __init__(self, scene: ScanScene) -> None:
        super().__init__()
        self._scene = scene
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable)
        self.setCursor(Qt.CursorShape.SizeVerCursor)

    def lay(self, place: QRectF) -> None:
        """Lie here."""
        self.setPos(0, 0)
        self.setRect(place)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the band, but not in a lens."""
        if widget is None or not isinstance(widget.parent(), LensView):
            super().paint(painter, option, widget)

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Only up and down."""
        super().mouseMoveEvent(event)
        self.setPos(0, self.pos().y())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """It was laid somewhere else."""
        super().mouseReleaseEvent(event)
        if moved := self.pos().y():
            self._scene.dragged.emit((self.rect().y() + moved) / max(self._scene.sceneRect().height(), 1.0))


class SheetView(QGraphicsView):
    """The whole sheet: Ctrl with the wheel and + - enlarge, dragging moves it. `zoomed` carries per cent."""

    zoomed = Signal(int)

    def __init__(self, theme: Theme, scene: ScanScene, name: str) -> None:
        super().__init__(scene)
        self._fits = True
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._theme = theme
        self._recolour()
        theme.changed.connect(self._recolour)  # a method: Qt lets go of it when the view ends
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or fitting the width would change it
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

    def _recolour(self) -> None:
        self.setBackgroundBrush(self._theme.colour(Colour.SURFACE_3))

    def fit_width(self) -> None:
        """As wide as the room."""
        self._fits = True
        width = self.sceneRect().width()
        if width > 0:
            room = self.viewport().width()
            self.setTransform(QTransform.fromScale(room / width, room / width))
            self.zoomed.emit(self.percent())

    def zoom(self, factor: float) -> None:
        """Enlarge, or make smaller."""
        self._fits = False
        now = self.transform().m11()
        wanted = min(max(now * factor, _SMALLEST), _LARGEST)
        self.scale(wanted / now, wanted / now)
        self.zoomed.emit(self.percent())

    def larger(self) -> None:
        """One step larger."""
        self.zoom(_STEP)

    def smaller(self) -> None:
        """One step smaller."""
        self.zoom(1 / _STEP)

    def percent(self) -> int:
        """How large the sheet is shown."""
        return round(self.transform().m11() * 100)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as wide as the room where that was wanted."""
        super().resizeEvent(event)
        if self._fits:
            self.fit_width()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl with the wheel enlarges."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and - while the scan has the keyboard."""
        if event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.larger()
        elif event.key() == Qt.Key.Key_Minus:
            self.smaller()
        else:
            super().keyPressEvent(event)


class LensView(QGraphicsView):
    """The current line in large."""

    def __init__(self, theme: Theme, scene: ScanScene, name: str) -> None:
        super().__init__(scene)
        self._spot: tuple[QRectF, float] | None = None
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(theme.px(68))
        self.setInteractive(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setBackgroundBrush(theme.colour(Colour.SURFACE_3))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform)

    def follow(self, line: QRectF, across: float) -> None:
        """Show a line of the sheet, at this part of its width."""
        self._spot = (line, across)
        if line.height() > 0:
            scale = self.height() / (line.height() * 1.1)
            self.setTransform(QTransform.fromScale(scale, scale))
            self.centerOn(QPointF(line.x() + line.width() * across, line.center().y()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep looking at the same line."""
        super().resizeEvent(event)
        if self._spot is not None:
            self.follow(*self._spot)
