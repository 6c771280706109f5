"""Pictures of the import of a register book, from its sheet to the result, and the question before it is undone."""

from pathlib import Path

from tools.camera import Camera, new_desk
from ui.paper_log.page import PaperLogPage
from ui.paper_log.trial import View
from ui.paper_log.wizard import Step

_NAME = "buku_register_alalak_selatan_2024.csv"
_HEADINGS = ("No", "Tanggal", "Nama", "Alamat", "RT/RW", "No HP", "Isi Pengaduan")
_ROWS = (
    ("1", "idem", "Hj. Noorjanah", "Gg. Rahmat", "4/1", "082155503308", "Titian di muka rumah goyang"),
    ("2", "2/1/2024", "M. Arifin", "Gg. Karya Baru", "12/3", "085255507714", "Lampu jalan mati tiga titik"),
    ("3", "2/1/2024", "Saidah", "Gg. Damai", "9/2", "", "Air ledeng keruh sudah empat hari"),
    ("4", "3/1/2024", "Abdul Hadi", "Jl. Alalak Selatan", "7/2", "08135502", "Mohon fogging, anak kena DBD"),
    ("5", "31/6/2024", "Jumiati", "Jl. HKSN", "2/1", "089555506120", "Sampah TPS tidak diangkut, bau"),
    ("6", "4/1/2024", "Syamsul Bahri", "Gg. Pancasila", "11/3", "081955505573", "Banyu pasang masuk rumah"),
    ("7", "4/1/2024", "Mahmudah", "idem", "11/3", "", ""),
    ("8", "5/1/2024", "H. Burhanuddin", "Jl. Alalak Selatan", "5/2", "081155504470", "Lapak menutup trotoar SD"),
    ("9", "kemarin", "Fitriani", "Gg. Karya Baru", "12/3", "085755502216", "KTP rusak, blangko habis"),
    ("10", "8/1/2024", "Rusdiana", "Gg. Sepakat", "6/3", "", "Anjing liar banyak sekali di muka sekolah"),
    ("11", "9/1/2024", "Bahrudin", "Gg. Keluarga", "6/3", "082201916146", "Bau limbah usaha tahu ke sungai"),
    ("12", "12/9/2042", "Masrani", "Jl. Veteran", "33/4", "", "Parkir liar di bahu jalan, macet tiap sore"),
)
BOOK_CELLS = (_NAME, *_HEADINGS, *(cell for row in _ROWS for cell in row if cell))
_PICTURES = {Step.SHEET: "impor-lembar", Step.COLUMNS: "impor-kolom", Step.TRIAL: "impor-uji-coba"}


def book_import(camera: Camera) -> None:
    """The wizard, led through a book with rows that are refused."""
    desk = new_desk(camera.folder("import"))
    session = camera.session(desk)
    window = session.window
    window.show_page("paper_log")
    page = window.pages.page("paper_log")
    if not isinstance(page, PaperLogPage):
        raise TypeError(type(page).__name__)
    wizard = page.wizard
    page.open_file(_written(camera.folder("import-files")))
    camera.settle()
    while (step := wizard.step()) in _PICTURES:
        if step is Step.TRIAL:
            wizard.trial_step.tiles[View.REJECTED].click()
        camera.shoot(_PICTURES[step], window)
        wizard.forward_button.click()
        camera.settle()
    camera.shoot("impor-hasil", window)
    wizard.undo_wanted.emit()
    camera.shoot("impor-batalkan", window)
    wizard.show_work(Step.IMPORT, wizard.tr("Mengimpor baris"))
    wizard.progress.set_progress(96, 205)
    camera.shoot("impor-berjalan", window)
    camera.end(session, desk)


def _written(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    book = folder / _NAME
    book.write_text("".join(";".join(row) + "\n" for row in (_HEADINGS, *_ROWS)), "utf-8")
    return book
