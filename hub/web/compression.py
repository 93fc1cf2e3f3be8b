"""Compressed answers: zstd, Brotli or gzip, whichever the reader likes best.

A whole answer is compressed at once, a streamed one chunk by chunk with nothing held back. Left alone: WebSockets, event
streams, answers to HEAD, 204, 206 and 304, what is compressed already and what is small.

A strong ETag names one sequence of bytes, so each encoding gets its own: "abc" becomes "abc-zstd" on the way out, and
If-None-Match loses the ending on the way in, so that whoever made the ETag meets the one it made.
"""

import asyncio
import re
import zlib
from collections.abc import Callable, Sequence
from typing import Protocol

import brotli
import zstandard
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.base.headers import header

# The fastest level of each, measured on a province nested down to its 8.563 desa, 458 kB of JSON, one core:
# zstd 1: 77 kB in 1,0 ms (3: 75 kB in 1,3) · br 1: 82 kB in 1,7 ms (4: 74 kB in 6,2) · gzip 1: 88 kB in 3,8 ms (5: 73 kB in 8,2)
_LEVELS = {"zstd": 1, "br": 1, "gzip": 1}
_SMALLEST = 1_024  # bytes; less travels in one packet anyway
_LARGE = 1 << 20  # bytes; more is compressed beside the event loop, for the compressors let other threads run

_COMPRESSIBLE = re.compile(
    r"text/(?!event-stream)|application/(.*\+)?(json|xml|javascript|wasm|x-ndjson|vnd\.mapbox-vector-tile)\b|image/svg",
    re.IGNORECASE,
)
_ETAG = re.compile(r'(W/)?"([^"]*?)(?:-(zstd|br|gzip))?"')


class _Compressor(Protocol):
    """A compressor fed piece by piece; what it gives back so far can be read by itself."""

    def feed(self, piece: bytes) -> bytes: ...
    def finish(self) -> bytes: ...


class _Zstd:
    def __init__(self) -> None:
        self._compressor = zstandard.ZstdCompressor(level=_LEVELS["zstd"]).compressobj()

    def feed(self, piece: bytes) -> bytes:
        return self._compressor.compress(piece) + self._compressor.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def finish(self) -> bytes:
        return self._compressor.flush(zstandard.COMPRESSOBJ_FLUSH_FINISH)


class _Brotli:
    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=_LEVELS["br"])

    def feed(self, piece: bytes) -> bytes:
        return bytes(self._compressor.process(piece)) + bytes(self._compressor.flush())

    def finish(self) -> bytes:
        return bytes(self._compressor.finish())


class _Gzip:
    def __init__(self) -> None:
        self._compressor = zlib.compressobj(_LEVELS["gzip"], wbits=zlib.MAX_WBITS | 16)

    def feed(self, piece: bytes) -> bytes:
        return self._compressor.compress(piece) + self._compressor.flush(zlib.Z_SYNC_FLUSH)

    def finish(self) -> bytes:
        return self._compressor.flush()


_AT_ONCE: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstandard.ZstdCompressor(level=_LEVELS["zstd"]).compress(body),
    "br": lambda content: bytes(brotli.compress(content, quality=_LEVELS["br"])),
    "gzip": lambda content: zlib.compress(content, _LEVELS["gzip"], zlib.MAX_WBITS | 16),
}
_STREAMING: dict[str, Callable[[], _Compressor]] = {"zstd": _Zstd, "br": _Brotli, "gzip": _Gzip}


def choose(accept: str, offered: Sequence[str] = tuple(_LEVELS)) -> str | None:
    """The encoding for an Accept-Encoding header: the reader's favourite of those, among equals the first of them."""
    nilai: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, *parameters = (x.strip() for x in part.split(";"))
        try:
            q = float(next((c[2:] for c in parameters if c.startswith("q=")), "1"))
        except ValueError:
            q = 0.0
        nilai["gzip" if name == "x-gzip" else name] = q
    nilai.setdefault("gzip", nilai.get("*", 0.0))  # whoever takes anything and names nothing may know no newer one
    best = max(offered, key=lambda n: nilai.get(n, 0.0))  # the first of equals
    q = nilai.get(best, 0.0)
    return best if q > 0 and q >= nilai.get("identity", 0.0) else None


