"""How a desk becomes known: a one-time code for its two public keys, and the centre's keys and a token in return."""

import base64
import hashlib
import re
from datetime import timedelta
from http import HTTPStatus

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from central_server.attempts import Attempts
from central_server.centre import Centre
from central_server.errors import Refusal, Unknown
from central_server.store.session import Reading, Writing
from central_server.store.shapes import Device, EnrolCode, Token
from central_server.tokens import hash_of, new_token
from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.domain.reference import Office
from sync.protocol import EnrolCheck, Enrolled, EnrolOffer, EnrolRequest, ErrorNumber

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without what is misread over the phone: I L O 0 1
_LENGTH = 12
_LIFE = timedelta(hours=72)
_GAP = 1_000  # reference numbers; more than a desk prints on receipts and does not send
_SPACES = re.compile(r"[\s\-]")


def make_code(centre: Centre, office: str, desk: str) -> str:
    """A new code for one desk, see `new_code`."""
    return new_code(centre, office, desk)[0]


def new_code(centre: Centre, office: str, desk: str) -> tuple[str, str]:
    """A new code for one desk, `XXXX-XXXX-XXXX`, and when its 72 hours end; an unused older one is withdrawn.

    Raises Unknown for an office or a desk that cannot be.
    """
    check_desk(centre, office, desk)
    letters = _letters(centre)
    now = centre.clock()
    code = EnrolCode(_code_hash(letters), office, desk, expires_at=utc_text(now + _LIFE))
    with centre.store.writing() as session:
        session.devices.add_code(code, utc_text(now))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4)), code.expires_at


def revoke(centre: Centre, office: str, desk: str) -> None:
    """Withdraws the desk's device; raises Unknown when none is enrolled."""
    check_desk(centre, office, desk)
    with centre.store.writing() as session:
        if not session.devices.revoke(office, desk, centre.now()):
            raise Unknown(f"Loket {desk} di {office} tidak punya komputer terdaftar.")


def check_desk(centre: Centre, office: str, desk: str) -> Office:
    """The office; raises Unknown for an office or a desk that cannot be."""
    found = centre.reference.office(office)
    if found is None:
        raise Unknown(f"Kelurahan dengan kode {office} tidak ada.")
    if re.fullmatch(r"[A-Z]", desk) is None:
        raise Unknown("Loket ditulis dengan satu huruf besar, A sampai Z.")
    return found


