"""What an answer means that is not the one that was asked for: the centre's refusals, and others in its place."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import msgspec

from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import (
    Behind,
    Busy,
    Cancelled,
    ExchangeError,
    Forked,
    Known,
    LaporError,
    NetworkLogin,
    Offline,
    ProxyLogin,
    Refused,
    Revoked,
)
from sync.protocol import ERROR_NUMBER, ErrorNumber, ErrorReply

_LONGEST_WAIT = 24 * 3600.0  # seconds; a server that asks for more is asked again the next day
_LOGIN_STATUS = 511  # what a network answers that wants a login first
_LONGEST = 64 * 1024
_WITHDRAWN = (
    "Bila loket ini masih bekerja, minta kode baru kepada admin kota, lalu pilih Pengaturan, Loket dan kelurahan, "
    "Daftarkan lagi. Semua yang belum diterima dikirim ulang."
)
_UNKNOWN = (
    "Minta kode baru kepada admin kota, lalu pilih Pengaturan, Loket dan kelurahan, Daftarkan lagi. Semua yang belum "
    "diterima dikirim ulang."
)
_OTHER_PROGRAM = "Pencatatan dapat diteruskan; semuanya tetap tersimpan di komputer ini sampai programnya diperbarui."


def not_before(error: LaporError, now: datetime) -> str:
    """When the centre wants to be asked again (UTC text), "" = it has not said."""
    return utc_text(now + timedelta(seconds=error.retry_after)) if isinstance(error, Busy) else ""


def refusal(status: int, headers: Mapping[str, str], body: bytes) -> ExchangeError:
    """The error that an answer other than the wanted one means."""
    try:
        reply = msgspec.json.decode(body[:_LONGEST], type=ErrorReply)
    except msgspec.MsgspecError:
        number = headers.get(ERROR_NUMBER, "")
        if number.isascii() and number.isdecimal():  # to HEAD the centre cannot say more
            reply = ErrorReply(int(number), "Server kota menolak permintaan ini.")
        elif status >= 500 and status != _LOGIN_STATUS:
            return Busy(f"Server kota sedang tidak melayani ({status}).", retry_after=_retry_after(headers))
        else:
            return not_the_server()
    known = Known(reply.last_n, reply.last_hash, reply.common_n) if reply.last_n >= 0 else None
    if reply.number == ErrorNumber.REVOKED:
        return Revoked(reply.message, number=reply.number, known=known, way_out=_WITHDRAWN)
    if reply.number == ErrorNumber.FORK:
        return Forked(reply.message, number=reply.number, known=known)
    if reply.number == ErrorNumber.GAP:
        return Behind(reply.message, number=reply.number, known=known)
    if status in (429, 503):
        return Busy(reply.message, number=reply.number, retry_after=reply.retry_after or _retry_after(headers))
    ways_out: dict[int, str] = {ErrorNumber.PROTOCOL: _OTHER_PROGRAM, ErrorNumber.TOKEN: _UNKNOWN}
    way_out = ways_out.get(reply.number)
    return Refused(reply.message, number=reply.number, challenge=reply.challenge, way_out=way_out, known=known)


def _retry_after(headers: Mapping[str, str]) -> float:
    value = headers.get("Retry-After", "")
    if value.isascii() and value.isdecimal():
        return min(float(value), _LONGEST_WAIT)
    try:
        return min(max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT)
    except (TypeError, ValueError):
        return 60.0


def not_the_server() -> NetworkLogin:
    """Something answered that is not the centre."""
    return NetworkLogin(
        "Yang menjawab bukan server kota; mungkin jaringan ini meminta login. Tidak ada yang berubah.",
        way_out="Buka peramban, masuk ke jaringan, lalu kirim lagi.",
    )


def stopped() -> Cancelled:
    """The person does not want to wait any longer."""
    return Cancelled("Pengiriman dihentikan. Yang sudah diterima server tetap diterima, sisanya menunggu.")


def not_passed_on(status: int) -> ExchangeError:
    """A proxy did not let the desk through, and said so with a status; 0 = without one."""
    if status == 407:
        return ProxyLogin(
            "Proxy jaringan menolak nama atau sandinya. Pekerjaan tetap aman di komputer ini.",
            way_out="Tulis nama dan sandi yang benar di Pengaturan, bagian Jaringan (perintah network --proxy).",
        )
    if 300 <= status < 400 or status == 511:
        return not_the_server()
    said = f" ({status})" if status else ""
    found = Offline(f"Proxy jaringan tidak meneruskan sambungan{said}.", way_out="Periksa setelan proxy jaringan.")
    found.may_have_arrived = False
    return found
