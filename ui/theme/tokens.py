"""The design's values: colours for light and dark, sizes, and type. No other file holds a colour.

A colour means one of four things: teal can be acted on or is selected; amber is due soon or to be looked at again; red
is late, wrong, or in conflict; green is signed by the city's server and nothing else. Everything else is slate.
"""

from collections.abc import Mapping
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Colour(StrEnum):
    """A colour by its part in the design; the value is also its name in style sheets' `tone` property."""

    BG = "bg"
    SURFACE = "surface"
    SURFACE_2 = "surface-2"
    SURFACE_3 = "surface-3"
    LINE = "line"
    LINE_MID = "line-mid"
    LINE_STRONG = "line-strong"
    TEXT = "text"
    TEXT_2 = "text-2"
    TEXT_3 = "text-3"
    TEXT_DISABLED = "text-disabled"
    ACCENT = "accent"
    ACCENT_HOVER = "accent-hover"
    ACCENT_PRESS = "accent-press"
    ACCENT_TEXT = "accent-text"
    ACCENT_SOFT = "accent-soft"
    ACCENT_LINE = "accent-line"
    ON_ACCENT = "on-accent"
    RAIL = "rail"
    RAIL_LINE = "rail-line"
    RAIL_TEXT = "rail-text"
    RAIL_TEXT_2 = "rail-text-2"
    RAIL_ACTIVE = "rail-active"
    RAIL_HOVER = "rail-hover"
    ON_RAIL_ACTIVE = "on-rail-active"
    RAIL_BADGE = "rail-badge"
    ON_RAIL_BADGE = "on-rail-badge"
    AMBER = "amber"
    AMBER_TEXT = "amber-text"
    AMBER_SOFT = "amber-soft"
    AMBER_LINE = "amber-line"
    RED = "red"
    RED_TEXT = "red-text"
    RED_SOFT = "red-soft"
    RED_LINE = "red-line"
    ON_RED = "on-red"
    GREEN = "green"
    GREEN_TEXT = "green-text"
    GREEN_SOFT = "green-soft"
    GREEN_LINE = "green-line"
    SNACK = "snack"
    ON_SNACK = "on-snack"
    SNACK_ACTION = "snack-action"
    DIFF_DEL = "diff-del"
    DIFF_ADD = "diff-add"
    CHART_1 = "chart-1"
    CHART_2 = "chart-2"
    CHART_3 = "chart-3"
    GRID = "grid"
    FOCUS = "focus"


COLOURS: Final[Mapping[Colour, tuple[str, str]]] = MappingProxyType(
    {
        Colour.BG: ("#F2F5F7", "#0D141D"),
        Colour.SURFACE: ("#FFFFFF", "#151F2B"),
        Colour.SURFACE_2: ("#F7F9FB", "#1B2735"),
        Colour.SURFACE_3: ("#E9EEF2", "#243242"),
        Colour.LINE: ("#DAE1E8", "#2A394A"),
        Colour.LINE_MID: ("#B4C0CB", "#46586C"),
        Colour.LINE_STRONG: ("#7D8B9C", "#71839A"),
        Colour.TEXT: ("#18222F", "#E8EDF3"),
        Colour.TEXT_2: ("#46535F", "#B7C3D0"),
        Colour.TEXT_3: ("#5A6774", "#97A6B7"),
        Colour.TEXT_DISABLED: ("#8792A0", "#66768A"),
        Colour.ACCENT: ("#0F766E", "#3DBBAC"),
        Colour.ACCENT_HOVER: ("#0B625B", "#5CCBBE"),
        Colour.ACCENT_PRESS: ("#084E49", "#2FA496"),
        Colour.ACCENT_TEXT: ("#0B655E", "#63D2C4"),
        Colour.ACCENT_SOFT: ("#E2F1EF", "#12343A"),
        Colour.ACCENT_LINE: ("#8FC7C1", "#2B6E6B"),
        Colour.ON_ACCENT: ("#FFFFFF", "#04211E"),
        Colour.RAIL: ("#0C2F33", "#0A1B22"),
        Colour.RAIL_LINE: ("#1F474B", "#1C323A"),
        Colour.RAIL_TEXT: ("#D3E2E3", "#C3D3D6"),
        Colour.RAIL_TEXT_2: ("#93B0B2", "#86A0A6"),
        Colour.RAIL_ACTIVE: ("#0F766E", "#10615C"),
        Colour.RAIL_HOVER: ("#164147", "#12303A"),
        Colour.ON_RAIL_ACTIVE: ("#FFFFFF", "#FFFFFF"),
        Colour.RAIL_BADGE: ("#FFD5CF", "#F0776C"),
        Colour.ON_RAIL_BADGE: ("#8A150E", "#2A0705"),
        Colour.AMBER: ("#B45309", "#E9A23B"),
        Colour.AMBER_TEXT: ("#8A4304", "#F3B95F"),
        Colour.AMBER_SOFT: ("#FDF1DA", "#33270F"),
        Colour.AMBER_LINE: ("#E3B567", "#75551C"),
        Colour.RED: ("#B4231A", "#F0776C"),
        Colour.RED_TEXT: ("#A31D15", "#F8958C"),
        Colour.RED_SOFT: ("#FCEBE9", "#3A1B1C"),
        Colour.RED_LINE: ("#E4A29C", "#813A37"),
        Colour.ON_RED: ("#FFFFFF", "#2A0705"),
        Colour.GREEN: ("#3F7D1B", "#8CC85A"),
        Colour.GREEN_TEXT: ("#316614", "#9FD66F"),
        Colour.GREEN_SOFT: ("#EBF5E1", "#1E3016"),
        Colour.GREEN_LINE: ("#A8CE8A", "#44692E"),
        Colour.SNACK: ("#1D2A36", "#E4EAF0"),
        Colour.ON_SNACK: ("#FFFFFF", "#16202C"),
        Colour.SNACK_ACTION: ("#6FDCCF", "#0B655E"),
        Colour.DIFF_DEL: ("#FBE4E1", "#4A2122"),
        Colour.DIFF_ADD: ("#CDEBE7", "#15484A"),
        Colour.CHART_1: ("#0F766E", "#3DBBAC"),
        Colour.CHART_2: ("#8A99AA", "#71839A"),
        Colour.CHART_3: ("#C2CDD7", "#3B4C5F"),
        Colour.GRID: ("#E3E9EE", "#243242"),
        Colour.FOCUS: ("#0F766E", "#63D2C4"),
    }
)
"""Every colour as (light, dark), #RRGGBB."""


