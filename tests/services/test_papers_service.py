"""Receipts and letters: what they say, what they keep to themselves, and that a text stays a text."""

import re
from collections.abc import Callable
from html import unescape

import pytest

import resources
from kelurahan_client.domain.complaint import Complaint, Status
from kelurahan_client.domain.reference_number import parse
from kelurahan_client.errors import FieldErrors, InputError, NotFound
from kelurahan_client.services import desk as desks
from kelurahan_client.services import handling, letterhead, letters, receipts
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from kelurahan_client.services.templates import Html, fill, markup
from tests.desk_making import FakeClock, an_intake, register

NAME = "Siti Rahmah Nurhasanah"
PRIVATE = {
    "reporter_name": NAME,
    "reporter_phone": "0812 5114 4471",
    "reporter_nik": "6371036008900003",
    "reporter_address": "Jl. Alalak Selatan, Gg. Karya Baru",
    "rt": "012",
    "rw": "003",
    "title": f"Lampu padam di muka rumah {NAME}",
    "statement": f"Ulun {NAME.upper()}, HP 081251144471, NIK 637103 600890 0003. Lampu padam sudah seminggu.",
    "agency": "DISHUB",
    "category": "PJU",
}
Make = Callable[[Desk, Complaint], Paper]
MAKERS: dict[str, Make] = {
    **{
        f"receipt {size}": lambda desk, complaint, size=size: receipts.receipt(desk, complaint.id, size)  # type: ignore[misc]
        for size in receipts.SIZES
    },
    "referral": lambda desk, complaint: letters.referral(desk, complaint.id),
    "reply": lambda desk, complaint: letters.reply(desk, complaint.id, f"Yth. {NAME}, lampu sudah diganti."),
}


