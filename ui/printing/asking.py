"""*Cetak tanda terima*: from a complaint to the Paper that a page hands to the window."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kelurahan_client.services import receipts
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper
from ui.tasks import Tasks


def ask_receipt(tasks: Tasks, desk: Desk, owner: QWidget, complaint_id: str, wanted: Callable[[Paper], None]) -> None:
    """Make the receipt of a complaint and hand it to `wanted`; nothing for no complaint."""
    if complaint_id:
        tasks.latest("printing.receipt", partial(receipts.receipt, desk, complaint_id), wanted, owner=owner)


def bind_receipt(
    tasks: Tasks, desk: Desk, page: QWidget, shown: Callable[[], str], wanted: Callable[[Paper], None]
) -> None:
    """Ctrl+P on a page makes the receipt of the complaint whose id `shown` gives."""
    key = QShortcut(QKeySequence("Ctrl+P"), page)
    key.activated.connect(lambda: ask_receipt(tasks, desk, page, shown(), wanted))
