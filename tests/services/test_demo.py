"""The demo has sample complaints, is marked, and never touches or becomes real data."""

import pytest

from kelurahan_client.config import Config
from kelurahan_client.errors import InputError, Offline
from kelurahan_client.services import demo, lists
from kelurahan_client.services.desk import Desk, current_officer, find_identity
from kelurahan_client.services.lists import ListFilter
from sync.transport import opened_transport
from tests.desk_making import DeskAt, files_of


def test_a_demo_has_weeks_of_work_and_says_what_it_is(config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(config.demo)
    demo.prepare(desk)
    assert demo.is_demo(desk)
    assert len(lists.keys(desk, ListFilter())) > 10
    assert current_officer(desk).name == demo.OFFICER
    me = find_identity(desk)
    assert me is not None
    assert me.server_url.endswith(".invalid")
    before = len(lists.keys(desk, ListFilter()))
    demo.prepare(desk)
    assert len(lists.keys(desk, ListFilter())) == before


def test_nothing_of_a_demo_is_sent(config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(config.demo)
    demo.prepare(desk)
    with pytest.raises(Offline, match="mode demo"), opened_transport(desk):
        pytest.fail("a way was opened")


def test_real_data_never_become_a_demo(desk: Desk, config: Config) -> None:
    before = files_of(config)
    with pytest.raises(InputError):
        demo.prepare(desk)
    assert not demo.is_demo(desk)
    assert files_of(config) == before


def test_a_demo_lies_in_a_folder_of_its_own(config: Config) -> None:
    assert config.demo.data_dir != config.data_dir
    assert config.demo.database != config.database
