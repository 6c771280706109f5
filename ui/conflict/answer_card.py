"""Where the decision is written: a side taken as it is, or a new value, and the reason."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.services.half_decided import HalfDecided
from ui.conflict.editors import Editor, make_editor, put, set_text, text_of
from ui.conflict.model import CaseView
from ui.language import said
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.chips import Chip
from ui.widgets.editors import Combo, LineEdit, TextEdit
from ui.widgets.labels import Glyph, TextLabel


class AnswerCard(Card):
    """`saved`: a decision to be kept; `changed`: something was typed or taken."""

    saved = Signal(object)
    changed = Signal()

    def __init__(self, theme: Theme, reference: ReferenceData) -> None:
        super().__init__(theme, padding=0)
        self._reference = reference
        self._view: CaseView | None = None
        self._side = ""
        self._filled = ""  # what the editor says while a side is taken as it is
        self.set_selected(True)
        self._mode = TextLabel("", bold=True)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._begin = QHBoxLayout()
        self._beginnings: list[KeyButton] = []
        self._begin_word = TextLabel(self.tr("Mulai dari:"), TextRole.CAPTION, Colour.TEXT_2)
        self._room = QHBoxLayout()
        self.editor: Editor = LineEdit(theme)
        self.reason = LineEdit(theme, self.tr("misalnya: sudah ditelepon, pelapor membenarkan"), longest=5_000)
        self.reason.setAccessibleName(self.tr("Alasan"))
        self.reason.textChanged.connect(self.changed)
        self.reason.returnPressed.connect(self._save)
        self.save = KeyButton(
            theme, self.tr("Simpan keputusan"), Icon.CHECK, key="Ctrl+S", kind=ButtonKind.PRIMARY, binds=True
        )
        self.save.clicked.connect(self._save)
        self._mark = Glyph(theme, Icon.HISTORY, Colour.TEXT_2, SIZES.icon_small)
        self._words = TextLabel("", TextRole.CAPTION, Colour.TEXT_2, wrap=True)
        QShortcut(QKeySequence("E"), self).activated.connect(self.focus_editor)
        self._build()

    def show_case(self, view: CaseView, draft: HalfDecided) -> None:
        """Show another conflict, with what was half decided about it."""
        self._view = view
        old, self.editor = self.editor, make_editor(self._theme, view.case, self._reference)
        self._room.replaceWidget(old, self.editor)
        old.hide()
        old.deleteLater()
        set_text(self.editor, draft.value)
        self.reason.setText(draft.reason)
        sides = [side.side for side in view.sides]
        self._side = draft.side if draft.side in sides else ""
        self._filled = draft.value if self._side else ""
        editor = self.editor
        signal = editor.currentIndexChanged if isinstance(editor, Combo) else editor.textChanged
        signal.connect(self._typed)
        if isinstance(editor, LineEdit):
            editor.returnPressed.connect(self._save)
        self._show_beginnings(view)
        self.clear_refusal()
        self._say_mode()
        if self._side and not draft.value:  # from the disk, where only the side is kept
            self.take(sides.index(self._side))

    def draft(self) -> HalfDecided:
        """What is half decided."""
        return HalfDecided(text_of(self.editor), self._side, self.reason.text())

    def parts(self) -> list[QWidget]:
        """What Tab comes to, in this order."""
        return [*self._beginnings, self.editor, self.reason, self.save]

    def take(self, place: int) -> None:
        """Fill the editor with a side as it stands."""
        self._fill(place, taken=True)
        self.clear_refusal()

    def focus_editor(self) -> None:
        """E: write."""
        (self.editor if self.editor.isEnabled() else self.reason).setFocus()

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Say how to mend it; the words stay."""
        self._say(said(" ".join(errors.values())), wrong=True)
        self.save.setEnabled(True)
        (self.reason if "reason" in errors else self.editor).setFocus()

    def clear_refusal(self) -> None:
        """Say again what becomes of the values that are not chosen."""
        self._say(self.tr("Nilai yang tidak dipilih tetap tersimpan di riwayat pengaduan."), wrong=False)
        self.save.setEnabled(True)

    def _fill(self, place: int, *, taken: bool) -> None:
        if self._view is None or place >= len(self._view.sides):
            return
        side = self._view.case.sides[place]
        blank = self._view.case.hidden and not taken  # to go on writing from a mask makes no sense
        self._side = ""
        if blank:
            set_text(self.editor, "")
        else:
            put(self.editor, self._view.case, side.value, self._reference)
        self._filled = text_of(self.editor)
        self._side = side.id if taken else ""
        self._say_mode()
        self.changed.emit()
        if not taken:
            self.focus_editor()
            if isinstance(self.editor, LineEdit):
                self.editor.end(False)

    def _typed(self) -> None:
        if self._side and text_of(self.editor) != self._filled:
            self._side = ""
        self._say_mode()
        self.changed.emit()

    def _say_mode(self) -> None:
        taken = next((side for side in self._view.sides if side.side == self._side), None) if self._view else None
        self._mode.setText(taken.take if taken is not None else self.tr("Tulis yang baru"))

    def _say(self, text: str, *, wrong: bool) -> None:
        self._words.setText(text)
        self._words.set_colour(Colour.RED_TEXT if wrong else Colour.TEXT_2)
        self._mark.set(Icon.ERROR if wrong else Icon.HISTORY, Colour.RED if wrong else Colour.TEXT_2)
        self.editor.setAccessibleDescription(text if wrong else "")
        if (self.editor.property("state") == "error") is not wrong:
            self.editor.setProperty("state", "error" if wrong else "ok")
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    def _save(self) -> None:
        draft = self.draft()
        if not self.save.isEnabled():
            return
        if not draft.side and not draft.value.strip():
            self.refuse({"value": self.tr("Pilih salah satu isi di atas (1, 2), atau tulis isi yang benar.")})
        elif not draft.side and not draft.reason.strip():
            self.refuse({"reason": self.tr("Tulis alasan keputusan ini: isinya lain dari semua yang ada di atas.")})
        else:
            self.clear_refusal()
            self.save.setEnabled(False)
            self.saved.emit(draft)

    def _show_beginnings(self, view: CaseView) -> None:
        for old in self._beginnings:
            self._begin.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._beginnings = []
        writes = self.editor.isEnabled() and isinstance(self.editor, LineEdit | TextEdit) and not view.case.hidden
        self._begin_word.setVisible(writes)
        for place, side in enumerate(view.sides if writes else ()):
            button = KeyButton(self._theme, side.short, kind=ButtonKind.QUIET, dense=True)
            button.setAccessibleName(self.tr("Mulai dari yang {where}").format(where=side.short))
            button.clicked.connect(partial(self._fill, place, taken=False))
            self._begin.addWidget(button)
            self._beginnings.append(button)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What one may begin from goes below where there is no room beside."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        parts = [self._top.itemAt(at) for at in range(self._top.count())]
        needed = sum(part.minimumSize().width() for part in parts if part is not None)
        narrow = self.width() < needed + self._theme.px(48)
        self._top.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        at_left = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0)
        self._top.setAlignment(self._begin, at_left)

    def _build(self) -> None:
        px = self._theme.px
        self.body.setContentsMargins(px(15), px(6), px(15), px(10))
        self.body.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Glyph(self._theme, Icon.EDITED, Colour.ACCENT))
        head.addWidget(self._mode)
        key = Chip(self._theme, "E", outline=True)
        key.setAccessibleName(self.tr("Tombol E"))
        head.addWidget(key)
        head.addStretch(1)
        self._begin.setSpacing(0)
        self._begin.addWidget(self._begin_word)
        room = QWidget()
        room.setMinimumHeight(px(32))
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.addLayout(head, 1)
        self._top.addLayout(self._begin)
        room.setLayout(self._top)
        self.body.addWidget(room)
        self._room.addWidget(self.editor)
        self.body.addLayout(self._room)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        label = TextLabel(self.tr("Alasan"), TextRole.LABEL, Colour.TEXT_2, bold=True)
        label.setBuddy(self.reason)
        row.addWidget(label)
        row.addWidget(self.reason, 1)
        row.addWidget(self.save)
        self.body.addLayout(row)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._mark)
        foot.addWidget(self._words, 1)
        self.body.addLayout(foot)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
