"""A window in a process of its own, at whose keyboard a test sits."""

import json
import os
import subprocess
import sys
from pathlib import Path

from kelurahan_client.config import Config

ROOT = Path(__file__).resolve().parents[2]
_LACKING = "This plugin does not support "  # what Qt's own picture of a screen has not, and says at every window
_OF_ITS_OWN = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}


class WindowProcess:
    """The window of the data in `config`, open on a `screen`; each way to work with it waits until it is done."""

    def __init__(self, config: Config, screen: dict[str, str], folder: Path) -> None:
        self._errors = folder / "window-errors"
        with self._errors.open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tools.keyboard_hands", str(config.data_dir)],
                cwd=ROOT,
                env=os.environ | _OF_ITS_OWN | screen | {"XDG_CONFIG_HOME": str(folder / "config")},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def press(self, *keys: str) -> None:
        """One key after the other, each as Qt writes it: "Ctrl+S"."""
        for one in keys:
            self._ask(press=one)

    def type(self, text: str) -> None:
        """Where the keyboard is."""
        self._ask(type=text)

    def reach(self, name: str) -> None:
        """Tab, until a control has the keyboard whose name begins so."""
        self._ask(reach=name)

    def fill(self, name: str, text: str) -> None:
        """Tab to a field and type into it."""
        self.reach(name)
        self.type(text)

    def see(self, *texts: str) -> None:
        """Wait until all this is to be read on the screen."""
        for one in texts:
            self._ask(see=one)

    def gone(self, text: str) -> None:
        """Wait until this is not on the screen any more."""
        self._ask(gone=text)

    def read(self, pattern: str) -> str:
        """Wait until it is on the screen; what its group has caught."""
        return str(self._ask(read=pattern))

    def picture(self, path: Path) -> None:
        """The window as it looks now, for whoever looks for a mistake."""
        self._ask(picture=str(path))

    def kill(self) -> None:
        """The power goes."""
        self._process.kill()
        self._end()

    def close(self) -> None:
        """The window is closed as a person does it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._end() == 0

    def abandon(self) -> None:
        """End it, whatever state it is in."""
        if self._process.poll() is None:
            self.kill()

    def _end(self) -> int:
        status = self._process.wait(60)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        said = self._errors.read_text("utf-8").splitlines()
        assert [line for line in said if not line.startswith(_LACKING)] == []
        return status

    def _ask(self, **command: str) -> object:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(command) + "\n")
        stdin.flush()
        line = stdout.readline()
        assert line, f"the window has ended: {self._errors.read_text()}"
        answer = json.loads(line)
        assert "failed" not in answer, json.dumps(answer, indent=1, ensure_ascii=False)
        return answer["done"]
