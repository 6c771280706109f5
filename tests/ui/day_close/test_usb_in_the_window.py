"""A day without a network, closed in the window, carried to a real centre on a stick and answered."""

import errno
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kelurahan_client.services import day_close
from kelurahan_client.services.paper import Paper
from sync import carrying
from tests.together.sticks import Sticks
from tests.ui.day_close.conftest import Stick, shown
from tests.ui.desk_window import DeskWindow, desk_window
from ui.day_close.drives import mounted, removable_folders
from ui.day_close.model import Step
from ui.day_close.page import DayClosePage
from ui.tasks import Tasks
from ui.theme.theme import Theme


@pytest.fixture
def clerk(shared_central: Any, make_desk: Any, office: str) -> Any:
    """A clerk at a desk that a real centre knows, with three complaints that it has not heard of."""
    found = make_desk(shared_central, office)
    for n in range(3):
        found.register(title=f"Judul {n}")
    return found


@pytest.fixture
def clerks_window(qtbot: QtBot, theme: Theme, tasks: Tasks, clerk: Any) -> Iterator[DeskWindow]:
    with desk_window(qtbot, theme, tasks, clerk.desk) as made:
        yield made


@pytest.fixture
def clerks_page(clerks_window: DeskWindow, stick: Stick, papers: list[Paper]) -> DayClosePage:
    return shown(clerks_window, stick, papers)


def test_close_without_a_network_carry_and_agree(
    shared_central: Any,
    clerk: Any,
    clerks_window: DeskWindow,
    clerks_page: DayClosePage,
    stick: Stick,
    tmp_path: Path,
) -> None:
    window, page = clerks_window, clerks_page
    page.foot.save.click()
    window.settle()
    (file,) = stick.written()
    assert file.name in page.usb.words()
    assert "3 kiriman" in page.usb.words()
    assert "belum terkirim sampai" in page.usb.words()
    assert "erkirim." not in page.usb.words().replace("belum terkirim", "")
    assert QApplication.focusWidget() is page.usb.done
    page.foot.close_day.click()
    page.bar.yes.click()
    window.settle()
    assert page.pane.equation.sentence() == "3 diketik, 0 diakui server, 3 belum terkirim, 0 ditolak."
    closing = window.work(lambda: day_close.history(clerk.desk))[0]
    assert (closing.typed, closing.left_over) == (3, 3)
    # at the centre
    sticks = Sticks(tmp_path)
    assert sticks.at_centre(shared_central, file)["applied"] == 3
    stick.answer = window.work(lambda: sticks.from_centre(shared_central, clerk))
    # and back
    page.foot.take.click()
    window.settle()
    assert "3 kiriman ditandatangani server kota" in page.usb.words()
    page.reload(frozenset({"complaint"}))
    window.settle()
    assert page.pane.equation.sentence() == "3 diketik, 3 diakui server, 0 belum terkirim, 0 ditolak."
    assert page.pane.steps.rows[Step.SIGNED].done()
    states = window.work(lambda: {line["sync_state"] for line in clerk.listed().values()})
    assert states == {"acknowledged"}
    assert window.work(lambda: day_close.as_it_was(day_close.closing(clerk.desk, closing.id))).total.here == 3


def test_an_answer_that_is_none_is_refused_in_a_sentence(window: DeskWindow, page: DayClosePage, stick: Stick) -> None:
    stick.answer = stick.folder / "bukan.bundel"
    stick.answer.write_bytes(b"bukan bundel")
    page.foot.take.click()
    window.settle()
    assert page.usb.banner.isVisibleTo(page)
    assert page.usb.words().startswith("Bundel tidak dapat dipakai.")
    stick.answer = stick.folder / "tidak ada.bundel"
    page.foot.take.click()
    window.settle()
    assert page.usb.words().startswith("Berkas tidak dapat dibaca.")
    assert page.go_back()
    assert not page.usb.isVisibleTo(page)


def test_a_stick_is_stopped_and_leaves_nothing(
    clerks_window: DeskWindow, clerks_page: DayClosePage, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, page = clerks_window, clerks_page
    begun, go_on = threading.Event(), threading.Event()
    real = carrying.export

    def slow(desk: Any, target: Path, report: Any, cancelled: Any) -> Any:
        begun.set()
        go_on.wait(30)
        return real(desk, target, report, cancelled)

    monkeypatch.setattr(carrying, "export", slow)
    page.foot.save.click()
    begun.wait(30)
    assert not page.may_close()
    assert window.said[-1][0].startswith("Stik USB masih dipakai.")
    assert page.usb.progress.isVisibleTo(page)
    page.usb.progress.cancel_button().click()
    go_on.set()
    window.settle()
    assert stick.written() == []
    assert "Dihentikan" in page.usb.words()
    assert page.may_close()


def test_a_full_stick_is_not_called_the_computers_disk(
    clerks_window: DeskWindow, clerks_page: DayClosePage, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("sync.bundle_file.os.fsync", full)
    clerks_page.foot.save.click()
    clerks_window.settle()
    assert clerks_page.usb.words().startswith("Stik USB penuh.")
    assert clerks_page.usb.words().endswith("Yang menunggu tetap di komputer ini.")
    assert stick.written() == []


def test_from_elsewhere_the_stick_is_asked_for_at_once(window: DeskWindow, page: DayClosePage, stick: Stick) -> None:
    stick.declined = True
    page.activate(usb="save")
    window.settle()
    assert [name.endswith(".bundel") for name in stick.proposed] == [True]


def test_sticks_are_found_where_desktops_put_them() -> None:
    table = (
        "/dev/sda1 / ext4 rw 0 0\n"
        "/dev/sdb1 /media/norhasanah/STIK\\040KANTOR vfat rw 0 0\n"
        "/dev/sdc1 /run/media/norhasanah/BIRU exfat rw 0 0\n"
        "tmpfs /run tmpfs rw 0 0\n"
    )
    assert mounted(table) == [Path("/media/norhasanah/STIK KANTOR"), Path("/run/media/norhasanah/BIRU")]
    assert isinstance(removable_folders(), list)
