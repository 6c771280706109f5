"""One start of a window, in a process of its own: `empty`, or the desk's in a folder. Prints one JSON object.

The clock starts before the process does: the parent hands in its own monotonic time.
"""

import json
import sys
import time
from pathlib import Path


def main() -> int:
    """Start, wait until the window has been painted and its first page filled, print, end."""
    kind, started, folder = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    if kind == "empty":
        return _empty(started)
    return _desk(started, Path(folder), scroll=kind == "scroll")


def _empty(started: float) -> int:
    """A window with one table and nothing more."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QStandardItemModel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    app = QApplication(["empty", "-style", "Fusion"])
    window = QMainWindow()
    table = QTableView()
    model = QStandardItemModel(100, 6)
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(1366, 696)
    window.show()
    window.grab()
    QTimer.singleShot(0, lambda: _end(app, {"painted": time.monotonic() - started}))
    return int(app.exec())


def _desk(started: float, folder: Path, *, scroll: bool) -> int:
    from kelurahan_client.config import config
    from kelurahan_client.window import open_data
    from ui.plain_imports import load_qt

    load_qt()  # as `run_window` does
    from PySide6.QtCore import QTimer

    from ui import start

    found: dict[str, float] = {}
    settings = config(folder)

    def look(program: start.Start) -> None:
        session = program.windows.session
        if session is None:
            QTimer.singleShot(0, lambda: look(program))
            return
        if "painted" not in found:
            session.window.grab()
            found["painted"] = time.monotonic() - started
        if not session.at_work or not program.tasks.idle():
            QTimer.singleShot(1, lambda: look(program))
            return
        found.setdefault("filled", time.monotonic() - started)
        if scroll:
            _scroll(program)
        found["memory"] = _memory()
        program.quit()

    status = start.run(lambda: open_data(settings), settings.window_file, enrolled=True, ready=look)
    sys.stdout.write(json.dumps(found) + "\n")
    return status


def _scroll(program: "object") -> None:
    from PySide6.QtWidgets import QApplication, QTableView

    from ui.start import Start

    assert isinstance(program, Start)
    assert program.windows.session is not None
    window = program.windows.session.window
    window.show_page("register")
    for step in range(60):
        for table in window.findChildren(QTableView):
            bar = table.verticalScrollBar()
            bar.setValue(bar.maximum() * step // 59)
        for _ in range(5):
            QApplication.processEvents()
            time.sleep(0.002)


def _memory() -> float:
    import psutil

    return float(psutil.Process().memory_full_info().uss)


def _end(app: "object", found: dict[str, float]) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(app, QApplication)
    found["memory"] = _memory()
    sys.stdout.write(json.dumps(found) + "\n")
    app.quit()


if __name__ == "__main__":
    sys.exit(main())
