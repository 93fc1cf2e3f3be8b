"""One question to one node: over within a bounded time whatever it does, within so many bytes however packed, never led elsewhere."""

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from hub.base.off_loop import BULK

if TYPE_CHECKING:
    import httpx

LARGEST = 4 * 2**20  # bytes on the wire
LARGEST_PLAIN = 16 * 2**20  # bytes unpacked
_SMALL = 64 * 2**10  # bytes of JSON that are read without leaving the event loop
_PER_READ = 30.0  # seconds, as the library counts them; how long all of it may take the caller says
_AT_ONCE = 4  # questions to one node; further ones wait for their turn within their own time


class LiveFailure(Exception):  # noqa: N818 - no error: the copy stands in
    """A node did not answer so that it can be believed. `why`: for people; `counts`: it says something of the node; `late`: it was too slow;
    `code`: its own, where it refused."""

    def __init__(self, why: str, *, counts: bool = True, late: bool = False, code: str | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.counts = counts
        self.late = late
        self.code = code


class LiveLine:
    """The way to one node: its own connections and its own gate, so that one who hangs keeps nobody but himself waiting. `address`: as the
    registry has it."""

    def __init__(self, address: str) -> None:
        import httpx  # a tenth of a second, which only a province takes

        self.address = address
        self._gate = asyncio.Semaphore(_AT_ONCE)
        limits = httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=2, keepalive_expiry=15)
        self._client = httpx.AsyncClient(
            verify=_trust(), trust_env=False, follow_redirects=False, timeout=_PER_READ, limits=limits
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def ask(self, path: str, body: bytes, heads: Mapping[str, str], until: float) -> "Heard":
        """`until`: by the loop's clock. Raises LiveFailure."""
        import httpx

        entered = False
        try:
            async with asyncio.timeout_at(until), self._gate:
                entered = True
                asked = {**heads, "Accept": "application/graphql-response+json", "Accept-Encoding": "gzip"}
                async with self._client.stream("POST", self.address + path, content=body, headers=asked) as answer:
                    return await _heard(answer)
        except TimeoutError:
            if not entered:
                raise LiveFailure("Terlalu banyak pertanyaan sedang menunggu simpul ini.", counts=False) from None
            raise LiveFailure("Simpul tidak menjawab dalam batas waktu.", late=True) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError):
            raise LiveFailure("Simpul tidak dapat dihubungi, atau jawabannya terputus.") from None


@dataclass(frozen=True, slots=True)
class Heard:
    """Status and JSON object of an answer. `large`: so much that others should not wait while it is looked through."""

    status: int
    content: dict[str, Any]
    large: bool


async def _heard(answer: "httpx.Response") -> Heard:
    """Raises LiveFailure."""
    if answer.is_redirect or 300 <= answer.status_code < 400:
        raise LiveFailure("Simpul menunjuk ke alamat lain; yang ditanya hanya alamat yang terdaftar.")
    if answer.status_code >= 500:
        raise LiveFailure(f"Simpul sedang terganggu (HTTP {answer.status_code}).")
    text = b"".join([piece async for piece in _unpacked(answer)])
    large = len(text) > _SMALL
    try:
        content = await BULK.go_on(orjson.loads, text) if large else orjson.loads(text)
    except ValueError:
        raise LiveFailure("Yang menjawab di alamat simpul bukan hub.") from None
    if not isinstance(content, dict):
        raise LiveFailure("Yang menjawab di alamat simpul bukan hub.")
    return Heard(answer.status_code, content, large)


async def _unpacked(answer: "httpx.Response") -> AsyncIterator[bytes]:
    """The body in pieces, never more of it than may be held. Raises LiveFailure."""
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip"):
        raise LiveFailure("Simpul menjawab dalam bentuk yang tidak diminta.")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if encoding == "gzip" else None
    came = made = 0
    async for piece in answer.aiter_raw(64 * 2**10):
        came += len(piece)
        try:
            plain = piece if unpack is None else unpack.decompress(piece, LARGEST_PLAIN - made + 1)
        except zlib.error:
            raise LiveFailure("Jawaban simpul rusak.") from None
        made += len(plain)
        if came > LARGEST or made > LARGEST_PLAIN:
            raise LiveFailure("Jawaban simpul terlalu besar.")
        yield plain
    if unpack is not None and not unpack.eof:
        raise LiveFailure("Jawaban simpul terpotong.")


@cache
def _trust() -> ssl.SSLContext:
    """What the machine trusts (SSL_CERT_FILE, SSL_CERT_DIR)."""
    return ssl.create_default_context()
