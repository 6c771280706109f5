"""What an office is told of copies and restored data: notices in its feed, each once however often it is found."""

import uuid
from collections.abc import Mapping

from central_server.conflicts import centre_author
from central_server.store.feed import EVERYBODY
from central_server.store.repeats import numbered
from central_server.store.shapes import Author, Decision, Device, Record
from central_server.store.writer import Writer
from sync.protocol import RecordType

# Any, the same for ever: the id of a notice follows from its cause.
_SPACE = uuid.UUID("5d0f9a52-3c1e-4b57-9a52-8d6a3d0a7e11")

_SAFER: Mapping[str, str] = {
    "anonymous": "Anonim ditulis berbeda oleh dua petugas; yang lebih aman berlaku: nama pelapor tidak dibuka.",
    "confidential": "Rahasia ditulis berbeda oleh dua petugas; yang lebih aman berlaku: isi pengaduan tidak dibuka.",
    "priority": "Urgensi ditulis berbeda oleh dua petugas; yang lebih mendesak berlaku.",
}


def of_a_new_past(records: Writer, device: Device, epoch: str, at: str) -> None:
    """The desk's computer begins anew: its data came from a backup or are a copy."""
    text = (
        f"Data loket {device.desk} dipulihkan dari cadangan atau disalin dari komputer lain. "
        "Yang belum terkirim dikirim ulang; tidak ada yang hilang."
    )
    body = {"text": text, "received_at": at, "office": device.office, "desk": device.desk}
    _tell(records, f"{device.id}/{epoch}", body, device.office, at)


def of_two_computers(records: Writer, device: Device, epoch: str, at: str) -> None:
    """An older past of the computer goes on beside a newer one."""
    text = (
        f"Data loket {device.desk} dipakai di dua komputer. Keduanya diterima, tetapi nomor pengaduan dapat sama: "
        "daftarkan salah satu sebagai loket sendiri."
    )
    body = {"text": text, "received_at": at, "office": device.office, "desk": device.desk}
    _tell(records, f"{device.id}/{epoch} beside another", body, device.office, at)


def of_a_restored_centre(records: Writer, server_epoch: str, made_at: str, at: str) -> None:
    """The centre itself goes on from a backup of `made_at`."""
    text = (
        f"Server kota dipulihkan dari cadangan {made_at[:10]}. "
        "Tiap loket mengirim ulang yang lebih baru dari itu; tidak ada yang perlu dikerjakan."
    )
    _tell(records, server_epoch, {"text": text, "received_at": at}, EVERYBODY, at)


def of_a_discarded_stick(records: Writer, device: Device, decision: Decision, missing: int) -> None:
    """A person of the city does not need what was held of a stick; `missing` of its changes are nowhere else."""
    text = f"Stik USB loket {device.desk} yang tertahan di server kota tidak dipakai ({decision.why}). "
    text += (
        f"{missing} perubahan di dalamnya tidak ada di server kota: cocokkan dengan catatan di loket."
        if missing
        else "Semua isinya sudah sampai dengan cara lain."
    )
    _tell_of_a_stick(records, device, decision, text)


def of_a_released_stick(records: Writer, device: Device, decision: Decision, missing: int) -> None:
    """A person of the city looks at `missing` changes that only a held stick had."""
    text = (
        f"{missing} perubahan dari stik USB loket {device.desk} yang tertahan diperiksa kota satu per satu "
        f"({decision.why}). Yang dilepas akan tampil di sini; sebutkan bila ada yang sudah dicatat ulang."
    )
    _tell_of_a_stick(records, device, decision, text)


def _tell_of_a_stick(records: Writer, device: Device, decision: Decision, text: str) -> None:
    at = decision.person.at
    body = {"text": text, "received_at": at, "office": device.office, "desk": device.desk}
    _tell(records, f"{device.id}/{decision.request.bundle} {decision.kind} {at}", body, device.office, at)


def of_one_number(records: Writer, made: Record, at: str) -> None:
    """More complaints than one have the number of the one that was just `made`; told in the story of each."""
    reference = str(made.body["reference"])
    same = numbered(records, reference)
    if len(same) < 2:
        return
    text = (
        f"Nomor {reference} dipakai {len(same)} pengaduan, sebab dua salinan data loket mencatat bersamaan. "
        "Semua disimpan; cocokkan nama pelapor pada tanda terima."
    )
    for complaint in same:
        id_ = str(uuid.uuid5(_SPACE, f"{reference} {made.id} {complaint.id}"))
        if records.get(id_) is None:
            body = {"complaint": complaint.id, "text": text, "received_at": at}
            notice = Record(id=id_, type=RecordType.NOTICE, body=body, parent=complaint.id)
            records.create(notice, records.scopes.offices(complaint.id), centre_author(at))


def of_a_safer_choice(records: Writer, complaint: str, field: str, author: Author) -> None:
    """Two people wrote different things, and the safer one stands; whoever came first hears it from nobody else."""
    text = _SAFER.get(field)
    id_ = str(uuid.uuid5(_SPACE, f"{complaint} {field} {author.office} {author.actor} {author.device_time}"))
    if text is None or records.get(id_) is not None:
        return
    body = {"complaint": complaint, "text": text, "received_at": author.received_at}
    notice = Record(id=id_, type=RecordType.NOTICE, body=body, parent=complaint)
    records.create(notice, records.scopes.offices(complaint), centre_author(author.received_at))


def _tell(records: Writer, cause: str, body: dict[str, str], office: str, at: str) -> None:
    id_ = str(uuid.uuid5(_SPACE, cause))
    if records.get(id_) is None:
        records.create(Record(id=id_, type=RecordType.NOTICE, body=body), [office], centre_author(at))
