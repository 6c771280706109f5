"""G9, and no push refused for age: this version and the next, each as desk and as centre, in processes of their own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import resources
from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import Status, SyncState
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.errors import Refused
from kelurahan_client.services import attachments, deciding, doctor, lists
from kelurahan_client.services.desk import find_identity
from kelurahan_client.store import aside, complaints, epochs, outbox
from sync import enrolment, sending
from sync.protocol import ErrorNumber
from tests.desk_making import FakeClock
from tests.together.desk_at_work import DeskAtWork
from tests.together.other_version import OtherDesk, make_other_version, speak_only_the_newest
from tests.together.photos import photo
from tools.central_process import ROOT, Central

OFFICE = sorted(load_reference(resources.path("reference")).offices)[7]


@pytest.fixture(scope="module")
def next_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_other_version(tmp_path_factory.mktemp("next-version"))


@pytest.fixture(scope="module")
def far_version(tmp_path_factory: pytest.TempPathFactory, next_version: Path) -> Path:
    """The one after it, which does not speak this version's protocol any more."""
    root = tmp_path_factory.mktemp("far") / "version"
    shutil.copytree(next_version, root)
    speak_only_the_newest(root)
    return root


@pytest.fixture(scope="module")
def blank_data(tmp_path_factory: pytest.TempPathFactory, next_version: Path) -> Path:
    """The data of a desk of the next version that was never enrolled."""
    desk = OtherDesk(next_version, tmp_path_factory.mktemp("blank-next") / "data")
    assert desk("list").status == 0
    desk.close()
    return desk.data_dir


@dataclass
class City:
    """A centre, and desks of both versions that it may meet in one office."""

    central: Central
    folder: Path
    blank: Path  # data of a desk of this version
    blank_data: Path  # and of the next
    desks: list[DeskAtWork | OtherDesk] = field(default_factory=list)

    def start(self, root: Path) -> None:
        """The centre goes on as the version in `root`."""
        self.central.stop()
        self.central.root = root
        self.central.start()

    def old_desk(self, letter: str) -> DeskAtWork:
        """Enrols a desk of this version."""
        config = Config(self.folder / f"old-{letter}")
        shutil.copytree(self.blank, config.data_dir)
        work = DeskAtWork.open(config, self.central.url, FakeClock())
        self.desks.append(work)
        enrolment.enrol(work.desk, self.central.url, self.central.enrol_code(OFFICE, letter))
        work.exchange()
        return work

    def new_desk(self, root: Path, letter: str) -> OtherDesk:
        """Enrols a desk of another version."""
        data = self.folder / f"new-{letter}"
        shutil.copytree(self.blank_data, data)
        desk = self.open(root, data)
        assert (
            desk("enrol", "--server", self.central.url, "--code", self.central.enrol_code(OFFICE, letter)).status == 0
        )
        desk("exchange")
        return desk

    def open(self, root: Path, data: Path) -> OtherDesk:
        """Opens data in another version."""
        self.desks.append(OtherDesk(root, data))
        return self.desks[-1]


@contextmanager
def founded(folder: Path, blank: Path, blank_data: Path) -> Iterator[City]:
    """A city whose centre is of this version."""
    (folder / "centre").mkdir()
    city = City(Central(folder / "centre", None), folder, blank, blank_data)
    city.start(ROOT)
    yield city
    for desk in city.desks:
        desk.close()
    city.central.close()


@pytest.fixture
def city(tmp_path: Path, blank_folder: Path, blank_data: Path) -> Iterator[City]:
    """A city of this version."""
    with founded(tmp_path, blank_folder, blank_data) as made:
        yield made


@pytest.fixture(scope="module")
def ahead(
    tmp_path_factory: pytest.TempPathFactory, blank_folder: Path, blank_data: Path, next_version: Path
) -> Iterator[tuple[DeskAtWork, DeskAtWork, OtherDesk, City]]:
    """Two desks of this version, one of the next, and a centre of the next."""
    with founded(tmp_path_factory.mktemp("ahead"), blank_folder, blank_data) as made:
        one, two, newest = made.old_desk("A"), made.old_desk("B"), made.new_desk(next_version, "N")
        made.start(next_version)
        yield one, two, newest, made


def words(**changes: str) -> dict[str, Any]:
    """A complaint as the new desk takes it."""
    values: dict[str, Any] = {
        "received_date": datetime.now(UTC).date().isoformat(),
        "reporter_name": "Rusdiansyah",
        "statement": "Sampah menumpuk di muka pasar sejak hari Minggu.",
        "place": "Muka pasar",
        "anonymous": False,
        "confidential": False,
    }
    return values | changes


def extra_of(desk: DeskAtWork, id_: str) -> dict[str, Any]:
    with desk.desk.store.read() as transaction:
        stored = complaints.get(transaction, id_)
    assert stored is not None
    return stored.extra


