"""Every error a person or a caller can meet, in one tree.

LaporError                      has a number, a title, a sentence and a way out
├── InputError                  what was given cannot be accepted; nothing was written
│   ├── FieldErrors             several fields of one form, each with its sentence
│   ├── UnreadableFile          a file that is missing, damaged, or of a wrong kind
│   ├── UnwritableFile          a place that a person chose, which takes no file
│   ├── NotFound                no such complaint, draft, import, conflict
│   ├── ChangedMeanwhile        a field is not what the officer saw who corrects it
│   ├── BackupError             a backup that cannot be used here
│   └── BundleError             a bundle of a USB stick that is of no use here
│       ├── DamagedBundle       cut off, altered, or none
│       ├── NewerBundle         written by a newer program
│       ├── ForeignBundle       for another city, another desk, or the other side
│       └── OutdatedBundle      an answer that does not fit what is here (any more)
├── PaperError                  a document that the printer, or the place for its PDF, does not take
├── IllegalStep                 the status machine does not allow this step
├── NotAllowed, WrongPin        what an officer may not, and who is not let in: see domain.entry_errors
├── StoreError                  the desk's own data
│   ├── WrongKey                the key does not open the file
│   ├── DamagedData             the file is not what was written
│   ├── NewerData               written by a newer program
│   ├── DiskFull                no room
│   │   ├── StickFull           no room on the stick; the computer's own disk is well
│   │   └── DiskRefuses         the disk takes nothing, whatever room it has
│   ├── AlreadyOpen             another window or command uses the same data
│   ├── SignInNeeded            the key is wrapped for officers: see domain.entry_errors
│   └── NotEnrolled             this desk has no office yet
└── ExchangeError               the way to the centre; the work stays safe on this machine
    ├── Offline                 no answer: no network, refused, timed out
    ├── NetworkLogin            something answered, but not the city's server (captive portal)
    │   └── ProxyLogin          the proxy wants a name and a password, or others
    ├── Untrusted               the certificate or the signature is not the city's
    ├── Refused                 the server answered with a numbered error
    │   ├── Revoked             this desk was withdrawn
    │   ├── Forked              the server knows another past of this desk
    │   ├── Behind              the server has less of this desk than it once signed for
    │   └── Busy                the server asks to come back later
    └── Cancelled               the person stopped it

"The world failed" is one of these and is told to the person. Anything else that is raised is a mistake of ours.
"""

import errno
from collections.abc import Mapping
from dataclasses import dataclass

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_GONE = (errno.EIO, errno.ENXIO, errno.ENODEV)


def no_room(error: BaseException) -> bool:
    """Whether the system refused for want of room."""
    return getattr(error, "errno", None) in _NO_ROOM


def why(error: OSError | ValueError) -> str:
    """What the system refused, as it ends a sentence for a clerk; the system's own words may be in any language.

    A ValueError is a null character in a name.
    """
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, FileNotFoundError):
        return "sudah tidak ada di tempatnya"
    if isinstance(error, PermissionError):
        return "akun komputer ini tidak boleh membukanya"
    if isinstance(error, IsADirectoryError | NotADirectoryError | FileExistsError):
        return "berkas dan folder tertukar"
    if number is None or number in (errno.ENAMETOOLONG, errno.EINVAL):
        return "namanya tidak dapat dipakai"
    if number == errno.EROFS:
        return "tempatnya hanya dapat dibaca"
    if number in _NO_ROOM:
        return "tempatnya penuh"
    if number in _GONE:
        return f"disk atau stiknya terlepas atau rusak (nomor {number})"
    return f"disk atau sambungannya bermasalah (nomor {number})"


