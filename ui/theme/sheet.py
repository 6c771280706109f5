"""The one style sheet, written from the tokens."""

from string import Template

from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole

_SHEET = Template("""
QFrame[surface="card"] { background: $surface; border: 1px solid $line; border-radius: ${r8}px; }
QFrame[surface="card-quiet"] { background: $surface_2; border: 1px solid $line; border-radius: ${r8}px; }
QFrame[surface="contested"] { background: $red_soft; border: 0; }
QFrame[surface="settled"] { background: $surface_3; border: 0; }
QFrame[surface="card"][state="selected"] { border: 1px solid $accent; }
QFrame[surface="bar"] { background: $surface; border: 0; border-bottom: 1px solid $line; }
QFrame[surface="foot"] { background: $surface; border: 0; border-top: 1px solid $line; }
QFrame[surface="quiet"] { background: $surface_2; border: 0; border-top: 1px solid $line; }
QFrame[surface="help"] { background: $surface; border: 0; border-left: 1px solid $line; }
QFrame[surface="popup"] { background: $surface; border: 1px solid $line_strong; border-radius: ${r8}px; }
QFrame[surface="red"] { background: $red_soft; border: 1px solid $red_line; border-radius: ${r6}px; }
QFrame[surface="amber"] { background: $amber_soft; border: 1px solid $amber_line; border-radius: ${r6}px; }
QFrame[surface="rail"] { background: $rail; border: 0; border-right: 1px solid $rail_edge; }
QFrame[line="horizontal"] { background: $line; border: 0; min-height: 1px; max-height: 1px; }
QFrame[line="vertical"] { background: $line; border: 0; min-width: 1px; max-width: 1px; }
QFrame[line="rail"] { background: $rail_line; border: 0; min-height: 1px; max-height: 1px; }

QPushButton { min-height: ${button_in}px; border: 1px solid $line_mid; border-radius: ${r6}px; background: $surface;
    color: $text; padding: 0 ${p14}px; font-weight: 600; }
QPushButton:hover { background: $surface_3; }
QPushButton:default { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton:default:hover { background: $accent_hover; }
QPushButton:disabled { background: $surface_2; border-color: $line; color: $text_disabled; }

QToolButton { border: 0; border-radius: ${r6}px; background: transparent; padding: 0; }
QToolButton:hover { background: $surface_3; }
QToolButton:checked { background: $accent_soft; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox { border: 1px solid $line_strong;
    border-radius: ${r6}px; background: $surface; color: $text; padding: 0 ${p10}px; min-height: ${field_in}px;
    selection-background-color: $accent; selection-color: $on_accent; }
QComboBox { padding: 0 ${p12}px; }
QPlainTextEdit, QTextEdit { padding: ${p6}px ${p7}px; min-height: 0; }
QLineEdit[state="warning"], QPlainTextEdit[state="warning"], QComboBox[state="warning"] { border-color: $amber; }
QLineEdit[state="error"], QPlainTextEdit[state="error"], QComboBox[state="error"] { border-color: $red; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus { border: 2px solid $focus;
    padding: 0 ${p9}px; min-height: ${field_focus}px; }
QComboBox:focus { padding: 0 ${p11}px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: ${p5}px ${p6}px; }
QTextEdit[bare="true"] { border: 2px solid transparent; background: transparent; padding: 0; }
QTextEdit[bare="true"]:focus { border-color: $focus; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"], QLineEdit:disabled, QPlainTextEdit:disabled,
QComboBox:disabled { background: $surface_2; border-color: $line; color: $text_2; }
QLineEdit[readOnly="true"]:focus, QPlainTextEdit[readOnly="true"]:focus { border-color: $focus; }
QLineEdit[boxes="true"], QLineEdit[boxes="true"]:focus { border: 0; padding: 0; min-height: ${p52}px;
    max-height: ${p52}px; background: transparent; }
QComboBox::drop-down { border: 0; width: ${p32}px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $line_strong; outline: 0;
    selection-background-color: $accent_soft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${p32}px; padding: 0 ${p8}px; }

QCheckBox { spacing: ${p8}px; min-height: ${p32}px; background: transparent; }
QCheckBox::indicator, QListView::indicator {
    width: ${p16}px; height: ${p16}px; border: 1px solid $line_strong; border-radius: ${r4}px;
    background: $surface; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox::indicator:disabled { background: $surface_2; border-color: $line; }

QTableView, QListView { border: 0; background: $surface; color: $text; outline: 0; }
QHeaderView { background: $surface_2; border: 0; }
QTableCornerButton::section { background: $surface_2; border: 0; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: ${p12}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p12}px; margin: 0; }
QScrollBar::handle { background: $line_mid; border-radius: ${r4}px; margin: 2px; }
QScrollBar::handle:vertical { min-height: ${p32}px; }
QScrollBar::handle:horizontal { min-width: ${p32}px; }
QScrollBar::handle:hover { background: $line_strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QSplitter::handle { background: transparent; }

QProgressBar { border: 0; border-radius: ${r4}px; background: $surface_3; max-height: ${p8}px; min-height: ${p8}px; }
QProgressBar::chunk { background: $accent; border-radius: ${r4}px; }
QMenu { background: $surface; color: $text; border: 1px solid $line_strong; padding: ${p4}px; }
QMenu::item { padding: ${p7}px ${p24}px ${p7}px ${p12}px; border-radius: ${r4}px; }
QMenu::item:selected { background: $accent_soft; color: $accent_text; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px; }
QToolTip { background: $snack; color: $on_snack; border: 0; padding: ${p4}px ${p8}px; }
QDialog { background: $surface; }
""")


def _lengths(theme: Theme) -> dict[str, str]:
    """Scaled lengths; borders stay one and two pixels, so boxes with a border lose them from their height."""
    sizes = theme.sizes
    lengths = {f"p{n}": theme.px(n) for n in (4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 24, 32, 52)}
    lengths |= {f"r{n}": theme.px(n) for n in (4, 6, 8)}
    lengths |= {
        "field_in": theme.px(sizes.field) - 2,
        "field_focus": theme.px(sizes.field) - 4,
        "button_in": theme.px(sizes.button) - 2,
    }
    return {name: str(value) for name, value in lengths.items()}


def build_sheet(theme: Theme) -> str:
    """The whole application's style sheet in the colours and the scale of `theme`."""
    names = {colour.value.replace("-", "_"): theme.colour(colour).name() for colour in Colour}
    names["rail_edge"] = theme.colour(Colour.RAIL_LINE if theme.dark else Colour.RAIL).name()
    parts = [_SHEET.substitute(names | _lengths(theme))]
    parts += [f'QLabel[role="{r.sheet_name}"] {{ font-size: {r.points * theme.scale / 100}pt; }}' for r in TextRole]
    parts += [f'QLabel[tone="{colour}"] {{ color: {theme.colour(colour).name()}; }}' for colour in Colour]
    parts.append('QLabel[weight="bold"] { font-weight: 600; } QLabel { background: transparent; }')
    return "\n".join(parts)
