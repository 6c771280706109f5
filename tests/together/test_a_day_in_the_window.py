"""A clerk's day as it is: a real window on a real screen, a real centre, by keyboard; and the power goes."""

from dataclasses import dataclass

import pytest

from kelurahan_client.config import Config
from tests.officers_at_work import PIN
from tests.together.desk_at_work import at_the_centre
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



@dataclass(frozen=True)
class Told:
    """What somebody says at the counter."""

    name: str
    phone: str
    title: str
    statement: str
    channel: str = ""


SITI = Told("Siti Rahmah", "081251234567", "Lampu jalan padam", "Lampu jalan di Gang Mawar padam sejak tiga hari lalu.")
UDIN = Told("Udin Syahrani", "081344556677", "Titian rusak", "Papan titian di RT 4 lapuk, anak-anak takut lewat.")
RINA = Told("Rina Marlina", "085251112233", "Sampah menumpuk", "Sampah di TPS pasar tidak diangkut lima hari.", "Telepon")


def tell(window, told):
    """The form filled from its first field to the statement, key by key."""
    window.press("F2")
    window.see("Darurat?")
    window.reach("Boleh")
    window.press("Space", "Tab", "Space")
    window.fill("Nama", told.name)
    window.fill("Nomor HP", told.phone)
    if told.channel:
        window.fill("Kanal", told.channel)
    window.fill("Judul", told.title)
    window.fill("Isi laporan", told.statement)


def register(window, told):
    """Told and saved; the number that it got."""
    tell(window, told)
    window.press("Ctrl+S")
    return window.read(r"^Nomor (\d\S+)$")


def sign_in(window):
    """The one officer, who is chosen already."""
    window.see("PIN Norhasanah")
    window.type(PIN)
    window.press("Return")
    window.see("Pengaduan baru", "Norhasanah")
    window.gone("PIN Norhasanah")


def test_a_day(central, open_window, tmp_path):
    window = open_window()
    enrol(window, central.url, central.enrol_code(OFFICE, "A"))
    numbers = [register(window, told) for told in (SITI, UDIN, RINA)]
    window.press("F9")
    window.see("Tersambung · semua terkirim")
    half = Told("Amat", "", "Got mampet", "Air got di depan langgar mel")
    tell(window, half)
    window.see("Draf tersimpan")
    window.kill()

    window = open_window()
    sign_in(window)
    window.press("F2")
    window.see(half.statement)
    window.picture(tmp_path / "1.png")
    window.close()
    there = at_the_centre(central, OFFICE).values()
    assert sorted(one["reference"] for one in there) == sorted(numbers)
