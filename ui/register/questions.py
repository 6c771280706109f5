"""What is asked before a step is taken, and what is said after it."""

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Complaint, Status
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.routing import suggest
from kelurahan_client.domain.status import Step
from ui.language import said
from ui.register.ask_panel import Question
from ui.theme.icons import Icon
from ui.widgets.status_look import status_look


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("Question", text)


def step_question(step: Step, complaint: Complaint, reference: ReferenceData) -> Question | None:
    """What must be known before `step`; None where it can be taken at once."""
    if step.to is Status.REFERRED:
        agencies = sorted(reference.agencies.values(), key=lambda agency: agency.name.casefold())
        return Question(
            title=tr("Disposisi ke SKPD"),
            confirm=tr("Disposisi"),
            icon=Icon.REFERRED,
            placeholder=tr("Pesan untuk SKPD, boleh kosong"),
            agencies=[(agency.code, agency.name) for agency in agencies],
            agency=complaint.agency,
            suggestions=_agencies_for(complaint, reference),
        )
    if not step.needs_reason:
        return None
    return Question(
        title=said(step.label_id).rstrip("…"),
        confirm=tr("Simpan"),
        icon=status_look(step.to).icon,
        placeholder=_placeholder(step.to),
        missing=_missing(step.to),
        asks_why=step.to not in {Status.RESOLVED, Status.ON_HOLD},
    )


def _agencies_for(complaint: Complaint, reference: ReferenceData) -> list[tuple[str, str]]:
    """Up to three agencies that the words point to, each once, with the words that did."""
    text = f"{complaint.title}\n{complaint.statement}"
    found: dict[str, str] = {}
    for hint in suggest(text, reference, complaint.location_office or complaint.office, limit=6):
        if hint.agency_code and hint.agency_code not in found and len(found) < 3:
            because = ", ".join(hint.because[:2])
            found[hint.agency_code] = tr("{agency}: “{because}”").format(
                agency=reference.agency_name(hint.agency_code), because=because
            )
    return list(found.items())


def _placeholder(to: Status) -> str:
    return {
        Status.RESOLVED: tr("Apa yang sudah dikerjakan?"),
        Status.ON_HOLD: tr("Apa yang ditanyakan kepada pelapor?"),
        Status.CLOSED: tr("Mengapa ditutup? Misalnya pelapor sudah puas"),
        Status.IN_PROGRESS: tr("Mengapa dibuka kembali?"),
        Status.OUT_OF_JURISDICTION: tr("Alasannya, dan ke mana pelapor sebaiknya pergi"),
        Status.ARCHIVED: tr("Alasannya, misalnya pengaduan ganda"),
    }.get(to, tr("Alasan"))


def _missing(to: Status) -> str:
    if to is Status.RESOLVED:
        return tr("Tulis apa yang sudah dikerjakan.")
    if to is Status.ON_HOLD:
        return tr("Tulis apa yang ditanyakan kepada pelapor.")
    return tr("Tulis alasannya.")


def reveal_question() -> Question:
    """Before an identity is shown."""
    return Question(
        title=tr("Tampilkan identitas pelapor"),
        confirm=tr("Tampilkan"),
        icon=Icon.SHOW,
        placeholder=tr("Alasan, misalnya menghubungi pelapor; dicatat"),
        missing=tr("Tulis alasan melihat identitas ini."),
        asks_why=True,
    )


def step_done(complaint: Complaint, reference: ReferenceData) -> str:
    """What the line at the bottom says after a step."""
    if complaint.status is Status.REFERRED and complaint.agency:
        return tr("Didisposisi ke {agency}.").format(agency=reference.agency_name(complaint.agency))
    return tr("Status diubah menjadi {status}.").format(status=status_look(complaint.status).word)
