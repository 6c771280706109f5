"""Made-up complaints of a kelurahan, for the demo, the screens and the measurements. All names are invented."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from kelurahan_client.domain.complaint import Channel, Intake
from kelurahan_client.domain.fields import flat
from kelurahan_client.services.demo import LETTER, OFFICE, OFFICER, PEOPLE, sample_complaints

__all__ = ["LETTER", "OFFICE", "OFFICER", "clock_at", "json_fields", "many_intakes", "sample_complaints"]

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
        name, _, _, _, _ = chance.choice(PEOPLE)
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
