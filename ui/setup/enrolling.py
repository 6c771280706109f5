"""What the first start asks of the city's server and writes on this desk, one thing at a time."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from kelurahan_client.errors import Cancelled, InputError, LaporError
from kelurahan_client.services import network
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.services.officers import recovery_paper
from kelurahan_client.services.signing_in import code_was_kept, create_first
from sync import enrol_file, enrolment
from sync.enrol_file import EnrolFile
from sync.protocol import EnrolOffer
from ui.tasks import Asked, Running, Tasks

T = TypeVar("T")


class Enrolling(QObject):
    """`awaiting`: whether an answer is awaited; meanwhile nothing else is asked.

    `file_read` carries an EnrolFile, `offered` what the code is for (EnrolOffer), `named` the recovery code once the
    first officer is there, `paper_made` that code as a Paper; `kept`: it is on paper. `failed` carries a LaporError.
    A desk that `is_enrolled` already only gets its officer.
    """

    awaiting = Signal(bool)
    file_read = Signal(object)
    offered = Signal(object)
    named = Signal(str)
    paper_made = Signal(object)
    kept = Signal()
    failed = Signal(object)

    def __init__(self, tasks: Tasks, desk: Desk, parent: QObject, *, is_enrolled: bool) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk = desk
        self._is_enrolled = is_enrolled
        self._running: Running | None = None
        self._offer: EnrolOffer | None = None
        self._file: EnrolFile | None = None

    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._running is not None

    def read_file(self, path: Path) -> None:
        """Read an enrolment file; nothing of it is used yet."""
        work = partial(enrol_file.read, path)
        self._tasks.database(work, self.file_read.emit, failed=self.failed.emit, owner=self)

    def check(self, address: str, code: str, file: EnrolFile | None = None) -> None:
        """Ask the server there what a code is for; the city's certificates, if they are in `file`, are kept first."""
        self._file = file

        def work(stop: Asked) -> EnrolOffer:
            if file is not None and file.authority:
                network.trust_also(self._desk, file.authority)
            return enrolment.offer(self._desk, address, code, stop)

        self._ask(work, self.take_offer)

    def take_offer(self, offer: EnrolOffer) -> None:
        """The code is for this office and desk."""
        self._offer = offer
        self.offered.emit(offer)

    def enrol(self, address: str, code: str, officer: str, pin: str) -> None:
        """Use the code up, where this desk is not enrolled yet, and make its first officer."""

        def work(stop: Asked) -> str:
            if not self._is_enrolled:
                _enrol(self._desk, (address, code, self._file), self._offer, stop)
            return create_first(self._desk, officer, pin)

        self._ask(work, self.named.emit)

    def make_paper(self, code: str) -> None:
        """The recovery code as a document."""
        work = partial(recovery_paper, self._desk, code)
        self._tasks.database(work, self.paper_made.emit, failed=self.failed.emit, owner=self)

    def keep_code(self) -> None:
        """The recovery code is on paper: the desk can be worked at."""
        work = partial(code_was_kept, self._desk)
        self._tasks.database(work, lambda _none: self.kept.emit(), failed=self.failed.emit, owner=self)

    def stop(self) -> None:
        """Do not wait any longer. A code that was used up meanwhile is answered again when it is tried again."""
        self._tasks.drop(self)
        if self._running is not None:
            self._running.cancel()
        self._end()

    def _ask(self, work: Callable[[Asked], T], done: Callable[[T], None]) -> None:
        def asked(_report: Callable[[None], None], cancelled: Asked) -> T:
            try:
                return work(cancelled)
            except LaporError as error:
                if cancelled():  # nobody waits for this answer any more, so nobody is to be told
                    raise Cancelled("Pendaftaran dihentikan.") from error
                raise

        def answered(answer: T) -> None:
            self._end()
            done(answer)

        self._running = self._tasks.network(asked, answered, self._not_answered, self)
        self.awaiting.emit(True)

    def _not_answered(self, error: LaporError) -> None:
        self._end()
        if not isinstance(error, Cancelled):
            self.failed.emit(error)

    def _end(self) -> None:
        self._running = None
        self.awaiting.emit(False)


def _enrol(desk: Desk, by: tuple[str, str, EnrolFile | None], offer: EnrolOffer | None, cancelled: Asked) -> None:
    """Enrol by address, code and file, unless that was done before the first officer was refused."""
    known = find_identity(desk)
    if known is None:
        address, code, file = by
        enrolment.enrol(desk, address, code, cancelled, file.server_keys if file else None)
    elif offer is None or (known.office, known.desk) != (offer.office, offer.desk):
        raise InputError(
            f"Komputer ini sudah terdaftar sebagai Kelurahan {known.office_name}, loket {known.desk}.",
            way_out="Tutup Lapor Kelurahan, lalu buka lagi.",
        )
