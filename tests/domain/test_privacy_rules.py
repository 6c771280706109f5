import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.privacy import hides, mention_warning, names_person


def test_who_was_not_asked_is_not_shown() -> None:
    assert (hides(None), hides(True), hides(False)) == (True, True, False)


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Pak Rahmadi sudah pernah lapor.", ["Pak Rahmadi"]),
        ("kata pak rahmadi begitu", ["pak rahmadi"]),
        ("PAK RAHMADI SUDAH LAPOR", ["PAK RAHMADI"]),
        ("Bu Siti, Pak H. Amat, dan Bu Siti lagi", ["Bu Siti", "Pak H. Amat"]),
        ("Ketua RT 05 Fulan minta uang", ["Ketua RT 05 Fulan"]),
        ("Di RT 5 banjir. Ketua RW Amat diam", ["Ketua RW Amat"]),
        ("H. Rahman dan Hj. Siti Aminah", ["H. Rahman", "Hj. Siti Aminah"]),
        ("saudara Budi Santoso dipukul", ["saudara Budi Santoso"]),
        ("depan rumah Bpk. Udin", ["Bpk. Udin"]),
        ("Jl. Veteran Pak Budi jatuh", ["Pak Budi"]),
        ("hubungi 0813 5114 0926", ["nomor HP 0813••••0926"]),
        ("NIK saya 6371990102030003", ["NIK 637199••••••••03"]),
    ],
)
def test_persons_are_found(text: str, mentions: list[str]) -> None:
    assert names_person(text) == mentions


@pytest.mark.parametrize(
    "text",
    [
        "Pak Lurah tidak ada",
        "Ketua RT tidak mau",
        "Pak RT 12 marah",
        "ibu hamil jatuh",
        "ibu-ibu PKK",
        "Bapak/Ibu petugas",
        "mohon pak tolong",
        "Tolong Bapak. Lampu mati",
        "Jl. H. Hasan Basri rusak",
        "Gg. Pak Amat rusak",
        "Masjid H. Amat",
        "Jl. Brigjend. H. Hasan Basri",
        "tarif 1000 sampai 5000",
        "",
        "Camat Banjarmasin Utara",
        "lampu mati sejak 2024-08-03",
    ],
)
def test_offices_and_streets_are_no_persons(text: str) -> None:
    assert names_person(text) == []
    assert mention_warning(text) == ""


def test_the_warning() -> None:
    assert mention_warning("Pak Rahmadi sudah lapor") == "Menyebut Pak Rahmadi. Pertimbangkan Rahasia."
    assert mention_warning("Pak Ali, Pak Budi, Pak Cici, Pak Dodi") == (
        "Menyebut Pak Ali, Pak Budi dan Pak Cici. Pertimbangkan Rahasia."
    )


@given(
    st.lists(
        st.sampled_from("Pak H. RT 05 Ketua Jl. Amat pak udin , . 081351140926 6371990102030003 ibu".split()),
        max_size=15,
    )
)
def test_a_mention_shows_no_whole_number(parts: list[str]) -> None:
    text = " ".join(parts)
    for mention in names_person(text):
        assert "081351140926" not in mention
        assert "6371990102030003" not in mention
        assert mention.startswith(("nomor HP", "NIK")) or mention in text


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert len(names_person(text)) == len(set(names_person(text)))
