"""A desk whose words are all at the centre while photos of them still wait: chip, Beranda, outbox and Tutup hari."""

from kelurahan_client.domain.complaint import Complaint, SyncState
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import Offline
from kelurahan_client.services import attachments, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import attachments as rows
from kelurahan_client.store import complaints, outbox, settings
from kelurahan_client.store.attachments import Tried
from kelurahan_client.store.engine import Transaction
from sync.protocol import Result, ResultKind
from tools.camera import Camera

_PNG = b"\x89PNG\r\n\x1a\n"


def files_wait(camera: Camera) -> None:
    """Two photos that a bad line has kept here, one of them half sent."""
    desk = camera.desk("files")
    _photos_wait(desk)
    session = camera.session(desk)
    window = session.window
    window.show_page("home")
    camera.shoot("beranda-lampiran", window)
    window.outbox_requested.emit()
    camera.shoot("kotak-keluar-lampiran", session.work.standing.outbox)
    session.work.standing.outbox.close()
    window.show_page("day_close")
    camera.shoot("tutup-hari-lampiran", window)
    camera.end(session, desk)


def _photos_wait(desk: Desk) -> None:
    made = lists.full(desk, lists.ListFilter())
    one = next(item for item in made if item.confidential is False)
    photos = [
        attachments.attach_content(desk, one.id, name, _PNG + bytes([seed]) * size)
        for seed, (name, size) in enumerate((("titian-patah.png", 2_400_000), ("titian-dari-hilir.png", 3_100_000)))
    ]
    now = utc_text(desk.now())
    why = Offline("Server kota tidak terjangkau. Pekerjaan tetap aman di komputer ini.", way_out="Dicoba lagi nanti.")
    with desk.store.write() as transaction:
        for photo in photos:
            rows.acknowledge(transaction, photo.id, 1)
        tried = Tried(now, 1_310_720, why.code, why.message, why.way_out)
        rows.keep_tried(transaction, {photos[0].sha256: tried})
        for complaint in made:
            _signed(desk, transaction, complaint)
        settings.put(transaction, settings.LAST_FAILURE, None)
        settings.put(transaction, settings.LAST_EXCHANGE, {"at": now, "sent": 12, "received": 3})


def _signed(desk: Desk, transaction: Transaction, complaint: Complaint) -> None:
    waiting = outbox.unanswered_of(transaction, complaint.id)
    if waiting:
        results = [Result(n=entry.n, id=complaint.id, result=ResultKind.APPLIED) for entry in waiting]
        outbox.answer(transaction, waiting[0].epoch, results, utc_text(desk.now()))
        complaints.set_sync_states(transaction, {complaint.id: SyncState.ACKNOWLEDGED})
