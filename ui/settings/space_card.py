"""Room on the disk: attachments that the city has too can leave this machine."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal

from kelurahan_client.errors import LaporError
from kelurahan_client.services import attachments
from kelurahan_client.services.attachments import Freed
from ui.figures import number, size
from ui.language import sentences
from ui.settings.section import Remark, Room, commands
from ui.theme.icons import Icon
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card


class SpaceCard(Card):
    """How many files could leave, and the button for it; they are fetched again where somebody wants to see them.

    `pressed`: the button rests from now on, and the keyboard wants another place.
    """

    pressed = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__(room.theme, QCoreApplication.translate("SpaceCard", "Ruang untuk lampiran"))
        self._room = room
        self.state = Remark(room.theme, "–", Icon.IMAGE)
        self.button = KeyButton(room.theme, self.tr("Lepas dari komputer ini"), Icon.CENTRE)
        self.button.setEnabled(False)
        self.button.clicked.connect(self._free)
        self.body.addWidget(self.state)
        self.body.addLayout(commands(room.theme, self.button))

    def activate(self) -> None:
        """Ask what could leave."""
        work = partial(attachments.spare, self._room.desk)
        self._room.tasks.latest("settings.space", work, self._show, owner=self)

    def _show(self, spare: Freed) -> None:
        some = self.tr(
            "{n} lampiran ({size}) sudah ada di server kota. Bila disk penuh, isinya dapat dilepas dari komputer ini; "
            "sesudah itu perlu jaringan untuk melihatnya lagi."
        )
        none = self.tr("Tidak ada lampiran yang dapat dilepas: yang belum terkirim tetap di sini.")
        self.state.set(some.format(n=number(spare.files), size=size(spare.bytes)) if spare.files else none, Icon.IMAGE)
        self.button.setEnabled(spare.files > 0)

    def _free(self) -> None:
        self.pressed.emit()
        self.button.setEnabled(False)
        work = partial(attachments.free_space, self._room.desk)
        self._room.tasks.database(work, self._freed, failed=self._failed, owner=self)

    def _freed(self, freed: Freed) -> None:
        words = self.tr("{n} lampiran dilepas, {size} kosong lagi.")
        self._room.notify(words.format(n=number(freed.files), size=size(freed.bytes)))
        self.activate()

    def _failed(self, error: LaporError) -> None:
        self._room.notify(sentences(error), icon=Icon.WARNING)
        self.activate()
