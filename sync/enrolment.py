"""Joining the city: a one-time code becomes this desk's identity."""

import base64
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kelurahan_client import __version__
from kelurahan_client.domain.roles import Right
from kelurahan_client.errors import InputError, Untrusted
from kelurahan_client.services.demo import refuse_demo
from kelurahan_client.services.desk import Desk, Identity, allow, find_identity, keep_identity, put_identity
from kelurahan_client.services.desk import identity as known_identity
from kelurahan_client.services.network import network
from kelurahan_client.store import settings
from sync import recovering
from sync.protocol import Enrolled, EnrolOffer, EnrolRequest
from sync.transport import Cancel, HttpTransport

_PENDING_KEYS = "pending_keys"  # made before the code is used, so that a lost answer can be asked for again


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """The desk's private keys, base64 of 32 raw bytes each: for signing, and for sealed answers."""

    signing: str
    sealing: str


def offer(desk: Desk, server_url: str, code: str, cancelled: Cancel = lambda: False) -> EnrolOffer:
    """Ask the server what a code is for, without using it up. Raises InputError or an ExchangeError."""
    transport = HttpTransport(server_url, network(desk))
    try:
        return transport.check_code(_clean(code), cancelled)
    finally:
        transport.close()


def enrol(
    desk: Desk,
    server_url: str,
    code: str,
    cancelled: Cancel = lambda: False,
    keys_known: tuple[str, str] | None = None,
) -> Identity:
    """Use up a code and keep what the city gave. Raises InputError or an ExchangeError; then it may be tried again.

    `keys_known`: for signing and sealing, as an enrolment file brought them; a server with others is not the city's.
    A code that was used up when nobody waited any longer is answered again when it is tried again.
    """
    if find_identity(desk) is not None:
        raise InputError(
            "Loket ini sudah terdaftar.",
            way_out="Untuk loket lain, pakai folder data yang lain. Bila server kota tidak mengenal loket ini lagi, "
            "daftarkan lagi dengan kode baru: Pengaturan, Loket dan kelurahan (perintah enrol --again).",
        )
    answer, identity = _ask(desk, server_url, code, "", _keys(desk, None), cancelled)
    if keys_known not in (None, (answer.server_signing_key, answer.server_sealing_key)):
        raise Untrusted(
            "Yang menjawab bukan server kota dari berkas pendaftaran; loket ini belum terdaftar.",
            way_out="Hubungi admin kota sebelum mencoba lagi.",
        )
    keep_identity(desk, identity, answer.counters)
    return identity


def enrol_again(desk: Desk, server_url: str, code: str, cancelled: Cancel = lambda: False) -> Identity:
    """Join the city once more with the data that are here; everything that it is not known to have is sent again.

    For a desk that the centre does not know any more, since it was restored, or that was withdrawn by mistake. The code
    must be for the same office; the desk's letter may be another. Raises InputError, NotEnrolled, NotAllowed or an
    ExchangeError; then nothing has changed here, and it may be tried again.
    """
    refuse_demo(desk)
    with desk.store.read() as transaction:
        allow(transaction, Right.SETTINGS)
        before = known_identity(transaction)
    answer, identity = _ask(desk, server_url, code, before.office, _keys(desk, before), cancelled)
    if identity.server_signing_key != before.server_signing_key:
        raise InputError(
            f"Yang menjawab bukan server kota yang mengenal loket ini ({answer.city}); tidak ada yang diubah.",
            way_out="Periksa alamatnya bersama admin kota.",
        )
    with desk.store.write() as transaction:
        put_identity(transaction, identity, answer.counters)
        recovering.as_another_device(desk, transaction, answer.server_epoch)
        settings.put(transaction, settings.LAST_FAILURE, None)
    return identity


def _ask(
    desk: Desk, server_url: str, code: str, office: str, keys: DeskKeys, cancelled: Cancel
) -> tuple[Enrolled, Identity]:
    transport = HttpTransport(server_url, network(desk))
    try:
        request = EnrolRequest(
            code=_clean(code),
            signing_key=_public(Ed25519PrivateKey.from_private_bytes(base64.b64decode(keys.signing))),
            sealing_key=_public(X25519PrivateKey.from_private_bytes(base64.b64decode(keys.sealing))),
            program=__version__,
            office=office,
        )
        answer = transport.enrol(request, cancelled)
        return answer, _identity(answer, keys, transport.server_url)
    finally:
        transport.close()


def _clean(code: str) -> str:
    cleaned = "".join(code.upper().split())
    if not 4 <= len(cleaned) <= 40:
        raise InputError("Kode pendaftaran tidak lengkap.", way_out="Salin lagi seluruh kode dari admin kota.")
    return cleaned


def _keys(desk: Desk, before: Identity | None) -> DeskKeys:
    """Keys that no device has yet, but for one whose answer was lost."""
    with desk.store.write() as transaction:
        kept = settings.get(transaction, _PENDING_KEYS)
        if kept is None or (before is not None and kept["signing"] == before.signing_key):
            kept = {
                "signing": base64.b64encode(desk.random(32)).decode(),
                "sealing": base64.b64encode(desk.random(32)).decode(),
            }
            settings.put(transaction, _PENDING_KEYS, kept)
    return DeskKeys(**kept)


def _public(key: Ed25519PrivateKey | X25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def _identity(answer: Enrolled, keys: DeskKeys, server_url: str) -> Identity:
    return Identity(
        device=answer.device,
        city=answer.city,
        office=answer.office,
        office_name=answer.office_name,
        district=answer.district,
        desk=answer.desk,
        server_url=server_url,
        server_epoch=answer.server_epoch,
        server_signing_key=answer.server_signing_key,
        server_sealing_key=answer.server_sealing_key,
        signing_key=keys.signing,
        sealing_key=keys.sealing,
        token=answer.token,
    )
