"""The further reporters of a complaint, in words: who else brought it to this desk, masked or in clear."""

from collections.abc import Sequence

from kelurahan_client.domain.words import CHANNEL_WORDS
from kelurahan_client.store.further_reporters import FurtherReporter
from ui.figures import number
from ui.language import said
from ui.register.words import tr
from ui.wording import long_date

_NAMED = 3


def further_line(found: Sequence[FurtherReporter], *, revealed: bool) -> str:
    """One line: "Juga oleh Siti Aminah, Anonim, dan 2 orang lagi"; "" where nobody else came."""
    if not found:
        return ""
    names = [_name(one, revealed=revealed) for one in found[:_NAMED]]
    if more := len(found) - len(names):
        names.append(tr("dan {n} orang lagi").format(n=number(more)))
    return tr("Juga oleh {names}").format(names=", ".join(names))


def further_paragraphs(found: Sequence[FurtherReporter], *, revealed: bool) -> list[str]:
    """Each of them at full length; what they said only where identities are in clear, for it may tell who they are."""
    return [_paragraph(place, one, revealed=revealed) for place, one in enumerate(found, start=2)]


def hides_something(found: Sequence[FurtherReporter]) -> bool:
    """Whether there is anything to be revealed of them."""
    return any(one.nik or one.phone or one.address or one.statement or (one.anonymous and one.name) for one in found)


def _name(one: FurtherReporter, *, revealed: bool) -> str:
    if one.anonymous and not revealed:
        return tr("Anonim")
    return one.name or (tr("Anonim") if one.anonymous else tr("tidak disebut"))


def _paragraph(place: int, one: FurtherReporter, *, revealed: bool) -> str:
    parts = [_name(one, revealed=revealed)]
    if revealed or not one.anonymous:
        parts.append(one.phone)
    if revealed:
        home = " ".join(part for part in (one.rt and f"RT {one.rt}", one.rw and f"RW {one.rw}") if part)
        parts += [tr("NIK {nik}").format(nik=one.nik) if one.nik else "", one.address, home]
    came = tr("{channel}, {day}").format(
        channel=said(CHANNEL_WORDS[one.channel]).lower(), day=long_date(one.received_date)
    )
    told = tr("Pelapor ke-{place}: {who} ({came}).").format(
        place=place, who=" · ".join(part for part in parts if part), came=came
    )
    return f"{told}\n“{one.statement}”" if revealed and one.statement else told
