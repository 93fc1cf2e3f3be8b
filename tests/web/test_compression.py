"""Compression: negotiation, round trips over HTTP, streams, and ETags that survive it."""

import asyncio
import gzip
import zlib
from typing import Any

import brotli
import pytest
import zstandard
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from hub.web.compression import CompressionMiddleware, choose
from tests.client import Client

LARGE = b'{"desa":"Tungganamo"}' * 200
UNPACK = {
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
    "br": brotli.decompress,
    "gzip": gzip.decompress,
}


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ("gzip, deflate, br, zstd", "zstd"), ("gzip, br", "br"), ("gzip", "gzip"), ("x-gzip", "gzip"), ("GZIP", "gzip"),
        ("zstd;q=0.1, gzip;q=0.9", "gzip"), ("br;q=0, *", "gzip"), ("*;q=0", None), ("*", "gzip"), ("*;q=0.5, zstd;q=0.1", "gzip"), ("gzip;q=0, *", None), ("", None), ("deflate", None),
        ("identity", None), ("identity;q=1, gzip;q=0.5", None), ("identity;q=0.5, gzip", "gzip"), ("gzip;q=0", None),
        ("gzip;q=aneh", None), ("gzip ; q=0.5 , br ; q=0.5", "br"),
    ],
)  # fmt: skip
def test_the_reader_chooses(asked: str, chosen: str | None) -> None:
    assert choose(asked) == chosen


async def _large(request: Request) -> Response:
    tag = '"v1"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(LARGE, media_type="application/json", headers={"ETag": request.query_params.get("etag", tag)})


async def _stream(request: Request) -> Response:
    async def pieces() -> Any:
        for i in range(3):
            yield f"potongan {i}\n".encode() * 100

    return StreamingResponse(pieces(), media_type=request.query_params["jenis"])


async def _other(request: Request) -> Response:
    q = request.query_params
    headers = {"Content-Encoding": q["cara"]} if "cara" in q else {}
    return Response(
        LARGE[: int(q.get("n", "9999"))], int(q.get("status", "200")), headers, q.get("jenis", "text/plain")
    )


APP = CompressionMiddleware(
    Starlette(routes=[Route("/besar", _large), Route("/alir", _stream), Route("/lain", _other)])
)  # fmt: skip


def _fetch(path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], list[bytes]]:
    """Status, headers and the pieces of the body, as the server would send them."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        await asyncio.Event().wait()  # the reader stays; nobody here reads a body

    bare_path, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "path": bare_path, "scheme": "http",
        "query_string": query.encode(), "server": ("hub", 80), "client": None, "root_path": "",
        "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in headers.items()],
    }  # fmt: skip
    asyncio.run(APP(scope, receive, send))
    start, *bodies = sent
    return (
        start["status"],
        {n.decode(): v.decode() for n, v in start["headers"]},
        [b["body"] for b in bodies if b["body"]],
    )


@pytest.mark.parametrize("encoding", ["zstd", "br", "gzip"])
def test_whole_answers(encoding: str) -> None:
    _, headers, bodies = _fetch("/besar", accept_encoding=encoding)
    (body,) = bodies
    assert (headers["content-encoding"], headers["vary"], headers["content-length"]) == (
        encoding,
        "Accept-Encoding",
        str(len(body)),
    )
    assert len(body) < len(LARGE) / 10
    assert UNPACK[encoding](body) == LARGE


@pytest.mark.parametrize("encoding", ["zstd", "br", "gzip"])
def test_each_piece_of_a_stream_can_be_read_when_it_arrives(encoding: str) -> None:
    _, headers, bodies = _fetch("/alir?jenis=application/x-ndjson", accept_encoding=encoding)
    assert "content-length" not in headers
    unpack: Any = {"zstd": zstandard.ZstdDecompressor().decompressobj().decompress, "br": brotli.Decompressor().process, "gzip": zlib.decompressobj(31).decompress}[encoding]  # fmt: skip
    assert [unpack(b) for b in bodies[:3]] == [f"potongan {i}\n".encode() * 100 for i in range(3)]
    assert b"".join(unpack(b) for b in bodies[3:]) == b""


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/alir?jenis=text/event-stream", "GET", {}), ("/besar", "HEAD", {}), ("/lain?n=1023", "GET", {}), ("/lain?cara=gzip", "GET", {}),
        ("/lain?jenis=image/png", "GET", {}), ("/lain?status=206", "GET", {}), ("/besar", "GET", {"accept_encoding": "identity"}),
    ],
)  # fmt: skip
def test_what_is_left_alone(path: str, method: str, headers: dict[str, str]) -> None:
    plain = _fetch(path, method)
    _, got, bodies = _fetch(path, method, **{"accept_encoding": "zstd, br, gzip", **headers})
    assert got.get("content-encoding") == plain[1].get("content-encoding")
    assert bodies == plain[2]


def test_just_large_enough_is_compressed() -> None:
    assert _fetch("/lain?n=1024", accept_encoding="br")[1]["content-encoding"] == "br"


def test_other_protocols_pass() -> None:
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    nothing: Any = None
    for kind in ("websocket", "lifespan"):
        asyncio.run(CompressionMiddleware(app)({"type": kind}, nothing, nothing))
    assert seen == ["websocket", "lifespan"]


@pytest.mark.parametrize("encoding", ["zstd", "br", "gzip"])
def test_each_encoding_has_its_own_strong_etag(encoding: str) -> None:
    _, headers, _ = _fetch("/besar", accept_encoding=encoding)
    assert headers["etag"] == f'"v1-{encoding}"'
    assert _fetch("/besar")[1]["etag"] == '"v1"'
    assert _fetch("/besar?etag=W/%22v1%22", accept_encoding=encoding)[1]["etag"] == 'W/"v1"'
    for old in (f'"v1-{encoding}"', '"v1"'):
        status, headers, bodies = _fetch("/besar", accept_encoding=encoding, if_none_match=old)
        assert (status, headers["etag"], bodies) == (304, old, [])
    assert _fetch("/besar", accept_encoding=encoding, if_none_match='"v2-zstd"')[0] == 200


@pytest.mark.parametrize("encoding", ["zstd", "br", "gzip"])
def test_over_http(read_hub: Client, encoding: str) -> None:
    body = {"query": '{ kabupaten(kode: "53.14") { kecamatan { desa { kode nama } } } }'}
    plain = read_hub.post("/graphql", json=body, headers={"Accept-Encoding": "identity"})
    packed = read_hub.post("/graphql", json=body, headers={"Accept-Encoding": encoding})
    assert packed.headers["content-encoding"] == encoding
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "Accept-Encoding" in plain.headers["vary"]
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 3
