"""What Beranda says, without a window."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from kelurahan_client.domain.complaint import Channel, Priority, Status, SyncState
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.roles import Officer
from kelurahan_client.services.lists import Counts, DeskState, Home, ListRow
from kelurahan_client.services.unsent_files import UnsentFiles
from ui.home.due import DueModel
from ui.home.model import exchange_sentences, tiles
from ui.register.cells import Day, due_look, status_remark, title_cell, waiting_for
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.cell import CELL_ROLE, Cell
from ui.wording import greeting

MONDAY = date(2026, 8, 3)


def row(**changes: Any) -> ListRow:
    values: dict[str, Any] = {
        "key": 1,
        "id": "id-1",
        "reference": "0403A-26-00412-X",
        "title": "Titian patah",
        "received_date": date(2026, 7, 10),
        "status": Status.RECEIVED,
        "agency": "",
        "category": "",
        "channel": Channel.IN_PERSON,
        "due_date": None,
        "priority": Priority.NORMAL,
        "confidential": False,
        "sync_state": SyncState.PENDING,
    }
    return ListRow(**values | changes)


def home_of(counts: Counts, *due: ListRow, state: DeskState | None = None) -> Home:
    return Home(
        officer=Officer("Norhasanah"),
        today=MONDAY,
        soon=date(2026, 8, 5),
        counts=counts,
        due=due,
        days=(),
        state=state or DeskState(0, 0, 0, None, None),
    )


@pytest.fixture
def day(reference: ReferenceData) -> Day:
    return Day.of(MONDAY, reference)


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "pagi"), (10, "pagi"), (11, "siang"), (15, "sore"), (17, "sore"), (18, "malam"), (0, "malam")],
)
def test_greeting_follows_the_hour(hour: int, words: str) -> None:
    assert greeting(hour) == f"Selamat {words}"


def test_due_dates_are_counted_in_working_days(day: Day) -> None:
    friday = due_look(date(2026, 7, 31), Status.REFERRED, day)
    thursday = due_look(date(2026, 7, 30), Status.REFERRED, day)
    assert friday is not None
    assert thursday is not None
    assert (friday.word, friday.tone) == ("Terlambat 1 hari", Tone.RED)
    assert thursday.word == "Terlambat 2 hari"


@pytest.mark.parametrize(
    ("due", "word", "tone"),
    [
        (date(2026, 8, 3), "Hari ini", Tone.AMBER),
        (date(2026, 8, 4), "Besok", Tone.AMBER),
        (date(2026, 8, 5), "5 Agu", Tone.AMBER),
        (date(2026, 8, 6), "6 Agu", Tone.NEUTRAL),
    ],
)
def test_due_soon_is_two_working_days(day: Day, due: date, word: str, tone: Tone) -> None:
    look = due_look(due, Status.RECEIVED, day)
    assert look is not None
    assert (look.word, look.tone) == (word, tone)


def test_nothing_is_due_once_it_is_over(day: Day) -> None:
    assert due_look(date(2026, 7, 1), Status.RESOLVED, day) is None


def test_who_must_act(reference: ReferenceData) -> None:
    assert waiting_for(row(), reference) == "Verifikasi"
    assert waiting_for(row(status=Status.REFERRED, agency="SATPOLPP"), reference) == "Satpol PP"
    assert waiting_for(row(status=Status.ON_HOLD, agency="PUPR"), reference) == "Pelapor"
    assert status_remark(Status.VERIFIED, "DISHUB", reference) == "usul: Dishub"


def test_a_confidential_title_must_be_opened(day: Day) -> None:
    cell = title_cell(row(confidential=True), day, two_lines=True)
    assert "Titian" not in cell.spoken()
    assert cell.icon is Icon.LOCK
    assert title_cell(row(confidential=None), day, two_lines=False).text == "Titian patah"


def test_tiles_tell_where_the_late_ones_are(day: Day) -> None:
    late = [row(id=name, status=Status.REFERRED, agency="PUPR", due_date=date(2026, 7, 31)) for name in ("one", "two")]
    views = {view.key: view for view in tiles(home_of(Counts(late=2), *late), day)}
    assert views["late"].remark == "keduanya di PUPR"
    assert views["late"].tone is Tone.RED
    views = {view.key: view for view in tiles(home_of(Counts(late=3), *late), day)}
    assert views["late"].remark == "paling lama 1 hari"


def test_an_undone_import_that_waits_is_not_told_as_sent(day: Day) -> None:
    waits = DeskState(64, 0, 0, None, None, withdrawn=64)
    assert tiles(home_of(Counts(), state=waits), day)[4].remark == "64 penarikan menunggu"
    assert tiles(home_of(Counts(unsent=2), state=waits), day)[4].remark == "aman di komputer ini"
    assert tiles(home_of(Counts()), day)[4].remark == "semua terkirim"


def test_tiles_without_anything_are_quiet(day: Day) -> None:
    views = tiles(home_of(Counts()), day)
    assert {view.figure for view in views} == {"0"}
    assert {view.tone for view in views} == {Tone.NEUTRAL}


def test_the_tile_of_what_is_unsent_never_says_all_while_a_file_waits(day: Day) -> None:
    waiting = DeskState(0, 0, 0, None, None, files=UnsentFiles(2, 100))

    def unsent(complaints: int) -> tuple[str, str]:
        view = next(one for one in tiles(home_of(Counts(unsent=complaints), state=waiting), day) if one.key == "unsent")
        return view.figure, view.remark

    assert unsent(0) == ("2", "lampiran, aman di sini")
    assert unsent(12) == ("12", "dan 2 lampiran")


def test_received_by_channel(day: Day) -> None:
    counts = Counts(
        received_today=1206,
        received_today_by_channel={Channel.PHONE: 5, Channel.IN_PERSON: 1200, Channel.LETTER: 1},
    )
    view = tiles(home_of(counts), day)[0]
    assert view.figure == "1.206"
    assert view.remark == "1.200 di loket, 6 lainnya"


def test_last_exchange_is_green_only_where_it_was_signed() -> None:
    at = datetime(2026, 7, 31, 7, 48, tzinfo=UTC).isoformat()
    state = DeskState(0, 0, 0, {"at": at, "sent": 18, "received": 5}, None)
    signed = exchange_sentences(state, MONDAY, "#316614")[0]
    assert signed.tone is Tone.GREEN
    assert signed.plain == "Jumat, 31 Juli, 15.48 WITA: 18 kiriman ditandatangani server kota, 5 perubahan masuk."
    assert '<span style="color:#316614' in signed.html
    nothing = exchange_sentences(replace(state, last_exchange={"at": at, "sent": 0, "received": 0}), MONDAY, "#316614")[
        0
    ]
    assert nothing.tone is Tone.NEUTRAL
    assert "#316614" not in nothing.html


def test_a_failure_says_that_the_work_is_safe() -> None:
    failure = {
        "at": "2026-08-03T02:00:00Z",
        "since": "2026-08-03T01:47:00Z",
        "kind": "Offline",
        "code": "LK-3001",
        "title": "Jaringan terputus",
        "message": "",
        "way_out": "",
    }
    said = exchange_sentences(DeskState(3, 0, 0, None, failure), MONDAY, "#000000")
    assert [one.plain for one in said] == ["Jaringan putus sejak 09.47. Pekerjaan tetap aman di komputer ini."]
    older = {**failure, "since": "2026-07-31T01:47:00Z", "kind": "Untrusted", "title": "Server <b>tak dikenal</b>"}
    told = exchange_sentences(DeskState(3, 0, 0, None, older), MONDAY, "#000000")[0]
    assert "sejak 31 Jul, 09.47" in told.plain
    assert "<b>" not in told.html


def test_the_table_shows_as_many_lines_as_fit(day: Day) -> None:
    model = DueModel(day)
    model.set_rows([row(key=n, id=str(n)) for n in range(12)], day)
    model.set_room(8, wide=False)
    assert (model.rowCount(), model.columnCount()) == (8, 4)
    model.set_room(20, wide=True)
    assert (model.rowCount(), model.columnCount()) == (12, 5)
    cell = model.data(model.index(0, 2), CELL_ROLE)
    assert isinstance(cell, Cell)
    assert cell.text == "Diterima"
