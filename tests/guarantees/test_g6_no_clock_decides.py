"""G6: no clock takes part in a decision: one that is ten years off is told and written down, and nothing else."""

import itertools
import json
import shutil
from datetime import timedelta

import pytest

from central_server import backup
from central_server.centre import open_centre
from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import Status
from kelurahan_client.services import deciding, lists
from sync import enrolment
from tests.desk_making import START, FakeClock
from tests.guarantees.direct_way import DirectWay
from tests.together.centre_commands import centre_command
from tests.together.desk_at_work import DeskAtWork, held_by_the_centre, without
from tests.together.laws import nothing_is_doubled, the_same_is_held

YEARS = pytest.mark.parametrize("years", [-10, 10])
OF_ONE_DESK = "JOIN device ON device.id = device WHERE office = :office AND desk = :desk"


@pytest.fixture(scope="module")
def place(offices):
    """The kelurahan of all these desks, and their letters."""
    return next(offices), iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.fixture
def pair(shared_central, make_desk, place):
    """A desk whose clock is right, and another of its office."""
    office, letters = place
    return make_desk(shared_central, office, next(letters)), make_desk(shared_central, office, next(letters))


def off(desk, years):
    desk.clock.move(days=365 * years)


@YEARS
def test_deadlines_and_order_are_the_same_for_both(shared_central, pair, years):
    right, wrong = pair
    off(wrong, years)
    same = {"received_date": START.date() if years > 0 else wrong.desk.today()}
    one, two = right.register(**same), wrong.register(**same)
    assert one.due_date == two.due_date
    right.exchange()
    wrong.exchange()
    right.exchange()
    assert right.complaint(two.id).due_date == one.due_date
    received = {id_: line["server_received_at"] for id_, line in right.listed().items()}
    assert received[one.id] < received[two.id]
    assert without(right.listed(), "sync_state") == held_by_the_centre(shared_central, one.office)
    wrong.exchange()
    assert right.listed() == wrong.listed()


@YEARS
def test_what_is_older_by_the_clock_wins_nothing(pair, years):
    right, wrong = pair
    id_ = right.register(title="Lampu padam").id
    right.exchange()
    wrong.exchange()
    off(wrong, years)
    wrong.edit(id_, title="Jam salah", note="Dari jam yang salah")
    wrong.step(id_, Status.VERIFIED)
    right.edit(id_, title="Jam benar")
    right.exchange()
    assert wrong.exchange().conflicts == 1
    right.exchange()
    for desk in (right, wrong):
        shown = desk.complaint(id_)
        assert (shown.title, shown.note, shown.status) == ("Jam benar", "Dari jam yang salah", Status.VERIFIED)
        (conflict,) = desk.conflicts(id_)
        assert [each["value"] for each in conflict.body["sides"]] == ["Jam benar", "Jam salah"]


@YEARS
def test_codes_and_tokens_are_measured_by_the_centre(shared_central, place, blank_folder, tmp_path, years, request):
    office, letter = place[0], next(place[1])
    config = Config(tmp_path / "desk")
    shutil.copytree(blank_folder, config.data_dir)
    desk = DeskAtWork.open(config, shared_central.url, FakeClock())
    request.addfinalizer(desk.close)
    off(desk, years)
    enrolment.enrol(desk.desk, shared_central.url, shared_central.enrol_code(office, letter))
    made = desk.register(received_date=desk.desk.today())
    assert desk.exchange().applied == 1
    off(desk, -years)  # somebody mends the clock
    assert desk.exchange().rejected == 0
    off(desk, -years)
    assert desk.exchange().rejected == 0
    (issued,) = shared_central.sql(f"SELECT count(*) AS n FROM token {OF_ONE_DESK}", office=office, desk=letter)  # noqa: S608
    assert issued["n"] == 1  # no token was renewed for the desk's clock
    assert made.id in held_by_the_centre(shared_central, office)


def offsets(central, made):
    """How far the centre says the clock was off, for each mutation of the desk that made the complaint."""
    return central.sql(f"SELECT clock_offset, line FROM mutation {OF_ONE_DESK}", office=made.office, desk=made.desk)  # noqa: S608


