"""Draf (3): the forms that were begun, to go on with."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from kelurahan_client.domain.day_words import local_date
from kelurahan_client.store.drafts import Draft
from ui.intake.form import FormState
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.wording import clock, short_date

_LONGEST = 60  # letters of a title in the menu


class DraftMenu(KeyButton):
    """A button with a menu. `picked` carries a Draft; `fresh_requested`: set the present form aside, begin another."""

    picked = Signal(object)
    fresh_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        self._list = QMenu()
        super().__init__(theme, "", Icon.HISTORY, kind=ButtonKind.QUIET, dense=True, menu=self._list)
        self._list.setToolTipsVisible(True)
        self.hide()

    def set_drafts(self, drafts: Sequence[Draft], current: str | None, today: date) -> None:
        """List the drafts but the one in the form (`current`); hidden where there is neither."""
        others = [draft for draft in drafts if draft.id != current]
        self._list.clear()
        for draft in others:
            title = FormState.from_draft(draft.fields).heading()
            short = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
            begun = local_date(draft.updated_at)
            when = clock(draft.updated_at) if begun == today else short_date(begun, today)
            action = self._list.addAction(f"{short.replace('&', '&&')}  ·  {when}, {draft.officer}")
            action.triggered.connect(partial(self.picked.emit, draft))
        if others and current is not None:
            self._list.addSeparator()
        if current is not None:
            self._list.addAction(self.tr("Sisihkan isian ini, mulai yang kosong")).triggered.connect(
                self.fresh_requested.emit
            )
        count = len(others) + (current is not None)
        self.set_text(self.tr("Draf ({count})").format(count=count))
        self.setVisible(count > 0)

    def entries(self) -> list[str]:
        """The menu's lines."""
        return [action.text() for action in self._list.actions() if not action.isSeparator()]
