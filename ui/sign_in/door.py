"""What the window asks before the data are open. The composition root answers."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk
    from kelurahan_client.services.signing_in import Entered
    from kelurahan_client.store.officers_file import OfficersFile


class Door(Protocol):
    """The way in for officers."""

    def file(self) -> "OfficersFile | None":
        """Who may sign in; None on a desk without officers. Quick; raises DamagedData."""

    def warm_up(self) -> None:
        """Import what opening needs, while the PIN is typed; runs in the database's thread. Raises AlreadyOpen."""

    def sign_in(self, officer_id: str, pin: str) -> "tuple[Desk, Entered]":
        """Open the data. Raises WrongPin, MustWait, StoreError."""

    def recover(self, code: str, officer_id: str, pin: str) -> "tuple[Desk, str]":
        """Open the data with the recovery code and a new PIN; gives the next code."""
