"""Sticks that were cut, altered, exchanged, stolen, or carried to the wrong place: a sentence, and nothing changes."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resources
from central_server import bundles, exchange
from central_server.centre import open_centre
from central_server.enrolment import revoke
from central_server.errors import Unknown
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.errors import (
    BundleError,
    DamagedBundle,
    DiskFull,
    ForeignBundle,
    OutdatedBundle,
    Refused,
    Revoked,
    UnreadableFile,
    Untrusted,
)
from sync import carrying
from tests.desk_making import MANY, Noise, an_intake
from tests.full_disk import room_for
from tests.together import photos
from tests.together.centre_commands import centre_command
from tests.together.desk_at_work import held_by_the_centre
from tests.together.desk_process import run_command
from tests.together.sticks import Sticks, boundaries, home, position, take

FEW_CUTS = settings(MANY, max_examples=40, suppress_health_check=[*HealthCheck])


@pytest.fixture(scope="module")
def shared_central(central_factory):
    made = central_factory("sqlite")
    made.start()
    yield made
    made.close()


@pytest.fixture(scope="module")
def offices(shared_central):
    return iter(sorted(load_reference(resources.path("reference")).offices))


@pytest.fixture(scope="module")
def sticks(tmp_path_factory):
    return Sticks(tmp_path_factory.mktemp("sticks"))


@pytest.fixture(scope="module")
def sent(shared_central, make_desk, offices, sticks):
    """A desk with a complaint and a photo on a stick that the centre has not seen; its bytes."""
    desk = make_desk(shared_central, next(offices))
    photos.attach(desk, desk.register(), photos.photo(150_000))
    path = sticks.from_desk(desk)
    return desk, path.read_bytes()


@pytest.fixture(scope="module")
def answered(shared_central, make_desk, offices, sticks):
    """A desk whose stick was answered; the bytes of the answer, which has several pages and chunks."""
    desk = make_desk(shared_central, office := next(offices))
    colleague = make_desk(shared_central, office, "B")
    noise = Noise(7)
    long = ("".join(noise(32).hex() for _ in range(40)) for _ in range(150))
    colleague.register_many([an_intake(statement=text) for text in long])
    colleague.exchange()
    desk.register()
    sticks.at_centre(shared_central, sticks.from_desk(desk))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exchange, "FEED_PAGE", 50)
        return desk, sticks.from_centre(shared_central, desk).read_bytes()


def seq(central):
    (row,) = central.sql("SELECT seq FROM head")
    rows = central.sql("SELECT count(*) AS n FROM mutation")
    return row["seq"], rows[0]["n"], central.sql("SELECT * FROM carried_request")


def test_cut_anywhere(shared_central, sticks, sent, answered):
    before = seq(shared_central)
    data = sent[1]
    edges = boundaries(data)
    assert len(edges) > 4  # several chunks
    for edge in (*edges, *(edge + 2 for edge in edges), 0, 5, len(data) - 64, len(data) - 1):
        with pytest.raises(DamagedBundle):
            take(shared_central, sticks.changed(sticks.free(), data[: min(edge, len(data) - 1)]))
    assert seq(shared_central) == before
    desk, data = answered
    before = desk.dump()
    assert len(boundaries(data)) > 4
    for edge in (*boundaries(data), len(data) // 2, len(data) - 1):
        with pytest.raises(DamagedBundle):
            home(desk, sticks.changed(sticks.free(), data[:edge]))
    assert desk.dump() == before


@FEW_CUTS
@given(st.data())
def test_altered_anywhere(shared_central, sticks, sent, answered, data):
    for (desk, content), at_the_centre in ((sent, True), (answered, False)):
        changed = bytearray(content)
        place = data.draw(st.integers(0, len(content) - 1) | st.sampled_from(boundaries(content)))
        changed[min(place, len(content) - 1)] ^= data.draw(st.integers(1, 255))
        path = sticks.changed(sticks.free(), bytes(changed))
        before = seq(shared_central) if at_the_centre else position(desk), desk.outbox("waiting")
        with pytest.raises(BundleError):
            take(shared_central, path) if at_the_centre else home(desk, path)
        after = seq(shared_central) if at_the_centre else position(desk), desk.outbox("waiting")
        assert before == after
        path.unlink()


def test_another_file_of_the_stick(shared_central, sticks, answered):
    path = sticks.changed(sticks.free(), photos.photo(3_000))
    for wrong in (lambda: take(shared_central, path), lambda: home(answered[0], path)):
        with pytest.raises(DamagedBundle, match="bukan bundel"):
            wrong()
    with pytest.raises(UnreadableFile):
        home(answered[0], sticks.folder / "tidak-ada")


def test_to_the_wrong_side(shared_central, sticks, sent, answered):
    desk, request = sent
    with pytest.raises(ForeignBundle, match="kiriman sebuah loket"):
        home(desk, sticks.changed(sticks.free(), request))
    with pytest.raises(ForeignBundle, match="jawaban server kota"):
        take(shared_central, sticks.changed(sticks.free(), answered[1]))


def test_to_another_desk(sticks, sent, answered):
    before = sent[0].dump()
    with pytest.raises(ForeignBundle, match="loket lain"):
        home(sent[0], sticks.changed(sticks.free(), answered[1]))
    assert sent[0].dump() == before


def test_to_another_city(central_factory, sticks, sent, answered, make_desk, offices):
    other = central_factory("sqlite")
    other.start()
    stranger = make_desk(other, next(offices))
    with pytest.raises(ForeignBundle, match="server kota lain"):
        take(other, sticks.changed(sticks.free(), sent[1]))
    with pytest.raises(ForeignBundle, match="server kota lain"):
        home(stranger, sticks.changed(sticks.free(), answered[1]))
    assert other.sql("SELECT * FROM carried_request") == []


def test_an_answer_that_nobody_asked_for(shared_central, make_desk, offices, sticks):
    desk = make_desk(shared_central, next(offices))
    sticks.at_centre(shared_central, sticks.from_desk(desk))
    answer = sticks.from_centre(shared_central, desk)
    with desk.desk.store.write() as transaction:
        carrying.settings.put(transaction, carrying.settings.BUNDLES, [])
    before = desk.dump()
    with pytest.raises(OutdatedBundle, match="tidak dikenal komputer ini"):
        home(desk, answer)
    assert desk.dump() == before


def test_a_desk_that_was_withdrawn(shared_central, make_desk, offices, sticks):
    office = next(offices)
    desk, colleague = make_desk(shared_central, office), make_desk(shared_central, office, "B")
    made = desk.register(title="Kata warga")
    item = photos.attach(desk, made, photos.photo(5_000))
    path = sticks.from_desk(desk)
    colleague.register(title="Rahasia kantor")
    colleague.exchange()
    revoke(shared_central.centre, office, "A")
    centre = held_by_the_centre(shared_central, office)
    said = sticks.at_centre(shared_central, path)
    assert (said["requests"], said["applied"], said["refused"], said["held"], said["files"]) == (1, 0, 1, 0, 1)
    assert held_by_the_centre(shared_central, office) == centre
    waiting = centre_command(shared_central, "quarantine")
    assert made.id in waiting
    assert waiting.count(f'"office": "{office}"') == 2
    answer = sticks.from_centre(shared_central, desk)
    assert answer.stat().st_size < 700  # a refusal, and no data
    before = desk.dump(attempts=False)
    with pytest.raises(Revoked, match="dicabut"):
        home(desk, answer)
    assert desk.dump(attempts=False) == before
    assert "Rahasia kantor" not in {line["title"] for line in desk.listed().values()}
    # Released by a person, and the photo is there already.
    for id_ in (line["id"] for line in _lines(waiting) if line["office"] == office and line["kind"]):
        centre_command(shared_central, "release", str(id_))
    assert centre_command(shared_central, "missing-files", "--verify").count(item.sha256) == 0
    assert photos.at_the_centre(shared_central, item.sha256) == photos.photo(5_000)
    assert made.id in held_by_the_centre(shared_central, office)


def test_a_desk_that_was_withdrawn_while_its_stick_was_here(shared_central, make_desk, offices, sticks):
    office = next(offices)
    desk, colleague = make_desk(shared_central, office), make_desk(shared_central, office, "B")
    desk.register()
    assert sticks.at_centre(shared_central, sticks.from_desk(desk))["applied"] == 1
    colleague.register()
    colleague.exchange()
    revoke(shared_central.centre, office, "A")
    with pytest.raises(Revoked):
        home(desk, sticks.from_centre(shared_central, desk))
    assert len(desk.listed()) == 1


def test_an_answer_that_does_not_answer_everything(shared_central, make_desk, offices, sticks, monkeypatch):
    desk = make_desk(shared_central, next(offices))
    desk.register()
    sticks.at_centre(shared_central, sticks.from_desk(desk))
    monkeypatch.setattr(bundles, "answers", lambda *_: [])
    before = desk.dump()
    with pytest.raises(Untrusted, match="tidak menjawab semua"):
        home(desk, sticks.from_centre(shared_central, desk))
    assert desk.dump() == before


def _lines(text):

    return [json.loads(line) for line in text.splitlines()]


def test_a_new_computer_at_the_same_desk_gets_its_own_answers(shared_central, make_desk, offices, sticks):
    office = next(offices)
    old = make_desk(shared_central, office)
    old.register(title="Dari komputer lama")
    path = sticks.from_desk(old)
    new = make_desk(shared_central, office)  # withdraws the old one
    new.register(title="Dari komputer baru")
    assert sticks.at_centre(shared_central, path)["refused"] == 1
    assert sticks.round_trip(shared_central, new).waiting == 0
    assert {line["title"] for line in held_by_the_centre(shared_central, office).values()} == {"Dari komputer baru"}


def test_a_desk_of_which_the_centre_knows_nothing(shared_central, central_factory, sticks, sent):
    other = central_factory("sqlite")
    keys = shared_central.centre.identity
    assert other.centre.identity != keys
    other.centre.store.close()
    other.sql(
        "UPDATE identity SET signing_key = :signing, sealing_key = :sealing",
        signing=keys.signing_key,
        sealing=keys.sealing_key,
    )
    centre = open_centre(other.data_dir, None)  # with the keys of the first
    with sticks.changed(sticks.free(), sent[1]).open("rb") as file, pytest.raises(ForeignBundle, match="tidak dikenal"):
        bundles.Bundles(centre).take(file)
    centre.store.close()


def test_a_desk_that_has_brought_nothing_gets_nothing(shared_central, make_desk, offices, sticks):
    desk = make_desk(shared_central, next(offices))
    with pytest.raises(Unknown, match="belum membawa bundel"):
        bundles.Bundles(shared_central.centre).answer(desk.office, "A")


def test_a_desk_that_was_away_for_too_long_needs_the_network_once(shared_central, make_desk, offices, sticks):
    office = next(offices)
    desk, colleague = make_desk(shared_central, office), make_desk(shared_central, office, "B")
    moved = colleague.register(location_office=office)
    colleague.exchange()
    cursor = position(desk)
    shared_central.sql("UPDATE head SET pruned = seq + 0")
    with desk.desk.store.write() as transaction:
        carrying.settings.put(transaction, carrying.settings.CURSOR, cursor | {"cursor": "1"})
    mine = desk.register()
    sticks.at_centre(shared_central, sticks.from_desk(desk))
    with pytest.raises(Refused, match="dicocokkan") as caught:
        home(desk, sticks.from_centre(shared_central, desk))
    assert "lewat jaringan" in caught.value.way_out
    assert desk.outbox("waiting") == []  # its own words were answered all the same
    desk.exchange()
    assert {mine.id, moved.id} <= set(desk.listed())
    sticks.round_trip(shared_central, desk)


def test_the_commands(shared_central, make_desk, offices, sticks):
    desk = make_desk(shared_central, next(offices))
    photos.attach(desk, desk.register(), photos.photo(2_000))
    there, back = sticks.free(), sticks.free()
    folder = str(desk.config.data_dir)
    with desk.away():
        made = run_command("--data-dir", folder, "bundle", "export", str(there))
        done = shared_central.cli("bundle", "import", str(there), "--answer", str(back))
        taken = run_command("--data-dir", folder, "bundle", "import", str(back))
        old = run_command("--data-dir", folder, "bundle", "import", str(back))
    assert (made.status, made.err) == (0, "")
    (said,) = _lines(made.out)
    assert (said["requests"], said["sent"], said["files"], said["bytes"]) == (1, 2, 1, there.stat().st_size)
    assert (done.returncode, done.stderr) == (0, "")
    (centre,) = _lines(done.stdout)
    assert (centre["applied"], centre["files"], centre["answer"]["answers"]) == (2, 1, said["bundle"])
    (home_again,) = _lines(taken.out)
    assert (taken.status, taken.err, home_again["applied"], home_again["waiting"]) == (0, "", 2, 0)
    assert (old.status, old.err[:7]) == (0, "LK-1900")


def test_a_full_stick(shared_central, make_desk, offices, sticks):
    desk = make_desk(shared_central, next(offices))
    photos.attach(desk, desk.register(), photos.photo(4_000_000))
    path = sticks.free()
    names = set(sticks.folder.iterdir())
    with room_for(3_000_000), pytest.raises(DiskFull, match="stik USB"):
        carrying.export(desk.desk, path)
    assert set(sticks.folder.iterdir()) == names
    assert carrying.export(desk.desk, path).files == 1
