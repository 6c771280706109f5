"""Requests of bundles that are held: whether their words came in another way, and what a person decides about them.

A stick of another past (FORK) cannot be applied as it is: its numbers are taken by other words. A desk that is there
says them again by itself, in a new past. Where its data are gone, a person releases the stick: what is nowhere else
goes into quarantine, and from there into the records, one complaint after the other. None of it is applied unseen,
since the clerk may have typed it again meanwhile.
"""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from central_server import notices
from central_server.centre import Centre
from central_server.errors import BadSettings, Unknown
from central_server.items import Item
from central_server.opening import open_request
from central_server.quarantine import StillHeld
from central_server.reception import number_of
from central_server.rules import target
from central_server.store.decisions import DISCARDED, RELEASED
from central_server.store.session import Reading, Writing
from central_server.store.shapes import CarriedRequest, Decision, Device, Held, Person
from kelurahan_client.domain.text import clean_line
from sync.framing import encode_line
from sync.protocol import ErrorNumber, Mutation, Op

_LONGEST_REASON = 300
_NOT_YET = (
    "Bundel ini menunggu kiriman loket itu yang mendahuluinya, dan diterapkan sendiri begitu kiriman itu datang. "
    "Bila komputer loket itu tidak akan datang lagi, cabut dahulu loketnya (revoke)."
)
_mutations = msgspec.json.Decoder(Mutation)


def missing(session: Reading, device: Device, request: CarriedRequest, offices: frozenset[str]) -> list[Item]:
    """The items that the desk has not said in another way: in the same past or, under other numbers, in another one."""
    items = open_request(device, request.body or b"", "zstd", offices).items
    words = {_words(item.line) for item in items}
    words.difference_update(map(_words, session.inbox.lines(device.id)))
    return [item for item in items if _words(item.line) in words]


def discard(centre: Centre, bundle: str, why: str, who: str) -> list[Decision]:
    """A person has decided that what is held of a bundle is not needed, and its office is told.

    What is nowhere else stays with the decision, and can still be released. Raises BadSettings, Unknown or Unavailable.
    """
    reason, person = _reason(why), Person(who, centre.now())
    with centre.store.writing() as session:
        decisions = []
        for request in _known(session.carried.held(bundle), bundle):
            lost = missing(session, _device(session, request), request, centre.offices)
            kept = request if lost else replace(request, body=None)
            decisions.append(Decision(kept, DISCARDED, reason, person, len(lost)))
            session.carried.let_go(request)
        session.decisions.add(decisions)
        for device, count in _by_device(session, decisions):
            notices.of_a_discarded_stick(session.records, device, decisions[0], count)
    return decisions


def release(centre: Centre, bundle: str, why: str, who: str) -> list[Decision]:
    """Puts what is held, or was discarded, of a bundle and is nowhere else into quarantine, and tells its office.

    Only where its desk will not say it by itself: of another past, or of a desk that was withdrawn. Raises BadSettings,
    Unknown, StillHeld or Unavailable.
    """
    reason, person = _reason(why), Person(who, centre.now())
    with centre.store.writing() as session:
        held, discarded = session.carried.held(bundle), session.decisions.kept(bundle)
        known = _known([*held, *(one.request for one in discarded)], bundle)
        released = [one for one in known if _is_left_behind(session, one, known)]
        if not released:
            raise StillHeld(_NOT_YET)
        decisions = []
        for request in released:
            count = _into_quarantine(session, request, centre.offices)
            decisions.append(Decision(replace(request, body=None), RELEASED, reason, person, count))
        for request in held:
            if request in released:
                session.carried.let_go(request)
        session.decisions.forget_bodies([one for one in discarded if one.request in released])
        session.decisions.add(decisions)
        for device, count in _by_device(session, decisions):
            if count:
                notices.of_a_released_stick(session.records, device, decisions[0], count)
    return decisions


def _is_left_behind(session: Reading, request: CarriedRequest, bundle: Sequence[CarriedRequest]) -> bool:
    """Whether nothing that its desk may still send lets this request in as it is.

    Of a past that has ended also what only seems too early: it follows on what the centre does not know.
    """
    of_its_past = (one for one in bundle if (one.device, one.epoch) == (request.device, request.epoch))
    forked = any(one.number == ErrorNumber.FORK for one in of_its_past)
    return forked or bool(_device(session, request).revoked_at)


def _into_quarantine(session: Writing, request: CarriedRequest, offices: frozenset[str]) -> int:
    """What is nowhere else of this request waits in quarantine now; how many changes."""
    device = _device(session, request)
    items = missing(session, device, request, offices)
    session.inbox.hold([_held(device, request, item) for item in items])
    known = session.devices.counters(device.office, device.desk)
    used = dict(known)
    for item in items:  # its number stands on a citizen's receipt, and must not be given again
        number = number_of(item.mutation, device.office, device.desk) if item.mutation else None
        if number is not None:
            year = f"{number.year:02d}"
            used[year] = max(number.counter, used.get(year, 0))
    session.devices.raise_counters(device.office, device.desk, known, used)
    return len(items)


def _held(device: Device, request: CarriedRequest, item: Item) -> Held:
    mutation = item.mutation
    return Held(
        id=0,
        device=device.id,
        epoch=f"{request.epoch}~{request.bundle}",  # no desk's epoch has such a name: its numbers are not theirs
        n=item.n,
        office=device.office,
        desk=device.desk,
        target=target(mutation) if mutation else "",
        creates=mutation is not None and mutation.op is Op.CREATE,
        line=item.line,
        number=request.number,
        reason="Dari stik USB yang ditahan; tanyakan ke loketnya apakah sudah dicatat ulang.",
        held_at=request.taken_at,
    )


def _known(requests: Sequence[CarriedRequest], bundle: str) -> Sequence[CarriedRequest]:
    if not requests:
        raise Unknown(f"Tidak ada bundel tertahan {bundle[:40]}.")
    return requests


def _device(session: Reading, request: CarriedRequest) -> Device:
    device = session.devices.get(request.device)
    if device is None:
        raise LookupError(request.device)
    return device


def _by_device(session: Reading, decisions: Sequence[Decision]) -> list[tuple[Device, int]]:
    """How many changes that are nowhere else these decisions are about, for each desk."""
    counted: dict[Device, int] = {}
    for one in decisions:
        device = _device(session, one.request)
        counted[device] = counted.get(device, 0) + one.missing
    return list(counted.items())


def _reason(written: str) -> str:
    reason = clean_line(written).text
    if not reason or len(reason) > _LONGEST_REASON:
        raise BadSettings(f"Alasan harus disebut, paling panjang {_LONGEST_REASON} huruf.")
    return reason


def _words(line: bytes) -> bytes:
    """A mutation without its number, and without whether it was issued before."""
    try:
        return encode_line(msgspec.structs.replace(_mutations.decode(line), n=0, again=False))
    except msgspec.MsgspecError:  # of a later day: only the same bytes are the same
        return line
