"""The code on paper: every slip of the pen is betrayed, and one is told in which group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.recovery_code import CODE_BYTES, NoSuchCode, as_secret, as_text

secrets = st.binary(min_size=CODE_BYTES, max_size=CODE_BYTES)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(secrets)
def test_a_code_comes_back_however_it_is_typed(secret: bytes) -> None:
    code = as_text(secret)
    assert len(code.split("-")) == 6
    assert as_secret(code) == secret
    assert as_secret(code.lower().replace("-", " ")) == secret
    assert as_secret(code.replace("0", "o").replace("1", "l")) == secret


@given(secrets, st.integers(0, 29), st.sampled_from(LETTERS))
def test_a_wrong_character_is_betrayed_in_its_group(secret: bytes, at: int, letter: str) -> None:
    plain = as_text(secret).replace("-", "")
    if plain[at] == letter:
        return
    with pytest.raises(NoSuchCode, match=f"ke-{at // 5 + 1} "):
        as_secret(plain[:at] + letter + plain[at + 1 :])


@given(secrets, st.integers(0, 28))
def test_two_neighbours_exchanged(secret: bytes, at: int) -> None:
    plain = as_text(secret).replace("-", "")
    if plain[at] == plain[at + 1]:
        return
    with pytest.raises(NoSuchCode, match="salah ketik"):
        as_secret(plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :])


@given(secrets, st.integers(0, 4))
def test_two_groups_exchanged(secret: bytes, at: int) -> None:
    groups = as_text(secret).split("-")
    exchanged = [*groups[:at], groups[at + 1], groups[at], *groups[at + 2 :]]
    with pytest.raises(NoSuchCode, match="salah ketik"):
        as_secret("-".join(exchanged))


def test_too_short_is_told_with_its_length() -> None:
    with pytest.raises(NoSuchCode, match="30 huruf dan angka; yang ini 5"):
        as_secret("ABCDE")
