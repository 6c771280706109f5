"""PySide6 6.12.0 lost a reference of `True` or `None` with many calls: Python 3.11 then aborts after some hours."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

CALLS = 500


class Speaker(QObject):
    said = Signal()


def _press(button: QPushButton) -> None:
    button.click()


@pytest.mark.parametrize("constant", [True, False, None])
def test_calls_into_qt_give_back_what_they_borrow(qtbot, constant: bool | None) -> None:
    speaker, field, button = Speaker(), QLineEdit(), QPushButton()
    qtbot.addWidget(field)
    qtbot.addWidget(button)
    speaker.said.connect(lambda: None)
    calls: list[Callable[[], object]] = [
        speaker.said.emit,
        lambda: field.setText("a"),
        lambda: field.setEnabled(True),
        lambda: field.property("nothing"),
        lambda: _press(button),
    ]
    for call in calls:
        before = sys.getrefcount(constant)
        for _ in range(CALLS):
            call()
        assert sys.getrefcount(constant) > before - CALLS // 10
