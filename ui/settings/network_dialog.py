"""Proxy and certificate before there are settings: for the first start in an office behind a proxy."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from kelurahan_client.services.desk import Desk
from ui.settings.certificate_card import CertificateCard
from ui.settings.proxy_card import ProxyCard
from ui.settings.section import Remark, Room
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.buttons import KeyButton


class NetworkDialog(QDialog):
    """The two cards of the settings; what was kept is said below them. Esc closes."""

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Jaringan kantor"))
        self.said = Remark(theme)
        room = Room(theme, tasks, desk, self._say)
        self.proxy = ProxyCard(room)
        self.certificate = CertificateCard(room)
        close = KeyButton(theme, self.tr("Tutup"), key="Esc")
        close.clicked.connect(self.accept)
        px = theme.px
        inner = QWidget()
        cards = QVBoxLayout(inner)
        cards.setContentsMargins(px(24), px(20), px(24), px(8))
        cards.setSpacing(px(12))
        for part in (self.proxy, self.certificate, self.said):
            cards.addWidget(part)
        cards.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(16))
        column.addWidget(scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(24), 0, px(24), 0)
        foot.addWidget(close)
        column.addLayout(foot)
        self.resize(px(600), min(px(560), max(parent.height(), px(320))))
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.proxy.save)
        self.proxy.activate()
        self.certificate.activate()

    def _say(self, text: str, *_undo_and_icon: object, **_more: object) -> None:
        self.said.set(text, Icon.RESOLVED, Colour.ACCENT)


def open_network(theme: Theme, tasks: Tasks, desk: Desk, parent: QWidget) -> NetworkDialog:
    """Open it above `parent`; it goes when it is closed."""
    dialog = NetworkDialog(theme, tasks, desk, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
