"""Which language the window speaks: Indonesian as it is written in the source, or English out of a catalogue.

A text of the window is asked for with `tr`, a sentence that came from the floors below with `said`; both are looked up
by the Indonesian text alone, whatever class asked. While Indonesian is spoken no catalogue is read.
"""

import json
from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

import resources
from ui.qt_texts import QtTexts
from ui.sentences import Sentences

CATALOGUE: Final = ("translations", "english.json")
"""Where the English words are below resources/: Indonesian -> English, `texts` of the window, `sentences` from below."""

_SENTENCE = "Sentence"


class Language(Enum):
    """What the window can speak."""

    INDONESIAN = "id"
    ENGLISH = "en"


def said(sentence: str) -> str:
    """A word or sentence of the floors below in the window's language; what nobody has translated stays as it is.

    They write Indonesian, finished sentences with file names and numbers in them, for the window, for the terminal and
    for paper alike. Not for what a citizen or an officer has typed.
    """
    return QCoreApplication.translate(_SENTENCE, sentence)


class English(QTranslator):
    """Answers with the catalogue's words. Qt's own words are English already."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        found = json.loads(resources.path(*CATALOGUE).read_text(encoding="utf-8"))
        self._texts: dict[str, str] = found["texts"]
        self._sentences = Sentences(found["sentences"])

    def isEmpty(self) -> bool:
        """Qt asks before it installs a translator."""
        return False

    def translate(
        self,
        context: str,
        source_text: str,
        disambiguation: str | None = None,
        n: int = -1,  # noqa: ARG002  # Qt's own signature
    ) -> str | None:
        """The English text, None where there is none (an empty text would be shown)."""
        if context == _SENTENCE:
            return self._sentences.say(source_text)
        if disambiguation:
            return self._texts.get(f"{source_text} [{disambiguation}]")
        return self._texts.get(source_text)


def speak(app: QCoreApplication, language: Language) -> QTranslator:
    """From now on `app` speaks this language; what is on the screen already keeps its words."""
    if language is Language.ENGLISH:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        translator: QTranslator = English(app)
    else:
        QLocale.setDefault(QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia))
        translator = QtTexts(app)
    app.installTranslator(translator)
    return translator
