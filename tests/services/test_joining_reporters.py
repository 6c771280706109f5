"""A further reporter of a complaint: told without a name, counted once, and taken back."""

import json
from pathlib import Path

import pytest

from kelurahan_client.domain.complaint import Complaint, Intake, Status, SyncState
from kelurahan_client.errors import FieldErrors, InputError, NotFound
from kelurahan_client.services import attachments, draft_files, handling, intake, joining, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import complaints, outbox
from kelurahan_client.store.drafts import Draft
from tests.desk_making import an_intake, register

PNG = b"\x89PNG\r\n\x1a\nlampu"


@pytest.fixture
def lamp(desk: Desk) -> Complaint:
    return register(desk, title="Lampu padam di Gg. Mawar")


@pytest.fixture
def draft(desk: Desk, lamp: Complaint) -> Draft:
    return intake.save_draft(desk, {"statement": "Lampu mati juga"})


def told(desk: Desk) -> list[dict[str, object]]:
    with desk.store.read() as transaction:
        epoch = outbox.tail(transaction).epoch
        return [json.loads(entry.line) for entry in outbox.waiting(transaction, epoch, after=0, limit=100)]


def second(**changes: object) -> Intake:
    return an_intake(
        **{
            "reporter_name": "Rusdiansyah",
            "reporter_phone": "081344200926",
            "reporter_nik": "6371034508870003",
            "statement": "Sudah dua minggu gelap.",
            **changes,
        }
    )


def test_somebody_is_added_and_told_of_without_a_name(desk: Desk, lamp: Complaint, draft: Draft) -> None:
    joined = joining.join(desk, lamp.id, second(), draft.id)
    assert (joined.reference, joined.place, joined.files) == (lamp.reference, 2, 0)
    (entry,) = [one for one in lists.detail(desk, lamp.id).timeline if one.kind == "follow_up"]
    assert entry.text == (
        "Pelapor lain menyampaikan hal yang sama (tatap muka, 3 Agustus 2026).\nSudah dua minggu gelap."
    )
    line = told(desk)[-1]
    assert (line["op"], line["type"], line["id"]) == ("append", "follow_up", joined.id)
    for private in ("Rusdiansyah", "081344200926", "6371034508870003"):
        assert private not in json.dumps(told(desk))
    (kept,) = joining.reporters(desk, lamp.id)
    assert (kept.name, kept.phone, kept.nik) == ("Rusdiansyah", "081344200926", "6371034508870003")


def test_nothing_is_counted_twice(desk: Desk, lamp: Complaint, draft: Draft) -> None:
    joining.join(desk, lamp.id, second(), draft.id)
    assert len(lists.keys(desk, lists.ListFilter())) == 1
    assert intake.open_drafts(desk) == []
    assert register(desk).reference.split("-")[2] == "00002"  # no number was used up


def test_what_is_confidential_stays_at_the_desk(desk: Desk, lamp: Complaint, draft: Draft) -> None:
    joining.join(desk, lamp.id, second(confidential=True), draft.id)
    assert "dua minggu" not in json.dumps(told(desk))
    assert joining.reporters(desk, lamp.id)[0].statement == "Sudah dua minggu gelap."


@pytest.mark.parametrize(
    "statement",
    ["Saya rusdiansyah, rumah gelap.", "Hubungi 0813 4420 0926 ya.", "NIK saya 6371034508870003, rumah gelap."],
)
def test_what_says_who_it_was_stays_at_the_desk(desk: Desk, lamp: Complaint, draft: Draft, statement: str) -> None:
    joining.join(desk, lamp.id, second(statement=statement), draft.id)
    told_last = json.dumps(told(desk)[-1], ensure_ascii=False)
    assert "disimpan di loket" in told_last
    assert statement not in told_last
    assert joining.reporters(desk, lamp.id)[0].statement == statement


def test_a_complaint_that_was_signed_for_waits_again(desk: Desk, lamp: Complaint, draft: Draft) -> None:
    with desk.store.write() as transaction:
        complaints.set_sync_states(transaction, {lamp.id: SyncState.ACKNOWLEDGED})
    joining.join(desk, lamp.id, second(), draft.id)
    assert handling.find(desk, lamp.reference).sync_state is SyncState.PENDING


def test_the_files_of_the_draft_go_to_the_complaint(desk: Desk, lamp: Complaint, draft: Draft) -> None:
    draft_files.add(desk, draft.id, "lampu.png", PNG)
    assert joining.join(desk, lamp.id, second(), draft.id).files == 1
    (file,) = attachments.attachments(desk, lamp.id)
    assert attachments.content(desk, file.sha256) == PNG


def test_it_is_taken_back(desk: Desk, lamp: Complaint, draft: Draft) -> None:
    joined = joining.join(desk, lamp.id, second(), draft.id)
    assert joining.take_back(desk, joined.id).fields == draft.fields
    assert [one.id for one in intake.open_drafts(desk)] == [draft.id]
    assert joining.reporters(desk, lamp.id) == []
    assert "keliru" in lists.detail(desk, lamp.id).timeline[0].text
    with pytest.raises(NotFound):
        joining.take_back(desk, joined.id)
    assert joining.join(desk, lamp.id, second(), draft.id).place == 2


def test_what_nobody_works_on_any_more_takes_nobody(desk: Desk, lamp: Complaint, draft: Draft) -> None:
    handling.transition(desk, lamp.id, Status.ARCHIVED, "Ganda.")
    with pytest.raises(InputError, match="pengaduan baru"):
        joining.join(desk, lamp.id, second(), draft.id)
    assert joining.reporters(desk, lamp.id) == []
    assert [one.id for one in intake.open_drafts(desk)] == [draft.id]


def test_only_what_concerns_the_person_can_be_wrong(desk: Desk, lamp: Complaint, draft: Draft) -> None:
    with pytest.raises(FieldErrors) as refused:
        joining.join(desk, lamp.id, second(reporter_name="", statement=""), draft.id)
    assert set(refused.value.fields) == {"reporter_name"}
    joining.join(desk, lamp.id, second(statement=""), draft.id)


def test_nobody_is_in_clear_on_the_disk(desk: Desk, lamp: Complaint, draft: Draft) -> None:
    joining.join(desk, lamp.id, second(), draft.id)
    files = [path for path in Path(desk.store.config.data_dir).rglob("*") if path.is_file()]
    assert not any(b"Rusdiansyah" in path.read_bytes() for path in files)
