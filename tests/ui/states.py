"""States of the window that `dev.py screens` does not draw: questions, refusals, ways back, dialogs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.status import steps_from
from kelurahan_client.errors import InputError
from kelurahan_client.services import importing, intake, lists, receipts
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.paper import Paper
from kelurahan_client.services.reply_templates import OwnReply
from tests.ui.doors import dialogs, first_start, locked
from tests.ui.looker import Looker, dialogs_are_read
from tools.camera import new_desk
from tools.sample_conflicts import add_conflicts
from ui.conflict.page import ConflictPage
from ui.day_close.page import DayClosePage
from ui.intake.page import IntakePage
from ui.paper_log.page import PaperLogPage
from ui.paper_log.wizard import Step
from ui.printing.preview import Parts, Preview
from ui.register import files as register_files
from ui.register.page import RegisterPage
from ui.settings.backup_section import BackupSection
from ui.settings.exchange_section import ExchangeSection
from ui.settings.network_section import NetworkSection
from ui.settings.page import SettingsPage
from ui.widgets.labels import TextLabel

BOOKS = Path(__file__).parents[1] / "paper_logs"


def book_wizard(reader: Looker) -> None:
    """A book with rows to be refused from its file to its result and back; files that are no books."""
    desk = new_desk(reader.folder("wizard"))
    session = reader.session(desk)
    window = session.window
    window.show_page("paper_log")
    page = window.pages.page("paper_log")
    assert isinstance(page, PaperLogPage)
    for name in ("rusak_contoh.xlsx",):
        path = BOOKS / name
        opened = importing.inspect(desk, path)
        cells = {str(cell) for row in opened.sheet.grid for cell in row if cell}
        reader.learn(desk, [*cells, *(line for cell in cells for line in (cell[:60], cell[:160])), name])
        page.open_file(path)
        while page.wizard.step() < Step.RESULT:
            reader.shoot(f"wizard {page.wizard.step().name}", window)
            if page.wizard.step() is Step.TRIAL:
                for tile in page.wizard.trial_step.tiles.values():
                    tile.click()
                    reader.shoot("wizard trial", window)
            page.wizard.forward_button.click()
            reader.settle()
        page.wizard.undo_wanted.emit()
        reader.shoot("wizard result", window)
        page.wizard.result_step.undo_bar.yes.click()
        reader.shoot("wizard undone", window)
    broken = reader.folder("wizard") / "bukan buku.csv"
    broken.write_text("Ini bukan buku.\n", encoding="utf-8")
    for path in (broken, broken.with_name("hilang.xlsx")):
        reader.learn(desk, ["bukan buku.csv", "hilang.xlsx", str(path)])
        page.open_file(path)
        reader.shoot("wizard refused", window)
    reader.end(session, desk)


def complaint(reader: Looker) -> None:
    """Every question that is asked about a complaint, refused once; its form, its replies, what was done."""
    desk = reader.desk("complaint")
    session = reader.session(desk)
    window = session.window
    window.show_page("register")
    page = window.pages.page("register")
    assert isinstance(page, RegisterPage)
    view = page.detail.view
    for status in Status:
        rows = lists.page(desk, lists.keys(desk, ListFilter(statuses=frozenset({status})))[:1])
        for row in rows:
            page.activate(complaint_id=row.id)
            reader.settle()
            view.facts.reveal_asked.emit()
            view.panel.confirm.click()
            reader.shoot("reveal", window)
            for step in steps_from(row.status):
                view.foot.step_asked.emit(step)
                view.panel.confirm.click()
                reader.shoot(f"step {step.label_id}", window)
                page.go_back()
    view.replies.keep.click()
    nothing = OwnReply("", "")
    view.write_reply(nothing, nothing, "", new=True)
    view.replies.keep.click()
    reader.shoot("own reply", window)
    page.go_back()
    page.detail.start_edit()
    reader.settle()
    page.detail.form.editor("reporter_phone").setText("0812")
    page.may_close()
    page.detail.form.save.click()
    reader.shoot("edit refused", window)
    page.go_back()
    page.list.asks.ask_period(page.finding.wanted(), desk.today())
    reader.shoot("period", window)
    page.list.asks.ask_name()
    page.list.asks.naming.named.emit("")
    reader.shoot("filter without a name", window)
    reader.end(session, desk)


def intake_form(reader: Looker) -> None:
    """The list of all categories, a likeness that is confidential, and a form that is discarded."""
    desk = reader.desk("discarded")
    told = "Titian lapuk di Gg. Kenanga, sudah dua orang terjatuh ke sungai."
    intake.add_all(desk, [{"statement": told, "anonymous": True, "confidential": True}])
    session = reader.session(desk)
    window = session.window
    window.show_page("intake")
    page = window.pages.page("intake")
    assert isinstance(page, IntakePage)
    page.form.body.category.more.click()
    reader.shoot("all categories", window)
    QTest.keyClicks(page.form.body.report.fields["statement"].editor, told)
    reader.settle()
    told_of = {label.text() for label in page.form.body.similar.findChildren(TextLabel)}
    assert told_of & {"Confidential: open to read", "Rahasia: buka untuk membaca"}
    reader.shoot("alike", window)
    page.foot.discard_button.click()
    reader.shoot("discarded", window)
    reader.end(session, desk)


def conflict(reader: Looker) -> None:
    """Answers that are refused, one that is kept and taken back, and the question before an identity is shown."""
    desk = reader.desk("decided")
    add_conflicts(desk, desk.now())
    session = reader.session(desk)
    window = session.window
    window.show_page("conflicts")
    page = window.pages.page("conflicts")
    assert isinstance(page, ConflictPage)
    reader.settle()
    answer = page.pane.answer
    answer.save.click()
    reader.shoot("no answer", window)
    page.pane.reveal_asked.emit()
    page.pane.panel.confirm.click()
    reader.shoot("reveal", window)
    page.go_back()
    answer.refuse({"value": "Alasan ini lebih dari 5.000 huruf."})
    reader.settle()
    page.pane.refuse(InputError("Perbedaan ini sudah diputuskan.", way_out="Ubah isiannya bila keputusannya keliru."))
    reader.shoot("refused", window)
    answer.take(0)
    answer.reason.setText("-")
    answer.save.click()
    reader.settle()
    reader.shoot("decided", window)
    reader.end(session, desk)


def paper(reader: Looker) -> None:
    """A printer that does not print."""
    desk = reader.desk("not printed")
    session = reader.session(desk)
    found = receipts.receipt(desk, lists.page(desk, lists.keys(desk, ListFilter())[:1])[0].id)
    theme, tasks, _navigate, notify = session.parts()
    preview = Preview(Parts(theme, tasks, desk, _NoPaper(), register_files.choose_copy, notify), found, session.window)
    preview.begin()
    reader.settle()
    preview.panel.print_button.click()
    reader.shoot("not printed", preview)
    with dialogs_are_read(reader):
        preview.panel.pdf_button.click()
    preview.close()
    preview.deleteLater()
    reader.end(session, desk)


class _NoPaper:
    def names(self) -> list[str]:
        return ["EPSON"]

    def send(self, _paper: Paper, name: str) -> None:
        raise InputError(f"Pencetak “{name}” tidak ada lagi di komputer ini; tidak ada yang tercetak.")


def exchange(reader: Looker) -> None:
    """F9 without a network, and the outbox before, while and after it; what the centre has refused goes out again."""
    desk = reader.desk("exchange")
    session = reader.session(desk)
    window, outbox = session.window, session.work.standing.outbox
    window.outbox_requested.emit()
    session.exchange()
    reader.shoot("sending", outbox)
    outbox.items.again_asked.emit("nobody")
    reader.shoot("not again", outbox)
    outbox.close()
    session.exchange()
    reader.shoot("offline", window)
    for key in ("home", "day_close"):
        window.show_page(key)
        reader.shoot(f"offline {key}", window)
    page = window.pages.page("day_close")
    assert isinstance(page, DayClosePage)
    with dialogs_are_read(reader):
        page.usb.save()
        page.usb.take()
    reader.end(session, desk)


def settings(reader: Looker) -> None:
    """A backup, the way back and no way back; a connection that is tried; hours that are none."""
    desk = reader.desk("settings tried")
    place = reader.folder("stick")
    place.mkdir()
    session = reader.session(desk)
    window = session.window
    window.show_page("settings", section="backup")
    page = window.pages.page("settings")
    assert isinstance(page, SettingsPage)
    section = page.section("backup")
    assert isinstance(section, BackupSection)
    for button in (section.make, section.restore):
        with dialogs_are_read(reader):
            button.click()
    section.choose = lambda *_: place
    section.restore.click()
    reader.shoot("no backup", window)
    section.make.click()
    section.may_close()
    reader.shoot("backup", window)
    section.choose = lambda *_: next(place.iterdir())
    section.restore.click()
    reader.settle()
    section.activate()
    reader.shoot("restore waits", window)
    section.keep.click()
    reader.shoot("no restore", window)
    window.show_page("settings", section="network")
    network = page.section("network")
    assert isinstance(network, NetworkSection)
    network.probe.button.click()
    with dialogs_are_read(reader):
        network.certificate.install.click()
    network.certificate.choose = lambda _parent: BOOKS / "belitung_selatan_2024.csv"
    reader.learn(desk, [str(BOOKS / "belitung_selatan_2024.csv"), str(place), *(one.name for one in place.iterdir())])
    network.certificate.install.click()
    reader.shoot("no certificate", window)
    window.show_page("settings", section="exchange")
    times = page.section("exchange")
    assert isinstance(times, ExchangeSection)
    for written in ("8 pagi", "8.00, 9.00, 10.00, 11.00, 12.00, 13.00, 14.00", "08.00"):
        times.at.setText(written)
        times.button.click()
        reader.shoot(f"hours {written}", window)
    reader.end(session, desk)


STATES: tuple[Callable[[Looker], None], ...] = (
    book_wizard,
    complaint,
    intake_form,
    conflict,
    paper,
    exchange,
    settings,
    first_start,
    locked,
    dialogs,
)
