"""What answers at a node's address when something is wrong: a server that tells its schema as it should, and answers questions as it is told."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

Answer = Callable[[socket.socket, dict[str, Any]], None]
"""Gets the connection and the body of the question."""


def body(content: bytes, status: str = "200 OK", heads: str = "") -> bytes:
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\nConnection: close\r\n{heads}\r\n"
    ).encode() + content


def says(value: Any, status: str = "200 OK") -> Answer:
    return lambda conn, _: conn.sendall(body(json.dumps(value).encode(), status))


def entity(change: Callable[[dict[str, Any]], Any]) -> Answer:
    """The kabupaten that was asked for, changed."""

    def answer(conn: socket.socket, asked: dict[str, Any]) -> None:
        kode = asked["variables"]["kunci"][0]["kode"]
        found = {"kunciLangsung": kode, "kode": kode, "nama": "Palsu", "gudang": []}
        conn.sendall(body(json.dumps({"data": {"_entities": [change(found)]}}).encode()))

    return answer


def hang(conn: socket.socket, _: Any) -> None:
    time.sleep(30)


def hang_after_heads(conn: socket.socket, _: Any) -> None:
    conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
    time.sleep(30)


def drip(conn: socket.socket, _: Any) -> None:
    conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
    for _n in range(1000):
        conn.sendall(b" ")
        time.sleep(0.2)


def endless(conn: socket.socket, _: Any) -> None:
    conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        conn.sendall(b" " * 65536)


@cache
def _bomb() -> bytes:
    return gzip.compress(b" " * 50_000_000, 1)


def bomb(conn: socket.socket, _: Any) -> None:
    conn.sendall(body(_bomb(), heads="Content-Encoding: gzip\r\n"))


def cut(conn: socket.socket, _: Any) -> None:
    conn.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"data":')


def redirect(conn: socket.socket, asked: Any) -> None:
    conn.sendall(body(b"", "307 Temporary Redirect", "Location: http://127.0.0.1:9/graphql\r\n"))


class FaultyNode:
    """`asked`: bodies of the questions that came, those for the schema left out; `sdl`: what it says its schema is; `told`: how often it said so."""

    def __init__(self, sdl: str) -> None:
        self.sdl = sdl
        self.answer: Answer = hang
        self.told = 0
        self.asked: list[dict[str, Any]] = []
        self.heads: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                conn, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(conn,), daemon=True).start()

    def _answer(self, conn: socket.socket) -> None:
        with conn, suppress(OSError, ValueError):
            raw = b""
            while b"\r\n\r\n" not in raw:
                raw += conn.recv(65536)
            heads, _, content = raw.partition(b"\r\n\r\n")
            length = next(
                int(h.split(b":")[1]) for h in heads.split(b"\r\n") if h.lower().startswith(b"content-length")
            )
            while len(content) < length:
                content += conn.recv(65536)
            asked = json.loads(content)
            if "_service" in asked["query"]:
                self.told += 1
                conn.sendall(body(json.dumps({"data": {"_service": {"sdl": self.sdl}}}).encode()))
                return
            self.asked.append(asked)
            self.heads.append(heads.decode())
            self.answer(conn, asked)


@contextmanager
def faulty_node(sdl: str) -> Iterator[FaultyNode]:
    node = FaultyNode(sdl)
    try:
        yield node
    finally:
        node.close()


@contextmanager
def no_way_in() -> Iterator[str]:
    """An address where nobody takes up a connection: its queue is full."""
    with socket.socket() as listener, socket.socket() as one, socket.socket() as two:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for filler in (one, two):
            filler.setblocking(False)
            with suppress(BlockingIOError):
                filler.connect(listener.getsockname())
        time.sleep(0.1)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
