"""Every pair of colours that the design puts on each other can be read: WCAG 2.2 AA."""

import json
import re
from pathlib import Path

import pytest

import ui
from ui.theme.icons import Icon, phosphor_file
from ui.theme.theme import Mode, Theme
from ui.theme.tokens import COLOURS, TONES, Colour

TEXT = 4.5
GRAPHIC = 3.0

_GROUNDS = {
    TEXT: {
        "text": "bg surface surface-2 surface-3 accent-soft amber-soft red-soft green-soft diff-add diff-del",
        "text-2": "bg surface surface-2 surface-3 accent-soft amber-soft red-soft green-soft",
        "text-3": "bg surface surface-2 surface-3 accent-soft",
        "accent-text": "surface bg surface-2 red-soft accent-soft",
        "on-accent": "accent accent-hover accent-press",
        "rail-text": "rail rail-hover",
        "rail-text-2": "rail",
        "on-rail-active": "rail-active rail",
        "on-rail-badge": "rail-badge",
        "amber-text": "amber-soft surface bg surface-2",
        "red-text": "red-soft surface bg surface-2",
        "on-red": "red",
        "green-text": "green-soft surface bg",
        "on-snack": "snack",
        "snack-action": "snack",
    },
    GRAPHIC: {
        "line-strong": "surface bg surface-2",
        "accent": "surface bg surface-2 surface-3 accent-soft",
        "amber": "surface amber-soft bg",
        "red": "surface red-soft bg surface-2",
        "rail-badge": "rail",
        "green": "surface green-soft bg",
        "focus": "surface bg surface-2",
        "chart-1": "surface",
    },
}
PAIRS = [
    (Colour(front), Colour(ground), need)
    for need, fronts in _GROUNDS.items()
    for front, grounds in fronts.items()
    for ground in grounds.split()
]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "need"), PAIRS)
def test_pair_has_enough_contrast(front: Colour, ground: Colour, need: float, mode: int) -> None:
    assert contrast(COLOURS[front][mode], COLOURS[ground][mode]) >= need


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_every_tone_can_be_read_on_its_own_ground(mode: int) -> None:
    for tone in TONES.values():
        assert contrast(COLOURS[tone.text][mode], COLOURS[tone.soft][mode]) >= TEXT
        assert contrast(COLOURS[tone.glyph][mode], COLOURS[tone.soft][mode]) >= GRAPHIC


def test_every_colour_has_a_light_and_a_dark_value() -> None:
    assert set(COLOURS) == set(Colour)
    assert all(re.fullmatch("#[0-9A-F]{6}", value) for values in COLOURS.values() for value in values)


def test_no_colour_is_written_outside_the_tokens() -> None:
    root = Path(ui.__file__).parent
    literal = re.compile(r"""["'(\s:]#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?\b|QColor\(\s*["'\d]|rgba?\(""")
    found = [
        f"{path.relative_to(root)}:{number}"
        for path in sorted(root.rglob("*.py"))
        if path != root / "theme" / "tokens.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if literal.search(line)
    ]
    assert found == []


def test_every_icon_is_drawn_by_the_letter_of_its_name() -> None:
    letters = json.loads(phosphor_file(".json").read_text(encoding="utf-8"))
    assert {icon: ord(icon.letter) for icon in Icon} == {icon: int(letters[icon.value], 16) for icon in Icon}


def test_theme_changes_its_colours_and_says_so(theme: Theme) -> None:
    other = Theme(Mode.LIGHT, 150)
    told: list[bool] = []
    other.changed.connect(lambda: told.append(other.dark))
    before = other.colour(Colour.BG).name()
    other.set_mode(Mode.DARK)
    assert told == [True]
    assert before.upper() == COLOURS[Colour.BG][0]
    assert other.colour(Colour.BG).name().upper() == COLOURS[Colour.BG][1]


def test_lengths_and_type_grow_with_the_scale(theme: Theme) -> None:
    large = Theme(Mode.LIGHT, 150)
    assert large.px(36) == round(theme.px(36) * 1.5)
    assert large.font().pointSizeF() == pytest.approx(theme.font().pointSizeF() * 1.5)
    assert theme.font().featureTags()
