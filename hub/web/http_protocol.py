"""Uvicorn's HTTP connection with bounds: on the time and size of heads, the speed of bodies and of readers, on what is
pipelined; and with who is asking as trusted proxies tell it."""

import asyncio
from collections.abc import MutableMapping
from enum import Enum
from typing import Any

import httptools
import orjson
import structlog
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from hub.base.errors import HeaderLimitError, HubError, InvalidInputError, PlaceLimitError, SendingLimitError
from hub.base.origin import address_of, caller_of
from hub.web.body_room import Body
from hub.web.traffic import Line, Traffic

Message = MutableMapping[str, Any]
_log = structlog.get_logger("hub.sambungan")
_DRAIN_PAUSE = 0.05  # seconds between two pieces of a body that nobody wants, each some 256 KiB
_LARGE = 2**20  # bytes; where so much of an answer waits to be read, all that waits is counted
_SMALL = (
    8 * 2**10
)  # bytes; a body that is no larger is taken in at once: with a place for each, all connections hold 8 MiB
_DIGITS = 4


class _Phase(Enum):
    """Of what the client sends: IDLE between two requests, DRAIN while the rest of a body comes that nobody wants."""

    IDLE = 0
    HEAD = 1
    BODY = 2
    SERVED = 3
    DRAIN = 4


class _TooMuchError(Exception):
    """Stops the parser."""


