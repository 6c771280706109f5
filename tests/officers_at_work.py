"""A desk whose first officer has signed in, with a PIN that costs next to nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from kelurahan_client.config import Config
from kelurahan_client.domain.pin import PinCost
from kelurahan_client.domain.roles import Role
from kelurahan_client.services import officers, signing_in
from kelurahan_client.services.desk import Desk
from tests.desk_making import DeskAt, FakeKeyring

CHEAP = PinCost(memory_kib=8, passes=1, lanes=1)
PIN = "271948"
OTHER_PIN = "905136"


@dataclass
class Guarded:
    """A desk with officers, the recovery code, and a way to open it anew as a restart would."""

    desk: Desk
    code: str
    config: Config
    reopen: Callable[[str, str], Desk]

    @property
    def admin(self) -> str:
        return officers.everybody(self.desk)[0].id

    def add(self, name: str, role: Role, pin: str = OTHER_PIN) -> str:
        return officers.add(self.desk, name, role, pin)

    def sign_in(self, officer_id: str, pin: str = OTHER_PIN) -> None:
        signing_in.sign_in(self.desk, officer_id, pin)


class ForgetfulKeyring(FakeKeyring):
    """A keyring that can also forget."""

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


@pytest.fixture
def keyring() -> ForgetfulKeyring | None:
    """Where the machine keeps secrets; None = in files."""
    return None


@pytest.fixture
def guarded(enrolled_config: Config, desk_at: DeskAt, keyring: ForgetfulKeyring | None) -> Guarded:
    """The desk of Alalak Selatan with Norhasanah as its first officer, at work."""
    desk = replace(desk_at(enrolled_config, keyring), pin_cost=CHEAP)
    code = signing_in.create_first(desk, "Norhasanah", PIN)

    def reopen(officer_id: str, pin: str) -> Desk:
        desk.store.close()
        key = signing_in.vault(desk).unlock(officer_id, pin)
        opened = replace(desk_at(enrolled_config, keyring, key), pin_cost=CHEAP)
        signing_in.enter(opened, officer_id, key)
        return opened

    return Guarded(desk, code, enrolled_config, reopen)
