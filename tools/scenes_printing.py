"""Documents: the preview over the window in its states, and the receipt beside a new number."""

from kelurahan_client.domain.complaint import Status
from kelurahan_client.services import handling, letters, lists, prints, receipts
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper, PaperSize
from kelurahan_client.services.prints import Medium
from tools.camera import Camera
from ui.intake.form import FormState
from ui.intake.page import IntakePage
from ui.printing.preview import Parts, Preview
from ui.session import Session

_ANSWER = (
    "Lampu jalan di muka Langgar Al-Jihad sudah diganti oleh Dinas Perhubungan pada 5 Agustus 2026, dua titik.\n"
    "Lubang di dekat tiang listrik akan ditambal oleh Dinas PUPR dalam minggu ini."
)


class _Printers:
    """Printers that nobody has, for the pictures."""

    def __init__(self, *names: str) -> None:
        self._names = list(names)

    def names(self) -> list[str]:
        """The names as given."""
        return self._names

    def send(self, paper: Paper, name: str) -> None:
        """Pretend."""


def printing(camera: Camera) -> None:
    """A receipt in three sizes, its second copy, letters, and a desk without a printer."""
    desk = camera.desk("printing")
    session = camera.session(desk)
    session.window.show_page("register")
    camera.settle()
    keys = lists.keys(desk, lists.ListFilter(search="lampu karya baru"))
    complaint_id = lists.page(desk, keys)[0].id
    two = _Printers("EPSON L3210 Series", "EPSON TM-T82 Receipt")
    for name, size in (("a5", PaperSize.A5), ("80mm", PaperSize.ROLL_80), ("a4", PaperSize.A4)):
        _shoot(camera, session, desk, f"cetak-{name}", receipts.receipt(desk, complaint_id, size), two)
    prints.take(desk, receipts.receipt(desk, complaint_id), Medium.PRINTER, "EPSON L3210 Series")
    _shoot(camera, session, desk, "cetak-salinan-tanpa-pencetak", receipts.receipt(desk, complaint_id), _Printers())
    _shoot(camera, session, desk, "cetak-disposisi", _referral(desk, complaint_id), two)
    _shoot(camera, session, desk, "cetak-jawaban", letters.reply(desk, complaint_id, _ANSWER), two)
    camera.end(session, desk)


def _referral(desk: Desk, complaint_id: str) -> Paper:
    if handling.find(desk, complaint_id).status is Status.RECEIVED:
        handling.transition(desk, complaint_id, Status.VERIFIED)
        handling.transition(desk, complaint_id, Status.REFERRED, "Mohon dicek tiang ketiga.", "DISHUB")
    return letters.referral(desk, complaint_id)


def _shoot(camera: Camera, session: Session, desk: Desk, name: str, paper: Paper, printers: _Printers) -> None:
    theme, tasks, _navigate, notify = session.parts()
    preview = Preview(Parts(theme, tasks, desk, printers, lambda _parent, _name: None, notify), paper, session.window)
    preview.begin()
    camera.shoot(name, preview)
    preview.close()
    preview.deleteLater()
    camera.settle()


def receipt_beside(camera: Camera) -> None:
    """The receipt beside the number that was just given."""
    desk = camera.desk("receipt-beside")
    session = camera.session(desk)
    window = session.window
    window.show_page("intake")
    page = window.pages.page("intake")
    if not isinstance(page, IntakePage):
        raise TypeError(type(page).__name__)
    page.form.fill(FormState(anonymous=False, confidential=False, **_TYPED))
    page.save()
    camera.shoot("tanda-terima-di-samping", window)
    camera.end(session, desk)


_TYPED = {
    "reporter_name": "Siti Rahmah",
    "title": "Lampu jalan padam di Gg. Karya Baru RT 12",
    "statement": "Lampu jalan padam sudah seminggu di muka langgar, malam kadap banar. Dua orang jatuh.",
}
