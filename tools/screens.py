"""Pictures of every page, to look at after a change: light and dark, 100 % and 150 %, empty and full.

Draws offscreen, with made-up complaints on a made-up day. `--brief` draws the main pages once, in light.
"""

import argparse
import base64
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

import resources
from kelurahan_client.config import config
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.services import desk as desks
from kelurahan_client.services import importing, lists
from kelurahan_client.services.desk import Desk, Identity
from kelurahan_client.store.drafts import Draft
from kelurahan_client.store.engine import open_store
from tools import sample_day
from tools.sample_conflicts import add_conflicts
from ui.application import create_application, dress
from ui.conflict.editors import set_text
from ui.conflict.page import ConflictPage
from ui.intake.form import FormState
from ui.intake.page import IntakePage
from ui.session import Session
from ui.setup.page import SetupPage
from ui.tasks import Tasks
from ui.theme.theme import Mode, Theme

NOW = datetime(2026, 8, 3, 2, 32, tzinfo=UTC)  # a Monday, 10.32 WITA
_SIZE = (1366, 696)
_SETTLE_SECONDS = 15
_BOOK = "buku_register_alalak_selatan_2024.xlsx"


class Camera:
    """Draws one look (mode and scale) of every page into a folder."""

    def __init__(self, app: QApplication, target: Path, mode: Mode, scale: int, folder: Path) -> None:
        self._app = app
        self._target = target
        self._suffix = ("gelap" if mode is Mode.DARK else "terang") + ("" if scale == 100 else f"-{scale}")
        self._theme: Theme = dress(app, mode, scale)
        self._tasks = Tasks(on_error=_fail, on_crash=_fail)
        self._folder = folder

    def close(self) -> None:
        """End the workers."""
        self._tasks.close()

    def shoot(self, name: str, widget: QWidget) -> None:
        """Wait until nothing is under way, and write the picture."""
        self.settle()
        widget.grab().save(str(self._target / f"{name}-{self._suffix}.png"))

    def settle(self) -> None:
        """Let the workers and the layout come to rest."""
        end = time.monotonic() + _SETTLE_SECONDS
        for _ in range(3):
            while not self._tasks.idle() and time.monotonic() < end:
                self._app.processEvents()
                time.sleep(0.005)
            wait_until = time.monotonic() + 0.3  # hints and drafts wait this long for the next key
            while time.monotonic() < wait_until:
                self._app.processEvents()
                time.sleep(0.005)

    def setup(self) -> None:
        """The first start."""
        desk = _new_desk(self._folder / f"setup-{self._suffix}", enrolled=False)
        page = SetupPage(self._theme, self._tasks, desk, "https://lapor.banjarmasinkota.go.id")
        page.resize(*_SIZE)
        page.show()
        self.shoot("pendaftaran", page)
        page.close()
        desk.store.close()

    def empty(self) -> None:
        """A desk on its first day."""
        desk = _new_desk(self._folder / f"empty-{self._suffix}")
        session = self._session(desk)
        for name, key in (
            ("beranda-kosong", "home"),
            ("daftar-kosong", "register"),
            ("impor-kosong", "paper_log"),
            ("konflik-kosong", "conflicts"),
        ):
            session.window.show_page(key)
            self.shoot(name, session.window)
        self._end(session, desk)

    def full(self, *, brief: bool = False) -> None:
        """A desk in the middle of its work."""
        desk = _full_desk(self._folder / f"full-{self._suffix}")
        session = self._session(desk)
        window = session.window
        window.show_page("home")
        self.shoot("beranda", window)
        window.show_page("register")
        self.settle()
        window.show_page("register", complaint_id=_complaint_id(desk))
        self.shoot("daftar", window)
        window.show_page("register", search="tidak ada kata seperti ini")
        self.shoot("daftar-tanpa-hasil", window)
        if not brief:
            self._filled_form(session)
            window.outbox_requested.emit()
            self.shoot("kotak-keluar", session.outbox)
            session.outbox.close()
            self._import(session, desk)
        self._end(session, desk)

    def _filled_form(self, session: Session) -> None:
        window = session.window
        window.show_page("intake")
        self.shoot("pengaduan-baru-kosong", window)
        page = window.pages.page("intake")
        if not isinstance(page, IntakePage):
            raise TypeError(type(page).__name__)
        page.save()
        self.shoot("pengaduan-baru-kurang", window)
        page.resume(Draft("sample", sample_day.OFFICER, NOW, NOW, asdict(_TYPED)))
        self.shoot("pengaduan-baru", window)
        page.form.fill(replace(_TYPED, confidential=False))
        page.save()
        self.shoot("pengaduan-baru-selesai", window)

    def _import(self, session: Session, desk: Desk) -> None:
        opened = importing.inspect(desk, resources.path("demo", _BOOK))
        importing.run(desk, importing.plan(desk, opened))
        session.window.show_page("paper_log")
        self.shoot("impor", session.window)

    def conflicts(self) -> None:
        """A desk that has to decide."""
        desk = _full_desk(self._folder / f"conflicts-{self._suffix}")
        ids = add_conflicts(desk, NOW)
        session = self._session(desk)
        window = session.window
        window.show_page("conflicts")
        page = window.pages.page("conflicts")
        if not isinstance(page, ConflictPage):
            raise TypeError(type(page).__name__)
        self.settle()
        answer = page.pane.answer
        set_text(
            answer.editor, "Gg. Karya Baru RT 12, di muka Langgar Al-Jihad, tiang ketiga dan keempat dari ujung gang"
        )
        answer.reason.setText("Sudah ditelepon Ketua RT 12: dihitung dari ujung gang.")
        answer.focus_editor()
        self.shoot("konflik", window)
        window.show_page("conflicts", conflict_id=ids[1])
        self.shoot("konflik-tiga-isi", window)
        self._end(session, desk)

    def _session(self, desk: Desk) -> Session:
        session = Session(self._theme)
        session.window.resize(*_SIZE)
        session.window.show()
        session.begin(self._tasks, desk)
        return session

    def _end(self, session: Session, desk: Desk) -> None:
        self.settle()
        session.window.close()
        session.deleteLater()
        self.settle()
        desk.store.close()


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
    given = parser.parse_args()
    target: Path = given.out
    target.mkdir(parents=True, exist_ok=True)
    app = create_application(["screens"])
    looks = [(Mode.LIGHT, 100)] if given.brief else [(mode, scale) for scale in (100, 150) for mode in _MODES]
    folder = Path(tempfile.mkdtemp(prefix="lapor-screens-"))
    try:
        for mode, scale in looks:
            camera = Camera(app, target, mode, scale, folder)
            try:
                if not given.brief:
                    camera.setup()
                    camera.empty()
                camera.full(brief=given.brief)
                if not given.brief:
                    camera.conflicts()
            finally:
                camera.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(list(target.glob('*.png')))} pictures in {target}")
    return 0


