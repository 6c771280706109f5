"""The pictures of the guide, from the same scenes as `tools.screens`: smaller, in few colours, light only.

python -m tools.help_pictures             writes resources/help/pictures
python -m tools.help_pictures setup full  only those that come from these scenes
"""

import argparse
import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage

import resources
from tools.camera import Camera
from tools.screens import scenes
from ui.application import create_application
from ui.help.book import PICTURES, Book
from ui.theme.theme import Mode

WIDTH = 760
MOST_BYTES = 1_500_000

# the guide's picture -> the picture that a scene draws; of a page only what lies right of the rail is shown
_FROM = {
    "pendaftaran": "pendaftaran",
    "masuk": "masuk",
    "beranda": "beranda",
    "pengaduan-baru": "pengaduan-baru",
    "pengaduan-baru-selesai": "pengaduan-baru-selesai",
    "daftar": "daftar",
    "buku-halaman": "buku-halaman",
    "impor": "impor",
    "konflik": "konflik",
    "cetak": "cetak-a5",
    "kotak-keluar": "kotak-keluar",
    "usb": "tutup-hari-usb",
    "tutup-hari": "tutup-hari-mengirim",
    "laporan": "laporan",
    "pengaturan": "pengaturan-look",
    "pengaturan-cadangan": "pengaturan-backup",
}
_RAIL = 200
_EXACT = 64
_SHADE = 0xF0F0F0  # colours that differ in the lower bits only are one shade
_WHOLE = frozenset({"pendaftaran", "masuk", "cetak", "kotak-keluar"})


def main() -> int:
    """Draw, reduce, and say what is missing; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.help_pictures")
    parser.add_argument("scenes", nargs="*", metavar="SCENE")
    given = parser.parse_args()
    app = create_application(["help-pictures"])
    work = Path(tempfile.mkdtemp(prefix="lapor-help-"))
    target = resources.path("help", PICTURES)
    try:
        camera = Camera(app, work, Mode.LIGHT, 100, work / "data")
        try:
            for name, scene in scenes().items():
                if name in (given.scenes or scenes()):
                    scene(camera)
        finally:
            camera.close()
        for name, source in _FROM.items():
            drawn = work / f"{source}-terang.png"
            if drawn.exists():
                reduced(QImage(str(drawn)), whole=name in _WHOLE).save(str(target / f"{name}.png"), "PNG", 0)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return _missing(target)


def reduced(picture: QImage, *, whole: bool) -> QImage:
    """At most `WIDTH` pixels wide, in 256 colours."""
    shown = picture if whole else picture.copy(QRect(_RAIL, 0, picture.width() - _RAIL, picture.height()))
    if shown.width() > WIDTH:
        shown = shown.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    shown = shown.convertToFormat(QImage.Format.Format_RGB32)
    # Qt's own choice of 256 colours is a cube in which the design's soft grounds turn cyan.
    table = [colour | 0xFF000000 for colour in _colours(Counter(memoryview(shown.constBits()).cast("I")))]
    return shown.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


def _colours(counted: Counter[int]) -> list[int]:
    """The grounds and inks as they are, then a colour of each shade: else the edges of grey letters take all 256."""
    exact = [colour for colour, _times in counted.most_common(_EXACT)]
    shades: Counter[int] = Counter()
    best: dict[int, int] = {}
    for colour, times in counted.most_common()[_EXACT:]:
        shade = colour & _SHADE
        shades[shade] += times
        best.setdefault(shade, colour)
    return exact + [best[shade] for shade, _times in shades.most_common(256 - len(exact))]


def _missing(target: Path) -> int:
    wanted = {re.sub(r".*/", "", file) for chapter in Book(target.parent).chapters() for _, file in chapter.pictures()}
    there = {file.name: file.stat().st_size for file in target.glob("*.png")}
    print(f"{len(there)} pictures, {sum(there.values()) // 1024} KB")
    for name in sorted(wanted - set(there)):
        print(f"missing: {name}")
    for name in sorted(set(there) - wanted):
        print(f"not shown anywhere: {name}")
    return int(bool(wanted - set(there)) or sum(there.values()) > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
