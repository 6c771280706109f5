"""The sections in the order of the list; each is imported when it is first shown."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject

from ui.settings.section import Room, Section
from ui.theme.icons import Icon


class SectionSpec(NamedTuple):
    """A section: its key in `show_page("settings", section=key)`, its word, and how it is made."""

    key: str
    title: str
    icon: Icon
    make: Callable[[Room], Section]


def all_sections(words: QObject) -> list[SectionSpec]:
    """What the settings have; `words` translates."""
    return [
        SectionSpec("desk", words.tr("Loket dan kelurahan"), Icon.DESK, _desk),
        SectionSpec("officers", words.tr("Petugas"), Icon.PEOPLE, _officers),
        SectionSpec("audit", words.tr("Catatan", "log"), Icon.HISTORY, _audit),
        SectionSpec("printer", words.tr("Pencetak"), Icon.PRINT, _printer),
        SectionSpec("network", words.tr("Jaringan"), Icon.CENTRE, _network),
        SectionSpec("exchange", words.tr("Waktu pertukaran"), Icon.EXCHANGE, _exchange),
        SectionSpec("backup", words.tr("Cadangan"), Icon.USB, _backup),
        SectionSpec("look", words.tr("Tampilan"), Icon.SHOW, _look),
        SectionSpec("doctor", words.tr("Pemeriksaan"), Icon.FOLLOW_UP, _doctor),
        SectionSpec("about", words.tr("Tentang"), Icon.INFO, _about),
    ]


def _desk(room: Room) -> Section:
    from ui.settings.desk_section import DeskSection  # noqa: PLC0415

    return DeskSection(room)


def _officers(room: Room) -> Section:
    from ui.settings.officers_section import OfficersSection  # noqa: PLC0415

    return OfficersSection(room)


def _audit(room: Room) -> Section:
    from ui.settings.audit_section import AuditSection  # noqa: PLC0415

    return AuditSection(room)


def _printer(room: Room) -> Section:
    from ui.settings.printer_section import PrinterSection  # noqa: PLC0415

    return PrinterSection(room)


def _network(room: Room) -> Section:
    from ui.settings.network_section import NetworkSection  # noqa: PLC0415

    return NetworkSection(room)


def _exchange(room: Room) -> Section:
    from ui.settings.exchange_section import ExchangeSection  # noqa: PLC0415

    return ExchangeSection(room)


def _backup(room: Room) -> Section:
    from ui.settings.backup_section import BackupSection  # noqa: PLC0415

    return BackupSection(room)


def _look(room: Room) -> Section:
    from ui.settings.look_section import LookSection  # noqa: PLC0415

    return LookSection(room)


def _doctor(room: Room) -> Section:
    from ui.settings.doctor_section import DoctorSection  # noqa: PLC0415

    return DoctorSection(room)


def _about(room: Room) -> Section:
    from ui.settings.about_section import AboutSection  # noqa: PLC0415

    return AboutSection(room)
