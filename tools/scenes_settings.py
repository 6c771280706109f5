"""Pictures of the settings, the help, and the demo's ribbon."""

from kelurahan_client.errors import BackupError, Offline
from kelurahan_client.services import backups, demo, lists, network, preferences, prints, receipts
from kelurahan_client.services.backups import BackupProgress
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.preferences import ExchangeTimes, read_times
from kelurahan_client.services.prints import Medium
from kelurahan_client.store import settings as kept
from tools.camera import Camera, new_desk
from ui.frame.key_sheet import KeySheet
from ui.session import Session
from ui.settings.backup_section import BackupSection
from ui.settings.network_section import NetworkSection
from ui.settings.page import SettingsPage
from ui.settings.sections import all_sections

_REASONS = ("menelepon pelapor untuk mengabarkan hasil", "mencocokkan alamat dengan RT", "diminta Lurah")


def _page(session: Session) -> SettingsPage:
    page = session.window.pages.page("settings")
    if not isinstance(page, SettingsPage):
        raise TypeError(type(page).__name__)
    return page


def _work(desk: Desk) -> None:
    """What stands in the log of an ordinary morning."""
    for row, reason in zip(lists.page(desk, lists.keys(desk, ListFilter())), _REASONS, strict=False):
        lists.reveal(desk, row.id, reason)
        prints.take(desk, receipts.receipt(desk, row.id), Medium.PRINTER, "EPSON L3210")


def settings(camera: Camera) -> None:
    """Every section, and what they say when something is wrong."""
    desk = camera.desk("settings")
    network.change_proxy(desk, "proxy.banjarmasinkota.go.id:8080", "alalak-selatan", "rahasia")
    preferences.set_exchange_times(desk, ExchangeTimes(10, read_times("08.00, 15.30")))
    made = backups.make(desk, camera.folder("usb"), lambda _progress: None, lambda: False)
    with desk.store.write() as transaction:
        kept.put(transaction, kept.LAST_BACKUP, {"at": made.made_at.isoformat(), "folder": f"E:\\{made.folder.name}"})
    _work(desk)
    session = camera.session(desk)
    session.window.show_page("settings")
    for one in all_sections(session):
        session.window.show_page("settings", section=one.key)
        camera.shoot(f"pengaturan-{one.key}", session.window)
    page = _page(session)
    section = page.section("network")
    if isinstance(section, NetworkSection):
        session.window.show_page("settings", section="network")
        section.proxy.address.setText("proxy kota")
        section.proxy.save()
        section.probe.banner.show_error(Offline("Server kota tidak terjangkau.", way_out="Dicoba lagi nanti."))
        camera.shoot("pengaturan-network-salah", session.window)
    section = page.section("backup")
    if isinstance(section, BackupSection):
        session.window.show_page("settings", section="backup")
        camera.settle()
        section.progress.set_label(section.tr("Membuat cadangan…"))
        section._tell(BackupProgress(128 * 1024**2, 205 * 1024**2, "attachments"))  # noqa: SLF001
        section.progress.show()
        section.banner.show_error(
            BackupError(
                "Cadangan ini tidak dapat dibuka dengan kunci komputer ini. Data loket tidak berubah.",
                way_out="Pilih cadangan yang dibuat di komputer ini.",
            )
        )
        camera.shoot("pengaturan-backup-salah", session.window)
    session.window.resize(1024, 600)
    session.window.show_page("settings", section="network")
    camera.shoot("pengaturan-sempit", session.window)
    camera.end(session, desk)


def sample(camera: Camera) -> None:
    """The window with the demo's data."""
    desk = new_desk(camera.folder("demo"), enrolled=False)
    demo.prepare(desk)
    session = camera.session(desk)
    session.window.show_page("home")
    camera.shoot("demo", session.window)
    session.window.show_page("settings", section="desk")
    camera.shoot("demo-pengaturan", session.window)
    camera.end(session, desk)


def guide(camera: Camera) -> None:
    """The help beside a page, its search, and in a window with no room for both."""
    desk = camera.desk("help")
    session = camera.session(desk)
    window = session.window
    window.show_page("home")
    camera.settle()
    window.show_help()
    camera.shoot("bantuan", window)
    window.help.panel.search.setText("draf")
    camera.shoot("bantuan-cari", window)
    window.help.panel.search.setText("")
    window.help.close()
    window.show_keys()
    (sheet,) = window.findChildren(KeySheet)
    camera.shoot("tombol", sheet)
    sheet.reject()
    window.show_help()
    window.show_page("settings", section="backup")
    window.resize(1024, 600)
    camera.shoot("bantuan-sempit", window)
    camera.end(session, desk)
