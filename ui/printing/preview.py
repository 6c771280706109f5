"""*Pratinjau*: a document as it will come out, and the two ways out."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from kelurahan_client.errors import LaporError
from kelurahan_client.services import prints, receipts
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper, PaperSize
from kelurahan_client.services.prints import Outlook, Print
from ui.frame.page import Notify
from ui.printing.layout import SHEETS
from ui.printing.printers import Printers
from ui.printing.render import Pictures, pictures
from ui.printing.saving import ChoosePdf
from ui.printing.sheets_view import SheetsView
from ui.printing.side_panel import SidePanel
from ui.printing.way_out import WayOut
from ui.printing.words import out_line
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Parts:
    """What a preview is made with."""

    theme: Theme
    tasks: Tasks
    desk: Desk
    printers: Printers
    choose_pdf: ChoosePdf
    notify: Notify


class Preview(QDialog):
    """Opened with one document; Ctrl+P prints it, Ctrl+S keeps it as PDF, Esc leaves."""

    def __init__(self, parts: Parts, paper: Paper, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts = parts
        self._paper = paper
        self._outlook: Outlook | None = None
        self._names: list[str] | None = None
        self._offered = False
        self.setWindowTitle(self.tr("Pratinjau cetak"))
        self.view = SheetsView(parts.theme)
        self.panel = SidePanel(parts.theme)
        self._way = WayOut(parts.tasks, parts.desk, parts.printers)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.view, 1)
        row.addWidget(self.panel)
        margin = parts.theme.px(24)
        self.resize(parent.width() - 2 * margin, parent.height() - 2 * margin)
        self._connect()

    def _connect(self) -> None:
        panel = self.panel
        panel.sizes.chosen.connect(self._resize_receipt)
        panel.print_button.clicked.connect(self._print)
        panel.pdf_button.clicked.connect(self._save)
        panel.close_button.clicked.connect(self.reject)
        # Told even when the preview was closed meanwhile.
        self._way.done.connect(partial(_tell, self._parts.notify))
        self._way.done.connect(self._leave)
        self._way.refused.connect(self._refused)

    def begin(self) -> None:
        """Show it over the window and look for pages and printers."""
        self.open()
        self.panel.show_paper(self._paper)
        self._refresh()
        self._parts.tasks.paper(self._parts.printers.names, self._found, failed=self._cannot_find, owner=self)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def paper(self) -> Paper:
        """The document, without the mark of a copy."""
        return self._paper

    def _refresh(self) -> None:
        self._outlook = None
        self._set_ready()
        work = partial(prints.outlook, self._parts.desk, self._paper)
        self._parts.tasks.latest("printing.outlook", work, self._draw, failed=self._refused, owner=self)

    def _draw(self, outlook: Outlook) -> None:
        dpi = self.view.dots_per_inch(SHEETS[outlook.paper.size].width)
        draw = partial(pictures, outlook.paper, dpi, self.devicePixelRatioF())
        self._parts.tasks.paper(draw, partial(self._show, outlook), failed=self._refused, owner=self)

    def _show(self, outlook: Outlook, made: Pictures) -> None:
        if outlook.paper.size is not self._paper.size:
            return  # another size was asked for meanwhile
        self._outlook = outlook
        self.view.show_pictures(made.images)
        self.panel.show_outlook(outlook, made.pages, len(made.images))
        self._offer_printers()

    def _found(self, names: list[str]) -> None:
        self._names = names
        self._offer_printers()

    def _cannot_find(self, error: LaporError) -> None:
        self._found([])
        self._refused(error)

    def _offer_printers(self) -> None:
        """Once both the printers and the last choice are known; another size may have another printer."""
        if self._names is not None and self._outlook is not None:
            if not self._offered:
                self.panel.set_printers(self._names, self._outlook.printer)
            elif self._outlook.printer in self._names:
                self.panel.printer.set_value(self._outlook.printer)
            self._offered = True
        self._set_ready()

    def _set_ready(self) -> None:
        self.panel.set_ready(pages=self._outlook is not None, busy=self._way.busy())

    def _resize_receipt(self, size: str) -> None:
        """The same receipt on other paper; the choice is kept for the next."""
        chosen = PaperSize(size)
        subject = self._paper.subject

        def work() -> Paper:
            prints.keep_receipt_size(self._parts.desk, chosen)
            return receipts.receipt(self._parts.desk, subject, chosen)

        self._parts.tasks.latest("printing.size", work, self._replace, failed=self._refused, owner=self)

    def _replace(self, paper: Paper) -> None:
        self._paper = paper
        self._refresh()

    def _print(self) -> None:
        self.panel.error.hide()
        self._way.to_printer(self._paper, self.panel.printer.value())
        self._set_ready()

    def _save(self) -> None:
        self.panel.error.hide()
        target = self._parts.choose_pdf(self, self._paper.file_name or f"{self._paper.title}.pdf")
        if target is not None:
            self._way.to_file(self._paper, target)
            self._set_ready()

    def _leave(self, _line: Print) -> None:
        self.accept()

    def _refused(self, error: LaporError) -> None:
        self.panel.error.show_error(error)
        self._set_ready()


def _tell(notify: Notify, line: Print) -> None:
    notify(out_line(line), None, Icon.PRINT if line.printer else Icon.SAVE)
