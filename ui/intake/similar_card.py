"""Kemungkinan sama: complaints on this machine that resemble what is being typed."""

from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.words import STATUS_WORDS
from kelurahan_client.services.duplicates import JOINABLE, Likeness, Similar
from ui.language import said
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.chips import Chip
from ui.widgets.labels import ElidedLabel, Glyph, TextLabel, hairline
from ui.wording import short_date

_FEW = 2  # as many as there is room for in a low window


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("SimilarCard", text)


class SimilarCard(Card):
    """Shows at most `limit` of them; `look_requested` carries the complaint's id, `join_requested` a Candidate."""

    look_requested = Signal(str)
    join_requested = Signal(object)
    rebuilt = Signal()  # other buttons than before: they need their place in the order of Tab

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Kemungkinan sama"), note=tr("di komputer ini"), padding=0)
        self._theme = theme
        self._limit = _FEW
        self._found: tuple[Similar, ...] = ()
        self._today = date.min
        self._entries: list[QWidget] = []
        self._count = Chip(theme, "0", outline=True)
        self._count.hide()
        self.add_to_head(self._count)
        self._hint = TextLabel("", TextRole.CAPTION, Colour.TEXT_3, wrap=True)
        self._hint.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        self.body.setSpacing(0)
        self.body.addWidget(self._hint)
        self._remark = TextLabel(
            self.tr("Pelapor kedua tidak membuat pengaduan kedua: keduanya mendapat jawaban."),
            TextRole.CAPTION,
            Colour.TEXT_2,
            wrap=True,
        )
        self._remark.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        self._remark.hide()
        self.body.addWidget(self._remark)
        self.body.addStretch(1)
        self.clear()

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
        self._remark.setVisible(any(each.candidate.status in JOINABLE for each in self._found[: self._limit]))

    def clear(self) -> None:
        """Nothing was typed yet."""
        self.show_found((), self._today)
        self._hint.setText(self.tr("Dicari saat judul dan isi diketik, juga tanpa jaringan."))

    def titles(self) -> list[str]:
        """What is shown, in order."""
        return [each.candidate.title for each in self._found[: self._limit]]

    def buttons(self) -> list[KeyButton]:
        """The buttons *Lihat* and *Tambah sebagai pelapor* of each, in order."""
        return [button for entry in self._entries for button in entry.findChildren(KeyButton)]

    def _rebuild(self) -> None:
        for entry in self._entries:
            self.body.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self._entries = []
        for each in self._found[: self._limit]:
            entry = self._entry(each)
            self.body.insertWidget(len(self._entries), entry)
            self._entries.append(entry)
        self._count.set(str(len(self._found)))
        self._count.setAccessibleName(self.tr("{count} pengaduan mirip").format(count=len(self._found)))
        self._count.setVisible(bool(self._found))
        self.rebuilt.emit()

    def _entry(self, each: Similar) -> QWidget:
        theme, row = self._theme, each.candidate
        entry = QWidget()
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(16), theme.px(9), theme.px(12), 0)
        inner.setSpacing(theme.px(1))
        inner.addWidget(_title(each))
        inner.addLayout(self._verdict(each))
        reason = self._reason(each)
        if reason is not None:
            inner.addWidget(reason)
        entry.setToolTip(", ".join(map(said, each.because)))
        look = KeyButton(theme, self.tr("Lihat"), Icon.SHOW, kind=ButtonKind.QUIET, dense=True)
        look.setAccessibleName(self.tr("Lihat {reference}").format(reference=row.reference))
        look.clicked.connect(lambda: self.look_requested.emit(row.id))
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(4), 0, 0, theme.px(5))  # its icon stands in line with the texts above
        foot.addWidget(look)
        if row.status in JOINABLE:
            join = KeyButton(
                theme, self.tr("Tambah sebagai pelapor"), Icon.REPORTER_ADDED, kind=ButtonKind.QUIET, dense=True
            )
            join.setAccessibleName(self.tr("Tambah sebagai pelapor pada {reference}").format(reference=row.reference))
            join.clicked.connect(lambda: self.join_requested.emit(row))
            foot.addWidget(join)
        foot.addStretch(1)
        column.addLayout(inner)
        column.addLayout(foot)
        column.addWidget(hairline())
        return entry

    def _verdict(self, each: Similar) -> QHBoxLayout:
        theme, row = self._theme, each.candidate
        very = each.likeness is Likeness.VERY
        line = QHBoxLayout()
        line.setSpacing(theme.px(4))
        tone = theme.tone(Tone.AMBER if very else Tone.NEUTRAL)
        line.addWidget(Glyph(theme, Icon.COPY, tone.glyph, SIZES.icon_small))
        word = self.tr("Sangat mirip") if very else self.tr("Agak mirip")
        line.addWidget(TextLabel(word, TextRole.CAPTION, tone.text if very else Colour.TEXT_2, bold=True))
        status = said(STATUS_WORDS[row.status]).lower()
        told = f"· {row.reference} · {short_date(row.received_date, self._today)}, {status}"
        line.addWidget(ElidedLabel(told, TextRole.CAPTION, Colour.TEXT_2), 1)
        return line

    def _reason(self, each: Similar) -> ElidedLabel | None:
        """Why, where there is room for a line more."""
        if not each.because or self._limit <= _FEW:
            return None
        words = self.tr("karena: {reasons}").format(reasons=", ".join(map(said, each.because)))
        return ElidedLabel(words, TextRole.CAPTION, Colour.TEXT_2)


def _title(each: Similar) -> TextLabel:
    """The title with the shared words in bold; a confidential one is not shown to whoever looks over the counter."""
    if each.candidate.confidential:
        return TextLabel(tr("Rahasia: buka untuk membaca"), colour=Colour.TEXT_2)
    words = "".join(f"<b>{escape(text)}</b>" if shared else escape(text) for text, shared in each.pieces)
    label = TextLabel(words, wrap=True, rich=True)
    label.setAccessibleName(each.candidate.title)
    return label
