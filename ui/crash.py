"""A mistake of ours: it is logged, and told once with a report that can be copied and names nobody."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, qVersion

from kelurahan_client import __version__
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from ui.crash_dialog import CrashDialog

_LOG = logging.getLogger(__name__)
_FRAMES = 30


def describe_crash(error: BaseException) -> str:
    """The report: versions, the kinds of error and where they were raised.

    Neither the error's own words nor whole paths are in it: the words may quote a citizen, a path names the user.
    """
    import platform  # noqa: PLC0415  # nobody needs it before something went wrong

    lines = [
        f"Lapor Kelurahan {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
    ]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        for frame in traceback.extract_tb(cause.__traceback__)[-_FRAMES:]:
            place = "/".join(PurePath(frame.filename).parts[-2:])
            lines.append(f"  {place}:{frame.lineno} {frame.name}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n".join(lines)


class CrashReporter(QObject):
    """Hears of crashes in any thread; shows one dialog at a time, the rest goes to the log only.

    `theme` gives the look of the window that is there then.
    """

    _caught = Signal(str)

    def __init__(self, theme: Callable[[], Theme], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dialog: CrashDialog | None = None
        self._caught.connect(self._show)

    def report(self, error: BaseException) -> None:
        """Log a crash and tell the person; any thread."""
        report = describe_crash(error)
        _LOG.error("%s", report)
        self._caught.emit(report)

    def dialog(self) -> "CrashDialog | None":
        """The dialog that is open now."""
        return self._dialog

    def install(self) -> None:
        """Hear of everything that nobody catches, in every thread."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.report(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    def _show(self, report: str) -> None:
        if self._dialog is not None:
            return
        from ui.crash_dialog import CrashDialog  # noqa: PLC0415

        self._dialog = CrashDialog(self._theme(), report)
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
