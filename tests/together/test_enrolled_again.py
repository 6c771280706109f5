"""A desk that the centre does not know, or has withdrawn, comes back with its data: nothing is lost or doubled."""

import pytest

from central_server import quarantine
from central_server.enrolment import revoke
from kelurahan_client.domain.complaint import Status
from kelurahan_client.errors import InputError, Refused, Revoked, Untrusted
from kelurahan_client.services import lists, notices
from kelurahan_client.services.desk import find_identity
from sync import enrolment
from sync.protocol import ErrorNumber
from sync.transport import HttpTransport
from tests.together.desk_at_work import held_by_the_centre
from tests.together.photos import attach, photo
from tests.together.restored_city import ON_BOTH


def again(city, desk, letter="A"):
    return enrolment.enrol_again(desk.desk, city.central.url, city.central.enrol_code(city.office, letter))


def everything_is_there(city, titles):
    assert sorted(line["title"] for line in city.held().values()) == sorted(titles)
    numbers = [line["reference"] for line in city.held().values()]
    assert len(set(numbers)) == len(numbers)


@ON_BOTH
@pytest.mark.parametrize(("letter", "colleague_first"), [("A", True), ("C", False)])
def test_a_desk_that_was_enrolled_after_the_backup(city, letter, colleague_first):
    two = city.desk("B")
    saved = city.backup()
    one = city.desk("A")
    made = one.register(title="Semula")
    file = attach(one, made, photo(3_000, 3))
    one.exchange()
    one.edit(made.id, title="Diubah")
    one.step(made.id, Status.VERIFIED, "Sudah dilihat")
    one.follow_up(made.id, "Dari loket A")
    one.exchange()
    two.exchange()
    two.edit(made.id, note="Dari B")
    two.exchange()
    one.register(title="Belum terkirim")
    city.restore(saved)
    if colleague_first:
        two.exchange()
    for _attempt in range(2):
        with pytest.raises(Refused) as caught:
            one.exchange()
        assert caught.value.code == "LK-3111"
        assert "tidak mengenal komputer ini" in caught.value.message
        assert "Daftarkan lagi" in caught.value.way_out
    me = again(city, one, letter)
    titles = [line["set"].get("title") for line in one.waiting_lines()]
    assert (titles[0], titles[-1]) == ("Semula", "Belum terkirim")  # in the order in which they were said
    assert (find_identity(one.desk).desk, lists.state(one.desk).last_failure) == (letter, None)
    if not colleague_first:
        one.exchange()
    city.agree()
    everything_is_there(city, ["Diubah", "Belum terkirim"])
    line = city.held()[made.id]
    assert (line["note"], line["status"]) == ("Dari B", "verified")
    words = sorted((kind, text or note or "") for _id, kind, _parent, text, note, _to, _actor in city.told())
    assert words == [("attachment", ""), ("follow_up", "Dari loket A"), ("status_step", "Sudah dilihat")]
    assert one.conflicts() == two.conflicts() == []
    stored = city.central.sql("SELECT stored_at FROM attachment WHERE sha256 = :sha256", sha256=file.sha256)
    assert stored[0]["stored_at"]
    one.register(title="Sesudah itu")
    city.restore(city.backup())  # what the former device said is in this one, and is not asked of the new one
    city.agree()
    everything_is_there(city, ["Diubah", "Belum terkirim", "Sesudah itu"])
    assert me.device == find_identity(one.desk).device
    assert not [told for told in notices.newest(one.desk) if "disalin" in told.text]


@pytest.mark.parametrize("letter", ["A", "C"])
def test_a_desk_that_was_withdrawn_by_mistake(city, letter):
    one, two = city.desk("A"), city.desk("B")
    made = one.register(title="Semula")
    one.exchange()
    two.exchange()
    saved = city.backup()
    late = one.register(title="Belum terkirim")
    one.follow_up(late.id, "Ditelepon")
    one.edit(made.id, title="Diubah loket A")
    revoke(city.central.centre, city.office, "A")
    with pytest.raises(Revoked) as caught:
        one.exchange()
    assert "Daftarkan lagi" in caught.value.way_out
    again(city, one, letter)
    outcome = one.exchange()
    assert (outcome.sent, outcome.rejected, outcome.conflicts) == (3, 0, 0)
    two.exchange()
    two.edit(made.id, title="Diubah loket B")
    two.exchange()
    held = city.central.sql("SELECT id FROM quarantine WHERE office = :office ORDER BY id", office=city.office)
    quarantine.release(city.central.centre, held[0]["id"])  # a person lets go what is here already
    quarantine.release(city.central.centre, held[2]["id"])
    city.agree()
    everything_is_there(city, ["Diubah loket B", "Belum terkirim"])
    assert [text for _id, kind, _parent, text, *_rest in city.told() if kind == "follow_up"] == ["Ditelepon"]
    assert one.conflicts() == two.conflicts() == []
    city.restore(city.backup())  # this one knows what the desk said as its former device
    city.agree()
    everything_is_there(city, ["Diubah loket B", "Belum terkirim"])
    assert one.conflicts() == []
    city.restore(saved)  # here nobody knows the new device
    with pytest.raises(Refused):
        one.exchange()
    again(city, one, letter)
    city.agree()
    everything_is_there(city, ["Diubah loket B", "Belum terkirim"])


def test_an_answer_that_was_lost_and_a_code_for_others(city, monkeypatch):
    one = city.desk("A")
    one.register(title="Belum terkirim")
    before, words = find_identity(one.desk), one.outbox("waiting")
    elsewhere = city.central.enrol_code(city.elsewhere, "A")
    with pytest.raises(Refused) as caught:
        enrolment.enrol_again(one.desk, city.central.url, elsewhere)
    assert caught.value.number == ErrorNumber.CODE
    with pytest.raises(InputError):
        enrolment.enrol(one.desk, city.central.url, city.central.enrol_code(city.office, "A"))
    code = city.central.enrol_code(city.office, "A")
    heard = HttpTransport.enrol

    def lost(*said):
        heard(*said)
        raise Untrusted("Jawabannya hilang.")

    with monkeypatch.context() as way:
        way.setattr(HttpTransport, "enrol", lost)
        with pytest.raises(Untrusted):
            enrolment.enrol_again(one.desk, city.central.url, code)
    assert (find_identity(one.desk), one.outbox("waiting")) == (before, words)
    after = enrolment.enrol_again(one.desk, city.central.url, code)
    assert (after.office, after.desk) == (before.office, before.desk)
    assert after.signing_key != before.signing_key
    one.exchange()
    assert [line["title"] for line in held_by_the_centre(city.central, city.office).values()] == ["Belum terkirim"]
    unused = "SELECT office FROM enrol_code WHERE office = :office AND used_by IS NULL"
    assert len(city.central.sql(unused, office=city.elsewhere)) == 1
