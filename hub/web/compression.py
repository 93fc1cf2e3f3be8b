"""Compressed answers: zstd, Brotli or gzip, whichever the reader likes best.

A whole answer is compressed at once, a streamed one chunk by chunk with nothing held back. Left alone: WebSockets, event
streams, answers to HEAD, 204, 206 and 304, what is compressed already and what is small.

A strong ETag names one sequence of bytes, so each encoding gets its own: "abc" becomes "abc-zstd" on the way out, and
If-None-Match loses the ending on the way in, so that whoever made the ETag meets the one it made.
"""

import asyncio
import re
import zlib
from collections.abc import Callable
from typing import Protocol

import brotli
import zstandard
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.base.headers import header

# The fastest level of each, measured on a province nested down to its 8.563 desa, 458 kB of JSON, one core:
# zstd 1: 77 kB in 1,0 ms (3: 75 kB in 1,3) · br 1: 82 kB in 1,7 ms (4: 74 kB in 6,2) · gzip 1: 88 kB in 3,8 ms (5: 73 kB in 8,2)
_TINGKAT = {"zstd": 1, "br": 1, "gzip": 1}
_TERKECIL = 1_024  # bytes; less travels in one packet anyway
_BESAR = 1 << 20  # bytes; more is compressed beside the event loop, for the compressors let other threads run

_JENIS = re.compile(
    r"text/(?!event-stream)|application/(.*\+)?(json|xml|javascript|wasm|x-ndjson|vnd\.mapbox-vector-tile)\b|image/svg",
    re.IGNORECASE,
)
_ETAG = re.compile(r'(W/)?"([^"]*?)(?:-(zstd|br|gzip))?"')


class _Alir(Protocol):
    """A compressor fed piece by piece; what it gives back so far can be read by itself."""

    def potong(self, isi: bytes) -> bytes: ...
    def akhir(self) -> bytes: ...


class _Zstd:
    def __init__(self) -> None:
        self._isi = zstandard.ZstdCompressor(level=_TINGKAT["zstd"]).compressobj()

    def potong(self, isi: bytes) -> bytes:
        return self._isi.compress(isi) + self._isi.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def akhir(self) -> bytes:
        return self._isi.flush(zstandard.COMPRESSOBJ_FLUSH_FINISH)


class _Brotli:
    def __init__(self) -> None:
        self._isi = brotli.Compressor(quality=_TINGKAT["br"])

    def potong(self, isi: bytes) -> bytes:
        return bytes(self._isi.process(isi)) + bytes(self._isi.flush())

    def akhir(self) -> bytes:
        return bytes(self._isi.finish())


class _Gzip:
    def __init__(self) -> None:
        self._isi = zlib.compressobj(_TINGKAT["gzip"], wbits=zlib.MAX_WBITS | 16)

    def potong(self, isi: bytes) -> bytes:
        return self._isi.compress(isi) + self._isi.flush(zlib.Z_SYNC_FLUSH)

    def akhir(self) -> bytes:
        return self._isi.flush()


_SEKALIGUS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda isi: zstandard.ZstdCompressor(level=_TINGKAT["zstd"]).compress(isi),
    "br": lambda isi: bytes(brotli.compress(isi, quality=_TINGKAT["br"])),
    "gzip": lambda isi: zlib.compress(isi, _TINGKAT["gzip"], zlib.MAX_WBITS | 16),
}
_MENGALIR: dict[str, Callable[[], _Alir]] = {"zstd": _Zstd, "br": _Brotli, "gzip": _Gzip}


def choose(accept: str) -> str | None:
    """The encoding for an Accept-Encoding header: the reader's favourite, among equals the one that packs best."""
    nilai: dict[str, float] = {}
    for bagian in accept.lower().split(","):
        nama, *ciri = (x.strip() for x in bagian.split(";"))
        try:
            q = float(next((c[2:] for c in ciri if c.startswith("q=")), "1"))
        except ValueError:
            q = 0.0
        nilai["gzip" if nama == "x-gzip" else nama] = q
    lain = nilai.get("*", 0.0)
    terbaik = max(_TINGKAT, key=lambda n: nilai.get(n, lain))  # the first of equals, in the order of the table
    q = nilai.get(terbaik, lain)
    return terbaik if q > 0 and q >= nilai.get("identity", 0.0) else None


