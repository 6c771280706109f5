"""The way of a document out of the desk: first into the log, then to the printer or into a file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kelurahan_client.errors import LaporError
from kelurahan_client.services import prints
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper
from kelurahan_client.services.prints import Medium, Taken
from ui.printing.printers import Printers
from ui.printing.render import save_pdf
from ui.tasks import Tasks


class WayOut(QObject):
    """Prints one document at a time. `done`: it is out, with its line in the log; `refused`: why it is not."""

    done = Signal(object)
    refused = Signal(object)

    def __init__(self, tasks: Tasks, desk: Desk, printers: Printers) -> None:
        super().__init__()
        self._tasks = tasks
        self._desk = desk
        self._printers = printers
        self._busy = False

    def busy(self) -> bool:
        """Whether a document is on its way."""
        return self._busy

    def to_printer(self, paper: Paper, printer: str) -> None:
        """Send it to a printer, and keep that printer for the next document of its kind and size."""

        def send(taken: Taken) -> None:
            self._printers.send(taken.paper, printer)

        def work() -> Taken:
            prints.keep_printer(self._desk, paper.kind, paper.size, printer)
            return prints.take(self._desk, paper, Medium.PRINTER, printer)

        self._start(work, send)

    def to_file(self, paper: Paper, target: Path) -> None:
        """Keep it as PDF."""
        self._start(partial(prints.take, self._desk, paper, Medium.PDF), lambda taken: save_pdf(taken.paper, target))

    def _start(self, take: Callable[[], Taken], send: Callable[[Taken], None]) -> None:
        if self._busy:
            return
        self._busy = True
        self._tasks.database(take, partial(self._send, send), failed=self._end_badly)

    def _send(self, send: Callable[[Taken], None], taken: Taken) -> None:
        self._tasks.paper(
            partial(send, taken), lambda _nothing: self._end_well(taken), failed=partial(self._take_back, taken)
        )

    def _take_back(self, taken: Taken, error: LaporError) -> None:
        """The number of its copy is free again, and only then another try is let in."""

        def end(_outcome: object) -> None:
            self._end_badly(error)

        self._tasks.database(partial(prints.failed, self._desk, taken.line), end, failed=end)

    def _end_well(self, taken: Taken) -> None:
        self._busy = False
        self.done.emit(taken.line)

    def _end_badly(self, error: LaporError) -> None:
        self._busy = False
        self.refused.emit(error)
