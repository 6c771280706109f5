"""A real desk with conflicts as the centre would have sent them, and two desks that make one."""

from collections.abc import Callable
from typing import Any

import pytest

from kelurahan_client.domain.complaint import Complaint, SyncState
from kelurahan_client.store import complaints, imports
from kelurahan_client.store.imports import Conflict
from tests.desk_making import register
from tests.together.conftest import blank_folder, centres, make_desk, office, offices, shared_central
from tests.ui.desk_window import DeskWindow
from ui.conflict.page import ConflictPage

__all__ = ["blank_folder", "centres", "make_desk", "office", "offices", "shared_central"]

OFFICE = "63.71.04.1003"
Contest = Callable[..., Complaint]


@pytest.fixture
def page(window: DeskWindow) -> ConflictPage:
    page = ConflictPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(page)
    return page


def side(id_: str, value: Any, letter: str, actor: str, at: str = "2026-07-31T05:40:00Z") -> dict[str, Any]:
    return {
        "id": id_,
        "value": value,
        "actor": actor,
        "office": OFFICE,
        "desk": letter,
        "device_time": at,
        "server_time": at,
    }


@pytest.fixture
def contest(window: DeskWindow) -> Contest:
    """`contest(id, field, base, there, here, ...)`: what stands at the centre, what this desk has, further ones."""

    def make(id_: str, field: str, base: Any, *values: Any, **fields: Any) -> Complaint:
        def job() -> Complaint:
            made = register(window.desk, **{"title": f"Judul {id_}"} | fields)
            with window.desk.store.write() as transaction:
                stored = complaints.get(transaction, made.id)
                assert stored is not None
                complaints.set_revisions(transaction, {made.id: (3, "")})
                complaints.change(transaction, stored, {field: values[0], "sync_state": SyncState.CONFLICT})
                put(transaction, id_, made.id, field, base, *values)
            return made

        return window.work(job)

    return make


def put(transaction: Any, id_: str, complaint_id: str, field: str, base: Any, *values: Any) -> None:
    """The conflict as the centre sends it: there, here, and then desk C and so on."""
    who = [("B", "Rina"), ("A", "Norhasanah"), ("C", "Fauzi"), ("D", "Ratna")]
    sides = [side(f"{id_}-{at}", value, *who[at], f"2026-07-31T0{at + 2}:40:00Z") for at, value in enumerate(values)]
    body = {"complaint": complaint_id, "field": field, "base": base, "sides": sides, "state": "open"}
    imports.put_conflict(transaction, Conflict(id_, complaint_id, field, body, open=True, rev=1))
