"""The pages of the window, in the order of the rail.

A page is imported when it is first shown: together they would double the time until the window is there.
"""

from functools import partial
from typing import TYPE_CHECKING

from ui.frame.page import Page, PageSpec, Section
from ui.theme.icons import Icon

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk
    from ui.session import Session


def specs(session: "Session") -> list[PageSpec]:
    """All pages in the order of the rail."""
    return [
        PageSpec("home", session.tr("Beranda"), Icon.HOME, partial(session.page, _home)),
        PageSpec("intake", session.tr("Pengaduan baru"), Icon.NEW, partial(session.page, _intake), "F2"),
        PageSpec("register", session.tr("Daftar"), Icon.LIST, partial(session.page, _register), "F3"),
        PageSpec("paper_log", session.tr("Buku register"), Icon.BOOK, partial(session.page, _paper_log), "F4"),
        PageSpec("conflicts", session.tr("Konflik"), Icon.CONFLICT, partial(session.page, _conflicts)),
        PageSpec(
            "day_close",
            session.tr("Tutup hari"),
            Icon.DAY_CLOSE,
            partial(session.page, _day_close),
            section=Section.DAY,
        ),
        PageSpec(
            "reports",
            session.tr("Laporan", "several"),
            Icon.REPORTS,
            partial(session.page, _reports),
            section=Section.DAY,
        ),
        PageSpec(
            "settings",
            session.tr("Pengaturan"),
            Icon.SETTINGS,
            partial(session.page, _settings),
            section=Section.SETTINGS,
        ),
    ]


def _home(session: "Session", desk: "Desk") -> Page:
    from ui.home.page import HomePage  # noqa: PLC0415

    theme, tasks, navigate, notify = session.parts()
    page = HomePage(theme, tasks, desk, navigate, notify, session.exchange)
    page.outbox_wanted.connect(session.window.outbox_requested)
    return page


def _intake(session: "Session", desk: "Desk") -> Page:
    from ui.intake.page import IntakePage  # noqa: PLC0415

    theme, tasks, navigate, notify = session.parts()
    page = IntakePage(theme, tasks, desk, navigate, notify)
    page.changed.connect(session.records_changed)
    page.paper_wanted.connect(session.show_paper)
    return page


def _register(session: "Session", desk: "Desk") -> Page:
    from ui.register.page import RegisterPage  # noqa: PLC0415

    theme, tasks, navigate, notify = session.parts()
    page = RegisterPage(theme, tasks, desk, navigate, notify)
    page.paper_wanted.connect(session.show_paper)
    return page


def _paper_log(session: "Session", desk: "Desk") -> Page:
    from ui.paper_log.page import PaperLogPage  # noqa: PLC0415

    theme, tasks, navigate, notify = session.parts()
    page = PaperLogPage(theme, tasks, desk, navigate, notify)
    page.changed.connect(session.records_changed)
    return page


def _conflicts(session: "Session", desk: "Desk") -> Page:
    from ui.conflict.page import ConflictPage  # noqa: PLC0415

    theme, tasks, navigate, notify = session.parts()
    page = ConflictPage(theme, tasks, desk, navigate, notify)
    page.changed.connect(session.records_changed)
    return page


def _day_close(session: "Session", desk: "Desk") -> Page:
    from ui.day_close.page import DayClosePage  # noqa: PLC0415

    theme, tasks, navigate, notify = session.parts()
    exchanging = session.work.exchanging
    page = DayClosePage(theme, tasks, desk, navigate, notify, (exchanging.exchange, exchanging.cancel))
    page.changed.connect(session.records_changed)
    exchanging.sending_changed.connect(page.set_sending)
    exchanging.progressed.connect(page.set_progress)
    page.set_sending(exchanging.is_sending)
    page.paper_wanted.connect(session.show_paper)
    return page


def _reports(session: "Session", desk: "Desk") -> Page:
    from ui.reports.page import ReportsPage  # noqa: PLC0415

    theme, tasks, navigate, notify = session.parts()
    page = ReportsPage(theme, tasks, desk, navigate, notify)
    page.paper_wanted.connect(session.show_paper)
    return page


def _settings(session: "Session", desk: "Desk") -> Page:
    from ui.settings.page import SettingsPage  # noqa: PLC0415

    theme, tasks, navigate, notify = session.parts()
    page = SettingsPage(theme, tasks, desk, navigate, notify, session.look.language())
    page.mode_chosen.connect(session.look.choose_mode)
    page.scale_chosen.connect(session.look.choose_scale)
    page.language_chosen.connect(session.look.choose_language)
    page.times_changed.connect(session.work.exchanging.plan)
    page.paper_wanted.connect(session.show_paper)
    page.officers_changed.connect(session.work.attendance.refresh)
    return page
