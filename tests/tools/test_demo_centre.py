"""The demo's central server does not outlive the demo, however that ends."""

import subprocess
import sys
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent.parent
DEMO = """
import sys
from pathlib import Path
from tools.demo import Centre

centre = Centre(Path(sys.argv[1]))
centre.start()
centre.wait()
print("ready", flush=True)
sys.stdin.read()
"""


def test_the_server_ends_with_a_demo_that_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", DEMO, str(tmp_path / "centre")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        assert demo.stdout.readline() == "ready\n"
        (server,) = psutil.Process(demo.pid).children(recursive=True)
        demo.kill()
        demo.wait()
        psutil.wait_procs([server], timeout=30)
        assert not server.is_running()
