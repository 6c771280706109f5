"""The program's own log beside the data: what happened and what failed, without identities or texts of complaints."""

import logging
import logging.handlers

from kelurahan_client.config import Config

_BYTES = 500_000


def start_log(config: Config) -> None:
    """Write to the log file of `config` from now on, making its folder."""
    config.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = logging.handlers.RotatingFileHandler(config.log_file, maxBytes=_BYTES, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
