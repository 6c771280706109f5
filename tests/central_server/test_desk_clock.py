"""How far a desk's clock is off: a number for the record, whatever the desk says."""

import json

import pytest

from central_server.desk_clock import offset_seconds

NOON = "2026-08-03T04:00:00.000000Z"


@pytest.mark.parametrize(
    ("device_time", "offset"),
    [
        ("2026-08-03T04:00:00.000000Z", "0.0"),
        ("2026-08-03T03:59:59.980000Z", "0.0"),
        ("2026-08-03T04:00:00.020000Z", "0.0"),
        ("2026-08-03T03:59:59.900000Z", "-0.1"),
        ("2036-08-03T04:00:00.000000Z", "315619200.0"),
        ("yesterday", "null"),
    ],
)
def test_it_is_seconds_that_both_databases_write_alike(device_time: str, offset: str) -> None:
    assert json.dumps(offset_seconds(device_time, NOON)) == offset
