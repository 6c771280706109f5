"""Trying the way to the city without sending anything: for the settings' *Uji sambungan*."""

import time
from dataclasses import dataclass

from kelurahan_client.errors import Refused
from kelurahan_client.services.desk import Desk, identity
from sync.protocol import ErrorNumber
from sync.transport import Cancel, opened_transport

_NO_FILE = "0" * 64  # a file that nobody has: asking for it shows who answers, and moves nothing
_ANSWERED = (ErrorNumber.BLOB_UNKNOWN, ErrorNumber.TOKEN)  # an old token is renewed by the next exchange


@dataclass(frozen=True, slots=True)
class Reached:
    """The city's server answered, after so many seconds."""

    server_url: str
    seconds: float


def probe(desk: Desk, cancelled: Cancel) -> Reached:
    """Ask the centre something harmless by the way that is set; raises an ExchangeError that says what is wrong.

    It tries the way alone: whether the desk may still send is what an exchange is told.
    """
    with desk.store.read() as transaction:
        me = identity(transaction)
    started = time.monotonic()
    with opened_transport(desk) as transport:
        try:
            transport.blob_standing(_NO_FILE, me.token, cancelled)
        except Refused as refused:
            if refused.number not in _ANSWERED:
                raise
    return Reached(me.server_url, time.monotonic() - started)
