"""The printers of this machine. Some systems take seconds to answer: ask in the worker."""

from typing import Protocol

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from kelurahan_client.errors import PaperError
from kelurahan_client.services.paper import Paper
from ui.printing.render import print_out


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
