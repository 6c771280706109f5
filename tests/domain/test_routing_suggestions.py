import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.routing import Router, suggest

OFFICE = "63.71.04.1003"


def test_the_best_comes_first_and_says_why(reference: ReferenceData) -> None:
    text = (
        "Lampu jalan padam sudah seminggu di muka langgar, malam kadap banar. "
        "Dua orang jatuh karena jalan berlubang dekat tiang listrik."
    )
    found = suggest(text, reference, OFFICE)
    assert [(each.category, each.agency_code) for each in found] == [
        ("PJU", "DISHUB"),
        ("JALAN_RUSAK", "PUPR"),
        ("LISTRIK", "PLN"),
    ]
    assert found[0].because == ("lampu jalan", "padam", "kadap banar")
    assert found[1].because == ("jalan berlubang",)


def test_scores(reference: ReferenceData) -> None:
    router = Router(reference)
    assert router.suggest("titian", OFFICE)[0].score == 1.0
    assert router.suggest("jembatan", OFFICE)[0].score == 1.3
    assert router.suggest("eceng gondok", OFFICE)[0].score == 1.9
    assert router.suggest("titian titian", OFFICE)[0].score == 1.0


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Ratik menumpuk, babau", "SAMPAH"),
        ("calap bila banyu pasang", "BANJIR"),
        ("KTP-el belum jadi", "ADMINDUK"),
        ("got mampet tiap hujan", "DRAINASE"),
        ("AIR LEDING TIDAK MENGALIR", "AIR_MINUM"),
        ("gorong-gorong", "DRAINASE"),
    ],
)
def test_indonesian_and_banjarese(reference: ReferenceData, text: str, category: str) -> None:
    assert suggest(text, reference, OFFICE)[0].category == category


def test_only_whole_words_count(reference: ReferenceData) -> None:
    assert suggest("gotong royong di apillah", reference, OFFICE) == []
    assert suggest("", reference, OFFICE) == []


def test_the_kecamatan_is_that_of_the_location(reference: ReferenceData) -> None:
    for office, agency in ((OFFICE, "KEC_UTARA"), ("63.71.05.1003", "KEC_TENGAH"), ("", "")):
        assert suggest("pemilihan rt", reference, office)[0].agency_code == agency


def test_no_more_than_asked(reference: ReferenceData) -> None:
    text = "banjir sampah parkir pasar listrik"
    assert len(suggest(text, reference, OFFICE)) == 3
    assert len(suggest(text, reference, OFFICE, limit=1)) == 1


@given(data=st.data())
def test_more_words_never_lower_a_score(reference: ReferenceData, data: st.DataObject) -> None:
    keywords = [keyword for category in reference.categories.values() for keyword in category.keywords]
    parts = data.draw(st.lists(st.sampled_from(keywords), min_size=1, max_size=6))
    router = Router(reference)
    before = {each.category: each.score for each in router.suggest(" , ".join(parts[:-1]), OFFICE, limit=99)}
    after = {each.category: each.score for each in router.suggest(" , ".join(parts), OFFICE, limit=99)}
    assert all(after[category] >= score for category, score in before.items())
    assert sorted(after.values(), reverse=True) == list(after.values())