@YEARS
def test_the_offset_is_kept_at_both_ends(shared_central, pair, years):
    _right, wrong = pair
    off(wrong, years)
    made = wrong.register(received_date=wrong.desk.today())
    wrong.follow_up(made.id, "Ditelepon")
    wrong.exchange()
    state = lists.state(wrong.desk)
    measured = state.last_exchange["clock_offset_seconds"]
    assert measured * years > 0
    assert "hari dari server kota" in state.clock_warning
    rows = offsets(shared_central, made)
    assert len(rows) == 2
    for row in rows:
        assert abs(row["clock_offset"] - measured) < 600
        assert json.loads(bytes(row["line"]))["device_time"].startswith(f"{wrong.clock.at:%Y-%m-%d}")
    (line,) = [json.loads(line) for line in centre_command(shared_central, "history", made.reference).splitlines()]
    assert line["clock_offset"] == rows[0]["clock_offset"]


def test_a_right_clock_is_no_matter(shared_central, pair):
    desk, _other = pair
    desk.clock.at = shared_central.centre.clock()
    made = desk.register(received_date=desk.desk.today())
    desk.exchange()
    assert lists.state(desk.desk).clock_warning == ""
    (row,) = offsets(shared_central, made)
    assert abs(row["clock_offset"]) < 300


def day_of_work(centre, central, place, make_desk, jumps):
    """One day, the same in every run but for the clocks: what stands at its end, without times and ids."""
    office, letters = place
    one, two = make_desk(central, office, next(letters)), make_desk(central, office, next(letters))
    jump = itertools.cycle(jumps)

    def meet(*desks):
        for desk in desks:
            for clock in (desk.clock, centre.clock):
                clock.at = START + timedelta(days=next(jump))
            assert desk.exchange(DirectWay(centre)).rejected == 0

    made = one.register(title="Lampu padam", anonymous=None, received_date=START.date())
    meet(one, two)
    one.step(made.id, Status.VERIFIED, "Dicek")
    for at, desk in enumerate((one, two)):
        desk.edit(made.id, title=f"Judul {at}", note=f"Catatan {at}", anonymous=bool(at))
        desk.follow_up(made.id, f"Ditelepon {at}")
    two.step(made.id, Status.ON_HOLD, "Menunggu")
    meet(two, one, two)
    (conflict,) = [each for each in one.conflicts(made.id) if each.field == "title"]
    deciding.take_side(one.desk, conflict.id, conflict.body["sides"][1]["id"], "Ditanyakan.")
    two.edit(made.id, title="Judul 3")
    meet(one, two, one, two)
    for desk in (one, two):
        the_same_is_held(centre, desk.desk)
    nothing_is_doubled(centre)
    with centre.store.reading() as session:
        (line,) = [line for line in session.feed.complaints(office) if line["id"] == made.id]
    own = ("id", "reference", "desk", "recorded_at", "server_received_at")
    sides = [(each.field, [side["value"] for side in each.body["sides"]]) for each in two.conflicts(made.id)]
    return {name: value for name, value in line.items() if name not in own}, sorted(sides), two.told(made.id, "status")


@pytest.fixture
def centre_of_any_year(shared_central):
    """The centre in this process, with a clock that can be moved."""
    opened = open_centre(shared_central.data_dir, shared_central.database_url, clock=FakeClock())
    yield opened
    opened.store.close()


def test_the_same_day_under_any_clocks_ends_the_same(shared_central, centre_of_any_year, place, make_desk):
    """The desks' clocks and the centre's jump by years between any two exchanges."""
    days = (0, 3650, -3650, 1, -1)
    ends = [
        day_of_work(centre_of_any_year, shared_central, place, make_desk, jumps)
        for jumps in ((0,), days, days[::-1], (-3650,), (3650, -3650))
    ]
    assert all(end == ends[0] for end in ends)
    assert ends[0][1]  # something was left for a person


@YEARS
def test_a_clock_that_jumps_throws_nothing_away(shared_central, make_desk, offices, tmp_path, years):
    """What is kept for a restored centre is kept for 90 days of the centre's, not of this machine's."""
    wrong = make_desk(shared_central, next(offices))
    off(wrong, min(years, 0))
    made = wrong.register(received_date=wrong.desk.today())
    wrong.edit(made.id, title="Satu")
    wrong.edit(made.id, title="Dua")
    wrong.exchange()
    backup.make(shared_central.centre.store, tmp_path / "kota.backup", shared_central.centre.now())
    wrong.exchange()
    off(wrong, abs(years))
    wrong.exchange()
    assert len(wrong.dump()["outbox"]) == 3
