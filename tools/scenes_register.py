"""Pictures of Daftar: chosen columns, the questions of the pane, files beside a complaint, the export."""

from functools import partial
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from kelurahan_client.domain.complaint import Status
from kelurahan_client.services import (
    attachments,
    handling,
    intake,
    list_memory,
    lists,
    prints,
    receipts,
    saved_filters,
)
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.list_memory import Columns
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.prints import Medium
from tools.camera import Camera
from ui.register.filters import WORKLIST
from ui.register.page import RegisterPage

_COLUMNS = ("reference", "title", "category", "channel", "status", "due", "sync")
_SAID = "Sudah ditelepon, pelapor minta dikabari bila petugas datang."


def register(camera: Camera) -> None:
    """Daftar in its states."""
    desk = camera.desk("register")
    complaint_id = _prepare(desk, camera.folder("register-files"))
    session = camera.session(desk)
    window = session.window
    window.show_page("register", complaint_id=complaint_id)
    camera.settle()
    page = window.pages.page("register")
    if not isinstance(page, RegisterPage):
        raise TypeError(type(page).__name__)
    page.detail.view.foot.words.setText(_SAID)
    camera.shoot("daftar-lampiran", window)
    page.detail.view.foot.log_asked.emit()
    camera.settle()
    if (dialog := page.detail.seen_by.dialog) is not None:
        camera.shoot("daftar-siapa-melihat", dialog)
        dialog.close()
    page.detail.view.foot.step_asked.emit(_step(page, Status.REFERRED))
    camera.shoot("daftar-disposisi", window)
    page.go_back()
    page.detail.view.facts.reveal_asked.emit()
    camera.shoot("daftar-tampilkan", window)
    page.go_back()
    page.list.asks.ask_name()
    camera.shoot("daftar-simpan-saringan", window)
    page.go_back()
    page.exports.strip.ask()
    page.exports.strip.go.click()
    camera.shoot("daftar-ekspor-alasan", window)
    page.exports.strip.show_progress(12_500, 100_000)
    camera.shoot("daftar-ekspor", window)
    page.exports.strip.leave()
    page.list.columns.choose(_COLUMNS)
    camera.shoot("daftar-kolom", window)
    page.choose.click()
    camera.shoot("daftar-pilih-kolom", page.columns)
    page.columns.hide()
    page.list.columns.choose(())
    page.activate(list_filter=ListFilter(silent_since=desk.today()))
    camera.settle()
    camera.shoot("daftar-diam", window)
    page.activate(list_filter=WORKLIST, complaint_id=complaint_id)
    camera.settle()
    _half_written(camera, page, desk, complaint_id)
    _never_asked(camera, page, desk)
    camera.end(session, desk)


def _half_written(camera: Camera, page: RegisterPage, desk: Desk, complaint_id: str) -> None:
    """An edit and a note that wait, a follow-up about another complaint, and the form when a field has changed."""
    form = page.detail.form
    page.detail.start_edit()
    form.fields.put("location", "Gg. Karya Baru RT 12, tiang ketiga")
    camera.shoot("daftar-ubah", page.window())
    page.detail.view.foot.step_asked.emit(_step(page, Status.OUT_OF_JURISDICTION))
    page.detail.view.panel.words.setText("Jalan provinsi, ditangani")
    page.list.table.selectRow(3)
    camera.settle()
    page.detail.view.foot.words.setText("Sudah ditele")
    page.activate(complaint_id=complaint_id)
    camera.shoot("daftar-draf", page.window())
    camera.tasks.database(partial(handling.edit, desk, complaint_id, {"location": "Muka Langgar Al-Jihad"}))
    camera.settle()
    page.detail.view.waiting.lines[0].go_on.click()
    page.reload(frozenset())
    camera.shoot("daftar-ubah-berubah", page.window())


def _never_asked(camera: Camera, page: RegisterPage, desk: Desk) -> None:
    """A line of a book: nobody was asked, the list of all of these, and the form that answers."""
    wanted = ListFilter(unasked=True)
    row = lists.page(desk, lists.keys(desk, wanted))[0]
    page.activate(list_filter=wanted, complaint_id=row.id)
    camera.settle()
    camera.shoot("daftar-belum-ditanya", page.window())
    page.detail.start_edit()
    form = page.detail.form
    camera.shoot("daftar-ubah-atas", page.window())
    form.editor("reporter_nik").setFocus()
    form.fields.put("reporter_nik", "6371992508870003")
    form.fields.put("event_date", "31/6")
    for name in ("event_date", "reporter_address"):
        form.fields.lead_to(name)
    form.fields.ensureWidgetVisible(form.field("reporter_address"))
    camera.shoot("daftar-ubah-pelapor", page.window())
    page.go_back()


def _step(page: RegisterPage, to: Status) -> object:
    detail = page.detail.complaint()
    if detail is None:
        raise ValueError("nothing is shown")
    from kelurahan_client.domain.status import steps_from  # noqa: PLC0415

    return next(step for step in steps_from(detail.status) if step.to is to)


def _prepare(desk: Desk, folder: Path) -> str:
    """A verified complaint with two photos and a PDF, one from a book, and a filter that is kept."""
    keys = lists.keys(desk, ListFilter(statuses=frozenset({Status.RECEIVED, Status.VERIFIED})))
    row = lists.page(desk, keys)[0]
    if row.status is Status.RECEIVED:
        handling.transition(desk, row.id, Status.VERIFIED)
    folder.mkdir(parents=True, exist_ok=True)
    for at, colour in enumerate(("#22506b", "#6b5122")):
        path = folder / f"foto lampu {at + 1}.png"
        path.write_bytes(_photo(colour))
        attachments.attach(desk, row.id, path)
    path = folder / "surat RT 12.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(2_000))
    attachments.attach(desk, row.id, path)
    typed = {"received_date": "2026-07-30", "channel": "buku_register", "reporter_name": "Hj. Mariani"}
    statement = "Selokan tersumbat sampah di muka pasar, air naik ke jalan setiap hujan."
    intake.add_all(desk, [typed | {"statement": statement, "location": "Muka pasar"}])
    lists.reveal(desk, row.id, "menelepon pelapor untuk mengabarkan hasil")
    prints.take(desk, receipts.receipt(desk, row.id), Medium.PRINTER, "EPSON L3210")
    saved_filters.save_filter(desk, "Lampu jalan terlambat", ListFilter(search="lampu", due_before=desk.today()))
    list_memory.keep_columns(desk, Columns())
    return row.id


def _photo(colour: str) -> bytes:
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    ground = QLinearGradient(0, 0, 0, 600)
    ground.setColorAt(0, QColor(colour))
    ground.setColorAt(1, QColor("#0c1418"))
    painter.fillRect(image.rect(), ground)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#f4d58a"))
    painter.drawEllipse(340, 120, 120, 120)
    painter.fillRect(390, 240, 20, 360, QColor("#c9d2d6"))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return BytesIO(buffer.data().data()).getvalue()