_MODES = (Mode.LIGHT, Mode.DARK)


def _fail(error: BaseException) -> None:
    raise error


def _new_desk(folder: Path, *, enrolled: bool = True, clock: Callable[[], datetime] = lambda: NOW) -> Desk:
    store = open_store(config(folder), None)
    desk = Desk(store, load_reference(resources.path("reference")), clock, secrets.token_bytes)
    if enrolled:
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        desks.keep_identity(
            desk,
            Identity(
                device="sample",
                city="Banjarmasin",
                office=sample_day.OFFICE,
                office_name="Alalak Selatan",
                district="Banjarmasin Utara",
                desk=sample_day.LETTER,
                server_url="http://127.0.0.1:9",
                server_epoch="",
                server_signing_key=key,
                server_sealing_key=key,
                signing_key=key,
                sealing_key=key,
                token="none",  # noqa: S106  # no server is asked with it
            ),
            {},
        )
        desks.set_officer(desk, sample_day.OFFICER)
    return desk


def _full_desk(folder: Path) -> Desk:
    desk = _new_desk(folder)

    def at(age: timedelta) -> Desk:
        return replace(desk, clock=lambda: NOW - age)

    list(sample_day.sample_complaints(at))
    return desk


def _complaint_id(desk: Desk) -> str:
    keys = lists.keys(desk, lists.ListFilter(search="lampu karya baru"))
    return lists.page(desk, keys)[0].id


if __name__ == "__main__":
    sys.exit(main())
