"""The worst that a disk may do when the power goes: nothing is left but what was synced."""

import shutil
from pathlib import Path


class WorstDisk:
    """What is surely on the disk below `folder`, which must be there: everything at the start, then what is synced.

    The bytes of a file and its name are two things: a name counts when the folder that it is in was synced.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._names: dict[int, dict[str, int]] = {}  # inode of a folder -> its names, and their inodes
        self._bytes: dict[int, bytes] = {}  # inode of a file -> its content
        for path in (self._folder, *self._folder.rglob("*")):
            self._look(path)

    def synced(self, descriptor: int) -> None:
        """This file or folder is on the disk now."""
        self._look(Path(f"/proc/self/fd/{descriptor}").readlink())

    def lose_what_was_not_synced(self) -> None:
        """Leave on the real disk only what is surely there."""
        root = self._folder.stat().st_ino
        shutil.rmtree(self._folder)
        self._write(self._folder, root)

    def _look(self, path: Path) -> None:
        inode = path.stat().st_ino
        if not path.is_dir():
            self._names.pop(inode, None)
            self._bytes[inode] = path.read_bytes()
            return
        children = {one.name: one for one in path.iterdir()}
        self._names[inode] = {name: one.stat().st_ino for name, one in children.items()}
        for one in children.values():
            if one.is_dir():
                self._names.setdefault(one.stat().st_ino, {})

    def _write(self, path: Path, inode: int) -> None:
        if inode in self._names:
            path.mkdir(mode=0o700)
            for name, child in self._names[inode].items():
                self._write(path / name, child)
        else:
            path.write_bytes(self._bytes.get(inode, b""))
