"""The program's log where the disk takes nothing."""

import logging
from pathlib import Path

import pytest

from kelurahan_client.config import Config
from kelurahan_client.errors import StoreError
from kelurahan_client.log import start_log
from kelurahan_client.window import FrontDoor
from tests.root_log import root_log_as_before


def test_a_full_disk_is_not_the_logs_to_tell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = Config(tmp_path)
    config.log_file.symlink_to("/dev/full")
    with root_log_as_before():
        start_log(config)
        for _ in range(2):
            logging.getLogger("kelurahan_client").error("database or disk is full")
    assert capsys.readouterr().err == ""


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder", "utf-8")
    with root_log_as_before(), pytest.raises(StoreError, match="tidak dapat dipakai"):
        FrontDoor(Config(tmp_path / "berkas" / "data")).warm_up()
