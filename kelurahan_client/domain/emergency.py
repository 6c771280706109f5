"""Words of an emergency in what is being typed: somebody may have to ring 112 before anything else is written."""

from kelurahan_client.domain.text import fold_words

_EMERGENCIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("kebakaran", ("kebakaran", "kabakaran", "terbakar", "tabakar", "api besar", "asap tebal")),
    ("gas bocor", ("gas bocor", "elpiji bocor")),
    ("orang tenggelam", ("tenggelam", "hanyut di sungai", "terseret arus", "karam", "tercebur")),
    (
        "kecelakaan",
        ("kecelakaan", "tabrakan", "tertabrak", "ditabrak", "tabrak lari", "tertimpa pohon", "kesetrum", "tersetrum"),
    ),
    (
        "kekerasan",
        (
            "dipukuli", "dianiaya", "penganiayaan", "pemukulan", "kdrt", "dibacok", "ditusuk", "tawuran", "dirampok",
            "perampokan", "begal", "dibegal", "diperkosa", "pemerkosaan", "penculikan", "diculik", "senjata tajam",
            "mengamuk", "bunuh diri", "kekerasan dalam rumah tangga",
        ),
    ),
    (
        "orang sakit gawat",
        ("pingsan", "tidak sadar", "tak sadarkan diri", "sesak napas", "sesak nafas", "kejang", "serangan jantung",
         "keracunan", "mau melahirkan", "hendak melahirkan", "luka parah", "sekarat"),
    ),
    ("kabel listrik putus", ("kabel listrik putus", "kabel pln putus", "kabel putus", "tiang listrik roboh")),
    ("angin atau tanah yang membahayakan", ("puting beliung", "rumah roboh", "rumah ambruk", "tanah longsor")),
)  # fmt: skip
_NOT_NOW = frozenset(  # a word just before that makes it a wish, a fear or the past
    "rawan mencegah pencegahan cegah takut khawatir kuatir potensi berpotensi risiko resiko rentan bekas sosialisasi "
    "penyuluhan pelatihan simulasi alat pemadam hidran bantuan korban pasca seandainya kalau bila jika pernah dulu "
    "supaya agar bahaya ancaman menghindari mengurangi sering kerap hampir nyaris laporan".split()
)
_LONG_AGO = frozenset("kemarin lalu tahun bulan minggu dahulu padam teratasi selesai".split())
_BEFORE, _BEHIND = 3, 5  # words that are looked at


def emergency_in(text: str) -> str:
    """What the text seems to speak of, as within a sentence (`kebakaran`), or "".

    A hint and no more: words of fear, of prevention and of what is over are passed over, and much is missed.
    """
    words = fold_words(text)
    for name, phrases in _EMERGENCIES:
        for phrase in phrases:
            parts = phrase.split()
            for at in range(len(words) - len(parts) + 1):
                if words[at : at + len(parts)] == parts and _happens_now(words, at, at + len(parts)):
                    return name
    return ""


def _happens_now(words: list[str], start: int, end: int) -> bool:
    before = words[max(0, start - _BEFORE) : start]
    return not _NOT_NOW & set(before) and not _LONG_AGO & set(words[end : end + _BEHIND])