async def packed(isi: bytes, cara: str | None) -> tuple[bytes, str | None]:
    """An answer that is to be kept, as it would be sent: the bytes and their encoding, None where they stay as they are."""
    if cara is None or len(isi) < _TERKECIL:
        return isi, None
    padat = _SEKALIGUS[cara]
    return (await asyncio.to_thread(padat, isi) if len(isi) > _BESAR else padat(isi)), cara


class CompressionMiddleware:
    """Wraps the whole app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        diminta, terima = header(scope, b"if-none-match"), header(scope, b"accept-encoding")
        if scope["method"] == "POST" and diminta is None and terima is None:
            await self._app(scope, receive, send)  # nothing to compress, and a Vary that no cache would read
            return
        if diminta is not None and diminta != "*":
            polos = [(n, _tanpa_akhiran(v) if n == b"if-none-match" else v) for n, v in scope["headers"]]
            scope = {**scope, "headers": polos}
        cara = choose(terima or "") if scope["method"] != "HEAD" else None
        await self._app(scope, receive, _Jawaban(send, cara, diminta))


class _Jawaban:
    """The `send` of one answer."""

    def __init__(self, send: Send, cara: str | None, diminta: str | None) -> None:
        self._send = send
        self._cara = cara
        self._diminta = diminta
        self._awal: Message | None = None  # held back until the first piece of the body tells how large it is
        self._alir: _Alir | None = None

    async def __call__(self, pesan: Message) -> None:
        if pesan["type"] == "http.response.start":
            if self._dapat(pesan):
                self._awal = pesan
                return
        elif self._awal is not None:
            awal, self._awal = self._awal, None
            if pesan["type"] == "http.response.body":
                pesan = await self._mulai(awal, pesan)
            await self._send(awal)
        elif self._alir is not None:
            pesan = self._lanjut(self._alir, pesan)
        await self._send(pesan)

    def _dapat(self, pesan: Message) -> bool:
        """Whether this answer can be compressed; its headers say at once what depends on the reader's wish."""
        kepala = MutableHeaders(raw=pesan["headers"])
        if pesan["status"] == 304:
            self._etag_semula(kepala)
            return False
        if (
            pesan["status"] in (204, 206)
            or "content-encoding" in kepala
            or not _JENIS.match(kepala.get("content-type", ""))
        ):
            return False
        kepala.add_vary_header("Accept-Encoding")
        pesan["headers"] = kepala.raw
        return self._cara is not None

    async def _mulai(self, awal: Message, pesan: Message) -> Message:
        assert self._cara is not None
        kepala = MutableHeaders(raw=awal["headers"])
        isi: bytes = pesan.get("body", b"")
        if pesan.get("more_body", False):
            self._alir = _MENGALIR[self._cara]()
            pesan = {**pesan, "body": self._alir.potong(isi) if isi else b""}
            del kepala["content-length"]
        else:
            isi, cara = await packed(isi, self._cara)
            if cara is None:
                return pesan
            pesan = {**pesan, "body": isi}
            kepala["content-length"] = str(len(isi))
        kepala["content-encoding"] = self._cara
        etag = kepala.get("etag")
        if etag is not None and etag.startswith('"'):
            kepala["etag"] = f'{etag[:-1]}-{self._cara}"'
        awal["headers"] = kepala.raw
        return pesan

    @staticmethod
    def _lanjut(alir: _Alir, pesan: Message) -> Message:
        if pesan["type"] != "http.response.body":
            return pesan
        isi = pesan.get("body", b"")
        isi = alir.potong(isi) if isi else b""
        return {**pesan, "body": isi if pesan.get("more_body", False) else isi + alir.akhir()}

    def _etag_semula(self, kepala: MutableHeaders) -> None:
        """A 304 speaks of the very bytes the reader holds: its ETag ends as the reader's did."""
        etag = kepala.get("etag")
        if etag is None or self._diminta is None:
            return
        for cocok in _ETAG.finditer(self._diminta):
            if cocok[1] is None and cocok[3] is not None and f'"{cocok[2]}"' == etag:
                kepala["etag"] = cocok[0]
                return


def _tanpa_akhiran(nilai: bytes) -> bytes:
    return _ETAG.sub(lambda c: f'{c[1] or ""}"{c[2]}"', nilai.decode("latin-1")).encode("latin-1")
