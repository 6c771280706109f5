"""Pictures of Pengaduan baru: its drafts, attachments, likely duplicates, the alarm, and a further reporter."""

import tempfile
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QColor, QImage, QPainter

from kelurahan_client.services import draft_files, intake
from kelurahan_client.services.desk import Desk, set_officer
from kelurahan_client.services.scanning import keep_scan_folder
from tools import sample_day
from tools.camera import LARGE, Camera
from ui import made_ready
from ui.intake.form import FormState
from ui.intake.page import IntakePage
from ui.session import Session

_TYPED = FormState(
    reporter_name="Siti Rahmah",
    reporter_nik="6371990102030003",
    reporter_phone="0812 5114 4471",
    reporter_address="Jl. Alalak Selatan, Gg. Karya Baru",
    rt_rw="12/3",
    anonymous=False,
    title="Lampu jalan padam di Gg. Karya Baru RT 12",
    statement=(
        "Lampu jalan padam sudah seminggu di muka langgar, malam kadap banar. Dua orang jatuh karena jalan berlubang "
        "dekat tiang listrik. Pak Rahmadi sudah pernah lapor."
    ),
    location="Muka Langgar Al-Jihad",
)


def intake_form(camera: Camera) -> None:
    """The form in use: a form with files, the list of drafts, an emergency, sizes, a further reporter."""
    desk = camera.desk("intake")
    _drafts(desk)
    session = camera.session(desk)
    page = _page(camera, session)
    window = session.window
    page.head.menu.click()
    camera.shoot("baru-draf", page.head.menu.list)
    page.head.menu.list.hide()
    own = next(draft for draft in intake.open_drafts(desk) if draft.fields["title"] == _TYPED.title)
    page.draft.resume(own)
    camera.shoot("baru-lampiran", window)
    _sizes(camera, session, page)
    page.files.attacher.add_paths([Path("tidak ada.jpg")])
    camera.settle()
    page.form.ensureWidgetVisible(page.form.body.report.attachments)
    camera.shoot("baru-berkas-salah", window)
    page.form.fill(replace(_TYPED, statement="Ada kebakaran di Gg. Karya Baru!", anonymous=True, confidential=False))
    camera.shoot("baru-darurat", window)
    _elsewhere(camera, page)
    _scanner(camera, desk, page)
    page.form.fill(replace(_TYPED, confidential=False))
    camera.settle()
    page.form.body.similar.buttons()[1].click()
    camera.shoot("baru-pelapor-kedua", window)
    camera.end(session, desk)


def _sizes(camera: Camera, session: Session, page: IntakePage) -> None:
    window = session.window
    before = window.size()
    for name, width, height in (("1024", 1024, 600), ("1920", *LARGE)):
        window.resize(width, height)
        camera.settle()
        page.form.live.now()
        camera.shoot(f"baru-{name}", window)
        bar = page.form.verticalScrollBar()
        if bar.maximum():
            bar.setValue(bar.maximum())
            camera.shoot(f"baru-{name}-bawah", window)
    window.resize(before)
    page.form.verticalScrollBar().setValue(0)


def _elsewhere(camera: Camera, page: IntakePage) -> None:
    """Urgent, by telephone the day before, about a place in another kelurahan."""
    told = replace(_TYPED, urgent=True, channel="telepon", received_date="2 Agustus 2026", confidential=False)
    page.form.fill(replace(told, location_office="63.71.01.1007"))
    camera.shoot("baru-kelurahan-lain", page.window())


def _scanner(camera: Camera, desk: Desk, page: IntakePage) -> None:
    with tempfile.TemporaryDirectory(prefix="lapor-scans-") as folder:
        for number in range(1, 5):
            (Path(folder) / f"SCAN_00{number}.pdf").write_bytes(b"%PDF-" + bytes(300_000 * number))
        keep_scan_folder(desk, Path(folder))
        page.files.open_scans()
        camera.shoot("baru-pemindai", page.files.scans)
        page.files.scans.hide()


def _page(camera: Camera, session: Session) -> IntakePage:
    session.window.show_page("intake")
    camera.settle()
    page = session.window.pages.page("intake")
    if not isinstance(page, IntakePage):
        raise TypeError(type(page).__name__)
    return page


def _drafts(desk: Desk) -> None:
    save = partial(intake.save_draft, desk)
    set_officer(desk, "Rusdiansyah")
    save(asdict(FormState(title="Air pasang menggenangi Gg. Pancasila", reporter_name="H. Idham")))
    save(asdict(FormState(reporter_name="Hj. Mariani", statement="Mohon fogging, tiga anak demam berdarah.")))
    set_officer(desk, sample_day.OFFICER)
    draft = save(asdict(_TYPED))
    for name, colour in (("lampu.jpg", "#20304a"), ("tiang listrik.jpg", "#3b5240")):
        made = made_ready.prepared_image(name, _photo(colour))
        draft_files.add(desk, draft.id, made.name, made.content)
    draft_files.add(desk, draft.id, "surat pengantar ketua RT 12.pdf", b"%PDF-1.7" + bytes(214_000))


def _photo(colour: str) -> QImage:
    """A lamp in the night, more or less."""
    image = QImage(1200, 900, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    painter = QPainter(image)
    painter.setBrush(QColor("#f2c14e"))
    painter.drawEllipse(480, 220, 240, 240)
    painter.fillRect(585, 440, 30, 460, QColor("#101820"))
    painter.end()
    return image
