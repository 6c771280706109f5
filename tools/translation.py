"""What the source says and what the English catalogue knows of it: `python -m tools.translation` lists the differences.

A text of the window is every literal handed to `tr` or `translate`. A sentence of the floors below is every literal
or f-string outside of papers, commands and samples that reads like a sentence; words that are no sentences (a status,
a role, the title of an error) are in the catalogue because the tests of the window meet them.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import resources

ROOT: Final = Path(__file__).resolve().parent.parent
PLACE: Final = re.compile(r"\{\w*\}|%\w")
_SENTENCE: Final = re.compile(r"[A-Z“{].*\s.*[.?…]|[A-Z“{].* \{\d\}[.?]?", re.DOTALL)
_NO_WORDS: Final = re.compile(
    r"[<>\\|=]|^(BEGIN|Basic|Bearer|Qt) |\} RT \{|RT \{|\b(the|SELECT|FROM|PRAGMA|INSERT|UPDATE|DELETE|is|not)\b"
)
_FEWEST_LETTERS: Final = 4
_ASKED: Final = frozenset({"tr", "_tr", "translate"})
_NOT_FOR_THE_WINDOW: Final = frozenset(  # papers and exports are Indonesian documents; commands are for the terminal
    "app audit_commands audit_export bundle_commands cli file_commands network_commands pin_source window log demo "
    "day_recap diagnostics emergency export_report export_columns exporting letterhead letters prints receipts "
    "recovery_paper rejected_rows reply_templates report_paper report_sheets tables layout crash about_section "
    "qt_texts".split()
)
_TOLD_TO_DESKS: Final = frozenset(  # of the centre: what it answers, refuses, and writes into a complaint's story
    "app applying attempts blob_routes blob_s3 blob_store blobs bodies deciding door enrolment errors exchange notices "
    "opening rates reception rules tokens waiting engine".split()
)
_FOR_US: Final = frozenset(  # what these are told is for the developer, or for SQL
    "ValueError TypeError RuntimeError KeyError LookupError AssertionError NotImplementedError text execute compile "
    "debug info warning error exception literal_column DDL Index CheckConstraint".split()
)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a catalogue lacks, what nobody says any more, and where the places differ."""

    missing: tuple[str, ...]
    obsolete: tuple[str, ...]
    misplaced: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.missing or self.obsolete or self.misplaced)


def catalogue() -> dict[str, dict[str, str]]:
    """The catalogue as it is: `texts` and `sentences`."""
    found: dict[str, dict[str, str]] = json.loads(
        resources.path("translations", "english.json").read_text(encoding="utf-8")
    )
    return found


def texts() -> frozenset[str]:
    """Every text of the window, as the catalogue names it."""
    found = set()
    for path in sorted((ROOT / "ui").rglob("*.py")):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and _name(node) in _ASKED:
                words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                words = words[1:] if _name(node) == "translate" else words
                if words:
                    found.add(words[0] if len(words) == 1 else f"{words[0]} [{words[1]}]")
    return frozenset(found)


def sentences() -> tuple[frozenset[str], frozenset[str]]:
    """All that the floors below and the centre write, and of that what reads like a sentence for the window."""
    everything: set[str] = set()
    wanted: set[str] = set()
    for room in ("kelurahan_client", "sync", "ui", "central_server"):
        for path in sorted((ROOT / room).rglob("*.py")):
            said = set(_said(_tree(path)))
            everything |= said
            if _is_for_the_window(room, path):
                wanted |= {one for one in said if _SENTENCE.fullmatch(one) and _is_indonesian(one)}
    return frozenset(everything), frozenset(wanted)


def _is_for_the_window(room: str, path: Path) -> bool:
    if room == "central_server":
        return path.stem in _TOLD_TO_DESKS
    return path.stem not in _NOT_FOR_THE_WINDOW and "versions" not in path.parts


def differences() -> dict[str, Difference]:
    """Where the source and the catalogue's two parts differ."""
    known = catalogue()
    said, wanted = sentences()
    asked = texts()
    return {
        "texts": _difference(known["texts"], asked, asked),
        "sentences": _difference(known["sentences"], said, wanted),
    }


def _difference(known: dict[str, str], said: frozenset[str], wanted: frozenset[str]) -> Difference:
    misplaced = [one for one, other in known.items() if sorted(PLACE.findall(one)) != sorted(PLACE.findall(other))]
    return Difference(
        tuple(sorted(wanted - known.keys())), tuple(sorted(known.keys() - said)), tuple(sorted(misplaced))
    )


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _said(node: ast.AST) -> Iterator[str]:
    """The literals and f-strings of a tree, without what is documentation, for us, or asked for with `tr`."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call) and _name(node) in _ASKED | _FOR_US:
        return
    if isinstance(node, ast.JoinedStr):
        yield _template(node)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _said(part.value)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _said(child)


def _template(node: ast.JoinedStr) -> str:
    """An f-string as the catalogue names it: its places are numbered."""
    written, places = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            written += str(part.value)
        else:
            written += f"{{{places}}}"
            places += 1
    return written


def _is_indonesian(text: str) -> bool:
    """Not SQL, not a pattern, not one of the few English sentences that go to the log."""
    if len(re.sub(r"[\W\d_]", "", PLACE.sub("", text))) < _FEWEST_LETTERS:
        return False
    return not _NO_WORDS.search(text)


def main() -> int:
    """List the differences; 1 if there are any."""
    found = differences()
    for part, difference in found.items():
        for what in ("missing", "obsolete", "misplaced"):
            for one in getattr(difference, what):
                sys.stdout.write(f"{part}: {what}: {json.dumps(one, ensure_ascii=False)}\n")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
