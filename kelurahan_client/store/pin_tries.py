"""How many wrong PINs were typed, over restarts. A try counts before it is looked at, so pulling the plug saves none.

The wait is measured by the machine's clock. Set back, it begins anew; set forward it shortens, which on a PC of the
kelurahan takes the rights of an administrator.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.domain.pin import FREE_TRIES, wait_after
from kelurahan_client.store.small_files import read_json, write_json

_EVERYBODY = "*"
_log = logging.getLogger(__name__)


class Tries:
    """The wrong tries of each officer in a file; raises DiskFull where it cannot be written."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._clock = clock

    def seconds_left(self, officer: str) -> float:
        """How long the officer still has to wait, 0 if not at all."""
        wrong, at = self._of(officer)
        wait = wait_after(wrong)
        if not wait:
            return 0.0
        passed = (self._clock() - at).total_seconds()
        if passed < 0:  # somebody set the clock back: the wait begins anew
            self._put(officer, wrong)
            passed = 0.0
        return max(0.0, wait - passed)

    def wrong(self, officer: str) -> int:
        """Wrong tries since the last right one."""
        return self._of(officer)[0]

    def count(self, officer: str) -> int:
        """One more; returns how many that makes. Forget it when the PIN was right."""
        wrong = self.wrong(officer) + 1
        self._put(officer, wrong)
        return wrong

    def forget(self, officer: str) -> None:
        """The PIN was right."""
        kept = self._read()
        if officer in kept or _EVERYBODY in kept:
            self._put(officer, 0)

    def _of(self, officer: str) -> tuple[int, datetime]:
        kept = self._read()
        found = kept.get(officer, kept.get(_EVERYBODY))
        if found is None:
            return 0, self._clock()
        return int(found["wrong"]), read_utc(found["at"])

    def _put(self, officer: str, wrong: int) -> None:
        write_json(self._path, self._read() | {officer: self._said(wrong)})

    def _said(self, wrong: int) -> dict[str, Any]:
        return {"wrong": wrong, "at": utc_text(self._clock())}

    def _read(self) -> dict[str, Any]:
        """What is kept. Where the file is damaged everybody has just used up the free tries."""
        try:
            kept: dict[str, Any] = read_json(self._path) or {}
            for one in kept.values():
                int(one["wrong"])
                read_utc(one["at"])
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            _log.warning("%s is damaged", self._path.name)
            kept = {_EVERYBODY: self._said(FREE_TRIES)}
            write_json(self._path, kept)
        return kept
