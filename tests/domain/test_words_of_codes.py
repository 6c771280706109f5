from collections.abc import Callable
from enum import StrEnum

import pytest

from kelurahan_client.domain.complaint import Channel, Classification, Priority, Status
from kelurahan_client.domain.words import (
    CHANNEL_WORDS,
    CLASSIFICATION_WORDS,
    PRIORITY_WORDS,
    STATUS_WORDS,
    read_channel,
    read_classification,
    read_priority,
    read_sex,
    read_status,
)


@pytest.mark.parametrize(
    ("codes", "words", "read"),
    [
        (Status, STATUS_WORDS, read_status),
        (Classification, CLASSIFICATION_WORDS, read_classification),
        (Channel, CHANNEL_WORDS, read_channel),
        (Priority, PRIORITY_WORDS, read_priority),
    ],
)
def test_every_code_has_a_word_and_both_are_read(
    codes: type[StrEnum], words: dict[StrEnum, str], read: Callable[[str], StrEnum | None]
) -> None:
    for code in codes:
        assert words[code]
        assert read(words[code]) is code
        assert read(f" {words[code].upper()} ") is code
        assert read(code.value) is code
    assert read("") is read("abrakadabra") is None


@pytest.mark.parametrize(
    ("written", "channel"),
    [
        ("lisan", Channel.IN_PERSON),
        ("Datang langsung", Channel.IN_PERSON),
        ("telp.", Channel.PHONE),
        ("Telpon", Channel.PHONE),
        ("WA", Channel.PHONE),
        ("surat", Channel.LETTER),
        ("Kotak Saran", Channel.SUGGESTION_BOX),
        ("LAPOR!", Channel.LAPOR),
        ("SP4N-LAPOR!", Channel.LAPOR),
        ("Call Center", Channel.CALL_CENTER),
        ("112", Channel.CALL_CENTER),
        ("Instagram", Channel.OTHER),
        ("buku", Channel.REGISTER_BOOK),
    ],
)
def test_channels_as_books_have_them(written: str, channel: Channel) -> None:
    assert read_channel(written) is channel


@pytest.mark.parametrize(
    ("written", "classification"),
    [("aduan", Classification.COMPLAINT), ("Usulan", Classification.ASPIRATION), ("info", Classification.INFORMATION)],
)
def test_classifications_as_books_have_them(written: str, classification: Classification) -> None:
    assert read_classification(written) is classification


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("L", "L"),
        ("p", "P"),
        ("Laki-laki", "L"),
        ("lk", "L"),
        ("PR", "P"),
        ("wanita", "P"),
        ("", ""),
        ("-", ""),
        ("x", None),
    ],
)
def test_sex(written: str, sex: str | None) -> None:
    assert read_sex(written) == sex
