"""A conflict that two real desks made through a real centre, decided in the window of one of them."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.desk_window import desk_window
from ui.conflict.page import ConflictPage
from ui.tasks import Tasks
from ui.theme.theme import Theme


def test_it_is_decided_taken_back_and_decided_anew(
    qtbot: QtBot, theme: Theme, tasks: Tasks, shared_central: Any, make_desk: Any, office: str
) -> None:
    one, two = make_desk(shared_central, office, "A"), make_desk(shared_central, office, "B")
    made = one.register(title="Lampu padam")
    for desk in (one, two):
        desk.exchange()
    two.edit(made.id, title="Lampu jalan padam di muka langgar")
    one.edit(made.id, title="Lampu padam dua tiang")
    for desk in (two, one):
        desk.exchange()
    with desk_window(qtbot, theme, tasks, one.desk) as window:
        page = ConflictPage(theme, tasks, one.desk, window.navigate, window.notify)
        window.show(page)
        page.activate()
        window.settle()
        cards = page.pane.comparison.cards()
        assert [card.accessibleName() for card in cards] == ["Semula", "Di sini", "Di pusat"]
        assert [card.text.toPlainText() for card in cards] == [
            "Lampu padam",
            "Lampu padam dua tiang",
            "Lampu jalan padam di muka langgar",
        ]
        assert "Petugas B, Loket B" in cards[2].accessibleDescription()
        QTest.keyClick(page.list.view, Qt.Key.Key_1)
        page.pane.answer.save.click()
        window.settle()
        undo = window.said[-1][1]
        assert undo is not None
        undo()
        window.settle()
        window.work(one.exchange)
        page.reload(frozenset({"conflict"}))
        window.settle()
        assert len(page.list.ids()) == 1
        one.clock.move(minutes=1)
        assert window.work(lambda: one.complaint(made.id)).title == "Lampu jalan padam di muka langgar"
        QTest.keyClick(page.list.view, Qt.Key.Key_1)
        page.pane.answer.save.click()
        window.settle()
        window.work(one.exchange)
        two.exchange()
        assert two.complaint(made.id).title == "Lampu padam dua tiang"
        page.reload(frozenset({"conflict"}))
        window.settle()
        assert page.list.ids() == []
