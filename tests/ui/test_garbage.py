"""A widget in a reference cycle must die in the window's thread, whoever allocates."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from ui.garbage import GuiGarbage


class Knot:
    """A cycle; tells in which thread it was taken apart."""

    def __init__(self, seen: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: seen.append(threading.get_ident()))


@pytest.fixture
def garbage(qapp: QObject) -> GuiGarbage:
    return GuiGarbage()


def test_a_busy_worker_collects_nothing_and_the_window_does(garbage: GuiGarbage) -> None:
    seen: list[int] = []
    Knot(seen)

    def allocate() -> None:
        kept = [[number] for number in range(50_000)]
        assert kept

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert seen == []
    keep = [[number] for number in range(2_000)]  # enough for the youngest generation to be due
    garbage.collect_what_is_due()
    assert keep
    assert seen == [threading.get_ident()]
    assert not gc.isenabled()
