"""In which order the codes of a column stand in a list: as a clerk reads their words, not as they are spelt inside."""

from collections.abc import Mapping

from kelurahan_client.domain.complaint import Status, SyncState
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.words import CHANNEL_WORDS, CLASSIFICATION_WORDS
from kelurahan_client.store.listing import Sort

_BY_URGENCY = (SyncState.CONFLICT, SyncState.REJECTED, SyncState.PENDING, SyncState.ACKNOWLEDGED)


def codes(reference: ReferenceData, sort: Sort) -> tuple[str, ...]:
    """The codes in their order, () where the column's own values are in order; what is not named comes after them."""
    if sort is Sort.STATUS:
        return tuple(Status)  # as a complaint goes through them
    if sort is Sort.SYNC:
        return _BY_URGENCY
    if sort is Sort.AGENCY:
        return _by_word({code: one.short_name for code, one in reference.agencies.items()})
    if sort is Sort.CATEGORY:
        return _by_word({code: one.name for code, one in reference.categories.items()})
    if sort is Sort.CHANNEL:
        return _by_word({str(code): word for code, word in CHANNEL_WORDS.items()})
    if sort is Sort.CLASSIFICATION:
        return _by_word({str(code): word for code, word in CLASSIFICATION_WORDS.items()})
    return ()


def _by_word(words: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda code: (words[code].casefold(), code)))