def test_old_desks_and_a_new_centre(ahead, next_version, tmp_path):
    one, two, newest, city = ahead
    made = one.register(location="Gang Mawar", title="Lampu padam")
    one.edit(made.id, title="Lampu jalan padam")
    one.follow_up(made.id, "Ditelepon")
    one.step(made.id, Status.VERIFIED)
    picture = tmp_path / "lampu.jpg"
    picture.write_bytes(photo(30_000, seed=1))
    attachments.attach(one.desk, made.id, picture)
    outcome = one.exchange()
    assert (outcome.sent, outcome.applied, outcome.blobs_sent) == (5, 5, 1)
    assert one.exchange().changed == {"attachment"}  # one's own words do not come back, only that the bytes came

    newest.exchange()
    shown = newest.show(made.reference)
    assert (shown["place"], shown["title"], shown["status"]) == ("Gang Mawar", "Lampu jalan padam", "verified")
    newest.edit(made.reference, landmark="Dekat langgar")
    newest.edit(made.reference, place="Ujung Gang Mawar")
    kiosk = newest.add(**words(channel="kiosk"))
    newest.exchange()

    # What the old desks do not understand is with them all the same, and what they do goes on.
    for desk in (one, two):
        desk.exchange()
        assert desk.complaint(made.id).location == "Ujung Gang Mawar"
        assert extra_of(desk, made.id) == {"landmark": "Dekat langgar"}
        with desk.desk.store.read() as transaction:
            assert aside.count(transaction) == 2  # the visit, and the complaint from the kiosk
        assert any("2 data" in problem for problem in doctor.examine(desk.desk, find_identity(desk.desk)).problems)
        assert desk.exchange().received == 0

    # An edit of an old desk erases nothing.
    two.edit(made.id, location="Muka Gang Mawar")
    two.exchange()
    newest.exchange()
    shown = newest.show(made.reference)
    assert (shown["place"], shown["landmark"]) == ("Muka Gang Mawar", "Dekat langgar")

    # The old desk becomes a new one: everything is there, and nothing is asked for again.
    two.exchange()
    two.close()
    upgraded = city.open(next_version, two.config.data_dir)
    shown = upgraded.show(made.reference)
    assert (shown["place"], shown["landmark"]) == ("Muka Gang Mawar", "Dekat langgar")
    assert "Kunjungan ke tempat" in {entry["text"] for entry in shown["timeline"]}
    assert upgraded.show(kiosk)["channel"] == "kiosk"
    assert "data dari server" not in upgraded("doctor").err
    assert (upgraded.exchange()["received"], upgraded.exchange()["round_trips"]) == (0, 1)


def test_a_conflict_about_a_renamed_field_is_one_question_with_two_names(ahead):
    one, _two, newest, _city = ahead
    made = one.register(location="Gang Melati", statement="Selokan tersumbat.")
    one.exchange()
    newest.exchange()
    one.edit(made.id, location="Rumah A")
    newest.edit(made.reference, place="Rumah N")
    newest.exchange()
    assert one.exchange().conflicts == 1
    (question,) = one.conflicts(made.id)
    assert question.field == "location"
    assert {side["value"] for side in question.body["sides"]} == {"Rumah A", "Rumah N"}
    newest.exchange()
    assert newest("conflicts").line["field"] == "place"
    deciding.write_value(one.desk, question.id, "Rumah C", "Sudah ditanya.")
    one.exchange()
    newest.exchange()
    assert newest("conflicts").out == ""
    assert newest.show(made.reference)["place"] == one.complaint(made.id).location == "Rumah C"


