"""The Indonesian words for the codes of a complaint: as screens show them, and as people and books write them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from kelurahan_client.domain.complaint import Channel, Classification, Priority, Status
from kelurahan_client.domain.text import fold_words

_Code = TypeVar("_Code", bound=str)

STATUS_WORDS: Mapping[Status, str] = MappingProxyType(
    {
        Status.RECEIVED: "Diterima",
        Status.VERIFIED: "Terverifikasi",
        Status.IN_PROGRESS: "Ditangani",
        Status.REFERRED: "Didisposisi",
        Status.ON_HOLD: "Menunggu pelapor",
        Status.RESOLVED: "Selesai",
        Status.CLOSED: "Ditutup",
        Status.OUT_OF_JURISDICTION: "Bukan wewenang",
        Status.ARCHIVED: "Diarsipkan",
    }
)
CLASSIFICATION_WORDS: Mapping[Classification, str] = MappingProxyType(
    {
        Classification.COMPLAINT: "Pengaduan",
        Classification.ASPIRATION: "Aspirasi",
        Classification.INFORMATION: "Permintaan informasi",
    }
)
CHANNEL_WORDS: Mapping[Channel, str] = MappingProxyType(
    {
        Channel.IN_PERSON: "Tatap muka",
        Channel.LETTER: "Surat",
        Channel.REGISTER_BOOK: "Buku register",
        Channel.SUGGESTION_BOX: "Kotak saran",
        Channel.PHONE: "Telepon",
        Channel.LAPOR: "LAPOR!",
        Channel.CALL_CENTER: "Call center",
        Channel.OTHER: "Lainnya",
    }
)
PRIORITY_WORDS: Mapping[Priority, str] = MappingProxyType({Priority.NORMAL: "Biasa", Priority.URGENT: "Mendesak"})

_CLASSIFICATIONS = (
    (Classification.COMPLAINT, "pengaduan|aduan|keluhan|komplain|laporan|pengaduan masyarakat|p"),
    (Classification.ASPIRATION, "aspirasi|usul|usulan|saran|masukan|saran masukan|usulan warga|kritik saran"),
    (
        Classification.INFORMATION,
        "permintaan informasi|informasi|info|tanya|pertanyaan|permohonan informasi|permintaan info|konsultasi",
    ),
)
_CHANNELS = (
    (
        Channel.IN_PERSON,
        "tatap muka|lisan|langsung|datang langsung|datang|secara langsung|secara lisan|loket|datang ke kantor|"
        "datang ke kelurahan|menghadap|walk in",
    ),
    (Channel.LETTER, "surat|tertulis|surat masuk|secara tertulis|pos"),
    (Channel.REGISTER_BOOK, "buku register|buku|register|buku pengaduan|buku tamu"),
    (Channel.SUGGESTION_BOX, "kotak saran|kotak pengaduan|kotak aduan|kotak"),
    (
        Channel.PHONE,
        "telepon|telp|telpon|tlp|tlpn|telpn|tel|hp|wa|whatsapp|sms|per telepon|via telepon|via wa|wa sms|telepon wa|"
        "telp wa|chat wa",
    ),
    (Channel.LAPOR, "lapor|sp4n lapor|sp4n|aplikasi lapor|via lapor"),
    (Channel.CALL_CENTER, "call center|call centre|callcenter|112|pusat panggilan|cc"),
    (Channel.OTHER, "lainnya|lain|lain lain|dll|medsos|media sosial|instagram|ig|facebook|fb|email|surel|media"),
)
_SEXES = (
    ("L", "l|lk|lki|laki|laki laki|lelaki|pria|cowok|m"),
    ("P", "p|pr|prp|perempuan|wanita|cewek|f|w"),
)


def read_classification(text: str) -> Classification | None:
    """The classification that a word or code stands for, or None."""
    return _find(text, _CLASSIFICATIONS)


def read_channel(text: str) -> Channel | None:
    """The channel that a word or code stands for (lisan, telp, WA, kotak saran …), or None."""
    return _find(text, _CHANNELS)


def read_priority(text: str) -> Priority | None:
    """The priority that a word or code stands for, or None."""
    return _find(text, ((Priority.NORMAL, "biasa|normal|sedang"), (Priority.URGENT, "mendesak|segera|urgen|penting")))


def read_sex(text: str) -> str | None:
    """Give "L" or "P" for a word or letter, "" for nothing or a dash, None for anything else."""
    if not text.strip(" -."):
        return ""
    return _find(text, _SEXES)


def read_status(text: str) -> Status | None:
    """The status that an Indonesian word or a code stands for, or None."""
    key = " ".join(fold_words(text))
    for status, word in STATUS_WORDS.items():
        if key in {word.lower(), " ".join(fold_words(status))}:
            return status
    return None


def _find(text: str, table: tuple[tuple[_Code, str], ...]) -> _Code | None:
    key = " ".join(fold_words(text))
    return next((code for code, words in table if key in words.split("|")), None) if key else None