class HubHttpProtocol(HttpToolsProtocol):
    """One connection."""

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
        self._limits = traffic.limits
        self._app: Any = self.app
        self.app = self._serve
        self._line: Line | None = None
        self._phase = _Phase.HEAD
        self._head = 0  # bytes of the head so far
        self._refusal: HubError | None = None
        self._body_until = 0.0
        self._slow: Any = None  # the scope whose body comes too slowly
        self._running: RequestResponseCycle | None = None  # the request that is being answered, or was last
        self._gone: asyncio.Future[None] = self.loop.create_future()  # done once the client has hung up

    # ---------- the connection ----------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._line = self._traffic.enter(transport, self, self.client[0] if self.client else "")
        if self._line is None:
            self._refuse(PlaceLimitError("Terlalu banyak sambungan ke hub ini; coba lagi beberapa detik kemudian."))
            return
        self._line.deadline = self.loop.time() + self._limits.head_seconds

    def connection_lost(self, exc: Exception | None) -> None:
        if self._line is not None:
            self._traffic.leave(self._line)
        super().connection_lost(exc)
        # the library tells the request that came last; the one under way may have others behind it, which never begin
        if self._running is not None and not self._running.response_complete:
            self._running.disconnected = True
            self._running.message_event.set()
        if not self._gone.done():
            self._gone.set_result(None)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    @property
    def waiting(self) -> bool:
        """No request is under way: a half head, the time between two, a body that nobody wants."""
        return self._phase not in (_Phase.BODY, _Phase.SERVED) and not self._answering

    @property
    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def deadline_passed(self, now: float) -> None:
        assert self._line is not None
        self._line.deadline = None
        if self._phase is _Phase.BODY and self.flow.read_paused and now < self._body_until:
            self._line.deadline = now + self._limits.grace  # it is we who do not read
        elif self._phase is _Phase.BODY and self._answering and self._slow is not self.scope:
            self._slow = self.scope
            self.cycle.keep_alive = False
            self.cycle.message_event.set()  # whoever waits for more of it is told
            self._line.deadline = now + self._limits.linger
        elif self._phase is _Phase.HEAD and self._answering:
            self.cycle.keep_alive = False  # the answer goes out; what should follow it does not come
        elif self._phase is _Phase.HEAD and self._head:
            self._refuse(_too_slow("kepala permintaan"))
        elif not self.transport.is_closing():
            self.transport.close()

    # ---------- what comes in ----------

    def data_received(self, data: bytes) -> None:
        if self._line is None or self.transport.is_closing():
            return
        self._unset_keepalive_if_required()
        if self._phase is _Phase.IDLE:
            self._expect_head(self._line)
        if self._phase is _Phase.HEAD:
            self._head += len(data)
        elif self._phase is _Phase.BODY and self._line.deadline is not None:
            gained = self._line.deadline + len(data) / self._limits.rate
            self._line.deadline = min(gained, self.loop.time() + self._limits.grace, self._body_until)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            if self._should_upgrade():
                self.handle_websocket_upgrade()
            return
        except httptools.HttpParserError:
            _log.debug("permintaan HTTP tidak terbaca", alamat=self._line.address)
            self._refuse(self._refusal or InvalidInputError("Permintaan ini bukan HTTP yang dapat dibaca."))
            return
        if self._phase is _Phase.HEAD and self._head > self._limits.head_bytes:
            self._refuse(self._head_too_large())
        elif self._phase is _Phase.DRAIN:
            # as fast as a line gives it would be as fast as it can be read: nobody else would be served
            self.flow.pause_reading()
            self.loop.call_later(_DRAIN_PAUSE, self._drain_on)

    def _drain_on(self) -> None:
        if not self.transport.is_closing():
            self.flow.resume_reading()

    def _expect_head(self, line: Line) -> None:
        self._phase, self._head = _Phase.HEAD, 0
        line.deadline = self.loop.time() + self._limits.head_seconds

    def handle_websocket_upgrade(self) -> None:
        if not self.url.isascii():
            self._refuse(InvalidInputError("Alamat ini berisi huruf di luar ASCII; tulis dengan %XX."))
            return
        assert self._line is not None
        self._line.deadline = self.loop.time() + self._limits.head_seconds
        super().handle_websocket_upgrade()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        assert self._line is not None
        if self._phase is not _Phase.HEAD:  # right behind the one before
            self._expect_head(self._line)
        self._head = max(self._head, 1)

    def _head_too_large(self) -> HeaderLimitError:
        return HeaderLimitError(
            f"Kepala permintaan terlalu besar: paling banyak {self._limits.head_bytes // 2**10} KiB dan {self._limits.head_lines} "
            "baris; kirim pertanyaan yang panjang dengan POST."
        )

    def on_headers_complete(self) -> None:
        assert self._line is not None
        brings_a_body, length = False, b""
        for name, value in self.headers:
            if name == b"content-length":
                length = value
                brings_a_body = brings_a_body or value != b"0"
            elif name == b"transfer-encoding":
                brings_a_body, length = True, b"chunked"
        if self._head_size() > self._limits.head_bytes or len(self.headers) > self._limits.head_lines:
            self._refusal = self._head_too_large()
            raise _TooMuchError
        if len(self.pipeline) >= self._limits.pipelined:
            self._refusal = PlaceLimitError("Terlalu banyak permintaan dikirim tanpa menunggu jawabannya.")
            raise _TooMuchError
        self._phase, self._head = _Phase.BODY, 0
        if brings_a_body:
            now = self.loop.time()
            self._body_until = now + self._limits.body_seconds
            self._line.deadline = now + self._limits.grace
            large = len(length) > _DIGITS or not length.isdigit() or int(length) > _SMALL
            self.scope["hub.body"] = large  # type: ignore[typeddict-unknown-key]
            super().on_headers_complete()
            if large and not self._upgraded():
                self.flow.pause_reading()  # until somebody asks for it
        else:
            super().on_headers_complete()

    def _head_size(self) -> int:
        """Bytes, where it may be too many: what came in one piece that is smaller is smaller itself."""
        if 1 < self._head <= self._limits.head_bytes:
            return self._head
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _upgraded(self) -> bool:
        return self.parser.should_upgrade() and self._should_upgrade()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        assert self._line is not None
        self._line.deadline = None
        if self._answering or self._upgraded():
            self._phase = _Phase.SERVED
        else:
            self._rest()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._line is None or self.transport.is_closing() or self._answering:
            return
        self._traffic.served(self._line)
        if self._phase is _Phase.BODY:
            self._phase = _Phase.DRAIN
            self._line.deadline = self.loop.time() + self._limits.linger
        elif self._phase is _Phase.SERVED:
            self._rest()

    def _rest(self) -> None:
        """Between two requests."""
        assert self._line is not None
        self._phase = _Phase.IDLE
        self._line.deadline = self.loop.time() + self.timeout_keep_alive

    # ---------- what the app sees ----------

    async def _serve(self, scope: Any, receive: Any, send: Any) -> None:
        if self._line is None or self._line.address is None:
            self._believe_proxy(scope)
        scope["hub.gone"] = self._gone
        body = self._body_of(scope)

        async def read() -> Message:
            if body is None:  # small, and in by now as a rule
                message: Message = await receive()
                if scope is self._slow and message.get("more_body"):
                    raise _too_slow("isi permintaan")
                return message
            await body.admit()
            if self.flow.read_paused and self._line is not None and self._line.deadline is not None:
                self._line.deadline = min(self.loop.time() + self._limits.grace, self._body_until)
            message = await receive()
            if scope is self._slow and message.get("more_body"):
                raise _too_slow("isi permintaan")
            body.came(len(message.get("body", b"")))
            return message

        async def write(message: Message) -> None:
            await send(message)
            if size := len(message.get("body", b"")):
                self._wrote(size)
            elif body is not None:
                body.release()

        try:
            await self._app(scope, read if "hub.body" in scope else receive, write)
        finally:
            if body is not None:
                body.release()

    def _believe_proxy(self, scope: Any) -> None:
        peer = scope["client"]
        if peer is not None:
            scope["client"] = (self._traffic.proxies.client(peer[0], scope["headers"]), peer[1])
            scope["scheme"] = self._traffic.proxies.scheme(peer[0], scope["headers"]) or scope["scheme"]

    def _body_of(self, scope: Any) -> Body | None:
        if not scope.get("hub.body"):
            return None
        by_name = dict(scope["headers"])
        length = by_name.get(b"content-length", b"")
        authorization = by_name.get(b"authorization", b"").decode("latin-1")
        caller = caller_of(address_of(scope), authorization)
        return Body(self._traffic.room, caller, int(length.lstrip(b"0")[:20] or b"0") if length.isdigit() else None)

    def _wrote(self, size: int) -> None:
        if self._line is not None:
            self._line.written += size
            if size > _LARGE and self.transport.get_write_buffer_size() > _LARGE:
                self._traffic.relieve()

    # ---------- refusals before any app is asked ----------

    def _refuse(self, error: HubError) -> None:
        """Say why and hang up. In the middle of another answer there is no place to say it."""
        if not self._answering:
            answer: dict[str, Any] = {"kode": error.kode, "pesan": error.message}
            if getattr(self, "url", b"").partition(b"?")[0] == b"/graphql":
                answer = {
                    "errors": [{"message": error.message, "extensions": {"kode": error.kode, "code": error.code}}]
                }
            content = orjson.dumps(answer)
            retry = b"retry-after: %d\r\n" % error.retry_after if error.retry_after is not None else b""
            head = b"content-type: application/json\r\ncache-control: no-store\r\nconnection: close\r\ncontent-length: %d\r\n\r\n"
            self.transport.write(STATUS_LINE[error.status] + retry + head % len(content) + content)
        self.transport.close()


def _too_slow(what: str) -> SendingLimitError:
    return SendingLimitError(
        f"{what.capitalize()} datang terlalu lambat dan tidak ditunggu lagi; periksa jaringan, lalu kirim ulang, bila perlu dalam "
        "bagian yang lebih kecil."
    )
