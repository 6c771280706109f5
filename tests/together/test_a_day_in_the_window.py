"""A clerk's day as it is: a real window on a real screen, a real centre, by keyboard; and the power goes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kelurahan_client.app import opened_desk
from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import SyncState
from kelurahan_client.services import day_close, lists
from kelurahan_client.services.lists import ListFilter
from tests.conftest import DATABASES
from tests.officers_at_work import PIN
from tests.together.centre_commands import centre_command
from tests.together.clerk_at_keys import Clerk, Told
from tests.together.desk_at_work import at_the_centre, problems_of
from tests.together.screen import screen
from tests.together.window_process import WindowProcess

OFFICE = "63.71.04.1003"
BOOK = Path(__file__).parents[1] / "paper_logs" / "pekapuran_raya_2023.xls"
ROWS = 40

SITI = Told("Siti Rahmah", "081251234567", "Lampu jalan padam", "Lampu jalan di Gang Mawar padam sejak tiga hari lalu.")
UDIN = Told("Udin Syahrani", "081344556677", "Titian rusak", "Papan titian di RT 4 lapuk, anak-anak takut lewat.")
RINA = Told("Rina Marlina", "085251112233", "TPS pasar penuh", "Sampah di pasar tidak diangkut lima hari.", "Telepon")
AMAT = Told("Amat Junaidi", "", "Air keruh", "Air leding keruh dan berbau sejak pagi.")
IDA = Told("Ida Royani", "", "Pohon tumbang", "Pohon tumbang menutup jalan ke mesjid.")
HALF = Told("Yani", "", "Got mampet", "Air got di depan langgar mel")
PAGE = (
    ("1", "2/3/2024", "Noorjanah", "P", "Gg. Rahmat", "4/1", "", "Titian goyang di muka rumah"),
    ("2", "5/3/2024", "Ibrahim", "L", "Gg. Damai", "12/3", "", "Anjing liar banyak sekali"),
)


@pytest.fixture
def central(central_factory):
    """A started centre, on PostgreSQL where there is one."""
    made = central_factory(DATABASES[-1])
    made.start()
    yield made
    made.close()


@pytest.fixture(scope="module")
def display():
    with screen() as environment:
        yield environment


@pytest.fixture
def config(tmp_path):
    """The data of the window's desk."""
    return Config(tmp_path / "loket")


@pytest.fixture
def open_window(display, config, tmp_path):
    """Opens the window of the one desk."""
    made = []

    def open_it():
        made.append(WindowProcess(config, display, tmp_path))
        return made[-1], Clerk(made[-1])

    yield open_it
    for window in made:
        window.abandon()


@pytest.fixture
def colleague(central, make_desk):
    """Desk B of the same office."""
    desk = make_desk(central, OFFICE, "B")
    desk.clock.at = datetime.now(UTC)
    return desk


@pytest.mark.timeout(300)  # a whole day, on a machine that has other work too
def test_a_day(central, colleague, open_window, config, tmp_path):
    window, clerk = open_window()
    clerk.enrols(central.url, central.enrol_code(OFFICE, "A"))
    window.see("Tersambung · semua terkirim")  # what the city has was fetched without being asked for
    numbers = [clerk.registers(SITI)]
    clerk.keeps_receipt(tmp_path / "tanda terima.pdf")
    assert (tmp_path / "tanda terima.pdf").read_bytes().startswith(b"%PDF")
    numbers += [clerk.registers(UDIN), clerk.registers(RINA)]
    clerk.types_page(*PAGE)
    clerk.imports(BOOK, ROWS)
    clerk.exchanges()

    central.stop()
    numbers.append(clerk.registers(AMAT))
    clerk.retitles(numbers[0], "Lampu Gang Mawar mati")
    window.press("F9")
    window.see("Luring · 2 belum terkirim")
    central.start()
    contest(colleague, numbers[0], "Lampu gang padam total")
    window.press("F9")
    window.see("1 perlu keputusan")
    clerk.takes_what_is_here(SITI.title, "Lampu Gang Mawar mati", "Lampu gang padam total")
    clerk.exchanges()

    central.stop()
    numbers.append(clerk.registers(IDA))
    carry(central, clerk, tmp_path)
    clerk.closes_day()
    clerk.types(HALF)
    window.kill()

    central.start()
    window, clerk = open_window()
    clerk.signs_in()
    window.press("F2")
    window.see(HALF.statement, HALF.name)
    window.reach("Isi laporan")
    window.press("Ctrl+End")
    window.type("uap.")
    numbers.append(clerk.saves())
    clerk.exchanges()
    for number in (numbers[0], numbers[-1]):
        clerk.sees_signed(number)
    window.close()
    agree(central, colleague, config, numbers)


def contest(colleague, number, title):
    """Somebody at desk B writes another title, and is at the centre first."""
    colleague.exchange()
    (id_,) = [id_ for id_, line in colleague.listed().items() if line["reference"] == number]
    colleague.edit(id_, title=title)
    colleague.exchange()


def carry(central, clerk, tmp_path):
    """What waits goes to the centre on a stick, and its answer comes back."""
    there, back = tmp_path / "loket.bundel", tmp_path / "jawaban.bundel"
    clerk.saves_to_stick(there)
    centre_command(central, "bundle", "import", str(there))
    centre_command(central, "bundle", "export", str(back), "--office", OFFICE, "--desk", "A")
    clerk.takes_from_stick(back)


def agree(central, colleague, config, numbers):
    """The centre has every complaint once, both desks show the same, and it is signed."""
    there = at_the_centre(central, OFFICE)
    references = sorted(line["reference"] for line in there.values())
    assert len(references) == len(set(references)) == len(numbers) + len(PAGE) + ROWS
    assert set(numbers) <= set(references)
    colleague.exchange()
    assert colleague.listed() == there
    with opened_desk(config, "Norhasanah", lambda: PIN) as desk:
        assert problems_of(desk) == []
        found = lists.full(desk, ListFilter())
        assert sorted(one.reference for one in found) == references
        assert {one.sync_state for one in found} == {SyncState.ACKNOWLEDGED}
        (closing,) = day_close.history(desk)
        assert closing.typed == len(references) - 1
    titles = {line["reference"]: line["title"] for line in there.values()}
    assert titles[numbers[0]] == "Lampu Gang Mawar mati"
    assert titles[numbers[-1]] == HALF.title
