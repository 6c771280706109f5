"""Pictures of every page, to look at after a change: light and dark, 100 % and 150 %, empty and full.

Draws offscreen, with made-up complaints on a made-up day. `--brief` draws the main pages once, in light;
a scene by its name draws only that.
"""

import argparse
import base64
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import resources
from kelurahan_client.domain.complaint import TimelineEntry
from kelurahan_client.domain.roles import Role
from kelurahan_client.services import importing, lists
from kelurahan_client.services.backups import Backup
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import complaints
from kelurahan_client.store.drafts import Draft
from kelurahan_client.store.officers_file import Entry, OfficersFile
from kelurahan_client.store.wrapping import Wrapped
from sync.enrol_file import EnrolFile
from sync.protocol import EnrolOffer
from tools import sample_day, scenes_settings
from tools.camera import LARGE, NOW, SIZE, Camera, new_desk
from tools.sample_conflicts import add_conflicts
from tools.scenes_book import book_page
from tools.scenes_day_close import day_close_scenes
from tools.scenes_import import book_import
from tools.scenes_intake import intake_form
from tools.scenes_outbox import files_wait
from tools.scenes_printing import printing, receipt_beside
from tools.scenes_register import register
from tools.scenes_reports import reports, reports_empty
from tools.scenes_sign_in import first_officer, officers_panel, sign_in, sign_in_many
from ui.application import create_application
from ui.conflict.editors import set_text
from ui.conflict.page import ConflictPage
from ui.garbage import GuiGarbage
from ui.intake.form import FormState
from ui.intake.page import IntakePage
from ui.session import Session
from ui.setup.page import SetupPage
from ui.setup.restoring import RestorePage
from ui.theme.theme import Mode

_BOOK = "buku_register_alalak_selatan_2024.xlsx"


# Of nobody: its key is the bytes from 0 to 31.
_AUTHORITY = """-----BEGIN CERTIFICATE-----
MIHoMIGboAMCAQICAQEwBQYDK2VwMB4xHDAaBgNVBAMME0Jhbmphcm1hc2luIFJv
b3QgQ0EwHhcNMjYwMTAxMDAwMDAwWhcNMzYwMTAxMDAwMDAwWjAeMRwwGgYDVQQD
DBNCYW5qYXJtYXNpbiBSb290IENBMCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vA
mWfk1jCbpQ1fHdyGZBJVMbgwBQYDK2VwA0EAXn0pdxtxzKSnnTeTGO0U/0Nq/pkp
Uadli4h0WCmzu1XpihvWoYXdoAjEQZY/csDsf1zDs+WEsJG1wCe5pOUmCA==
-----END CERTIFICATE-----
"""
_ENROL_FILE = EnrolFile(
    server="https://lapor.banjarmasinkota.go.id",
    code="K7QX-M3TD-R9HW",
    city="Banjarmasin",
    office="63.71.04.1003",
    office_name="Alalak Selatan",
    district="Banjarmasin Utara",
    desk="A",
    expires_at="2026-08-06T02:32:00Z",
    server_signing_key=base64.b64encode(bytes(range(32))).decode(),
    server_sealing_key=base64.b64encode(bytes(range(32, 64))).decode(),
    authority=_AUTHORITY,
)


def setup(camera: Camera) -> None:
    """The first start."""
    desk = new_desk(camera.folder("setup"), enrolled=False)
    page = SetupPage(camera.theme, camera.tasks, desk, "https://lapor.banjarmasinkota.go.id")
    page.others.offer(page.others.demo)
    page.resize(*SIZE)
    page.show()
    page.others.offer(page.others.restore)
    camera.shoot("pendaftaran", page)
    page.enrolling.file_read.emit(_ENROL_FILE)
    camera.shoot("pendaftaran-berkas", page)
    page.enrolling.take_offer(EnrolOffer("Banjarmasin", "63.71.04.1003", "Alalak Selatan", "Banjarmasin Utara", "A"))
    camera.shoot("pendaftaran-loket", page)
    page.close()
    restore = RestorePage(camera.theme, camera.tasks, desk, lambda *_: (desk, ""))
    restore.resize(*SIZE)
    restore.show()
    camera.shoot("pemulihan-kosong", restore)
    person = Entry("1", "Norhasanah", Role.ADMIN, Wrapped(b"", b"", b""))
    made = Backup(Path("/media/stik"), desk.now(), "Alalak Selatan", "A", 48_000_000, {})
    restore.form.show_backup(made, OfficersFile((person,), None, "Alalak Selatan", "Banjarmasin Utara", "A"))
    restore.form.asked.editor.setText("ABCDE-12345-ABCDE-12345-ABCDE-12345")
    restore.form.asked.go()
    camera.shoot("pemulihan", restore)
    restore.close()
    desk.store.close()


def empty(camera: Camera) -> None:
    """A desk on its first day."""
    desk = new_desk(camera.folder("empty"))
    session = camera.session(desk)
    for name, key in (
        ("beranda-kosong", "home"),
        ("daftar-kosong", "register"),
        ("impor-kosong", "paper_log"),
        ("konflik-kosong", "conflicts"),
    ):
        session.window.show_page(key)
        camera.shoot(name, session.window)
    camera.end(session, desk)


