"""A bad line: what goes over it comes late, drop by drop, or not at all. Between two real hubs, over loopback."""

import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_CHUNK = 1_400  # bytes, about a packet


class _LineBrokenError(Exception):
    """From here on nothing of this connection arrives."""


@dataclass
class Line:
    """`carry`: gets each piece that goes through, its connection's number and how many bytes of that went before; what it gives arrives.
    Raises _LineBrokenError. `connections`, `broken`: how many there were."""

    to: tuple[str, int]
    carry: Callable[[bytes, int, int], Iterator[bytes]]
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    connections: int = 0
    broken: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def run(self) -> None:
        with suppress(OSError):  # closed: the test is over
            while True:
                here, _ = self.listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(here, self.connections), daemon=True).start()

    def _serve(self, here: socket.socket, number: int) -> None:
        with suppress(OSError), socket.create_connection(self.to, 5) as there, here:
            threads = [
                threading.Thread(target=self._pump, args=(source, target, number), daemon=True)
                for source, target in ((here, there), (there, here))
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    def _pump(self, source: socket.socket, target: socket.socket, number: int) -> None:
        before = 0
        try:
            while content := source.recv(_CHUNK):
                for piece in self.carry(content, number, before):
                    target.sendall(piece)
                before += len(content)
            target.shutdown(socket.SHUT_WR)
        except _LineBrokenError:
            self.broken += 1
            for end in (source, target):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        except OSError:
            with suppress(OSError):
                target.shutdown(socket.SHUT_RDWR)


@contextmanager
def line_to(address: str, carry: Callable[[bytes, int, int], Iterator[bytes]]) -> Iterator[Line]:
    parts = urlsplit(address)
    assert parts.hostname is not None
    assert parts.port is not None
    line = Line((parts.hostname, parts.port), carry)
    threading.Thread(target=line.run, daemon=True).start()
    try:
        yield line
    finally:
        line.listener.close()


# ---------- kinds of bad lines ----------


def losing(share: float, seed: int) -> Callable[[bytes, int, int], Iterator[bytes]]:
    """Every piece is lost with that probability, and its connection with it."""
    chance = random.Random(seed)

    def carry(content: bytes, number: int, before: int) -> Iterator[bytes]:
        if chance.random() < share:
            raise _LineBrokenError
        yield content

    return carry


def late(seconds: float) -> Callable[[bytes, int, int], Iterator[bytes]]:
    """Each piece arrives so much later."""

    def carry(content: bytes, number: int, before: int) -> Iterator[bytes]:
        time.sleep(seconds)
        yield content

    return carry


def cut(connections: int, after: int) -> Callable[[bytes, int, int], Iterator[bytes]]:
    """The first connections end in the middle of what is transferred, there or back: after so many bytes of it."""

    def carry(content: bytes, number: int, before: int) -> Iterator[bytes]:
        if number > connections:
            yield content
            return
        yield content[: max(after - before, 0)]
        if before + len(content) > after:
            raise _LineBrokenError

    return carry


def dripping(size: int, pause: float) -> Callable[[bytes, int, int], Iterator[bytes]]:
    """A few bytes at a time."""

    def carry(content: bytes, number: int, before: int) -> Iterator[bytes]:
        for start in range(0, len(content), size):
            time.sleep(pause)
            yield content[start : start + size]

    return carry
