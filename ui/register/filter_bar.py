"""The chips above the list: each filter that is on with its value and a cross, the others to be picked."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from kelurahan_client.services.lists import ListFilter
from ui.register.cells import Day
from ui.register.filters import WORKLIST, Change, chip_values, choices, picked, without
from ui.register.flow import FlowRow
from ui.register.saved_menu import SavedMenu
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.chips import FilterChip

_ALWAYS = frozenset({"open", "classification", "agency", "more", "late", "unsent"})
_WHEN_WIDE = frozenset({"category", "channel", "saved"})


class FilterBar(FlowRow):
    """Shows a `ListFilter` and changes it; `changed` when a person picked or cleared one.

    `period_asked`: days are to be typed; `set_period` takes them.
    """

    changed = Signal()
    period_asked = Signal()

    def __init__(self, theme: Theme, day: Day) -> None:
        super().__init__(theme.px(6))
        self._day = day
        self._wide = False
        self._filter = WORKLIST
        self._chips: dict[str, FilterChip] = {}
        self.saved = SavedMenu(theme, self)
        for key, name, menu in self._plan():
            chip = FilterChip(theme, name, menu=menu)
            chip.setObjectName(f"filter-{key}")
            chip.picked.connect(partial(self._pick, key))
            chip.cleared.connect(partial(self._clear, key))
            self._chips[key] = chip
            self.add(chip)
        self.clear_all = KeyButton(theme, self.tr("Hapus semua"), kind=ButtonKind.QUIET, dense=True)
        self.clear_all.setAccessibleDescription(self.tr("Menghapus semua saringan"))
        self.clear_all.hide()
        self.add(self.clear_all)
        self._render()

    def filter(self) -> ListFilter:
        """What is shown now; the words of the search are the page's."""
        return self._filter

    def set_filter(self, wanted: ListFilter) -> None:
        """Show another filter; emits nothing."""
        self._filter = wanted
        self._render()

    def set_period(self, first: date | None, last: date | None) -> None:
        """A person typed the days of receipt."""
        self._change(replace(self._filter, received_from=first, received_to=last))

    def set_day(self, day: Day) -> None:
        """A new day began."""
        self._day = day
        self._render()

    def day(self) -> Day:
        """The day that it is shown for."""
        return self._day

    def set_wide(self, wide: bool) -> None:
        """Whether there is room for the rarer filters."""
        self._wide = wide
        self._render()

    def values(self) -> dict[str, str]:
        """What the filters that are on say, by chip."""
        return chip_values(self._filter, self._day)

    def chip(self, key: str) -> FilterChip:
        """One of the chips."""
        return self._chips[key]

    def _plan(self) -> list[tuple[str, str, QMenu | None]]:
        """Key, name and menu of every chip, in their order."""
        return [
            ("open", self.tr("Terbuka"), None),
            ("classification", self.tr("Klasifikasi"), self._menu("classification", self.tr("Klasifikasi"))),
            ("status", self.tr("Status"), self._menu("status", self.tr("Status"))),
            ("period", self.tr("Periode"), self._menu("period", self.tr("Periode"))),
            ("agency", self.tr("SKPD"), self._menu("agency", self.tr("SKPD"))),
            ("category", self.tr("Kategori"), self._menu("category", self.tr("Kategori"))),
            ("channel", self.tr("Kanal"), self._menu("channel", self.tr("Kanal"))),
            ("more", self.tr("Saringan lain"), self._more()),
            ("saved", self.tr("Tersimpan"), self.saved),
            ("late", self.tr("Terlambat"), None),
            ("unsent", self.tr("Belum terkirim"), None),
            ("soon", self.tr("Segera jatuh tempo"), None),
            ("sync", self.tr("Keadaan kiriman"), None),
            ("import", self.tr("Hasil impor"), None),
            ("desk", self.tr("Loket"), None),
            ("resolved", self.tr("Selesai"), None),
            ("answered", self.tr("Sudah dijawab"), None),
            ("silent", self.tr("Selesai dan diam"), None),
            ("unasked", self.tr("Belum ditanya"), None),
        ]

    def _menu(self, kind: str, title: str) -> QMenu:
        menu = QMenu(title, self)

        def fill() -> None:
            menu.clear()
            for word, change in choices(kind, self._day):
                action = menu.addAction(word.replace("&", "&&"))
                action.triggered.connect(partial(self._choose, change))
            if kind == "period":
                menu.addSeparator()
                menu.addAction(self.tr("Pilih tanggal…")).triggered.connect(self.period_asked)

        menu.aboutToShow.connect(fill)  # the periods are today's
        fill()
        return menu

    def _more(self) -> QMenu:
        menu = QMenu(self.tr("Saringan lain"), self)
        menu.addMenu(self._menu("status", self.tr("Status")))
        menu.addMenu(self._menu("category", self.tr("Kategori")))
        menu.addMenu(self._menu("channel", self.tr("Kanal")))
        menu.addMenu(self._menu("period", self.tr("Periode")))
        menu.addMenu(self.saved)
        menu.addSeparator()
        menu.addAction(self.tr("Segera jatuh tempo")).triggered.connect(partial(self._pick, "soon"))
        menu.addAction(self.tr("Selesai dan diam")).triggered.connect(partial(self._pick, "silent"))
        menu.addAction(self.tr("Belum ditanya")).triggered.connect(partial(self._pick, "unasked"))
        return menu

    def _choose(self, change: Change) -> None:
        self._change(change(self._filter))

    def _pick(self, key: str) -> None:
        self._change(picked(self._filter, key, self._day))

    def _clear(self, key: str) -> None:
        self._change(without(self._filter, key))

    def _change(self, wanted: ListFilter) -> None:
        self._filter = wanted
        self._render()
        self.changed.emit()

    def _render(self) -> None:
        values = self.values()
        for key, chip in self._chips.items():
            chip.set_active(values.get(key))
            shown = key in _ALWAYS or key in values or (self._wide and key in _WHEN_WIDE)
            chip.setVisible(shown)
        self.clear_all.setVisible(len(values) > 1)
