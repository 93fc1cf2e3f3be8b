"""Clients that hang up in the middle of anything: no defect is reported, nothing is written to the log."""

import logging
import socket
import struct
import time
from collections.abc import Iterator

import pytest

from tests.client import Client
from tests.hub_server import Server
from tests.raw_http import RawClient, connected, eventually, get, post

QUERY = b'{"query": "{ daftarDesa(first: 500) { edges { node { kode nama batas } } } }"}'
UPGRADE = get(
    "/graphql", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
    "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: graphql-transport-ws",
)  # fmt: skip
FILE = b'--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query": "'
SUBSCRIBE = b'{"query": "subscription { rekapBerubah(wilayah: \\"53\\") { aksi } }"}'


class Heard(logging.Handler):
    """What uvicorn and asyncio log from warnings on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture
def server(demo_url: str) -> Iterator[Server]:
    served = Server(demo_url)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def lines(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    heard = Heard()
    for name in ("uvicorn.error", "asyncio"):
        logging.getLogger(name).addHandler(heard)

    def defect(error: BaseException, logger: str) -> tuple[str, str]:
        heard.lines.append(f"{logger}: {error!r}")
        return "cacat", "1"

    for module in ("schema.http.failures", "hub.web.json_errors"):
        monkeypatch.setattr(f"{module}.report_defect", defect)
    yield heard.lines
    for name in ("uvicorn.error", "asyncio"):
        logging.getLogger(name).removeHandler(heard)


@pytest.mark.parametrize(("sent", "wait_for"), [
    (post(QUERY[:20], length=5_000), b""),
    (post(b"", "Transfer-Encoding: chunked").replace(b"Content-Length: 0\r\n", b"") + b"5\r\nhello\r\n", b""),
    (post(FILE, length=50_000).replace(b"application/json", b"multipart/form-data; boundary=x"), b""),
    (post(QUERY), b""),
    (get("/graphql?query=%7B__typename%7D") * 10, b""),
    (post(SUBSCRIBE, "Accept: text/event-stream"), b"\n\n"),
    (post(QUERY) + get("/siap"), b""),
    (post(SUBSCRIBE, "Accept: text/event-stream") + get("/siap"), b"\n\n"),
    (get("/ubin/wilayah/9/431/271.mvt"), b""),
    (get("/geojson/wilayah"), b""),
    (UPGRADE, b""),
    (UPGRADE, b"101"),
    (b"GET /seh", b""),
], ids=["body", "chunks", "upload", "answer", "pipeline", "events", "answer, more behind", "events, more behind", "tile", "features", "upgrade", "socket", "head"])  # fmt: skip
def test_hanging_up_is_no_defect(server: Server, lines: list[str], sent: bytes, wait_for: bytes) -> None:
    for _ in range(5):
        with connected(server.address) as client:
            client.send(sent)
            if wait_for:
                client._until(wait_for)
            _reset(client)
    eventually(lambda: server.app.state.traffic.count == 0)
    with Client(server.address, server.database_url) as hub:  # and whoever comes next is served
        assert hub.get("/siap").json() == {"siap": True}
    assert lines == []


def test_a_place_is_free_once_its_reader_is_gone_whatever_was_sent_behind(server: Server) -> None:
    berita = server.app.state.berita
    with connected(server.address) as client:
        client.send(post(SUBSCRIBE, "Accept: text/event-stream") + get("/siap") * 3)
        client._until(b"\n\n")
        eventually(lambda: berita.count == 1)
        _reset(client)
    until = time.monotonic() + 5  # the sign of life after which it would be noticed anyway comes after 15 s
    while berita.count:
        assert time.monotonic() < until
        time.sleep(0.02)


def _reset(client: RawClient) -> None:
    """Close as a process that is killed, or a cable that is pulled."""
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.hang_up()
