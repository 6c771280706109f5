"""Where the lines of the book lie on a scan: the first line's place, and how high a line is."""

from dataclasses import dataclass, replace

_LOWEST, _HIGHEST = 0.008, 0.3  # of the sheet


@dataclass(frozen=True, slots=True)
class Ruler:
    """In parts of the sheet's height. A page of a register has lines of one height."""

    top: float = 0.2
    step: float = 0.05

    def line(self, row: int) -> float:
        """Where the line begins."""
        return self.top + row * self.step

    def moved_to(self, row: int, place: float) -> "Ruler":
        """The ruler that lies at `place` on this line: the first one says where they begin, the others how high.

        So that a page is measured by laying the ruler on its first line, then on its last.
        """
        if row == 0:
            return replace(self, top=min(max(place, 0.0), 1.0))
        step = (place - self.top) / row
        if _LOWEST <= step <= _HIGHEST:
            return replace(self, step=step)
        return replace(self, top=min(max(place - row * self.step, 0.0), 1.0))

    def higher(self, by: float) -> "Ruler":
        """The ruler with lines higher by this part of their height."""
        return replace(self, step=min(max(self.step * (1 + by), _LOWEST), _HIGHEST))
