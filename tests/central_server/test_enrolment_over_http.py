"""A one-time code makes one device, whatever happens to the first answer."""

import base64
import json
import re

import pytest

from sync.protocol import ErrorNumber


@pytest.fixture
def code_for(shared_central, offices):
    def make(desk="A"):
        office = next(offices)
        return office, shared_central.enrol_code(office, desk)

    return make


def post(http_call, central, path, value):
    status, body, headers = http_call(central.url, "POST", path, json.dumps(value))
    return status, json.loads(body), headers


def test_a_code_tells_what_it_is_for_without_being_used_up(shared_central, http_call, code_for):
    office, code = code_for()
    assert re.fullmatch(r"[A-HJKMNP-Z2-9]{4}(-[A-HJKMNP-Z2-9]{4}){2}", code)
    for written in (code, code.lower().replace("-", " "), code.replace("-", "")):
        status, offer, _ = post(http_call, shared_central, "/sync/v1/enrol/check", {"code": written})
        assert status == 200
        assert (offer["office"], offer["desk"], offer["city"]) == (office, "A", "Kota Banjarmasin")
        assert offer["office_name"]
        assert offer["district"].startswith("Banjarmasin")


def test_the_same_code_and_keys_again_are_the_same_device(shared_central, bare_desk, code_for):
    office, code = code_for()
    desk = bare_desk(shared_central.url, office, "A")
    first = desk.enrol(code)
    first_token = desk.token
    again = desk.enrol(code)
    assert {**again, "token": ""} == {**first, "token": ""}
    second_token, desk.token = desk.token, first_token  # the first answer may be the one that arrives late
    assert desk.exchange().header.server_epoch == first["server_epoch"]
    desk.token = second_token
    assert desk.exchange().results == []


def test_a_used_code_is_refused_to_other_keys(shared_central, http_call, bare_desk, code_for, refused):
    office, code = code_for()
    bare_desk(shared_central.url, office, "A").enrol(code)
    with pytest.raises(refused) as caught:
        bare_desk(shared_central.url, office, "A").enrol(code)
    assert (caught.value.status, caught.value.number) == (403, ErrorNumber.CODE)
    status, reply, _ = post(http_call, shared_central, "/sync/v1/enrol/check", {"code": code})
    assert (status, reply["number"]) == (403, ErrorNumber.CODE)


def test_an_expired_code_is_refused(shared_central, bare_desk, code_for, refused):
    office, code = code_for()
    shared_central.sql("UPDATE enrol_code SET expires_at = '2020-01-01T00:00:00Z' WHERE office = :o", o=office)
    with pytest.raises(refused) as caught:
        bare_desk(shared_central.url, office, "A").enrol(code)
    assert caught.value.number == ErrorNumber.CODE
    assert "kedaluwarsa" in caught.value.reply["message"]


def test_a_newer_code_withdraws_the_older(shared_central, bare_desk, code_for, refused):
    office, old = code_for()
    new = shared_central.enrol_code(office, "A")
    with pytest.raises(refused) as caught:
        bare_desk(shared_central.url, office, "A").enrol(old)
    assert caught.value.number == ErrorNumber.CODE
    assert bare_desk(shared_central.url, office, "A").enrol(new)["office"] == office


def test_codes_and_tokens_are_not_kept_in_clear(shared_central, bare_desk, code_for):
    office, code = code_for()
    desk = bare_desk(shared_central.url, office, "A")
    desk.enrol(code)
    stored = [bytes(row["hash"]) for row in shared_central.sql("SELECT hash FROM enrol_code")]
    stored += [bytes(row["hash"]) for row in shared_central.sql("SELECT hash FROM token")]
    letters = code.replace("-", "").encode()
    assert all(len(hash_) == 32 and letters not in hash_ and desk.token.encode() not in hash_ for hash_ in stored)


def test_a_desk_enrolled_again_goes_on_with_its_numbers_and_withdraws_the_older(
    shared_central, new_desk, bare_desk, refused
):
    old = new_desk(shared_central)
    old.exchange(*(old.create() for _ in range(3)))
    held = old.create(statement="x" * 30_000)  # waits in quarantine, but its number stands on a receipt
    old.exchange(held)
    new = bare_desk(shared_central.url, old.office, "A")
    assert new.enrol(shared_central.enrol_code(old.office, "A"))["counters"]["26"] == 1004
    with pytest.raises(refused) as caught:
        old.exchange()
    assert (caught.value.status, caught.value.number) == (403, ErrorNumber.REVOKED)
    assert new.exchange().results == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"code": 5}',
        b"\xff\xfe",
        b"[" * 10_000,
        b'{"code":"A","signing_key":"!","sealing_key":"AAAA"}',
        b'{"code":"A","signing_key":"' + base64.b64encode(bytes(31)) + b'","sealing_key":"AAAA"}',
    ],
)
def test_garbage_has_a_number(shared_central, http_call, body):
    status, answer, _ = http_call(shared_central.url, "POST", "/sync/v1/enrol", body)
    assert (status, json.loads(answer)["number"]) == (400, ErrorNumber.MALFORMED)


def test_wrong_codes_are_counted(central, http_call, bare_desk):
    path = "/sync/v1/enrol/check"
    answers = [post(http_call, central, path, {"code": f"AAAA-BBBB-{number:04}"}) for number in range(11)]
    assert [status for status, _, _ in answers] == [403] * 10 + [429]
    assert answers[-1][1]["number"] == ErrorNumber.BUSY
    assert answers[-1][1]["retry_after"] > 0
    assert int(answers[-1][2]["retry-after"]) > 0
