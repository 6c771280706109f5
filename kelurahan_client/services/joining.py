"""Adding somebody as a further reporter of a complaint that is there already.

No second complaint is made, so nothing is counted twice. Everybody who works on the complaint reads, as a follow-up,
that another brought it too and what was said; who that was stays in this desk's data, and so does what was said where
the person wants it confidential.
"""

from dataclasses import dataclass, replace

from kelurahan_client.domain.complaint import MAX_NOTE, Intake, SyncState, TimelineEntry
from kelurahan_client.domain.day_words import format_date
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.domain.nik import mask_nik
from kelurahan_client.domain.phone import mask_phone
from kelurahan_client.domain.privacy import gives_away, names_person
from kelurahan_client.domain.words import CHANNEL_WORDS, STATUS_WORDS
from kelurahan_client.errors import FieldErrors, InputError, NotFound
from kelurahan_client.services import draft_files, handling
from kelurahan_client.services.desk import Desk, officer
from kelurahan_client.services.duplicates import JOINABLE
from kelurahan_client.services.intake import check
from kelurahan_client.store import complaints, drafts, further_reporters, outbox
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.drafts import Draft
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.further_reporters import FurtherReporter
from sync.protocol import Op, RecordType

_OF_THE_REPORTER = frozenset(
    "reporter_name reporter_nik reporter_phone reporter_address rt rw anonymous confidential received_date".split()
)


_MISTAKE = "Pelapor tambahan yang baru dicatat ternyata keliru; abaikan catatan itu."


@dataclass(frozen=True, slots=True)
class Joined:
    """What the clerk tells the citizen: the number of the complaint, and how many have brought it at this desk."""

    id: str  # with which it can be taken back
    complaint_id: str
    reference: str
    title: str
    place: int  # 2 for the second reporter
    files: int


def join(desk: Desk, complaint_id: str, intake: Intake, draft_id: str) -> Joined:
    """Make the person of `intake` a further reporter, attach the draft's files, and set the draft aside.

    On the disk with its outbox entries when this returns. Raises FieldErrors for what concerns the person, NotFound,
    and InputError where nobody works on the complaint any more.
    """
    checked = check(desk, intake)
    wrong = {name: text for name, text in checked.errors.items() if name in _OF_THE_REPORTER}
    if wrong:
        raise FieldErrors(wrong)
    typed = checked.intake
    with desk.store.write() as transaction:
        stored = handling.alive(transaction, complaint_id)
        complaint = stored.complaint
        if complaint.status not in JOINABLE:
            raise InputError(
                f"Pengaduan {complaint.reference} sudah berstatus {STATUS_WORDS[complaint.status].lower()}.",
                way_out="Simpan sebagai pengaduan baru.",
            )
        id_ = _follow_up(desk, transaction, stored, _told(typed))
        further_reporters.add(transaction, _reporter(desk, transaction, id_, complaint_id, typed, draft_id))
        files = draft_files.attach_all(desk, transaction, draft_id, complaint_id)
        place = further_reporters.count(transaction, complaint_id) + 1
        drafts.discard(transaction, draft_id, desk.now())
    return Joined(id_, complaint_id, complaint.reference, complaint.title, place, files)


def take_back(desk: Desk, join_id: str) -> Draft:
    """It was not the same after all: the draft is back, and the complaint's story says that it was a mistake.

    What was said of it is never cut out of the story, and attached files stay. Raises NotFound.
    """
    with desk.store.write() as transaction:
        found = further_reporters.get(transaction, join_id)
        if found is None:
            raise NotFound("Pelapor tambahan itu sudah diurungkan.")
        stored = handling.alive(transaction, found.complaint_id)
        _follow_up(desk, transaction, stored, _MISTAKE)
        further_reporters.take_back(transaction, join_id, desk.now())
        drafts.restore(transaction, found.draft_id)
        draft = drafts.get(transaction, found.draft_id)
    if draft is None:
        raise NotFound("Draf itu sudah tidak ada.", way_out="Ketik lagi pengaduannya.")
    return draft


def reporters(desk: Desk, complaint_id: str) -> list[FurtherReporter]:
    """The further reporters of a complaint that this desk knows, in the order they came; in clear."""
    with desk.store.read() as transaction:
        return further_reporters.of_complaint(transaction, complaint_id)


def masked_reporters(desk: Desk, complaint_id: str) -> list[FurtherReporter]:
    """The same as everybody at the desk may see them: NIK and telephone hidden but for their ends."""
    return [replace(one, nik=mask_nik(one.nik), phone=mask_phone(one.phone)) for one in reporters(desk, complaint_id)]


def _told(typed: Intake) -> str:
    """What everybody reads of it: never who it was."""
    day = format_date(typed.received_date)
    said = f"Pelapor lain menyampaikan hal yang sama ({CHANNEL_WORDS[typed.channel].lower()}, {day})."
    if typed.confidential is not False:
        return f"{said} Isinya rahasia dan disimpan di loket."
    statement = typed.statement.strip()
    numbers = (mention for mention in names_person(statement) if mention.startswith(("NIK ", "nomor HP ")))
    if gives_away(statement, typed.reporter_name, typed.reporter_phone) or any(numbers):
        return f"{said} Isinya menyebut pelapornya, maka disimpan di loket."
    return f"{said}\n{statement}"[:MAX_NOTE] if statement else said


def _reporter(
    desk: Desk, transaction: Transaction, id_: str, complaint_id: str, typed: Intake, draft_id: str
) -> FurtherReporter:
    return FurtherReporter(
        id=id_,
        complaint_id=complaint_id,
        name=typed.reporter_name,
        nik=typed.reporter_nik,
        phone=typed.reporter_phone,
        address=typed.reporter_address,
        rt=typed.rt,
        rw=typed.rw,
        resident=typed.resident,
        anonymous=typed.anonymous,
        confidential=typed.confidential,
        channel=typed.channel,
        received_date=typed.received_date,
        statement=typed.statement,
        actor=officer(transaction).name,
        at=desk.now(),
        draft_id=draft_id,
    )


def _follow_up(desk: Desk, transaction: Transaction, stored: Stored, text: str) -> str:
    """Write a follow-up and tell the outbox; its id."""
    complaint = stored.complaint
    entry = TimelineEntry(
        id=desk.new_id(),
        kind="follow_up",
        text=text,
        actor=officer(transaction).name,
        at=desk.now(),
        acknowledged=False,
    )
    outbox.append(
        transaction,
        [
            outbox.Pending(
                op=Op.APPEND,
                type=RecordType.FOLLOW_UP,
                id=entry.id,
                complaint_id=complaint.id,
                set={"complaint": complaint.id, "text": text},
                was={},
                base_rev=complaint.rev,
                actor=entry.actor,
                device_time=utc_text(entry.at),
            )
        ],
    )
    complaints.add_entries(transaction, [complaint.id], [entry])
    if complaint.sync_state is SyncState.ACKNOWLEDGED:
        complaints.change(transaction, stored, {"sync_state": SyncState.PENDING})
    return entry.id
