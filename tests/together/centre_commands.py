"""Commands of the centre within this process: quicker, for tests that are not about the process."""

import contextlib
import io

from central_server.cli import main
from tools.central_process import Central


def centre_command(central: Central, *arguments: str) -> str:
    """What the command prints; it must do what it was asked."""
    where = ["--data-dir", str(central.data_dir)]
    where += ["--database-url", central.database_url] if central.database_url else []
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main([*where, *arguments]) == 0
    return out.getvalue()
