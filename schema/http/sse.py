"""GraphQL over server-sent events, "distinct connections": one request, one stream, events `next` and `complete`."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from hub.base.errors import HubError
from schema.http.event_stream import SEND_TIMEOUT, AnswerStream
from schema.http.failures import expected, masked
from schema.http.media_types import EVENTS

_COMPLETE = b"event: complete\ndata:\n\n"
_KEEP_ALIVE = b":\n\n"


def accepts_events(request: Request) -> bool:
    return EVENTS in request.headers.get("accept", "").lower()


def as_events(media_type: str | None, response: Response) -> Response:
    """The answer of a query or mutation as a stream of one, where that is the media type which was chosen."""
    if media_type != EVENTS or isinstance(response, EventStreamResponse):
        return response
    if not 200 <= response.status_code < 300:
        return response
    return Response(_next(bytes(response.body)) + _COMPLETE, media_type=EVENTS, headers={"Cache-Control": "no-store"})


class EventStreamResponse(Response):
    """Sends until the reader leaves, the hub stops, or the subscription ends by itself."""

    def __init__(self, stream: AnswerStream) -> None:
        super().__init__(None, media_type=EVENTS, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["aliran"] = True  # hub.app ends it at once when the hub stops
        sending = asyncio.create_task(self._send(send))
        leaving = asyncio.create_task(_until_gone(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
            self._stream.close()

    async def _send(self, send: Send) -> None:
        async def send_piece(piece: bytes, *, more: bool = True) -> None:
            async with asyncio.timeout(SEND_TIMEOUT):
                await send({"type": "http.response.body", "body": piece, "more_body": more})

        with suppress(TimeoutError, OSError):  # the reader is gone, or as good as gone
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await send_piece(_KEEP_ALIVE)  # whoever reads this knows that the subscription stands
            async with aclosing(_events(self._stream)) as events:
                async for event in events:
                    await send_piece(event)
            await send_piece(_COMPLETE, more=False)


async def _events(stream: AnswerStream) -> AsyncGenerator[bytes, None]:
    try:
        async with aclosing(stream.answers()) as answers:
            async for answer in answers:
                yield _KEEP_ALIVE if answer is None else _next(answer)
    except HubError as error:
        yield _next(orjson.dumps({"errors": [expected(error)]}))
    except Exception as error:
        yield _next(orjson.dumps({"errors": [masked(error)]}))


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _next(answer: bytes) -> bytes:
    return b"event: next\ndata: " + answer.replace(b"\n", b"") + b"\n\n"
