"""What a clerk may not do is not offered; what she does stands under her own name."""

from PySide6.QtWidgets import QLineEdit

from kelurahan_client.services import officers, signing_in
from kelurahan_client.store import reveals
from tests.desk_making import register
from tests.officers_at_work import OTHER_PIN
from tests.ui.sign_in.conftest import AtWork
from ui.register.page import RegisterPage


def test_a_clerk_is_offered_no_step_and_reveals_with_a_reason_under_her_own_name(at_work: AtWork) -> None:
    made = at_work.work(lambda: register(at_work.desk))
    yusuf = at_work.work(lambda: officers.everybody(at_work.desk))[1].id
    at_work.work(lambda: signing_in.sign_in(at_work.desk, yusuf, OTHER_PIN))
    at_work.session.window.show_page("register", complaint_id=made.id)
    at_work.settle()
    page = at_work.session.window.pages.page("register")
    assert isinstance(page, RegisterPage)
    view = page.detail.view
    assert not view.foot.first.isVisible()
    view.facts.reveal_asked.emit()
    words = view.panel.words
    assert isinstance(words, QLineEdit)
    words.setText("menelepon pelapor")
    view.panel.confirm.click()
    at_work.settle()

    def logged() -> list[tuple[str, str]]:
        with at_work.desk.store.read() as transaction:
            return [(actor, reason) for actor, _at, reason in reveals.of_complaint(transaction, made.id)]

    assert at_work.work(logged) == [("Muhammad Yusuf", "menelepon pelapor")]
