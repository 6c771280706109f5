"""Lists say what a plain walk through all complaints would say; search finds what a clerk remembers."""

from array import array
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.complaint import Channel, Classification, Complaint, Priority, Status, SyncState
from kelurahan_client.domain.fields import flat
from kelurahan_client.domain.text import fold_words
from kelurahan_client.domain.words import CHANNEL_WORDS, CLASSIFICATION_WORDS
from kelurahan_client.services import duplicates, handling, intake, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.duplicates import Typed
from kelurahan_client.store import complaints, listing, new_complaints
from kelurahan_client.store.listing import ListFilter, Sort
from kelurahan_client.store.new_complaints import NewRow
from tests.desk_making import FEW, MANY, START, DeskAt, Noise, register

DAY = date(2026, 8, 3)


def some_complaints(many: int) -> list[Complaint]:
    """Complaints of every kind, the same in every run."""
    noise = Noise(7)

    def one_of(values: Any) -> Any:
        choices = list(values)
        return choices[int.from_bytes(noise(4), "big") % len(choices)]

    return [
        Complaint(
            id=f"0198a000-0000-7000-8000-{number:012d}",
            reference=f"0403A-26-{number:05d}-{one_of('0123456789ABC')}",
            office="63.71.04.1003",
            desk="A",
            recorded_at=START,
            received_date=DAY - timedelta(days=one_of(range(12))),
            due_date=one_of([None, *(DAY + timedelta(days=shift) for shift in range(-4, 5))]),
            statement=one_of(["Lampu padam.", "Sampah menumpuk.", "Jalan berlubang."]),
            title=one_of(["Lampu", "Sampah", "Jalan", "lampu", "Ébène"]),
            classification=one_of(Classification),
            channel=one_of(Channel),
            category=one_of(["", "PJU", "SAMPAH", "JALAN_RUSAK"]),
            agency=one_of(["", "DISHUB", "DLH", "PUPR"]),
            status=one_of(Status),
            sync_state=one_of(SyncState),
            priority=one_of(Priority),
            confidential=one_of([None, True, False]),
        )
        for number in range(1, many + 1)
    ]


DELETED = frozenset({5, 17, 60})  # keys


@pytest.fixture
def model(desk: Desk) -> dict[int, Complaint]:
    """The complaints of the desk by key, without the deleted ones."""
    made = some_complaints(120)
    with desk.store.write() as transaction:
        new_complaints.insert_many(transaction, [NewRow(values=flat(complaint)) for complaint in made])
        stored = complaints.get_many(transaction, [complaint.id for complaint in made])
        by_key = {row.key: row.complaint for row in stored.values()}
        complaints.delete_many(transaction, [row for row in stored.values() if row.key in DELETED])
    return {key: complaint for key, complaint in by_key.items() if key not in DELETED}


def lets_through(wanted: ListFilter, complaint: Complaint) -> bool:
    due = complaint.due_date
    still_open = complaint.status not in listing.ENDED
    return (
        (not wanted.statuses or complaint.status in wanted.statuses)
        and (not wanted.sync_states or complaint.sync_state in wanted.sync_states)
        and (wanted.classification is None or complaint.classification is wanted.classification)
        and wanted.agency in ("", complaint.agency)
        and wanted.category in ("", complaint.category)
        and (wanted.channel is None or complaint.channel is wanted.channel)
        and (wanted.due_before is None or (still_open and due is not None and due < wanted.due_before))
        and (wanted.due_until is None or (still_open and due is not None and due <= wanted.due_until))
        and (wanted.due_from is None or (due is not None and due >= wanted.due_from))
        and (wanted.received_from is None or complaint.received_date >= wanted.received_from)
        and (wanted.received_to is None or complaint.received_date <= wanted.received_to)
    )


