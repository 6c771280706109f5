"""Files on their way, against a centre that is written out here: one that goes wrong holds up no others."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.errors import Cancelled, ExchangeError, NetworkLogin, NotFound, Offline, Untrusted
from kelurahan_client.services import attachments
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import attachments as rows
from kelurahan_client.store import tables
from sync import blobs
from tests.desk_making import register, spoilt

PNG = b"\x89PNG\r\n\x1a\n"
Offence = Callable[[], int]


class Centre:
    """Keeps what it is sent, but for one file, about which `offence` is its answer to every piece."""

    def __init__(self, offending: str, offence: Offence) -> None:
        self.kept: dict[str, bytes] = {}
        self.asked: list[str] = []
        self._offending = offending
        self._offence = offence

    def blob_standing(self, sha256: str, _token: str, _cancelled: object) -> int:
        self.asked.append(sha256)
        return len(self.kept.get(sha256, b""))

    def blob_piece(self, sha256: str, offset: int, piece: bytes, _token: str, _cancelled: object) -> int:
        if self._offending in (sha256, "all"):
            return self._offence()
        self.kept[sha256] = self.kept.get(sha256, b"")[:offset] + piece
        return len(self.kept[sha256])

    def blob_range(self, sha256: str, start: int, stop: int, _token: str, _cancelled: object) -> bytes:
        return self.kept[sha256][start:stop]


def fails(error: ExchangeError) -> Offence:
    def offence() -> int:
        raise error

    return offence


@pytest.fixture
def three(desk: Desk, tmp_path: Path) -> list[Attachment]:
    """Files that the centre has signed for and has not got, small first."""
    complaint = register(desk)
    made = []
    for number in range(1, 4):
        path = tmp_path / f"{number}.png"
        path.write_bytes(PNG + bytes(number * 1_000))
        made.append(attachments.attach(desk, complaint.id, path))
        with desk.store.write() as transaction:
            rows.acknowledge(transaction, made[-1].id, 1)
    return made


@pytest.mark.parametrize(
    "offence",
    [
        lambda: 0,  # what it was sent is not there
        fails(Offline("Sambungan putus.")),
        fails(NetworkLogin("Yang menjawab bukan server kota.")),
        fails(Untrusted("Sertifikat.")),
    ],
)
def test_a_file_that_something_on_the_way_takes_offence_at(
    desk: Desk, three: list[Attachment], offence: Offence
) -> None:
    centre = Centre(three[0].sha256, offence)
    done = blobs.send(desk, centre)
    assert (done.files, done.waiting) == (2, 1)
    assert sorted(centre.kept) == sorted(one.sha256 for one in three[1:])


@pytest.mark.parametrize("error", [Offline("Sambungan putus."), NetworkLogin("Masuk dahulu.")])
def test_a_way_that_is_gone_is_given_up(desk: Desk, three: list[Attachment], error: ExchangeError) -> None:
    centre = Centre("all", fails(error))
    assert blobs.send(desk, centre).waiting == 3
    assert three[2].sha256 not in centre.asked


def test_a_person_who_stops_it_stops_all(desk: Desk, three: list[Attachment]) -> None:
    centre = Centre(three[0].sha256, fails(Cancelled("Dihentikan.")))
    assert blobs.send(desk, centre).waiting == 3
    assert not centre.kept


def test_a_file_that_is_damaged_here_is_fetched_anew(desk: Desk, three: list[Attachment]) -> None:
    centre = Centre("", lambda: 0)
    blobs.send(desk, centre)
    for path in desk.store.config.blob_dir.rglob("*"):
        if path.is_file():
            path.write_bytes(spoilt(path.read_bytes()))
    blobs.fetch(desk, centre, three[0].sha256)
    assert attachments.content(desk, three[0].sha256) == PNG + bytes(1_000)
    with pytest.raises(NotFound):
        blobs.fetch(desk, centre, "0" * 64)


def test_a_file_that_left_with_its_complaint_is_not_sent_but_ones_own_is(desk: Desk, three: list[Attachment]) -> None:
    foreign = replace(three[1], id="00000000-0000-7000-8000-000000000001")
    with desk.store.write() as transaction:
        for one in (foreign, three[0]):  # of the first the bytes are here by chance: they are in another file too
            rows.receive(transaction, one, 5, "")
            rows.withdraw(transaction, [one.id])
        transaction.connection.execute(delete(tables.attachment).where(tables.attachment.c.id == three[1].id))
        assert [one.sha256 for one in rows.unsent(transaction)] == [three[0].sha256, three[2].sha256]
        assert [one.sha256 for one in rows.unstored(transaction)] == [three[0].sha256, three[2].sha256]
