"""Pictures of Laporan: a month in the middle of its work, own dates with a mistake, a period without anything."""

from kelurahan_client.domain.spans import PeriodKind
from tools.camera import Camera, new_desk
from ui.reports.page import ReportsPage


def reports(camera: Camera) -> None:
    """A desk in the middle of its work."""
    desk = camera.desk("reports")
    session = camera.session(desk)
    window = session.window
    window.show_page("reports")
    page = window.pages.page("reports")
    if not isinstance(page, ReportsPage):
        raise TypeError(type(page).__name__)
    page.choices.period.set_value(PeriodKind.LAST_MONTH)
    page.choices.changed.emit()
    camera.shoot("laporan", window)
    for at, name in enumerate(("umur", "per-waktu", "banding"), start=1):
        page.body.side.tabs.tabs()[at].click()
        camera.shoot(f"laporan-{name}", window)
    page.choices.own_dates()
    page.choices.first.setText("31/6/2026")
    page.choices.first.editingFinished.emit()
    camera.shoot("laporan-tanggal-salah", window)
    camera.end(session, desk)


def reports_empty(camera: Camera) -> None:
    """A desk on its first day."""
    desk = new_desk(camera.folder("reports-empty"))
    session = camera.session(desk)
    session.window.show_page("reports")
    camera.shoot("laporan-kosong", session.window)
    camera.end(session, desk)
