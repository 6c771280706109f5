"""Tutup hari over a real desk whose data the window's thread may not touch; the stick is a folder."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from kelurahan_client.services.paper import Paper
from tests.together.conftest import blank_folder, centres, make_desk, office, offices, shared_central
from tests.ui.desk_window import DeskWindow
from ui.day_close.page import DayClosePage

__all__ = ["blank_folder", "centres", "make_desk", "office", "offices", "shared_central"]


@dataclass
class Stick:
    """Answers the questions for files as a person would."""

    folder: Path
    answer: Path | None = None
    proposed: list[str] = field(default_factory=list)
    declined: bool = False

    def target(self, _parent: QWidget, name: str) -> Path | None:
        self.proposed.append(name)
        return None if self.declined else self.folder / name

    def source(self, _parent: QWidget) -> Path | None:
        return self.answer

    def written(self) -> list[Path]:
        return sorted(self.folder.iterdir())


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    folder = tmp_path / "STIK"
    folder.mkdir()
    return Stick(folder)


@pytest.fixture
def papers() -> list[Paper]:
    """What was asked to be printed."""
    return []


@pytest.fixture
def page(window: DeskWindow, stick: Stick, papers: list[Paper]) -> DayClosePage:
    return shown(window, stick, papers)


def shown(window: DeskWindow, stick: Stick, papers: list[Paper]) -> DayClosePage:
    made = DayClosePage(
        window.theme,
        window.tasks,
        window.desk,
        window.navigate,
        lambda text, undo=None, **_icon: window.notify(text, undo),
        (lambda: window.navigate("exchange"), lambda: window.navigate("stop")),
        (stick.target, stick.source),
        now=lambda: 0.0,
    )
    made.paper_wanted.connect(papers.append)
    window.show(made)
    made.activate()
    window.settle()
    return made