def words(paper: Paper) -> str:
    """The text of a document, spaces made one."""
    body = paper.html.split("<body>", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_every_paper_carries_the_office_the_number_and_its_code(desk: Desk, make: Make) -> None:
    complaint = register(desk, **PRIVATE)
    paper = make(desk, complaint)
    said = words(paper)
    assert "PEMERINTAH KOTA BANJARMASIN" in said
    assert "ALALAK SELATAN" in said.upper()
    assert "BANJARMASIN UTARA" in said.upper()
    assert complaint.reference in said
    assert parse(complaint.reference) is not None
    assert paper.subject == complaint.id
    assert complaint.reference in paper.title
    assert paper.file_name.endswith(".pdf")
    assert paper.images["qr.png"].startswith(b"\x89PNG")
    assert "$" not in paper.html


@pytest.mark.parametrize("choice", ["anonymous", "confidential"])
@pytest.mark.parametrize("answer", [True, None])
@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_who_asked_to_stay_hidden_or_was_not_asked_is_on_no_paper(
    desk: Desk, make: Make, choice: str, answer: bool | None
) -> None:
    complaint = register(desk, **PRIVATE | {"channel": "buku_register"} | {choice: answer})
    html = make(desk, complaint).html
    said = words(make(desk, complaint)).lower()
    for secret in (NAME, "Nurhasanah", "4471", "0003", "Gg. Karya Baru", "12/3"):
        assert secret.lower() not in said
        assert secret.lower() not in html.lower().split("<body>")[1]
    assert "lampu" in said or choice == "confidential"


@pytest.mark.parametrize("size", receipts.SIZES)
def test_what_is_confidential_does_not_go_home_in_a_pocket(desk: Desk, size: PaperSize) -> None:
    said = words(receipts.receipt(desk, register(desk, **PRIVATE | {"confidential": True}).id, size))
    assert "dirahasiakan" in said
    assert "lampu" not in said.lower()


def test_the_agency_gets_the_content_that_the_public_may_not_see(desk: Desk) -> None:
    said = words(letters.referral(desk, register(desk, **PRIVATE | {"confidential": True}).id))
    assert "RAHASIA" in said
    assert "Lampu padam sudah seminggu." in said


@pytest.mark.parametrize("size", receipts.SIZES)
def test_the_receipt_says_what_is_promised(desk: Desk, size: PaperSize) -> None:
    desks.set_officer(desk, "Norhasanah")
    complaint = register(desk, **PRIVATE)
    said = words(receipts.receipt(desk, complaint.id, size))
    for promised in (
        complaint.reference,
        f"Tanda terakhir, {complaint.reference[-1]} ,",
        "3 Agustus 2026, 10.32 WITA",
        NAME,
        "Lampu jalan (PJU) padam",
        "Verifikasi paling lambat Kamis, 6 Agustus 2026",
        "Jawaban paling lambat Senin, 24 Agustus 2026",
        "sebut nomor di atas di loket Kelurahan Alalak Selatan",
        "Pelapor Petugas",
        "( Norhasanah )",
    ):
        assert promised in said


def test_a_receipt_of_yesterday_tells_both_days(desk: Desk, clock: FakeClock) -> None:
    clock.move(days=1)
    said = words(receipts.receipt(desk, register(desk).id))
    assert "3 Agustus 2026 (dicatat 4 Agustus 2026, 10.32 WITA)" in said


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_what_a_citizen_writes_is_never_markup(desk: Desk, make: Make) -> None:
    nasty = '<img src="file:///etc/passwd"> & $reference <body> <script>'
    complaint = register(
        desk, reporter_name="<b>Siti</b>", title=nasty, statement=nasty, agency="DISHUB", location=nasty
    )
    paper = make(desk, complaint)
    assert paper.html.count("<body>") == 1
    assert "<script" not in paper.html
    assert 'src="file' not in paper.html
    assert "<b>Siti" not in paper.html
    assert nasty in unescape(paper.html)


def test_the_referral_is_dated_and_noted_as_it_was_made(desk: Desk, clock: FakeClock) -> None:
    complaint = register(desk, **PRIVATE)
    handling.transition(desk, complaint.id, Status.VERIFIED)
    clock.move(days=1)
    handling.transition(desk, complaint.id, Status.REFERRED, "Mohon dicek tiang ketiga.", "DISHUB")
    clock.move(days=6)
    paper = letters.referral(desk, complaint.id)
    said = words(paper)
    assert "Banjarmasin, 4 Agustus 2026" in said
    assert "Kepala Dinas Perhubungan" in said
    assert "Mohon dicek tiang ketiga." in said
    assert "paling lambat Senin, 24 Agustus 2026" in said
    assert "RT/RW 12/3" in said
    for kept in ("4471", "0812", "637103"):
        assert kept not in said.replace(PRIVATE["statement"], "")
    assert paper.title == f"Surat disposisi {complaint.reference} kepada Dishub"
    assert paper.kind is PaperKind.REFERRAL


def test_a_referral_without_an_agency_says_what_is_missing(desk: Desk) -> None:
    complaint = register(desk)
    with pytest.raises(FieldErrors) as caught:
        letters.referral(desk, complaint.id)
    assert "SKPD" in caught.value.fields["agency"]


@pytest.mark.parametrize("agency", ["KEC_UTARA", "PLN", "SATPOLPP"])
def test_every_kind_of_agency_is_addressed(desk: Desk, agency: str) -> None:
    said = words(letters.referral(desk, register(desk, agency=agency).id))
    wanted = {
        "KEC_UTARA": "Camat Banjarmasin Utara",
        "PLN": "Pimpinan PT PLN (Persero)",
        "SATPOLPP": "Kepala Satuan Polisi Pamong Praja",
    }
    assert wanted[agency] in said


def test_a_reply_needs_words_and_tells_how_it_stands(desk: Desk) -> None:
    complaint = register(desk, **PRIVATE)
    for empty in ("", " \n "):
        with pytest.raises(InputError):
            letters.reply(desk, complaint.id, empty)
    with pytest.raises(InputError):
        letters.reply(desk, complaint.id, "a" * 20_001)
    said = words(letters.reply(desk, complaint.id, "Sudah diganti.\nTerima kasih."))
    assert "Sudah diganti. Terima kasih." in said
    assert "surat ini dibuat: Diterima ." in said
    assert f"Kepada Yth. {NAME}" in said
    assert "dibuka kembali" not in said
    for step in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        handling.transition(desk, complaint.id, step, "Lampu diganti.")
    assert "dapat dibuka kembali dalam 10 hari kerja" in words(letters.reply(desk, complaint.id, "Selesai."))


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_of_what_is_not_here_there_is_no_paper(desk: Desk, make: Make) -> None:
    complaint = register(desk)
    missing = Complaint(**{name: getattr(complaint, name) for name in Complaint.__dataclass_fields__} | {"id": "no"})
    with pytest.raises(NotFound):
        make(desk, missing)


def test_the_receipt_of_what_is_being_typed_is_as_discreet_and_has_no_number_yet(desk: Desk) -> None:
    asked = receipts.preview(desk, an_intake(**PRIVATE | {"anonymous": True, "title": "Lampu padam"}))
    assert "Nomor diberikan saat disimpan 0403A-26-•••••-•" in words(asked)
    assert NAME not in words(asked)
    assert "Kategori Lampu jalan (PJU) padam" in words(asked)
    assert asked.subject == ""
    not_asked = receipts.preview(desk, an_intake(**PRIVATE | {"anonymous": None, "confidential": None}))
    assert NAME not in words(not_asked)
    assert "dirahasiakan" in words(not_asked)


def test_every_template_is_shipped_and_wants_all_its_words() -> None:
    names = {path.name for path in resources.path("templates").iterdir()}
    assert {"page.html", "receipt_sheet.html", "receipt_roll.html", "referral.html", "reply.html"} <= names
    with pytest.raises(KeyError):
        fill("statement.html", title="Isi")


def test_text_is_escaped_and_markup_is_not() -> None:
    assert markup("a < b\n& c") == "a &lt; b<br>&amp; c"
    assert markup(Html("<b>a</b>")) == "<b>a</b>"


def test_the_parts_for_other_documents_escape_too(desk: Desk) -> None:
    parts = [
        letterhead.heading("Rekap <harian>"),
        letterhead.paragraph("A & B"),
        letterhead.facts([("Di buku", "14"), ("Kosong", "")]),
        letterhead.table(
            ["No.", "Perihal"], [["1", "<b>Lampu</b>"], ["2", Html("<i>Jalan</i>")]], widths=[10, 90], numbers=[0]
        ),
        letterhead.signatures(letterhead.NOBODY, letterhead.Signer("Lurah", "H. Syahrani, S.AP", "NIP 1")),
    ]
    html = letterhead.page([letterhead.letterhead(letterhead.sender(desk), PaperSize.A4), *parts], PaperSize.A4)
    for written in (
        "Rekap &lt;harian&gt;",
        "A &amp; B",
        "&lt;b&gt;Lampu&lt;/b&gt;",
        "<i>Jalan</i>",
        "KELURAHAN ALALAK SELATAN",
    ):
        assert written in html
    assert "Kosong" not in html
    assert '<td align="right" valign="top" width="10%">1</td>' in html
