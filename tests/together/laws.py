"""What must hold at any moment, looked up in a centre and in desks that are opened here."""

import msgspec
from sqlalchemy import distinct, func, select

from central_server.centre import Centre
from central_server.store import tables as t
from central_server.store.feed import read_cursor
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.desk import identity as identity_of
from kelurahan_client.store import holdings, settings
from kelurahan_client.store.tables import complaint
from sync.digest import state_hash
from sync.protocol import UNCHANGING
from sync.reconciling import desk_state_hash

_EVERYTHING = 1 << 40


def nothing_is_skipped(centre: Centre, desk: Desk) -> None:
    """G5: what the centre has for the desk up to its cursor is at the desk, in this state or in a later one."""
    with desk.store.read() as transaction:
        known = settings.get(transaction, settings.CURSOR)
        office = identity_of(transaction).office
        held = {one.id: one.rev for one in holdings.held(transaction)}
        gone = {*transaction.connection.execute(select(complaint.c.id).where(complaint.c.deleted.is_(True))).scalars()}
    if known is None or known["server_epoch"] != centre.identity.server_epoch:
        return
    cursor, _mark = read_cursor(known["cursor"])
    with centre.store.reading() as session:
        assert cursor <= session.feed.head()
        rows = session.feed.page(office, 0, _EVERYTHING, _EVERYTHING).rows
    for row in rows:
        if row.seq > cursor or row.gone or gone & {row.id, msgspec.json.decode(row.body).get("complaint")}:
            continue
        least = 0 if row.type in UNCHANGING else row.rev
        assert held.get(row.id, -1) >= least, (row.type, row.id, row.rev, row.seq, cursor)


def nothing_is_doubled(centre: Centre) -> None:
    """G2: every mutation is there once and in its place, every record was made once, and no two have one seq."""
    m, h, r = t.mutation.c, t.history.c, t.record.c
    numbers = (func.count(), func.min(m.n), func.max(m.n))
    twice = select(h.record).where(h.field == "", h.lost.is_(False)).group_by(h.record).having(func.count() > 1)
    with centre.store.reading() as session:
        run = session._connection.execute
        said = {
            (row[0], row[1]): row[2:] for row in run(select(m.device, m.epoch, *numbers).group_by(m.device, m.epoch))
        }
        for row in run(select(t.stream)):
            assert said.get((row.device, row.epoch), (0, 1, 0)) == (row.last_n, 1, row.last_n), row
        assert run(twice).all() == []
        records, places, highest = run(select(func.count(), func.count(distinct(r.seq)), func.max(r.seq))).one()
        assert records == places
        assert highest <= session.feed.head()


def the_same_is_held(centre: Centre, desk: Desk) -> None:
    """G3: a desk that has heard everything has the centre's state hash of its office."""
    with desk.store.read() as transaction:
        office = identity_of(transaction).office
        here = {(one.id, one.rev): one.type for one in holdings.held(transaction)}
    with centre.store.reading() as session:
        there = {*session.feed.held(office)}
    differs = [(type_, *pair) for pair, type_ in here.items() if pair not in there], there - here.keys()
    assert desk_state_hash(desk) == state_hash(there), differs
