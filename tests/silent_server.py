"""A server that takes a connection, goes along up to a point, and then says nothing until the other side hangs up."""

import contextlib
import socket
import threading


class SilentServer:
    """Reads `wanted` bytes of the first connection (or up to the end of its head), says `answer`, then only waits.

    `reached` is set when it falls silent, `hung_up` when the other side has ended the connection.
    """

    def __init__(self, answer: bytes = b"", wanted: int = 1) -> None:
        self.reached, self.hung_up = threading.Event(), threading.Event()
        self._answer, self._wanted = answer, wanted
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it; the connection must have been hung up before."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        try:
            client, _address = self._listener.accept()
        except OSError:  # nobody came
            return
        with client:
            left = self._wanted
            while left > 0:
                left -= len(client.recv(min(left, 64 * 1024)))
            client.sendall(self._answer)
            self.reached.set()
            with contextlib.suppress(ConnectionError):
                while client.recv(64 * 1024):  # what was under way when it fell silent
                    pass
            self.hung_up.set()
