"""A look at the desk's health: the file, the chains of outbox and log, the disk, the clock. It changes nothing."""

import shutil
from dataclasses import asdict, dataclass
from typing import Any

from kelurahan_client.services import notices, signing_in
from kelurahan_client.services.clock import clock_warning
from kelurahan_client.services.desk import Desk, Identity
from kelurahan_client.store import aside, attachments, audit, listing, outbox, settings
from kelurahan_client.store.audit import Broken
from sync.framing import chain

_LOW_DISK = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found; `problems` are sentences for a person, empty when all is well."""

    office: str
    desk: str
    server: str
    key_kept_in: str
    complaints: int
    unsent: int
    rejected: int
    free_bytes: int
    last_exchange: dict[str, Any] | None
    notices: tuple[str, ...]  # the centre's newest, see services.notices
    problems: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The examination as the command line prints it."""
        return asdict(self) | {"notices": list(self.notices), "problems": list(self.problems)}


def examine(desk: Desk, me: Identity | None) -> Examination:
    """Check the whole file and recompute both chains."""
    problems = [f"Data rusak: {finding}." for finding in desk.store.check()]
    files = desk.store.blob_files
    with desk.store.read() as transaction:
        if me is not None and not (chain_holds(outbox.chain_links(transaction)) and outbox.ends_well(transaction)):
            problems.append("Rantai kotak keluar tidak utuh.")
        broken = audit.first_broken(transaction)
        unsent, rejected = outbox.counts(transaction)
        complaints = listing.count_all(transaction)
        last = settings.get(transaction, settings.LAST_EXCHANGE)
        missing = [blob for blob in attachments.here(transaction) if not files.has(blob.sha256, blob.size)]
        unread = aside.count(transaction)
    if broken is not None:
        problems.append(_broken_words(broken))
    if unread:
        problems.append(
            f"{unread} data dari server kota baru terbaca setelah Lapor Kelurahan diperbarui; semuanya tersimpan."
        )
    if missing:
        problems.append(f"{len(missing)} berkas lampiran hilang atau terpotong di komputer ini.")
    free = shutil.disk_usage(desk.store.config.data_dir).free
    if free < _LOW_DISK:
        problems.append("Ruang disk hampir habis.")
    if last and (warning := clock_warning(last.get("clock_offset_seconds", 0))):
        problems.append(warning)
    if signing_in.vault(desk).plain_key_is_left():
        problems.append("Kunci data yang lama masih ada di luar PIN petugas; masuk sekali lagi agar dihapus.")
    if me is None:
        problems.append("Loket belum terdaftar pada server kota.")
    return Examination(
        office=me.office if me else "",
        desk=me.desk if me else "",
        server=me.server_url if me else "",
        key_kept_in=desk.store.key_place,
        complaints=complaints,
        unsent=unsent,
        rejected=rejected,
        free_bytes=free,
        last_exchange=last,
        notices=tuple(notice.text for notice in notices.newest(desk, limit=3)),
        problems=tuple(problems),
    )


def _broken_words(broken: Broken) -> str:
    if broken.missing:
        return f"Catatan tidak utuh: baris {broken.n} hilang."
    return f"Catatan tidak utuh: baris {broken.n} bukan yang ditulis program ini."


def chain_holds(links: list[tuple[bytes, bytes, bytes]]) -> bool:
    """Whether every (previous hash, line, hash) fits."""
    return all(chain(previous, line) == digest for previous, line, digest in links)
