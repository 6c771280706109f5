"""Two complaints resemble each other by the words they share, tolerant of spelling."""

from hypothesis import given
from hypothesis import strategies as st

from ui.intake.likeness import Likeness, compare


def test_the_same_title_in_another_spelling_is_very_alike() -> None:
    found = compare("lampu jln padam di gang karya baru rt.012", "Lampu jalan padam di Gg. Karya Baru RT 12")
    assert found is not None
    assert found.likeness is Likeness.VERY


def test_a_few_shared_words_are_rather_alike_and_are_marked() -> None:
    found = compare("Lampu jalan padam di Gg. Karya Baru", "Tiga lampu mati di Gg. Karya Baru ujung")
    assert found is not None
    assert found.likeness is Likeness.RATHER
    assert [text for text, shared in found.pieces if shared] == ["lampu", "Gg.", "Karya", "Baru"]


def test_one_common_word_is_not_worth_a_hint() -> None:
    assert compare("Sampah menumpuk di pasar", "Sampah hanyut menutup saluran depan sekolah") is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_pieces_are_the_title(typed: str, title: str) -> None:
    found = compare(typed, title)
    if found is not None:
        assert "".join(text for text, _shared in found.pieces) == title