def full(camera: Camera, *, brief: bool = False) -> None:
    """A desk in the middle of its work."""
    desk = camera.desk("full")
    session = camera.session(desk)
    window = session.window
    window.show_page("home")
    camera.shoot("beranda", window)
    window.show_page("register")
    camera.settle()
    window.show_page("register", complaint_id=_complaint_id(desk))
    camera.shoot("daftar", window)
    if not brief:
        _on_a_large_screen(camera, session)
    window.show_page("register", search="tidak ada kata seperti ini")
    camera.shoot("daftar-tanpa-hasil", window)
    if not brief:
        _filled_form(camera, session)
        window.outbox_requested.emit()
        camera.shoot("kotak-keluar", session.work.standing.outbox)
        session.work.standing.outbox.close()
        _import(camera, session, desk)
    camera.end(session, desk)


def told(camera: Camera) -> None:
    """A desk to which the city has something to say."""
    desk = camera.desk("told")
    text = (
        "Data loket A dipakai di dua komputer. Keduanya diterima, tetapi nomor pengaduan dapat sama: "
        "daftarkan salah satu sebagai loket sendiri."
    )
    with desk.store.write() as transaction:
        notice = TimelineEntry("catatan-1", "notice", text, "", desk.now(), acknowledged=True)
        complaints.add_entries(transaction, [""], [notice])
    session = camera.session(desk)
    session.window.show_page("home")
    camera.shoot("beranda-catatan", session.window)
    camera.end(session, desk)


def _on_a_large_screen(camera: Camera, session: Session) -> None:
    """The list with a complaint beside it, and Beranda."""
    window = session.window
    window.resize(*LARGE)
    camera.shoot("daftar-1920", window)
    window.show_page("home")
    camera.shoot("beranda-1920", window)
    window.resize(*SIZE)


def _filled_form(camera: Camera, session: Session) -> None:
    window = session.window
    window.show_page("intake")
    camera.shoot("pengaduan-baru-kosong", window)
    page = window.pages.page("intake")
    if not isinstance(page, IntakePage):
        raise TypeError(type(page).__name__)
    page.save()
    camera.shoot("pengaduan-baru-kurang", window)
    page.draft.resume(Draft("sample", sample_day.OFFICER, NOW, NOW, asdict(_TYPED)))
    camera.shoot("pengaduan-baru", window)
    page.form.fill(replace(_TYPED, confidential=False))
    page.save()
    camera.shoot("pengaduan-baru-selesai", window)


def _import(camera: Camera, session: Session, desk: Desk) -> None:
    opened = importing.inspect(desk, resources.path("demo", _BOOK))
    importing.run(desk, importing.plan(desk, opened))
    session.window.show_page("paper_log")
    camera.shoot("impor", session.window)


def conflicts(camera: Camera) -> None:
    """A desk that has to decide."""
    desk = camera.desk("conflicts")
    ids = add_conflicts(desk, NOW)
    session = camera.session(desk)
    window = session.window
    window.show_page("conflicts")
    page = window.pages.page("conflicts")
    if not isinstance(page, ConflictPage):
        raise TypeError(type(page).__name__)
    camera.settle()
    answer = page.pane.answer
    set_text(answer.editor, "Gg. Karya Baru RT 12, di muka Langgar Al-Jihad, tiang ketiga dan keempat dari ujung gang")
    answer.reason.setText("Sudah ditelepon Ketua RT 12: dihitung dari ujung gang.")
    answer.focus_editor()
    camera.shoot("konflik", window)
    window.show_page("conflicts", conflict_id=ids[1])
    camera.shoot("konflik-tiga-isi", window)
    camera.end(session, desk)


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


def main() -> int:
    """Draw everything; the exit status."""
    parser = argparse.ArgumentParser(prog="dev.py screens")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--brief", action="store_true")
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=f"only these of {', '.join(_SCENES)}")
    given = parser.parse_args()
    if unknown := set(given.scenes) - set(_SCENES):
        parser.error(f"no such scene: {', '.join(sorted(unknown))}")
    target: Path = given.out
    target.mkdir(parents=True, exist_ok=True)
    app = create_application(["screens"])
    GuiGarbage(app)  # as in the program: no widget ends in a worker
    looks = [(Mode.LIGHT, 100)] if given.brief else [(mode, scale) for scale in (100, 150) for mode in _MODES]
    folder = Path(tempfile.mkdtemp(prefix="lapor-screens-"))
    try:
        for mode, scale in looks:
            camera = Camera(app, target, mode, scale, folder)
            try:
                if given.brief:
                    full(camera, brief=True)
                    continue
                for name in given.scenes or _SCENES:
                    _SCENES[name](camera)
            finally:
                camera.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(list(target.glob('*.png')))} pictures in {target}")
    return 0


_MODES = (Mode.LIGHT, Mode.DARK)
_SCENES: dict[str, Callable[[Camera], None]] = {
    "setup": setup,
    "empty": empty,
    "full": full,
    "told": told,
    "conflicts": conflicts,
    "register": register,
    "book": book_page,
    "import": book_import,
    "reports": reports,
    "reports-empty": reports_empty,
    "printing": printing,
    "receipt": receipt_beside,
    "intake": intake_form,
    "day_close": day_close_scenes,
    "sign_in": sign_in,
    "sign_in_many": sign_in_many,
    "first_officer": first_officer,
    "officers_panel": officers_panel,
    "files": files_wait,
    "settings": scenes_settings.settings,
    "demo": scenes_settings.sample,
    "help": scenes_settings.guide,
}


def scenes() -> dict[str, Callable[[Camera], None]]:
    """Every scene by its name."""
    return dict(_SCENES)


def _complaint_id(desk: Desk) -> str:
    keys = lists.keys(desk, lists.ListFilter(search="lampu karya baru"))
    return lists.page(desk, keys)[0].id


if __name__ == "__main__":
    sys.exit(main())
