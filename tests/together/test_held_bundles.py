"""What a person of the city decides about a held stick: told, written down, nothing of it is lost or counts twice."""

import json
from dataclasses import replace
from operator import itemgetter

import pytest

import resources
from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.services import notices
from sync import sending
from sync.protocol import ErrorNumber
from tests.conftest import DATABASES
from tests.together import photos
from tests.together.centre_commands import centre_command
from tests.together.desk_at_work import held_by_the_centre, without
from tests.together.laws import the_same_is_held

ON_BOTH = pytest.mark.parametrize("shared_central", DATABASES, indirect=True)
WHY = ("--reason", "Komputer lama rusak")


@pytest.fixture(scope="module")
def shared_central(request, central_factory):
    made = central_factory(getattr(request, "param", "sqlite"))
    made.start()
    yield made
    made.close()


@pytest.fixture(scope="module")
def offices(shared_central):
    return iter(sorted(load_reference(resources.path("reference")).offices))


def printed(central, *command):
    return [json.loads(line) for line in centre_command(central, *command).splitlines()]


def of_office(central, office, *command):
    return [line for line in printed(central, *command) if line["office"] == office]


def titles(central, office):
    return sorted(line["title"] for line in held_by_the_centre(central, office).values())


def release_everything(central, office):
    """A person lets go of one complaint after the other."""
    for item in of_office(central, office, "quarantine"):
        if item["id"] in {left["id"] for left in of_office(central, office, "quarantine")}:
            centre_command(central, "release", str(item["id"]))
    assert of_office(central, office, "quarantine") == []


def told(desk):
    return " ".join(notice.text for notice in notices.newest(desk.desk))


def agree(central, office, *desks):
    for desk in (*desks, *desks):
        assert desk.exchange().rejected == 0
    for desk in desks:
        assert desk.problems() == []
        assert desk.outbox("waiting") == []
        assert without(desk.listed(), "sync_state") == held_by_the_centre(central, office)
        the_same_is_held(central.centre, desk.desk)


def an_ended_life(central, desk, sticks, copies, work):
    """What `work` says goes onto a stick; then the desk's data are put back, and it goes on and is heard."""
    saved = copies.saved(desk)
    work()
    path = sticks.from_desk(desk)
    elsewhere = copies.second_computer(desk)
    copies.put_back(desk, saved)
    desk.register(title="Di kehidupan yang baru")
    desk.exchange()
    assert sticks.at_centre(central, path)["held"] >= 1
    return of_office(central, desk.office, "bundle", "held")[0]["bundle"], elsewhere


@ON_BOTH
def test_words_that_are_nowhere_else_come_in_one_complaint_after_the_other(
    shared_central, make_desk, office, sticks, copies
):
    desk, other = make_desk(shared_central, office), make_desk(shared_central, office, "B")
    desk.sits_down("Siti")
    photo = photos.photo(90_000)
    made = []

    def work():
        made.append(desk.register(title="Hanya di stik"))
        desk.follow_up(made[0].id, "Ditelepon")
        photos.attach(desk, made[0], photo)
        made.append(desk.register(title="Ini juga"))

    bundle, _elsewhere = an_ended_life(shared_central, desk, sticks, copies, work)
    (shown,) = of_office(shared_central, office, "bundle", "held")
    assert (shown["number"], shown["missing"], shown["arrived"]) == (ErrorNumber.FORK, 4, False)
    (said,) = printed(shared_central, "bundle", "release", bundle, *WHY)
    assert said == {"bundle": bundle, "released": 1, "quarantine": 4}
    assert of_office(shared_central, office, "bundle", "held") == []
    assert titles(shared_central, office) == ["Di kehidupan yang baru"]  # nothing of it is applied unseen
    waiting = of_office(shared_central, office, "quarantine")
    assert [item["reference"] for item in waiting] == [made[0].reference, "", "", made[1].reference]
    assert {(item["desk"], item["number"]) for item in waiting} == {("A", ErrorNumber.FORK)}
    (settled,) = of_office(shared_central, office, "bundle", "settled")
    assert (settled["decision"], settled["why"], settled["missing"], settled["kept"]) == (
        "released",
        "Komputer lama rusak",
        4,
        False,
    )
    assert settled["who"]
    assert settled["at"] > settled["taken_at"]

    results = printed(shared_central, "release", str(waiting[0]["id"]))
    assert [result["result"] for result in results] == ["applied"] * 3
    assert titles(shared_central, office) == ["Di kehidupan yang baru", "Hanya di stik"]
    release_everything(shared_central, office)
    agree(shared_central, office, desk, other)
    assert desk.told(made[0].id, "follow_up") == {"Ditelepon"}
    assert all(item.at_centre for item in photos.of(other, made[0]).values())
    assert desk.complaint(made[0].id).server_received_at.isoformat()[:19] == shown["taken_at"][:19]
    assert "4 perubahan dari stik USB loket A" in told(other)
    assert "Komputer lama rusak" in told(other)
    # The number that both lives gave stands on two receipts.
    assert f"Nomor {made[0].reference} dipakai 2 pengaduan" in told(other)
    given = {line["reference"] for line in held_by_the_centre(shared_central, office).values()}
    assert desk.register().reference not in given
    line = printed(shared_central, "history", made[1].reference)[0]
    assert (line["actor"], line["clock_offset"]) == ("Siti", None)


