"""The kelurahan where something happened, chosen from the city's."""

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.reference import ReferenceData
from ui.theme.theme import Theme
from ui.widgets.editors import Combo


def office_combo(theme: Theme, reference: ReferenceData) -> Combo:
    """All kelurahan by name, with their codes; the first, "", is the one that records."""
    combo = Combo(theme)
    combo.add("", QCoreApplication.translate("OfficeCombo", "kelurahan ini"))
    for office in sorted(reference.offices.values(), key=lambda one: one.name):
        combo.add(office.code, office.name)
    return combo
