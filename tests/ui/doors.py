"""States of the window before and beside its pages, which `dev.py screens` does not draw either."""

from dataclasses import replace

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kelurahan_client.errors import InputError
from kelurahan_client.services import officers, signing_in
from sync.protocol import EnrolOffer
from tests.officers_at_work import CHEAP
from tests.ui.looker import Looker, dialogs_are_read
from tools.camera import SIZE, new_desk
from ui.crash import describe_crash
from ui.crash_dialog import CrashDialog
from ui.day_close import usb_files
from ui.help.dialog import open_help
from ui.intake import choosing as intake_files
from ui.paper_log import files as book_files
from ui.printing.saving import choose_pdf
from ui.register import files as register_files
from ui.reports.saving import choose_target as choose_report
from ui.settings.files import choose_certificate
from ui.settings.network_dialog import open_network
from ui.setup.page import SetupPage
from ui.setup.restoring import RestorePage
from ui.start import Start
from ui.window_memory import WindowFile

_PIN, _WRONG = "271948", "504937"


def first_start(reader: Looker) -> None:
    """The steps of the first start with what can go wrong in each, and the restore in its place."""
    desk = replace(new_desk(reader.folder("first start"), enrolled=False), pin_cost=CHEAP)
    page = SetupPage(reader.theme, reader.tasks, desk)
    page.resize(*SIZE)
    page.show()
    page.go_on()
    reader.shoot("nothing typed", page)
    page.code.server.editor.setText("http://127.0.0.1:9")
    page.code.code.editor.setText("ABCDE-12345")
    page.go_on()
    reader.shoot("a wrong code", page)
    page.enrolling.take_offer(EnrolOffer("bjm", "63.71.04.1003", "Alalak Selatan", "Banjarmasin Utara", "A"))
    reader.learn(desk)
    reader.shoot("offer", page)
    page.go_on()
    page.go_on()
    reader.shoot("no officer", page)
    page.officer.officer.editor.setText("Norhasanah")
    for edit in (page.officer.pin.first, page.officer.pin.second):
        QTest.keyClicks(edit, "123456")
    page.go_on()
    reader.shoot("an easy PIN", page)
    open_network(reader.theme, reader.tasks, desk, page)
    open_help(reader.theme, "setup", page).close()
    reader.shoot("network", page)
    page.close()
    restore = RestorePage(reader.theme, reader.tasks, desk, lambda *_: (desk, ""))
    restore.resize(*SIZE)
    restore.show()
    with dialogs_are_read(reader):
        restore.form.choose_button.click()
    folder = reader.folder("nothing here")
    folder.mkdir()
    restore.choose = lambda *_: folder
    restore.form.choose_button.click()
    reader.learn(desk, [folder.name])
    reader.shoot("no backup", restore)
    restore.close()
    desk.store.close()


def locked(reader: Looker) -> None:
    """Wrong PINs until one has to wait, a wrong recovery code, and a window that may not be closed."""
    desk = replace(reader.desk("locked"), pin_cost=CHEAP)
    signing_in.create_first(desk, "Norhasanah", _PIN)
    signing_in.code_was_kept(desk)
    officers.add(desk, "Siti", officers.everybody(desk)[0].role, _PIN)
    session = reader.session(desk)
    reader.settle()
    assert session.lock is not None
    session.lock.lock()
    page = session.lock.page
    assert page is not None
    reader.shoot("locked", session.window)
    page.pin_view.attempt()
    reader.shoot("half a PIN", session.window)
    for _ in range(6):
        QTest.keyClicks(page.pin_view.pin, _WRONG)
        page.pin_view.attempt()
        reader.shoot("a wrong PIN", session.window)
    page.pin_view.forgot_button.click()
    for code in ("ABC", "ABCDE-12345-ABCDE-12345-ABCDE-12345", "00000-00000-00000-00000-00000-00000"):
        page.recovery.asked.editor.setText(code)
        for edit in (page.recovery.asked.pin.first, page.recovery.asked.pin.second):
            edit.clear()
            QTest.keyClicks(edit, _WRONG)
        page.recovery.asked.go()
        reader.shoot("a wrong code", session.window)
    session.window.closing_refused.emit()
    reader.shoot("not closed", session.window)
    reader.end(session, desk)


def dialogs(reader: Looker) -> None:
    """After a mistake of ours, before data that cannot be opened, and where files are chosen."""
    crash = CrashDialog(reader.theme, describe_crash(ValueError()))
    crash.show()
    reader.shoot("crash", crash)
    start = Start(QApplication.instance(), reader.theme, WindowFile(reader.folder("dialogs") / "window.ini"))
    with dialogs_are_read(reader):
        start.cannot_open(InputError("Berkas acuan kelurahan.csv hilang atau rusak."))
        for choose in (intake_files.choose_files, intake_files.choose_folder, register_files.choose_files):
            choose(crash)
        for choose_one in (register_files.choose_copy, register_files.choose_target, usb_files.choose_target):
            choose_one(crash, "a.pdf")
        for choose in (book_files.choose_book, book_files.choose_scans, usb_files.choose_source, choose_certificate):
            choose(crash)
        for choose_near in (book_files.choose_target, choose_report):
            choose_near(crash, reader.folder("a") / "b.xlsx")
        choose_pdf(crash, "a.pdf")
    crash.close()
