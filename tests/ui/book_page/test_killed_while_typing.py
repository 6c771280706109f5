"""A window that is killed while a page is typed: another one shows the page again, the open cell too."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from kelurahan_client.config import Config
from kelurahan_client.services.desk import Desk
from tests.desk_making import DeskAt
from tests.ui.book_page.conftest import Typist

_WINDOW = """
import secrets, sys
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import resources
from kelurahan_client.config import Config
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.services.desk import Desk
from kelurahan_client.store.engine import open_store
from ui.paper_log.page import PaperLogPage
from ui.tasks import Tasks
from ui.theme.theme import Mode, Theme

def fail(error):
    raise error

app = QApplication(["window"])
now = datetime(2026, 8, 3, 2, 32, tzinfo=UTC)
store = open_store(Config(Path(sys.argv[1])), None)
desk = Desk(store, load_reference(resources.path("reference")), lambda: now, secrets.token_bytes)
tasks = Tasks(on_error=fail, on_crash=fail)
page = PaperLogPage(Theme(Mode.LIGHT), tasks, desk, print, lambda text, undo=None: None)
page.resize(1100, 640)
page.show()
page.typing.new()

def rest():
    while page.work.keeper.waiting or not tasks.idle():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

def write(text):
    QTest.keyClicks(page.work.grid, text[0])  # opens the cell
    QTest.keyClicks(page.work.grid.delegate.editor, text[1:])

rest()
for text in ("1", "3/8"):
    write(text)
    QTest.keyClick(page.work.grid.delegate.editor, Qt.Key.Key_Tab)
write("Siti Rah")
rest()
print("typed", flush=True)
app.exec()
"""


def test_what_was_typed_survives_a_kill(
    enrolled_config: Config, desk_at: DeskAt, make_typist: Callable[[Desk], Typist]
) -> None:
    root = Path(__file__).parents[3]
    window = subprocess.Popen(
        [sys.executable, "-c", _WINDOW, str(enrolled_config.data_dir)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    with window:
        assert window.stdout is not None
        told = window.stdout.readline()
        window.kill()
    assert told == "typed\n"
    typist = make_typist(desk_at(enrolled_config))
    assert typist.page.start.pages.model.rowCount() == 1
    typist.key(Qt.Key.Key_Return)
    typist.settle()
    assert typist.texts(0)[:3] == ["1", "3/8", "Siti Rah"]
