"""A real desk for the pages that look at complaints: data come and go through a worker, as in the window."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kelurahan_client.domain.complaint import Complaint, SyncState
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import Offline
from kelurahan_client.services import desk as desks
from kelurahan_client.services.attachments import attach_content
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import attachments, complaints, outbox, settings
from kelurahan_client.store.attachments import Tried
from sync.protocol import Result, ResultKind
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme

T = TypeVar("T")
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass
class DeskWindow:
    """What pages are made of, and what they asked of the window."""

    qtbot: QtBot
    theme: Theme
    tasks: Tasks
    desk: Desk
    shown: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    said: list[tuple[str, Callable[[], None] | None]] = field(default_factory=list)

    rooms: list[QScrollArea] = field(default_factory=list)

    def navigate(self, key: str, **arguments: Any) -> None:
        self.shown.append((key, arguments))

    def notify(self, text: str, undo: Callable[[], None] | None = None, icon: Icon = Icon.RESOLVED) -> None:
        self.said.append((text, undo))

    def show(self, page: QWidget, width: int = 1166, height: int = 640) -> None:
        """The page in a scrolling room, as the frame shows it."""
        room = QScrollArea()
        self.rooms.append(room)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setWidget(page)
        room.resize(width, height)
        room.show()
        with self.qtbot.waitActive(room):
            room.activateWindow()

    def close(self) -> None:
        """Take the pages down while the workers are still there: a page may have something left to keep."""
        for room in filter(isValid, self.rooms):
            room.close()
            room.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.settle()

    def settle(self) -> None:
        """Until every answer has come, also those to questions that answers made."""
        for _ in range(3):
            self.qtbot.waitUntil(self.tasks.idle)
            QCoreApplication.processEvents()

    def work(self, job: Callable[[], T]) -> T:
        """Run something on the desk's data outside the window's thread."""
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(job).result()

    def officer(self, name: str) -> None:
        self.work(lambda: desks.set_officer(self.desk, name))

    def keep(self, name: str, value: Any) -> None:
        """A single value of the desk's data, such as how the last exchange went."""

        def job() -> None:
            with self.desk.store.write() as transaction:
                settings.put(transaction, name, value)

        self.work(job)

    def answer(self, complaint_id: str, kind: ResultKind, reason: str = "") -> None:
        """The centre's answer to everything that this complaint sent."""

        def job() -> None:
            with self.desk.store.write() as transaction:
                waiting = outbox.unanswered_of(transaction, complaint_id)
                results = [Result(n=one.n, id=complaint_id, result=kind, reason=reason) for one in waiting]
                outbox.answer(transaction, waiting[0].epoch, results, utc_text(self.desk.now()))

        self.work(job)

    def leave_files(self, complaint: Complaint, many: int = 1) -> None:
        """The centre has signed for the complaint and for this many files; the way ended within the first of them."""

        def job() -> None:
            desk = self.desk
            made = [attach_content(desk, complaint.id, f"foto{n}.png", PNG + bytes([n])) for n in range(many)]
            now = utc_text(desk.now())
            with desk.store.write() as transaction:
                for one in made:
                    attachments.acknowledge(transaction, one.id, 1)
                why = Offline("Server kota tidak menjawab.", way_out="Dicoba lagi nanti.")
                tried = Tried(now, 5, why.code, why.message, why.way_out)
                attachments.keep_tried(transaction, {made[0].sha256: tried})
                settings.put(transaction, settings.LAST_EXCHANGE, {"at": now, "sent": 1, "received": 0})

        self.work(job)
        self.answer(complaint.id, ResultKind.APPLIED)
        self.mark(SyncState.ACKNOWLEDGED, complaint.id)

    def mark(self, state: SyncState, *ids: str) -> None:
        """What the centre knows of these complaints."""

        def job() -> None:
            with self.desk.store.write() as transaction:
                complaints.set_sync_states(transaction, dict.fromkeys(ids, state))

        self.work(job)


@contextmanager
def desk_window(qtbot: QtBot, theme: Theme, tasks: Tasks, desk: Desk) -> Iterator[DeskWindow]:
    """A desk whose data the window's thread may not touch; its pages go before the workers and the data do."""
    desk.store.refuse_thread(threading.get_ident())
    made = DeskWindow(qtbot, theme, tasks, desk)
    yield made
    made.close()
    desk.store.refuse_thread(0)