def place(desk: Desk, sort: Sort, held: object) -> Any:
    """Where a value stands: by the word that is read, a status by its way, what has no word after all others."""
    words: dict[Sort, dict[str, str]] = {
        Sort.AGENCY: {code: one.short_name for code, one in desk.reference.agencies.items()},
        Sort.CATEGORY: {code: one.name for code, one in desk.reference.categories.items()},
        Sort.CHANNEL: {str(code): word for code, word in CHANNEL_WORDS.items()},
        Sort.CLASSIFICATION: {str(code): word for code, word in CLASSIFICATION_WORDS.items()},
    }
    if sort in words:
        word = words[sort].get(str(held))
        return (word is None, (word or "").casefold())
    if sort is Sort.STATUS:
        return list(Status).index(Status(str(held)))
    if sort is Sort.SYNC:
        return ["conflict", "rejected", "pending", "acknowledged"].index(str(held))
    return date.min if held is None else held


def in_order(desk: Desk, wanted: ListFilter, found: dict[int, Complaint]) -> list[int]:
    def value(key: int) -> Any:
        return key if wanted.sort is Sort.ARRIVAL else place(desk, wanted.sort, getattr(found[key], wanted.sort.value))

    ordered = sorted(found, key=lambda key: (value(key), key), reverse=wanted.descending)
    if wanted.sort is Sort.DUE:  # what has no day comes last in either direction
        ordered.sort(key=lambda key: found[key].due_date is None)
    return ordered


days = st.none() | st.integers(-13, 6).map(lambda shift: DAY + timedelta(days=shift))
filters = st.builds(
    ListFilter,
    statuses=st.frozensets(st.sampled_from(Status), max_size=3),
    classification=st.none() | st.sampled_from(Classification),
    agency=st.sampled_from(["", "", "DLH", "PUPR", "NOBODY"]),
    category=st.sampled_from(["", "", "PJU", "SAMPAH"]),
    channel=st.none() | st.sampled_from(Channel),
    sync_states=st.frozensets(st.sampled_from(SyncState), max_size=2),
    due_before=days,
    due_until=days,
    due_from=days,
    received_from=days,
    received_to=days,
    sort=st.sampled_from(Sort),
    descending=st.booleans(),
)
wide = st.builds(ListFilter, sort=st.sampled_from(Sort), descending=st.booleans(), received_from=days)


@MANY
@given(wanted=filters | wide)
def test_a_list_is_what_a_plain_walk_would_give(desk: Desk, model: dict[int, Complaint], wanted: ListFilter) -> None:
    expected = {key: complaint for key, complaint in model.items() if lets_through(wanted, complaint)}
    assert list(lists.keys(desk, wanted)) == in_order(desk, wanted, expected)


@MANY
@given(
    wanted=filters | wide,
    word=st.sampled_from(["lampu", "sam", "ebene", "berlubang", "dlh", "verified", "pending", "tatap", "PJU"]),
)
def test_words_narrow_a_list_together_with_every_filter(
    desk: Desk, model: dict[int, Complaint], wanted: ListFilter, word: str
) -> None:
    expected = [
        key
        for key, complaint in model.items()
        if lets_through(wanted, complaint)
        and any(found.startswith(word) for found in fold_words(f"{complaint.title} {complaint.statement}"))
    ]
    found = list(lists.keys(desk, replace(wanted, search=word)))
    assert sorted(found) == sorted(expected)
    newest = replace(wanted, search=word, sort=Sort.ARRIVAL, descending=True)
    assert list(lists.keys(desk, newest)) == sorted(expected, reverse=True)
    assert found == [key for key in lists.keys(desk, wanted) if key in set(found)]


@FEW
@given(keys=st.lists(st.integers(-3, 130), unique=True))
def test_a_page_has_its_rows_in_the_order_asked_for(desk: Desk, model: dict[int, Complaint], keys: list[int]) -> None:
    rows = lists.page(desk, array("q", keys))
    assert [row.key for row in rows] == [key for key in keys if key in model or key in DELETED]
    for row in rows:
        if row.key in model:
            complaint = model[row.key]
            for name in (
                "id reference title received_date status agency category channel due_date priority confidential "
                "sync_state"
            ).split():
                assert getattr(row, name) == getattr(complaint, name)


