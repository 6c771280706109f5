"""Where this desk stands, and what to do when the computer changes hands."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout

from kelurahan_client.domain.roles import Right
from kelurahan_client.services import demo
from kelurahan_client.services.desk import Desk, Identity, find_identity
from ui.settings.enrol_again_card import EnrolAgainCard
from ui.settings.section import Facts, Remark, Room, Section
from ui.theme.icons import Icon
from ui.widgets.card import Card


@dataclass(frozen=True, slots=True)
class _Found:
    identity: Identity | None
    demo: bool
    place: str
    key_place: str


class DeskSection(Section):
    """Identity, server, and where the data lie. The city's administrator decides: only a code changes any of it."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            self.tr("Loket dan kelurahan"),
            self.tr("Diberikan admin kota (Diskominfotik) ketika loket ini didaftarkan."),
        )
        theme = room.theme
        names = (self.tr("Kelurahan"), self.tr("Kecamatan"), self.tr("Loket"), self.tr("Server kota"))
        self.facts = Facts(theme, names)
        self.place = Facts(theme, (self.tr("Folder data"), self.tr("Kunci data")))
        self.demo = Remark(theme)
        card = Card(theme)
        card.body.addWidget(self.facts)
        card.body.addWidget(self.demo)
        self.column.addWidget(card)
        here = Card(theme, self.tr("Di komputer ini"))
        here.body.addWidget(self.place)
        self.column.addWidget(here)
        hints = Card(theme, self.tr("Komputer diganti, hilang, atau pindah loket"))
        self._fill(hints.body)
        self.column.addWidget(hints)
        self.again = EnrolAgainCard(room)
        self.column.addWidget(self.again)
        self.guard(Right.SETTINGS, self.again)
        self.again.joined.connect(self.activate)
        self.again.hide()
        self.column.addStretch(1)

    def _fill(self, body: QVBoxLayout) -> None:
        theme = self.room.theme
        body.addWidget(
            Remark(
                theme,
                self.tr(
                    "Komputer hilang atau dicuri: segera hubungi admin kota supaya loket ini dicabut. Data di dalamnya "
                    "terenkripsi, dan sejak itu tidak dapat lagi mengirim."
                ),
                Icon.WARNING,
            )
        )
        body.addWidget(
            Remark(
                theme,
                self.tr(
                    "Ganti komputer: buat cadangan di sini, lalu di komputer baru pilih “Pulihkan dari cadangan…”. "
                    "Tanpa cadangan: kirim dahulu semua yang menunggu (F9), lalu daftarkan komputer baru dengan kode "
                    "baru dari admin kota."
                ),
                Icon.DESK,
            )
        )
        body.addWidget(
            Remark(
                theme,
                self.tr(
                    "Pindah loket atau kelurahan: minta admin kota mencabut loket ini, lalu daftarkan dengan kode baru."
                ),
                Icon.EXCHANGE,
            )
        )

    def activate(self) -> None:
        """Ask who we are."""
        desk = self.room.desk
        self.room.tasks.latest("settings.desk", lambda: _find(desk), self._show, owner=self)

    def _show(self, found: _Found) -> None:
        me = found.identity
        values = (me.office_name, me.district, me.desk, me.server_url) if me else ("–",) * 4
        self.facts.set_values(values)
        self.again.setVisible(me is not None and not found.demo)
        self.again.set_server(me.server_url if me else "")
        key = {
            "keyring": self.tr("di gantungan kunci komputer ini"),
            "file": self.tr("dalam berkas di folder data; hanya pemakai komputer ini yang dapat membacanya"),
        }
        behind_pin, _, machine = found.key_place.rpartition("+")
        place = key.get(machine, machine)
        if behind_pin:
            place = self.tr("terbuka dengan PIN petugas dan kunci komputer, yang disimpan {place}").format(place=place)
        self.place.set_values((found.place, place))
        words = self.tr("Ini mode demo: loket dan semua pengaduannya hanya contoh, tidak ada yang dikirim.")
        self.demo.set(words if found.demo else "", Icon.INFO)


def _find(desk: Desk) -> _Found:
    store = desk.store
    return _Found(find_identity(desk), demo.is_demo(desk), str(store.config.data_dir), store.key_place)
