"""The certificate of the city's own authority, where it uses one."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from kelurahan_client.domain.fields import read_utc
from kelurahan_client.errors import LaporError
from kelurahan_client.services import network
from ui.settings.files import choose_certificate
from ui.settings.section import Remark, Room, commands
from ui.theme.icons import Icon
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.notices import Banner
from ui.wording import WITA, long_date


class CertificateCard(Card):
    """What is trusted beside the system's own authorities; `choose` asks for a file."""

    def __init__(self, room: Room, choose: Callable[[QWidget], Path | None] = choose_certificate) -> None:
        super().__init__(room.theme, QCoreApplication.translate("CertificateCard", "Sertifikat kota"))
        self._room = room
        self.choose = choose
        theme = room.theme
        self.state = Remark(theme, "–", Icon.LOCK)
        self.banner = Banner(theme, closable=True)
        self.banner.hide()
        self.install = KeyButton(theme, self.tr("Pasang sertifikat…"), Icon.FILE)
        self.forget = KeyButton(theme, self.tr("Lupakan"), kind=ButtonKind.DANGER_QUIET)
        self.install.clicked.connect(self._install)
        self.forget.clicked.connect(self._forget)
        self.forget.hide()
        self.body.addWidget(self.state)
        self.body.addWidget(self.banner)
        self.body.addLayout(commands(theme, self.install, self.forget))

    def activate(self) -> None:
        """Ask what is trusted."""
        desk = self._room.desk
        self._room.tasks.latest(
            "settings.certificate", lambda: network.as_json(network.network(desk)), self._show, owner=self
        )

    def _show(self, found: dict[str, Any]) -> None:
        trusted = found["authority"]
        if not trusted:
            self.state.set(self.tr("Dipercaya: sertifikat yang dikenal sistem komputer ini."), Icon.LOCK)
        else:
            named = "; ".join(certificate_words(one) for one in trusted)
            self.state.set(self.tr("Dipercaya juga: {names}.").format(names=named), Icon.LOCK)
        self.forget.setVisible(bool(trusted))

    def _install(self) -> None:
        file = self.choose(self)
        if file is not None:
            self._change(partial(network.trust, self._room.desk, file), self.tr("Sertifikat kota dipasang."))

    def _forget(self) -> None:
        work = partial(network.trust_only_the_system, self._room.desk)
        self._change(work, self.tr("Sertifikat kota dilupakan."))

    def _change(self, work: Callable[[], None], words: str) -> None:
        self.banner.hide()
        self._room.tasks.database(work, lambda _none: self._changed(words), self._refused, owner=self)

    def _changed(self, words: str) -> None:
        self.activate()
        self._room.notify(words)

    def _refused(self, error: LaporError) -> None:
        self.banner.show_error(error)


def certificate_words(one: Mapping[str, str]) -> str:
    """Whose certificate it is and until when, from `network.certificates`."""
    words = QCoreApplication.translate("CertificateCard", "{name}, berlaku sampai {day}")
    day = long_date(read_utc(one["until"]).astimezone(WITA).date())
    return words.format(name=_common_name(one["subject"]), day=day)


def _common_name(subject: str) -> str:
    """ "CN=Otoritas Kota,O=…" -> "Otoritas Kota"."""
    parts = dict(part.partition("=")[::2] for part in subject.split(","))
    return parts.get("CN") or subject
