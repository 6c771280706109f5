"""What narrows the log: kind, officer, days, the number of a complaint."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.dates import read_date
from kelurahan_client.services.audit import AuditFilter, AuditKind
from ui.audit_words import kind_words
from ui.language import said
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.editors import Combo, LineEdit
from ui.widgets.labels import TextLabel

_TOGETHER = {AuditKind.PRINT: frozenset({AuditKind.PRINT, AuditKind.UNPRINTED})}  # one choice for both
_OFFERED = tuple(kind for kind in AuditKind if kind is not AuditKind.UNPRINTED)


class AuditFilters(QWidget):
    """`changed` when a person chose or typed something else."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.kind = Combo(theme, self.tr("Kejadian"))
        self.kind.add("", self.tr("Semua kejadian"))
        for kind in _OFFERED:
            self.kind.add(kind, kind_words(kind))
        self.officer = Combo(theme, self.tr("Petugas"))
        self.show_officers(())
        self.reference = LineEdit(theme, self.tr("Nomor pengaduan"), longest=40)
        self.first = LineEdit(theme, self.tr("dari, misalnya 1/7"), longest=40)
        self.last = LineEdit(theme, self.tr("sampai"), longest=40)
        self.wrong = TextLabel("", TextRole.CAPTION, Colour.RED_TEXT, wrap=True)
        self.wrong.hide()
        for box, name in (
            (self.reference, self.tr("Nomor pengaduan, atau sebagian")),
            (self.first, self.tr("Dari tanggal")),
            (self.last, self.tr("Sampai tanggal")),
        ):
            box.setAccessibleName(name)
            box.editingFinished.connect(self._typed)
        for combo in (self.kind, self.officer):
            combo.chosen.connect(lambda _value: self.changed.emit())
        self._told = self._texts()
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        places: tuple[QWidget, ...] = (self.kind, self.officer, self.reference, self.first, self.last)
        for at, place in enumerate(places):
            grid.addWidget(place, at // 3, at % 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(grid)
        column.addWidget(self.wrong)

    def show_officers(self, names: Sequence[str]) -> None:
        """Offer these; the one that is chosen stays so."""
        chosen = self.officer.value()
        self.officer.clear()
        self.officer.add("", self.tr("Semua petugas"))
        for name in names:
            self.officer.add(name, name)
        self.officer.set_value(chosen if chosen in names else "")

    def wanted(self, today: date) -> AuditFilter | None:
        """What is asked for; None where a day cannot be read, which is said."""
        days: list[date | None] = []
        for box in (self.first, self.last):
            text = box.text().strip()
            read = read_date(text, today=today) if text else None
            if read is not None and read.value is None:
                self._refuse(read.problem)
                return None
            days.append(read.value if read is not None else None)
        first, last = days
        if first is not None and last is not None and last < first:
            self._refuse(self.tr("Tanggal akhir lebih dahulu daripada tanggal awal."))
            return None
        self.wrong.hide()
        kind = self.kind.value()
        kinds = _TOGETHER.get(AuditKind(kind), frozenset({AuditKind(kind)})) if kind else frozenset()
        return AuditFilter(
            kinds=kinds, actor=self.officer.value(), first=first, last=last, reference=self.reference.text()
        )

    def _refuse(self, problem: str) -> None:
        self.wrong.setText(said(problem))
        self.wrong.show()

    def _texts(self) -> list[str]:
        return [box.text().strip() for box in (self.reference, self.first, self.last)]

    def _typed(self) -> None:
        """A field that is only left asks for nothing."""
        if self._texts() != self._told:
            self._told = self._texts()
            self.changed.emit()
