from tests.desk_making import clock, config, desk, desk_at, enrolled_config, enrolled_folder, reference

__all__ = ["clock", "config", "desk", "desk_at", "enrolled_config", "enrolled_folder", "reference"]