def test_new_desks_and_an_old_centre_that_is_upgraded(city, next_version):
    central, old = city.central, city.old_desk("A")
    newest, other = city.new_desk(next_version, "N"), city.new_desk(next_version, "P")
    plain = newest.add(**words())
    newest.edit(plain, place="Muka gerbang pasar")
    newest("follow-up", plain, "Sudah ditelepon")
    newest.exchange()
    old.exchange()
    (id_,) = old.listed()
    assert old.complaint(id_).location == "Muka gerbang pasar"
    assert old.told(id_, "follow_up") == {"Sudah ditelepon"}

    # An old desk's and a new desk's words about the same field meet as one field.
    old.edit(id_, location="Belakang pasar")
    newest.edit(plain, place="Samping pasar")
    old.exchange()
    assert newest.exchange()["conflicts"] == 1
    assert newest("conflicts").line["field"] == "place"

    # What the centre does not understand waits there, and what is behind it goes on.
    newest.edit(plain, landmark="Pohon beringin")
    kiosk = newest.add(**words(channel="kiosk"))
    newest("follow-up", kiosk, "Dipanggil lewat anjungan")
    late = newest.add(**words(statement="Selokan tersumbat di belakang pasar."))
    done = newest.exchange()
    assert (done["sent"], done["applied"], done["rejected"]) == (4, 1, 3)
    assert newest.show(plain)["landmark"] == "Pohon beringin"  # at its own desk it stands
    other.exchange()
    assert other.show(late)["place"] == "Muka pasar"
    held = central.sql("SELECT number FROM quarantine ORDER BY id")
    assert [row["number"] for row in held] == [201, 202, 207]

    # The old desk records something that it sends only after the centre is upgraded.
    unsent = old.register(location="Gang Melati")
    city.start(next_version)
    assert central.sql("SELECT id FROM quarantine WHERE released_at IS NULL") == []
    other.exchange()
    shown = other.show(plain)
    assert (shown["landmark"], shown["place"]) == ("Pohon beringin", "Belakang pasar")
    assert other("conflicts").line["field"] == "place"
    assert other.show(kiosk)["channel"] == "kiosk"
    assert "Dipanggil lewat anjungan" in {entry["text"] for entry in other.show(kiosk)["timeline"]}
    old.exchange()
    assert extra_of(old, id_) == {"landmark": "Pohon beringin"}
    assert old.complaint(unsent.id).sync_state is SyncState.ACKNOWLEDGED
    other.exchange()
    assert other.show(unsent.reference)["place"] == "Gang Melati"
    # The desk that had to wait hears that it need not any more, and writes in the new words from now on.
    newest.exchange()
    newest.edit(plain, landmark="Pohon beringin besar")
    done = newest.exchange()
    assert (done["sent"], done["rejected"]) == (1, 0)
    city.start(next_version)
    assert Central(central.data_dir, None).cli("complaints").stderr.startswith("LK-4002 ")  # the older program


def test_the_same_words_are_the_same_after_an_upgrade(city, next_version):
    """What was applied by the older program and is issued again, as after a restore, is found there."""
    desk = city.old_desk("A")
    made = desk.register(location="Gang Mawar")
    desk.follow_up(made.id, "Ditelepon")
    desk.exchange()
    city.start(next_version)
    desk.exchange()
    with desk.desk.store.write() as transaction:
        end = outbox.tail(transaction)
        epochs.issue_again(transaction, end.epoch, 0, "c0ffee" * 5)
    outcome = desk.exchange()
    assert (outcome.sent, outcome.rejected, outcome.conflicts) == (2, 0, 0)
    assert desk.complaint(made.id).location == "Gang Mawar"
    assert desk.complaint(made.id).sync_state is SyncState.ACKNOWLEDGED


def test_an_old_desk_and_a_centre_that_cannot_answer_it(city, far_version, monkeypatch):
    central, desk = city.central, city.old_desk("A")
    city.start(far_version)
    made = desk.register(location="Gang Mawar")
    monkeypatch.setattr(sending, "MAX_ITEMS", 1)
    desk.follow_up(made.id, "Yang berikutnya menyusul")
    for _attempt in range(2):
        with pytest.raises(Refused) as caught:
            desk.exchange()
    assert len(central.sql("SELECT id FROM record WHERE type = 'follow_up'")) == 1
    assert (caught.value.number, caught.value.code) == (ErrorNumber.PROTOCOL, "LK-3121")
    assert "diperbarui" in str(caught.value)
    assert [row["id"] for row in central.sql("SELECT id FROM record WHERE type = 'complaint'")] == [made.id]
    desk.follow_up(made.id, "Loket tetap bekerja")
    assert len(desk.outbox("waiting")) == 3
    assert len(lists.outbox_items(desk.desk)) == 3
    desk.close()
    upgraded = city.open(far_version, desk.config.data_dir)
    done = upgraded.exchange()
    assert (done["sent"], done["applied"], done["rejected"]) == (3, 3, 0)
    assert upgraded.show(made.reference)["sync_state"] == "acknowledged"
    assert len(central.sql("SELECT id FROM record WHERE type IN ('complaint', 'follow_up')")) == 3


def test_a_new_desk_and_a_centre_that_does_not_know_its_protocol(city, far_version):
    central, desk = city.central, city.new_desk(far_version, "N")
    reference = desk.add(**words())
    for _attempt in range(2):
        refused = desk("exchange")
        assert (refused.status, refused.err[:8]) == (1, "LK-3121 ")
    assert "lebih baru" in refused.err
    desk("follow-up", reference, "Loket tetap bekerja")
    assert {line["n"] for line in desk("outbox").lines} == {1, 2}
    assert central.sql("SELECT id FROM record WHERE type = 'complaint'") == []
    city.start(far_version)
    done = desk.exchange()
    assert (done["sent"], done["applied"]) == (2, 2)
    assert desk.show(reference)["place"] == "Muka pasar"
