"""HTTP by hand, as slowly as a test likes."""

import contextlib
import socket
from urllib.parse import urlsplit

from sync.protocol import MEDIA_TYPE, PATH_EXCHANGE


def opened(url, receive_buffer=0):
    """A connection to the centre; with a small `receive_buffer` a long answer does not fit into the network."""
    where = urlsplit(url)
    made = socket.socket()
    if receive_buffer:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    made.settimeout(60)
    made.connect((where.hostname, where.port))
    return made


def head(desk, length, path=PATH_EXCHANGE, method="POST", **headers):
    """The first part of a desk's request with a body of `length` bytes."""
    named = {"content-type": MEDIA_TYPE, "content-encoding": "zstd", "accept-encoding": "identity"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    lines = [f"{method} {path} HTTP/1.1", "host: centre", f"authorization: Bearer {desk.token}"]
    lines += [f"{name}: {value}" for name, value in named.items()]
    return "\r\n".join([*lines, f"content-length: {length}", "", ""]).encode()


def rest_of(connection):
    """Everything that comes until the other side hangs up."""
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)
