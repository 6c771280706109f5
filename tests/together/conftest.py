"""Real desks, real centres and broken networks."""

from tests.together.desk_fixtures import blank_folder, centres, make_desk, network, office, offices, shared_central

__all__ = ["blank_folder", "centres", "make_desk", "network", "office", "offices", "shared_central"]
