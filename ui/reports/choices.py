"""What a report is about: period, desk, classification, agency, category."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.complaint import Classification
from kelurahan_client.domain.dates import read_date
from kelurahan_client.domain.day_words import MONTHS
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.spans import Period, PeriodKind, Span, period
from kelurahan_client.domain.words import CLASSIFICATION_WORDS
from kelurahan_client.services.desk import Identity
from kelurahan_client.services.report_figures import Question
from kelurahan_client.services.report_words import part_name
from ui.language import said
from ui.register.flow import FlowRow
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.editors import Combo, LineEdit
from ui.widgets.labels import Glyph, TextLabel

_DATE_WIDTH = 150
_OWN_DESK = "own"


class ReportChoices(QWidget):
    """Five lists to choose from, and two dates of one's own where they are wanted.

    `changed` when another question can be asked; while a date is wrong the last good question stays.
    """

    changed = Signal()

    def __init__(self, theme: Theme, reference: ReferenceData, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme = theme
        self._today = today
        self.period = self._combo(self.tr("Periode"), 236)
        self.desk = self._combo(self.tr("Loket"), 236)
        self.classification = self._combo(self.tr("Klasifikasi"), 196)
        self.agency = self._combo(self.tr("SKPD"), 150)
        self.category = self._combo(self.tr("Kategori"), 200)
        self.first = LineEdit(theme, self.tr("mis. 1/7/2026"), longest=40)
        self.last = LineEdit(theme, self.tr("mis. 31/7/2026"), longest=40)
        self.problem = TextLabel("", TextRole.LABEL, Colour.RED_TEXT, wrap=True)
        self._glyph = Glyph(theme, Icon.ERROR, Colour.RED, SIZES.icon_small)
        self._fill(reference)
        self._build()
        self.name_periods()
        self.period.set_value(PeriodKind.THIS_MONTH)
        self._own = period(PeriodKind.THIS_MONTH, today()).span
        self.period.chosen.connect(self._choose_period)
        for combo in (self.desk, self.classification, self.agency, self.category):
            combo.chosen.connect(lambda _value: self.changed.emit())
        for editor in (self.first, self.last):
            editor.editingFinished.connect(self._read_dates)

    def question(self) -> Question:
        """What is asked for now."""
        kind = PeriodKind(self.period.value())
        classification = self.classification.value()
        return Question(
            period=Period(kind, self._own) if kind is PeriodKind.OWN else period(kind, self._today()),
            own_desk=self.desk.value() == _OWN_DESK,
            classification=Classification(classification) if classification else None,
            agency=self.agency.value(),
            category=self.category.value(),
        )

    def name_periods(self) -> None:
        """Say which days the periods are today."""
        today = self._today()
        for at in range(self.period.count()):
            kind = PeriodKind(self.period.itemData(at))
            if kind is not PeriodKind.OWN:
                name = _short_name(kind, period(kind, today).span)
                self.period.setItemText(at, f"{self._words()[kind]} · {name}")

    def name_office(self, office: Identity | None) -> None:
        """Say which office and which desk these are."""
        if office is not None:
            self.desk.setItemText(0, self.tr("Kelurahan {name}").format(name=office.office_name))
            self.desk.setItemText(1, self.tr("Loket {letter} saja").format(letter=office.desk))

    def own_dates(self) -> None:
        """Ask for dates of one's own."""
        self.period.set_value(PeriodKind.OWN)
        self._choose_period(PeriodKind.OWN)

    def _words(self) -> dict[PeriodKind, str]:
        return {
            PeriodKind.TODAY: self.tr("Hari ini"),
            PeriodKind.YESTERDAY: self.tr("Kemarin"),
            PeriodKind.THIS_WEEK: self.tr("Minggu ini"),
            PeriodKind.THIS_MONTH: self.tr("Bulan ini"),
            PeriodKind.LAST_MONTH: self.tr("Bulan lalu"),
            PeriodKind.THIS_YEAR: self.tr("Tahun ini"),
            PeriodKind.LAST_YEAR: self.tr("Tahun lalu"),
            PeriodKind.OWN: self.tr("Tanggal sendiri…"),
        }

    def _combo(self, name: str, width: int) -> Combo:
        combo = SizedCombo(self._theme, name, width)
        combo.view().setMinimumWidth(self._theme.px(width))
        return combo

    def _fill(self, reference: ReferenceData) -> None:
        for kind, word in self._words().items():
            self.period.add(kind, word)
        self.desk.add("", self.tr("Semua loket"))
        self.desk.add(_OWN_DESK, self.tr("Loket ini saja"))
        _add(
            self.classification,
            self.tr("Semua klasifikasi"),
            [(code, said(word)) for code, word in CLASSIFICATION_WORDS.items()],
        )
        agencies = [(one.code, one.short_name) for one in reference.agencies.values()]
        _add(self.agency, self.tr("Semua SKPD"), sorted(agencies, key=lambda one: one[1].casefold()))
        categories = [(one.code, one.name) for one in reference.categories.values()]
        _add(self.category, self.tr("Semua kategori"), sorted(categories, key=lambda one: one[1].casefold()))

    def _build(self) -> None:
        px = self._theme.px
        row = FlowRow(px(8))
        for combo in (self.period, self.desk, self.classification, self.agency, self.category):
            row.add(combo)
        self._dates = QWidget()
        line = QHBoxLayout(self._dates)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        for word, editor in ((self.tr("Dari"), self.first), (self.tr("sampai"), self.last)):
            label = TextLabel(word, TextRole.LABEL, Colour.TEXT_2, bold=True)
            label.setBuddy(editor)
            editor.setAccessibleName(self.tr("Tanggal {word}").format(word=word.lower()))
            editor.setFixedWidth(px(_DATE_WIDTH))
            line.addWidget(label)
            line.addWidget(editor)
        line.addWidget(self._glyph)
        line.addWidget(self.problem, 1)
        self._dates.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(row)
        column.addWidget(self._dates)

    def _choose_period(self, value: str) -> None:
        own = value == PeriodKind.OWN
        self._dates.setVisible(own)
        if own:
            self._write_dates()
            self.first.setFocus()
            self.first.selectAll()
        self.changed.emit()

    def _write_dates(self) -> None:
        for editor, day in ((self.first, self._own.first), (self.last, self._own.last)):
            editor.setText(f"{day.day}/{day.month}/{day.year}")
            self._mark(editor, "")

    def _read_dates(self) -> None:
        """Both dates, as in the form for complaints; a wrong one is named and nothing is asked."""
        days = []
        for editor in (self.first, self.last):
            reading = read_date(editor.text(), today=self._today())
            self._mark(editor, said(reading.problem))
            if reading.value is None:
                return
            days.append(reading.value)
        if days[1] < days[0]:
            self._mark(self.last, self.tr("Tanggal akhir lebih dahulu daripada tanggal awal. Tukar keduanya."))
            return
        span = Span(*days)
        if span != self._own:
            self._own = span
            self.changed.emit()
        self._write_dates()

    def _mark(self, editor: LineEdit, problem: str) -> None:
        self.problem.setText(problem)
        self._glyph.setVisible(bool(problem))
        editor.setAccessibleDescription(problem)
        state = "error" if problem else "ok"
        if editor.property("state") != state:
            editor.setProperty("state", state)
            editor.style().unpolish(editor)
            editor.style().polish(editor)


class SizedCombo(Combo):
    """A list of one width, however long its longest word is."""

    def __init__(self, theme: Theme, name: str, width: int) -> None:
        super().__init__(theme, name)
        self._width = theme.px(width)

    def sizeHint(self) -> QSize:
        """Its width, and the height of every field."""
        return QSize(self._width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Not less."""
        return self.sizeHint()


def _short_name(kind: PeriodKind, span: Span) -> str:
    """Agustus 2026 for a month that still runs, 2026 for a year; else the days."""
    if kind in {PeriodKind.THIS_YEAR, PeriodKind.LAST_YEAR}:
        return str(span.first.year)
    if kind in {PeriodKind.THIS_MONTH, PeriodKind.LAST_MONTH}:
        return f"{said(MONTHS[span.first.month - 1])} {span.first.year}"
    return said(part_name(span))


def _add(combo: Combo, everything: str, values: Sequence[tuple[str, str]]) -> None:
    combo.add("", everything)
    for value, word in values:
        combo.add(value, word)
