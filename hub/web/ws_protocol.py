"""Uvicorn's WebSocket connection with bounds: on messages that wait for the app, and on answers that wait for the reader."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.http11 import Request

from hub.web.traffic import Line, Traffic

LARGEST = 256 * 2**10  # bytes of one message; what is larger goes over HTTP
_QUEUE = 256  # messages that may wait for the app; they come together only from who does not wait for answers


class HubWebSocketProtocol(WebSocketsSansIOProtocol):
    """One connection, which has its place in the traffic since it was one of HTTP."""

    waiting = False  # how long it may be idle is said where its messages are understood

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        traffic: Traffic,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._traffic = traffic
        self._line: Line | None = None
        self._app_closed = False
        self._gone: asyncio.Future[None] = self.loop.create_future()  # done once the client has hung up

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._line = self._traffic.line(self.transport)
        self._line.owner = self

    def connection_lost(self, exc: Exception | None) -> None:
        if self._line is not None:
            self._traffic.leave(self._line)
        super().connection_lost(exc)
        if not self._gone.done():
            self._gone.set_result(None)

    def deadline_passed(self, now: float) -> None:
        """The handshake did not come about, and the library has not said so either."""
        self.transport.close()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        assert self._line is not None
        self._line.deadline = None
        if self.response.status_code == 101 and self.client is not None:
            host, port = self.client
            headers = self.scope["headers"]
            self.scope["client"] = (self._traffic.proxies.client(host, headers), port)
            self.scope["hub.gone"] = self._gone  # type: ignore[typeddict-unknown-key]

    def pause_writing(self) -> None:
        """Who does not read is not read from either: each ping makes a pong."""
        super().pause_writing()
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        if not self.read_paused:
            self.transport.resume_reading()

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text" and not self.close_sent and not _is_text(self.frames):
            self._fail(1007, "Bukan UTF-8.")
        elif self.queue.qsize() >= _QUEUE:
            self._fail(1008, "Terlalu banyak pesan sekaligus; tunggu jawabannya.")
        else:
            super().send_receive_event_to_app()

    def _fail(self, code: int, reason: str) -> None:
        self.frames = []
        if not self.close_sent:
            self.conn.send_close(code, reason)
            self.handle_parser_exception()

    async def send(self, message: MutableMapping[str, Any]) -> None:  # type: ignore[override]
        if message["type"] == "websocket.close":
            self._app_closed = True
        try:
            await super().send(message)  # type: ignore[arg-type]
        except RuntimeError:
            if self.close_sent and not self._app_closed:
                raise ClientDisconnected from None  # it was ended for what the client did or did not; the app could not know
            raise
        if self._line is not None:
            self._line.written += len(message.get("text") or "")


def _is_text(frames: list[bytes]) -> bool:
    try:
        b"".join(frames).decode()
    except UnicodeDecodeError:
        return False
    return True
