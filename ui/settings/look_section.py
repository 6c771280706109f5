"""Colours and the size of everything, applied at once; the language, from the next start on."""

from PySide6.QtCore import Signal

from ui.language import Language
from ui.settings.section import Remark, Room, Section
from ui.theme.icons import Icon
from ui.theme.theme import Mode
from ui.theme.tokens import USER_SCALES
from ui.widgets.card import Card
from ui.widgets.choices import Option, SegmentedChoice
from ui.widgets.field import Field


class LookSection(Section):
    """`mode_chosen`, `scale_chosen` and `language_chosen` ask the window, which remembers the answer."""

    mode_chosen = Signal(str)
    scale_chosen = Signal(int)
    language_chosen = Signal(str)

    def __init__(self, room: Room) -> None:
        super().__init__(room, self.tr("Tampilan"), self.tr("Berlaku seketika, hanya di komputer ini."))
        theme = room.theme
        modes = [
            Option(Mode.SYSTEM.value, self.tr("Seperti sistem"), Icon.DESK),
            Option(Mode.LIGHT.value, self.tr("Terang")),
            Option(Mode.DARK.value, self.tr("Gelap")),
        ]
        self.mode = SegmentedChoice(theme, self.tr("Warna"), modes)
        self.scale = SegmentedChoice(
            theme, self.tr("Ukuran huruf dan tombol"), [Option(str(one), f"{one} %") for one in USER_SCALES]
        )
        card = Card(theme)
        card.body.addWidget(Field(theme, self.tr("Warna"), self.mode))
        card.body.addWidget(
            Field(
                theme,
                self.tr("Ukuran huruf dan tombol"),
                self.scale,
                help_text=self.tr("Yang besar memudahkan bila layar agak jauh; halaman digulung bila tidak muat."),
            )
        )
        card.body.addWidget(
            Remark(theme, self.tr("Ketika ukuran diganti, jendela disusun ulang. Draf yang belum disimpan tetap ada."))
        )
        self.column.addWidget(card)
        self.column.addWidget(self._language_card())
        self.column.addStretch(1)
        self.mode.chosen.connect(self.mode_chosen)
        self.scale.chosen.connect(lambda value: self.scale_chosen.emit(int(value)))

    def _language_card(self) -> Card:
        # Named in both languages, and each language by itself: whoever is lost in one finds the way back.
        theme = self.room.theme
        languages = [Option(Language.INDONESIAN.value, "Indonesia"), Option(Language.ENGLISH.value, "English")]
        name = "Bahasa / Language"
        self.language = SegmentedChoice(theme, name, languages)
        field = Field(
            theme,
            name,
            self.language,
            help_text=self.tr(
                "Berlaku ketika Lapor Kelurahan dibuka lagi. Cetakan dan bantuan tetap berbahasa Indonesia."
            ),
        )
        self.language.chosen.connect(self.language_chosen)
        card = Card(theme)
        card.body.addWidget(field)
        return card

    def activate(self) -> None:
        """Show what the window wears."""
        self.mode.set_value(self.room.theme.mode.value)
        self.scale.set_value(str(self.room.theme.scale))
        self.language.set_value(self.language.value() or self.room.language.value)
