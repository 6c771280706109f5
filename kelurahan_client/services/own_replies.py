"""Texts to answer with that the officers of this desk wrote themselves, kept under a name in the desk's data."""

from kelurahan_client.domain.complaint import MAX_NOTE
from kelurahan_client.domain.text import clean_line, clean_text
from kelurahan_client.errors import InputError
from kelurahan_client.services.desk import Desk, officer
from kelurahan_client.services.handling import alive
from kelurahan_client.services.reply_templates import OwnReply, blanks
from kelurahan_client.store import settings
from kelurahan_client.store.engine import Transaction

MOST = 50
LONGEST_NAME = 60
_LEAST_LETTERS = 3  # a shorter name may stand within any word


def own_replies(desk: Desk) -> list[OwnReply]:
    """All of them, by name, as they were written: `$nama` and the like not filled in."""
    with desk.store.read() as transaction:
        return _kept(transaction)


def keep_reply(desk: Desk, name: str, text: str, instead_of: str = "") -> list[OwnReply]:
    """Keep a text under a name, in place of the one that has it and of `instead_of`; returns all.

    Raises InputError for a name or a text that is missing or too long.
    """
    said, words = clean_line(name).text, clean_text(text).text
    if not said or len(said) > LONGEST_NAME:
        raise InputError(f"Tulis nama contoh, paling panjang {LONGEST_NAME} huruf.")
    if not words or len(words) > MAX_NOTE:
        raise InputError(f"Tulis isi contoh, paling panjang {MAX_NOTE} huruf.")
    with desk.store.write() as transaction:
        gone = {said.casefold(), instead_of.casefold()}
        kept = [one for one in _kept(transaction) if one.name.casefold() not in gone]
        if len(kept) >= MOST:
            raise InputError(f"Sudah ada {MOST} contoh jawaban.", way_out="Hapus yang tidak dipakai lagi.")
        return _keep(transaction, [*kept, OwnReply(said, words)])


def remove_reply(desk: Desk, name: str) -> list[OwnReply]:
    """Forget a text; one that is gone already is no error. Returns all."""
    with desk.store.write() as transaction:
        return _keep(transaction, [one for one in _kept(transaction) if one.name != name])


def for_others(desk: Desk, complaint_id: str, text: str) -> str:
    """What was written about one complaint as a text for any: who reported and its number become words to fill in.

    Raises NotFound.
    """
    with desk.store.read() as transaction:
        complaint = alive(transaction, complaint_id).complaint
        values = blanks(desk, complaint, officer(transaction).name)
    values["nama"] = complaint.reporter_name  # also where a letter would not say it
    made = text.replace("$", "$$")
    names = sorted(("nama", "nomor", "judul", "diterima", "petugas"), key=lambda name: -len(values[name]))
    for name in names:
        if len(values[name]) >= _LEAST_LETTERS:
            made = made.replace(values[name], f"${{{name}}}")
    return made


def _kept(transaction: Transaction) -> list[OwnReply]:
    kept: dict[str, str] = settings.get(transaction, settings.OWN_REPLIES) or {}
    return [OwnReply(name, kept[name]) for name in sorted(kept, key=str.casefold)]


def _keep(transaction: Transaction, replies: list[OwnReply]) -> list[OwnReply]:
    settings.put(transaction, settings.OWN_REPLIES, {one.name: one.text for one in replies})
    return _kept(transaction)
