"""The report for support names nobody."""

import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.config import Config
from kelurahan_client.log import start_log
from kelurahan_client.services import diagnostics, doctor
from kelurahan_client.services.desk import Desk, find_identity
from tests.desk_making import register
from tests.root_log import root_log_as_before


@pytest.fixture
def log(config: Config) -> Iterator[logging.Logger]:
    with root_log_as_before():
        start_log(config)
        yield logging.getLogger("uji")


def test_the_report_says_what_support_asks_and_names_nobody(desk: Desk, config: Config, log: logging.Logger) -> None:
    register(desk, reporter_name="Siti Rahmah", reporter_nik="6371990102030003", reporter_phone="081251144471")
    log.error("cannot read %s: 6371990102030003 081251144471 “Siti Rahmah” siti@example.org", config.database)
    found = doctor.examine(desk, find_identity(desk))
    text = diagnostics.report(found, config, "Qt 6")
    for secret in ("Siti", "Rahmah", "6371990102030003", "81251144471", "siti@", str(config.data_dir)):
        assert secret not in text
    for wanted in ("Lapor Kelurahan", "Qt 6", "63.71.04.1003", "belum terkirim: 1", "cannot read …/desk.db"):
        assert wanted in text


def test_without_a_log(desk: Desk, config: Config) -> None:
    config.log_file.unlink(missing_ok=True)
    text = diagnostics.report(doctor.examine(desk, None), config)
    assert text.endswith("(kosong)")


def test_only_the_end_of_a_long_log(config: Config, log: logging.Logger) -> None:
    for number in range(3000):
        log.info("line %d", number)
    tail = diagnostics.log_tail(config)
    assert tail.splitlines()[-1].endswith("line 2999")
    assert len(tail.splitlines()) == 80


@given(st.text(st.characters(codec="utf-8"), max_size=30), st.from_regex(r"\A08\d{8,11}\Z|\A\d{16}\Z"))
def test_long_numbers_never_stay(before: str, number: str) -> None:
    assert number not in diagnostics.scrubbed(f"{before} {number} akhir")


@pytest.mark.parametrize(
    "line",
    [
        "2026-08-03 10:32:11,123 INFO sync.engine 12 sent, 3 received in 0.412 s",
        "LK-3001 Offline",
        "  store/engine.py:88 _begin",
    ],
)
def test_what_support_needs_stays(line: str) -> None:
    assert diagnostics.scrubbed(line) == line


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (r"C:\Users\Siti Rahmah\AppData\desk.db: malformed", "Rahmah"),
        ("/home/siti/.local/share/desk.db: malformed", "siti"),
        ("+62 812-5114-4471", "5114"),
    ],
)
def test_people_in_paths_and_phones(line: str, shown: str) -> None:
    assert shown not in diagnostics.scrubbed(line)
