"""By what the list is sorted: as its filter says; what a search finds is newest first until a column is chosen."""

from dataclasses import replace

from kelurahan_client.services.lists import ListFilter, Sort
from ui.register.filter_bar import FilterBar

_NEWEST = (Sort.ARRIVAL, True)


class ListOrder:
    """Knows the words that are searched for; the order chosen for them is forgotten with them."""

    def __init__(self, bar: FilterBar) -> None:
        self._bar = bar
        self._words = ""
        self._of_search = _NEWEST

    def search(self, words: str) -> None:
        """These words are searched for, "" for none."""
        self._words = words
        if not words.strip():
            self._of_search = _NEWEST

    def begin_with(self, kept: ListFilter) -> None:
        """A kept filter with words comes with its order."""
        if kept.search.strip():
            self._of_search = (kept.sort, kept.descending)

    def wanted(self) -> ListFilter:
        """The filter with words and order."""
        wanted = replace(self._bar.filter(), search=self._words)
        if not self._words.strip():
            return wanted
        sort, descending = self._of_search
        return replace(wanted, sort=sort, descending=descending)

    def choose(self, sort: Sort, *, descending: bool) -> None:
        """A person chose a column."""
        if self._words.strip():
            self._of_search = (sort, descending)
        else:
            self._bar.set_filter(replace(self._bar.filter(), sort=sort, descending=descending))
