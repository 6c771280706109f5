"""Who is not let in, and what an officer may not do; branches of the tree in `kelurahan_client.errors`."""

from kelurahan_client.errors import InputError, StoreError


class NotAllowed(InputError):
    """The officer's role does not allow it; nothing was written."""

    code = "LK-1109"
    title = "Bukan wewenang Anda"
    way_out = "Minta petugas yang berwenang masuk (Ctrl+L), lalu lanjutkan dari sini."


class WrongPin(InputError):
    """The PIN or the recovery code opens nothing; `tries_left` before one has to wait, -1 = not counted."""

    code = "LK-1110"
    title = "Belum masuk"

    def __init__(self, message: str, *, way_out: str | None = None, tries_left: int = -1) -> None:
        super().__init__(message, way_out=way_out)
        self.tries_left = tries_left


class MustWait(WrongPin):
    """Too many wrong tries: the next one is looked at only after `seconds`."""

    code = "LK-1111"

    def __init__(self, message: str, *, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class SignInNeeded(StoreError):
    """The key is wrapped for the officers of this desk: one of them has to sign in."""

    code = "LK-2007"
    title = "Petugas perlu masuk"
