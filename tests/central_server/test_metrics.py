"""What Prometheus is told, by whom it may be asked, and that nobody is named in it."""

import re

import pytest

from tests.central_server.files_by_hand import Files
from tests.conftest import DATABASES

TOKEN = "only-for-the-curves"


@pytest.fixture(params=[*DATABASES, *("two processes" for name in DATABASES if name == "postgresql")])
def figures_central(request, central_factory):
    """A fresh centre: of one process on each database, and of two."""
    made = central_factory("sqlite" if request.param == "sqlite" else "postgresql")
    if request.param == "two processes":
        made.options = (*made.options, "--workers", "2")
    made.start()
    yield made
    made.close()


def figures(text):
    """Name with labels -> value."""
    rows = (line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, value in rows}


def test_everything_is_counted_and_nobody_is_named(figures_central, new_desk, http_call):
    desk, other = new_desk(figures_central), new_desk(figures_central)
    create, wrong = desk.create(title="Lampu mati"), desk.create(office="63.71.99.9999")
    photo = b"\x89PNG\r\n\x1a\n" + bytes(100)
    files = Files(desk, http_call)
    desk.exchange(create, wrong, keep=False)
    desk.exchange(create, wrong, files.attach(create.id, photo))
    files.send(photo)
    colleague = new_desk(figures_central, desk.office, "B")
    desk.exchange(desk.patch(create.id, {"title": "Lampu padam"}, {"title": "Lampu mati"}))
    colleague.exchange(colleague.patch(create.id, {"title": "Lampu rusak"}, {"title": "Lampu mati"}))
    http_call(figures_central.url, "GET", f"/{desk.device}/{create.id}")
    for _ in range(8):  # whichever process answers, it answers for all
        status, body, headers = http_call(figures_central.url, "GET", "/metrics")
        assert status == 200
        assert headers["content-type"].startswith("text/plain")
        found = figures(body.decode())
        assert {kind: found[f'lapor_items_total{{result="{kind}"}}'] for kind in KINDS} == KINDS
        assert found["lapor_conflicts_open"] == 1
        assert found["lapor_quarantine_items"] == 1
        assert (found["lapor_desks"], found["lapor_desks_seen_24h"]) == (3, 3)
        assert (found["lapor_blobs"], found["lapor_blob_bytes"], found["lapor_blobs_lacking"]) == (1, len(photo), 0)
        assert found["lapor_head_seq"] == figures_central.sql("SELECT seq FROM head")[0]["seq"]
        assert found["lapor_database_up"] == 1
        assert (found["lapor_pool_in_use"], found["lapor_pool_waiting"]) == (0, 0)
        assert found["lapor_pool_size"] == (12 if "--workers" in figures_central.options else 6)
        posted = 'lapor_requests_total{method="POST",route="/sync/v1/exchange",status="200"}'
        assert found[posted] == found["lapor_exchange_seconds_count"] == 7
        assert found['lapor_requests_total{method="other",route="other",status="404"}'] == 1
        assert found['lapor_requests_total{method="PATCH",route="/sync/v1/blobs/{sha256}",status="204"}'] == 1
    named = (desk.device, desk.token, create.id, desk.office, "Siti", "Lampu", create.set["reference"])
    assert not [name for name in named if name in body.decode()]
    assert not re.search(r"[0-9a-f]{32}|\d\d\.\d\d\.\d\d\.\d{4}|127\.0\.0\.1", body.decode())
    assert other.exchange().results == []


KINDS = {"applied": 3, "merged": 0, "conflict": 1, "rejected": 1, "replayed": 2}


def test_without_a_token_only_this_machine_is_answered(central_factory, http_call, monkeypatch):
    central = central_factory("sqlite")
    central.start()

    def status(**headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return http_call(central.url, "GET", "/metrics", None, named)[0]

    assert status() == 200
    assert status(x_forwarded_for="10.1.2.3") == 403
    assert status(x_forwarded_for="127.0.0.1") == 403
    assert status(forwarded="for=10.1.2.3") == 403
    assert status(authorization="Bearer something") == 200
    central.close()


def test_with_a_token_whoever_has_it_is_answered(central_factory, http_call, monkeypatch):
    monkeypatch.setenv("METRICS_TOKEN", TOKEN)
    central = central_factory("sqlite")
    central.start()

    def status(**headers):
        return http_call(central.url, "GET", "/metrics", None, headers)[0]

    assert status() == 401
    assert status(authorization="Bearer something else") == 403
    assert status(authorization=f"Bearer {TOKEN}") == 200
    assert (
        http_call(
            central.url, "GET", "/metrics", None, {"authorization": f"Bearer {TOKEN}", "x-forwarded-for": "10.1.2.3"}
        )[0]
        == 200
    )
    central.close()


def test_a_centre_without_its_database_still_says_so(central_factory, http_call):
    central = central_factory("sqlite")
    central.may_fail = True
    central.start()
    central.sql("ALTER TABLE head RENAME TO elsewhere")
    status, body, _ = http_call(central.url, "GET", "/metrics")
    assert status == 200
    assert figures(body.decode())["lapor_database_up"] == 0
    central.close()
