"""What a clerk does at the window, each work as the keys for it."""

import time
from dataclasses import dataclass
from pathlib import Path

from tests.officers_at_work import PIN
from tests.together.window_process import WindowProcess

_LAST_WORDS = 2.0  # seconds for 0.3, since a machine of tests has other work


@dataclass(frozen=True)
class Told:
    """What somebody says at the counter; `channel` if it is another one."""

    name: str
    phone: str
    title: str
    statement: str
    channel: str = ""


class Clerk:
    """Norhasanah, admin and only officer, at one life of the window."""

    def __init__(self, window: WindowProcess) -> None:
        self._window = window

    def enrols(self, address: str, code: str) -> None:
        """First start: address and code, confirmation, first officer and PIN, recovery code."""
        window = self._window
        window.see("Daftarkan loket ini")
        window.fill("Alamat server kota", address)
        window.press("Return")
        window.type(code)
        window.press("Return")
        window.see("Benarkah loket ini?", "Alalak Selatan")
        window.press("Return")
        window.see("Siapa yang bertugas?")
        for text in ("Norhasanah", PIN, PIN):
            window.type(text)
            window.press("Return")
        window.reach("Kode sudah")
        window.press("Space", "Return")
        window.see("Norhasanah", "Beranda")

    def signs_in(self) -> None:
        """The one officer is chosen already."""
        self._window.see("PIN Norhasanah")
        self._window.type(PIN)
        self._window.press("Return")
        self._window.gone("PIN Norhasanah")
        self._window.see("Loket A")

    def types(self, told: Told) -> None:
        """The form from its first field to the statement; not saved, but a draft, of which the last 300 ms may miss."""
        window = self._window
        window.press("F2")
        window.see("Empat isian belum diisi")
        window.reach("Boleh")
        window.press("Space", "Tab", "Space")
        window.fill("Nama", told.name)
        window.fill("Nomor HP", told.phone)
        if told.channel:
            window.fill("Kanal", told.channel)
        window.fill("Judul", told.title)
        window.fill("Isi laporan", told.statement)
        window.see(told.statement, "Draf tersimpan")
        time.sleep(_LAST_WORDS)

    def saves(self) -> str:
        """The form becomes a complaint; its number."""
        self._window.press("Ctrl+S")
        return self._window.read(r"^Nomor (\d\S+)$")

    def registers(self, told: Told) -> str:
        """Typed and saved; its number."""
        self.types(told)
        return self.saves()

    def keeps_receipt(self, path: Path) -> None:
        """The receipt of what was just saved, as a PDF."""
        window = self._window
        window.press("Ctrl+P")
        window.see("Simpan PDF…", "Cetakan pertama")
        window.press("Ctrl+S")
        self._names_file("Simpan PDF", path)
        window.see("disimpan sebagai PDF")

    def types_page(self, *lines: tuple[str, ...]) -> None:
        """A page of the register book, its lines counted, saved; the next page is left."""
        window = self._window
        window.press("F4")
        window.reach("Ketik halaman baru")
        window.press("Return")
        window.see("hal.")
        for line in lines:
            for cell in line:
                window.type(cell)
                window.press("Tab")
            window.press("Return")
        window.press("F6")
        window.fill("Jumlah baris di buku", str(len(lines)))
        window.press("Ctrl+S")
        window.see(f"{len(lines)} pengaduan tersimpan")
        window.press("Esc")
        window.see("Ketik halaman baru")

    def imports(self, book: Path, rows: int) -> None:
        """A whole book, by the wizard."""
        window = self._window
        window.press("F4")
        window.reach("Impor buku register…")
        window.press("Space")
        self._names_file("Pilih buku register", book)
        window.see("Lembar di buku ini")
        window.press("Return")
        window.see("Kolom dan isiannya")
        window.reach("Uji coba")
        window.press("Space")
        window.see(f"Impor {rows} baris")
        window.reach(f"Impor {rows} baris")
        window.press("Space")
        window.see(f"{rows} pengaduan tercatat")
        window.reach("Selesai")
        window.press("Space")
        window.see("Ketik halaman baru")

    def retitles(self, number: str, title: str) -> None:
        """One complaint is looked up, opened and corrected."""
        window = self._window
        window.press("F3", "Ctrl+A")
        window.type(number)
        window.see("1 dari ")
        window.press("Return")
        window.see("Ubah…")
        window.reach("Ubah…")
        window.press("Space")
        window.see("Ubah pengaduan")
        window.reach("Judul")
        window.press("Ctrl+A")
        window.type(title)
        window.press("Ctrl+S")
        window.see("Perubahan tersimpan.")

    def exchanges(self) -> None:
        """F9 for what waits, until everything is signed."""
        self._window.read(r"· (\d+) belum terkirim$")
        self._window.press("F9")
        self._window.see("Tersambung · semua terkirim")

    def sees_signed(self, number: str) -> None:
        """One complaint is looked up, and Daftar says that the city's server has it."""
        window = self._window
        window.press("F3", "Ctrl+A")
        window.type(number)
        window.see("1 dari ", "Diterima server")

    def takes_what_is_here(self, was: str, here: str, there: str) -> None:
        """The one open conflict is decided for this desk's own value."""
        window = self._window
        window.press("Ctrl+5")
        window.see(was, here, there, "Pakai yang di sini")
        window.press("1", "Ctrl+S")
        window.see("Keputusan disimpan")

    def saves_to_stick(self, path: Path) -> None:
        """The day's words on a stick, from Tutup hari."""
        window = self._window
        window.press("Ctrl+6")
        window.reach("Simpan ke USB")
        window.press("Space")
        self._names_file("Simpan ke USB", path)
        window.see(f"Tersimpan: {path.name}")

    def takes_from_stick(self, path: Path) -> None:
        """The centre's answer."""
        window = self._window
        window.reach("Ambil jawaban dari USB")
        window.press("Space")
        self._names_file("Ambil jawaban dari USB", path)
        window.see("Jawaban server kota sudah diambil")

    def closes_day(self) -> None:
        """With equal numbers; nothing is asked."""
        window = self._window
        window.see("Angka sama")
        window.press("Ctrl+6")
        window.reach("Mengerti")
        window.reach("Tutup hari")  # the button: the rail, where one is called so too, comes later
        window.press("Space")
        window.see("Rekapnya siap dicetak")

    def _names_file(self, title: str, path: Path) -> None:
        """In Qt's own dialog for files, where the keyboard stands in the name."""
        window = self._window
        window.see(title, "Nama berkas:")
        window.press("Ctrl+A")
        window.type(str(path))
        window.press("Return")
        window.gone("Nama berkas:")
