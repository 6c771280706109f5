"""The typed lines of a page as a spreadsheet works on them: every edit is one step that can be undone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kelurahan_client.domain.page_reading import PAGE_FIELDS
from kelurahan_client.domain.typed_page import MAX_LINES, TypedLine

Lines = tuple[TypedLine, ...]
Place = tuple[int, int]  # line and column, from 0
NUMBER = PAGE_FIELDS.index("book_number")
_STEPS = 200  # edits that can be undone
_EMPTY = TypedLine()


class Sheet:
    """Lines without the empty ones behind the last; lines that are complaints already are not touched by any edit."""

    def __init__(self) -> None:
        self.lines: Lines = ()
        self._past: list[Lines] = []
        self._future: list[Lines] = []

    def load(self, lines: Lines) -> None:
        """Begin with these lines; nothing before can be undone."""
        self.lines = _trimmed(lines)
        self._past, self._future = [], []

    def line(self, row: int) -> TypedLine:
        """A line, empty where nothing was typed."""
        return self.lines[row] if row < len(self.lines) else _EMPTY

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return self.line(row).cells[column]

    def with_texts(self, texts: Mapping[Place, str]) -> Lines:
        """The lines as they would be with these texts; what does not fit on a page or is saved stays out."""
        last = max((row for row, _column in texts), default=-1)
        made = [*self.lines, *[_EMPTY] * (min(last + 1, MAX_LINES) - len(self.lines))]
        for (row, column), text in texts.items():
            if row < len(made) and column < len(PAGE_FIELDS) and not made[row].saved_as:
                cells = made[row].cells
                made[row] = replace(made[row], cells=(*cells[:column], text, *cells[column + 1 :]))
        return _trimmed(made)

    def put(self, texts: Mapping[Place, str]) -> bool:
        """Write texts into cells, as one step; False where nothing changed."""
        return self._step(self.with_texts(texts))

    def paste(self, row: int, column: int, table: Sequence[Sequence[str]]) -> bool:
        """Write a table with its first cell at a place, as one step."""
        return self.put(
            {(row + down, column + right): text for down, cells in enumerate(table) for right, text in enumerate(cells)}
        )

    def insert(self, row: int) -> bool:
        """Put an empty line before `row`."""
        if row >= len(self.lines) or len(self.lines) >= MAX_LINES:
            return False
        return self._step((*self.lines[:row], _EMPTY, *self.lines[row:]))

    def remove(self, rows: Iterable[int]) -> bool:
        """Take lines off the page, but for saved ones."""
        wanted = frozenset(rows)
        kept = [line for at, line in enumerate(self.lines) if at not in wanted or line.saved_as]
        return self._step(_trimmed(kept))

    def repeat_above(self, places: Iterable[Place]) -> bool:
        """Write into each cell what stands above it; the number of a line is the one above and one more."""
        found: dict[Place, str] = {}
        for row, column in sorted(places):
            if row == 0:
                continue
            above = found.get((row - 1, column), self.text(row - 1, column))
            counts = column == NUMBER and above.isascii() and above.isdigit()
            found[row, column] = str(int(above) + 1) if counts else above
        return self.put(found)

    def undo(self) -> bool:
        """Take the last step back."""
        return self._go(self._past, self._future)

    def redo(self) -> bool:
        """Take the last step that was taken back again."""
        return self._go(self._future, self._past)

    def _step(self, lines: Lines) -> bool:
        if lines == self.lines:
            return False
        self._past = [*self._past[-_STEPS:], self.lines]
        self._future = []
        self.lines = lines
        return True

    def _go(self, there: list[Lines], back: list[Lines]) -> bool:
        if not there:
            return False
        back.append(self.lines)
        self.lines = there.pop()
        return True


def _trimmed(lines: Sequence[TypedLine]) -> Lines:
    """Without the empty lines at the end."""
    end = len(lines)
    while end and not lines[end - 1].filled:
        end -= 1
    return tuple(lines[:end])
