"""One whole reply at the desk, however it came: believed or not, and then applied in one transaction."""

from kelurahan_client.errors import Untrusted
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import attachments, epochs, losses, settings
from kelurahan_client.store.engine import Transaction
from sync import receiving, recovering
from sync.envelope import open_reply
from sync.protocol import SCHEMA, Change, ReplyHeader, Result
from sync.sending import NOT_SAID, Heard, Round

MANY = 500  # changes of one reply; a fresh desk gets thousands


def open_answer(current: Round, body: bytes, encoding: str) -> ReplyHeader:
    """Check the reply before a single item of it is believed, and put its items into `current`.

    Raises NetworkLogin or Untrusted, and then there is nothing of it in `current`.
    """
    header, items = open_reply(current.me, current.header.nonce, body, encoding)
    results = [item for item in items if isinstance(item, Result)]
    answered = {result.n for result in results}
    if any(item.n not in answered for item in current.items):
        raise Untrusted("Server kota tidak menjawab semua yang dikirim; tidak ada yang berubah.", way_out="Kirim lagi.")
    current.results = results
    current.changes = [item for item in items if isinstance(item, Change)]
    return header


def apply(desk: Desk, current: Round, heard: Heard, header: ReplyHeader) -> tuple[receiving.Touched, bool]:
    """The whole reply in one transaction; what it touched, and whether something more must be said at once."""
    touched = receiving.Touched()
    with desk.store.write(large=len(current.changes) > MANY) as transaction:
        if current.asks and recovering.is_of_another_life(transaction, current.epoch, header):
            heard.last_n[current.epoch] = NOT_SAID  # send instead of asking, and the centre finds where they part
            current.results = []
            return touched, True
        unanswered = current.asks and header.last_n >= current.header.first_n and not current.results
        heard.last_n[current.epoch] = NOT_SAID if unanswered else header.last_n
        if current.header.server_epoch not in ("", header.server_epoch):
            epochs.doubt(transaction)
            losses.expect(transaction)  # before the reply: what it signs for is signed for anew
        receiving.apply_results(transaction, current.epoch, current.results, header.server_time, touched)
        receiving.apply_changes(transaction, current.changes, touched, header.schema[1])
        receiving.settle(transaction, touched)
        attachments.lacks(transaction, header.needs_blobs)
        _keep_position(transaction, current, header)
        parted = recovering.part_where_ahead(desk, transaction, current.epoch, header)
        return touched, parted or bool(epochs.next_turn(transaction).present)


def apply_answers(desk: Desk, current: Round, header: ReplyHeader) -> receiving.Touched:
    """Only the answers of a reply, where this desk has heard more since it asked: its changes may be older ones."""
    touched = receiving.Touched()
    with desk.store.write() as transaction:
        receiving.apply_results(transaction, current.epoch, current.results, header.server_time, touched)
        receiving.settle(transaction, touched)
        for year, counter in header.counters.items():
            settings.raise_counter(transaction, int(year), counter)
    return touched


def _keep_position(transaction: Transaction, current: Round, header: ReplyHeader) -> None:
    """Cursor, token, counters, and what a backup of the centre holds."""
    epochs.trust(transaction, current.epoch)
    epochs.keep_durable(transaction, current.epoch, header.durable_n)
    if header.cursor:
        settings.put(transaction, settings.CURSOR, {"server_epoch": header.server_epoch, "cursor": header.cursor})
    for year, counter in header.counters.items():
        settings.raise_counter(transaction, int(year), counter)
    if header.schema[1] != (settings.get(transaction, settings.CENTRE_SCHEMA) or SCHEMA):
        settings.put(transaction, settings.CENTRE_SCHEMA, header.schema[1])
    if header.token:
        me = settings.get(transaction, settings.IDENTITY)
        settings.put(transaction, settings.IDENTITY, me | {"token": header.token})
