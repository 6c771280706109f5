"""The session that ends (SIGTERM) or Ctrl+C (SIGINT) closes the window as a person would: what was typed is kept."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kelurahan_client import app
from kelurahan_client.config import Config
from kelurahan_client.services import intake
from tests.desk_making import clock, config, desk_at, enrolled_config, enrolled_folder, reference

__all__ = ["clock", "config", "desk_at", "enrolled_config", "enrolled_folder", "reference"]

ROOT = Path(__file__).parent.parent.parent
TYPING = """
import os, sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from kelurahan_client.config import config
from kelurahan_client.window import open_data
from ui import start


def type_then_die(program):
    if program.windows.session is None or not program.windows.session.at_work:
        QTimer.singleShot(20, lambda: type_then_die(program))
        return
    program.windows.session.window.show_page("intake")
    page = program.windows.session.window.pages.currentWidget().widget()
    page.form.focus_field("statement")
    page.focusWidget().insertPlainText("Lampu padam")
    os.kill(os.getpid(), int(sys.argv[2]))


settings = config(Path(sys.argv[1]))
sys.exit(start.run(partial(open_data, settings), settings.window_file, enrolled=True, ready=type_then_die))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_program_that_is_told_to_end_keeps_what_was_just_typed(enrolled_config: Config, number: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", TYPING, str(enrolled_config.data_dir), str(int(number))],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    with app.opened_desk(enrolled_config) as desk:
        assert [draft.fields["statement"] for draft in intake.open_drafts(desk)] == ["Lampu padam"]
