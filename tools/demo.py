"""The demo that `dev.py run` starts: a central server with a demo city on this machine, and one desk of it.

With a display the window opens; without one (or with --terminal) the day is done in the terminal: a register book and
walk-ins while the server is down, then the exchange, then what the centre has, and pictures of the pages.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import requests

import resources
from kelurahan_client import app
from kelurahan_client.config import Config, config
from kelurahan_client.services import desk as desks
from kelurahan_client.services import importing, intake, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.window import run_window
from sync import engine, enrolment
from sync.transport import HttpTransport
from tools import sample_day

_BOOK = "buku_register_alalak_selatan_2024.xlsx"
_READY_SECONDS = 30


class Centre:
    """The central server as a process of its own, on a port of this machine that stays the same."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self.port = self._kept_port()

    @property
    def url(self) -> str:
        """Where the desk finds it."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it without waiting."""
        setpriv = shutil.which("setpriv")  # of util-linux: the server ends with us, also when we are killed
        command = [setpriv, "--pdeathsig", "TERM"] if setpriv else []
        command += [sys.executable, "-m", "central_server", "--data-dir", str(self._folder)]
        command += ["serve", "--port", str(self.port)]
        with (self._folder / "server.log").open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, text=True)

    def wait(self) -> None:
        """Wait until it answers."""
        end = time.monotonic() + _READY_SECONDS
        while time.monotonic() < end:
            try:
                if requests.get(f"{self.url}/health", timeout=1).ok:
                    return
            except requests.RequestException:
                time.sleep(0.05)
        sys.exit(f"The central server did not start; see {self._folder / 'server.log'}.")

    def stop(self) -> None:
        """End it and wait."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=15)
            self._process = None

    def command(self, *arguments: str) -> str:
        """What one of its commands prints."""
        command = [sys.executable, "-m", "central_server", "--data-dir", str(self._folder), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def _kept_port(self) -> int:
        kept = self._folder / "port"
        if kept.exists():
            return int(kept.read_text("ascii"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        kept.write_text(str(port), "ascii")
        return port


def main() -> int:
    """Run the demo; the exit status."""
    parser = argparse.ArgumentParser(prog="dev.py run")
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--terminal", action="store_true")
    given = parser.parse_args()
    folder: Path = given.data_dir
    centre = Centre(folder / "centre")
    settings = config(folder / "desk")
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    try:
        if given.terminal:
            return _terminal_day(centre, config(folder / "terminal-desk"), folder)
        centre.start()
        if not settings.database.exists():
            _prepare(centre, settings)
        return run_window(settings, officers=False)
    finally:
        centre.stop()


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _prepare(centre: Centre, settings: Config) -> None:
    """The first start: enrol the demo desk and give it some days of work."""
    print("Preparing the demo: a city with 52 kelurahan, and the desk A of Alalak Selatan …")
    centre.wait()
    print(f"A register book to import (F4): {resources.path('demo', _BOOK)}")
    with app.opened_desk(settings) as desk:
        _enrol(centre, desk)
        list(sample_day.sample_complaints(_set_back(desk)))
        _exchange(desk)
        for item in sample_day.many_intakes(3, desk.today(), seed=7, words=1):
            intake.register(desk, replace(item, received_date=desk.today()))


def _enrol(centre: Centre, desk: Desk) -> None:
    code = centre.command("enrol-code", "--office", sample_day.OFFICE, "--desk", sample_day.LETTER).strip()
    enrolment.enrol(desk, centre.url, code)
    desks.set_officer(desk, sample_day.OFFICER)


def _set_back(desk: Desk) -> Callable[[timedelta], Desk]:
    def at(age: timedelta) -> Desk:
        def clock() -> datetime:
            return desk.clock() - age

        return replace(desk, clock=clock)

    return at


def _exchange(desk: Desk) -> engine.Outcome:
    me = desks.find_identity(desk)
    if me is None:
        sys.exit("The demo desk is not enrolled; start again with --reset.")
    transport = HttpTransport(me.server_url)
    try:
        return engine.exchange(desk, transport)
    finally:
        transport.close()


def _terminal_day(centre: Centre, settings: Config, folder: Path) -> int:
    """One day at the desk, told line by line."""
    first = not settings.database.exists()
    centre.start()
    centre.wait()
    with app.opened_desk(settings) as desk:
        if first:
            code = centre.command("enrol-code", "--office", sample_day.OFFICE, "--desk", "B").strip()
            enrolment.enrol(desk, centre.url, code)
            desks.set_officer(desk, sample_day.OFFICER)
            _say(f"Enrolled: kelurahan Alalak Selatan, desk B, with the centre at {centre.url}.")
        centre.stop()
        _say("The network is gone (the server is down). The desk goes on:")
        opened = importing.inspect(desk, resources.path("demo", _BOOK))
        outcome = importing.run(desk, importing.plan(desk, opened))
        _say(f"  register book {_BOOK}: {_short(importing.as_json(outcome))}")
        for item in sample_day.many_intakes(3, desk.today(), seed=int(time.time()), words=2):
            made = intake.register(desk, replace(item, received_date=desk.today())).complaint
            _say(f"  recorded {made.reference}: {made.title}")
        _say(f"  waiting to be sent: {lists.state(desk).unsent}")
        centre.start()
        centre.wait()
        _say("The network is back:")
        _say(f"  first exchange:  {_told(_exchange(desk))}")
        _say(f"  second exchange: {_told(_exchange(desk))}")
        _say(f"  waiting to be sent: {lists.state(desk).unsent}")
    lines = centre.command("complaints", "--office", sample_day.OFFICE).splitlines()
    _say(f"The centre has {len(lines)} complaints of this office; the newest:")
    for line in lines[-3:]:
        values = json.loads(line)
        _say(f"  {values['reference']}  {values['received_date']}  {values['title']}")
    _say(f"Pictures of the pages: {_pictures(folder)}")
    return 0


def _told(outcome: engine.Outcome) -> str:
    return (
        f"{outcome.sent} sent, {outcome.applied} applied, {outcome.received} received, {outcome.round_trips} round "
        f"trip(s), {outcome.bytes_sent} bytes up, {outcome.bytes_received} down, {outcome.seconds} s"
    )


def _short(values: dict[str, Any]) -> str:
    return f"{values['read']} read, {values['accepted']} accepted, {values['duplicates']} already here"


def _pictures(folder: Path) -> Path:
    target = folder / "screens"
    command = [sys.executable, "-m", "tools.screens", "--out", str(target), "--brief"]
    subprocess.run(command, check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    return target


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