async def packed(body: bytes, coding: str | None) -> tuple[bytes, str | None]:
    """An answer that is to be kept, as it would be sent: the bytes and their encoding, None where they stay as they are."""
    if coding is None or len(body) < _SMALLEST:
        return body, None
    compress = _AT_ONCE[coding]
    return (await asyncio.to_thread(compress, body) if len(body) > _LARGE else compress(body)), coding


class CompressionMiddleware:
    """Wraps the whole app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if_none_match, accept_encoding = header(scope, b"if-none-match"), header(scope, b"accept-encoding")
        if scope["method"] == "POST" and if_none_match is None and accept_encoding is None:
            await self._app(scope, receive, send)  # nothing to compress, and a Vary that no cache would read
            return
        if if_none_match is not None and if_none_match != "*":
            plain_headers = [(n, _without_suffix(v) if n == b"if-none-match" else v) for n, v in scope["headers"]]
            scope = {**scope, "headers": plain_headers}
        coding = choose(accept_encoding or "") if scope["method"] != "HEAD" else None
        await self._app(scope, receive, _Answer(send, coding, if_none_match))


class _Answer:
    """The `send` of one answer."""

    def __init__(self, send: Send, coding: str | None, if_none_match: str | None) -> None:
        self._send = send
        self._coding = coding
        self._if_none_match = if_none_match
        self._start: Message | None = None  # held back until the first piece of the body tells how large it is
        self._stream: _Compressor | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if self._can_compress(message):
                self._start = message
                return
        elif self._start is not None:
            start, self._start = self._start, None
            if message["type"] == "http.response.body":
                message = await self._begin(start, message)
            await self._send(start)
        elif self._stream is not None:
            message = self._continue(self._stream, message)
        await self._send(message)

    def _can_compress(self, message: Message) -> bool:
        """Whether this answer can be compressed; its headers say at once what depends on the reader's wish."""
        headers = MutableHeaders(raw=message["headers"])
        if message["status"] == 304:
            self._restore_etag(headers)
            return False
        if (
            message["status"] in (204, 206)
            or "content-encoding" in headers
            or not _COMPRESSIBLE.match(headers.get("content-type", ""))
        ):
            return False
        headers.add_vary_header("Accept-Encoding")
        message["headers"] = headers.raw
        return self._coding is not None

    async def _begin(self, start: Message, message: Message) -> Message:
        assert self._coding is not None
        headers = MutableHeaders(raw=start["headers"])
        body: bytes = message.get("body", b"")
        if message.get("more_body", False):
            self._stream = _STREAMING[self._coding]()
            message = {**message, "body": self._stream.feed(body) if body else b""}
            del headers["content-length"]
        else:
            body, coding = await packed(body, self._coding)
            if coding is None:
                return message
            message = {**message, "body": body}
            headers["content-length"] = str(len(body))
        headers["content-encoding"] = self._coding
        etag = headers.get("etag")
        if etag is not None and etag.startswith('"'):
            headers["etag"] = f'{etag[:-1]}-{self._coding}"'
        start["headers"] = headers.raw
        return message

    @staticmethod
    def _continue(stream: _Compressor, message: Message) -> Message:
        if message["type"] != "http.response.body":
            return message
        body = message.get("body", b"")
        body = stream.feed(body) if body else b""
        return {**message, "body": body if message.get("more_body", False) else body + stream.finish()}

    def _restore_etag(self, headers: MutableHeaders) -> None:
        """A 304 speaks of the very bytes the reader holds: its ETag ends as the reader's did."""
        etag = headers.get("etag")
        if etag is None or self._if_none_match is None:
            return
        for found in _ETAG.finditer(self._if_none_match):
            if found[1] is None and found[3] is not None and f'"{found[2]}"' == etag:
                headers["etag"] = found[0]
                return


def _without_suffix(nilai: bytes) -> bytes:
    return _ETAG.sub(lambda c: f'{c[1] or ""}"{c[2]}"', nilai.decode("latin-1")).encode("latin-1")
