"""Modules imported while the window works are not read by PySide6."""

import builtins
import importlib
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
