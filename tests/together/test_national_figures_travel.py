"""A national figure that the city enters stands in the reports of every desk after its next exchange."""

import os
from datetime import date

import pytest

from central_server import backup
from central_server.centre import system_clock
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.domain.spans import Period, PeriodKind, Span
from kelurahan_client.services import reports
from kelurahan_client.services.report_figures import Question
from kelurahan_client.store import aside
from sync import receiving
from sync.protocol import RecordType
from tests.older_data import make_older
from tests.together.centre_commands import centre_command
from tests.together.laws import the_same_is_held
from tests.together.sticks import Sticks

OFFICES = ("63.71.04.1003", "63.71.01.1001")
SINCE = ("--measure", "resolution", "--since", "2025-12-01")
JULY = Question(period=Period(PeriodKind.OWN, Span(date(2026, 7, 1), date(2026, 7, 31))))


@pytest.fixture
def desks(central, make_desk):
    """One each of two offices."""
    return [make_desk(central, office) for office in OFFICES]


def enter(central, days="9.4", source="Contoh"):
    centre_command(central, "figures", "add", *SINCE, "--days", days, "--source", source)


def shown(desk, question=JULY):
    """What the report compares the days until resolution with."""
    figure = reports.report(desk.desk, question).resolution.national
    return figure and (float(figure.working_days), figure.effective_from, figure.source)


def as_an_older_program(monkeypatch):
    monkeypatch.setattr(receiving, "_TYPES", frozenset(RecordType) - {RecordType.NATIONAL_FIGURE})


def updated(desk):
    """The program that did not know them gives way to this one."""
    with desk.desk.store.write() as transaction:
        make_older(transaction, "0012")
    desk.close()
    desk.reopen()


def test_every_desk_shows_it_corrected_and_gone_again(central, desks):
    assert [shown(desk) for desk in desks] == [None, None]
    enter(central)
    for desk in desks:
        assert desk.exchange().changed == {RecordType.NATIONAL_FIGURE}
        assert shown(desk) == (9.4, date(2025, 12, 1), "Contoh")
        before = Span(date(2025, 11, 1), date(2025, 11, 30))
        assert shown(desk, Question(period=Period(PeriodKind.OWN, before))) is None
        assert reports.report(desk.desk, JULY).answer.national is None
    centre_command(central, "figures", "correct", *SINCE, "--source", "Contoh, ralat")
    desks[0].exchange()
    assert shown(desks[0]) == (9.4, date(2025, 12, 1), "Contoh, ralat")
    centre_command(central, "figures", "remove", *SINCE)
    for desk in desks:
        desk.exchange()
        assert shown(desk) is None
        the_same_is_held(central.centre, desk.desk)


def test_a_stick_and_a_comparison_bring_it_too(central, desks, tmp_path):
    one, other = desks
    enter(central)
    Sticks(tmp_path).round_trip(central, one)
    assert shown(one) == (9.4, date(2025, 12, 1), "Contoh")
    moved = one.register(location_office=other.office)
    one.exchange()
    one.edit(moved.id, location_office="")
    one.exchange()
    centre_command(central, "prune", "--days", "0")
    outcome = other.exchange()
    assert outcome.round_trips > 1  # its cursor is of no use any more
    assert shown(other) == (9.4, date(2025, 12, 1), "Contoh")
    for desk in desks:
        the_same_is_held(central.centre, desk.desk)


def test_a_desk_that_does_not_know_them_keeps_them_until_it_does(central, desks, monkeypatch):
    old, newer = desks
    enter(central)
    with monkeypatch.context() as older_program:
        as_an_older_program(older_program)
        old.register(title="Dari program lama")
        assert old.exchange().rejected == 0
        assert old.exchange().received == 0
        the_same_is_held(central.centre, old.desk)
        assert shown(old) is None
        with old.desk.store.read() as transaction:
            assert aside.count(transaction) == 1
    updated(old)
    assert shown(old) == (9.4, date(2025, 12, 1), "Contoh")
    with old.desk.store.read() as transaction:
        assert aside.count(transaction) == 0
    newer.exchange()
    for desk in desks:
        the_same_is_held(central.centre, desk.desk)


def test_what_a_restored_centre_has_lost_is_shown_by_nobody_until_it_is_entered_again(
    central, central_factory, make_desk, desks, tmp_path, request, monkeypatch
):
    one, other = desks
    older = make_desk(central, OFFICES[1], "C")
    centre_command(
        central, "figures", "add", "--measure", "first_answer", *SINCE[2:], "--days", "2", "--source", "Dulu"
    )
    file = tmp_path / "kota.backup"
    backup.make(central.centre.store, file, central.centre.now())
    enter(central)
    one.exchange()
    assert shown(one) == (9.4, date(2025, 12, 1), "Contoh")
    with monkeypatch.context() as older_program:
        as_an_older_program(older_program)
        older.exchange()
    new = central_factory("postgresql" if central.database_url else "sqlite")
    backup.restore(new.data_dir, new.database_url, file, utc_text(system_clock()), os.urandom)
    new.start()
    request.addfinalizer(new.close)
    fresh = make_desk(new, one.office, "B")
    older.url = new.url
    with monkeypatch.context() as older_program:
        as_an_older_program(older_program)
        older.exchange()
    updated(older)
    for desk in (one, other, fresh, older):
        desk.url = new.url
        assert desk is not older or shown(desk) is None  # before it asks anybody
        desk.exchange()
        assert shown(desk) is None
        first = reports.report(desk.desk, JULY).answer.national
        assert first is not None
        assert first.source == "Dulu"
        the_same_is_held(new.centre, desk.desk)
    enter(new, "9.5")
    for desk in (one, other, fresh, older):
        desk.exchange()
        assert shown(desk) == (9.5, date(2025, 12, 1), "Contoh")