@ON_BOTH
@pytest.mark.parametrize("first", ["stick", "copy", "between"])
def test_a_copy_that_says_it_too_changes_nothing(shared_central, make_desk, office, sticks, copies, first):
    """The old computer is found, or another has the same data: its words count once, whoever comes first."""
    desk, other = make_desk(shared_central, office), make_desk(shared_central, office, "B")
    shared = desk.register(title="Bersama")
    desk.exchange()
    made = []

    def work():
        made.append(desk.register(title="Hanya di stik"))
        desk.follow_up(made[0].id, "Ditelepon")
        desk.step(made[0].id, Status.VERIFIED)
        desk.edit(made[0].id, location="Muka pos")
        desk.edit(shared.id, note="Dari kehidupan yang lama")

    bundle, elsewhere = an_ended_life(shared_central, desk, sticks, copies, work)
    if first == "copy":
        elsewhere.exchange()
        elsewhere.exchange()
    (said,) = printed(shared_central, "bundle", "release", bundle, *WHY)
    assert said["quarantine"] == (0 if first == "copy" else 5)
    if first == "between":
        elsewhere.exchange()
        elsewhere.exchange()
    else:
        release_everything(shared_central, office)
    other.exchange()
    other.edit(made[0].id, location="Samping langgar")  # somebody goes on from there
    other.edit(shared.id, note="")
    other.exchange()
    release_everything(shared_central, office)
    agree(shared_central, office, desk, elsewhere, other)
    assert titles(shared_central, office) == ["Bersama", "Di kehidupan yang baru", "Hanya di stik"]
    complaint = other.complaint(made[0].id)
    assert (complaint.location, complaint.status) == ("Samping langgar", Status.VERIFIED)
    assert other.complaint(shared.id).note == ""
    assert other.conflicts() == []
    assert [entry.kind for entry in other.story(made[0].id)].count("follow_up") == 1
    assert [entry.kind for entry in other.story(made[0].id)].count("status") == 1


def test_a_value_of_the_old_life_does_not_overwrite_one_of_the_new(shared_central, make_desk, office, sticks, copies):
    desk = make_desk(shared_central, office)
    desk.sits_down("Siti")
    made = desk.register(title="Semula")
    desk.exchange()
    bundle, _elsewhere = an_ended_life(
        shared_central, desk, sticks, copies, lambda: desk.edit(made.id, title="Di stik", location="Muka pos")
    )
    desk.sits_down("Budi")
    desk.edit(made.id, title="Di kehidupan yang baru")
    desk.exchange()
    printed(shared_central, "bundle", "release", bundle, *WHY)
    release_everything(shared_central, office)
    agree(shared_central, office, desk)
    assert (desk.complaint(made.id).title, desk.complaint(made.id).location) == ("Di kehidupan yang baru", "Muka pos")
    (conflict,) = desk.conflicts(made.id)
    sides = {(side["value"], side["actor"]) for side in conflict.body["sides"]}
    assert sides == {("Di kehidupan yang baru", "Budi"), ("Di stik", "Siti")}


def test_two_sticks_of_one_life_and_one_stick_twice(shared_central, make_desk, office, sticks, copies):
    desk = make_desk(shared_central, office)
    saved = copies.saved(desk)
    desk.register(title="Pada kedua stik")
    one = sticks.from_desk(desk)
    desk.register(title="Hanya pada yang kedua")
    two = sticks.from_desk(desk)
    copies.put_back(desk, saved)
    desk.register(title="Baru")
    desk.exchange()
    for path, new in ((one, 1), (two, 1), (one, 0)):
        assert sticks.at_centre(shared_central, path)["held"] == 1
        (shown,) = of_office(shared_central, office, "bundle", "held")
        assert (shown["missing"], shown["arrived"]) == (new, not new)
        assert printed(shared_central, "bundle", "release", shown["bundle"], *WHY)[0]["quarantine"] == new
    release_everything(shared_central, office)
    agree(shared_central, office, desk)
    assert titles(shared_central, office) == ["Baru", "Hanya pada yang kedua", "Pada kedua stik"]


