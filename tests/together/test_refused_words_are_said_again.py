"""What the centre has refused is put right at the desk, said again, and then counts."""

import pytest

from kelurahan_client.domain.complaint import Status, SyncState
from kelurahan_client.errors import InputError
from kelurahan_client.services import day_close, lists, resending
from tests.desk_making import an_intake
from tests.together.desk_at_work import held_by_the_centre, without


@pytest.fixture
def desk(shared_central, make_desk, office):
    return make_desk(shared_central, office)


def test_a_refused_complaint_is_corrected_and_arrives_with_all_that_followed(shared_central, desk, office):
    (made,) = desk.register_many([an_intake(location_office="99.99.99.9999")])
    desk.follow_up(made.id, "Sudah ditelepon.")
    desk.step(made.id, Status.VERIFIED)
    outcome = desk.exchange()
    assert outcome.rejected == 3
    assert desk.complaint(made.id).sync_state is SyncState.REJECTED
    assert day_close.view(desk.desk).count.total.refused == 1
    desk.edit(made.id, location_office="")
    desk.exchange()
    assert len(lists.detail(desk.desk, made.id).problems) == 4
    assert resending.send_again(desk.desk, made.id) == 4
    assert desk.complaint(made.id).sync_state is SyncState.PENDING
    assert lists.detail(desk.desk, made.id).problems == ()
    assert lists.state(desk.desk).rejected == 0
    outcome = desk.exchange()
    assert (outcome.sent, outcome.rejected, outcome.conflicts) == (4, 0, 0)
    assert desk.complaint(made.id).sync_state is SyncState.ACKNOWLEDGED
    assert without(desk.listed(), "sync_state") == held_by_the_centre(shared_central, office)
    assert desk.told(made.id, "follow_up") == {"Sudah ditelepon."}
    count = day_close.view(desk.desk).count
    assert (count.total.signed, count.refused, count.left_over) == (1, 0, 0)
    assert desk.problems() == []
    with pytest.raises(InputError):
        resending.send_again(desk.desk, made.id)
