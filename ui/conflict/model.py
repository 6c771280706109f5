"""One conflict made ready for the page, its values compared; built by the worker, because long texts take a while."""

from dataclasses import dataclass

from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.services.conflicts import Case
from ui.conflict.diff import Piece, as_one, compare, without
from ui.conflict.words import (
    CHOSEN,
    author_words,
    origin_words,
    plain_words,
    side_icon,
    side_short,
    side_title,
    take_words,
    tr,
    when_words,
)
from ui.theme.icons import Icon


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value: whose, from when, its words with what differs, and a remark."""

    side: str  # id, "" for the value before all sides
    title: str
    icon: Icon
    author: str
    when: str
    pieces: tuple[Piece, ...]
    remark: str
    text: str  # as people read it
    take: str = ""  # the button that takes it
    short: str = ""  # what it is called in the middle of a sentence


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the page shows of one conflict."""

    case: Case
    before: ValueView
    sides: tuple[ValueView, ...]

    @property
    def fingerprint(self) -> tuple[object, ...]:
        """Changes when another value has come, or somebody has decided."""
        case = self.case
        return (case.conflict_id, case.open, frozenset(side.id for side in case.sides))


def case_view(case: Case, reference: ReferenceData) -> CaseView:
    """Compare every side with the value before them."""
    base = plain_words(case.field, case.base, reference)
    texts = [plain_words(case.field, side.value, reference) for side in case.sides]
    how = as_one if case.field in CHOSEN else compare
    compared = [how(base, text) for text in texts]
    if case.field in CHOSEN:
        before = tuple(Piece(text, any(other.gone for other in compared)) for text in [base] if text)
    else:
        before = without(base, compared)
    struck = any(piece.differs for piece in before)
    return CaseView(
        case=case,
        before=ValueView(
            side="",
            title=tr("Semula"),
            icon=Icon.HISTORY,
            author=origin_words(case.origin),
            when=when_words(case.origin.at) if case.origin is not None else "",
            pieces=before,
            remark=tr("Dicoret: kata yang kini berbeda") if struck else "",
            text=base,
        ),
        sides=tuple(
            ValueView(
                side=side.id,
                title=side_title(side, case, reference),
                icon=side_icon(side),
                author=author_words(side, case, reference),
                when=when_words(side.at),
                pieces=other.pieces,
                remark=_remark(base, text, other.new, len(other.gone), whole=case.field in CHOSEN, hidden=case.hidden),
                text=text,
                take=take_words(side, case, reference),
                short=side_short(side, case, reference),
            )
            for side, text, other in zip(case.sides, texts, compared, strict=True)
        ),
    )


def _remark(base: str, text: str, new: int, gone: int, *, whole: bool, hidden: bool) -> str:
    """What the marks alone would not tell."""
    if text == base:
        return tr("Bedanya di bagian yang tertutup") if hidden else tr("Sama dengan semula")
    if whole or not base or not text:
        return ""
    return "" if new else tr("{n} kata dihapus, tidak ada yang baru").format(n=gone)


def spoken(view: ValueView) -> str:
    """A value for somebody who cannot see the marks."""
    differing = "; ".join(piece.text.strip() for piece in view.pieces if piece.differs)
    marked = tr("Yang berbeda: {words}.").format(words=differing) if differing else ""
    return " ".join(part for part in (view.author, view.when, view.text or tr("kosong"), marked) if part)
