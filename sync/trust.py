"""Whom the desk takes for the city's server: the system's store of authorities, and the city's own if it has one."""

import ssl

import truststore

from kelurahan_client.errors import ExchangeError, Offline, Untrusted
from sync.refusals import not_the_server

_NOTHING_SENT = "tidak ada yang dikirim."
_DATE = "Periksa tanggal komputer. Bila sudah benar, hubungi admin kota."
_LOGIN = "Mungkin jaringan ini meminta login: buka peramban, masuk, lalu coba lagi."
_NO_TLS = {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE"}

# What OpenSSL and what Windows call it.
_EXPIRED = {10, 0x800B0101}
_NOT_YET = {9}
_OTHER_NAME = {62, 63, 64, 0x800B010F}
_UNKNOWN = {18, 19, 20, 21, 0x800B0109, 0x800B010A}


def trusting(authority: str) -> ssl.SSLContext:
    """Trusts what the system trusts, and the certificates in `authority` (PEM, "" = none)."""
    made = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if authority:
        made.load_verify_locations(cadata=authority)
    return made


def untrusted(error: ssl.SSLError | None) -> ExchangeError:
    """What it means that no secure connection came about; None = the reason is not known."""
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Offline("Sambungan aman ke server kota terputus.", way_out="Dicoba lagi nanti.")
    if error is not None and error.reason in _NO_TLS:
        return not_the_server()
    told = _told(error.verify_code if isinstance(error, ssl.SSLCertVerificationError) else 0)
    told.may_have_arrived = not isinstance(error, ssl.SSLCertVerificationError)
    return told


def _told(code: int) -> Untrusted:
    if code in _EXPIRED:
        return Untrusted(
            f"Sertifikat server kota sudah kedaluwarsa menurut jam komputer ini; {_NOTHING_SENT}", way_out=_DATE
        )
    if code in _NOT_YET:
        return Untrusted(
            f"Sertifikat server kota belum berlaku menurut jam komputer ini; {_NOTHING_SENT}", way_out=_DATE
        )
    if code in _OTHER_NAME:
        return Untrusted(
            f"Yang menjawab menunjukkan sertifikat untuk alamat lain; {_NOTHING_SENT}",
            way_out=f"Periksa alamat server. {_LOGIN}",
        )
    if code in _UNKNOWN:
        return Untrusted(
            f"Sertifikat yang ditunjukkan tidak berasal dari otoritas yang dipercaya komputer ini; {_NOTHING_SENT}",
            way_out=f"{_LOGIN} Bila kota memakai sertifikat sendiri, pasang di bagian Jaringan (network --ca).",
        )
    return Untrusted(
        f"Sambungan aman ke server kota tidak dapat dipastikan; {_NOTHING_SENT}",
        way_out="Periksa tanggal komputer. Bila tetap begitu, hubungi admin kota.",
    )
