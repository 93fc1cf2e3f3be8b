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
from tests.client import Klien

BESAR = b'{"desa":"Tungganamo"}' * 200
BUKA = {
    "zstd": lambda isi: zstandard.ZstdDecompressor().decompressobj().decompress(isi),
    "br": brotli.decompress,
    "gzip": gzip.decompress,
}


@pytest.mark.parametrize(
    ("diminta", "dipilih"),
    [
        ("gzip, deflate, br, zstd", "zstd"), ("gzip, br", "br"), ("gzip", "gzip"), ("x-gzip", "gzip"), ("GZIP", "gzip"),
        ("zstd;q=0.1, gzip;q=0.9", "gzip"), ("br;q=0, *", "zstd"), ("*;q=0", None), ("*", "zstd"), ("", None), ("deflate", None),
        ("identity", None), ("identity;q=1, gzip;q=0.5", None), ("identity;q=0.5, gzip", "gzip"), ("gzip;q=0", None),
        ("gzip;q=aneh", None), ("gzip ; q=0.5 , br ; q=0.5", "br"),
    ],
)  # fmt: skip
def test_the_reader_chooses(diminta: str, dipilih: str | None) -> None:
    assert choose(diminta) == dipilih


async def _besar(request: Request) -> Response:
    tanda = '"v1"'
    if request.headers.get("if-none-match") == tanda:
        return Response(status_code=304, headers={"ETag": tanda})
    return Response(BESAR, media_type="application/json", headers={"ETag": request.query_params.get("etag", tanda)})


async def _alir(request: Request) -> Response:
    async def potongan() -> Any:
        for i in range(3):
            yield f"potongan {i}\n".encode() * 100

    return StreamingResponse(potongan(), media_type=request.query_params["jenis"])


async def _lain(request: Request) -> Response:
    q = request.query_params
    kepala = {"Content-Encoding": q["cara"]} if "cara" in q else {}
    return Response(BESAR[: int(q.get("n", "9999"))], int(q.get("status", "200")), kepala, q.get("jenis", "text/plain"))


APP = CompressionMiddleware(
    Starlette(routes=[Route("/besar", _besar), Route("/alir", _alir), Route("/lain", _lain)])
)  # fmt: skip


def _minta(jalur: str, method: str = "GET", **kepala: str) -> tuple[int, dict[str, str], list[bytes]]:
    """Status, headers and the pieces of the body, as the server would send them."""
    terkirim: list[Any] = []

    async def send(pesan: Any) -> None:
        terkirim.append(pesan)

    async def receive() -> Any:
        await asyncio.Event().wait()  # the reader stays; nobody here reads a body

    jalan, _, query = jalur.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "path": jalan, "scheme": "http",
        "query_string": query.encode(), "server": ("hub", 80), "client": None, "root_path": "",
        "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in kepala.items()],
    }  # fmt: skip
    asyncio.run(APP(scope, receive, send))
    awal, *badan = terkirim
    return awal["status"], {n.decode(): v.decode() for n, v in awal["headers"]}, [b["body"] for b in badan if b["body"]]


@pytest.mark.parametrize("cara", ["zstd", "br", "gzip"])
def test_whole_answers(cara: str) -> None:
    _, kepala, badan = _minta("/besar", accept_encoding=cara)
    (isi,) = badan
    assert (kepala["content-encoding"], kepala["vary"], kepala["content-length"]) == (
        cara,
        "Accept-Encoding",
        str(len(isi)),
    )
    assert len(isi) < len(BESAR) / 10
    assert BUKA[cara](isi) == BESAR


@pytest.mark.parametrize("cara", ["zstd", "br", "gzip"])
def test_each_piece_of_a_stream_can_be_read_when_it_arrives(cara: str) -> None:
    _, kepala, badan = _minta("/alir?jenis=application/x-ndjson", accept_encoding=cara)
    assert "content-length" not in kepala
    buka: Any = {"zstd": zstandard.ZstdDecompressor().decompressobj().decompress, "br": brotli.Decompressor().process, "gzip": zlib.decompressobj(31).decompress}[cara]  # fmt: skip
    assert [buka(b) for b in badan[:3]] == [f"potongan {i}\n".encode() * 100 for i in range(3)]
    assert b"".join(buka(b) for b in badan[3:]) == b""


@pytest.mark.parametrize(
    ("jalur", "method", "kepala"),
    [
        ("/alir?jenis=text/event-stream", "GET", {}), ("/besar", "HEAD", {}), ("/lain?n=1023", "GET", {}), ("/lain?cara=gzip", "GET", {}),
        ("/lain?jenis=image/png", "GET", {}), ("/lain?status=206", "GET", {}), ("/besar", "GET", {"accept_encoding": "identity"}),
    ],
)  # fmt: skip
def test_what_is_left_alone(jalur: str, method: str, kepala: dict[str, str]) -> None:
    biasa = _minta(jalur, method)
    _, ada, badan = _minta(jalur, method, **{"accept_encoding": "zstd, br, gzip", **kepala})
    assert ada.get("content-encoding") == biasa[1].get("content-encoding")
    assert badan == biasa[2]


def test_just_large_enough_is_compressed() -> None:
    assert _minta("/lain?n=1024", accept_encoding="br")[1]["content-encoding"] == "br"


def test_other_protocols_pass() -> None:
    dilihat: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        dilihat.append(scope["type"])

    kosong: Any = None
    for jenis in ("websocket", "lifespan"):
        asyncio.run(CompressionMiddleware(app)({"type": jenis}, kosong, kosong))
    assert dilihat == ["websocket", "lifespan"]


@pytest.mark.parametrize("cara", ["zstd", "br", "gzip"])
def test_each_encoding_has_its_own_strong_etag(cara: str) -> None:
    _, kepala, _ = _minta("/besar", accept_encoding=cara)
    assert kepala["etag"] == f'"v1-{cara}"'
    assert _minta("/besar")[1]["etag"] == '"v1"'
    assert _minta("/besar?etag=W/%22v1%22", accept_encoding=cara)[1]["etag"] == 'W/"v1"'
    for lama in (f'"v1-{cara}"', '"v1"'):
        status, kepala, badan = _minta("/besar", accept_encoding=cara, if_none_match=lama)
        assert (status, kepala["etag"], badan) == (304, lama, [])
    assert _minta("/besar", accept_encoding=cara, if_none_match='"v2-zstd"')[0] == 200


@pytest.mark.parametrize("cara", ["zstd", "br", "gzip"])
def test_over_http(hub_baca: Klien, cara: str) -> None:
    badan = {"query": '{ kabupaten(kode: "53.14") { kecamatan { desa { kode nama } } } }'}
    polos = hub_baca.post("/graphql", json=badan, headers={"Accept-Encoding": "identity"})
    padat = hub_baca.post("/graphql", json=badan, headers={"Accept-Encoding": cara})
    assert padat.headers["content-encoding"] == cara
    assert "Accept-Encoding" in padat.headers["vary"]
    assert "Accept-Encoding" in polos.headers["vary"]
    assert padat.json() == polos.json()
    assert int(padat.headers["content-length"]) < int(polos.headers["content-length"]) / 3
