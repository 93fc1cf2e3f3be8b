"""GraphQL over server-sent events, "distinct connections": one request, one stream, events `next` and `complete`."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from hub.base.errors import HubError
from schema.http.event_stream import BATAS_KIRIM, Aliran
from schema.http.failures import masked

_JENIS = "text/event-stream"
_SELESAI = b"event: complete\ndata:\n\n"
_TETAP_ADA = b":\n\n"


def accepts_events(request: Request) -> bool:
    return _JENIS in request.headers.get("accept", "").lower()


def only_events(request: Request) -> bool:
    """Whether the caller takes events and nothing plainer."""
    terima = request.headers.get("accept", "").lower()
    return _JENIS in terima and "json" not in terima and "*/*" not in terima


def as_events(request: Request, jawab: Response) -> Response:
    """The answer of a query or mutation as a stream of one, where the caller asked for that."""
    if jawab.status_code != 200 or isinstance(jawab, AliranSSE) or not only_events(request):
        return jawab
    return Response(_next(bytes(jawab.body)) + _SELESAI, media_type=_JENIS, headers={"Cache-Control": "no-store"})


class AliranSSE(Response):
    """Sends until the reader leaves, the hub stops, or the subscription ends by itself."""

    def __init__(self, aliran: Aliran) -> None:
        super().__init__(None, media_type=_JENIS, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._aliran = aliran

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["aliran"] = True  # hub.app ends it at once when the hub stops
        kirim = asyncio.create_task(self._kirim(send))
        pergi = asyncio.create_task(_pergi(receive))
        try:
            await asyncio.wait({kirim, pergi}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for tugas in (kirim, pergi):
                tugas.cancel()
            await asyncio.gather(kirim, pergi, return_exceptions=True)
            self._aliran.tutup()

    async def _kirim(self, send: Send) -> None:
        async def potong(isi: bytes, *, lagi: bool = True) -> None:
            async with asyncio.timeout(BATAS_KIRIM):
                await send({"type": "http.response.body", "body": isi, "more_body": lagi})

        with suppress(TimeoutError, OSError):  # the reader is gone, or as good as gone
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await potong(_TETAP_ADA)  # whoever reads this knows that the subscription stands
            async with aclosing(_events(self._aliran)) as isi:
                async for satu in isi:
                    await potong(satu)
            await potong(_SELESAI, lagi=False)


async def _events(aliran: Aliran) -> AsyncGenerator[bytes, None]:
    try:
        async with aclosing(aliran.jawaban()) as jawaban:
            async for isi in jawaban:
                yield _TETAP_ADA if isi is None else _next(isi)
    except HubError as salah:
        yield _next(orjson.dumps({"errors": [{"message": salah.pesan, "extensions": {"kode": salah.kode}}]}))
    except Exception as salah:
        yield _next(orjson.dumps({"errors": [masked(salah)]}))


async def _pergi(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _next(isi: bytes) -> bytes:
    return b"event: next\ndata: " + isi.replace(b"\n", b"") + b"\n\n"
