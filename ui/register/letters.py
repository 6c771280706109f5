"""Letters about the complaint in the pane: to the agency it was referred to, and to the reporter."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from importlib import import_module

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kelurahan_client.domain.complaint import Complaint, Status
from kelurahan_client.errors import LaporError
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper
from ui.tasks import Tasks


class Letter(StrEnum):
    """Which letter."""

    REFERRAL = "referral"
    REPLY = "reply"


def letter_word(letter: Letter) -> str:
    """What it is called in the menu."""
    return {
        Letter.REFERRAL: QCoreApplication.translate("Letters", "Surat disposisi…"),
        Letter.REPLY: QCoreApplication.translate("Letters", "Surat jawaban…"),
    }[letter]


def letters_of(complaint: Complaint) -> tuple[Letter, ...]:
    """The letters that a complaint in this state can have."""
    return (Letter.REFERRAL, Letter.REPLY) if complaint.status is Status.REFERRED else (Letter.REPLY,)


class Letters(QObject):
    """`made` carries the Paper of a letter."""

    made = Signal(object)

    def __init__(self, tasks: Tasks, desk: Desk) -> None:
        super().__init__()
        self._tasks = tasks
        self._desk = desk

    def write(self, failed: Callable[[LaporError], None], letter: Letter, complaint_id: str, text: str) -> None:
        """Make a letter; the reply says `text`."""
        work = partial(letter_paper, self._desk, letter, complaint_id, text)
        self._tasks.database(work, self.made.emit, failed=failed, owner=self)


def letter_paper(desk: Desk, letter: Letter, complaint_id: str, text: str) -> Paper:
    """The letter as a document; run by the worker. Raises InputError, NotFound."""
    # By name, so that the window can be there before the letters are.
    letters = import_module("kelurahan_client.services.letters")
    made = (
        letters.referral(desk, complaint_id) if letter is Letter.REFERRAL else letters.reply(desk, complaint_id, text)
    )
    if not isinstance(made, Paper):
        raise TypeError(type(made).__name__)
    return made
