"""English: a catalogue that knows every text of the source, and sentences of the floors below said in it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.nik import check_nik
from kelurahan_client.domain.roles import ROLE_DUTIES, ROLE_WORDS
from kelurahan_client.domain.status import steps_from
from kelurahan_client.domain.words import CHANNEL_WORDS, CLASSIFICATION_WORDS, PRIORITY_WORDS, STATUS_WORDS
from kelurahan_client.errors import LaporError, UnreadableFile
from tools import translation
from ui.figures import number, size
from ui.language import Language, said, sentences, speak
from ui.sentences import Sentences
from ui.window_memory import WindowFile
from ui.wording import clock, day_date, moment, short_date


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    translator = speak(qapp, Language.ENGLISH)
    yield
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def test_the_catalogue_knows_every_text_of_the_source_and_no_other() -> None:
    for part, difference in translation.differences().items():
        assert not difference, f"{part}: {difference}"


def test_mnemonics_stay_with_their_text() -> None:
    for part in translation.catalogue().values():
        assert [one for one, other in part.items() if one.count("&") != other.count("&")] == []


def test_the_closed_vocabularies_are_all_known() -> None:
    known = translation.catalogue()["sentences"]
    words = [STATUS_WORDS, CLASSIFICATION_WORDS, CHANNEL_WORDS, PRIORITY_WORDS, ROLE_WORDS, ROLE_DUTIES]
    wanted = {word for table in words for word in table.values()}
    wanted |= {step.label_id for status in Status for step in steps_from(status)}
    assert wanted - known.keys() == set()


def test_the_titles_of_all_errors_are_known() -> None:
    def tree(kind: type[LaporError]) -> Iterator[type[LaporError]]:
        yield kind
        for child in kind.__subclasses__():
            yield from tree(child)

    known = translation.catalogue()["sentences"]
    assert {kind.title for kind in tree(LaporError)} - known.keys() == set()
    assert {kind.way_out for kind in tree(LaporError) if kind.way_out} - known.keys() == set()


@pytest.mark.usefixtures("english")
def test_dates_numbers_and_hours_are_written_as_in_english() -> None:
    at = datetime(2026, 8, 3, 2, 32, tzinfo=UTC)
    assert day_date(date(2026, 8, 3)) == "Monday, 3 August 2026"
    assert short_date(date(2025, 12, 6), date(2026, 8, 3)) == "6 Dec 2025"
    assert clock(at) == "10:32"
    assert moment(at) == "3 August 2026, 10:32 WITA"
    assert number(1284) == "1,284"
    assert number(-1284) == "-1,284"
    assert size(1_363_149) == "1.3 MB"
    assert size(20 * 1024**3) == "20.0 GB"


@pytest.mark.usefixtures("english")
def test_an_error_of_the_floors_below_is_said_in_english_with_its_file() -> None:
    error = UnreadableFile("Berkas dan lain-lain.txt bukan lembar kerja.", way_out="Pilih berkas yang lain.")
    assert sentences(error) == "File dan lain-lain.txt is not a spreadsheet. Choose another file."
    found = check_nik("6371010203", today=date(2026, 8, 3), known_regions=frozenset())
    assert said(" ".join(found.errors)) == "A NIK has 16 digits, this one 10. Compare with the KTP."


@pytest.mark.usefixtures("english")
def test_qts_own_words_are_english(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Cancel"


def test_in_indonesian_everything_stays_as_it_is_written(qapp: QApplication) -> None:
    assert said("Berkas a.txt kosong.") == "Berkas a.txt kosong."
    assert QCoreApplication.translate("Any", "Simpan") == "Simpan"


def test_the_language_is_kept_between_starts(tmp_path: Path) -> None:
    file = WindowFile(tmp_path / "window.ini")
    assert file.language() is Language.INDONESIAN
    file.keep_language(Language.ENGLISH)
    assert WindowFile(tmp_path / "window.ini").language() is Language.ENGLISH
    (tmp_path / "other.ini").write_text("[look]\nlanguage=fr\n", encoding="utf-8")
    assert WindowFile(tmp_path / "other.ini").language() is Language.INDONESIAN


@pytest.mark.parametrize(
    ("indonesian", "english"),
    [
        ("Disk penuh.", "Disk full."),  # exact
        ("Berkas a.b. c.txt kosong.", "File a.b. c.txt is empty."),  # a place may hold what looks like an end
        ("Disk penuh. Berkas x kosong. Lain sekali.", "Disk full. File x is empty. Lain sekali."),  # the rest stays
        ("Tunggu 3 menit.", "Wait 3 min."),  # a place may hold a sentence of its own
        ("Diterima 3 Agustus 2026, 10.32 WITA, Siti", "Diterima 3 August 2026, 10:32 WITA, Siti"),
        ("1.284,5 (Des 2025)", "1,284.5 (Dec 2025)"),
        ("Agustus 2026", "August 2026"),
        ("Di atasnya 31 Agustus.", "Di atasnya 31 August."),
        ("31/4 salah.", "31/4 is wrong."),  # one sentence of an entry with two, shown by itself
        ("Tulis 30/4 atau 1/5?", "Is it 30/4 or 1/5?"),
        ("Hanya untuk lurah, verifikator, atau admin loket.", "Only for lurah, verifier, or desk admin."),
        ("Hanya untuk lurah atau Siti.", "Only for lurah atau Siti."),  # a name is no word of ours
        ("Siti {0} Rahmah", "Siti {0} Rahmah"),
        ("", ""),
    ],
)
def test_sentences_are_read_back_by_their_pattern(indonesian: str, english: str) -> None:
    catalogue = {
        "Disk penuh.": "Disk full.",
        "Berkas {0} kosong.": "File {0} is empty.",
        "Tunggu {0}.": "Wait {0}.",
        "{0} menit": "{0} min",
        "Agustus": "August",
        "{0}/{1} salah. Tulis {2}/{3} atau {4}/{5}?": "{0}/{1} is wrong. Is it {2}/{3} or {4}/{5}?",
        "Hanya untuk {0}.": "Only for {0}.",
        "Lurah": "Lurah",
        "Verifikator": "Verifier",
        "Admin loket": "Desk admin",
        ", atau ": ", or ",
        " atau ": " or ",
        "Des": "Dec",
    }
    assert Sentences(catalogue).say(indonesian) == english
