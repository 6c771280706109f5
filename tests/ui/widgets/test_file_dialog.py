"""Where a dialog for files begins."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ui.widgets import file_dialog


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's pictures."""
    folder = tmp_path / "Gambar"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "standardLocations", lambda _place: [str(folder)])
    monkeypatch.setattr(file_dialog, "_last", {})
    return folder


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[Path]:
    """A person goes to a file and takes it."""
    monkeypatch.setattr(QFileDialog, "exec", lambda _self: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _self: [str(path)])
    return file_dialog.ask(file_dialog.worded(QFileDialog(None, "", file_dialog.pictures()), "Pilih"))


@pytest.mark.usefixtures("qtbot")
def test_the_next_dialog_begins_where_the_last_one_ended(
    usual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert file_dialog.pictures() == str(usual)
    stick, deeper = tmp_path / "STIK", tmp_path / "STIK" / "foto"
    deeper.mkdir(parents=True)
    assert chosen(monkeypatch, stick / "a.jpg") == [stick / "a.jpg"]
    assert file_dialog.pictures() == str(stick)
    chosen(monkeypatch, deeper / "b.jpg")
    assert file_dialog.pictures() == str(deeper)
    deeper.rmdir()
    assert file_dialog.pictures() == str(usual)


def test_who_changes_their_mind_goes_nowhere(usual: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda _self: QFileDialog.DialogCode.Rejected)
    dialog = QFileDialog(None, "", file_dialog.pictures())
    assert file_dialog.ask(file_dialog.worded(dialog, "Pilih")) == []
    qtbot.wait(0)
    assert file_dialog.pictures() == str(usual)
