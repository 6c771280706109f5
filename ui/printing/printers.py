"""The printers of this machine. Some systems take seconds to answer: ask in the worker."""

from typing import Protocol

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from kelurahan_client.errors import PaperError
from kelurahan_client.services.paper import Paper
from ui.printing.layout import Layout
from ui.printing.render import page_layout


class Printers(Protocol):
    """Where documents can be sent."""

    def names(self) -> list[str]:
        """All of them, the system's usual one first."""

    def send(self, paper: Paper, name: str) -> None:
        """Print a document; raises PaperError."""


class SystemPrinters:
    """What the system has installed."""

    def names(self) -> list[str]:
        """All of them, the system's usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name.casefold()))

    def send(self, paper: Paper, name: str) -> None:
        """Print a document; raises PaperError."""
        info = QPrinterInfo.printerInfo(name)
        if info.isNull():
            raise PaperError(
                f"Pencetak “{name}” tidak ada lagi di komputer ini; tidak ada yang tercetak.",
                way_out="Pilih pencetak lain, atau simpan sebagai PDF.",
            )
        print_out(paper, QPrinter(info, QPrinter.PrinterMode.HighResolution))


def print_out(paper: Paper, printer: QPrinter) -> None:
    """Send the document to a printer; raises PaperError."""
    layout = Layout(paper)
    printer.setDocName(paper.title)
    printer.setFullPage(True)
    printer.setPageLayout(page_layout(layout, paper.size))
    painter = QPainter()
    if not painter.begin(printer):
        raise _refused(printer)
    for page in range(layout.pages()):
        if page and not printer.newPage():
            painter.end()
            raise _refused(printer)
        layout.draw(painter, page, printer.logicalDpiX())
    if not painter.end() or printer.printerState() is QPrinter.PrinterState.Error:
        raise _refused(printer)


def _refused(printer: QPrinter) -> PaperError:
    name = printer.printerName() or "pencetak"
    return PaperError(
        f"“{name}” tidak menerima lembarnya; tidak ada yang tercetak, dan pengaduannya tetap tersimpan.",
        way_out="Periksa kertas dan kabelnya, pilih pencetak lain, atau simpan sebagai PDF.",
    )
