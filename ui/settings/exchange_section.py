"""When the desk exchanges by itself."""

from functools import partial

from PySide6.QtCore import Signal

from kelurahan_client.domain.roles import Right
from kelurahan_client.errors import InputError, LaporError
from kelurahan_client.services import preferences
from kelurahan_client.services.preferences import PAUSES, ExchangeTimes
from ui.settings.section import Remark, Room, Section, commands
from ui.theme.icons import Icon
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.choices import CheckBox
from ui.widgets.editors import Combo, LineEdit
from ui.widgets.field import Field, FieldState


class ExchangeSection(Section):
    """Every so many minutes while something waits, and at fixed times whatever waits. `times_changed` after saving."""

    times_changed = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            self.tr("Waktu pertukaran"),
            self.tr("Kapan loket ini mengirim dan menerima sendiri. F9 selalu bisa ditekan."),
        )
        theme = room.theme
        self.automatic = CheckBox(theme, self.tr("Coba sendiri selama ada yang belum terkirim"))
        self.minutes = Combo(theme, self.tr("Setiap"))
        for pause in PAUSES:
            self.minutes.add(str(pause), self.tr("{n} menit").format(n=pause))
        self.at = LineEdit(theme, "08.00, 15.30", icon=Icon.DUE)
        self.minutes_field = Field(
            theme,
            self.tr("Setiap"),
            self.minutes,
            help_text=self.tr("Lebih jarang selama jaringan putus, supaya tidak mengganggu."),
        )
        self.at_field = Field(
            theme,
            self.tr("Juga pada jam (WITA)"),
            self.at,
            remark=self.tr("boleh kosong"),
            help_text=self.tr(
                "Paling banyak empat, misalnya 08.00, 15.30. Perubahan dari kota diterima juga saat itu."
            ),
        )
        self.button = KeyButton(theme, self.tr("Simpan"), Icon.SAVE, key="Ctrl+S")
        card = Card(theme)
        card.body.addWidget(self.automatic)
        card.body.addWidget(self.minutes_field)
        card.body.addWidget(self.at_field)
        card.body.addWidget(
            Remark(theme, self.tr("Komputer harus menyala dan Lapor Kelurahan terbuka pada jam itu."), Icon.DESK)
        )
        card.body.addLayout(commands(theme, self.button))
        self.column.addWidget(card)
        self.guard(Right.SETTINGS, card)
        self.column.addStretch(1)
        self.automatic.toggled.connect(self.minutes_field.setEnabled)
        self.button.clicked.connect(self.save)
        self.at.returnPressed.connect(self.save)

    def activate(self) -> None:
        """Ask what is set."""
        if not self.at.isModified():
            work = partial(preferences.exchange_times, self.room.desk)
            self.room.tasks.latest("settings.exchange", work, self._show, owner=self)

    def _show(self, times: ExchangeTimes) -> None:
        self.automatic.setChecked(times.minutes > 0)
        self.minutes_field.setEnabled(times.minutes > 0)
        self.minutes.set_value(str(times.minutes or PAUSES[0]))
        self.at.setText(preferences.times_text(times.at))
        self.at_field.clear_state()

    def save(self) -> None:
        """Keep what is chosen; what cannot be read is said beside its field."""
        if not self.button.isEnabled():
            return
        try:
            at = preferences.read_times(self.at.text())
        except InputError as error:
            self.at_field.set_state(FieldState.ERROR, str(error))
            self.at.setFocus()
            return
        minutes = int(self.minutes.value()) if self.automatic.isChecked() else 0
        wanted = ExchangeTimes(minutes, at)
        work = partial(preferences.set_exchange_times, self.room.desk, wanted)
        self.room.tasks.database(work, lambda _none: self._saved(wanted), self._refused, owner=self)

    def _saved(self, times: ExchangeTimes) -> None:
        self.at.setModified(False)
        self._show(times)
        self.times_changed.emit()
        self.room.notify(self._words(times))

    def _refused(self, error: LaporError) -> None:
        self.at_field.set_state(FieldState.ERROR, str(error))

    def _words(self, times: ExchangeTimes) -> str:
        parts = []
        if times.minutes:
            parts.append(self.tr("setiap {n} menit").format(n=times.minutes))
        if times.at:
            parts.append(self.tr("pada jam {times}").format(times=preferences.times_text(times.at)))
        if not parts:
            return self.tr("Hanya bertukar ketika F9 ditekan.")
        return self.tr("Bertukar {when}.").format(when=self.tr(" dan ").join(parts))
