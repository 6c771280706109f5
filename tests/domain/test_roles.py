"""What each role may do."""

from itertools import pairwise

import pytest

from kelurahan_client.domain.roles import (
    RIGHT_WORDS,
    RIGHTS,
    ROLE_DUTIES,
    ROLE_WORDS,
    Right,
    Role,
    may,
    who_may,
)


@pytest.mark.parametrize(
    ("role", "allowed", "refused"),
    [
        (Role.CLERK, set(), set(Right)),
        (Role.VERIFIER, {Right.STEP, Right.REFER, Right.DECIDE}, {Right.EXPORT_IDENTITIES, Right.OFFICERS}),
        (Role.HEAD, {Right.STEP, Right.EXPORT_IDENTITIES}, {Right.OFFICERS, Right.RESTORE}),
        (Role.ADMIN, set(Right), set()),
    ],
)
def test_what_a_role_may(role: Role, allowed: set[Right], refused: set[Right]) -> None:
    assert all(may(role, right) for right in allowed)
    assert not any(may(role, right) for right in refused)


def test_each_role_may_what_the_one_before_may() -> None:
    roles = list(Role)
    for lower, higher in pairwise(roles):
        assert RIGHTS[lower] < RIGHTS[higher]


def test_what_every_role_may_is_no_right() -> None:
    assert frozenset.intersection(*RIGHTS.values()) == frozenset()


def test_on_a_desk_without_officers_everything_is_allowed() -> None:
    assert all(may(None, right) for right in Right)


def test_everything_has_a_word() -> None:
    assert set(ROLE_WORDS) == set(ROLE_DUTIES) == set(Role)
    assert set(RIGHT_WORDS) == set(Right)
    assert who_may(Right.STEP) == "verifikator, lurah, atau admin loket"
    assert who_may(Right.EXPORT_IDENTITIES) == "lurah atau admin loket"
    assert who_may(Right.OFFICERS) == "admin loket"
