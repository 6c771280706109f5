"""Programs under test begin a log of their own; the tests' log is as it was afterwards."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def root_log_as_before() -> Iterator[None]:
    """Close at the end what was added to the root logger meanwhile."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        with suppress(OSError):  # as at the end of a program: what a full disk has not taken is still in its buffer
            handler.close()
    root.setLevel(level)
