"""The kelurahan where something happened, chosen from the city's."""

from kelurahan_client.domain.reference import ReferenceData
from ui.theme.theme import Theme
from ui.widgets.editors import Combo


def office_combo(theme: Theme, reference: ReferenceData, own: str) -> Combo:
    """All kelurahan by name, with their codes; before them "", the one that records, in the words of `own`."""
    combo = Combo(theme)
    combo.add("", own)
    for office in sorted(reference.offices.values(), key=lambda one: one.name):
        combo.add(office.code, office.name)
    return combo
