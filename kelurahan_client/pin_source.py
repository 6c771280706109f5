"""Where a command gets the PIN: from a file, from the environment, or from whoever sits at the terminal."""

import argparse
import getpass
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from kelurahan_client.domain.entry_errors import SignInNeeded
from kelurahan_client.errors import UnreadableFile

_OFFICER = "LAPOR_OFFICER"
_PIN_FILE = "LAPOR_PIN_FILE"


def add_to(parser: argparse.ArgumentParser) -> None:
    """The two options; a PIN itself is never an argument, since everybody on the machine can list those."""
    parser.add_argument("--officer", default="", metavar="NAMA", help=f"petugas yang masuk (atau {_OFFICER})")
    parser.add_argument("--pin-file", type=Path, metavar="BERKAS", help=f"berkas berisi PIN-nya (atau {_PIN_FILE})")


def officer(given: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> str:
    """Whose PIN it is, "" if nobody was named."""
    return str(given.officer) or environment.get(_OFFICER, "")


def pin(given: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> str:
    """The PIN. Raises UnreadableFile, or SignInNeeded where there is neither a file nor a terminal."""
    file = given.pin_file or environment.get(_PIN_FILE)
    if file:
        try:
            return Path(file).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableFile(f"Berkas PIN {file} tidak dapat dibaca.") from error
    if not sys.stdin.isatty():
        raise SignInNeeded("PIN petugas diperlukan.", way_out="Sebut --pin-file BERKAS, yang hanya Anda yang membaca.")
    return getpass.getpass("PIN: ", sys.stderr)
