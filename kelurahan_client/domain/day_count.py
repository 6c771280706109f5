"""The equation of a day: typed at the desk = signed for by the city + still here + refused.

A day runs from one closing to the next. What is typed after a day was closed belongs to the next day on which anybody
works, so that each complaint is counted in exactly one day.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kelurahan_client.domain.complaint import Channel, Status
from kelurahan_client.domain.day_words import WITA

_INSTANT = timedelta(microseconds=1)


class Standing(StrEnum):
    """Where a new complaint is."""

    SIGNED = "signed"  # the city's server has signed for it
    HERE = "here"  # it has not answered
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One complaint that was typed at this desk; `page` is the sheet of the register book, "" for none."""

    id: str
    reference: str
    channel: Channel
    page: str
    category: str
    status: Status
    standing: Standing
    imported: bool = False  # from a file, whose rows were counted there


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One line of the equation: a page of the book with the lines that a person `counted` there, or a channel.

    A page is one line however the words reached it; `by_hand` of its complaints were typed and not imported.
    """

    channel: Channel
    page: str = ""
    counted: int | None = None
    typed: int = 0
    by_hand: int = 0
    signed: int = 0
    here: int = 0
    refused: int = 0

    @property
    def agrees(self) -> bool:
        """Whether book, typed and signed are the same number."""
        return self.typed == self.signed and self.counted in (None, self.typed)

    @property
    def uncounted(self) -> bool:
        """Whether somebody must still count the lines of this page."""
        return bool(self.page) and self.counted is None and self.by_hand > 0

    @property
    def miscounted(self) -> int:
        """How many more lines the book has than were typed; negative where the book has fewer."""
        return 0 if self.counted is None else self.counted - self.typed


@dataclass(frozen=True, slots=True)
class Span:
    """The moments of a day: after `since`, up to and with `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """A day that was closed, and up to which moment it counts."""

    day: date
    until: datetime


def whole_day(day: date) -> Span:
    """From midnight to midnight at the counter."""
    start = datetime.combine(day, time(), WITA)
    return Span(start - _INSTANT, start + timedelta(days=1) - _INSTANT)


def span_of(day: date, before: Closing | None, worked: Collection[date]) -> Span:
    """What an open `day` counts, after the last closing `before` it; `worked` are days on which something was typed.

    What was typed after that closing, on its own day, goes to the first day after it on which anybody worked.
    """
    whole = whole_day(day)
    if before is None or any(before.day < other < day for other in worked):
        return whole
    return Span(min(before.until, whole.since), whole.until)


def day_lines(typed: Iterable[Typed], counted: Mapping[str, int]) -> tuple[DayLine, ...]:
    """The lines of the equation: pages of the book first, then channels; a page that was only counted has one too."""
    groups: dict[tuple[str, Channel], list[Typed]] = {(page, Channel.REGISTER_BOOK): [] for page in counted}
    for one in typed:
        key = (one.page, Channel.REGISTER_BOOK) if one.page else ("", one.channel)
        groups.setdefault(key, []).append(one)
    return tuple(_line(key, groups[key], counted) for key in sorted(groups, key=_order))


def _line(key: tuple[str, Channel], typed: list[Typed], counted: Mapping[str, int]) -> DayLine:
    page, channel = key
    standings = [one.standing for one in typed]
    return DayLine(
        channel=channel,
        page=page,
        counted=counted.get(page) if page else None,
        typed=len(typed),
        by_hand=sum(1 for one in typed if not one.imported),
        signed=standings.count(Standing.SIGNED),
        here=standings.count(Standing.HERE),
        refused=standings.count(Standing.REFUSED),
    )


def _order(line: tuple[str, Channel]) -> tuple[bool, int, int, str]:
    page, channel = line
    return (not page, list(Channel).index(channel), int(page) if page.isdecimal() else 0, page)


def total(lines: Iterable[DayLine]) -> DayLine:
    """All lines in one; `counted` is None where no page was counted."""
    found = list(lines)
    pages = [line.counted for line in found if line.counted is not None]
    return DayLine(
        channel=Channel.OTHER,
        counted=sum(pages) if pages else None,
        typed=sum(line.typed for line in found),
        by_hand=sum(line.by_hand for line in found),
        signed=sum(line.signed for line in found),
        here=sum(line.here for line in found),
        refused=sum(line.refused for line in found),
    )
