"""Qt speaks Indonesian, and a crash is told once without naming anybody."""

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QFileInfo
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QFileIconProvider,
)
from pytestqt.qtbot import QtBot

import ui
from ui.crash import CrashReporter, describe_crash
from ui.qt_texts import QT_TEXTS, QtTexts
from ui.theme.theme import Theme


@pytest.fixture
def indonesian(qapp: QApplication):
    translator = QtTexts()
    qapp.installTranslator(translator)
    yield translator
    qapp.removeTranslator(translator)


def test_standard_buttons_speak_indonesian(indonesian: QtTexts, qtbot: QtBot) -> None:
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Yes | kinds.No | kinds.Cancel | kinds.Save | kinds.Close)
    qtbot.addWidget(box)
    words = {box.button(kind).text().replace("&", "") for kind in (kinds.Yes, kinds.No, kinds.Cancel)}
    assert words == {"Ya", "Tidak", "Batal"}
    assert box.button(kinds.Save).text().replace("&", "") == "Simpan"
    assert box.button(kinds.Close).text().replace("&", "") == "Tutup"


def test_other_texts_stay_as_they_are(indonesian: QtTexts) -> None:
    assert QCoreApplication.translate("Status", "Diterima") == "Diterima"
    assert QCoreApplication.translate("QLineEdit", "&Paste") == "&Tempel"


def test_the_dialog_for_files_names_its_list_and_the_disk_in_indonesian(indonesian: QtTexts, qtbot: QtBot) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    names = {one.accessibleName() for one in dialog.findChildren(QAbstractItemView)}
    assert "Berkas" in names
    assert "Files" not in names
    assert QFileIconProvider().type(QFileInfo("/")) == "Diska"
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    assert {one.itemText(0) for one in dialog.findChildren(QComboBox)} & {"Folder", "Directories"} == {"Folder"}


def test_placeholders_survive_translation() -> None:
    for texts in QT_TEXTS.values():
        for english, indonesian in texts.items():
            assert indonesian.count("%1") == english.count("%1")
            assert indonesian.count("&") <= 1


def test_application_wears_fusion_and_keeps_its_arguments() -> None:
    look = "from ui.application import create_application as create; app = create(['lapor-kelurahan'])"
    told = f"{look}; print(app.style().name(), app.arguments())"
    root = Path(ui.__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", told], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["fusion", "['lapor-kelurahan']"]


def _crash() -> BaseException:
    def read(row: dict[str, str]) -> str:
        try:
            return row["NIK 6371010203040005 Siti Rahmah"]
        except KeyError as cause:
            raise ValueError("tidak sah: Siti Rahmah") from cause

    with pytest.raises(ValueError, match="tidak sah") as raised:
        read({})
    return raised.value


def test_report_says_where_but_never_who() -> None:
    report = describe_crash(_crash())
    assert "builtins.ValueError" in report
    assert "builtins.KeyError" in report
    assert "test_application.py" in report
    assert "Siti" not in report
    assert "6371" not in report


def test_one_dialog_for_many_crashes_and_a_report_to_copy(
    theme: Theme, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    reporter = CrashReporter(lambda: theme)
    with caplog.at_level(logging.ERROR):
        reporter.report(_crash())
        reporter.report(_crash())
    dialog = reporter.dialog()
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert len(caplog.records) == 2
    assert "ValueError" in dialog.report()
    copy = next(child for child in dialog.children() if getattr(child, "text", lambda: "")() == "Salin laporan")
    copy.click()
    assert QGuiApplication.clipboard().text() == dialog.report()
    dialog.accept()
    assert reporter.dialog() is None


def test_crash_in_a_thread_is_told_in_the_window(theme: Theme, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    reporter = CrashReporter(lambda: theme)
    thread = threading.Thread(target=lambda: reporter.report(_crash()))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: reporter.dialog() is not None)
    dialog = reporter.dialog()
    assert dialog is not None
    dialog.accept()
