import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.text import clean_line, clean_text, fold_words, search_words, title_from

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=200)


def test_clean_line() -> None:
    assert clean_line("  Jl.\tVeteran \n No.\u00a05 ") == ("Jl. Veteran No. 5", ())
    assert clean_line("cafe\u0301") == ("café", ())


def test_clean_text_keeps_lines() -> None:
    assert clean_text("satu \r\n\r\n\r\n\r\n dua\rtiga\n") == ("satu\n\ndua\ntiga", ())


@pytest.mark.parametrize(
    ("dirty", "word"),
    [
        ("a\x00b", "kendali"),
        ("a\ud800b", "kendali"),
        ("a\u202eb", "arah tulisan"),
        ("a\u2067b", "arah tulisan"),
        ("a\u200eb", "arah tulisan"),
        ("a\u200bb", "tanpa lebar"),
        ("\ufeffab", "tanpa lebar"),
    ],
)
def test_what_is_taken_out_is_told(dirty: str, word: str) -> None:
    for clean in (clean_line, clean_text):
        text, problems = clean(dirty)
        assert text == "ab"
        assert len(problems) == 1
        assert word in problems[0]


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for clean in (clean_line, clean_text):
        once = clean(text).text
        assert clean(once) == (once, ())
        assert unicodedata.is_normalized("NFC", once)
        once.encode()  # fit for the database and the wire
        assert not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in once.replace("\n", ""))
    assert "\n" not in clean_line(text).text


@given(st.text(st.sampled_from("abcXYZ 0189.,-é"), max_size=60))
def test_cleaning_keeps_what_is_visible(text: str) -> None:
    assert clean_text(text).text == " ".join(text.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jl. Veteran", "jalan veteran"),
        ("Jln Veteran", "JL VETERAN"),
        ("Gg.Sepakat", "gang sepakat"),
        ("Komp. Bumi Graha", "kompleks bumi graha"),
        ("Komplek Bumi", "komp bumi"),
        ("Sei Miai", "Sungai Miai"),
        ("mesjid raya", "Masjid Raya"),
        ("RT 012", "rt.12"),
        ("RT.012/RW.002", "rt 12 rw 2"),
        ("RT/RW 12/3", "rt12 rw3"),
        ("No. 5", "nomor 5"),
        ("Kel. Mawar", "kelurahan mawar"),
        ("Kec Utara", "kecamatan utara"),
        ("kafé", "KAFE"),
        ("Jum'at", "jumat"),
        ("Musholla Al-Jihad", "mushola al jihad"),
        ("HP", "handphone"),
        ("telp", "telepon"),
    ],
)
def test_spellings_that_find_each_other(one: str, other: str) -> None:
    assert search_words(one) == search_words(other) != []


def test_neighbourhood_numbers_are_words_of_their_own() -> None:
    assert search_words("lampu RT 012/RW 002 mati") == ["lampu", "rt12", "rw2", "mati"]
    assert search_words("rt 0 rt") == ["rt", "0", "rt"]
    assert search_words("RT/RW") == ["rt", "rw"]
    assert search_words("RT. / RW. 3, rt rw 004 - 5") == ["rt", "rw3", "rt4", "rw5"]
    assert search_words("rt1000 art 5 rt 7a kafé RT.7") == ["rt1000", "art", "5", "rt", "7a", "kafe", "rt7"]


@given(st.lists(st.sampled_from("jl. Gg RT rw 012 3 0 Sei banjir MESJID No kafé / , -".split()), max_size=12))
def test_folding_is_stable_and_blind_to_case(parts: list[str]) -> None:
    words = search_words(" ".join(parts))
    assert search_words(" ".join(words)) == words
    assert search_words(" ".join(parts).upper()) == words
    assert search_words(unicodedata.normalize("NFD", " ".join(parts))) == words


@given(ANY_TEXT)
def test_any_text_can_be_folded(text: str) -> None:
    assert all(word and not any(sign.isspace() for sign in word) for word in fold_words(text))


@pytest.mark.parametrize(
    ("statement", "title"),
    [
        ("Air mati.", "Air mati"),
        ("Lampu padam di Jl. Veteran No. 5. Sudah lama.", "Lampu padam di Jl. Veteran No. 5"),
        ("Got mampet di Jl. A. Yani km. 4. Bau.", "Got mampet di Jl. A. Yani km. 4"),
        ("Banjir! Tolong", "Banjir!"),
        ("Baris satu\nbaris dua", "Baris satu"),
        ("", ""),
    ],
)
def test_a_title_is_the_first_sentence(statement: str, title: str) -> None:
    assert title_from(statement) == title


def test_a_long_title_is_cut_at_a_word() -> None:
    title = title_from("kata " * 40)
    assert title == "kata " * 15 + "kata…"
    assert title_from("x" * 200) == "x" * 79 + "…"


@given(st.text(max_size=400))
def test_a_title_fits(statement: str) -> None:
    title = title_from(statement)
    assert len(title) <= 80
    assert "\n" not in title


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_plain_letters_are_folded_like_all_others(text: str) -> None:
    """A sign outside ASCII sends a text the slow way, which must find the same words before it."""
    assert fold_words(text) == fold_words(f"{text} \u00e9")[:-1]
