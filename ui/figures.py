"""Numbers and sizes as the window's language writes them; apart from the dates, which its start can do without."""

from PySide6.QtCore import QCoreApplication


def number(value: int) -> str:
    """1284 -> "1.284"."""
    text = f"{value:,}"
    return text if value < 1000 and value > -1000 else text.replace(",", _tr("1.284")[1])


def size(count: int) -> str:
    """Bytes for people: 412 KB, 1,3 MB, 20,4 GB."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{round(count / 1024)} KB"
    whole, unit = (count / 1024**2, "MB") if count < 1024**3 else (count / 1024**3, "GB")
    return f"{whole:.1f} {unit}".replace(".", _tr("1,3")[1])


def _tr(example: str) -> str:
    """The example as the window's language writes it."""
    return QCoreApplication.translate("Figures", example)
