"""What is asked or told above the chips: the export, the name of a filter, days of receipt."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kelurahan_client.services.lists import ListFilter
from ui.register.name_row import NameRow
from ui.register.period_row import PeriodRow
from ui.theme.theme import Theme


class ListQuestions:
    """One question at a time; without any it takes no room."""

    def __init__(self, theme: Theme) -> None:
        self.naming = NameRow(theme)
        self.period = PeriodRow(theme)
        self.column = QVBoxLayout()  # to be put where they stand; what is hidden in it takes no room
        self.column.setSpacing(theme.px(8))
        for row in (self.naming, self.period):
            self.column.addWidget(row)

    def add(self, strip: QWidget) -> None:
        """Something more to ask or to tell."""
        self.column.addWidget(strip)

    def ask_name(self) -> None:
        """Under which name is the filter kept?"""
        self.period.hide()
        self.naming.ask()

    def ask_period(self, wanted: ListFilter, today: date) -> None:
        """From which day to which day?"""
        self.naming.hide()
        self.period.ask(wanted.received_from, wanted.received_to, today)

    def leave(self) -> bool:
        """Esc: away with the question; False where there is none."""
        return self.naming.leave() or self.period.leave()