class LaporError(Exception):
    """Base of all foreseen errors.

    `code` is the number a person can read over the phone (LK-nnnn), `title` a short Indonesian headline, `message` the
    sentence that says what happened and what was kept, `way_out` what to do now.
    """

    code = "LK-1000"
    title = "Tidak dapat dikerjakan"
    way_out = ""

    def __init__(self, message: str, *, way_out: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if way_out is not None:
            self.way_out = way_out
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        """The sentence with its way out, on one line."""
        return f"{self.message} {self.way_out}".strip()


class OurMistake(LaporError):
    """The program has a bug, which is logged where it was caught; what was asked is not done."""

    code = "LK-9000"
    title = "Ada kesalahan di dalam program"
    way_out = "Coba sekali lagi. Kalau terulang, kirim laporannya kepada admin kota."


class InputError(LaporError):
    """What was given cannot be accepted; nothing was written."""

    code = "LK-1100"
    title = "Isian perlu diperbaiki"


class FieldErrors(InputError):
    """Several fields of one form; `fields` maps the field's name to the sentence that says how to mend it."""

    code = "LK-1101"

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__(" ".join(self.fields.values()))


class UnreadableFile(InputError):
    """A file that is missing, damaged, too large, or of a wrong kind."""

    code = "LK-1102"
    title = "Berkas tidak dapat dibaca"


class UnwritableFile(InputError):
    """The place that a person chose takes no file."""

    code = "LK-1114"
    title = "Berkas tidak dapat ditulis"


class NotFound(InputError):
    """No such complaint, draft, import or conflict on this machine."""

    code = "LK-1103"
    title = "Tidak ditemukan"


class ChangedMeanwhile(InputError):
    """What is to be corrected was changed since the officer saw it; nothing was written."""

    code = "LK-1115"
    title = "Sudah berubah"
    way_out = "Bandingkan dengan isinya sekarang, lalu simpan."


class BackupError(InputError):
    """A backup that is damaged, not this desk's, of a newer program, or none; the desk's data are as they were."""

    code = "LK-1120"
    title = "Cadangan tidak dapat dipakai"


class BundleError(InputError):
    """A bundle of a USB stick that is of no use here; nothing was applied."""

    title = "Bundel tidak dapat dipakai"


class DamagedBundle(BundleError):
    """Cut off, altered, or no bundle at all."""

    code = "LK-1105"


class NewerBundle(BundleError):
    """Written by a newer program."""

    code = "LK-1106"


class ForeignBundle(BundleError):
    """For another city, for another desk, or for the other side."""

    code = "LK-1107"


class OutdatedBundle(BundleError):
    """An answer that does not fit what is here: asked for by nobody here, or of another life of the centre."""

    code = "LK-1108"


class IllegalStep(InputError):
    """The status machine does not allow this step from the present status."""

    code = "LK-1104"
    title = "Langkah tidak diperbolehkan"


class PaperError(LaporError):
    """A document did not come out: the printer or the place for its PDF refused it. The data are untouched."""

    code = "LK-1200"
    title = "Belum tercetak"


class StoreError(LaporError):
    """The desk's own data cannot be used."""

    code = "LK-2000"
    title = "Data di komputer ini tidak dapat dibuka"


class WrongKey(StoreError):
    """The key does not open the database."""

    code = "LK-2001"


class DamagedData(StoreError):
    """The database is not what was written."""

    code = "LK-2002"


class NewerData(StoreError):
    """The database was written by a newer program."""

    code = "LK-2003"


class DiskFull(StoreError):
    """No room."""

    code = "LK-2004"
    title = "Disk penuh"


class StickFull(DiskFull):
    """No room on the stick; the computer's own disk is well."""

    code = "LK-2009"
    title = "Stik USB penuh"


class DiskRefuses(DiskFull):
    """The disk takes nothing, whatever room it has: it may only be read, or has come off."""

    code = "LK-2008"
    title = "Disk tidak dapat ditulis"


class AlreadyOpen(StoreError):
    """Another window or command uses the same data folder."""

    code = "LK-2005"
    title = "Sudah terbuka"


class NotEnrolled(StoreError):
    """This desk has no office yet."""

    code = "LK-2006"
    title = "Belum terdaftar"


class ExchangeError(LaporError):
    """The way to the centre; the work stays safe on this machine.

    `may_have_arrived` = what was sent may be at the centre all the same.
    """

    may_have_arrived = True
    code = "LK-3000"
    title = "Belum terkirim"


class Offline(ExchangeError):
    """No answer: no network, refused, timed out."""

    code = "LK-3001"
    title = "Jaringan terputus"


class NetworkLogin(ExchangeError):
    """Something answered, but it was not the city's server."""

    code = "LK-3002"
    title = "Perlu login jaringan"


class ProxyLogin(NetworkLogin):
    """The proxy wants a name and a password, or others than it was shown."""

    code = "LK-3007"
    title = "Perlu login proxy"
    may_have_arrived = False


class Untrusted(ExchangeError):
    """The certificate or the signature is not the city's."""

    code = "LK-3003"
    title = "Server tidak dikenal"


@dataclass(frozen=True, slots=True)
class Known:
    """How much of an epoch the server has: its last n, h(n) in hex, and up to where both agree (-1 = not said)."""

    last_n: int
    last_hash: str
    common_n: int = -1


class Refused(ExchangeError):
    """The server answered with a numbered error; `number` is the protocol's.

    `known` says how much the server has of this desk where it said so; `challenge` lets the desk prove who it is.
    """

    code = "LK-3100"
    title = "Ditolak server kota"
    may_have_arrived = False

    def __init__(
        self,
        message: str,
        *,
        number: int = 0,
        way_out: str | None = None,
        known: Known | None = None,
        challenge: str = "",
    ) -> None:
        super().__init__(message, way_out=way_out, code=f"LK-{3000 + number}" if number else None)
        self.number = number
        self.known = known
        self.challenge = challenge


class Revoked(Refused):
    """This desk was withdrawn by the city."""

    title = "Loket ini dicabut"


class Forked(Refused):
    """The server knows another past of this desk: it was restored or cloned."""

    title = "Data loket pernah dipulihkan"


class Behind(Refused):
    """The server has less of this desk than it once signed for: it was restored."""

    title = "Server kota pernah dipulihkan"


class Busy(Refused):
    """The server asks to come back later; `retry_after` in seconds."""

    title = "Server sedang sibuk"
    may_have_arrived = True  # a gateway between says so too

    def __init__(self, message: str, *, number: int = 0, retry_after: float = 60.0) -> None:
        super().__init__(message, number=number)
        self.retry_after = retry_after


class Cancelled(ExchangeError):
    """The person stopped it; what was acknowledged stays so, the rest waits."""

    code = "LK-3004"
    title = "Dihentikan"
