"""The form with its hints, arranged for the room there is."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.reference import ReferenceData
from ui.intake.category_card import CategoryCard
from ui.intake.panel import FormPanel
from ui.intake.report_panel import ReportPanel
from ui.intake.reporter_panel import ReporterPanel
from ui.intake.similar_card import SimilarCard
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.labels import hairline

_REPORTER, _REPORT = 337, 382  # the two columns of the form, which together are `form_max` wide
_GAP = 16
_LEAST_SIDE = 288
_SCALE_FOR_SIDES = 110  # per cent


class Arrangement(Enum):
    """Where the hints stand."""

    WITHIN = "within"  # suggestions under the statement, duplicates under the form
    BESIDE = "beside"  # both beside the form, one above the other
    SPREAD = "spread"  # the same, and the receipt beside them


class IntakeBody(QWidget):
    """Both sides of the form, both hints, and the receipt where there is room."""

    def __init__(self, theme: Theme, reference: ReferenceData, today: Callable[[], date], receipt: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._arrangement: Arrangement | None = None
        self.reporter = ReporterPanel(theme)
        self.report = ReportPanel(theme, reference, today)
        self.category = CategoryCard(theme, reference)
        self.similar = SimilarCard(theme)
        self._form = QFrame()
        self._form.setProperty("surface", "card")
        self._line = hairline(vertical=True)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._form)
        self._columns.setContentsMargins(1, 1, 1, 1)
        self._columns.setSpacing(0)
        self._columns.addWidget(self.reporter, _REPORTER)
        self._columns.addWidget(self._line)
        self._columns.addWidget(self.report, _REPORT)
        self._main = QVBoxLayout()
        self._main.setSpacing(theme.px(12))
        self._main.addWidget(self._form, 1)
        self._side = QVBoxLayout()
        self._side.setSpacing(theme.px(12))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(_GAP))
        row.addLayout(self._main)
        row.addLayout(self._side, 1)
        self._receipt = receipt
        self._receipt.hide()
        row.addWidget(receipt, 0, Qt.AlignmentFlag.AlignTop)
        self._row = row
        self.similar.rebuilt.connect(self._order_tabs)

    def panels(self) -> tuple[FormPanel, FormPanel]:
        """Both sides."""
        return self.reporter, self.report

    def panel_of(self, name: str) -> FormPanel:
        """The side that has a field; the category, which is no field, counts to the report."""
        return self.reporter if name in self.reporter.fields else self.report

    def set_gutter(self, width: int) -> None:
        """Keep `width` pixels free at the right."""
        self._row.setContentsMargins(0, 0, max(width, 0), 0)

    def arrangement(self) -> Arrangement | None:
        """The present one; None before the first."""
        return self._arrangement

    def arrange(self, width: int) -> None:
        """Place everything for a body of `width` pixels."""
        theme = self._theme
        form = theme.px(SIZES.form_max)
        side = width - form - theme.px(_GAP)
        wide = theme.scale <= _SCALE_FOR_SIDES and side >= theme.px(_LEAST_SIDE) and width >= 1280 - 200 - 48
        if not wide:
            wanted = Arrangement.WITHIN
        elif side >= theme.px(2 * 380 + _GAP):
            wanted = Arrangement.SPREAD
        else:
            wanted = Arrangement.BESIDE
        upright = QBoxLayout.Direction.LeftToRight
        if width < self._two_columns_width():
            upright = QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(upright)
        self._line.setVisible(upright is QBoxLayout.Direction.LeftToRight)
        self._form.setFixedWidth(min(width, form))
        self.similar.set_limit(2 if wanted is Arrangement.BESIDE else 4)
        if wanted is not self._arrangement:
            self._place_hints(wanted)
            self._arrangement = wanted
            self._order_tabs()

    def _two_columns_width(self) -> int:
        return self.reporter.minimumSizeHint().width() + self.report.minimumSizeHint().width() + 3

    def _place_hints(self, wanted: Arrangement) -> None:
        within = wanted is Arrangement.WITHIN
        (self.report.suggestion_place if within else self._side).addWidget(self.category)
        (self._main if within else self._side).addWidget(self.similar, 0 if within else 1)
        self._receipt.setVisible(wanted is Arrangement.SPREAD)

    def _order_tabs(self) -> None:
        """The form's own order, wherever the hints stand: they come last and are never in the way."""
        if self._arrangement is None:
            return  # the hints have no place yet
        chain = [*self.reporter.stops(), *self.report.stops()]
        files = self.report.attachments
        chain += [files.button, *(chip.cross for chip in files.chips())]
        chain += [self.category.more, *self.category.rows(), *self.similar.buttons()]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
