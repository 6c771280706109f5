"""Kemungkinan sama: complaints on this machine that resemble what is being typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.words import STATUS_WORDS
from kelurahan_client.store.listing import ListRow
from ui.intake.likeness import Likeness, Match, compare
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.chips import Chip
from ui.widgets.labels import ElidedLabel, Glyph, TextLabel, hairline
from ui.wording import short_date


@dataclass(frozen=True, slots=True)
class Similar:
    """A complaint with how it compares."""

    row: ListRow
    match: Match


def resembling(typed: str, rows: Sequence[ListRow]) -> list[Similar]:
    """Those of `rows` that share enough with what was typed, the very alike first."""
    found = [Similar(row, match) for row in rows if (match := compare(typed, row.title)) is not None]
    return sorted(found, key=lambda each: each.match.likeness is not Likeness.VERY)


class SimilarCard(Card):
    """Shows at most `limit` of them; `look_requested` carries the complaint's id."""

    look_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Kemungkinan sama", padding=0)
        self._theme = theme
        self._limit = 2
        self._found: tuple[Similar, ...] = ()
        self._today = date.min
        self._entries: list[QWidget] = []
        self._count = Chip(theme, "0", outline=True)
        self._count.hide()
        self.add_to_head(self._count)
        self._where = (
            Glyph(theme, Icon.DESK, Colour.TEXT_3, SIZES.icon_small),
            TextLabel(self.tr("di komputer ini"), TextRole.CAPTION, Colour.TEXT_3),
        )
        for part in self._where:
            self.add_to_head(part)
        self._hint = TextLabel("", TextRole.CAPTION, Colour.TEXT_3, wrap=True)
        self._hint.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        self.body.setSpacing(0)
        self.body.addWidget(self._hint)
        self.body.addStretch(1)
        self.clear()

    def set_compact(self, *, compact: bool) -> None:
        """Leave out the head's remark where there is no room for it."""
        for part in self._where:
            part.setVisible(not compact)

    def set_limit(self, limit: int) -> None:
        """How many there is room for."""
        if limit != self._limit:
            self._limit = limit
            self._rebuild()

    def show_found(self, found: Sequence[Similar], today: date) -> None:
        """Show what was found."""
        self._hint.setText(self.tr("Belum ada yang mirip."))
        if tuple(found) != self._found or today != self._today:
            self._found, self._today = tuple(found), today
            self._rebuild()
        self._hint.setVisible(not self._found)

    def clear(self) -> None:
        """Nothing was typed yet."""
        self.show_found((), self._today)
        self._hint.setText(self.tr("Dicari saat judul dan isi diketik, juga tanpa jaringan."))

    def titles(self) -> list[str]:
        """What is shown, in order."""
        return [each.row.title for each in self._found[: self._limit]]

    def look_buttons(self) -> list[KeyButton]:
        """The buttons *Lihat*, in order."""
        return [button for entry in self._entries for button in entry.findChildren(KeyButton)]

    def _rebuild(self) -> None:
        for entry in self._entries:
            self.body.removeWidget(entry)
            entry.deleteLater()
        self._entries = []
        for each in self._found[: self._limit]:
            entry = self._entry(each)
            self.body.insertWidget(len(self._entries), entry)
            self._entries.append(entry)
        self._count.set(str(len(self._found)))
        self._count.setAccessibleName(self.tr("{count} pengaduan mirip").format(count=len(self._found)))
        self._count.setVisible(bool(self._found))

    def _entry(self, each: Similar) -> QWidget:
        theme, row = self._theme, each.row
        entry = QWidget()
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(16), theme.px(9), theme.px(12), 0)
        inner.setSpacing(theme.px(1))
        inner.addWidget(_title(each))
        inner.addLayout(self._verdict(each))
        look = KeyButton(theme, self.tr("Lihat"), Icon.SHOW, kind=ButtonKind.QUIET, dense=True)
        look.setAccessibleName(self.tr("Lihat {reference}").format(reference=row.reference))
        look.clicked.connect(lambda: self.look_requested.emit(row.id))
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(4), 0, 0, theme.px(5))  # its icon stands in line with the texts above
        foot.addWidget(look)
        foot.addStretch(1)
        column.addLayout(inner)
        column.addLayout(foot)
        column.addWidget(hairline())
        return entry

    def _verdict(self, each: Similar) -> QHBoxLayout:
        theme, row = self._theme, each.row
        very = each.match.likeness is Likeness.VERY
        line = QHBoxLayout()
        line.setSpacing(theme.px(4))
        tone = theme.tone(Tone.AMBER if very else Tone.NEUTRAL)
        line.addWidget(Glyph(theme, Icon.COPY, tone.glyph, SIZES.icon_small))
        word = self.tr("Sangat mirip") if very else self.tr("Agak mirip")
        line.addWidget(TextLabel(word, TextRole.CAPTION, tone.text if very else Colour.TEXT_2, bold=True))
        status = STATUS_WORDS[row.status].lower()
        told = f"· {row.reference} · {short_date(row.received_date, self._today)}, {status}"
        line.addWidget(ElidedLabel(told, TextRole.CAPTION, Colour.TEXT_2), 1)
        return line


def _title(each: Similar) -> TextLabel:
    """The title with the shared words in bold; a confidential one is not shown to whoever looks over the counter."""
    if each.row.confidential:
        return TextLabel("Rahasia: buka untuk membaca", colour=Colour.TEXT_2)
    words = "".join(f"<b>{escape(text)}</b>" if shared else escape(text) for text, shared in each.match.pieces)
    label = TextLabel(words, wrap=True, rich=True)
    label.setAccessibleName(each.row.title)
    return label
