"""What stands behind Masuk: a PIN or a recovery code goes to the database's thread, and somebody comes in."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.sign_in.page import SignInPage

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk
    from kelurahan_client.services.paper import Paper
    from kelurahan_client.services.signing_in import Entered
    from ui.tasks import Tasks

SignIn = Callable[[str, str], "tuple[Desk, Entered]"]
Recover = Callable[[str, str, str], "tuple[Desk, str]"]


class Gate(QObject):
    """`opened` carries the Desk as soon as its data are open, `entered` when nothing is left to ask.

    `paper_wanted` carries the Paper of a recovery code.
    """

    opened = Signal(object)
    entered = Signal(object)
    paper_wanted = Signal(object)

    def __init__(self, page: SignInPage, tasks: "Tasks", sign_in: SignIn, recover: Recover) -> None:
        super().__init__(page)
        self._page = page
        self._tasks = tasks
        self._sign_in = sign_in
        self._recover = recover
        self._desk: Desk | None = None
        page.attempted.connect(self._attempt)
        page.recovery_given.connect(self._try_code)
        page.code_kept.connect(self._code_kept)

    def offer_print(self) -> None:
        """Somebody takes `paper_wanted`: show the button."""
        self._page.offer_print(self._print)

    def _attempt(self, officer_id: str, pin: str) -> None:
        self._page.set_busy(True)
        self._tasks.database(
            partial(self._sign_in, officer_id, pin), self._signed_in, failed=self._page.show_refused, owner=self
        )

    def _try_code(self, code: str, officer_id: str, pin: str) -> None:
        self._page.set_busy(True)
        self._tasks.database(
            partial(self._recover, code, officer_id, pin), self._recovered, failed=self._page.show_refused, owner=self
        )

    def _signed_in(self, found: "tuple[Desk, Entered]") -> None:
        self._desk, entered = found
        self.opened.emit(self._desk)
        if entered.owes_code:
            self._tasks.database(
                partial(_new_code, self._desk), self._page.show_code, failed=self._page.show_refused, owner=self
            )
        else:
            self.entered.emit(self._desk)

    def _recovered(self, found: "tuple[Desk, str]") -> None:
        self._desk, code = found
        self.opened.emit(self._desk)
        self._page.show_code(code)

    def _code_kept(self) -> None:
        if self._desk is not None:
            desk = self._desk
            self._tasks.database(
                partial(_code_was_kept, desk),
                lambda _none: self.entered.emit(desk),
                failed=self._page.show_refused,
                owner=self,
            )

    def _print(self, code: str) -> None:
        if self._desk is not None:
            self._tasks.database(
                partial(_paper, self._desk, code),
                self.paper_wanted.emit,
                failed=self._page.show_refused,
                owner=self,
            )


# Run by the workers, which also import what they need.


def _new_code(desk: "Desk") -> str:
    from kelurahan_client.services import officers  # noqa: PLC0415

    return officers.new_recovery_code(desk)


def _code_was_kept(desk: "Desk") -> None:
    from kelurahan_client.services import signing_in  # noqa: PLC0415

    signing_in.code_was_kept(desk)


def _paper(desk: "Desk", code: str) -> "Paper":
    from kelurahan_client.services import officers  # noqa: PLC0415

    return officers.recovery_paper(desk, code)
