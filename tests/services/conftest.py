from tests.desk_making import clock, config, desk, desk_at, enrolled_config, enrolled_folder, reference
from tests.officers_at_work import guarded, keyring

__all__ = [
    "clock",
    "config",
    "desk",
    "desk_at",
    "enrolled_config",
    "enrolled_folder",
    "guarded",
    "keyring",
    "reference",
]
