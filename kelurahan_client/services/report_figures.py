"""What a report holds, and for each of its figures the list of exactly the complaints that it counts."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from kelurahan_client.domain.complaint import Classification, Status
from kelurahan_client.domain.national import NationalFigure
from kelurahan_client.domain.roles import Officer
from kelurahan_client.domain.spans import AgeBand, Period, Span
from kelurahan_client.domain.statistics import Spread
from kelurahan_client.services.desk import Identity
from kelurahan_client.store.listing import OPEN, ListFilter
from kelurahan_client.store.moments import SETTLED
from kelurahan_client.store.reporting import NOT_SIGNED, OTHERWISE, WAITING, Standing

__all__ = ["SETTLED", "WAITING", "Standing"]


class Column(StrEnum):
    """A figure of a row."""

    INCOMING = "incoming"
    SETTLED = "settled"
    OTHERWISE = "otherwise"
    STILL_OPEN = "still_open"
    LATE = "late"
    UNSENT = "unsent"
    MEASURED = "measured"  # settled, and the story says when: what median and mean are made of


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked for: the period, and of which complaints; "" and None do not narrow."""

    period: Period
    own_desk: bool = False
    classification: Classification | None = None
    agency: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its name, the list of all that it counts, and its figures."""

    name: str
    list_filter: ListFilter
    standing: Standing
    resolution: Spread = field(default_factory=Spread)
    full_name: str = ""

    def list_of(self, column: Column, today: date) -> ListFilter | None:
        """The list of the complaints that the figure counts; None where there can be none."""
        if column is Column.UNSENT:
            return replace(self.list_filter, sync_states=frozenset(NOT_SIGNED))
        narrowed = self._standing(_STATUSES.get(column))
        if narrowed is None:
            return None
        if column is Column.LATE:
            return replace(narrowed, due_before=today)
        return replace(narrowed, resolved_to=today) if column is Column.MEASURED else narrowed

    def _standing(self, statuses: frozenset[Status] | None) -> ListFilter | None:
        if statuses is None:
            return self.list_filter
        both = statuses & self.list_filter.statuses if self.list_filter.statuses else statuses
        return replace(self.list_filter, statuses=both) if both else None


_STATUSES = {
    Column.SETTLED: frozenset(SETTLED),
    Column.MEASURED: frozenset(SETTLED),
    Column.OTHERWISE: frozenset(OTHERWISE),
    Column.STILL_OPEN: frozenset(OPEN),
    Column.LATE: frozenset(OPEN),
}


@dataclass(frozen=True, slots=True)
class FlowPart:
    """One bar of the chart: what was received, and what was resolved, whenever it had been received."""

    span: Span
    incoming: int
    resolved: int


@dataclass(frozen=True, slots=True)
class AgeRow:
    """How many are still open today after so many working days; `list_filter` is None where no day fits."""

    band: AgeBand
    count: int
    list_filter: ListFilter | None


@dataclass(frozen=True, slots=True)
class Timing:
    """How long something took in working days: of this period, of the one before, and nationally."""

    spread: Spread
    before: Spread
    national: NationalFigure | None
    of: int  # how many it could have been measured on
    list_filter: ListFilter  # those that it was measured on


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All figures of one moment. What is counted is explained by `Row`, `FlowPart`, `AgeRow` and `Timing`."""

    made_at: datetime
    today: date
    office: Identity | None
    officer: Officer
    question: Question
    agency_name: str
    category_name: str
    total: Row
    before: Standing
    agencies: tuple[Row, ...]
    categories: tuple[Row, ...]
    flow: tuple[FlowPart, ...]
    flow_filter: ListFilter
    ages: tuple[AgeRow, ...]
    answer: Timing
    resolution: Timing
    holidays_known: bool  # whether the cuti bersama of all years concerned is known

    @property
    def span(self) -> Span:
        """The days of receipt."""
        return self.question.period.span

    def received_in(self, part: FlowPart) -> ListFilter:
        """The list of what a bar shows as received."""
        return replace(self.flow_filter, received_from=part.span.first, received_to=part.span.last)

    def resolved_in(self, part: FlowPart) -> ListFilter:
        """The list of what a bar shows as resolved."""
        return replace(self.flow_filter, resolved_from=part.span.first, resolved_to=part.span.last)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell of this period at all."""
        return not self.total.standing.incoming and not any(part.resolved for part in self.flow)


def not_signed(standing: Standing) -> int:
    """How many figures of the centre may differ from these: what it has not signed for."""
    return standing.unsent + standing.rejected
