"""G9: what any released version has said is read as it was meant, for ever. See CONTRIBUTING.md about the corpus."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kelurahan_client.domain.fields import read_utc
from kelurahan_client.errors import Behind, Busy, Forked, Refused, Revoked
from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.store import aside, complaints, imports, settings
from sync import applying, framing, receiving
from sync.envelope import open_reply
from sync.protocol import (
    ERROR_NUMBER,
    MAX_RAW_BYTES,
    MAX_REPLY_RAW_BYTES,
    MEDIA_TYPE,
    PROTOCOL,
    REFERENCE,
    Change,
    ErrorNumber,
    Mutation,
    Op,
    RecordType,
    RejectionNumber,
    RequestHeader,
    ResultKind,
)
from sync.refusals import refusal
from sync.sending import Heard, Round
from tests.desk_making import identity_of
from tools.corpus_centre import CorpusCentre
from tools.corpus_reading import meaning, says_the_same, without_sentences
from tools.make_corpus import make_corpus

HERE = Path(__file__).parent
VERSIONS = sorted(HERE.glob("v*/"))


def index(version: Path) -> dict[str, Any]:
    return dict(json.loads((version / "index.json").read_text("utf-8")))


def recorded(version: Path, entry: dict[str, Any]) -> dict[str, Any]:
    return dict(json.loads((version / f"{entry['name']}.json").read_text("utf-8")))


MESSAGES = [(version, entry) for version in VERSIONS for entry in index(version)["messages"]]
each_version = pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.name)


@pytest.mark.parametrize(("version", "entry"), MESSAGES, ids=[f"{v.name}-{e['name']}" for v, e in MESSAGES])
def test_it_means_what_it_meant(version: Path, entry: dict[str, Any]) -> None:
    assert says_the_same(recorded(version, entry), meaning(version, entry, index(version)["keys"]))


def requests(version: Path) -> list[tuple[dict[str, Any], list[bytes]]]:
    """The sealed requests that the centre has believed, as lines without the trailer."""
    found = []
    for entry in index(version)["messages"]:
        if entry["signer"] and entry["status"] == 200:
            body = (version / f"{entry['name']}.request").read_bytes()
            raw = framing.decompress(body, entry["headers"]["content-encoding"], MAX_RAW_BYTES)
            found.append((entry, raw.split(b"\n")[:-2]))
    return found


@each_version
def test_the_bytes_of_a_mutation_are_chained_as_they_came(version: Path) -> None:
    """What is read and written anew is the same line, unknown fields too; a line that cannot be is chained as it is."""
    ends: dict[tuple[str, str], tuple[int, bytes]] = {}
    unknown = written_anew = 0
    for entry, lines in requests(version):
        header = framing.decode_header(lines[0], RequestHeader)
        past = (header.device, header.epoch)
        end, digest = ends.get(past, (0, framing.CHAIN_START))
        for n, line in enumerate(lines[1:], header.first_n):
            try:
                again = framing.encode_line(msgspec.json.decode(line, type=Mutation))
            except msgspec.ValidationError:
                unknown += 1
            else:
                assert again == line
                written_anew += 1
            if n == end + 1:
                end, digest = n, framing.chain(digest, line)
        ends[past] = (end, digest)
        if not header.ask:
            reply = recorded(version, entry)["answer"][0]
            assert (reply["last_n"], reply["last_hash"]) == (end, digest.hex())
    assert unknown >= 1
    assert written_anew >= 20


@each_version
def test_todays_centre_answers_as_that_version_did(version: Path, tmp_path: Path) -> None:
    centre = CorpusCentre(tmp_path)
    keys = index(version)["keys"]
    for entry in index(version)["messages"]:
        for what, office, letter in entry["acts"]:
            centre.act(what, office, letter)
        centre.at = read_utc(entry["at"])
        body = (version / f"{entry['name']}.request").read_bytes()
        answer = centre.call(entry["method"], entry["path"], entry["headers"], body)
        assert (entry["name"], answer.status) == (entry["name"], entry["status"])
        assert {name: answer.headers.get(name) for name in entry["answer_headers"]} == entry["answer_headers"]
        (tmp_path / f"{entry['name']}.request").write_bytes(body)
        (tmp_path / f"{entry['name']}.answer").write_bytes(answer.body)
        expected = without_sentences(recorded(version, entry))
        assert says_the_same(expected, without_sentences(meaning(tmp_path, entry, keys))), entry["name"]
    centre.close()


@each_version
def test_todays_desk_takes_the_replies_in(version: Path, desk: Desk) -> None:
    """Every record that the centre has sent to desk B is there, and what it has of it is what was sent last."""
    keys = index(version)["keys"]
    me = replace(identity_of(), server_signing_key=keys["server"])
    last: dict[tuple[str, str], Change] = {}
    for entry in index(version)["messages"]:
        if entry["signer"] != "B" or entry["answer_headers"].get("content-type") != MEDIA_TYPE:
            continue
        body = (version / f"{entry['name']}.answer").read_bytes()
        nonce = recorded(version, entry)["answer"][0]["nonce"]
        _header, items = open_reply(me, nonce, body, entry["answer_headers"].get("content-encoding", "identity"))
        changes = [item for item in items if isinstance(item, Change)]
        last |= {(change.type, change.id): change for change in changes}
        touched = receiving.Touched()
        with desk.store.write() as transaction:
            receiving.apply_changes(transaction, changes, touched)
            receiving.settle(transaction, touched)
    here = {(type_, id_): change for (type_, id_), change in last.items() if not change.gone}
    with desk.store.read() as transaction:
        assert aside.count(transaction) == 0
        items = {(type_, id_): body for type_, id_, body in settings.reference_items(transaction)}
        assert items == {key: change.body for key, change in here.items() if change.type in REFERENCE}
        for (type_, id_), change in here.items():
            if type_ == RecordType.COMPLAINT:
                stored = complaints.get(transaction, id_)
                assert stored is not None
                assert (stored.complaint.title, stored.complaint.rev) == (change.body["title"], change.rev)
                later = {name: value for name, value in change.body.items() if name == "a_later_field"}
                assert stored.extra == later
            elif type_ == RecordType.CONFLICT:
                question = imports.get_conflict(transaction, id_)
                assert question is not None
                assert (question.body, question.open) == (change.body, change.body["state"] == "open")
        gone = [id_ for (type_, id_), change in last.items() if change.gone and type_ == RecordType.COMPLAINT]
        assert gone
    assert {found.id for found in lists.full(desk, ListFilter())} == {
        id_ for type_, id_ in here if type_ == RecordType.COMPLAINT
    }
    told = {entry.id for found in lists.full(desk, ListFilter()) for entry in lists.detail(desk, found.id).timeline}
    assert {id_ for type_, id_ in here if type_ in ("follow_up", "status_step")} <= told


@each_version
def test_todays_desk_goes_on_with_the_token_that_a_reply_brings(version: Path, desk: Desk) -> None:
    me = replace(identity_of(), server_signing_key=index(version)["keys"]["server"])
    asked = requests(version)
    renewed = 0
    for at, (entry, lines) in enumerate(asked):
        current = Round(me, [], framing.decode_header(lines[0], RequestHeader), 0, answers_challenge=False)
        body = (version / f"{entry['name']}.answer").read_bytes()
        header = applying.open_answer(current, body, entry["answer_headers"].get("content-encoding", "identity"))
        if header.token:
            applying.apply(desk, current, Heard(), header)
            now = find_identity(desk)
            assert now is not None
            following = next(later for later, _lines in asked[at + 1 :] if later["signer"] == entry["signer"])
            assert following["headers"]["authorization"] == f"Bearer {now.token}" != entry["headers"]["authorization"]
            renewed += 1
    assert renewed == 1


_KINDS: dict[int, type[Refused]] = {
    ErrorNumber.BUSY: Busy,
    ErrorNumber.REVOKED: Revoked,
    ErrorNumber.FORK: Forked,
    ErrorNumber.GAP: Behind,
}


@each_version
def test_todays_desk_knows_what_a_refusal_means(version: Path) -> None:
    """Also that it may come again, and when, where a busy or broken centre says so."""
    numbers = set()
    for entry in index(version)["messages"]:
        if entry["status"] >= 400:
            headers = {name.title(): value for name, value in entry["answer_headers"].items()}  # as requests finds them
            error = refusal(entry["status"], headers, (version / f"{entry['name']}.answer").read_bytes())
            number = int(headers[ERROR_NUMBER])
            assert isinstance(error, Refused)
            assert error.number == number
            assert type(error) is (Busy if entry["status"] == 503 else _KINDS.get(number, Refused)), entry["name"]
            assert not isinstance(error, Busy) or error.retry_after == float(headers["Retry-After"]) > 0
            numbers.add(number)
    assert numbers == {*ErrorNumber}


@each_version
def test_everything_that_can_be_said_is_in_it(version: Path) -> None:
    found = [recorded(version, entry) for entry in index(version)["messages"]]
    said = [item for one in found for item in one.get("request", []) if isinstance(item, dict)]
    heard = [item for one in found if isinstance(one.get("answer"), list) for item in one["answer"]]
    answers = [one["answer"] for one in found if isinstance(one.get("answer"), dict)]
    refused = {answer["number"] for answer in answers if "number" in answer}
    assert {item["op"] for item in said if "op" in item} == {*Op}
    assert {item["result"] for item in heard if "result" in item} == {*ResultKind}
    assert {item["type"] for item in heard if "type" in item} == {*RecordType}
    assert {item["number"] for item in heard if item.get("result") == "rejected"} >= {*RejectionNumber} - {208, 209}
    assert refused == {*ErrorNumber}
    assert [item["token"] for item in heard if item.get("token")]
    assert {entry["headers"].get("content-encoding") for entry in index(version)["messages"]} >= {"zstd", "gzip"}


def test_this_version_says_it_in_the_same_bytes(tmp_path: Path) -> None:
    """All that this version says is in its corpus; only a sentence for people may be written better since."""
    version = HERE / f"v{PROTOCOL}"
    make_corpus(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in version.iterdir()}
    assert index(tmp_path) == index(version)
    for entry in index(version)["messages"]:
        ours, theirs = recorded(tmp_path, entry), recorded(version, entry)
        assert without_sentences(ours) == without_sentences(theirs), entry["name"]
        assert unpacked(tmp_path, entry, "request") == unpacked(version, entry, "request"), entry["name"]
        if ours == theirs:
            assert unpacked(tmp_path, entry, "answer") == unpacked(version, entry, "answer"), entry["name"]


def unpacked(version: Path, entry: dict[str, Any], part: str) -> bytes:
    """The bytes before compression, which another release of the library may do a little differently."""
    headers = entry["headers"] if part == "request" else entry["answer_headers"]
    body = (version / f"{entry['name']}.{part}").read_bytes()
    try:
        return framing.decompress(body, headers.get("content-encoding", "identity"), MAX_REPLY_RAW_BYTES)
    except framing.BadFrame:  # the bomb
        return body
