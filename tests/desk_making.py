"""Real desks on real encrypted files; only the clock, the randomness and the keyring are ours.

Test folders take these fixtures over in their conftest. A desk is a copy of one that was enrolled once, since making
the schema takes longer than most tests.
"""

import base64
import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, settings

import resources
from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import Complaint, Intake
from kelurahan_client.domain.reference import ReferenceData, load_reference
from kelurahan_client.services import intake
from kelurahan_client.services.desk import Desk, Identity, keep_identity
from kelurahan_client.store.engine import open_store

# One desk serves all examples of a law: what they leave behind must not matter to it.
UNTIMED = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)  # a busy machine is no fault of what is tested
FEW = settings(max_examples=25, deadline=None, suppress_health_check=UNTIMED)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=UNTIMED)

START = datetime(2026, 8, 3, 2, 32, 11, tzinfo=UTC)  # a Monday, 10.32 at the counter
SERVER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DESK_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **amount: float) -> None:
        self.at += timedelta(**amount)


class Noise:
    """Randomness that is the same in every run."""

    def __init__(self, seed: int) -> None:
        self._state = b"%d" % seed

    def __call__(self, length: int) -> bytes:
        self._state = hashlib.sha256(self._state).digest()
        return self._state[:length]


class FakeKeyring:
    """A keyring in memory; `swallows` makes it one of those that accept and forget."""

    def __init__(self, *, swallows: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.swallows = swallows

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        if not self.swallows:
            self.kept[service, name] = password


def identity_of(office: str = "63.71.04.1003", letter: str = "A", server_url: str = "http://127.0.0.1:9") -> Identity:
    """What an enrolment would have given."""
    return Identity(
        device="0198a000-0000-7000-8000-00000000000a",
        city="Banjarmasin",
        office=office,
        office_name="Alalak Selatan",
        district="Banjarmasin Utara",
        desk=letter,
        server_url=server_url,
        server_epoch="server-epoch",
        server_signing_key=base64.b64encode(SERVER_KEY.public_key().public_bytes_raw()).decode(),
        server_sealing_key=base64.b64encode(bytes(32)).decode(),
        signing_key=base64.b64encode(DESK_KEY.private_bytes_raw()).decode(),
        sealing_key=base64.b64encode(bytes(32)).decode(),
        token="token-1",
    )


def an_intake(**changes: Any) -> Intake:
    """A good intake, with what is to be different."""
    values: dict[str, Any] = {
        "received_date": date(2026, 8, 3),
        "reporter_name": "Siti Aminah",
        "reporter_phone": "081251234567",
        "statement": "Lampu jalan di Gang Mawar padam sejak tiga hari lalu.",
        "anonymous": False,
        "confidential": False,
    }
    return Intake(**values | changes)


def register(desk: Desk, **changes: Any) -> Complaint:
    """A registered complaint."""
    return intake.register(desk, an_intake(**changes)).complaint


@pytest.fixture(scope="session")
def reference() -> ReferenceData:
    return load_reference(resources.path("reference"))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A data folder that does not exist yet."""
    return Config(tmp_path / "data")


DeskAt = Callable[..., Desk]


@pytest.fixture
def desk_at(reference: ReferenceData, clock: FakeClock) -> Iterator[DeskAt]:
    """Opens the desk of a configuration; all are closed at the end of the test."""
    opened: list[Desk] = []
    noise = Noise(20260803)

    def open_it(config: Config, keyring: Any = None, key: Any = None) -> Desk:
        opened.append(Desk(open_store(config, keyring, now=clock(), key=key), reference, clock, noise))
        return opened[-1]

    yield open_it
    for desk in opened:
        desk.store.close()


@pytest.fixture(scope="session")
def enrolled_folder(tmp_path_factory: pytest.TempPathFactory, reference: ReferenceData) -> Path:
    """The data of a desk that was just enrolled and closed."""
    config = Config(tmp_path_factory.mktemp("enrolled") / "data")
    desk = Desk(open_store(config, None), reference, FakeClock(), Noise(1))
    keep_identity(desk, identity_of(), {})
    desk.store.close()
    return config.data_dir


@pytest.fixture
def enrolled_config(config: Config, enrolled_folder: Path) -> Config:
    """The configuration of an enrolled desk that nobody has open."""
    shutil.copytree(enrolled_folder, config.data_dir)
    return config


@pytest.fixture
def desk(enrolled_config: Config, desk_at: DeskAt) -> Desk:
    """An enrolled desk, open and empty: Alalak Selatan, desk A, Monday 3 August 2026, 10.32."""
    return desk_at(enrolled_config)


def files_of(config: Config) -> dict[str, bytes]:
    """Every file of a data folder with its bytes, but for the lock."""
    return {
        str(path.relative_to(config.data_dir)): path.read_bytes()
        for path in sorted(config.data_dir.rglob("*"))
        if path.is_file() and path != config.lock_file
    }


def spoilt(content: bytes) -> bytes:
    """The same bytes but for the last, whatever that was."""
    return content[:-1] + bytes([content[-1] ^ 1])
