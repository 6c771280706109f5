"""Pictures of the page *Buku register*: the list of pages in work, and a page typed beside its scan."""

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from kelurahan_client.domain.page_reading import PAGE_FIELDS
from kelurahan_client.domain.typed_page import TypedLine, TypedPage
from kelurahan_client.services import book_pages, book_scans
from tools.camera import LARGE, SIZE, Camera
from ui.paper_log.page import PaperLogPage

_ROWS = (
    ("1", "31/7", "Hj. Noorjanah", "P", "Gg. Rahmat", "04/01", "082155503308", "Titian di muka rumah goyang"),
    ("2", "31/7", "M. Arifin", "L", "Gg. Karya Baru", "12/03", "085255507714", "Lampu jalan mati 3 titik"),
    ("3", '"', "Saidah", "P", "Gg. Damai", "09/02", "", "Air ledeng keruh sudah 4 hari"),
    ("4", '"', "Abdul Hadi", "L", "Jl. Alalak Selatan", "07/02", "08135502", "Mohon fogging, anak kena DBD"),
    ("5", "32/7", "Jumiati", "P", "Jl. HKSN", "02/01", "089555506120", "Sampah TPS tidak diangkut, bau"),
    ("6", "3/8", "Syamsul Bahri", "L", "Gg. Pancasila", "11/03", "081955505573", "Banyu pasang masuk rumah"),
    ("7", "3/8", "Mahmudah", "P", "idem", "11/03", "", "Bansos belum keluar"),
    ("8", "3/8", "H. Burhanuddin", "L", "Jl. Alalak Selatan", "05/02", "081155504470", "Lapak menutup trotoar SD"),
    ("9", "3/8", "Fitriani", "P", "Gg. Karya Baru", "12/03", "085755502216", "KTP rusak, blangko habis"),
)
_COLUMNS = (0, 50, 120, 290, 330, 520, 860)
_TOP, _STEP, _WIDTH, _HEIGHT = 200, 72, 860, 1240


def draw_scan(target: Path) -> Path:
    """A page of a register book as a scanner sees it, with made-up people."""
    image = QImage(_WIDTH + 40, _HEIGHT + 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#8f8a80"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(20, 20)
    painter.fillRect(0, 0, _WIDTH, _HEIGHT, QColor("#f4ecd8"))
    painter.setPen(QColor("#3b3a36"))
    painter.setFont(QFont("Inter", 20, QFont.Weight.Bold))
    painter.drawText(QRect(0, 30, _WIDTH, 50), Qt.AlignmentFlag.AlignCenter, "BUKU REGISTER PENGADUAN")
    painter.setFont(QFont("Inter", 12))
    painter.drawText(QRect(0, 80, _WIDTH, 40), Qt.AlignmentFlag.AlignCenter, "Tahun 2026 · Halaman 47")
    painter.setPen(QPen(QColor("#b98f86"), 1))
    for x in _COLUMNS:
        painter.drawLine(x, _TOP - 40, x, _HEIGHT - 30)
    for at in range(15):
        painter.drawLine(0, _TOP + at * _STEP, _WIDTH, _TOP + at * _STEP)
    hand = QFont("Inter", 15)
    hand.setItalic(True)
    painter.setFont(hand)
    painter.setPen(QColor("#20408f"))
    for at, row in enumerate(_ROWS):
        shown = (row[0], row[1], row[2], row[3], f"{row[4]} RT {row[5]}", row[7])
        for column, text in enumerate(shown):
            left, right = _COLUMNS[column], _COLUMNS[column + 1]
            room = QRect(left + 8, _TOP + at * _STEP + 8, right - left - 12, _STEP - 10)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), text)
    painter.end()
    image.save(str(target))
    return target


def book_page(camera: Camera) -> None:
    """A page that is typed beside its scan, with a wrong cell and one to be looked at; and the list of pages."""
    desk = camera.desk("book")
    folder = camera.folder("book-files")
    folder.mkdir(parents=True, exist_ok=True)
    lines = tuple(TypedLine((*row, *[""] * (len(PAGE_FIELDS) - len(row)))) for row in _ROWS)
    view = {"top": (_TOP + 20) / (_HEIGHT + 40), "step": _STEP / (_HEIGHT + 40)}
    page = TypedPage(desk.new_id(), "Buku 2026", "47", lines, 14, view)
    book_scans.choose(desk, page, [draw_scan(folder / "halaman-47.png")])
    other = TypedPage(desk.new_id(), "Buku 2026", "46", lines[:3], 14)
    book_pages.keep(desk, other)
    saved = TypedPage(desk.new_id(), "Buku 2026", "45", tuple(lines[at] for at in (5, 8)), 2)
    book_pages.register_page(desk, saved)
    session = camera.session(desk)
    window = session.window
    window.show_page("paper_log")
    camera.shoot("buku-register", window)
    shown = window.pages.page("paper_log")
    if not isinstance(shown, PaperLogPage):
        raise TypeError(type(shown).__name__)
    shown.typing.open(page.id)
    camera.settle()
    shown.work.grid.go_to(4, 1)
    camera.shoot("buku-halaman", window)
    window.resize(*LARGE)
    camera.shoot("buku-halaman-1920", window)
    window.resize(*SIZE)
    shown.work.saving.save()
    camera.shoot("buku-halaman-salah", window)
    shown.typing.new()
    camera.shoot("buku-halaman-kosong", window)
    camera.end(session, desk)
