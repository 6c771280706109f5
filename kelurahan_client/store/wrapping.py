"""Wrapping the database key: under a PIN and the machine's part of it, or under the recovery code.

AES-256-GCM, with everything that the wrapping depends on as associated data: whoever changes a salt, a cost, a name's
id or a byte of the wrapped key gets nothing but a refusal.
"""

from dataclasses import dataclass
from typing import Any

from kelurahan_client.domain.pin import PinCost

_SALT = 16
_NONCE = 12
_TAG = 16
NOISE_BYTES = _SALT + _NONCE
KEY_BYTES = 32
_MOST_KIB, _MOST_PASSES, _MOST_LANES = 1024 * 1024, 64, 64


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A wrapped key; `cost` is None where no PIN was stretched (the recovery code is random enough)."""

    salt: bytes
    nonce: bytes
    sealed: bytes
    cost: PinCost | None = None

    def as_json(self) -> dict[str, Any]:
        """For the file."""
        found: dict[str, Any] = {"salt": self.salt.hex(), "nonce": self.nonce.hex(), "key": self.sealed.hex()}
        return found | ({"argon2id": list(self.cost)} if self.cost else {})

    @classmethod
    def read(cls, values: dict[str, Any]) -> "Wrapped":
        """From the file; raises ValueError, TypeError or KeyError for anything that this program did not write."""
        salt, nonce, sealed = (bytes.fromhex(values[name]) for name in ("salt", "nonce", "key"))
        if (len(salt), len(nonce), len(sealed)) != (_SALT, _NONCE, KEY_BYTES + _TAG):
            raise ValueError("lengths")
        cost = _cost(values["argon2id"]) if "argon2id" in values else None
        return cls(salt, nonce, sealed, cost)


def _cost(values: Any) -> PinCost:
    memory, passes, lanes = (int(value) for value in values)
    if not (1 <= passes <= _MOST_PASSES and 1 <= lanes <= _MOST_LANES and 8 * lanes <= memory <= _MOST_KIB):
        raise ValueError("cost")  # a changed file must not make this machine compute for ever
    return PinCost(memory, passes, lanes)


def wrap_for_pin(key: bytes, owner: str, pin: str, machine: bytes, cost: PinCost, noise: bytes) -> Wrapped:
    """`key` for the officer with the id `owner`; `noise` are 28 random bytes, used for nothing else."""
    salt, nonce = _split(noise)
    wrapping = _pin_key(pin, salt, machine, cost, owner)
    return Wrapped(salt, nonce, _seal(wrapping, nonce, key, _about(owner, salt, cost)), cost)


def unwrap_with_pin(wrapped: Wrapped, owner: str, pin: str, machine: bytes) -> bytes | None:
    """The key, or None where the PIN, the machine or a byte of `wrapped` is another."""
    if wrapped.cost is None:
        return None
    wrapping = _pin_key(pin, wrapped.salt, machine, wrapped.cost, owner)
    return _open(wrapping, wrapped, _about(owner, wrapped.salt, wrapped.cost))


def wrap_for_code(key: bytes, secret: bytes, noise: bytes) -> Wrapped:
    """`key` for the recovery code, of which `secret` is the meaning."""
    salt, nonce = _split(noise)
    return Wrapped(salt, nonce, _seal(_code_key(secret, salt), nonce, key, _about("", salt, None)))


def unwrap_with_code(wrapped: Wrapped, secret: bytes) -> bytes | None:
    """The key, or None."""
    return _open(_code_key(secret, wrapped.salt), wrapped, _about("", wrapped.salt, None))


def _split(noise: bytes) -> tuple[bytes, bytes]:
    if len(noise) != _SALT + _NONCE:
        raise ValueError("28 random bytes are wanted")
    return noise[:_SALT], noise[_SALT:]


def _pin_key(pin: str, salt: bytes, machine: bytes, cost: PinCost, owner: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415  # only where somebody signs in

    stretched = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(pin.encode())
    return _derived(stretched, machine, b"lapor-kelurahan pin v1 " + owner.encode())


def _code_key(secret: bytes, salt: bytes) -> bytes:
    return _derived(secret, salt, b"lapor-kelurahan recovery v1")


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    return HKDF(SHA256(), KEY_BYTES, salt, info).derive(secret)


def _about(owner: str, salt: bytes, cost: PinCost | None) -> bytes:
    return b"|".join([b"lapor-kelurahan wrapped key v1", owner.encode(), salt.hex().encode(), _cost_text(cost)])


def _cost_text(cost: PinCost | None) -> bytes:
    return b"" if cost is None else f"{cost.memory_kib},{cost.passes},{cost.lanes}".encode()


def _seal(wrapping: bytes, nonce: bytes, key: bytes, about: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    return AESGCM(wrapping).encrypt(nonce, key, about)


def _open(wrapping: bytes, wrapped: Wrapped, about: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        return AESGCM(wrapping).decrypt(wrapped.nonce, wrapped.sealed, about)
    except InvalidTag:
        return None
