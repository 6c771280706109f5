"""Who may do what: every use case that some role lacks, and what everybody does all day, done by each role."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kelurahan_client.domain.complaint import Complaint, Status
from kelurahan_client.domain.entry_errors import NotAllowed
from kelurahan_client.domain.roles import RIGHTS, Right, Role
from kelurahan_client.domain.spans import PeriodKind, period
from kelurahan_client.services import (
    attachments,
    audit,
    audit_export,
    backups,
    book_pages,
    day_close,
    deciding,
    exporting,
    handling,
    importing,
    intake,
    joining,
    lists,
    network,
    officers,
    preferences,
    reports,
    taking_back,
)
from kelurahan_client.services.audit import AuditFilter
from kelurahan_client.services.export_report import report_paper
from kelurahan_client.services.exporting import Wish
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.preferences import ExchangeTimes
from kelurahan_client.services.report_figures import Question
from tests.desk_making import an_intake, register
from tests.officers_at_work import OTHER_PIN, PIN, Guarded
from tests.services.test_backups import never, nobody
from tests.services.test_deciding_service import CONFLICT, contested
from tests.services.test_importing_service import KUIN

PERSONS = Wish(wanted=ListFilter(), reason="diminta Lurah")
NAMELESS = Wish(wanted=ListFilter())


class Office:
    """A desk with what the use cases need; `at_work` is whoever does them."""

    def __init__(self, guarded: Guarded, folder: Path, role: Role) -> None:
        self.guarded = guarded
        self.desk = guarded.desk
        self.folder = folder
        self.colleague = guarded.add("Ani", Role.CLERK)
        self.backup = backups.make(self.desk, folder / "usb", nobody, never).folder
        self.photo = folder / "foto.jpg"
        self.photo.write_bytes(b"\xff\xd8\xff\xe0")
        self.at_work = guarded.add("Ibu Rahmah", role)
        guarded.sign_in(self.at_work)

    def made(self) -> str:
        return register(self.desk).id

    def as_admin(self, work: Callable[[], Complaint]) -> str:
        """What somebody else did before, so that there is something to do."""
        self.guarded.sign_in(self.guarded.admin, PIN)
        done = work()
        self.guarded.sign_in(self.at_work)
        return done.id

    def verified(self) -> str:
        made = self.made()
        return self.as_admin(lambda: handling.transition(self.desk, made, Status.VERIFIED))

    def referred(self) -> str:
        made = self.verified()
        return self.as_admin(lambda: handling.transition(self.desk, made, Status.REFERRED, agency="PUPR"))

    def decided(self) -> str:
        contested(self.desk, "title", "Satu", "Dua", title="Satu")
        self.as_admin(lambda: deciding.take_side(self.desk, CONFLICT, "s2", "Ditelepon."))
        return CONFLICT

    def in_conflict(self) -> str:
        contested(self.desk, "title", "Satu", "Dua", title="Satu")
        return CONFLICT


def _import(at: Office) -> None:
    done = importing.run(at.desk, importing.plan(at.desk, importing.inspect(at.desk, KUIN)))
    importing.undo(at.desk, done.import_id)


def _close_and_reopen(at: Office) -> None:
    day_close.count_page(at.desk, at.desk.today(), "47", 3)
    day_close.reopen(at.desk, day_close.close(at.desk, at.desk.today(), 10_000).id, "warga datang lagi")


def _join(at: Office) -> None:
    draft = intake.save_draft(at.desk, {"statement": "Gelap juga"})
    joining.take_back(at.desk, joining.join(at.desk, at.made(), an_intake(), draft.id).id)


EVERYBODY: dict[str, Callable[[Office], object]] = {
    "a complaint": lambda at: at.made(),
    "a file to it": lambda at: attachments.attach(at.desk, at.made(), at.photo),
    "a correction": lambda at: handling.edit(at.desk, at.made(), {"location": "Muka Langgar", "agency": "DISHUB"}),
    "a correction of what was referred": lambda at: handling.edit(at.desk, at.referred(), {"location": "Muka Langgar"}),
    "a follow-up": lambda at: handling.follow_up(at.desk, at.made(), "Ditelepon."),
    "a further reporter and back": _join,
    "one identity": lambda at: lists.reveal(at.desk, at.made(), "menelepon pelapor"),
    "a page of the book": lambda at: book_pages.keep(at.desk, book_pages.new_page(at.desk)),
    "a book and back": _import,
    "the end of a day and back": _close_and_reopen,
    "a report": lambda at: reports.report(at.desk, Question(period=period(PeriodKind.THIS_MONTH, at.desk.today()))),
    "a list without names": lambda at: exporting.write_workbook(at.desk, NAMELESS, at.folder / "daftar.xlsx"),
    "who saw one complaint": lambda at: audit.of_complaint(at.desk, at.made()),
    "a list without names on paper": lambda at: report_paper(at.desk, NAMELESS),
    "a backup": lambda at: backups.make(at.desk, at.folder / "stik", nobody, never),
    "the own PIN": lambda at: officers.change_own_pin(at.desk, OTHER_PIN, "730264"),
}
GUARDED: dict[str, tuple[Right, Callable[[Office], object]]] = {
    "a step": (Right.STEP, lambda at: handling.transition(at.desk, at.made(), Status.VERIFIED)),
    "a referral": (
        Right.REFER,
        lambda at: handling.transition(at.desk, at.verified(), Status.REFERRED, agency="PUPR"),
    ),
    "another agency afterwards": (Right.REFER, lambda at: handling.edit(at.desk, at.referred(), {"agency": "DISHUB"})),
    "a side": (Right.DECIDE, lambda at: deciding.take_side(at.desk, at.in_conflict(), "s2")),
    "neither side": (Right.DECIDE, lambda at: deciding.write_value(at.desk, at.in_conflict(), "Tiga", "ditelepon")),
    "a decision back": (Right.DECIDE, lambda at: taking_back.take_back(at.desk, at.decided())),
    "a list with names": (
        Right.EXPORT_IDENTITIES,
        lambda at: exporting.write_workbook(at.desk, PERSONS, at.folder / "nama.xlsx"),
    ),
    "a list with names on paper": (Right.EXPORT_IDENTITIES, lambda at: report_paper(at.desk, PERSONS)),
    "a list with names at the terminal": (
        Right.EXPORT_IDENTITIES,
        lambda at: lists.revealed(at.desk, ListFilter(), "perintah"),
    ),
    "the log": (Right.LOG, lambda at: audit.numbers(at.desk, AuditFilter())),
    "the log as a workbook": (
        Right.LOG,
        lambda at: audit_export.write_workbook(at.desk, AuditFilter(), at.folder / "catatan.xlsx"),
    ),
    "an officer": (Right.OFFICERS, lambda at: officers.add(at.desk, "Budi", Role.CLERK, OTHER_PIN)),
    "an officer's name": (Right.OFFICERS, lambda at: officers.rename(at.desk, at.colleague, "Hj. Ani")),
    "an officer's role": (Right.OFFICERS, lambda at: officers.set_role(at.desk, at.colleague, Role.HEAD)),
    "an officer's PIN": (Right.OFFICERS, lambda at: officers.set_pin(at.desk, at.colleague, "730264")),
    "the end of an officer": (Right.OFFICERS, lambda at: officers.retire(at.desk, at.colleague)),
    "a recovery code": (Right.OFFICERS, lambda at: officers.new_recovery_code(at.desk)),
    "a proxy": (Right.SETTINGS, lambda at: network.change_proxy(at.desk, "http://proxy:3128", "", None)),
    "no proxy": (Right.SETTINGS, lambda at: network.use_no_proxy(at.desk)),
    "the system's proxy": (Right.SETTINGS, lambda at: network.use_system_proxy(at.desk)),
    "the system's authorities": (Right.SETTINGS, lambda at: network.trust_only_the_system(at.desk)),
    "times of the exchange": (Right.SETTINGS, lambda at: preferences.set_exchange_times(at.desk, ExchangeTimes(15))),
    "minutes until the lock": (Right.SETTINGS, lambda at: officers.set_lock_minutes(at.desk, 5)),
    "a restore": (Right.RESTORE, lambda at: backups.prepare_restore(at.desk, at.backup, nobody, never)),
    "no restore": (Right.RESTORE, lambda at: backups.do_not_restore(at.desk)),
}


@pytest.mark.parametrize("role", Role)
def test_each_role_does_what_it_may_and_is_refused_the_rest(guarded: Guarded, tmp_path: Path, role: Role) -> None:
    at = Office(guarded, tmp_path, role)
    refused = set()
    for name, (_, work) in GUARDED.items():
        try:
            work(at)
        except NotAllowed:
            refused.add(name)
    assert refused == {name for name, (right, _) in GUARDED.items() if right not in RIGHTS[role]}
    for work in EVERYBODY.values():
        work(at)


def test_every_right_is_asked_somewhere() -> None:
    assert {right for right, _ in GUARDED.values()} == set(Right)


def test_what_is_refused_is_not_done(guarded: Guarded, tmp_path: Path) -> None:
    at = Office(guarded, tmp_path, Role.CLERK)
    referred, conflict = at.referred(), at.in_conflict()
    guarded.sign_in(guarded.admin, PIN)
    backups.prepare_restore(at.desk, at.backup, nobody, never)
    guarded.sign_in(at.at_work)
    for work in (
        lambda: handling.edit(at.desk, referred, {"agency": "DISHUB", "location": "Muka Langgar"}),
        lambda: deciding.take_side(at.desk, conflict, "s2"),
        lambda: lists.revealed(at.desk, ListFilter(), "perintah"),
        lambda: exporting.write_workbook(at.desk, PERSONS, at.folder / "nama.xlsx"),
        lambda: backups.do_not_restore(at.desk),
    ):
        with pytest.raises(NotAllowed):
            work()
    found = lists.detail(at.desk, referred).complaint
    assert (found.agency, found.location) == ("PUPR", "")
    assert [view.conflict.decided for view in lists.conflicts(at.desk)] == [False]
    assert not (at.folder / "nama.xlsx").exists()
    assert backups.waiting(at.desk)
