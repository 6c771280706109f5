"""Modules of the window are not read by PySide6, and not looked through for garbage while they are loaded."""

import builtins
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from ui.plain_imports import restore_import


def test_source_of_a_later_import_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)  # put back at the end
    (tmp_path / "imported_later.py").write_text("VALUE = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    read: list[str] = []

    def note(module: object) -> str:
        read.append(str(module))
        return ""

    monkeypatch.setattr("inspect.getsource", note)
    restore_import()
    importlib.invalidate_caches()
    assert builtins.__import__("imported_later").VALUE == 1
    assert read == []


def test_qt_is_loaded_with_pythons_own_import_and_no_collector() -> None:
    script = """
import builtins, gc
from ui.plain_imports import load_qt
load_qt()
import ui.start
assert builtins.__import__ is builtins.__orig_import__  # the one before PySide6 reads sources
assert not gc.isenabled()
"""
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script], cwd=root, check=True)
