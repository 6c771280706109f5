"""How often a desk tries by itself."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.desk_window import DeskWindow
from ui.pacing import pause_minutes
from ui.session import EXCHANGE_MINUTES, Session

FAILURES = st.integers(0, 10_000)
CHANCE = st.floats(0, 1)


@given(FAILURES, CHANCE)
def test_a_closed_way_is_tried_less_often_but_not_given_up(failures: int, chance: float) -> None:
    pause = pause_minutes(5, failures, chance)
    assert pause_minutes(5, failures + 1, chance) >= pause
    assert 3.75 <= pause <= 25
    assert pause_minutes(5, 2, chance) == 4 * pause_minutes(5, 0, chance)


@given(FAILURES)
def test_desks_that_failed_together_do_not_come_back_together(failures: int) -> None:
    first, last = pause_minutes(5, failures, 0), pause_minutes(5, failures, 1)
    assert last - first >= 2.5


def test_each_failure_makes_the_pause_longer(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    usual = session.work.exchanging.pacing.minutes()
    assert 0.75 * EXCHANGE_MINUTES <= usual <= 1.25 * EXCHANGE_MINUTES
    for _ in range(2):
        QTest.keyClick(session.window, Qt.Key.Key_F9)
        helper.settle()
    assert session.work.exchanging.pacing.minutes() >= 0.75 * 4 * EXCHANGE_MINUTES
    session.work.exchanging.pacing.ended(True)
    assert session.work.exchanging.pacing.minutes() <= 1.25 * EXCHANGE_MINUTES
