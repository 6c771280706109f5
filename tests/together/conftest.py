"""Real desks, real centres and broken networks."""

from tests.together.desk_fixtures import (
    blank_folder,
    centres,
    copies,
    make_desk,
    network,
    office,
    offices,
    shared_central,
    sticks,
)
from tests.together.restored_city import backed_up_central, city, its_offices

__all__ = [
    "backed_up_central",
    "blank_folder",
    "centres",
    "city",
    "copies",
    "its_offices",
    "make_desk",
    "network",
    "office",
    "offices",
    "shared_central",
    "sticks",
]
