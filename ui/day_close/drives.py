"""Where sticks are: folders of removable drives, found without asking the drives themselves, which may be slow."""

import sys
from pathlib import Path

_MOUNTS = Path("/proc/mounts")
_PLACES = ("/media/", "/run/media/")
_ESCAPES = (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\"))


def removable_folders() -> list[Path]:
    """The folders of the removable drives that are there, the newest last; empty where nobody can say."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # only there

        removable = 2
        kernel = ctypes.windll.kernel32
        present = kernel.GetLogicalDrives()
        roots = [f"{chr(ord('A') + at)}:\\" for at in range(2, 26) if present >> at & 1]
        return [Path(root) for root in roots if kernel.GetDriveTypeW(root) == removable]
    try:
        return mounted(_MOUNTS.read_text("utf-8", "replace"))
    except OSError:
        return []


def mounted(table: str) -> list[Path]:
    """The folders of the kernel's table of mounts in which desktops put sticks."""
    found = []
    for line in table.splitlines():
        _device, _, rest = line.partition(" ")
        place = rest.partition(" ")[0]
        for escape, letter in _ESCAPES:
            place = place.replace(escape, letter)
        if place.startswith(_PLACES):
            found.append(Path(place))
    return found
