"""Data that ships with the program: reference tables, templates, sample books."""

from pathlib import Path


def path(*parts: str) -> Path:
    """The file or folder `parts` below resources/, also inside a frozen program."""
    return Path(__file__).parent.joinpath(*parts)
