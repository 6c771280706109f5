import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.phone import looks_like_nik, mask_phone, read_phone


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("081351140926", "+6281351140926"),
        ("0813 5114-0926", "+6281351140926"),
        ("0813.5114.0926", "+6281351140926"),
        ("0062 813 5114 0926", "+6281351140926"),
        ("62813-5114-0926", "+6281351140926"),
        ("+62 (0)813 5114 0926", "+6281351140926"),
        ("8964062904", "+628964062904"),
        ("81351140926.0", "+6281351140926"),
        ("HP: 0812 5114 4471", "+6281251144471"),
        ("0812 5114 4471 (anak)", "+6281251144471"),
        ("0511-3301234", "+625113301234"),
        ("0511/330123", "+62511330123"),
        ("021 5551234", "+62215551234"),
        ("+60 12 345 6789", "+60123456789"),
    ],
)
def test_numbers_become_international(typed: str, e164: str) -> None:
    reading = read_phone(typed)
    assert (reading.written, reading.e164, reading.problem) == (typed, e164, "")


@pytest.mark.parametrize("typed", ["", "-", " -- ", "tidak ada", "Tidak  Ada"])
def test_words_for_nothing_are_nothing(typed: str) -> None:
    assert read_phone(typed).written == ""
    assert read_phone(typed).problem == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("112", "112 nomor layanan, bukan nomor pelapor. Kosongkan bila tidak ada."),
        ("110", "110 nomor layanan, bukan nomor pelapor. Kosongkan bila tidak ada."),
        ("3301234", "Tanpa kode daerah. Untuk telepon rumah di Banjarmasin tulis 0511 di depannya."),
        ("08135114", "Nomor HP kurang 2 angka."),
        ("08135114092612", "Nomor HP kelebihan 1 angka."),
        ("6371045708900003", "Ini tampaknya NIK, bukan nomor HP. Pindahkan ke kolom NIK."),
        ("8.12E+10", "Nomor HP dibulatkan oleh lembar kerja. Salin lagi dari buku."),
        ("0812x511x4471", "Ada huruf di tengah nomor HP. Tulis angka saja."),
        ("Gg. Mufakat", "Bukan nomor HP. Tulis angka saja, seperti 081251234567."),
        ("x" * 1_000_000, "Bukan nomor HP. Tulis angka saja, seperti 081251234567."),
    ],
)
def test_doubts_are_sentences_and_nothing_is_invented(typed: str, sentence: str) -> None:
    reading = read_phone(typed)
    assert (reading.e164, reading.problem) == ("", sentence)
    assert reading.written == typed


def test_of_two_numbers_the_first_counts_with_a_word_about_it() -> None:
    reading = read_phone("081351140926 / 085212345678")
    assert reading.e164 == "+6281351140926"
    assert "lebih dari satu nomor" in reading.problem
    assert reading.written == "081351140926 / 085212345678"


@given(st.from_regex(r"8[1-9][0-9]{7,9}", fullmatch=True), st.sampled_from(["0", "62", "+62", "0062", "+62 0", ""]))
def test_every_prefix_of_a_mobile_number_means_the_same(subscriber: str, prefix: str) -> None:
    assert read_phone(prefix + subscriber).e164 == "+62" + subscriber


@given(st.text(max_size=150))
def test_any_text_is_read_and_masked_without_a_fault(text: str) -> None:
    reading = read_phone(text)
    assert reading.e164 == "" or reading.e164[1:].isdigit()
    assert len([sign for sign in mask_phone(text) if sign.isdigit()]) <= 8


def test_masks() -> None:
    assert mask_phone("081351140926") == "0813••••0926"
    assert mask_phone("0813 5114 0926") == "0813••••0926"
    assert mask_phone("") == mask_phone("-") == ""
    assert "4471" not in mask_phone("447123")


def test_nik_shape() -> None:
    assert looks_like_nik("6371 0457 0890 0003")
    assert looks_like_nik("6371045708900003.0")
    assert not looks_like_nik("081351140926")
