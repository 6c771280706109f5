"""Two texts word by word: nothing of either is lost, and what is marked is what differs."""

from hypothesis import given
from hypothesis import strategies as st

from ui.conflict.diff import as_one, compare, without

WORDS = st.sampled_from(["lampu", "padam", "di", "muka", "langgar,", "Gg.\n", "12"])
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)


def marked(first: str, other: str) -> tuple[list[str], list[str]]:
    compared = compare(first, other)
    gone = [piece.text.strip() for piece in without(first, [compared]) if piece.differs]
    return gone, [piece.text.strip() for piece in compared.pieces if piece.differs]


def test_words_that_were_put_in_the_place_of_others() -> None:
    before = "Gg. Karya Baru, di muka langgar, tiang ketiga dari jalan besar"
    after = "Gg. Karya Baru, di muka Langgar Al-Jihad, tiang ketiga dan keempat dari jalan besar"
    assert marked(before, after) == (["langgar,"], ["Langgar Al-Jihad,", "dan keempat"])


def test_words_that_are_only_gone_or_only_new() -> None:
    assert marked("satu dua tiga", "satu tiga") == (["dua"], [])
    assert marked("satu tiga", "satu dua tiga") == ([], ["dua"])
    assert marked("", "baru sama sekali") == ([], ["baru sama sekali"])
    assert marked("semua hilang", "") == (["semua hilang"], [])


def test_a_word_is_struck_if_any_side_has_not_got_it() -> None:
    before = "satu dua tiga"
    others = [compare(before, "satu tiga"), compare(before, "satu dua")]
    assert [(piece.text, piece.differs) for piece in without(before, others)] == [("satu", False), (" dua tiga", True)]


@given(first=TEXTS, other=TEXTS)
def test_the_pieces_are_the_text(first: str, other: str) -> None:
    compared = compare(first, other)
    assert "".join(piece.text for piece in compared.pieces) == other.rstrip()
    assert "".join(piece.text for piece in without(first, [compared])) == first.rstrip()
    same = [word for piece in compared.pieces if not piece.differs for word in piece.text.split()]
    kept = [word for piece in without(first, [compared]) if not piece.differs for word in piece.text.split()]
    assert same == kept
    assert (compared.new == 0 and not compared.gone) == (first.split() == other.split())


def test_a_long_statement_is_compared_whole() -> None:
    words = [f"kata{at % 97}" for at in range(3_000)]
    other = [*words[:700], "baru", *words[701:2_400], *words[2_410:]]
    gone, new = marked(" ".join(words), " ".join(other))
    assert new == ["baru"]
    assert sum(len(text.split()) for text in gone) == 11


def test_a_chosen_value_differs_as_a_whole() -> None:
    assert not as_one("Terverifikasi", "Terverifikasi").new
    assert [piece.differs for piece in as_one("Terverifikasi", "Menunggu pelapor").pieces] == [True]
    assert as_one("Terverifikasi", "").pieces == ()
