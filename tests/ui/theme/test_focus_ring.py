"""The ring around the button that has the keyboard."""

from PySide6.QtWidgets import QFocusFrame, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.focus import RING_MARGIN
from ui.theme.theme import Theme


def test_the_ring_is_whole_also_where_its_ends_lie_within_the_buttons_rectangle(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    pill = QPushButton("Tersambung")
    pill.setProperty("pill", True)
    QVBoxLayout(window).addWidget(pill)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    pill.setFocus()
    qtbot.waitUntil(pill.hasFocus)
    (ring,) = window.findChildren(QFocusFrame)
    assert ring.mask().isEmpty(), "nothing is cut out of it"
    assert ring.width() == pill.width() + 2 * RING_MARGIN
