"""A centre with desks of one office, its backups, and the days on which it is restored."""

import itertools
import json
import os
from datetime import timedelta

import pytest

import resources
from central_server import backup, blobs
from central_server.centre import system_clock
from central_server.enrolment import revoke
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.domain.reference import load_reference
from tests.conftest import DATABASES
from tests.together.copies import Copies
from tests.together.desk_at_work import held_by_the_centre, without
from tests.together.laws import the_same_is_held

OWN = ("rev", "server_received_at")  # of each past of the centre


ON_BOTH = pytest.mark.parametrize("backed_up_central", DATABASES, indirect=True, scope="module")


@pytest.fixture(scope="module")
def backed_up_central(request, central_factory):
    """A centre of one module's own, on SQLite unless `ON_BOTH` is asked for: its backups hold nobody else's work."""
    made = central_factory(getattr(request, "param", "sqlite"))
    made.start()
    yield made
    made.close()


@pytest.fixture(scope="module")
def its_offices(backed_up_central):
    """Offices that nobody has used there."""
    return iter(sorted(load_reference(resources.path("reference")).offices))


@pytest.fixture
def city(backed_up_central, central_factory, make_desk, its_offices, tmp_path):
    """A city that goes on from its backups."""
    made = City(backed_up_central, central_factory, make_desk, next(its_offices), next(its_offices), tmp_path)
    yield made
    made.close()


class City:
    """`office` has the desks; `elsewhere` is another one, for complaints that go there."""

    def __init__(self, central, central_factory, make_desk, office, elsewhere, folder):
        self.central, self.office = central, office
        self._make_central, self._make_desk = central_factory, make_desk
        self.elsewhere = elsewhere
        self._folder = folder
        self._numbers = itertools.count(1)
        self._centres = []
        self.copies = Copies(folder)
        self.desks = []

    def desk(self, letter="A", office=None):
        self.desks.append(self._make_desk(self.central, office or self.office, letter))
        return self.desks[-1]

    def backup(self):
        file = self._folder / f"kota-{next(self._numbers)}.backup"
        centre = self.central.centre
        backup.make(centre.store, file, centre.now())
        return file

    def restore(self, file, days=0):
        """The machine is lost; another one goes on from the backup, at another address, so many days from now."""
        kind = "postgresql" if self.central.database_url else "sqlite"
        self.central = self._make_central(kind)
        self._centres.append(self.central)
        where = (self.central.data_dir, self.central.database_url)
        backup.restore(*where, file, utc_text(system_clock() + timedelta(days=days)), os.urandom)
        self.central.start()
        blobs.lacking(self.central.centre, verify=True)  # as the command does: files are in no backup
        for desk in self.desks:
            desk.url = self.central.url

    def withdraw(self, desk, letter):
        """The desk's disk is gone, and the city says so."""
        self.desks.remove(desk)
        revoke(self.central.centre, desk.office, letter)

    def held(self):
        found = held_by_the_centre(self.central, self.office)
        return {id_: {name: line[name] for name in line if name not in OWN} for id_, line in found.items()}

    def told(self):
        """Everything that hangs on the complaints."""
        rows = self.central.sql(
            "SELECT id, type, parent, body FROM record JOIN scope ON scope.record = record.id "
            "WHERE parent IS NOT NULL AND scope.office = :office",
            office=self.office,
        )
        bodies = [(row["id"], row["type"], row["parent"], json.loads(row["body"])) for row in rows]
        return {
            (id_, type_, parent, body.get("text"), body.get("note"), body.get("to"), body.get("actor"))
            for id_, type_, parent, body in bodies
            if type_ != "notice"
        }

    def agree(self):
        for desk in (*self.desks, *self.desks):
            assert desk.exchange().rejected == 0
        for desk in self.desks:
            assert desk.problems() == []
            assert desk.outbox("waiting") == desk.outbox("rejected") == []
            assert without(desk.listed(), "sync_state") == held_by_the_centre(self.central, desk.office)
            assert {line["sync_state"] for line in desk.listed().values()} <= {"acknowledged"}
            the_same_is_held(self.central.centre, desk.desk)
            outcome = desk.exchange()
            assert (outcome.sent, outcome.received, outcome.round_trips) == (0, 0, 1)

    def close(self):
        self.copies.close()
        for central in self._centres:
            central.close()
