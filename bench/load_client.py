"""A load generator that is no bottleneck: raw connections, answers counted and not kept.

One connection per client, each sends its next request the moment the last answer is whole. Requests ask for no
compression, so that every server sends the same bytes the same way.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import cast
from urllib.parse import urlsplit

import httptools
import orjson


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: a GraphQL document with its variables, or a plain path for a server without GraphQL."""

    path: str
    query: str | None = None
    variables: dict[str, object] = field(default_factory=dict)

    def encode(self, host: str) -> bytes:
        head = f"Host: {host}\r\nAccept: application/json\r\n"
        if self.query is None:
            return f"GET {self.path} HTTP/1.1\r\n{head}\r\n".encode()
        body = orjson.dumps({"query": self.query, "variables": self.variables})
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        return f"POST {self.path} HTTP/1.1\r\n{head}\r\n".encode() + body


@dataclass(slots=True)
class Measured:
    """What one run gave: milliseconds of every request in order, and how long it took altogether."""

    ms: list[float]
    seconds: float
    sizes: set[int]

    @property
    def median(self) -> float:
        return statistics.median(self.ms)

    @property
    def p95(self) -> float:
        return sorted(self.ms)[max(0, -(-len(self.ms) * 95 // 100) - 1)]

    @property
    def per_second(self) -> float:
        return len(self.ms) / self.seconds


class _Connection(asyncio.Protocol):
    """One client: sends the requests in turn until told to stop."""

    def __init__(self, requests: Sequence[bytes], first: int) -> None:
        self._requests = requests
        self._next = first
        self._until = 0.0
        self._left = 0
        self._start = 0.0
        self._size = 0
        self._failed: str | None = None
        self.kept: bytearray | None = None
        self.ms: list[float] = []
        self.sizes: set[int] = set()
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own is one in all but name

    def run(self, until: float, most: int) -> None:
        self._until, self._left = until, most
        self._send()

    def _send(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._size = 0
        self._start = time.perf_counter()
        self._transport.write(self._requests[self._next % len(self._requests)])
        self._next += 1

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._size += len(body)
        if self.kept is not None:
            self.kept += body

    def on_message_complete(self) -> None:
        now = time.perf_counter()
        if self._parser.get_status_code() != 200:
            self._failed = f"status {self._parser.get_status_code()}"
        self.ms.append((now - self._start) * 1000)
        self.sizes.add(self._size)
        self._left -= 1
        if now >= self._until or self._left <= 0 or self._failed:
            if not self.done.done():
                if self._failed:
                    self.done.set_exception(RuntimeError(self._failed))
                else:
                    self.done.set_result(None)
        else:
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the server closed the connection"))


async def load(url: str, asks: Sequence[Ask], clients: int, seconds: float, most: int = 1_000_000) -> Measured:
    """So many clients at once for so long (or until each has had `most` answers)."""
    host, port, requests = _prepared(url, asks)
    loop = asyncio.get_running_loop()
    connections = [
        (await loop.create_connection(partial(_Connection, requests, number), host, port))[1]
        for number in range(clients)
    ]
    start = time.perf_counter()
    for c in connections:
        c.run(start + seconds, most)
    try:
        await asyncio.gather(*(c.done for c in connections))
    finally:
        duration = time.perf_counter() - start
        for c in connections:
            c._transport.close()
    return Measured([m for c in connections for m in c.ms], duration, set().union(*(c.sizes for c in connections)))


async def fetch(url: str, ask: Ask) -> bytes:
    """The body of one answer."""
    host, port, requests = _prepared(url, [ask])
    _, c = await asyncio.get_running_loop().create_connection(partial(_Connection, requests, 0), host, port)
    c.kept = bytearray()
    c.run(0, 1)
    try:
        await c.done
    except RuntimeError as error:
        raise RuntimeError(f"{error}: {bytes(c.kept[:500]).decode(errors='replace')}") from None
    finally:
        c._transport.close()
    return bytes(c.kept)


def _prepared(url: str, asks: Sequence[Ask]) -> tuple[str, int, list[bytes]]:
    address = urlsplit(url)
    assert address.hostname is not None
    assert address.port is not None
    return address.hostname, address.port, [a.encode(address.netloc) for a in asks]
