"""Requests of bundles that are held: whether their words have come in another way since."""

import msgspec

from central_server.opening import open_request
from central_server.store.session import Reading
from central_server.store.shapes import CarriedRequest
from sync.framing import encode_line
from sync.protocol import Mutation

_mutations = msgspec.json.Decoder(Mutation)


def has_arrived(session: Reading, request: CarriedRequest, offices: frozenset[str]) -> bool:
    """Whether the desk has said all of it again, in the same past or, under other numbers, in a newer one."""
    device = session.devices.get(request.device)
    if device is None or request.body is None:
        return False
    missing = {_words(item.line) for item in open_request(device, request.body, "zstd", offices).items}
    for line in session.inbox.lines(request.device):
        missing.discard(_words(line))
        if not missing:
            return True
    return False


def _words(line: bytes) -> bytes:
    """A mutation without its number, and without whether it was issued before."""
    try:
        return encode_line(msgspec.structs.replace(_mutations.decode(line), n=0, again=False))
    except msgspec.MsgspecError:  # of a later day: only the same bytes are the same
        return line
