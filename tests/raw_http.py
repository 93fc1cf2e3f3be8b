"""Clients that send what no library would: half heads, slow bodies, many requests at once."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

WAIT = 20.0  # seconds until a test gives up


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kode(self) -> str:
        """The code of a refusal, in either form that the hub has."""
        content: Any = json.loads(self.body)
        return str(content["errors"][0]["extensions"]["kode"] if "errors" in content else content["kode"])


class RawClient:
    """One connection. `source`: the loopback address it comes from, so that one machine is many."""

    def __init__(self, url: str, source: str = "127.0.0.1", receive_buffer: int | None = None) -> None:
        to = urlsplit(url)
        self.socket = socket.socket()
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(WAIT)
        self.socket.bind((source, 0))
        self.socket.connect((to.hostname, to.port))
        self._rest = b""

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def answer(self) -> Answer:
        """The next answer; its length must be said."""
        head, _, _ = self._until(b"\r\n\r\n").partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {n.strip().lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", 0))
        while len(self._rest) < length:
            self._rest += self._receive()
        body, self._rest = self._rest[:length], self._rest[length:]
        return Answer(int(first.split()[1]), headers, body)

    def read(self, length: int) -> bytes:
        """So many bytes, as they come, or less where the other side hangs up."""
        received = bytearray()
        while len(received) < length and (piece := self.socket.recv(65_536)):
            received += piece
        return bytes(received)

    def closed(self) -> bool:
        """Whether the other side hangs up, saying nothing more, before the test gives up."""
        try:
            return self.socket.recv(1) == b""
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False

    def hang_up(self) -> None:
        self.socket.close()

    def _until(self, end: bytes) -> bytes:
        while end not in self._rest:
            self._rest += self._receive()
        at = self._rest.index(end) + len(end)
        found, self._rest = self._rest[:at], self._rest[at:]
        return found

    def _receive(self) -> bytes:
        data = self.socket.recv(65_536)
        assert data, f"hung up after {self._rest!r}"
        return data


@contextmanager
def connected(url: str, source: str = "127.0.0.1", receive_buffer: int | None = None) -> Iterator[RawClient]:
    client = RawClient(url, source, receive_buffer)
    try:
        yield client
    finally:
        client.hang_up()


def post(body: bytes, *headers: str, length: int | None = None, path: str = "/graphql") -> bytes:
    """A POST of JSON. `length`: what it claims, where that is not the body's."""
    lines = [f"POST {path} HTTP/1.1", "Host: hub", "Content-Type: application/json", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body) if length is None else length}", "", ""]).encode() + body


def get(path: str, *headers: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: hub", *headers, "", ""]).encode()


def eventually(condition: Callable[[], object]) -> None:
    """Wait until it is so; it must be before the test gives up."""
    until = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)
