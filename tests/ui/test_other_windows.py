"""The real start: another size makes a new window over the same data, and the demo never touches the desk's own."""

import os
import subprocess
import sys
from pathlib import Path

from kelurahan_client import app
from kelurahan_client.config import Config
from kelurahan_client.services import demo, intake
from kelurahan_client.services.desk import find_identity
from tests.desk_making import clock, config, desk_at, enrolled_config, enrolled_folder, reference

__all__ = ["clock", "config", "desk_at", "enrolled_config", "enrolled_folder", "reference"]

ROOT = Path(__file__).parent.parent.parent
WAITING = """
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from kelurahan_client.config import config
from kelurahan_client.window import open_data, open_demo
from ui import start

settings = config(Path(sys.argv[1]))
held = []


def soon(step):
    QTimer.singleShot(20, step)


def ready(program):
    held.append(program)
    soon(partial(wait, program))


def go(enrolled):
    ended = start.run(
        partial(open_data, settings), settings.window_file, enrolled=enrolled, ready=ready,
        open_demo=partial(open_demo, settings),
    )
    sys.exit(ended)
"""
RESCALE = """
import logging

from PySide6.QtWidgets import QApplication

from ui.crash_dialog import CrashDialog


def wait(program):
    session = program.windows.session
    if session is None or not session.at_work or not program.tasks.idle():
        return soon(partial(wait, program))
    window = session.window
    window.show_page("intake")
    page = window.pages.page("intake")
    page.form.focus_field("statement")
    page.focusWidget().insertPlainText("Lampu padam")
    session.look.choose_mode("dark")
    session.look.choose_scale(150)
    soon(partial(rescaled, program, session))


def rescaled(program, old):
    if program.windows.session is old or not program.tasks.idle():
        return soon(partial(rescaled, program, old))
    window = program.windows.session.window
    section = window.pages.page("settings").section("look")
    print(window.pages.current(), section.scale.value(), section.mode.value(), window.isVisible())
    logging.disable()
    sys.excepthook(ValueError, ValueError(), None)
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog)]
    print(dialog.minimumWidth())
    dialog.accept()
    program.quit()


go(True)
"""
DEMO = """
def wait(program):
    if program.first is None:
        return soon(partial(wait, program))
    program.first.setup.others.demo.click()
    soon(partial(at_work, program))


def at_work(program):
    session = program.windows.session
    if session is None or not session.at_work or not program.tasks.idle():
        return soon(partial(at_work, program))
    print(session.window.windowTitle())
    session.exchange()
    soon(partial(sent, program))


def sent(program):
    if not program.tasks.idle():
        return soon(partial(sent, program))
    print(program.windows.session.window.telling.snack.text())
    program.quit()


go(False)
"""


def run(script: str, folder: Path) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", WAITING + script, str(folder)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    errors = [line for line in ended.stderr.splitlines() if "This plugin does not support" not in line]
    assert (ended.returncode, errors) == (0, [])
    return ended.stdout.splitlines()


def test_another_size_keeps_what_was_typed_and_is_remembered(enrolled_config: Config) -> None:
    assert run(RESCALE, enrolled_config.data_dir) == [
        "settings 150 dark True",
        "840",
    ]  # a mistake of ours is told in this size too
    with app.opened_desk(enrolled_config) as desk:
        assert [draft.fields["statement"] for draft in intake.open_drafts(desk)] == ["Lampu padam"]
    kept = enrolled_config.window_file.read_text()
    assert "scale=150" in kept
    assert "mode=dark" in kept


def test_the_demo_of_the_first_start_has_data_of_its_own(config: Config) -> None:
    told = run(DEMO, config.data_dir)
    assert told[0] == "Lapor Kelurahan (mode demo)"
    assert "mode demo: tidak ada yang dikirim" in told[1]
    with app.opened_desk(config) as own:
        assert find_identity(own) is None
        assert not demo.is_demo(own)
    with app.opened_desk(config.demo) as sample:
        assert demo.is_demo(sample)
