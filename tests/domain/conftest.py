import pytest

import resources
from kelurahan_client.domain.reference import ReferenceData, load_reference


@pytest.fixture(scope="session")
def reference() -> ReferenceData:
    """The reference data that ship with the program."""
    return load_reference(resources.path("reference"))
