"""What is chosen in the settings takes hold in the window: colours, times of the exchange."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kelurahan_client.services import demo, preferences
from kelurahan_client.services.preferences import ExchangeTimes
from kelurahan_client.store import settings
from tests.desk_making import FakeClock
from tests.ui.desk_window import DeskWindow
from ui.frame.demo_ribbon import DemoRibbon
from ui.pacing import Pacing
from ui.session import EXCHANGE_MINUTES, Session
from ui.theme.theme import Mode, Theme
from ui.window_memory import WindowFile


def test_other_times_take_hold_at_once(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    assert 0.75 * EXCHANGE_MINUTES <= session.work.exchanging.pacing.minutes() <= 1.25 * EXCHANGE_MINUTES
    helper.work(lambda: preferences.set_exchange_times(helper.desk, ExchangeTimes(60)))
    session.work.exchanging.plan()
    helper.settle()
    assert 45 <= session.work.exchanging.pacing.minutes() <= 75
    helper.work(lambda: preferences.set_exchange_times(helper.desk, ExchangeTimes(0)))
    session.work.exchanging.plan()
    helper.settle()
    assert session.work.exchanging.pacing.minutes() == 0
    session.work.exchanging.pacing.ended(True)
    assert session.work.exchanging.pacing.minutes() == 0


def test_at_a_chosen_time_it_exchanges_whatever_waits(at_work: tuple[Session, DeskWindow], clock: FakeClock) -> None:
    session, helper = at_work
    helper.work(lambda: preferences.set_exchange_times(helper.desk, ExchangeTimes(0, (time(15, 30),))))
    session.work.exchanging.plan()
    helper.settle()
    clock.move(hours=4)
    session.work.exchanging.pacing.look_at_clock()
    helper.settle()
    assert helper.work(lambda: _failure(helper)) is None
    clock.move(hours=1)  # 15.32
    session.work.exchanging.pacing.look_at_clock()
    helper.settle()
    assert helper.work(lambda: _failure(helper)) is not None  # nobody answers at this address


def _failure(helper: DeskWindow) -> object:
    with helper.desk.store.read() as transaction:
        return settings.get(transaction, settings.LAST_FAILURE)


def test_due_by_the_clock_once_for_each_time(qtbot: QtBot) -> None:
    now = datetime(2026, 8, 3, 0, 0, tzinfo=UTC)  # 8.00
    at = [now]
    parent = QObject()
    pacing = Pacing(parent, 0)
    told: list[datetime] = []
    pacing.due_by_clock.connect(lambda: told.append(at[0]))
    pacing.set_times(ExchangeTimes(0, (time(9), time(15))), lambda: at[0])
    for minutes in range(0, 24 * 60, 7):
        at[0] = now + timedelta(minutes=minutes)
        pacing.look_at_clock()
    assert [(one - now).total_seconds() // 3600 for one in told] == [1, 7]
    at[0] = now + timedelta(days=3)  # the computer slept: what was missed is made good once
    pacing.look_at_clock()
    pacing.look_at_clock()
    assert len(told) == 3
    pacing.stop()
    at[0] = now + timedelta(days=5)
    pacing.look_at_clock()
    assert len(told) == 3


def test_colours_are_kept_and_a_new_size_waits_for_the_exchange(
    at_work: tuple[Session, DeskWindow], theme: Theme
) -> None:
    session, helper = at_work
    asked: list[int] = []
    session.look.scale_wanted.connect(asked.append)
    session.look.choose_scale(100)
    assert asked == []
    session.exchange()
    session.look.choose_scale(125)
    assert asked == []
    helper.settle()
    assert asked == [125]
    session.look.choose_mode("dark")
    assert theme.dark
    session.look.choose_mode("light")
    assert theme.mode is Mode.LIGHT


@pytest.mark.parametrize("scale", [90, 150])
def test_the_file_keeps_the_look(tmp_path: Path, scale: int) -> None:
    path = tmp_path / "window.ini"
    WindowFile(path).keep_mode(Mode.DARK)
    WindowFile(path).keep_scale(scale)
    assert (WindowFile(path).mode(), WindowFile(path).scale()) == (Mode.DARK, scale)


def test_a_demo_is_marked_in_the_window(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    assert session.window.findChildren(DemoRibbon) == []
    helper.keep(settings.DEMO, True)
    assert helper.work(lambda: demo.is_demo(helper.desk))
    again = Session(helper.theme)
    helper.qtbot.addWidget(again.window)
    again.window.show()
    again.begin(helper.tasks, helper.desk)
    helper.settle()
    (ribbon,) = again.window.findChildren(DemoRibbon)
    assert ribbon.isVisible()
    assert "mode demo" in again.window.windowTitle()
    again.leave()
    again.window.close()
    helper.settle()
