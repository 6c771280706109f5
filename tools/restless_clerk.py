"""A clerk who never rests, at the real window: types, saves, prints, corrects, imports and leaves, until it is killed.

`python -m tools.restless_clerk FOLDER SEED` works on an enrolled desk's data and prints what the window has promised,
one JSON object a line: {"typed": text, "at": seconds}, {"kept": text} when the window says so, {"imported": count},
{"registered": reference}, {"out": name of a PDF} once a receipt came out. `at` is the monotonic clock, which all
processes of a machine share. Receipts go into `receipts` beside FOLDER, as `REFERENCE.TIME.MEDIUM.pdf`.
"""

import random
import sys
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kelurahan_client.config import config
from kelurahan_client.services import importing
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import Content, Place
from kelurahan_client.services.importing import Imported
from kelurahan_client.services.paper import Paper
from kelurahan_client.services.prints import Medium
from kelurahan_client.window import open_data
from tools.stepping import Step, go_on, say
from ui import start
from ui.intake.form import FormState
from ui.intake.page import IntakePage
from ui.printing import opening
from ui.printing.preview import Preview
from ui.printing.printers import print_out
from ui.register.page import RegisterPage
from ui.start import Start

_TICK_MS = 8
_WORDS = "lampu jalan padam sudah seminggu di muka langgar warga takut lewat malam mohon segera ditinjau".split()
_FORM = FormState(reporter_name="Siti Rahmah", anonymous=False, confidential=False, location="Muka langgar")
BOOK_ROWS = 40
RECEIPTS = "receipts"


class Clerk:
    """What is done next is `steps`, one small step at a time, so that the window breathes in between."""

    def __init__(self, program: Start, desks: list[Desk], folder: Path, seed: int, receipts: "Receipts") -> None:
        self._program = program
        self._receipts = receipts
        self._desks = desks  # one, from the moment the data are open
        self._folder = folder
        self._chance = random.Random(seed)  # noqa: S311  # which work comes next
        self._seed = seed

    def steps(self) -> Step:
        """Work for ever, or until it is time to go home."""
        while self._program.windows.session is None or not self._program.windows.session.at_work:
            yield
        session = self._program.windows.session
        session.window.show_page("intake")
        yield
        page = session.window.pages.page("intake")
        if not isinstance(page, IntakePage):
            raise TypeError(type(page).__name__)
        page.draft.keeper.saved.connect(lambda draft: say(kept=draft.fields["statement"]))
        register = session.window.pages.page("register")
        if not isinstance(register, RegisterPage):
            raise TypeError(type(register).__name__)
        register.detail.shelf.kept.connect(_say_note)
        for number in range(1_000_000):
            yield from self._type(page, number)
            what = self._chance.random()
            if what < 0.5:
                yield from self._save(page)
                if what < 0.4:
                    yield from self._print(page, self._chance.choice([*Medium]))
                session.window.show_page("register", search=page.result.reference())
                yield from self._edit(register, page.result.reference(), f"{self._seed}-{number}", save=what < 0.25)
                session.window.show_page("intake")
            elif what < 0.75:
                yield from self._import(number)
            elif what < 0.9:
                self._program.quit()
                return
            page.draft.begin_anew()

    def _type(self, page: IntakePage, number: int) -> Step:
        page.form.fill(_FORM)
        page.form.focus_field("statement")
        box = page.focusWidget()
        if not isinstance(box, QWidget):
            raise TypeError("nothing has the cursor")
        text = f"Nomor {self._seed}-{number}."
        for word in (text, *self._chance.choices(_WORDS, k=self._chance.randrange(3, 12))):
            for character in f"{word} ":
                QTest.keyClicks(box, character)
                say(typed=page.form.state().statement, at=time.monotonic())
                yield

    def _save(self, page: IntakePage) -> Step:
        page.form.fill(replace(page.form.state(), title=f"Lampu padam {self._chance.random()}"))
        page.save()
        while not page.result.isVisible():
            yield
        say(registered=page.result.reference())

    def _print(self, page: IntakePage, medium: Medium) -> Step:
        """The receipt of what was just registered."""
        page.result.print_button.click()
        while not (previews := page.window().findChildren(Preview)):
            yield
        panel = previews[0].panel
        button = panel.print_button if medium is Medium.PRINTER else panel.pdf_button
        while not button.isEnabled():
            yield
        left: list[int] = []
        previews[0].finished.connect(left.append)
        button.click()
        while not left:
            yield
        say(out=self._receipts.newest)

    def _edit(self, page: RegisterPage, reference: str, number: str, *, save: bool) -> Step:
        """Correct what was just registered, and save that or leave it half written."""
        while (row := page.list.model.row(0)) is None or row.reference != reference:
            yield
        page.detail.open(row.id)
        while (shown := page.detail.complaint()) is None or shown.id != row.id:
            yield
        page.detail.start_edit()
        form = page.detail.form
        for character in f"Catatan {number}: {' '.join(self._chance.choices(_WORDS, k=5))}":
            QTest.keyClicks(form.editor("note"), character)
            say(typed=form.fields.value("note"), at=time.monotonic())
            yield
        if save:
            form.save.click()
            while not form.isHidden():
                yield

    def _import(self, number: int) -> Step:
        desk = self._desks[0]
        book = self._folder / f"buku-{self._seed}-{number}.csv"
        lines = ["No;Tanggal;Nama;Alamat;RT/RW;Isi Pengaduan"]
        lines += [
            f"{row};3/8/2026;Warga {row};Gg. Damai {row};1/2;Sampah buku {self._seed}-{number} baris {row} menumpuk"
            for row in range(1, BOOK_ROWS + 1)
        ]
        book.write_text("\n".join(lines) + "\n", "utf-8")
        done: list[Imported] = []
        self._program.tasks.database(
            lambda: importing.run(desk, importing.plan(desk, importing.inspect(desk, book))), done.append
        )
        while not done:
            yield
        say(imported=done[0].accepted)


class Receipts:
    """Where receipts come out: a printer that prints into files, and the places that a person chooses for PDFs."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self.newest = ""

    def names(self) -> list[str]:
        """The only printer."""
        return ["Printer to files"]

    def send(self, paper: Paper, _name: str) -> None:
        """Print into a file."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self._place(paper.file_name, Medium.PRINTER)))
        print_out(paper, printer)

    def choose(self, _parent: QWidget, name: str) -> Path:
        """Where a person would put a PDF."""
        return self._place(name, Medium.PDF)

    def _place(self, name: str, medium: Medium) -> Path:
        reference = Path(name).stem.split()[-1]
        self.newest = f"{reference}.{time.monotonic_ns()}.{medium}.pdf"
        return self._folder / self.newest


def _say_note(_place: Place, content: Content) -> None:
    if content:
        say(kept=content["changes"]["note"])


def main() -> int:
    """Work until the end, whoever brings it."""
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    settings = config(folder)

    desks: list[Desk] = []

    def open_it() -> Desk:
        desks.append(open_data(settings))
        return desks[0]

    receipts = Receipts(folder.parent / RECEIPTS)

    def look(program: Start) -> None:
        steps = Clerk(program, desks, folder.parent, seed, receipts).steps()
        timer = QTimer(program)
        timer.timeout.connect(lambda: go_on(steps))
        timer.start(_TICK_MS)

    with patch.multiple(opening, SystemPrinters=lambda: receipts, choose_pdf=receipts.choose):
        return start.run(open_it, settings.window_file, enrolled=True, ready=look)


if __name__ == "__main__":
    sys.exit(main())
