"""The same desks, centres and broken networks as in `together`."""

from tests.desk_making import enrolled_folder, reference
from tests.together.desk_fixtures import (
    blank_folder,
    centres,
    copies,
    make_desk,
    network,
    office,
    offices,
    shared_central,
)

__all__ = [
    "blank_folder",
    "centres",
    "copies",
    "enrolled_folder",
    "make_desk",
    "network",
    "office",
    "offices",
    "reference",
    "shared_central",
]
