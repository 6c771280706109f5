"""Made-up complaints of a kelurahan, for the demo, the screens and the measurements. All names are invented."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from kelurahan_client.domain.complaint import Channel, Classification, Complaint, Intake, Priority, Status
from kelurahan_client.domain.fields import flat
from kelurahan_client.services import handling, intake
from kelurahan_client.services.desk import Desk

OFFICE = "63.71.04.1003"
LETTER = "A"
OFFICER = "Norhasanah"

# days ago, title, category, agency, location, the steps that it has taken
_CASES: tuple[tuple[int, str, str, str, str, str], ...] = (
    (25, "Titian Gg. Rahmat patah, dua papan hilang", "JEMBATAN", "PUPR", "Gg. Rahmat", "verified referred"),
    (21, "Drainase Jl. Tembus Perumnas tersumbat", "DRAINASE", "PUPR", "Jl. Tembus Perumnas", "verified referred"),
    (19, "Sampah menumpuk di TPS Jl. HKSN", "SAMPAH", "DLH", "TPS Jl. HKSN", "verified referred"),
    (18, "Lapak menutup trotoar depan SDN Alalak Selatan 1", "PKL", "SATPOLPP", "Depan sekolah", "verified referred"),
    (16, "Pohon miring di tepi Sungai Alalak", "POHON_TAMAN", "DLH", "Tepi sungai", "verified referred"),
    (13, "Lampu jalan padam di Gg. Karya Baru RT 12", "PJU", "DISHUB", "Muka Langgar Al-Jihad", "verified referred"),
    (12, "Juru parkir pasar subuh minta Rp5.000", "PARKIR", "DISHUB", "Pasar subuh", "verified"),
    (11, "Air pasang menggenangi Gg. Pancasila", "BANJIR", "PUPR", "Gg. Pancasila", "verified in_progress"),
    (10, "Pipa bocor di simpang Gg. Damai", "AIR_MINUM", "PTAM", "Simpang Gg. Damai", "verified referred resolved"),
    (7, "Kabel internet menjuntai di muka pasar", "INTERNET", "DISKOMINFOTIK", "Muka pasar", "on_hold"),
    (5, "Minta jadwal pengangkutan sampah", "INFO_PUBLIK", "DLH", "", "verified in_progress resolved closed"),
    (4, "Mohon fogging, tiga anak kena DBD di RT 07", "KESEHATAN", "DINKES", "RT 07", ""),
    (3, "Ilung menutup anak sungai di RT 03", "SUNGAI", "PUPR", "Anak sungai RT 03", ""),
    (2, "KTP-el rusak, blangko belum ada", "ADMINDUK", "DISDUKCAPIL", "", ""),
    (1, "Data bansos tidak muncul di aplikasi", "SOSIAL", "DINSOS", "", ""),
    (0, "Bau limbah dari bengkel di Gg. Damai", "PENCEMARAN", "DLH", "Gg. Damai", ""),
    (0, "Balapan liar tiap malam minggu di Jl. HKSN", "KETERTIBAN", "SATPOLPP", "Jl. HKSN", ""),
)
_PEOPLE = (
    ("Siti Rahmah", "0812 5114 4471", "Jl. Alalak Selatan, Gg. Karya Baru", "012", "003"),
    ("Rusdiansyah", "0813 4420 0926", "Gg. Pancasila No. 8", "003", "001"),
    ("Hj. Mariani", "0852 4901 7730", "Jl. HKSN No. 41", "007", "002"),
    ("M. Fadillah", "0896 1123 5508", "Gg. Damai No. 12", "015", "004"),
    ("Norliani", "", "Jl. Tembus Perumnas No. 77", "021", "002"),
)
_NOTES = {
    "referred": "Mohon ditangani, sudah ditinjau Ketua RT.",
    "resolved": "Sudah diperbaiki, foto menyusul.",
    "closed": "Pelapor sudah puas.",
    "on_hold": "Pelapor diminta menyebut tiang yang mana.",
}


def sample_complaints(at: Callable[[timedelta], Desk]) -> Iterator[Complaint]:
    """Register the cases above and take each as far as it says.

    `at(age)` gives the same desk with its clock set back by `age`, so that everything was written on its own day.
    """
    for number, (days, title, category, agency, location, steps) in enumerate(_CASES):
        then = at(timedelta(days=days, minutes=7 * number))
        complaint = intake.register(then, _intake(then.today(), number, title, category, agency, location)).complaint
        for step, name in enumerate(steps.split(), start=1):
            later = at(max(timedelta(), timedelta(days=days - 2 * step)))
            chosen = agency if name == "referred" else ""
            complaint = handling.transition(later, complaint.id, Status(name), _NOTES.get(name, ""), chosen)
        yield complaint


def _intake(today: date, number: int, title: str, category: str, agency: str, location: str) -> Intake:
    name, phone, address, rt, rw = _PEOPLE[number % len(_PEOPLE)]
    return Intake(
        classification=Classification.INFORMATION if category == "INFO_PUBLIK" else Classification.COMPLAINT,
        channel=(Channel.IN_PERSON, Channel.IN_PERSON, Channel.PHONE, Channel.LETTER)[number % 4],
        received_date=today,
        event_date=today,
        reporter_name="" if number % 7 == 6 else name,
        reporter_phone=phone,
        reporter_address=address,
        rt=rt,
        rw=rw,
        anonymous=number % 7 == 6,
        confidential=number % 5 == 4,
        title=title,
        statement=f"{title}. Sudah beberapa hari, warga sekitar terganggu; mohon segera ditinjau oleh dinas terkait.",
        category=category,
        agency=agency,
        location=location,
        priority=Priority.URGENT if number == 11 else Priority.NORMAL,
    )


_PLACES = (
    "Jl. HKSN|Gg. Rahmat|Jl. Alalak Selatan|Gg. Damai|Jl. Sultan Adam|Gg. Karya Baru|Jl. Veteran|Gg. Sepakat|"
    "Jl. Kuin Utara|Gg. Mufakat|Jl. Perdagangan|Komp. Bumi Graha"
).split("|")
_SUBJECTS = (
    "Jalan berlubang di {}, sudah dua kali ada pengendara jatuh terutama malam hari.|"
    "Sampah menumpuk di TPS {}, sudah empat hari tidak diangkut, bau sampai ke rumah.|"
    "Lampu PJU padam sejak minggu lalu di depan mushola {}, gelap dan rawan.|"
    "Got mampet di {}, tiap hujan air naik ke halaman warga.|"
    "Titian kayu di {} lapuk, anak sekolah lewat tiap pagi.|"
    "Air leding tidak mengalir tiga hari di {}.|"
    "Banyu calap sampai mata kaki di {} bila pasang, minta siring ditinggikan."
).split("|")
_AGENCIES = ("PUPR", "DLH", "DISHUB", "PUPR", "PUPR", "PTAM", "PUPR")
_CATEGORIES = ("JALAN_RUSAK", "SAMPAH", "PJU", "DRAINASE", "JEMBATAN", "AIR_MINUM", "BANJIR")
_TELLING = (
    "Ketua RT sudah pernah melapor lewat telepon tetapi belum ada petugas yang datang meninjau. "
    "Warga sudah bergotong royong seadanya dengan alat sendiri, hasilnya tidak bertahan lama. "
    "Kalau malam banyak yang lewat karena ini jalan pintas ke pasar dan ke langgar. "
    "Anak-anak yang berangkat mengaji terpaksa memutar jauh, orang tua mereka khawatir. "
    "Mohon dinas terkait memasang tanda peringatan dahulu sambil menunggu perbaikan. "
    "Pelapor bersedia mengantar petugas ke lokasi setiap hari kerja sesudah pukul dua siang. "
).split(". ")


def many_intakes(count: int, today: date, *, seed: int = 1, words: int = 6) -> Iterator[Intake]:
    """`count` intakes that differ as real ones do; `words` sentences each beyond the first (6 make 1.1 KB of JSON)."""
    chance = random.Random(seed)  # noqa: S311  # sample data, not secrets
    for number in range(count):
        kind = chance.randrange(len(_SUBJECTS))
        place = f"{chance.choice(_PLACES)} No. {chance.randrange(1, 120)}"
        name, _, _, _, _ = chance.choice(_PEOPLE)
        telling = ". ".join(chance.sample(_TELLING[:-1], min(words, len(_TELLING) - 1)))
        yield Intake(
            channel=chance.choice(list(Channel)),
            received_date=today - timedelta(days=chance.randrange(0, 700)),
            reporter_name=f"{name} {chance.choice('ABCDEFGHIJKLMN')}. {number}",
            reporter_phone=f"08{chance.randrange(10**9, 10**10)}",
            reporter_address=place,
            rt=f"{chance.randrange(1, 40):03d}",
            rw=f"{chance.randrange(1, 6):03d}",
            anonymous=False,
            confidential=False,
            title=_SUBJECTS[kind].format(place).split(",")[0],
            statement=f"{_SUBJECTS[kind].format(place)} {telling}.".strip(),
            category=_CATEGORIES[kind],
            agency=_AGENCIES[kind],
            location=place,
        )


def json_fields(item: Intake) -> dict[str, object]:
    """One intake as `add` takes it."""
    return {name: value for name, value in flat(item).items() if name != "warnings" and value not in ("", None)}


def clock_at(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: moment
