"""The charts of a report as pictures for paper: the same painters, in the light colours, three times as fine."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter

from kelurahan_client.services.report_figures import Report
from kelurahan_client.services.report_paper import FLOW_IMAGE
from ui.reports.figures import flow_bars
from ui.theme.theme import Mode, Theme
from ui.widgets.bar_painter import BarPainter

_SIZE = QSize(640, 190)
_FINER = 3


def paper_theme() -> Theme:
    """The look of paper, which is white and of one size, whatever the window looks like."""
    return Theme(Mode.LIGHT, 100)


def pictures(report: Report, theme: Theme) -> dict[str, bytes]:
    """PNG bytes by the names under which the paper wants them; none where there is nothing to draw."""
    if report.empty:
        return {}
    image = QImage(_SIZE * _FINER, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_FINER)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    BarPainter(theme, flow_bars(report)).paint(painter, QRectF(0, 0, _SIZE.width(), _SIZE.height()))
    painter.end()
    return {FLOW_IMAGE: _png(image)}


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(data.data())
