"""Tokens are renewed without ever locking a desk out; a withdrawn desk gets nothing, and nothing of its is lost."""

import json

import pytest

from sync.protocol import ErrorNumber, ResultKind


def age_tokens(central, desk):
    central.sql("UPDATE token SET issued_at = '2026-01-01T00:00:00Z' WHERE device = :d", d=desk.device)


def test_a_wrong_token_is_refused(shared_central, new_desk, refused):
    desk = new_desk(shared_central)
    for token in ("x", "", "a" * 500, desk.token[:-1]):
        desk.token = token
        with pytest.raises(refused) as caught:
            desk.exchange(desk.create())
        desk.n, desk.hashes = 0, desk.hashes[:1]
        assert (caught.value.status, caught.value.number) == (401, ErrorNumber.TOKEN)


def test_another_desks_token_opens_nothing(shared_central, new_desk, refused):
    one, two = new_desk(shared_central), new_desk(shared_central)
    one.token = two.token
    with pytest.raises(refused) as caught:
        one.exchange()
    assert caught.value.number == ErrorNumber.TRAILER  # signed by another than the token's desk
    one.signing = two.signing
    with pytest.raises(refused) as caught:
        one.exchange()
    assert (caught.value.status, caught.value.number) == (403, ErrorNumber.WRONG_DEVICE)


def test_an_old_token_is_renewed_and_stays_valid_until_the_new_one_is_used(shared_central, new_desk, refused):
    desk = new_desk(shared_central)
    assert desk.exchange().header.token == ""
    old = desk.token
    age_tokens(shared_central, desk)
    lost = desk.exchange(keep=False).header.token
    assert lost
    second = desk.exchange(keep=False).header.token
    assert second not in ("", lost)
    desk.token = lost  # the first answer came late, but came
    assert desk.exchange().header.token == ""
    desk.token = old
    with pytest.raises(refused) as caught:
        desk.exchange()
    assert caught.value.number == ErrorNumber.TOKEN


def test_a_lost_renewal_never_locks_out(shared_central, new_desk):
    desk = new_desk(shared_central)
    age_tokens(shared_central, desk)
    tokens = [desk.exchange(keep=False).header.token for _ in range(6)]
    assert len(set(tokens)) == 6
    assert desk.exchange(desk.create()).results[0].result is ResultKind.APPLIED
    kept = shared_central.sql("SELECT hash FROM token WHERE device = :d", d=desk.device)
    assert len(kept) <= 5


def test_the_command_desks_tells_who_came_and_who_is_withdrawn(central, new_desk, command):
    came, gone = new_desk(central), new_desk(central)
    came.exchange()
    central.cli("revoke", "--office", gone.office, "--desk", gone.letter)
    told = {line["id"]: line for line in map(json.loads, command(central, "desks").stdout.splitlines())}
    assert set(told) == {came.device, gone.device}
    assert told[came.device]["last_seen"] >= told[came.device]["enrolled_at"] > ""
    assert (told[came.device]["office"], told[came.device]["desk"]) == (came.office, came.letter)
    assert told[came.device]["revoked_at"] == ""
    assert told[gone.device]["revoked_at"]


def test_what_a_withdrawn_desk_sends_waits_in_quarantine(central, new_desk, refused, command):
    desk = new_desk(central)
    before = desk.create()
    desk.exchange(before)
    done = central.cli("revoke", "--office", desk.office, "--desk", "A")
    assert (done.returncode, done.stdout) == (0, "")
    late = [desk.create(), desk.patch(before.id, {"title": "Baru"}, {"title": "Lampu jalan mati"})]
    for _ in range(2):  # twice: the refusal may be lost
        with pytest.raises(refused) as caught:
            desk.exchange(*late)
        assert (caught.value.status, caught.value.number) == (403, ErrorNumber.REVOKED)
    held = central.sql("SELECT n, number FROM quarantine ORDER BY n")
    assert [(row["n"], row["number"]) for row in held] == [(2, 208), (3, 208)]
    assert len(central.sql("SELECT id FROM record WHERE type = 'complaint'")) == 1
    again = command(central, "revoke", "--office", desk.office, "--desk", "A")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.startswith("LK-4004 ")
