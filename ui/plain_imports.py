"""Loading Qt so that the window is there soon, with Python's own `import`, which PySide6 replaces when it is loaded.

Its replacement reads the source of every module imported from then on, to see whether it uses PySide6's optional names
(`snake_case`, `true_property`). Nobody here does, and for SQLAlchemy and its kind it is a fifth of the time they take.
"""

import builtins
import gc
import importlib


def load_qt() -> None:
    """Load PySide6 before anything that uses it is imported.

    What is imported stays, so Python's collector would only look through it in vain, again and again: it is off from
    here on, and `ui.garbage` does its work once the window is there.
    """
    gc.disable()
    importlib.import_module("PySide6.QtCore")
    restore_import()


def restore_import() -> None:
    """Give Python its own `import` back; without effect where PySide6 has not replaced it."""
    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        setattr(builtins, "__import__", own)  # noqa: B010  # to mypy a function is no variable
