"""The three steps of the enrolment, each with its fields; what was typed stays when one goes back."""

from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from sync.enrol_file import EnrolFile
from sync.protocol import EnrolOffer
from ui.setup.file_row import FileRow
from ui.sign_in.new_pin import NewPin
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.card import Card
from ui.widgets.editors import LineEdit
from ui.widgets.field import Field, FieldState
from ui.widgets.labels import TextLabel


class Step(QWidget):
    """A title, a sentence, and what is to be filled in."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(8))

    def introduce(self, theme: Theme, title: str, sentence: str) -> None:
        """Say what this step is about."""
        self.column.addWidget(TextLabel(title, TextRole.TITLE, bold=True, wrap=True))
        self.column.addWidget(TextLabel(sentence, colour=Colour.TEXT_2, wrap=True))
        self.column.addSpacing(theme.px(12))
        self.setAccessibleName(title)


class CodeStep(Step):
    """Where the city's server is, and the code that the city's administrator gave."""

    def __init__(self, theme: Theme, server_url: str) -> None:
        super().__init__(theme)
        self.introduce(
            theme,
            self.tr("Daftarkan loket ini"),
            self.tr("Sekali saja. Perlu jaringan, dan kode atau berkas pendaftaran dari admin kota (Diskominfotik)."),
        )
        address = LineEdit(theme, "https://lapor.banjarmasinkota.go.id", icon=Icon.CENTRE)
        self.server = Field(theme, self.tr("Alamat server kota"), address)
        self.code = Field(
            theme,
            self.tr("Kode pendaftaran"),
            LineEdit(theme, longest=60),
            help_text=self.tr("Huruf besar atau kecil dan spasi boleh. Satu kode untuk satu loket."),
        )
        self.column.addWidget(self.server)
        self.column.addWidget(self.code)
        self.files = FileRow(theme)
        self.column.addWidget(self.files)
        self.column.addStretch(1)
        _editor(self.server).setText(server_url)
        for field in (self.server, self.code):
            _editor(field).textEdited.connect(self.files.forget)

    def answers(self) -> tuple[str, str]:
        """Address and code as typed."""
        return _editor(self.server).text().strip(), _editor(self.code).text().strip()

    def take_from(self, room: QScrollArea) -> None:
        """An enrolment file may be dropped anywhere in this room."""
        self.files.take_from(room, self.server.editor, self.code.editor)

    def take_file(self, file: EnrolFile) -> None:
        """Address and code are those of an enrolment file, until somebody types others."""
        for field, text in ((self.server, file.server), (self.code, file.code)):
            _editor(field).setText(text)
            _tell(field, "")
        self.files.show_file(file)

    def begin(self) -> None:
        """Put the cursor into the first empty field."""
        address, code = self.answers()
        field = self.server if not address else self.code
        field.editor.setFocus()
        if code:
            _editor(self.code).selectAll()

    def advance(self) -> bool:
        """Enter in the address goes on to the code while that is empty; False where the cursor stays."""
        moves = self.server.editor.hasFocus() and not self.answers()[1]
        if moves:
            self.code.editor.setFocus()
        return moves

    def check(self) -> bool:
        """Say what is still empty; True when nothing is."""
        address, code = self.answers()
        asked = (
            (self.server, address, self.tr("Tulis alamat server kota, seperti yang diberikan admin kota.")),
            (self.code, code, self.tr("Tulis kode pendaftaran dari admin kota.")),
        )
        empty = [field for field, answer, _sentence in asked if not answer]
        for field, answer, sentence in asked:
            _tell(field, "" if answer else sentence)
        if empty:
            empty[0].editor.setFocus()
        return not empty


class OfferStep(Step):
    """What the code is for, to be confirmed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.introduce(
            theme,
            self.tr("Benarkah loket ini?"),
            self.tr("Kode ini hanya untuk loket di bawah. Bila bukan, kembali dan minta kode yang lain."),
        )
        card = Card(theme)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnStretch(1, 1)
        names = (self.tr("Kelurahan"), self.tr("Kecamatan"), self.tr("Kota"), self.tr("Loket"))
        self._values = [TextLabel("", bold=True, wrap=True) for _name in names]
        for row, (name, value) in enumerate(zip(names, self._values, strict=True)):
            label = TextLabel(name, colour=Colour.TEXT_2)
            label.setBuddy(value)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(value, row, 1)
        card.body.addLayout(self._grid)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def show_offer(self, offer: EnrolOffer) -> None:
        """Show what the server said."""
        texts = (offer.office_name, offer.district, offer.city, offer.desk)
        for value, text in zip(self._values, texts, strict=True):
            value.setText(text)

    def words(self) -> list[str]:
        """What is shown: kelurahan, kecamatan, city, desk."""
        return [value.text() for value in self._values]


class OfficerStep(Step):
    """Who works here first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.introduce(
            theme,
            self.tr("Siapa yang bertugas?"),
            self.tr(
                "Nama ini tertulis pada setiap yang dicatat di loket ini. Petugas pertama menjadi admin loket; "
                "petugas lain ditambahkan di Pengaturan."
            ),
        )
        self.officer = Field(
            theme, self.tr("Nama petugas"), LineEdit(theme, longest=100), help_text=self.tr("Seperti pada surat tugas.")
        )
        self.pin = NewPin(theme)
        self.column.addWidget(self.officer)
        self.column.addWidget(self.pin)
        _editor(self.officer).textEdited.connect(self.officer.clear_state)

    def name(self) -> str:
        """The name as typed."""
        return _editor(self.officer).text().strip()

    def advance(self) -> bool:
        """Enter goes on to what is still empty; False where the cursor stays."""
        if self.officer.editor.hasFocus() and self.name() and not self.pin.pin():
            self.pin.first.setFocus()
            return True
        return self.pin.advance()

    def check(self) -> bool:
        """Say what is still empty or will not do; True when nothing is."""
        _tell(self.officer, "" if self.name() else self.tr("Tulis nama petugas yang memakai loket ini."))
        good = self.pin.check()
        if not self.name():
            self.officer.editor.setFocus()
        return good and bool(self.name())


def _editor(field: Field) -> LineEdit:
    if not isinstance(field.editor, LineEdit):
        raise TypeError(field.label())
    return field.editor


def _tell(field: Field, sentence: str) -> None:
    field.set_state(FieldState.ERROR if sentence else FieldState.OK, sentence)