def test_the_first_page_counts_what_a_plain_walk_would_count(desk: Desk, model: dict[int, Complaint]) -> None:
    found = lists.home(desk, due_rows=8, days=10)
    rows = list(model.values())
    open_rows = [row for row in rows if row.status not in listing.ENDED]
    counted = found.counts
    assert found.today == DAY
    assert found.soon == DAY + timedelta(days=2)
    assert counted.total == len(rows)
    assert counted.received_today == sum(row.received_date == DAY for row in rows)
    assert counted.received_today == sum(counted.received_today_by_channel.values())
    assert counted.unverified == sum(row.status is Status.RECEIVED for row in rows)
    assert counted.late == sum(row.due_date is not None and row.due_date < DAY for row in open_rows)
    assert counted.due_soon == sum(row.due_date is not None and DAY <= row.due_date <= found.soon for row in open_rows)
    assert counted.unsent == sum(row.sync_state is SyncState.PENDING for row in rows)
    assert counted.conflicts == sum(row.sync_state is SyncState.CONFLICT for row in rows)
    assert counted.rejected == sum(row.sync_state is SyncState.REJECTED for row in rows)
    due = [row.due_date for row in found.due]
    assert due == sorted(row.due_date for row in open_rows if row.due_date is not None)[:8]
    assert [day for day, _, _ in found.days] == [DAY - timedelta(days=back) for back in range(9, -1, -1)]
    assert found.days[-1][1] == counted.received_today


@pytest.fixture
def street(desk: Desk) -> dict[str, str]:
    """Four complaints as people bring them; reference numbers by a short name."""
    with desk.store.write() as transaction:
        transaction.connection.exec_driver_sql("INSERT INTO counter VALUES (26, 16)")
    return {
        "lamp": register(
            desk,
            reporter_name="H. Muhammad Noor",
            reporter_phone="0812-5123-4567",
            reporter_address="Jl. Sungai Andai Komp. Herlina",
            rt="12",
            rw="3",
            statement="Lampu jalan di Gg. Mawar padam.",
        ).reference,
        "mosque": register(
            desk,
            reporter_name="Fauzan Jum'atullah",
            reporter_phone="+62 511 330 4455",
            location="Depan Mesjid Al-Jihad, Kel. Sei Miai",
            statement="Drainase mampet di depan mesjid.",
        ).reference,
        "cafe": register(
            desk,
            reporter_name="Zo\u00eb Andr\u00e9",
            reporter_phone="",
            statement="Warung kopi buka sampai pagi, bising sekali.",
        ).reference,
        "rubbish": register(
            desk,
            reporter_name="Rusdiansyah",
            reporter_phone="085249001122",
            rt="120",
            statement="Sampah menumpuk di Jalan Mawardi.",
        ).reference,
    }


