"""The demo: a desk with made-up complaints, in data of its own that are marked for ever and never sent anywhere."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from kelurahan_client.domain.complaint import Channel, Classification, Complaint, Intake, Priority, Status
from kelurahan_client.errors import InputError, Offline
from kelurahan_client.services import handling, intake
from kelurahan_client.services.desk import Desk, Identity, find_identity, keep_identity, set_officer
from kelurahan_client.store import settings

SERVER = "https://demo.invalid"  # a name that no network knows (RFC 2606), should anything ever ask for it
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
PEOPLE = (
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
    name, phone, address, rt, rw = PEOPLE[number % len(PEOPLE)]
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


def is_demo(desk: Desk) -> bool:
    """Whether these data are a sample."""
    with desk.store.read() as transaction:
        return bool(settings.get(transaction, settings.DEMO))


def refuse_demo(desk: Desk) -> None:
    """Raises Offline where the data are a sample: nothing of them ever leaves this machine."""
    if is_demo(desk):
        raise Offline(
            "Ini mode demo: tidak ada yang dikirim ke server kota.",
            way_out="Untuk bekerja sungguhan, tutup mode demo dan daftarkan loket ini.",
        )


def prepare(desk: Desk) -> None:
    """Make these data a demo, with some weeks of work in it; the second time nothing happens.

    Raises InputError for a desk that is enrolled with a city: real data never become a sample.
    """
    if is_demo(desk):
        return
    if find_identity(desk) is not None:
        raise InputError(
            "Data loket ini bukan data contoh; tidak ada yang diubah.", way_out="Buka Lapor Kelurahan seperti biasa."
        )
    with desk.store.write() as transaction:
        settings.put(transaction, settings.DEMO, True)
    keep_identity(desk, sample_identity(desk), {})
    set_officer(desk, OFFICER)

    def at(age: timedelta) -> Desk:
        return replace(desk, clock=lambda: desk.now() - age)

    for _complaint in sample_complaints(at):
        pass


def sample_identity(desk: Desk) -> Identity:
    """The identity of a desk that no city knows, with keys of its own."""

    def key() -> str:
        return base64.b64encode(desk.random(32)).decode()

    return Identity(
        device=desk.new_id(),
        city="Banjarmasin",
        office=OFFICE,
        office_name="Alalak Selatan",
        district="Banjarmasin Utara",
        desk=LETTER,
        server_url=SERVER,
        server_epoch="",
        server_signing_key=key(),
        server_sealing_key=key(),
        signing_key=key(),
        sealing_key=key(),
        token="demo",  # noqa: S106  # no server is ever asked with it
    )
