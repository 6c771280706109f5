"""A centre with very many complaints, for measurements, written the way the centre itself writes them."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from central_server.centre import Centre
from central_server.conflicts import centre_author
from central_server.rules import offices_of
from central_server.store.shapes import Record
from sync.protocol import RecordType
from tools import sample_day

_AT_ONCE = 5_000  # records of one transaction


def fill(centre: Centre, count: int, offices: Sequence[str]) -> None:
    """Adds `count` complaints spread over `offices`; the centre must hold one already, as a model."""
    with centre.store.reading() as session:
        model = dict(next(session.feed.complaints(None)))
    for name in ("id", "rev", "conflict"):
        del model[name]
    records = _records(model, count, offices, date.fromisoformat(model["received_date"]))
    author = centre_author(centre.now())
    while part := list(islice(records, _AT_ONCE)):
        with centre.store.writing() as session:
            for record in part:
                session.records.create(record, offices_of(record.body), author)


def _records(model: Mapping[str, Any], count: int, offices: Sequence[str], today: date) -> Iterator[Record]:
    for number, intake in enumerate(sample_day.many_intakes(count, today, seed=7)):
        office = offices[number % len(offices)]
        body = {**model, **sample_day.json_fields(intake), "office": office, "location_office": office}
        yield Record(
            id=str(uuid.uuid4()),
            type=RecordType.COMPLAINT,
            body=body | {"reference": f"{number:08d}"},
            origin=b"",
        )
