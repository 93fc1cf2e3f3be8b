"""Another program that is told of things, by real HTTP: it keeps what came, and answers as the test says."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Message:
    """One attempt, as it came."""

    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)


Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by the next behaviour; when there is none left, 204."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append(Message(self.path, {k.lower(): v for k, v in self.headers.items()}, raw))
        behaviour = self.server.next_one()
        behaviour(self)

    def answer(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": "0"}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, behaviours: list[Behaviour]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.came: list[Message] = []
        self._behaviours = behaviours
        self._lock = threading.Lock()

    def next_one(self) -> Behaviour:
        with self._lock:
            return self._behaviours.pop(0) if self._behaviours else status(204)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # whoever hangs up has been answered, or not


@dataclass(frozen=True)
class Receiver:
    """`came`: every attempt, in order."""

    address: str
    came: list[Message]

    @property
    def ids(self) -> list[str]:
        return [m.headers["webhook-id"] for m in self.came]


@contextmanager
def receiving(*behaviours: Behaviour) -> Iterator[Receiver]:
    """A receiver on a free port, as long as it is asked."""
    server = _Server(list(behaviours))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Receiver(f"http://127.0.0.1:{server.server_address[1]}/kabar", server.came)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def status(code: int, **headers: str) -> Behaviour:
    return lambda h: h.answer(code, **headers)


def hang(seconds: float) -> Behaviour:
    """Say nothing for so long."""
    return lambda h: time.sleep(seconds)


def drip(h: Handler) -> None:
    """A byte now and then, for ever: never silent, never done."""
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 1_000:
        h.wfile.write(bytes([byte]))
        h.wfile.flush()
        time.sleep(0.05)


def die(h: Handler) -> None:
    """Hang up without a word."""
    h.close_connection = True
    h.connection.close()
