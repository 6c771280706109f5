"""Which printer is remembered for each kind of document and size of paper."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from kelurahan_client.errors import LaporError
from kelurahan_client.services import prints
from kelurahan_client.services.paper import PaperKind, PaperSize
from ui.printing.printers import Printers, SystemPrinters
from ui.settings.section import Remark, Room
from ui.theme.icons import Icon
from ui.widgets.card import Card
from ui.widgets.editors import Combo
from ui.widgets.field import Field

Place = tuple[PaperKind, PaperSize]
_LETTERS = (PaperKind.REFERRAL, PaperKind.REPLY, PaperKind.DAY_RECAP, PaperKind.REPORT)


class PrintersCard(Card):
    """A list of the machine's `printers` for each; a choice holds at once, and the first one forgets."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.theme, QCoreApplication.translate("PrintersCard", "Pencetak yang diingat"))
        self._room = room
        self.printers: Printers = SystemPrinters()
        self._names: Sequence[str] = ()
        self._kept: Mapping[Place, str] = {}
        self.choices: dict[Place, Combo] = {}
        self.state = Remark(room.theme, self.tr("Mencari pencetak…"), Icon.PRINT)
        self.body.addWidget(self.state)

    def activate(self) -> None:
        """Ask what is remembered and which printers there are: some systems take seconds to say."""
        tasks, desk = self._room.tasks, self._room.desk
        tasks.latest("settings.printers", partial(prints.printers, desk), self._remembered, owner=self)
        tasks.paper(self.printers.names, self._found, failed=self._not_found, owner=self)

    def _remembered(self, kept: Mapping[Place, str]) -> None:
        self._kept = kept
        self._fill()

    def _found(self, names: Sequence[str]) -> None:
        self._names = names
        self.state.set("" if names else self.tr("Komputer ini belum punya pencetak."), Icon.PRINT)
        self._fill()

    def _not_found(self, _error: LaporError) -> None:
        self._found(())

    def _fill(self) -> None:
        usual = [(PaperKind.RECEIPT, PaperSize.A5), *((kind, PaperSize.A4) for kind in _LETTERS)]
        for place in [*usual, *(one for one in self._kept if one not in usual)]:
            if place not in self.choices:
                self._add(place)
        for place, choice in self.choices.items():
            printer = self._kept.get(place, "")
            choice.clear()
            choice.add("", self.tr("Dipilih ketika mencetak"))
            for name in self._names:
                choice.add(name, name)
            if printer and printer not in self._names:
                choice.add(printer, self.tr("{name} (tidak terpasang)").format(name=printer))
            choice.set_value(printer)

    def _add(self, place: Place) -> None:
        choice = self.choices[place] = Combo(self._room.theme)
        choice.chosen.connect(partial(self._choose, place))
        self.body.addWidget(Field(self._room.theme, place_words(place), choice))

    def _choose(self, place: Place, printer: str) -> None:
        kind, size = place
        words = self.tr("{paper}: dipilih ketika mencetak.") if not printer else self.tr("{paper}: {printer}.")
        told = words.format(paper=place_words(place), printer=printer)
        work = partial(prints.keep_printer, self._room.desk, kind, size, printer)
        self._room.tasks.database(work, lambda _none: self._kept_now(told), owner=self)

    def _kept_now(self, told: str) -> None:
        self._room.notify(told)
        self.activate()


def place_words(place: Place) -> str:
    """Tanda terima, A5."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("PrintersCard", text)

    kind, size = place
    words = {
        PaperKind.RECEIPT: tr("Tanda terima"),
        PaperKind.REFERRAL: tr("Surat ke SKPD"),
        PaperKind.REPLY: tr("Surat jawaban"),
        PaperKind.DAY_RECAP: tr("Rekap harian"),
        PaperKind.REPORT: tr("Laporan"),
        PaperKind.RECOVERY: tr("Kode pemulihan"),
    }
    return f"{words[kind]}, {tr('gulungan 80 mm') if size is PaperSize.ROLL_80 else size.value}"
