"""Icons: Phosphor glyphs from the font that QtAwesome brings, by our names."""

import json
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase


class Icon(StrEnum):
    """Our name of an icon; the value is Phosphor's."""

    HOME = "house"
    NEW = "note-pencil"
    LIST = "list-bullets"
    BOOK = "book-open"
    CONFLICT = "git-merge"
    DAY_CLOSE = "check-square-offset"
    REPORTS = "chart-bar"
    SETTINGS = "gear-six"
    LOCK = "lock-key"
    HELP = "question"
    KEYBOARD = "keyboard"
    # what happened to a complaint
    RECEIVED = "tray"
    VERIFIED = "check"
    IN_PROGRESS = "wrench"
    REFERRED = "arrow-bend-up-right"
    ON_HOLD = "pause-circle"
    RESOLVED = "check-circle"
    CLOSED = "lock-key"
    OUT_OF_JURISDICTION = "prohibit"
    ARCHIVED = "archive-box"
    FOLLOW_UP = "chat-centered-text"
    EDITED = "pencil-simple"
    REPORTER = "user"
    REPORTER_ADDED = "user-plus"
    # the way to the centre
    SIGNED = "circle-wavy-check"
    UNSENT = "cloud-arrow-up"
    OFFLINE = "cloud-slash"
    EXCHANGE = "arrows-clockwise"
    NETWORK_LOGIN = "sign-in"
    # what to look at
    DUE = "clock"
    WARNING = "warning"
    ERROR = "warning-circle"
    INFO = "info"
    WAITING = "clipboard-text"
    HOURGLASS = "hourglass"
    SKIPPED = "minus-circle"
    EQUALS = "equals"
    # what to do
    ADD = "plus"
    SAVE = "floppy-disk"
    PRINT = "printer"
    TRASH = "trash"
    EXPORT = "export"
    IMPORT = "download-simple"
    COLUMNS = "columns"
    SEARCH = "magnifying-glass"
    ATTACH = "paperclip"
    COPY = "copy"
    SHOW = "eye"
    HIDE = "eye-slash"
    UNDO = "arrow-u-up-left"
    OPEN = "arrow-square-out"
    CLOSE = "x"
    CHECK = "check"
    CALENDAR = "calendar-blank"
    PLACE = "map-pin"
    EMERGENCY = "phone-call"
    PEOPLE = "users"
    # where to go
    LEFT = "arrow-left"
    RIGHT = "arrow-right"
    UP = "arrow-up"
    DOWN = "arrow-down"
    CARET_DOWN = "caret-down"
    CARET_UP = "caret-up"
    CARET_LEFT = "caret-left"
    CARET_RIGHT = "caret-right"
    # things
    FILE = "file"
    FILE_NEW = "file-plus"
    TABLE = "table"
    IMAGE = "image"
    DESK = "desktop"
    CENTRE = "bank"
    AGENCY = "buildings"
    USB = "hard-drive"
    HISTORY = "clock-counter-clockwise"
    IDEA = "lightbulb"
    LANGUAGE = "translate"
    TAG = "tag"


class IconFont:
    """The loaded icon font: gives the letter of an icon and the font in a pixel size.

    The font files are taken from QtAwesome's folder without importing it: the import would load eleven more fonts and
    cost a fifth of the window's start.
    """

    def __init__(self) -> None:
        spec = find_spec("qtawesome")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("QtAwesome is not installed", name="qtawesome")
        folder = Path(spec.origin).parent / "fonts"
        letters = json.loads(next(folder.glob("phosphor-charmap-*.json")).read_text(encoding="utf-8"))
        font_id = QFontDatabase.addApplicationFont(str(next(folder.glob("phosphor-[0-9]*.ttf"))))
        self._family = QFontDatabase.applicationFontFamilies(font_id)[0]
        self._letters = {icon: chr(int(letters[icon.value], 16)) for icon in Icon}
        self._fonts: dict[int, QFont] = {}

    def letter(self, icon: Icon) -> str:
        """The private-use character that draws `icon`."""
        return self._letters[icon]

    def font(self, pixels: int) -> QFont:
        """The icon font at `pixels` high; cached."""
        font = self._fonts.get(pixels)
        if font is None:
            font = QFont(self._family)
            font.setPixelSize(pixels)
            self._fonts[pixels] = font
        return font
