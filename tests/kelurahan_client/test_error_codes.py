"""A number that somebody reads over the telephone means one thing."""

from collections import Counter
from collections.abc import Iterator

from kelurahan_client.domain.entry_errors import MustWait
from kelurahan_client.errors import LaporError
from kelurahan_client.services.importing import ImportStopped


def kinds(of: type[LaporError]) -> Iterator[type[LaporError]]:
    yield of
    for one in of.__subclasses__():
        yield from kinds(one)


def test_no_two_errors_share_a_number() -> None:
    everything = set(kinds(LaporError))
    assert {MustWait, ImportStopped} < everything  # those of other modules too
    found = Counter(one.code for one in everything if "code" in vars(one))
    assert [code for code, times in found.items() if times > 1] == []
