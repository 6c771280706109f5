"""The preview over the window, with the printers of this machine."""

from PySide6.QtWidgets import QWidget

from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper
from ui.frame.page import Notify
from ui.printing.preview import Parts, Preview
from ui.printing.printers import SystemPrinters
from ui.printing.saving import choose_pdf
from ui.tasks import Tasks
from ui.theme.theme import Theme


def open_preview(window: QWidget, parts: tuple[Theme, Tasks, Notify], desk: Desk, paper: Paper) -> Preview | None:
    """Show a document; None where one is shown already (a key held down asks twice)."""
    if any(dialog.isVisible() for dialog in window.findChildren(Preview)):
        return None
    theme, tasks, notify = parts
    preview = Preview(Parts(theme, tasks, desk, SystemPrinters(), choose_pdf, notify), paper, window)
    preview.finished.connect(preview.deleteLater)
    preview.begin()
    return preview
