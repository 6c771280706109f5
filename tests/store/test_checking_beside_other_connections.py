"""The check of the file tells the truth on every connection of the pool, also on one that has rested for long."""

from tests.desk_making import register


def test_a_rested_connection_does_not_call_a_healthy_index_corrupt(desk):
    with desk.store.read(), desk.store.read(), desk.store.read():
        assert desk.store.check() == []
    for number in range(60):  # they take turns from now on: what one writes, the others have not seen
        register(desk, title=f"Pengaduan {number}")
        assert desk.store.check() == []