class Enrolment:
    """Answers desks that present a code; wrong codes are counted for each address."""

    def __init__(self, centre: Centre, attempts: Attempts) -> None:
        self._centre = centre
        self._attempts = attempts

    def check(self, request: EnrolCheck, address: str) -> EnrolOffer:
        """What an unused code is for; raises Refusal(CODE | BUSY)."""
        self._attempts.admit(address)
        with self._centre.store.reading() as session:
            code = self._code(session, request.code, address)
        if code.used_by:
            raise _bad_code("Kode ini sudah dipakai.")
        office = self._office(code.office)
        return EnrolOffer(
            city=self._centre.identity.city,
            office=code.office,
            office_name=office.name,
            district=office.district,
            desk=code.desk,
        )

    def enrol(self, request: EnrolRequest, address: str) -> Enrolled:
        """Makes the device; the same code with the same keys again is the same device. Raises Refusal.

        An older device at the same desk is withdrawn: what it still sends goes to quarantine, and the numbers on its
        receipts are not given again.
        """
        self._attempts.admit(address)
        signing = _key(request.signing_key, Ed25519PublicKey)
        sealing = _key(request.sealing_key, X25519PublicKey)
        with self._centre.store.writing() as session:
            now = self._centre.now()
            code = self._code(session, request.code, address)
            if request.office not in ("", code.office):
                raise _bad_code(f"Kode ini untuk kelurahan lain ({self._office(code.office).name}); tidak dipakai.")
            device = session.devices.get(code.used_by) if code.used_by else None
            if device is None:
                device = Device(self._centre.new_id(), code.office, code.desk, signing, sealing)
                self._leave_a_gap(session, code)
                session.devices.revoke(code.office, code.desk, now)
                session.devices.add(device, request.program[:100].replace("\x00", ""), now)
                session.devices.use_code(code.hash, device.id)
            elif (device.signing_key, device.sealing_key) != (signing, sealing) or device.revoked_at:
                raise _bad_code("Kode ini sudah dipakai.")
            token = new_token(self._centre.random_bytes)
            session.devices.add_token(Token(hash_of(token), device.id, now))
            return self._enrolled(device, token, session.devices.counters(device.office, device.desk))

    def _leave_a_gap(self, session: Writing, code: EnrolCode) -> None:
        """Raises the counters of a desk that another computer may have been: it may have given numbers unheard of here.

        Of a restored centre nobody knows which computers were enrolled after its backup.
        """
        if not (session.records.rev_floor or session.devices.at(code.office, code.desk)):
            return
        known = session.devices.counters(code.office, code.desk)
        years = {*known, f"{local_date(self._centre.clock()).year % 100:02d}"}
        raised = {year: known.get(year, 0) + _GAP for year in years}
        session.devices.raise_counters(code.office, code.desk, known, raised)

    def _code(self, session: Reading, written: str, address: str) -> EnrolCode:
        code = session.devices.code(_code_hash(_SPACES.sub("", written).upper()))
        if code is None:
            self._attempts.failed(address)
            raise _bad_code("Kode ini tidak dikenal. Periksa lagi huruf dan angkanya.")
        if code.withdrawn_at:
            raise _bad_code("Kode ini sudah diganti dengan yang lebih baru.")
        if read_utc(code.expires_at) <= self._centre.clock():
            raise _bad_code("Kode ini sudah kedaluwarsa. Minta kode baru ke admin kota.")
        return code

    def _office(self, code: str) -> Office:
        found = self._centre.reference.office(code)
        if found is None:
            raise _bad_code("Kelurahan pada kode ini tidak dikenal lagi.")
        return found

    def _enrolled(self, device: Device, token: str, counters: dict[str, int]) -> Enrolled:
        office = self._office(device.office)
        identity = self._centre.identity
        signing = Ed25519PrivateKey.from_private_bytes(identity.signing_key).public_key().public_bytes_raw()
        sealing = X25519PrivateKey.from_private_bytes(identity.sealing_key).public_key().public_bytes_raw()
        return Enrolled(
            device=device.id,
            city=identity.city,
            office=device.office,
            office_name=office.name,
            district=office.district,
            desk=device.desk,
            token=token,
            server_epoch=identity.server_epoch,
            server_signing_key=base64.b64encode(signing).decode(),
            server_sealing_key=base64.b64encode(sealing).decode(),
            counters=counters,
        )


def _letters(centre: Centre) -> str:
    # 248 = 8 x 31: bytes above would make some letters likelier than others.
    letters = ""
    while len(letters) < _LENGTH:
        letters += "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in centre.random_bytes(_LENGTH) if byte < 248)
    return letters[:_LENGTH]


def _code_hash(letters: str) -> bytes:
    """What is kept of a code, and what it is looked up by: its letters never meet a comparison."""
    return hashlib.sha256(b"lapor-kelurahan enrolment code " + letters.encode()).digest()


def _key(text: str, kind: type[Ed25519PublicKey] | type[X25519PublicKey]) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
        kind.from_public_bytes(raw)
    except ValueError as error:
        raise Refusal(ErrorNumber.MALFORMED, HTTPStatus.BAD_REQUEST, "Kunci loket tidak dapat dibaca.") from error
    return raw


def _bad_code(sentence: str) -> Refusal:
    return Refusal(ErrorNumber.CODE, HTTPStatus.FORBIDDEN, sentence)
