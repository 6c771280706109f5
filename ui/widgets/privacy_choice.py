"""The two questions about privacy, in the words that are read aloud, wherever they are asked."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.choices import Option, SegmentedChoice

YES, NO, UNASKED = "ya", "tidak", ""

ANSWERS: Final[Mapping[str | None, bool | None]] = MappingProxyType({YES: True, NO: False, UNASKED: None, None: None})
"""What is kept of an answer: hidden, not hidden, or not asked."""


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("PrivacyChoice", text)


def question(name: str) -> str:
    """The question of *anonymous* or *confidential*."""
    return tr("Nama boleh diketahui SKPD?") if name == "anonymous" else tr("Isi boleh dibaca umum?")


def privacy_choice(theme: Theme, name: str, *, with_unasked: bool = False) -> SegmentedChoice:
    """The answers to *anonymous* or *confidential*, none chosen; with one more that says that nobody has asked."""
    if name == "anonymous":
        options = [Option(NO, tr("Boleh"), Icon.REPORTER), Option(YES, tr("Anonim"), Icon.HIDE)]
    else:
        options = [Option(NO, tr("Boleh"), Icon.PEOPLE), Option(YES, tr("Rahasia"), Icon.LOCK)]
    if with_unasked:
        options.append(Option(UNASKED, tr("Belum ditanya")))
    return SegmentedChoice(theme, question(name), options)
