"""A process that ends at the k-th statement, commit or file operation, for every k; as in a crash or as in a power cut.

The acts run in processes forked from one that has no threads and has imported everything, so that a point costs
milliseconds. An act says what a person has been told through `say`; what was said must be there afterwards.
"""

import io
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from tests.guarantees.worst_disk import WorstDisk

STRUCK = 77
_PATIENCE = 3_600.0  # seconds; a test has its own, shorter limit

Say = Callable[[str], None]
Act = Callable[[Say], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a process may end: in statements of engines of which `ours` is true, and in files below `folder`.

    With `power` what was not synced below `folder` is gone too; what SQLite keeps is synced by its settings.
    """

    ours: Callable[[Engine], bool]
    folder: Path | None = None
    power: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """How an act ended: whether it was struck, and what it had said before."""

    at: int
    struck: bool
    said: tuple[str, ...]


def each_point(act: Act, place: Place, check: Callable[[Run], None], *, first: int = 1, stride: int = 1) -> int:
    """Run `act` again and again, ended at one point after the other, until it gets through; how many points it was.

    What one run leaves behind is what the next begins with. `check` is called after each, and after the last.
    """
    at = first
    while True:
        run = _run(act, place, at)
        try:
            check(run)
        except AssertionError as error:
            error.add_note(f"after an end at point {at}")
            raise
        if not run.struck:
            return at - 1
        at += stride


def in_a_quiet_process(function: Callable[..., Any], *arguments: Any) -> Any:
    """What `function` gives, called in a process without threads; an exception there is an AssertionError here."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([function.__module__])
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=_quietly, args=(theirs, function, arguments))
    process.start()
    theirs.close()
    try:
        good, answer = ours.recv() if ours.poll(_PATIENCE) else (False, "it took too long")
    except EOFError:
        good, answer = False, "it ended without a word"
    if not good:
        process.kill()
    process.join()
    ours.close()
    if not good:
        raise AssertionError(answer)
    return answer


def _quietly(answers: Any, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        answers.send((True, function(*arguments)))
    except BaseException:  # noqa: BLE001  # whatever it was, the test is to see it
        answers.send((False, traceback.format_exc()))


def _run(act: Act, place: Place, at: int) -> Run:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _act(act, place, at, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as words:
        said = words.read().decode()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, STRUCK):
        raise AssertionError(f"at point {at} the act failed ({code}):\n{said}")
    return Run(at, code == STRUCK, tuple(said.splitlines()))


def _act(act: Act, place: Place, at: int, words: int) -> None:
    code = 1
    try:
        _Points(place, at).watch()
        act(lambda text: _say(words, text))
        code = 0
    except BaseException:  # noqa: BLE001  # nothing of the parent may run here, not even its `finally`
        _say(words, traceback.format_exc())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _say(words: int, text: str) -> None:
    os.write(words, f"{text}\n".encode())


class _Points:
    """Counts what passes, in this process for good, and ends it at the one that is asked for."""

    def __init__(self, place: Place, at: int) -> None:
        self._place = place
        self._left = at
        self._disk = WorstDisk(place.folder) if place.folder and place.power else None

    def watch(self) -> None:
        """From now on."""
        event.listen(Engine, "before_cursor_execute", lambda connection, *_: self._statement(connection.engine))
        self._around_commits()
        if self._place.folder is not None:
            self._around_files(self._place.folder)

    def _statement(self, engine: Engine) -> None:
        if self._place.ours(engine):
            self._pass()

    def _pass(self) -> None:
        self._left -= 1
        if self._left == 0:
            if self._disk is not None:
                self._disk.lose_what_was_not_synced()
            os._exit(STRUCK)

    def _around_commits(self) -> None:
        """Before and after each: `DefaultDialect.do_commit` is where both databases pass."""
        commit, begun = DefaultDialect.do_commit, set[int]()

        def see(connection: Any) -> None:
            if self._place.ours(connection.engine):
                begun.add(id(connection.connection.driver_connection))
                self._pass()

        def do_commit(dialect: DefaultDialect, connection: Any) -> None:
            commit(dialect, connection)
            if id(connection.driver_connection) in begun:
                begun.discard(id(connection.driver_connection))
                self._pass()

        event.listen(Engine, "commit", see)
        DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]  # in this process only

    def _around_files(self, folder: Path) -> None:
        inside = f"{folder.resolve()}{os.sep}"

        def is_ours(path: object) -> bool:
            name = f"/proc/self/fd/{path}" if isinstance(path, int) else os.fsdecode(path)  # type: ignore[arg-type]
            return f"{os.path.realpath(name)}{os.sep}".startswith(inside)

        def around(name: str) -> None:
            real = getattr(os, name)

            def call(path: Any, *rest: Any, **more: Any) -> Any:
                if not is_ours(path):
                    return real(path, *rest, **more)
                self._pass()
                result = real(path, *rest, **more)
                if name == "fsync" and self._disk is not None:
                    self._disk.synced(path)
                return result

            setattr(os, name, call)

        for name in ("open", "fsync", "replace", "rename", "unlink", "mkdir"):
            around(name)
        opened = os.fdopen

        def fdopen(descriptor: int, *rest: Any, **more: Any) -> Any:
            file = opened(descriptor, *rest, **more)
            return _Written(file, self._pass) if is_ours(descriptor) else file

        os.fdopen = fdopen


class _Written:
    """A file whose every write is a point, before it and in its middle."""

    def __init__(self, file: io.BufferedRandom, passes: Callable[[], None]) -> None:
        self._file = file
        self._passes = passes

    def write(self, data: bytes) -> int:
        self._passes()
        half = len(data) // 2
        self._file.write(data[:half])
        self._file.flush()
        self._passes()
        return half + self._file.write(data[half:])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