class Tone(StrEnum):
    """What a chip, a cell, a tile or a message says by colour; a glyph and a word always say it too."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    AMBER = "amber"
    RED = "red"
    GREEN = "green"


class ToneColours(NamedTuple):
    """The colours of one tone: words, glyph, soft ground, and outline."""

    text: Colour
    glyph: Colour
    soft: Colour
    line: Colour


TONES: Final[Mapping[Tone, ToneColours]] = MappingProxyType(
    {
        Tone.NEUTRAL: ToneColours(Colour.TEXT, Colour.TEXT_2, Colour.SURFACE_3, Colour.SURFACE_3),
        Tone.ACCENT: ToneColours(Colour.ACCENT_TEXT, Colour.ACCENT, Colour.ACCENT_SOFT, Colour.ACCENT_LINE),
        Tone.AMBER: ToneColours(Colour.AMBER_TEXT, Colour.AMBER, Colour.AMBER_SOFT, Colour.AMBER_LINE),
        Tone.RED: ToneColours(Colour.RED_TEXT, Colour.RED, Colour.RED_SOFT, Colour.RED_LINE),
        Tone.GREEN: ToneColours(Colour.GREEN_TEXT, Colour.GREEN, Colour.GREEN_SOFT, Colour.GREEN_LINE),
    }
)


class TextRole(Enum):
    """A size of type; the value is (name in style sheets, points at 100 %)."""

    CAPTION = ("caption", 9.0)
    LABEL = ("label", 9.75)
    BODY = ("body", 10.5)
    SECTION = ("section", 13.0)
    TITLE = ("title", 18.0)
    FIGURE = ("figure", 24.0)
    REFERENCE = ("reference", 27.0)

    @property
    def sheet_name(self) -> str:
        """The value of the `role` property in the style sheet."""
        return self.value[0]

    @property
    def points(self) -> float:
        """Points at 100 %."""
        return self.value[1]


class Sizes:  # no dataclass: making one of thirty fields costs the start two milliseconds
    """Lengths in pixels at 96 dpi and 100 %; scaled by `Theme.px`."""

    gap_half: Final = 4
    gap: Final = 8
    gap_wide: Final = 12
    gap_double: Final = 16
    gap_section: Final = 24
    radius_cell: Final = 2
    radius_field: Final = 6
    radius_card: Final = 8
    focus: Final = 2
    field: Final = 36
    button: Final = 36
    button_dense: Final = 32
    row: Final = 40
    row_head: Final = 36
    chip: Final = 24
    filter_chip: Final = 32
    state_chip: Final = 36
    hit: Final = 32
    rail: Final = 200
    rail_item: Final = 40
    top_bar: Final = 56
    page_x: Final = 24
    page_y: Final = 16
    form_max: Final = 720
    detail_min: Final = 400
    popover: Final = 520
    foot: Final = 52
    snack: Final = 44
    icon_small: Final = 16
    icon: Final = 20
    icon_large: Final = 24


SIZES: Final = Sizes()

USER_SCALES: Final = (90, 100, 110, 125, 150)
"""The scales a person may choose, per cent."""
