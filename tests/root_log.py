"""Programs under test begin a log of their own; the tests' log is as it was afterwards."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def root_log_as_before() -> Iterator[None]:
    """Close at the end what was added to the root logger meanwhile."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
