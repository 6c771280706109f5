"""How far a desk's clock is off: for the record and a warning, never for a decision."""

from kelurahan_client.domain.fields import read_utc


def offset_seconds(device_time: str, received_at: str) -> float | None:
    """Seconds that the desk's clock was ahead of the centre's when it sent; None where it said no readable time."""
    try:
        ahead = (read_utc(device_time) - read_utc(received_at)).total_seconds()
    except (ValueError, OverflowError):  # no time at all, or one at the edge of the calendar
        return None
    return round(ahead, 1) + 0.0  # a blink behind is rounded to a zero below zero, which not every database keeps
