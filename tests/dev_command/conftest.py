import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

DEV_PY = Path(__file__).parents[2] / "dev.py"


class Recorder:
    """Stands in for run_child: keeps every command with its environment and answers with the statuses it was given."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.environments: list[dict[str, str] | None] = []
        self.statuses: dict[str, int] = {}

    def __call__(self, command: list[str], *, env: dict[str, str] | None = None, as_group: bool = False) -> int:
        self.commands.append(list(command))
        self.environments.append(env)
        return next((status for word, status in self.statuses.items() if word in command), 0)


@pytest.fixture
def dev() -> Iterator[ModuleType]:
    """dev.py, loaded from its path because it belongs to no package."""
    spec = importlib.util.spec_from_file_location("dev_under_test", DEV_PY)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def children(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """No child process is started; what would have been started is recorded."""
    recorder = Recorder()
    monkeypatch.setattr(dev, "run_child", recorder)
    return recorder
