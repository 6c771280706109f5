"""Icons: Phosphor glyphs from the font that QtAwesome brings, by our names."""

from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from PySide6.QtGui import QFont, QFontDatabase


class Icon(StrEnum):
    """Our name of an icon; the value is Phosphor's, and `letter` draws it in Phosphor's font.

    The letters are written down here, because to look them up in QtAwesome's table of all 1,300 took four milliseconds
    of the window's start; a test compares them with it.
    """

    letter: str

    def __new__(cls, name: str, letter: str) -> Self:
        """A name that knows its letter."""
        icon = str.__new__(cls, name)
        icon._value_ = name
        icon.letter = letter
        return icon

    HOME = "house", "\uf1d8"
    NEW = "note-pencil", "\uf22e"
    LIST = "list-bullets", "\uf1fb"
    BOOK = "book-open", "\uf097"
    CONFLICT = "git-merge", "\uf1ad"
    DAY_CLOSE = "check-square-offset", "\uf0eb"
    REPORTS = "chart-bar", "\uf0d2"
    SETTINGS = "gear-six", "\uf19c"
    LOCK = "lock-key", "\uf200"
    HELP = "question", "\uf293"
    KEYBOARD = "keyboard", "\uf1e5"
    # what happened to a complaint
    RECEIVED = "tray", "\uf336"
    VERIFIED = "check", "\uf0e7"
    IN_PROGRESS = "wrench", "\uf36c"
    REFERRED = "arrow-bend-up-right", "\uf017"
    ON_HOLD = "pause-circle", "\uf25f"
    RESOLVED = "check-circle", "\uf0e8"
    CLOSED = "lock-key", "\uf200"
    OUT_OF_JURISDICTION = "prohibit", "\uf289"
    ARCHIVED = "archive-box", "\uf009"
    FOLLOW_UP = "chat-centered-text", "\uf0db"
    EDITED = "pencil-simple", "\uf266"
    REPORTER = "user", "\uf346"
    REPORTER_ADDED = "user-plus", "\uf34f"
    # the way to the centre
    SIGNED = "circle-wavy-check", "\uf0f4"
    UNSENT = "cloud-arrow-up", "\uf100"
    OFFLINE = "cloud-slash", "\uf106"
    EXCHANGE = "arrows-clockwise", "\uf045"
    NETWORK_LOGIN = "sign-in", "\uf2c6"
    # what to look at
    DUE = "clock", "\uf0f9"
    WARNING = "warning", "\uf35c"
    ERROR = "warning-circle", "\uf35d"
    INFO = "info", "\uf1e0"
    WAITING = "clipboard-text", "\uf0f8"
    HOURGLASS = "hourglass", "\uf1d0"
    SKIPPED = "minus-circle", "\uf21b"
    EQUALS = "equals", "\uf158"
    # what to do
    ADD = "plus", "\uf27f"
    SAVE = "floppy-disk", "\uf181"
    PRINT = "printer", "\uf288"
    TRASH = "trash", "\uf334"
    EXPORT = "export", "\uf15a"
    IMPORT = "download-simple", "\uf14c"
    COLUMNS = "columns", "\uf10e"
    SEARCH = "magnifying-glass", "\uf20a"
    ATTACH = "paperclip", "\uf258"
    COPY = "copy", "\uf114"
    SHOW = "eye", "\uf15b"
    HIDE = "eye-slash", "\uf15e"
    UNDO = "arrow-u-up-left", "\uf066"
    OPEN = "arrow-square-out", "\uf058"
    CLOSE = "x", "\uf36d"
    CHECK = "check", "\uf0e7"
    CALENDAR = "calendar-blank", "\uf0ad"
    PLACE = "map-pin", "\uf20d"
    EMERGENCY = "phone-call", "\uf26f"
    PEOPLE = "users", "\uf351"
    # a scanned page
    ZOOM_IN = "magnifying-glass-plus", "\uf20c"
    ZOOM_OUT = "magnifying-glass-minus", "\uf20b"
    FIT_WIDTH = "arrows-out-line-horizontal", "\uf050"
    TURN = "arrow-clockwise", "\uf020"
    RULER = "ruler", "\uf2a9"
    # where to go
    LEFT = "arrow-left", "\uf03b"
    RIGHT = "arrow-right", "\uf044"
    UP = "arrow-up", "\uf061"
    DOWN = "arrow-down", "\uf022"
    CARET_DOWN = "caret-down", "\uf0c2"
    CARET_UP = "caret-up", "\uf0c5"
    CARET_LEFT = "caret-left", "\uf0c3"
    CARET_RIGHT = "caret-right", "\uf0c4"
    # things
    FILE = "file", "\uf167"
    FILE_NEW = "file-plus", "\uf16d"
    TABLE = "table", "\uf304"
    IMAGE = "image", "\uf1dd"
    DESK = "desktop", "\uf12e"
    CENTRE = "bank", "\uf073"
    AGENCY = "buildings", "\uf0a8"
    USB = "hard-drive", "\uf1c3"
    HISTORY = "clock-counter-clockwise", "\uf0fc"
    IDEA = "lightbulb", "\uf1ed"
    TAG = "tag", "\uf305"


class IconFont:
    """The loaded icon font in a pixel size.

    The font's file is taken from QtAwesome's folder without importing it: the import would load eleven more fonts and
    cost a fifth of the window's start.
    """

    def __init__(self) -> None:
        font_id = QFontDatabase.addApplicationFont(str(phosphor_file(".ttf")))
        self._family = QFontDatabase.applicationFontFamilies(font_id)[0]
        self._fonts: dict[int, QFont] = {}

    def font(self, pixels: int) -> QFont:
        """The icon font at `pixels` high; cached."""
        font = self._fonts.get(pixels)
        if font is None:
            font = QFont(self._family)
            font.setPixelSize(pixels)
            self._fonts[pixels] = font
        return font


def phosphor_file(suffix: str) -> Path:
    """Phosphor's font (".ttf") or its table of letters (".json") in QtAwesome's folder; ModuleNotFoundError without."""
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("QtAwesome is not installed", name="qtawesome")
    files = (Path(spec.origin).parent / "fonts").iterdir()
    return next(file for file in files if file.name.startswith("phosphor-") and file.suffix == suffix)
