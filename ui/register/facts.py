"""Who, where, what: the facts of one complaint, short or at full length."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.privacy import warnings_now
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.words import CHANNEL_WORDS, CLASSIFICATION_WORDS
from kelurahan_client.services.lists import Detail
from kelurahan_client.store.further_reporters import FurtherReporter
from kelurahan_client.store.imports import Conflict
from ui.language import said
from ui.register.attachment_strip import AttachmentStrip, Thumb
from ui.register.clamped import ClampedLabel
from ui.register.further import further_line, further_paragraphs, hides_something
from ui.register.story import conflict_words
from ui.register.words import field_word, place_words, reporter_words, tr
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import ElidedLabel, Glyph, TextLabel
from ui.wording import long_date

_FULL = 190  # design pixels that the text at full length may take; beyond, it scrolls
_LEAST = 60


class _FullText(QScrollArea):
    """As high as its text, up to a limit; lower where the window is."""

    def __init__(self, highest: int, label: TextLabel) -> None:
        super().__init__()
        self._highest = highest
        self._label = label
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.setWidget(label)

    def sizeHint(self) -> QSize:
        """The text's height at the present width."""
        return QSize(100, min(self._highest, self._label.heightForWidth(max(self.viewport().width(), 100)) + 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class Facts(QWidget):
    """`reveal_asked`: show the identity; `hide_asked`: hide it again; `decide_asked`: a conflict, by its id."""

    reveal_asked = Signal()
    hide_asked = Signal()
    decide_asked = Signal(str)

    def __init__(self, theme: Theme, reference: ReferenceData) -> None:
        super().__init__()
        self._theme = theme
        self._reference = reference
        self._revealed = False
        self._brief = False
        self._name = ElidedLabel()
        self._identity = TextLabel("", TextRole.LABEL, Colour.TEXT_2, wrap=True)
        self._identity.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._further = ElidedLabel("", TextRole.LABEL, Colour.TEXT_2)
        self._reveal = KeyButton(theme, self.tr("Tampilkan…"), kind=ButtonKind.QUIET, dense=True)
        self._reveal.clicked.connect(self._press_reveal)
        self._place = ElidedLabel()
        self._statement = ClampedLabel()
        self._category = ElidedLabel()
        self._more = KeyButton(theme, self.tr("Baca seluruhnya"), kind=ButtonKind.QUIET, dense=True)
        self._more.clicked.connect(self._toggle)
        self._full = TextLabel("", wrap=True)
        self._full.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._conflicts = QVBoxLayout()
        self.strip = AttachmentStrip(theme)
        self._files_word = TextLabel(self.tr("Lampiran"), TextRole.LABEL, Colour.TEXT_3)
        self._scroll = _FullText(theme.px(_FULL), self._full)
        self._scroll.setMinimumHeight(theme.px(_LEAST))
        self._scroll.setAccessibleName(self.tr("Isi selengkapnya"))
        self._scroll.hide()
        self._build()

    def show_detail(
        self, detail: Detail, clear: Complaint | None, today: date, others: Sequence[FurtherReporter] = ()
    ) -> None:
        """Show a complaint, masked, or with the identity of `clear`; `others` brought it too."""
        masked = detail.complaint
        self._revealed = clear is not None
        shown = clear or masked
        phone = "" if masked.anonymous or self._revealed else masked.reporter_phone
        self._name.setText("  ".join(part for part in (reporter_words(shown, revealed=self._revealed), phone) if part))
        identity = self._identity_words(shown) if self._revealed else ""
        self._identity.setText(identity)
        self._identity.setVisible(bool(identity))
        self._reveal.set_text(self.tr("Sembunyikan") if self._revealed else self.tr("Tampilkan…"))
        self._reveal.setVisible(self._revealed or self._hides_something(masked) or hides_something(others))
        further = further_line(others, revealed=self._revealed)
        self._further.setText(further)
        self._further.setVisible(bool(further))
        self._place.setText(place_words(masked))
        self._statement.setText(masked.statement)
        self._category.setText(detail.category_name or self.tr("belum ditentukan"))
        self._full.setText("\n".join([self._full_words(detail), *further_paragraphs(others, revealed=self._revealed)]))
        self._scroll.updateGeometry()
        self._show_conflicts(detail.conflicts, conflict_words(detail, today, self._reference))

    def show_files(self, files: Sequence[Attachment]) -> list[Thumb]:
        """Show the files of the complaint; returns those whose picture is wanted."""
        wanted = self.strip.show_files(files)
        self.set_brief(self._brief)
        return wanted

    def set_brief(self, brief: bool) -> None:
        """While something is asked, the files give their room to the question."""
        self._brief = brief
        for widget in (self.strip, self._files_word):
            widget.setVisible(bool(self.strip.thumbs) and not brief)

    def fold(self) -> None:
        """Back to the short form: another complaint is shown."""
        self._set_full(False)
        self._scroll.verticalScrollBar().setValue(0)

    def set_roomy(self, roomy: bool) -> None:
        """Where the window is high, the text shows three lines."""
        self._statement.set_lines(3 if roomy else 1)

    def text_of_reporter(self) -> str:
        """Name, telephone and what was revealed, as shown."""
        return " ".join(filter(None, (self._name.text(), self._identity.text(), self._further.text())))

    def text_in_full(self) -> str:
        """What *Baca seluruhnya* shows."""
        return self._full.text()

    def event(self, event: QEvent) -> bool:
        """Wrapped words keep the height that they need at the present width."""
        handled = super().event(event)
        layout = self.layout()
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize} and layout is not None:
            self.setMinimumHeight(max(0, layout.totalMinimumHeightForWidth(self.width())))
        return handled

    def _build(self) -> None:
        px = self._theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(px(16), px(6), px(8), px(6))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, px(56))
        grid.setColumnStretch(1, 1)
        grid.setRowMinimumHeight(2, px(24))
        rows = ((self.tr("Pelapor"), 0), (self.tr("Lokasi"), 2), (self.tr("Isi"), 3), (self.tr("Kategori"), 5))
        for name, row in rows:
            top = Qt.AlignmentFlag.AlignTop if row == 3 else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(TextLabel(name, TextRole.LABEL, Colour.TEXT_3), row, 0, top)
        named = QHBoxLayout()  # a line of its own: the wider button below would take from the telephone number
        named.setSpacing(px(8))
        named.addWidget(self._name, 1)
        named.addWidget(self._reveal)
        grid.addLayout(named, 0, 1, 1, 2)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self._identity)
        who.addWidget(self._further)
        grid.addLayout(who, 1, 1, 1, 2)
        grid.addWidget(self._place, 2, 1, 1, 2)
        grid.addWidget(self._statement, 3, 1, 1, 2)
        grid.addWidget(self._scroll, 3, 1, 1, 2)
        grid.addWidget(self._category, 5, 1)
        grid.addWidget(self._more, 5, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._files_word, 6, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.strip, 6, 1, 1, 2)
        self.show_files(())
        self._conflicts.setSpacing(px(4))
        for widget in (self._place, self._statement, self._full):
            widget.setContentsMargins(0, 0, px(8), 0)
        grid.addLayout(self._conflicts, 7, 0, 1, 3)

    def _toggle(self) -> None:
        self._set_full(self._scroll.isHidden())

    def _set_full(self, full: bool) -> None:
        self._scroll.setVisible(full)
        self._statement.setVisible(not full)
        self._more.set_text(self.tr("Ringkas") if full else self.tr("Baca seluruhnya"))

    def _press_reveal(self) -> None:
        if self._revealed:
            self.hide_asked.emit()
        else:
            self.reveal_asked.emit()

    @staticmethod
    def _hides_something(masked: Complaint) -> bool:
        named = masked.reporter_name or masked.reporter_address
        return bool(masked.reporter_nik or masked.reporter_phone or (masked.anonymous and named))

    @staticmethod
    def _identity_words(clear: Complaint) -> str:
        nik = tr("NIK {nik}").format(nik=clear.reporter_nik) if clear.reporter_nik else ""
        return " · ".join(part for part in (clear.reporter_phone, nik, clear.reporter_address) if part)

    def _full_words(self, detail: Detail) -> str:
        """The statement with everything that has no line of its own."""
        complaint = detail.complaint
        parts = [complaint.statement, ""]
        parts.append(
            tr("{classification}, lewat {channel}, diterima {day}.").format(
                classification=said(CLASSIFICATION_WORDS[complaint.classification]),
                channel=said(CHANNEL_WORDS[complaint.channel]).lower(),
                day=long_date(complaint.received_date),
            )
        )
        if complaint.event_date is not None:
            parts.append(tr("Kejadian {day}.").format(day=long_date(complaint.event_date)))
        office = self._reference.office(complaint.location_office)
        if office is not None:
            parts.append(tr("Lokasi di Kelurahan {name}.").format(name=office.name))
        if not complaint.resident:
            parts.append(tr("Pelapor bukan warga kota."))
        if complaint.note:
            parts.append(tr("Keterangan: {note}").format(note=complaint.note))
        if complaint.book_number or complaint.book_sheet:
            parts.append(
                tr("Buku register: nomor {number}, lembar {sheet}.").format(
                    number=complaint.book_number or "–", sheet=complaint.book_sheet or "–"
                )
            )
        parts += [tr("Perhatikan: {warning}").format(warning=said(warning)) for warning in warnings_now(complaint)]
        return "\n".join(parts)

    def _show_conflicts(self, found: Sequence[Conflict], sentences: list[str]) -> None:
        while (item := self._conflicts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for conflict, sentence in zip(found, sentences, strict=True):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, self._theme.px(8), 0)
            row.setSpacing(self._theme.px(8))
            row.addWidget(Glyph(self._theme, Icon.CONFLICT, Colour.RED, SIZES.icon_small), 0, Qt.AlignmentFlag.AlignTop)
            words = TextLabel(sentence, TextRole.LABEL, Colour.RED_TEXT, wrap=True)
            row.addWidget(words, 1)
            if not conflict.decided:
                decide = KeyButton(self._theme, self.tr("Putuskan…"), kind=ButtonKind.DANGER_QUIET, dense=True)
                decide.setAccessibleName(self.tr("Putuskan {field}").format(field=field_word(conflict.field)))
                decide.clicked.connect(partial(self.decide_asked.emit, conflict.id))
                row.addWidget(decide, 0, Qt.AlignmentFlag.AlignTop)
            self._conflicts.addWidget(line)
