"""The hash of what a side holds: the same for the same records, another for any difference."""

from hypothesis import given
from hypothesis import strategies as st

from sync.digest import BUCKETS, bucket_of, by_bucket, digests, state_hash

HELD = st.dictionaries(st.text(max_size=40), st.integers(0, 2**40), max_size=40).map(lambda held: [*held.items()])


@given(HELD, st.randoms())
def test_the_order_does_not_matter(held, random):
    mixed = held.copy()
    random.shuffle(mixed)
    assert state_hash(mixed) == state_hash(held)


@given(HELD, st.data())
def test_another_revision_a_missing_or_a_new_record_shows_in_its_bucket_and_in_no_other(held, data):
    before = digests(by_bucket(held))
    changed = dict(held)
    id_ = data.draw(st.sampled_from([*changed, "baru"]))
    if id_ in changed and data.draw(st.booleans()):
        del changed[id_]
    else:
        changed[id_] = changed.get(id_, 0) + 1
    after = digests(by_bucket(changed.items()))
    differing = {bucket for bucket in range(BUCKETS) if before.get(bucket) != after.get(bucket)}
    assert differing == {bucket_of(id_)}
    assert state_hash(changed.items()) != state_hash(held)


@given(HELD)
def test_every_record_is_in_one_bucket(held):
    buckets = by_bucket(held)
    assert sorted(pair for pairs in buckets.values() for pair in pairs) == sorted(held)
    assert all(0 <= bucket < BUCKETS and pairs for bucket, pairs in buckets.items())


def test_records_of_one_day_are_spread():
    day = "0198a000-0000-7000-8000-"
    sizes = [len(pairs) for pairs in by_bucket((f"{day}{number:012x}", 1) for number in range(10_000)).values()]
    assert len(sizes) == BUCKETS
    assert max(sizes) < 3 * min(sizes)


def test_it_stays_what_it_is():
    assert state_hash([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert state_hash([("b", 2), ("a", 1)]) == state_hash([("a", 1), ("b", 2)])
    assert state_hash([("a", 12)]) != state_hash([("a1", 2)])
    assert bucket_of("0198a000-0000-7000-8000-00000000000a") == 4
