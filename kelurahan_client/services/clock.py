"""Saying that this computer's clock is wrong. Nothing is ever decided by it, and nothing waits for it."""

CLOCK_WARNING_SECONDS = 300


def clock_warning(offset_seconds: float) -> str:
    """A sentence about a clock that is this far ahead of the centre's (or behind, below 0); "" up to five minutes."""
    off = abs(offset_seconds)
    if off <= CLOCK_WARNING_SECONDS:
        return ""
    if off < 2 * 3600:
        amount = f"{round(off / 60)} menit"
    elif off < 2 * 86400:
        amount = f"{round(off / 3600)} jam"
    else:
        amount = f"{round(off / 86400)} hari"
    return f"Jam komputer ini berbeda {amount} dari server kota."
