"""What the frame knows of a page."""

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple, Protocol

from PySide6.QtWidgets import QWidget

from ui.theme.icons import Icon


class Navigate(Protocol):
    """Shows another page; the arguments are for its `activate`."""

    def __call__(self, key: str, **arguments: object) -> None:
        """Show the page `key`."""


class Notify(Protocol):
    """Says at the bottom what was done, with a way back where there is one."""

    def __call__(self, text: str, undo: Callable[[], None] | None = None, icon: Icon = Icon.RESOLVED) -> None:
        """Say `text`; `undo` takes it back."""


class Page(QWidget):
    """Base of all pages. Each method has a quiet default; a page overrides what concerns it."""

    def activate(self, *_args: Any, **_arguments: Any) -> None:
        """The page was brought to the front; the arguments are those of `show_page`."""

    def reload(self, kinds: frozenset[str]) -> None:
        """Records of these kinds have changed; ask again for what is shown."""

    def search_focus(self) -> None:
        """Put the cursor into the page's search box."""

    def may_close(self) -> bool:
        """Whether the window may close now; a page that says no tells why on itself."""
        return True

    def officer_changed(self) -> None:
        """Somebody else has signed in: what the one before has half typed is put aside, if there is a place for it."""

    def go_back(self) -> bool:
        """Esc: one step back within the page; False where there is none."""
        return False


class Section(Enum):
    """Where in the rail a page stands."""

    WORK = "work"
    DAY = "day"
    SETTINGS = "settings"


class PageSpec(NamedTuple):
    """A page of the rail. `widget` is the page, or a function that makes it when it is first shown."""

    key: str
    title: str
    icon: Icon
    widget: Page | Callable[[], Page]
    shortcut: str = ""  # F2; Ctrl+1... are given by position
    section: Section = Section.WORK
