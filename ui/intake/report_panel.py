"""Laporan: what is reported, where, when, and how it reached the desk."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.complaint import Channel, Classification
from kelurahan_client.domain.dates import read_date
from kelurahan_client.domain.day_words import format_date
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.text import title_from
from kelurahan_client.domain.words import CHANNEL_WORDS, CLASSIFICATION_WORDS
from ui.intake.attachment_box import AttachmentBox
from ui.intake.form import FormState
from ui.intake.panel import FormPanel
from ui.language import said
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.choices import CheckBox, Option, SegmentedChoice
from ui.widgets.editors import Combo, LineEdit, TextEdit
from ui.widgets.field import Field
from ui.widgets.office_combo import office_combo

_DATES = ("event_date", "received_date")
_TEXTS = (*_DATES, "classification", "channel", "title", "statement", "location", "location_office")
_LONGEST_STATEMENT_LINES = 4
_OFFICE_OWN, _OFFICE_NAMED = 84, 168  # design pixels


class ReportPanel(FormPanel):
    """The right side of the form; `suggestion_place` is where the suggestions stand in a narrow window."""

    def __init__(self, theme: Theme, reference: ReferenceData, today: Callable[[], date]) -> None:
        super().__init__(theme)
        self._today = today
        self.set_title(self.tr("Laporan"))
        self.urgent = CheckBox(theme, self.tr("Mendesak"))
        self.urgent.clicked.connect(lambda: self.edited.emit("urgent"))
        self.head.addWidget(self.urgent)
        kinds = [Option(kind.value, said(CLASSIFICATION_WORDS[kind])) for kind in Classification]
        label = self.tr("Klasifikasi")
        self.column.addWidget(self.add("classification", Field(theme, label, SegmentedChoice(theme, label, kinds))))
        self._add_origin()
        self._subject = LineEdit(theme)
        self.column.addWidget(self.add("title", Field(theme, self.tr("Judul"), self._subject)))
        self._statement = TextEdit(theme, lines=_LONGEST_STATEMENT_LINES)
        self.column.addWidget(self.add("statement", Field(theme, self.tr("Isi laporan"), self._statement)), 1)
        self._statement.textChanged.connect(self.show_derived_title)
        self.suggestion_place = QVBoxLayout()
        self.column.addLayout(self.suggestion_place)
        self._add_place(reference)
        self.attachments = AttachmentBox(theme)
        self.column.addWidget(self.attachments)
        self.edited.connect(self._show_received_date)
        self.left.connect(self._write_date_out)

    def read(self) -> dict[str, Any]:
        """The form's fields of this side."""
        return {"urgent": self.urgent.isChecked()} | {name: self.value(name) or "" for name in _TEXTS}

    def fill(self, state: FormState) -> None:
        """Show another form."""
        self.urgent.setChecked(state.urgent)
        for name in _TEXTS:
            self.set_value(name, getattr(state, name))
        self._show_received_date()
        self.show_derived_title()

    def stops(self) -> list[QWidget]:
        """The tick beside the title comes first."""
        return [self.urgent, *super().stops()]

    def show_derived_title(self) -> None:
        """Show in the empty title what it will be if nobody writes one."""
        derived = title_from(self._statement.text())
        self._subject.setPlaceholderText(derived or self.tr("Kosong: diambil dari kalimat pertama"))

    def _add_origin(self) -> None:
        """Channel and dates; the date of receipt wherever nobody stands at the counter: the deadlines begin with it."""
        theme = self._theme
        channel = Combo(theme)
        for value in Channel:
            channel.add(value.value, said(CHANNEL_WORDS[value]))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.add("channel", Field(theme, self.tr("Kanal"), channel)), 1)
        happened = LineEdit(theme, self.tr("misalnya 3/8"), longest=100)
        row.addWidget(self.add("event_date", Field(theme, self.tr("Tanggal kejadian"), happened)), 1)
        self.column.addLayout(row)
        self.column.addWidget(self.message_below("event_date"))
        self._received = LineEdit(theme, longest=100)
        remark = self.tr("kosong berarti hari ini")
        field = self.add("received_date", Field(theme, self.tr("Diterima tanggal"), self._received, remark=remark))
        field.hide()
        self.column.addWidget(field)

    def _add_place(self, reference: ReferenceData) -> None:
        """Where it happened; that it is in this kelurahan takes little room."""
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        place = LineEdit(theme, icon=Icon.PLACE)
        row.addWidget(self.add("location", Field(theme, self.tr("Lokasi"), place)), 1)
        offices = office_combo(theme, reference, self.tr("ini"))
        offices.view().setMinimumWidth(theme.px(_OFFICE_NAMED))
        office = self.add("location_office", Field(theme, self.tr("Kelurahan"), offices))
        offices.setAccessibleName(self.tr("Kelurahan lokasi"))

        def make_room() -> None:
            office.setFixedWidth(theme.px(_OFFICE_NAMED if offices.value() else _OFFICE_OWN))

        offices.currentIndexChanged.connect(make_room)
        make_room()
        row.addWidget(office)
        self.column.addLayout(row)

    def _show_received_date(self) -> None:
        arrived_before = self.value("channel") != Channel.IN_PERSON
        self._received.setPlaceholderText(format_date(self._today()))
        self.fields["received_date"].setVisible(arrived_before or bool(self._received.text().strip()))

    def _write_date_out(self, name: str) -> None:
        """`3/8` becomes `3 Agustus 2026`, so that the clerk sees which year was understood."""
        if name not in _DATES:
            return
        written = self.value(name) or ""
        reading = read_date(written, today=self._today())
        if reading.value is not None and format_date(reading.value) != written:
            self.set_value(name, format_date(reading.value))
            self.edited.emit(name)
