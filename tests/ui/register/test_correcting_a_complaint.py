"""Correcting a complaint in the pane: what nobody was asked is seen and answered, and every field has its editor."""

from PySide6.QtWidgets import QMenu

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.services import handling
from tests.desk_making import register
from tests.ui.desk_window import DeskWindow
from ui.register.page import RegisterPage
from ui.widgets.chips import Chip


def opened(window: DeskWindow, page: RegisterPage, **changes: object) -> Complaint:
    made = window.work(lambda: register(window.desk, **changes))
    page.activate(complaint_id=made.id)
    window.settle()
    return made


def chips(page: RegisterPage) -> list[str]:
    found = page.detail.view.head.findChildren(Chip)
    return [chip.text() for chip in found if chip.isVisibleTo(page)]


def test_what_nobody_asked_stands_at_the_complaint_until_it_is_answered(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page, anonymous=None, confidential=None)
    full = page.detail.view.facts.text_in_full
    assert "Belum ditanya: nama / isi" in chips(page)
    assert "Perhatikan: Belum ditanyakan apakah isinya rahasia." in full()
    window.work(lambda: handling.edit(window.desk, made.id, {"confidential": True}))
    page.detail.reload()
    window.settle()
    assert "Belum ditanya: nama" in chips(page)
    assert "Rahasia" in chips(page)
    assert "apakah isinya rahasia" not in full()
    assert "apakah pelapor ingin anonim" in full()


def test_the_list_of_those_whom_nobody_asked_is_a_filter(window: DeskWindow, page: RegisterPage) -> None:
    opened(window, page)
    made = opened(window, page, anonymous=None)
    bar = page.list.bar
    actions = (action for menu in bar.findChildren(QMenu) for action in menu.actions())
    next(action for action in actions if action.text() == "Belum ditanya").trigger()
    window.settle()
    assert page.list.model.rowCount() == 1
    assert bar.values()["unasked"] == "Belum ditanya"
    assert page.detail.open_id() == made.id
