"""Who printed whose data must be answerable: the log of prints, from the command line."""

import json
from collections.abc import Iterator

import pytest

from kelurahan_client import app
from kelurahan_client.cli import main
from kelurahan_client.config import Config
from kelurahan_client.services import prints, receipts
from kelurahan_client.services.paper import PaperSize
from kelurahan_client.services.prints import Medium
from tests.desk_making import DeskAt, register
from tests.root_log import root_log_as_before


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(app, "system_keyring", lambda: None)
    with root_log_as_before():
        yield


def test_every_print_of_a_complaint_is_listed_newest_first(
    enrolled_config: Config, desk_at: DeskAt, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = desk_at(enrolled_config)
    complaint = register(desk)
    paper = receipts.receipt(desk, complaint.id, PaperSize.A5)
    prints.failed(desk, prints.take(desk, paper, Medium.PRINTER, "EPSON").line)
    prints.take(desk, paper, Medium.PDF)
    desk.store.close()
    assert main(["--data-dir", str(enrolled_config.data_dir), "prints", complaint.reference]) == 0
    kept, refused = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert kept == {
        "kind": "receipt",
        "title": f"Tanda terima {complaint.reference}",
        "copy": 1,
        "medium": "pdf",
        "printer": "",
        "size": "A5",
        "actor": "Petugas",
        "at": "2026-08-03T02:32:11Z",
        "failed_at": None,
    }
    assert (refused["printer"], refused["failed_at"]) == ("EPSON", "2026-08-03T02:32:11Z")
    assert main(["--data-dir", str(enrolled_config.data_dir), "prints", "0403A-26-99999-0"]) != 0
