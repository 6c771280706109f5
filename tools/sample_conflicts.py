"""Made-up conflicts about the sample complaints, as the centre would have sent them. All names are invented."""

from datetime import datetime, timedelta
from typing import Any

from kelurahan_client.domain.complaint import SyncState
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import complaints, imports, outbox, settings
from kelurahan_client.store.imports import Conflict
from sync.protocol import Result, ResultKind
from tools.sample_day import LETTER, OFFICE, OFFICER

_LAMP, _BRIDGE, _PARKING, _PIPE = "lampu karya baru", "titian rahmat", "parkir subuh", "pipa bocor"
_HERE = (OFFICER, OFFICE, LETTER)
_DISTRICT = ("Rina Marlina", OFFICE, "B")
_AGENCY = ("Ahmad Fauzi", OFFICE, "C")
_LAMP_BEFORE = "Gg. Karya Baru RT 12, di muka langgar, tiang ketiga dari jalan besar"
_LAMP_HERE = "Gg. Karya Baru RT 12, di muka Langgar Al-Jihad, tiang ketiga dan keempat dari jalan besar"
_LAMP_THERE = "Gg. Karya Baru RT 12, di muka langgar, tiang ketiga dari ujung gang"

# search words, field, the value before, then who wrote what how many hours ago; the first stands at the centre
_CASES: tuple[tuple[str, str, str, tuple[tuple[tuple[str, str, str], str, int], ...]], ...] = (
    (_LAMP, "location", _LAMP_BEFORE, ((_DISTRICT, _LAMP_THERE, 69), (_HERE, _LAMP_HERE, 72))),
    (_BRIDGE, "agency", "PUPR", ((_AGENCY, "DISHUB", 70), (_HERE, "BPBD", 73), (_DISTRICT, "DLH", 66))),
    (_PARKING, "status", "verified", ((_DISTRICT, "in_progress", 1), (_HERE, "on_hold", 3))),
)
_MERGED = ("drainase", "sampah tps", "pohon miring", "kabel internet")


def add_conflicts(desk: Desk, now: datetime) -> list[str]:
    """Three that wait, one that was decided today, four that needed nobody; gives the ids of those that wait."""
    ids: list[str] = []
    for number, (words, field, base, sides) in enumerate(_CASES, start=1):
        id_ = f"0198a000-0000-7000-8000-0000000000c{number}"
        body = {
            "field": field,
            "base": base,
            "state": "open",
            "sides": [
                _said(who, now - timedelta(hours=hours)) | {"id": f"{id_}-{at}", "value": value}
                for at, (who, value, hours) in enumerate(sides)
            ],
        }
        _keep(desk, id_, words, body, stands=sides[0][1])
        ids.append(id_)
    decision = _said(_HERE, now - timedelta(hours=1)) | {
        "value": "Pipa bocor di simpang Gg. Damai",
        "was": "Pipa bocor",
    }
    decided = {
        "field": "title",
        "base": "Pipa bocor",
        "state": "resolved",
        "sides": [
            _said(_DISTRICT, now - timedelta(hours=20)) | {"id": "c9-1", "value": "Pipa bocor di simpang Gg. Damai"},
            _said(_HERE, now - timedelta(hours=22)) | {"id": "c9-2", "value": "Pipa bocor di simpang tiga"},
        ],
        "decisions": [decision | {"side": "", "reason": "Sudah dilihat.", "stands": True}],
    }
    _keep(desk, "0198a000-0000-7000-8000-0000000000c9", _PIPE, decided)
    _merge(desk, now)
    told = {"at": utc_text(now), "sent": 0, "received": len(ids), "clock_offset_seconds": 0}
    with desk.store.write() as transaction:
        settings.put(transaction, settings.LAST_EXCHANGE, told)
    return ids


def _said(who: tuple[str, str, str], at: datetime) -> dict[str, Any]:
    actor, office, letter = who
    return {
        "actor": actor,
        "office": office,
        "desk": letter,
        "device_time": utc_text(at),
        "server_time": utc_text(at),
    }


def _keep(desk: Desk, id_: str, words: str, body: dict[str, Any], stands: str | None = None) -> None:
    found = _find(desk, words)
    with desk.store.write() as transaction:
        stored = complaints.get(transaction, found)
        if stored is None:
            raise LookupError(words)
        if stands is not None:
            complaints.change(transaction, stored, {body["field"]: stands, "sync_state": SyncState.CONFLICT})
        is_open = body["state"] == "open"
        imports.put_conflict(transaction, Conflict(id_, found, body["field"], body, open=is_open, rev=1))


def _merge(desk: Desk, now: datetime) -> None:
    ids = [_find(desk, words) for words in _MERGED]
    with desk.store.write() as transaction:
        for id_ in ids:
            waiting = outbox.unanswered_of(transaction, id_)[-1:]
            results = [Result(n=one.n, id=id_, result=ResultKind.MERGED) for one in waiting]
            outbox.answer(transaction, waiting[0].epoch, results, utc_text(now))


def _find(desk: Desk, words: str) -> str:
    keys = lists.keys(desk, lists.ListFilter(search=words))
    return lists.page(desk, keys)[0].id
