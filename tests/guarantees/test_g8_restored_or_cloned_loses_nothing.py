"""G8: a restore or a clone, of a desk or of the centre, is detected, and nothing is lost that exists anywhere.

Each case by itself is in `together/test_desk_restored_or_cloned.py` and `test_server_restored.py` there; in any order
with anything else, `together/test_copies_in_any_order.py`. Here everything goes wrong on the same day.
"""

import itertools
import json
import os

import pytest

from central_server import backup
from central_server.centre import system_clock
from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.services import notices
from kelurahan_client.store import outbox
from tests.together.desk_at_work import held_by_the_centre
from tests.together.laws import nothing_is_doubled, the_same_is_held
from tests.together.photos import at_the_centre, attach, photo


def restored(central, central_factory, file):
    """Another machine goes on from the backup."""
    made = central_factory("postgresql" if central.database_url else "sqlite")
    backup.restore(made.data_dir, made.database_url, file, utc_text(system_clock()), os.urandom)
    made.start()
    return made


def epochs_of(desk):
    with desk.desk.store.read() as transaction:
        return outbox.tail(transaction).epoch


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[::3], ids=str)
def test_a_clone_a_desk_put_back_and_a_restored_centre_on_one_day(
    central, central_factory, make_desk, copies, tmp_path, order, request
):
    office = "63.71.04.1003"
    one, two = make_desk(central, office, "A"), make_desk(central, office, "B")
    words = [one.register(title="Sebelum semuanya").title]
    for desk in (one, two):
        desk.exchange()
    known = next(iter(one.listed()))
    file = tmp_path / "kota.backup"
    backup.make(central.centre.store, file, central.centre.now())
    saved = copies.saved(two)
    twin = copies.second_computer(one)
    files = []
    for at, desk in enumerate((one, twin, two)):
        made = desk.register(title=f"Sesudah cadangan {at}")
        words += [made.title, desk.follow_up(known, f"Ditelepon {at}").text, desk.edit(made.id, note=f"Kata {at}").note]
        files.append(attach(desk, made, photo(3_000, at)))
    two.step(known, Status.VERIFIED, "Langkah")
    for desk in (one, two):  # the twin has never been heard
        assert desk.exchange().rejected == 0
    before = {id(desk): epochs_of(desk) for desk in (one, twin, two)}
    copies.put_back(two, saved)
    new = restored(central, central_factory, file)
    request.addfinalizer(new.close)
    desks = (one, twin, two)
    for desk in desks:
        desk.url = new.url
        assert desk.complaint(known)
    one.exchange()  # or the words of two, which are only at the lost centre and at nobody's desk, could be nowhere
    for at in (*order, *order, *order):
        assert desks[at].exchange().rejected == 0
    bodies = json.dumps([row["body"] for row in new.sql("SELECT body FROM record")])
    mine = [word for word in words if not word.endswith(" 2")]  # of desk two only what it had sent to somebody is left
    assert [word for word in mine if word not in bodies] == []
    for attached in files[:2]:
        assert at_the_centre(new, attached.sha256) is not None
    assert (epochs_of(one) != before[id(one)]) + (epochs_of(twin) != before[id(twin)]) >= 1  # one past each
    assert epochs_of(one) != epochs_of(twin)
    nothing_is_doubled(new.centre)
    for desk in desks:
        assert desk.problems() == []
        assert desk.outbox("waiting") == []
        the_same_is_held(new.centre, desk.desk)
        told = " ".join(notice.text for notice in notices.newest(desk.desk))
        assert "Server kota dipulihkan" in told
        assert "disalin" in told
    assert {len(held_by_the_centre(new, office))} == {len(one.listed())}
