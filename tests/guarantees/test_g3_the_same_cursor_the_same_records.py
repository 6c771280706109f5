"""G3: whoever has the same cursor of the same centre holds the same records, however it came there."""

import random

from kelurahan_client.domain.complaint import Status
from kelurahan_client.errors import ExchangeError
from kelurahan_client.store import settings
from sync.reconciling import desk_state_hash
from tests.together.centre_commands import centre_command
from tests.together.laws import nothing_is_skipped, the_same_is_held
from tests.together.photos import attach, photo
from tools.broken_network import LOST_REPLY, Fault

WAYS = (None, None, LOST_REPLY, Fault(cut_reply=300), Fault(cut_request=200))


def cursor_of(desk):
    with desk.desk.store.read() as transaction:
        return settings.get(transaction, settings.CURSOR)


def test_by_many_small_steps_by_one_large_one_afresh_or_by_comparing(shared_central, make_desk, offices, network):
    chance = random.Random(63)  # noqa: S311  # an order to try, not a secret
    office, elsewhere = next(offices), next(offices)
    busy, calm = make_desk(shared_central, office, "A", network), make_desk(shared_central, office, "B")
    away, other = make_desk(shared_central, office, "C"), make_desk(shared_central, elsewhere, "A")
    made = []
    for number in range(12):
        made.append(busy.register(title=f"Pengaduan {number}"))
        known = chance.choice(made).id
        busy.edit(known, note=f"Catatan {number}", location_office=chance.choice(["", elsewhere]))
        if number % 3 == 0:
            busy.step(made[-1].id, Status.VERIFIED)
            attach(busy, made[-1], photo(1_000, number))
        for desk, words in ((calm, "tenang"), (other, "seberang")):
            if number % 2 and known in desk.listed():
                desk.edit(known, title=f"Judul {words} {number}")
                desk.exchange()
        fault = chance.choice(WAYS)
        network.plan(*([fault] if fault else []))
        try:
            busy.exchange()
        except ExchangeError:
            assert fault
        nothing_is_skipped(shared_central.centre, busy.desk)
    network.plan()
    centre_command(shared_central, "prune", "--days", "0")  # whoever was away must compare
    everybody = [busy, calm, away, make_desk(shared_central, office, "D")]
    for desk in everybody * 2:
        desk.exchange()
    assert len({str(cursor_of(desk)["cursor"]).split(".")[0] for desk in everybody}) == 1
    assert len({desk_state_hash(desk.desk) for desk in everybody}) == 1
    for desk in everybody:
        the_same_is_held(shared_central.centre, desk.desk)
        assert desk.listed() == busy.listed()
        assert [(one.id, one.body) for one in desk.conflicts()] == [(one.id, one.body) for one in busy.conflicts()]
        for id_ in busy.listed():
            assert desk.told(id_, "follow_up") == busy.told(id_, "follow_up")
            assert desk.told(id_, "status") == busy.told(id_, "status")
