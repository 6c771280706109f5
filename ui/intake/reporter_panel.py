"""Pelapor: who came, and what may be known of them."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.intake.form import FormState
from ui.intake.panel import FormPanel
from ui.theme.theme import Theme
from ui.widgets.choices import CheckBox
from ui.widgets.editors import LineEdit
from ui.widgets.field import Field
from ui.widgets.nik_edit import NikEdit
from ui.widgets.privacy_choice import ANSWERS, NO, YES, privacy_choice, question

_VALUES = {True: YES, False: NO, None: None}
_LINES = ("reporter_name", "reporter_nik", "reporter_phone", "reporter_address", "rt_rw")


class ReporterPanel(FormPanel):
    """The left side of the form. Both questions are open at first: they are to be read aloud."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.set_title(self.tr("Pelapor"))
        self.non_resident = CheckBox(theme, self.tr("Bukan warga kota"))
        self.non_resident.clicked.connect(lambda: self.edited.emit("resident"))
        self.head.addWidget(self.non_resident)
        for name in ("anonymous", "confidential"):
            self.column.addWidget(self.add(name, Field(theme, question(name), privacy_choice(theme, name))))
        empty = self.tr("boleh kosong")
        self.column.addWidget(self.add("reporter_name", Field(theme, self.tr("Nama"), LineEdit(theme))))
        self.column.addWidget(self.add("reporter_nik", Field(theme, self.tr("NIK"), NikEdit(theme), remark=empty)))
        phone = Field(theme, self.tr("Nomor HP"), LineEdit(theme), remark=empty)
        self.column.addWidget(self.add("reporter_phone", phone))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.add("reporter_address", Field(theme, self.tr("Alamat"), LineEdit(theme))), 1)
        neighbourhood = self.add("rt_rw", Field(theme, self.tr("RT/RW"), LineEdit(theme, "12/3", longest=60)))
        neighbourhood.setFixedWidth(theme.px(84))
        row.addWidget(neighbourhood)
        self.column.addLayout(row)
        self.column.addWidget(self.message_below("rt_rw"))
        self.column.addStretch(1)

    def read(self) -> dict[str, Any]:
        """The form's fields of this side."""
        return {
            "resident": not self.non_resident.isChecked(),
            "anonymous": ANSWERS[self.value("anonymous")],
            "confidential": ANSWERS[self.value("confidential")],
        } | {name: self.value(name) or "" for name in _LINES}

    def stops(self) -> list[QWidget]:
        """The tick beside the title comes first."""
        return [self.non_resident, *super().stops()]

    def fill(self, state: FormState) -> None:
        """Show another form."""
        self.non_resident.setChecked(not state.resident)
        self.set_value("anonymous", _VALUES[state.anonymous])
        self.set_value("confidential", _VALUES[state.confidential])
        for name in _LINES:
            self.set_value(name, getattr(state, name))
