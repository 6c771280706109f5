"""Which language the window speaks: Indonesian as it is written in the source, or English out of a catalogue.

A text of the window is asked for with `tr`, a sentence that came from the floors below with `said`; both are looked up
by the Indonesian text alone, whatever class asked. While Indonesian is spoken no catalogue is read.
"""

from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from kelurahan_client.errors import LaporError
from ui.qt_texts import QtTexts

SENTENCE: Final = "Sentence"
"""The context by which a translator knows a finished sentence of the floors below."""


class Language(Enum):
    """What the window can speak."""

    INDONESIAN = "id"
    ENGLISH = "en"


def said(sentence: str) -> str:
    """A word or sentence of the floors below in the window's language; what nobody has translated stays as it is.

    They write Indonesian, finished sentences with file names and numbers in them, for the window, for the terminal and
    for paper alike. Not for what a citizen or an officer has typed.
    """
    return QCoreApplication.translate(SENTENCE, sentence)


def sentences(error: LaporError) -> str:
    """What happened and what to do now, on one line."""
    return f"{said(error.message)} {said(error.way_out)}".strip()


def speak(app: QCoreApplication, language: Language) -> QTranslator:
    """From now on `app` speaks this language; what is on the screen already keeps its words."""
    if language is Language.ENGLISH:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        from ui.english import English  # noqa: PLC0415  # a hundred kilobytes that Indonesian does not need

        translator: QTranslator = English(app)
    else:
        QLocale.setDefault(QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia))
        translator = QtTexts(app)
    app.installTranslator(translator)
    return translator
