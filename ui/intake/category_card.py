"""Kategori: three suggestions and why; a person always chooses."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.routing import Suggestion
from ui.intake.category_popup import CategoryPopup
from ui.intake.category_rows import CategoryChoice, CategoryRow
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel

SUGGESTIONS = 3


class CategoryCard(Card):
    """The suggestions for what is typed. `chosen` carries a code, "" when the choice was taken back (chosen twice)."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, reference: ReferenceData) -> None:
        super().__init__(theme, "Kategori", padding=0)
        self._theme = theme
        self._reference = reference
        self._office = ""
        self._suggestions: tuple[CategoryChoice, ...] = ()
        self._value = ""
        self._popup: CategoryPopup | None = None
        self._rows: list[CategoryRow] = []
        self.more = KeyButton(theme, self.tr("Lainnya…"), Icon.SEARCH, kind=ButtonKind.QUIET, dense=True)
        self.more.clicked.connect(self._open_list)
        self.add_to_head(self.more)
        # The room of three rows is kept, so that what stands below does not jump while one types.
        self._place = QWidget()
        self._place.setMinimumHeight(theme.px(51) * SUGGESTIONS)
        self._column = QVBoxLayout(self._place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._hint = TextLabel(
            self.tr("Usulan muncul saat isi laporan diketik."), TextRole.CAPTION, Colour.TEXT_3, wrap=True
        )
        self._hint.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), 0)
        self._column.addWidget(self._hint)
        self._column.addStretch(1)
        self.body.addWidget(self._place)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for at in range(SUGGESTIONS):
            QShortcut(QKeySequence(f"Alt+{at + 1}"), self).activated.connect(partial(self._choose_suggestion, at))

    def value(self) -> str:
        """The chosen category's code, "" if none."""
        return self._value

    def set_value(self, code: str) -> None:
        """Choose silently."""
        self._value = code
        self._rebuild()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the head's remark where there is no room for it."""
        super().resizeEvent(event)
        remarks = ((376, self.tr("usulan, Anda yang memilih")), (330, self.tr("Anda yang memilih")), (0, ""))
        remark = next(text for least, text in remarks if self.width() >= self._theme.px(least))
        self.set_title(self.tr("Kategori"), remark)

    def set_office(self, office: str) -> None:
        """The recording office's code: it decides which kecamatan is meant."""
        self._office = office
        self._popup = None
        self._rebuild()

    def set_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Offer these, best first."""
        offered = tuple(
            self._choice(
                each.category, self.tr("karena: {words}").format(words=", ".join(each.because)), f"Alt+{place}"
            )
            for place, each in enumerate(suggestions[:SUGGESTIONS], start=1)
        )
        if offered != self._suggestions:
            self._suggestions = offered
            self._rebuild()

    def rows(self) -> list[CategoryRow]:
        """The rows shown, in order; a category chosen from the list stands last."""
        return list(self._rows)

    def _choice(self, code: str, because: str, key: str = "") -> CategoryChoice:
        category = self._reference.categories[code]
        agency = self._reference.resolve_agency(category.default_agency, self._office)
        return CategoryChoice(code, category.name, self._reference.agency_name(agency), because, key)

    def _rebuild(self) -> None:
        shown = list(self._suggestions)
        if self._value in self._reference.categories and self._value not in {choice.code for choice in shown}:
            shown.append(self._choice(self._value, self.tr("dipilih dari daftar")))
        had_focus = next((row.choice.code for row in self._rows if row.hasFocus()), None)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()  # out of Tab's way at once
            row.deleteLater()
        self._rows = [CategoryRow(self._theme, choice, chosen=choice.code == self._value) for choice in shown]
        before: QWidget = self.more
        for place, row in enumerate(self._rows):
            row.clicked.connect(partial(self._choose, row.choice.code))
            self._column.insertWidget(place, row)
            QWidget.setTabOrder(before, row)
            before = row
            if row.choice.code == had_focus:
                row.setFocus()
        self._hint.setVisible(not shown)

    def _choose_suggestion(self, at: int) -> None:
        if at < len(self._suggestions):
            self._choose(self._suggestions[at].code)

    def _choose(self, code: str) -> None:
        self._value = "" if code == self._value else code
        self._rebuild()
        self.chosen.emit(self._value)

    def _open_list(self) -> None:
        if self._popup is None:
            choices = [self._choice(code, "") for code in self._reference.categories]
            self._popup = CategoryPopup(self._theme, choices, self)
            self._popup.chosen.connect(self._take_from_list)
        self._popup.open_at(self.more.mapToGlobal(QPoint(self.more.width(), self.more.height() + self._theme.px(4))))

    def _take_from_list(self, code: str) -> None:
        self._value = code
        self._rebuild()
        self.chosen.emit(code)
