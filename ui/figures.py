"""Numbers and sizes as they are written in Indonesia; apart from the dates, which the window's start can do without."""


def number(value: int) -> str:
    """1284 -> "1.284"."""
    return f"{value:,}".replace(",", ".")


def size(count: int) -> str:
    """Bytes for people: 412 KB, 1,3 MB."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{round(count / 1024)} KB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")