def found_by(desk: Desk, typed: str, street: dict[str, str]) -> set[str]:
    wanted = lists.keys(desk, ListFilter(search=typed))
    names = {reference: name for name, reference in street.items()}
    return {names[row.reference] for row in lists.page(desk, wanted)}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("4567", {"lamp"}),
        ("34567", {"lamp"}),
        ("081251234567", {"lamp"}),
        ("0812", {"lamp"}),
        ("0812-5123-4567", {"lamp"}),
        ("0812 5123 4567", {"lamp"}),
        ("0812.5123", {"lamp"}),
        ("+62 812-5123-4567", {"lamp"}),
        ("6281251234567", {"lamp"}),
        ("(0511) 330-4455", {"mosque"}),
        ("0511", {"mosque"}),
        ("noor 0812 5123 4567", {"lamp"}),
        ("rt 12 0812-5123-4567", {"lamp"}),
        ("0812-5123-4568", set()),
        ("4455", {"mosque"}),
        ("17", {"lamp"}),
        ("00018", {"mosque"}),
        ("0403A-26-00019", {"cafe"}),
        ("jalan mawar", {"lamp", "rubbish"}),
        ("jl mawar", {"lamp", "rubbish"}),
        ("Jln. MAWARDI", {"rubbish"}),
        ("gg mawar", {"lamp"}),
        ("gang mawar", {"lamp"}),
        ("RT 12", {"lamp", "rubbish"}),
        ("rt 012 ", {"lamp", "rubbish"}),
        ("rt12 rw3", {"lamp"}),
        ("RT/RW 12/3", {"lamp"}),
        ("noor", {"lamp"}),
        ("muham noo", {"lamp"}),
        ("haji noor", {"lamp"}),
        ("jumatullah", {"mosque"}),
        ("jum'at", {"mosque"}),
        ("masjid", {"mosque"}),
        ("mesjid al jihad", {"mosque"}),
        ("kelurahan sungai miai", {"mosque"}),
        ("zoe andre", {"cafe"}),
        ("ZO\u00cb", {"cafe"}),
        ("padam lampu", {"lamp"}),
        ("lampu sampah", set()),
        ("herlina", {"lamp"}),
        ("", {"lamp", "mosque", "cafe", "rubbish"}),
        ("   ", {"lamp", "mosque", "cafe", "rubbish"}),
    ],
)
def test_what_a_clerk_remembers_finds_it(desk: Desk, street: dict[str, str], typed: str, expected: set[str]) -> None:
    assert found_by(desk, typed, street) == expected


@pytest.mark.parametrize("key", ["lamp", "mosque", "cafe", "rubbish"])
def test_the_whole_number_finds_exactly_its_own(desk: Desk, street: dict[str, str], key: str) -> None:
    assert found_by(desk, street[key], street) == {key}
    assert found_by(desk, street[key].lower().replace("-", " "), street) == {key}
    assert found_by(desk, street[key].lower().replace("-", ""), street) == {key}
    assert found_by(desk, street[key][:-2].replace("-", ""), street) == {key}
    office, year, counter, check = street[key].split("-")
    assert found_by(desk, f"{office} {year}{counter}{check}", street) == {key}


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '"lampu',
        "lampu*",
        "* *",
        "lampu NEAR mawar",
        "NEAR(lampu mawar, 3)",
        "lampu OR",
        "AND OR NOT",
        "-lampu",
        "^lampu",
        "title:lampu",
        "{title statement}: lampu",
        "lampu)",
        "'; DROP TABLE complaint; --",
        "%_%",
        "\x00",
        "lam\x00pu",
        "\u202elampu",
        "\U0001f600",
        "\ud800",
        "\ue000",
        "\u0663\u0664\u0665\u0666",
        "\u00bd \u00b2",
        "a" * 1_000_000,
        "lampu " * 200_000,
        " ".join(str(number) for number in range(100_000)),
    ],
    ids=lambda text: repr(text[:20]),
)
def test_no_search_text_is_an_error(desk: Desk, street: dict[str, str], typed: str) -> None:
    assert found_by(desk, typed, street) <= set(street)


@MANY
@given(typed=st.text(max_size=60))
def test_no_text_at_all_is_an_error(desk: Desk, typed: str) -> None:
    assert list(lists.keys(desk, ListFilter(search=typed))) == []


@pytest.mark.parametrize("typed", ["lampu*", '"lampu"', "-lampu", "title:lampu", "lam\x00pu"])
def test_signs_in_a_search_are_only_signs(desk: Desk, street: dict[str, str], typed: str) -> None:
    expected = {"lamp"} if "title" not in typed and "\x00" not in typed else set()
    assert found_by(desk, typed, street) == expected


def test_the_last_word_may_be_half_typed(desk: Desk) -> None:
    register(desk, statement="Warga Kelayan mengeluh.")
    register(desk, statement="Kantor kelurahan tutup.")
    for typed, many in (("kel", 2), ("kela", 1), ("kel ", 1)):
        assert len(lists.keys(desk, ListFilter(search=typed))) == many


