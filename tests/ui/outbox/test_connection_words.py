"""How the desk stands with the centre, in words; no window."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from kelurahan_client.domain.complaint import SyncState
from kelurahan_client.services.lists import DeskState, OutboxItem
from kelurahan_client.services.unsent_files import UnsentFile, UnsentFiles
from kelurahan_client.store.attachments import Tried
from sync.engine import Progress
from ui.outbox.model import connection_state, file_view, head, item_view, phase_words
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.connection import Link

MONDAY = date(2026, 8, 3)
EXCHANGED = {"at": "2026-08-03T01:00:00Z", "sent": 2, "received": 1}
FRESH = DeskState(0, 0, 0, None, None)
GOOD = DeskState(0, 0, 0, EXCHANGED, None)
TRIED = Tried("2026-08-03T01:47:00Z", 1_000_000, "LK-3001", "Jaringan putus.", "Dicoba lagi nanti.")
FILES = UnsentFiles(2, 2 * 1024 * 1024, TRIED)


def failed(kind: str) -> dict[str, Any]:
    return {
        "at": "2026-08-03T02:00:00Z",
        "since": "2026-08-03T01:47:00Z",
        "kind": kind,
        "code": "LK-3000",
        "title": "Perlu login jaringan",
        "message": "Jaringan meminta masuk dahulu.",
        "way_out": "Buka peramban.",
    }


@pytest.mark.parametrize(
    ("state", "text", "tone"),
    [
        (GOOD, "Tersambung · semua terkirim", Tone.GREEN),
        (replace(GOOD, unsent=12), "Tersambung · 12 belum terkirim", Tone.NEUTRAL),
        (FRESH, "Luring · semua terkirim", Tone.NEUTRAL),
        (replace(GOOD, unsent=12, last_failure=failed("Offline")), "Luring · 12 belum terkirim", Tone.NEUTRAL),
        (replace(GOOD, conflicts=3, last_failure=failed("Offline")), "Luring · semua terkirim", Tone.NEUTRAL),
        (replace(GOOD, last_failure=failed("NetworkLogin")), "Perlu login jaringan", Tone.AMBER),
        (replace(GOOD, last_failure=failed("Refused")), "Luring · semua terkirim", Tone.NEUTRAL),
        (replace(GOOD, conflicts=2, rejected=1), "3 perlu keputusan", Tone.RED),
        (replace(GOOD, files=FILES), "2 lampiran belum terkirim", Tone.NEUTRAL),
        (replace(GOOD, unsent=12, files=FILES), "Tersambung · 12 belum terkirim", Tone.NEUTRAL),
        (
            replace(GOOD, files=FILES, last_failure=failed("Offline")),
            "Luring · 2 lampiran belum terkirim",
            Tone.NEUTRAL,
        ),
    ],
)
def test_the_chip(state: DeskState, text: str, tone: Tone) -> None:
    found = connection_state(state, None)
    assert (found.text(), found.tone()) == (text, tone)


def test_while_an_exchange_runs_the_chip_counts() -> None:
    found = connection_state(replace(GOOD, conflicts=3), Progress("sending", 8, 12, 100))
    assert found.link is Link.SENDING
    assert found.text() == "Mengirim 8/12…"


def test_green_is_never_said_while_something_is_unsigned() -> None:
    open_ = ({"unsent": 1}, {"rejected": 1}, {"conflicts": 1}, {"files": FILES})
    for state in (FRESH, *[replace(GOOD, **one) for one in open_]):
        assert connection_state(state, None).tone() is not Tone.GREEN
        assert connection_state(state, None).icon() is not Icon.SIGNED
    assert head(replace(GOOD, files=FILES), MONDAY).icon is not Icon.SIGNED


def test_the_head_says_what_is_safe_and_what_to_do() -> None:
    offline = head(replace(GOOD, unsent=12, last_failure=failed("Offline")), MONDAY)
    assert offline.title == "Luring sejak 09.47"
    assert offline.text == "12 belum terkirim, semuanya aman di komputer ini."
    with_files = head(replace(GOOD, unsent=12, files=FILES), MONDAY)
    assert with_files.text == "12 pengaduan dan 2 lampiran (2,0 MB) belum terkirim, semuanya aman di komputer ini."
    login = head(replace(GOOD, last_failure=failed("NetworkLogin")), MONDAY)
    assert login.title == "Perlu login jaringan sejak 09.47"
    assert "Buka peramban." in login.text
    assert head(FRESH, MONDAY).icon is not Icon.SIGNED
    assert head(GOOD, MONDAY).title == "Tersambung, terakhir bertukar 09.00"


def item(**changes: Any) -> OutboxItem:
    values: dict[str, Any] = {
        "n": 1,
        "op": "create",
        "complaint_id": "id-1",
        "reference": "0403A-26-00431-T",
        "title": "Bau limbah",
        "recorded_at": datetime(2026, 8, 3, 1, tzinfo=UTC),
        "tried_at": None,
        "answered_at": None,
        "result": "",
        "reason": "",
        "sync_state": SyncState.PENDING,
    }
    return OutboxItem(**values | changes)


def test_what_waits() -> None:
    new = item_view(item(), MONDAY, offline=True)
    assert (new.title, new.state, new.answer, new.action) == (
        "Bau limbah",
        "menunggu",
        "Belum pernah dikirim.",
        "Lihat",
    )
    tried = item(tried_at=datetime(2026, 8, 3, 1, 47, tzinfo=UTC), op="transition")
    assert item_view(tried, MONDAY, offline=True).title == "Status 0403A-26-00431-T"
    assert item_view(tried, MONDAY, offline=True).answer == "Dicoba 09.47, jaringan putus. Dikirim lagi nanti."
    assert "belum dijawab" in item_view(tried, MONDAY, offline=False).answer


def test_what_every_item_is_called() -> None:
    assert item_view(item(op="attach"), MONDAY, offline=False).title == "Lampiran 0403A-26-00431-T"
    assert item_view(item(op="resolve"), MONDAY, offline=False).title == "Keputusan 0403A-26-00431-T"


def test_a_file_that_waits_says_how_far_it_is_and_why() -> None:
    new = UnsentFile("jalan.jpg", 2_000_000, "id-1", "0403A-26-00431-T", announced=True, tried=None)
    view = file_view(new, MONDAY)
    assert (view.title, view.state, view.answer, view.again) == (
        "jalan.jpg, 0403A-26-00431-T",
        "1,9 MB",
        "Belum pernah dikirim.",
        False,
    )
    assert file_view(replace(new, announced=False), MONDAY).answer == "Dikirim sesudah pengaduannya diterima."
    stopped = file_view(replace(new, tried=TRIED), MONDAY)
    assert stopped.again
    assert stopped.answer == "977 KB dari 1,9 MB sampai. Dicoba 09.47: Jaringan putus. Dicoba lagi nanti. (LK-3001)"


@pytest.mark.parametrize(
    ("result", "tone", "action", "icon"),
    [
        ("rejected", Tone.RED, "Periksa", Icon.ERROR),
        ("conflict", Tone.RED, "Putuskan", Icon.FILE_NEW),
        ("applied", Tone.GREEN, "Lihat", Icon.SIGNED),
        ("merged", Tone.GREEN, "Lihat", Icon.SIGNED),
    ],
)
def test_what_was_answered(result: str, tone: Tone, action: str, icon: Icon) -> None:
    stands = SyncState.CONFLICT if result == "conflict" else SyncState.ACKNOWLEDGED
    answered = item(
        result=result, reason="sudah ditutup", answered_at=datetime(2026, 7, 31, 7, tzinfo=UTC), sync_state=stands
    )
    view = item_view(answered, MONDAY, offline=False)
    assert (view.tone, view.action, view.icon) == (tone, action, icon)
    assert view.page == ("conflicts" if result == "conflict" else "register")
    settled = item_view(item(result=result, answered_at=datetime(2026, 7, 31, 7, tzinfo=UTC)), MONDAY, offline=False)
    assert settled.page == "register"
    if result == "rejected":
        assert view.answer == "Ditolak server 31 Jul: sudah ditutup"


def test_every_phase_has_words() -> None:
    assert len({phase_words(phase) for phase in ("sending", "waiting", "receiving", "applying")}) == 4