def test_a_stick_of_several_requests_is_released_whole(shared_central, make_desk, office, sticks, copies, monkeypatch):
    desk = make_desk(shared_central, office)
    with monkeypatch.context() as small_requests:
        small_requests.setattr(sending, "MAX_ITEMS", 1)
        bundle, _elsewhere = an_ended_life(
            shared_central, desk, sticks, copies, lambda: [desk.register(title=f"Stik {n}") for n in range(3)]
        )
    shown = of_office(shared_central, office, "bundle", "held")
    assert [one["number"] for one in shown] == [ErrorNumber.FORK, ErrorNumber.FORK, ErrorNumber.GAP]
    (said,) = printed(shared_central, "bundle", "release", bundle, *WHY)
    assert (said["released"], said["quarantine"]) == (3, 3)
    release_everything(shared_central, office)
    agree(shared_central, office, desk)
    assert titles(shared_central, office) == ["Di kehidupan yang baru", "Stik 0", "Stik 1", "Stik 2"]


def test_what_a_desk_may_still_say_itself_is_not_released(shared_central, make_desk, office, sticks, command_fails):
    desk = make_desk(shared_central, office)
    desk.register(title="Hilang di jalan")
    sticks.from_desk(desk)
    with desk.desk.store.write() as transaction:  # as after a restore of the centre, which lost the first
        transaction.connection.exec_driver_sql("UPDATE outbox SET result = 'applied' WHERE n = 1")
    desk.register(title="Datang terlalu awal")
    path = sticks.from_desk(desk)
    assert sticks.at_centre(shared_central, path)["held"] == 1
    (shown,) = of_office(shared_central, office, "bundle", "held")
    assert shown["number"] == ErrorNumber.GAP
    assert "revoke" in command_fails("LK-4005", "bundle", "release", shown["bundle"], *WHY)
    assert of_office(shared_central, office, "bundle", "held") == [shown]
    centre_command(shared_central, "revoke", "--office", office, "--desk", "A")
    (said,) = printed(shared_central, "bundle", "release", shown["bundle"], *WHY)
    assert said["quarantine"] == 1
    release_everything(shared_central, office)
    assert titles(shared_central, office) == ["Datang terlalu awal"]


@pytest.fixture
def command_fails(shared_central):
    def run(number, *command):
        done = shared_central.cli(*command)
        assert (done.returncode, done.stdout, done.stderr[:7]) == (1, "", number)
        return done.stderr

    return run


def test_what_is_discarded_is_told_written_down_and_can_still_be_released(
    shared_central, make_desk, office, sticks, copies
):
    desk = make_desk(shared_central, office)
    bundle, _elsewhere = an_ended_life(
        shared_central, desk, sticks, copies, lambda: desk.register(title="Dibuang, lalu dicari")
    )
    (said,) = printed(shared_central, "bundle", "discard", bundle, "--reason", "Dikira  sudah\ndicatat ulang")
    assert said == {"bundle": bundle, "discarded": 1, "missing": 1}
    assert of_office(shared_central, office, "bundle", "held") == []
    (settled,) = of_office(shared_central, office, "bundle", "settled")
    assert itemgetter("decision", "why", "missing", "kept")(settled) == (
        "discarded",
        "Dikira sudah dicatat ulang",
        1,
        True,
    )
    desk.exchange()
    assert "tidak dipakai (Dikira sudah dicatat ulang). 1 perubahan di dalamnya tidak ada di server kota" in told(desk)
    sticks.from_centre(shared_central, desk)  # whoever brought it is answered all the same
    (said,) = printed(shared_central, "bundle", "release", bundle, *WHY)
    assert said["quarantine"] == 1
    assert [one["kept"] for one in of_office(shared_central, office, "bundle", "settled")] == [False, False]
    release_everything(shared_central, office)
    agree(shared_central, office, desk)
    assert titles(shared_central, office) == ["Di kehidupan yang baru", "Dibuang, lalu dicari"]


@pytest.mark.parametrize("discarded", [False, True])
def test_what_the_same_bundle_has_of_a_past_that_goes_on_stays(
    shared_central, make_desk, office, sticks, copies, discarded
):
    desk = make_desk(shared_central, office)
    bundle, _elsewhere = an_ended_life(shared_central, desk, sticks, copies, lambda: desk.register(title="Di stik"))
    with shared_central.centre.store.writing() as session:
        (forked,) = session.carried.held(bundle)
        early = replace(forked, ordinal=1, epoch="berjalan", number=int(ErrorNumber.GAP))
        session.carried.keep(forked.device, bundle, [forked, early])
    if discarded:
        printed(shared_central, "bundle", "discard", bundle, *WHY)
    (said,) = printed(shared_central, "bundle", "release", bundle, *WHY)
    assert (said["released"], said["quarantine"]) == (1, 1)
    if discarded:
        kept = [one["epoch"] for one in of_office(shared_central, office, "bundle", "settled") if one["kept"]]
        assert kept == ["berjalan"]
    else:
        assert [one["epoch"] for one in of_office(shared_central, office, "bundle", "held")] == ["berjalan"]
