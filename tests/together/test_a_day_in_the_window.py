"""A clerk's day as it is: a real window on a real screen, a real centre, by keyboard; and the power goes."""

import pytest

from kelurahan_client.config import Config
from tests.officers_at_work import PIN
from tests.together.screen import screen
from tests.together.window_process import WindowProcess

OFFICE = "63.71.04.1003"


@pytest.fixture(scope="module")
def display():
    with screen() as environment:
        yield environment


@pytest.fixture
def open_window(display, tmp_path):
    """Opens the window of the one desk."""
    made = []

    def open_it():
        made.append(WindowProcess(Config(tmp_path / "loket"), display, tmp_path))
        return made[-1]

    yield open_it
    for window in made:
        window.abandon()


def enrol(window, address, code):
    """First start: code, confirmation, first officer, recovery code."""
    window.see("Daftarkan loket ini")
    window.fill("Alamat server kota", address)
    window.press("Return")
    window.type(code)
    window.press("Return")
    window.see("Benarkah loket ini?", "Alalak Selatan")
    window.press("Return")
    window.see("Siapa yang bertugas?")
    window.type("Norhasanah")
    window.press("Return")
    window.type(PIN)
    window.press("Return")
    window.type(PIN)
    window.press("Return")
    window.reach("Kode sudah")
    window.press("Space", "Return")
    window.see("Norhasanah", "Beranda")


def test_a_day(central, open_window, tmp_path):
    window = open_window()
    enrol(window, central.url, central.enrol_code(OFFICE, "A"))
    window.picture(tmp_path / "1.png")
    window.press("F2")
    window.picture(tmp_path / "2.png")
    window.close()
