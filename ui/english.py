"""The English catalogue as a translator of Qt; imported only where English is spoken."""

import json
from typing import Final

from PySide6.QtCore import QObject, QTranslator

import resources
from ui.language import SENTENCE
from ui.sentences import Sentences

CATALOGUE: Final = ("translations", "english.json")
"""Its place below resources/: Indonesian -> English, `texts` of the window, `sentences` of the floors below."""


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
        if context == SENTENCE:
            return self._sentences.say(source_text)
        if disambiguation:
            return self._texts.get(f"{source_text} [{disambiguation}]")
        return self._texts.get(source_text)
