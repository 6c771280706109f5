"""A complaint corrected in the pane: what was changed, and what was changed elsewhere meanwhile."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.services.half_written import Content
from kelurahan_client.services.lists import Detail
from ui.register.edit_fields import EditFields
from ui.register.field_editors import Editor
from ui.register.standing_values import StandingValues
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.field import Field, FieldState
from ui.widgets.notices import Banner


class EditForm(QWidget):
    """`saved` when the changes are to be kept, `left` when they are not wanted, `typed` with each change."""

    saved = Signal()
    left = Signal()
    typed = Signal()

    def __init__(self, theme: Theme, reference: ReferenceData, today: Callable[[], date]) -> None:
        super().__init__()
        self.complaint_id = ""
        self._filling = False
        self.fields = EditFields(theme, reference, today)
        self._known = StandingValues(self.fields.editors, reference)
        self._newer = Banner(theme, icon=Icon.WARNING, tone=Tone.AMBER)
        self._banner = Banner(theme)
        self.save = KeyButton(theme, self.tr("Simpan"), Icon.SAVE, key="Ctrl+S", kind=ButtonKind.PRIMARY, binds=True)
        self.save.clicked.connect(self._save)
        self.cancel = KeyButton(theme, self.tr("Batal"), key="Esc", kind=ButtonKind.QUIET)
        self.cancel.clicked.connect(self.left)
        self.fields.changed.connect(self._changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.fields, 1)
        column.addWidget(self._foot(theme))

    def show_detail(self, detail: Detail, clear: Complaint | None, begun: Content | None = None) -> None:
        """Fill in the values as they stand, and what was `begun` before (see `content`).

        What is hidden stays hidden and is changed by typing over it.
        """
        self.complaint_id = detail.complaint.id
        self._filling = True
        for name in self._known.names():
            self._fill(name, detail.complaint, clear)
            self.fields.fields[name].clear_state()
        for name, words in (begun or {}).get("changes", {}).items():
            if name in self._known:
                self._known[name].seen = str((begun or {}).get("seen", {}).get(name, ""))
                self.fields.put(name, str(words))
        self._filling = False
        self._banner.hide()
        self._say_newer()
        self.save.setEnabled(True)
        self.fields.verticalScrollBar().setValue(0)
        self.fields.lead_to(next(iter(self.changes()), "title"))

    def renew(self, detail: Detail, clear: Complaint | None) -> None:
        """The complaint may have changed elsewhere: what nobody has touched here follows, what was typed stays."""
        typed = self.changes()
        self._filling = True
        for name in self._known.names():
            known = self._known[name]
            if str(getattr(detail.complaint, name)) != known.now:
                seen = known.seen
                self._fill(name, detail.complaint, clear)
                if name in typed:
                    known.seen = seen
                    self.fields.put(name, typed[name])
        self._filling = False
        self._say_newer()

    def changes(self) -> dict[str, str]:
        """What differs from what stands there now."""
        return self._known.changes({name: self.fields.value(name) for name in self._known.names()})

    def content(self) -> Content:
        """The changes, and what stood there for whoever began to make them, to be kept; nothing for none."""
        return self._known.content(self.changes())

    def seen(self) -> dict[str, str]:
        """What stands now, for all that can be seen here, in the fields that were changed (masked)."""
        return {name: self._known[name].now for name in self.changes()}

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Say beside each field how to mend it; the first gets the cursor."""
        self.save.setEnabled(True)
        elsewhere = [text for name, text in errors.items() if name not in self._known]
        for name, text in errors.items():
            if name in self._known:
                self.field(name).set_state(FieldState.ERROR, text)
        first = next((name for name in self._known.names() if name in errors), None)
        if first is not None:
            self.fields.lead_to(first)
        if elsewhere:
            self.warn(self.tr("Belum tersimpan."), " ".join(elsewhere))

    def warn(self, title: str, text: str) -> None:
        """Say something above the buttons."""
        self._banner.set_words(title, text)
        self._banner.show()
        self.save.setEnabled(True)

    def editor(self, name: str) -> Editor:
        """The editor of a field."""
        return self.fields.editors[name]

    def field(self, name: str) -> Field:
        """A field with its message."""
        return self.fields.fields[name]

    def _fill(self, name: str, masked: Complaint, clear: Complaint | None) -> None:
        shown = self._known.take(name, masked, clear)
        self.fields.fill(name, shown.value, shown.mask)
        self._known[name].before = self.fields.value(name)  # a value that the editor cannot show is no change

    def _say_newer(self) -> None:
        """Beside each field that was changed here and elsewhere: what stands there by now."""
        newer = self._known.newer(self.changes())
        for name in newer:
            self.field(name).set_state(FieldState.WARNING, self._known.newer_words(name))
        self._newer.setVisible(bool(newer))
        if newer:
            self.save.setEnabled(True)
            self.fields.ensureWidgetVisible(self.field(newer[0]))

    def _foot(self, theme: Theme) -> QFrame:
        foot = QFrame()
        foot.setProperty("surface", "quiet")
        column = QVBoxLayout(foot)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        self._newer.set_words(
            self.tr("Pengaduan ini berubah sementara Anda menulis."),
            self.tr("Tulisan Anda tetap; yang baru tertulis di bawah isiannya."),
        )
        for banner in (self._newer, self._banner):
            banner.hide()
            column.addWidget(banner)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column.addLayout(row)
        return foot

    def _changed(self) -> None:
        if not self._filling:
            self.typed.emit()

    def _save(self) -> None:
        for name in self._known.names():
            self.field(name).clear_state()
        for banner in (self._newer, self._banner):
            banner.hide()
        self.save.setEnabled(False)
        self.saved.emit()
