"""The chips of the list, without a window."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from kelurahan_client.domain.complaint import Channel, Classification, Status, SyncState
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.services.lists import ListFilter
from ui.register.cells import Day
from ui.register.filters import OPEN, WORKLIST, chip_values, choices, only_search, periods, picked, without

MONDAY = date(2026, 8, 3)
DAY = Day.of(MONDAY, load_reference(resources.path("reference")))

FILTERS = st.builds(
    ListFilter,
    statuses=st.sampled_from([frozenset(), OPEN, frozenset({Status.RECEIVED}), frozenset({Status.CLOSED})]),
    classification=st.sampled_from([None, *Classification]),
    agency=st.sampled_from(["", "PUPR", "DLH"]),
    category=st.sampled_from(["", "PJU"]),
    channel=st.sampled_from([None, *Channel]),
    sync_states=st.sampled_from([frozenset(), frozenset({SyncState.PENDING}), frozenset({SyncState.CONFLICT})]),
    due_before=st.sampled_from([None, MONDAY]),
    due_until=st.sampled_from([None, date(2026, 8, 5)]),
    received_from=st.sampled_from([None, date(2026, 8, 1), MONDAY]),
    received_to=st.sampled_from([None, MONDAY]),
    import_id=st.sampled_from(["", "import-1"]),
    desk=st.sampled_from(["", "A"]),
    without_agency=st.booleans(),
    without_category=st.booleans(),
    unasked=st.booleans(),
    resolved_from=st.sampled_from([None, date(2026, 8, 1)]),
    resolved_to=st.sampled_from([None, MONDAY]),
    answered_to=st.sampled_from([None, MONDAY]),
)


@given(FILTERS)
def test_taking_every_chip_away_leaves_no_filter(wanted: ListFilter) -> None:
    for _ in range(20):
        values = chip_values(wanted, DAY)
        if not values:
            break
        wanted = without(wanted, next(iter(values)))
    assert wanted == ListFilter()


@given(FILTERS)
def test_a_chip_that_is_taken_away_leaves_the_others(wanted: ListFilter) -> None:
    values = chip_values(wanted, DAY)
    for chip in values:
        left = chip_values(without(wanted, chip), DAY)
        assert left == {key: value for key, value in values.items() if key != chip}


@pytest.mark.parametrize("kind", ["classification", "status", "period", "agency", "category", "channel"])
def test_every_choice_of_a_menu_shows_its_word_on_the_chip(kind: str) -> None:
    for word, change in choices(kind, DAY):
        value = chip_values(change(ListFilter()), DAY)[kind]
        assert word in value or (kind == "period" and value == "Diterima hari ini")


def test_open_is_a_worklist() -> None:
    assert chip_values(WORKLIST, DAY) == {"open": "Terbuka"}
    assert not OPEN & {Status.RESOLVED, Status.CLOSED, Status.ARCHIVED, Status.OUT_OF_JURISDICTION}


def test_late_means_before_today() -> None:
    wanted = picked(ListFilter(), "late", DAY)
    assert wanted.due_before == MONDAY
    assert chip_values(wanted, DAY) == {"late": "Terlambat"}


def test_clearing_keeps_the_words_and_the_order() -> None:
    left = only_search(ListFilter(search="titian", agency="PUPR", statuses=OPEN, descending=False))
    assert left == ListFilter(search="titian", descending=False)


def test_periods_in_january() -> None:
    found = {period.name: (period.first, period.last) for period in periods(date(2026, 1, 5))}
    assert found["Bulan lalu"] == (date(2025, 12, 1), date(2025, 12, 31))
    assert found["7 hari terakhir"] == (date(2025, 12, 30), date(2026, 1, 5))


def test_an_odd_period_is_told_by_its_ends() -> None:
    wanted = ListFilter(received_from=date(2026, 7, 1), received_to=date(2026, 7, 9))
    assert chip_values(wanted, DAY) == {"period": "1 Jul–9 Jul"}
