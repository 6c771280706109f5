"""Beranda on a real desk."""

from datetime import date

from PySide6.QtCore import Qt

from kelurahan_client.domain.complaint import Status, TimelineEntry
from kelurahan_client.services import handling, lists, silence
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.store import complaints, imports
from kelurahan_client.store.imports import Conflict
from tests.desk_making import FakeClock, register
from tests.ui.desk_window import DeskWindow
from ui.home.page import HomePage
from ui.register.filters import WORKLIST
from ui.register.page import RegisterPage
from ui.widgets.buttons import KeyButton
from ui.widgets.icon_button import IconButton


def home(window: DeskWindow, width: int = 1166) -> HomePage:
    page = HomePage(
        window.theme,
        window.tasks,
        window.desk,
        window.navigate,
        window.notify,
        lambda: window.navigate("exchange"),
    )
    window.show(page, width)
    page.activate()
    window.settle()
    return page


def test_every_tile_opens_a_list_as_long_as_its_number(window: DeskWindow) -> None:
    def fill() -> None:
        register(window.desk)
        register(window.desk, received_date=date(2026, 7, 20))
        old = register(window.desk, received_date=date(2026, 7, 1))
        handling.transition(window.desk, old.id, Status.VERIFIED)
        handling.transition(window.desk, old.id, Status.REFERRED, agency="PUPR")

    window.work(fill)
    page = home(window)
    found: dict[str, int] = {}
    for key, tile in page.tiles.items():
        tile.click()
        wanted = window.shown[-1][1]["list_filter"]
        assert isinstance(wanted, ListFilter)
        found[key] = len(window.work(lambda wanted=wanted: lists.keys(window.desk, wanted)))
        assert tile.figure() == str(found[key]), key
    assert found == {"today": 1, "unverified": 2, "soon": 0, "late": 2, "unsent": 3, "conflicts": 0}


def test_what_the_city_tells_stands_there_until_it_was_read(window: DeskWindow, clock: FakeClock) -> None:
    page = home(window)
    assert page.notices.isHidden()

    def told() -> None:
        with window.desk.store.write() as transaction:
            words = "Data loket A disalin dari komputer lain."
            entry = TimelineEntry(id="n", kind="notice", text=words, actor="", at=clock.at, acknowledged=True)
            complaints.add_entries(transaction, [""], [entry])

    window.work(told)
    page.reload(frozenset({"notice"}))
    window.settle()
    assert page.notices.isVisible()
    assert page.notices.words() == "Catatan server kota. Data loket A disalin dari komputer lain."
    page.notices.findChild(IconButton).click()
    window.settle()
    assert page.new.hasFocus()
    page.reload(frozenset())
    window.settle()
    assert page.notices.isHidden()


def test_what_is_resolved_and_silent_leads_to_the_list_that_closes_it(window: DeskWindow, clock: FakeClock) -> None:
    page = home(window)
    assert page.silence.isHidden()
    made = window.work(lambda: register(window.desk))

    def resolve() -> None:
        for to in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
            handling.transition(window.desk, made.id, to, "Sudah diperbaiki.")
        clock.move(days=40)

    window.work(resolve)
    page.reload(frozenset())
    window.settle()
    assert page.silence.isVisible()
    assert page.silence.words.text().startswith("1 pengaduan selesai")
    page.silence.look.click()
    wanted = window.shown[-1][1]["list_filter"]
    register_page = RegisterPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(register_page)
    register_page.activate(list_filter=wanted)
    window.settle()
    assert register_page.list.bar.chip("silent").isVisible()
    assert silence.REASON in register_page.silence.words.text()
    register_page.silence.close_all.click()
    window.settle()
    assert window.said[-1][0] == "1 pengaduan ditutup karena diam."
    assert register_page.silence.isHidden()
    assert window.work(lambda: handling.find(window.desk, made.id)).status is Status.CLOSED
    register_page.list.bar.clear_all.click()
    register_page.list.bar._pick("silent")
    assert register_page.list.bar.filter().silent_since == wanted.silent_since


def test_a_line_opens_its_complaint(window: DeskWindow) -> None:
    made = window.work(lambda: register(window.desk))
    page = home(window)
    table = page.due.table
    table.setFocus()
    table.selectRow(0)
    window.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert window.shown == [("register", {"list_filter": WORKLIST, "complaint_id": made.id})]


def test_before_the_first_complaint(window: DeskWindow) -> None:
    window.officer("Norhasanah")
    page = home(window)
    assert page.due.empty.isVisibleTo(page)
    assert page.due.empty.accessibleName() == "Belum ada pengaduan"
    assert not page.due.all.isVisibleTo(page)
    assert page.tiles["today"].figure() == "0"


def test_when_all_are_done(window: DeskWindow) -> None:
    def fill() -> None:
        made = register(window.desk)
        handling.transition(window.desk, made.id, Status.ARCHIVED, "ganda")

    window.work(fill)
    page = home(window)
    assert page.due.empty.accessibleName() == "Tidak ada yang menunggu"
    assert page.due.all.isVisibleTo(page)


def test_it_asks_again_when_records_change(window: DeskWindow) -> None:
    page = home(window)
    window.work(lambda: register(window.desk))
    page.reload(frozenset({"complaint"}))
    window.settle()
    assert page.tiles["today"].figure() == "1"
    assert page.due.model.rowCount() == 1


def test_the_last_exchange_in_a_sentence(window: DeskWindow) -> None:
    window.keep("last_exchange", {"at": "2026-08-03T01:00:00Z", "sent": 2, "received": 0})
    page = home(window)
    assert page.exchange_card.sentences() == [
        "Senin, 3 Agustus, 09.00 WITA: 2 kiriman ditandatangani server kota, tidak ada yang baru dari pusat."
    ]


def test_the_book_is_offered_where_there_is_room(window: DeskWindow) -> None:
    page = home(window)
    (book,) = [one for one in page.findChildren(KeyButton) if one.accessibleName() == "Buku register"]
    assert book.isVisible()
    book.click()
    assert window.shown[-1][0] == "paper_log"
    window.rooms[-1].resize(700, 640)
    window.settle()
    assert not book.isVisible()


def test_a_narrow_window_shows_one_column(window: DeskWindow) -> None:
    page = home(window, 700)
    tiles = list(page.tiles.values())
    assert tiles[3].y() > tiles[0].y()
    assert tiles[3].x() == tiles[0].x()
    assert page.exchange_card.y() > page.due.y()


def test_what_must_be_decided_leads_to_its_page(window: DeskWindow) -> None:
    def arrives() -> None:
        made = register(window.desk)
        body = {"field": "title", "sides": [], "state": "open"}
        with window.desk.store.write() as transaction:
            imports.put_conflict(transaction, Conflict("c1", made.id, "title", body, open=True, rev=1))

    window.work(arrives)
    page = home(window)
    page.tiles["conflicts"].click()
    assert window.shown == [("conflicts", {})]
