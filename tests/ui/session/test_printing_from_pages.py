"""Ctrl+P on the pages: from a complaint to the preview over the window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kelurahan_client.services import prints
from kelurahan_client.services.paper import PaperSize
from kelurahan_client.services.receipts import receipt
from tests.desk_making import register
from tests.ui.desk_window import DeskWindow
from ui.intake.form import FormState
from ui.intake.page import IntakePage
from ui.printing.preview import Preview
from ui.session import Session

CONTROL = Qt.KeyboardModifier.ControlModifier


def previews(session: Session) -> list[Preview]:
    return [one for one in session.window.findChildren(Preview) if one.isVisible()]


def saved(session: Session, helper: DeskWindow) -> IntakePage:
    session.window.resize(1366, 696)
    session.window.show_page("intake")
    helper.settle()
    page = session.window.pages.page("intake")
    assert isinstance(page, IntakePage)
    page.form.fill(
        FormState(anonymous=False, confidential=False, reporter_name="Siti Rahmah", statement="Lampu jalan padam.")
    )
    page.save()
    helper.settle()
    return page


def test_a_new_complaint_shows_its_receipt_and_is_printed_by_key(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    page = saved(session, helper)
    assert page.result.receipt.isVisible()
    assert page.result.receipt.picture().width() > 200
    QTest.keyClick(session.window, Qt.Key.Key_P, CONTROL)
    helper.settle()
    (preview,) = previews(session)
    assert preview.paper().title == f"Tanda terima {page.result.reference()}"
    assert preview.view.sheets.count() == 1
    before = page.result.receipt.picture()
    preview.panel.sizes.buttons()[2].click()
    helper.settle()
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    helper.settle()
    assert previews(session) == []
    roll = page.result.receipt.picture()
    assert roll.height() / roll.width() != before.height() / before.width()
    page.result.print_button.click()
    helper.settle()
    assert len(previews(session)) == 1


def test_in_a_narrow_window_the_number_keeps_its_room(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    page = saved(session, helper)
    session.window.resize(960, 600)
    helper.settle()
    assert not page.result.receipt.isVisible()
    assert page.result.print_button.isVisible()


def test_the_complaint_in_the_list_is_printed_by_the_same_key(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    complaint = helper.work(lambda: register(helper.desk))
    session.window.show_page("register")
    helper.settle()
    QTest.keyClick(session.window, Qt.Key.Key_P, CONTROL)
    helper.settle()
    assert previews(session) == []
    session.window.show_page("register", complaint_id=complaint.id)
    helper.settle()
    QTest.keyClick(session.window, Qt.Key.Key_P, CONTROL)
    helper.settle()
    (preview,) = previews(session)
    assert preview.paper().subject == complaint.id


def test_a_second_document_does_not_come_over_the_first(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    complaint = helper.work(lambda: register(helper.desk))
    paper = helper.work(lambda: receipt(helper.desk, complaint.id, PaperSize.A5))
    session.show_paper(paper)
    session.show_paper(paper)
    helper.settle()
    (preview,) = previews(session)
    assert preview.panel.no_printer.isVisible() or preview.panel.printer.count()
    preview.reject()
    session.show_paper(paper)
    helper.settle()
    assert len(previews(session)) == 1
    assert helper.work(lambda: prints.history(helper.desk, complaint.id)) == []
