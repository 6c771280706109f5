"""The report that a clerk copies for support: what the examination found and the end of the log, without identities.

The log is written without them; `scrubbed` is the second net, for words of the system or of a library that slip in.
"""

import platform
import re
from pathlib import PurePosixPath, PureWindowsPath

from kelurahan_client import __version__
from kelurahan_client.config import Config
from kelurahan_client.services.doctor import Examination

_LINES = 80
_TAIL = 64 * 1024
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PATH = re.compile(r"(?<![\w/:])(?:[A-Za-z]:\\|/)(?:[^\n:'\"<>|]*[\\/])+[^\s:'\"<>|,]*")
_QUOTED = re.compile(r"“[^”\n]*”|‘[^’\n]*’|\"[^\"\n]*\"|'[^'\n]*'")
_DIGITS = re.compile(r"(?<![\d:T-])\+?\d(?:[ .-]?\d){7,}(?![\d:])")
_MOMENT = re.compile(r"^\d{4}-\d{2}-\d{2}[ T][\d:,.]+")


def scrubbed(text: str) -> str:
    """`text` without what could name a person: addresses, quoted words, long numbers, and folders above a file."""
    return "\n".join(map(_scrubbed_line, text.splitlines()))


def _scrubbed_line(line: str) -> str:
    moment = _MOMENT.match(line)
    kept, rest = (moment[0], line[moment.end() :]) if moment else ("", line)
    rest = _ADDRESS.sub("<surel>", rest)
    rest = _PATH.sub(lambda found: "…/" + _last_part(found[0]), rest)
    rest = _QUOTED.sub("<…>", rest)
    return kept + _DIGITS.sub("<angka>", rest)


def _last_part(path: str) -> str:
    kind = PureWindowsPath if "\\" in path else PurePosixPath
    return kind(path).name


def log_tail(config: Config, lines: int = _LINES) -> str:
    """The end of the program's own log, scrubbed; "" where there is none."""
    try:
        with config.log_file.open("rb") as opened:
            opened.seek(0, 2)
            opened.seek(max(0, opened.tell() - _TAIL))
            text = opened.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return scrubbed("\n".join(text.splitlines()[-lines:]))


def report(found: Examination, config: Config, more: str = "") -> str:
    """What support needs to know, as plain text; `more` are versions that only the window knows."""
    exchange = found.last_exchange or {}
    lines = [
        f"Lapor Kelurahan {__version__}",
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}",
        more,
        f"Kelurahan {found.office or '-'}, loket {found.desk or '-'}, server {found.server or '-'}",
        f"Kunci: {found.key_kept_in}. Ruang disk: {found.free_bytes // 1024**2} MB",
        f"Pengaduan: {found.complaints}, belum terkirim: {found.unsent}, ditolak: {found.rejected}",
        f"Pertukaran terakhir: {exchange.get('at', '-')}, jam berselisih {exchange.get('clock_offset_seconds', '-')} s",
        "",
        "Pemeriksaan:",
        *([f"- {scrubbed(problem)}" for problem in found.problems] or ["- tidak ada masalah"]),
        "",
        "Catatan program:",
        log_tail(config) or "(kosong)",
    ]
    return "\n".join(line for at, line in enumerate(lines) if line or at > 2)
