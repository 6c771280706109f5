"""What is said of files that were added together: which were refused and why, and what became of the others."""

from PySide6.QtCore import QCoreApplication

from kelurahan_client.errors import LaporError
from ui.figures import size
from ui.language import sentences
from ui.made_ready import Prepared

_LINES = 6  # beyond, refusals are only counted


class FilesTold:
    """Gathers what happened to each, so that none hides another; `begin` forgets."""

    def __init__(self) -> None:
        self._refused: list[LaporError] = []
        self._remarks: list[str] = []
        self._reduced: list[tuple[str, int, int]] = []

    def begin(self) -> None:
        """Other files come."""
        self._refused, self._remarks, self._reduced = [], [], []

    def kept(self, made: Prepared, name: str) -> None:
        """A file was kept as `name`."""
        if made.remark and made.remark not in self._remarks:
            self._remarks.append(made.remark)
        if made.before > len(made.content) * 1.1:
            self._reduced.append((name, made.before, len(made.content)))

    def refused(self, error: LaporError) -> None:
        """A file was not kept."""
        self._refused.append(error)

    def remarks(self) -> str:
        """What is worth knowing of those that were kept; "" for nothing."""
        before = sum(was for _name, was, _now in self._reduced)
        after = sum(now for _name, _was, now in self._reduced)
        sizes = f"{size(before)} → {size(after)}"
        reduced = []
        if len(self._reduced) == 1:
            reduced = [_tr("{name} dikecilkan: {sizes}").format(name=self._reduced[0][0], sizes=sizes)]
        elif self._reduced:
            reduced = [_tr("{n} foto dikecilkan: {sizes}").format(n=len(self._reduced), sizes=sizes)]
        return "\n".join(reduced + self._remarks)

    def refusals(self) -> str:
        """Which were refused and why, a line for each; "" where none was."""
        told = list(dict.fromkeys(sentences(error) for error in self._refused))
        if len(told) > 1:
            told.insert(0, _tr("{n} berkas tidak dilampirkan:").format(n=len(self._refused)))
        if len(told) > _LINES:
            told[_LINES - 1 :] = [_tr("Dan {n} berkas lain.").format(n=len(told) - _LINES + 1)]
        return "\n".join(told)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FilesTold", text)
