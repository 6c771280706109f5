"""Another copy of a desk that the centre knows, and words that are said a second time."""

import copy

import msgspec

from sync.framing import CHAIN_START, chain, encode_line


def other_life(desk, epoch="", *, forgets=False):
    """A copy of the desk as it is now; with `epoch` it begins a new past, with `forgets` it hears everything anew."""
    twin = copy.copy(desk)
    twin.hashes = list(desk.hashes)
    if epoch:
        twin.epoch, twin.n, twin.hashes = f"{epoch}-{desk.device[:8]}", 0, [CHAIN_START]
    if forgets:
        twin.cursor = ""
    return twin


def again(desk, mutation):
    """The mutation under the desk's next number, or under its own if it has just been made there."""
    fresh = mutation.n == desk.n and desk.hashes[-1] == chain(desk.hashes[-2], encode_line(mutation))
    if fresh:
        desk.n -= 1
        desk.hashes.pop()
    desk.n += 1
    made = msgspec.structs.replace(mutation, n=desk.n, again=True)
    desk.hashes.append(chain(desk.hashes[-1], encode_line(made)))
    return made
