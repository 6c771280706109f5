"""Which categories a line of a typed page may mean, by the words in its cell or by its statement. None is put in."""

from functools import cached_property

from kelurahan_client.domain.page_mends import MOST
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.routing import Router
from kelurahan_client.domain.text import search_words


class Suggesting:
    """Names of categories for the lines of one page; the keywords are compiled only if a line needs them."""

    def __init__(self, reference: ReferenceData, office: str) -> None:
        self._reference = reference
        self._office = office

    @cached_property
    def _router(self) -> Router:
        return Router(self._reference)

    def name(self, code: str) -> str:
        """A category's name."""
        return self._reference.category_name(code)

    def names(self, *texts: str) -> tuple[str, ...]:
        """At most as many names as there are keys for: whose names begin so, then those whose keywords are told."""
        words = search_words(texts[0])
        begun = [
            category.name
            for category in self._reference.categories.values()
            if words and any(one.startswith(words[0]) for one in search_words(category.name))
        ]
        told = [self.name(one.category) for text in texts for one in self._router.suggest(text, self._office, MOST)]
        found = [*begun, *told] if len(texts) > 1 else told
        return tuple(dict.fromkeys(found))[:MOST]
