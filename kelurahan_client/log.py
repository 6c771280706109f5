"""The program's own log beside the data: what happened and what failed, without identities or texts of complaints."""

import logging
import logging.handlers
import sys
from contextlib import suppress

from kelurahan_client.config import Config

_BYTES = 500_000


class _LogFile(logging.handlers.RotatingFileHandler):
    """Does without the log where the disk takes nothing: whoever writes the data says so, in words for a person."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # as logging calls it
        """Only a mistake of ours is shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


def start_log(config: Config) -> None:
    """Write to the log file of `config` from now on, making its folder; where it cannot be written there is no log."""
    with suppress(OSError):  # told when the data are opened
        config.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = _LogFile(config.log_file, maxBytes=_BYTES, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
