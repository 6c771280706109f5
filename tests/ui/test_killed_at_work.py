"""The window is killed while somebody works: what it has promised is there, once, and the file is sound."""

from kelurahan_client.config import Config
from tests.desk_making import clock, config, desk_at, enrolled_config, enrolled_folder, reference
from tests.ui.killing import Killing

__all__ = ["clock", "config", "desk_at", "enrolled_config", "enrolled_folder", "reference"]


def test_nothing_promised_is_missing_wherever_the_window_is_killed(enrolled_config: Config) -> None:
    assert Killing(enrolled_config.data_dir, seed=7).run(4).kills == 4  # `dev.py soak` kills it a hundred times