def test_words_and_filters_narrow_together(desk: Desk, street: dict[str, str]) -> None:
    lamp = handling.find(desk, street["lamp"])
    handling.transition(desk, lamp.id, Status.VERIFIED)
    verified = ListFilter(search="mawar", statuses=frozenset({Status.VERIFIED}))
    assert [row.reference for row in lists.page(desk, lists.keys(desk, verified))] == [street["lamp"]]
    assert len(lists.keys(desk, replace(verified, statuses=frozenset({Status.RESOLVED})))) == 0


def test_an_edit_is_found_by_its_new_words_only(desk: Desk, street: dict[str, str]) -> None:
    lamp = handling.find(desk, street["lamp"])
    handling.edit(desk, lamp.id, {"statement": "Tiang listrik miring.", "title": "", "reporter_phone": "081299998888"})
    assert found_by(desk, "tiang miring", street) == {"lamp"}
    assert found_by(desk, "8888", street) == {"lamp"}
    assert found_by(desk, "padam", street) == set()
    assert found_by(desk, "4567", street) == set()
    assert found_by(desk, "noor", street) == {"lamp"}


def test_what_is_deleted_is_found_nowhere(desk: Desk, street: dict[str, str]) -> None:
    with desk.store.write() as transaction:
        stored = complaints.by_reference(transaction, street["lamp"])
        complaints.delete_many(transaction, stored)
    assert found_by(desk, "noor", street) == set()
    assert found_by(desk, "", street) == {"mosque", "cafe", "rubbish"}
    assert duplicates.similar(desk, Typed(statement="Lampu di gang mawar padam")) == []
    with desk.store.write() as transaction:
        complaints.change(transaction, stored[0], {"deleted": False})
    assert found_by(desk, "noor", street) == {"lamp"}


@pytest.mark.parametrize("sort", Sort)
def test_what_a_search_finds_is_in_the_order_of_the_whole_list(
    desk: Desk, model: dict[int, Complaint], sort: Sort
) -> None:
    for descending in (False, True):
        order = ListFilter(sort=sort, descending=descending)
        whole = [key for key in lists.keys(desk, order) if "lampu" in model[key].statement.casefold()]
        assert whole
        assert list(lists.keys(desk, replace(order, search="lampu padam"))) == whole


def test_a_search_gives_the_newest_and_says_that_there_are_more(desk: Desk) -> None:
    intake.add_all(desk, [{"reporter_name": "Siti", "statement": "Banjir."}] * (listing.SEARCH_LIMIT + 5))
    found = lists.keys(desk, ListFilter(search="banjir"))
    assert len(found) == listing.SEARCH_LIMIT + 1
    assert list(found) == sorted(found, reverse=True)
    assert found[0] == listing.SEARCH_LIMIT + 5
    by_number = lists.keys(desk, ListFilter(search="banjir", sort=Sort.REFERENCE, descending=False))
    assert set(by_number) == set(lists.keys(desk, ListFilter(search="banjir", sort=Sort.ARRIVAL)))
    everything = lists.full(desk, ListFilter(search="banjir"))
    assert len({complaint.id for complaint in everything}) == listing.SEARCH_LIMIT + 5
    assert len(lists.full(desk, ListFilter(search="banjir"), limit=7)) == 7


def test_likely_duplicates_come_best_first(desk: Desk, street: dict[str, str]) -> None:
    hints = duplicates.similar(desk, Typed(statement="Lampu di gang mawar sudah lama padam"))
    assert hints[0].candidate.reference == street["lamp"]
    assert duplicates.similar(desk, Typed(statement="di ke yg")) == []
    assert duplicates.similar(desk, Typed(title='"', statement='* NEAR "OR" (')) == []


def test_a_desk_in_use_and_a_list_in_use_do_not_wait_for_each_other(desk: Desk, desk_at: DeskAt) -> None:
    register(desk)
    with desk.store.read() as reading:
        before = listing.count_all(reading)
        register(desk)
        assert listing.count_all(reading) == before  # one picture for the whole of a reading
    with desk.store.read() as reading:
        assert listing.count_all(reading) == before + 1
