"""graphql-transport-ws: subscriptions (and, since it costs nothing, queries and mutations) over one WebSocket."""

import asyncio
from collections.abc import Coroutine
from contextlib import aclosing, suppress
from typing import Any

import orjson
from graphql import GraphQLError, OperationType
from starlette.requests import Request
from starlette.websockets import WebSocket, WebSocketDisconnect

from hub.base.actor import PUBLIC
from hub.base.errors import (
    AttemptLimitError,
    HubError,
    LimitExceededError,
    PlaceLimitError,
    ServiceNotReadyError,
    TokenRefusedError,
)
from hub.base.off_loop import BULK, HungUpError, let_in
from hub.base.origin import Caller, address_of, caller_of, origin_of
from schema.context import Services
from schema.http.documents import Unfit
from schema.http.endpoint import GraphQLEndpoint
from schema.http.event_plan import SubscriptionRefusedError
from schema.http.event_stream import SEND_TIMEOUT, AnswerStream
from schema.http.failures import expected, format_error, masked
from schema.http.limits import body_limit, contains_nul, too_deep, too_large
from schema.http.request_body import LARGE, Asked
from schema.http.subscription_places import Pace, SocketLimits, SocketPlaces

PROTOCOL = "graphql-transport-ws"
_MOST = 50  # operations under way on one connection


class _CloseError(Exception):
    """The connection ends with this code and reason."""

    def __init__(self, kode: int, reason: str) -> None:
        super().__init__(reason)
        self.kode = kode
        self.reason = reason


class _NotRunError(Exception):
    """A query or mutation did not run; nothing but these errors came of it."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(*(e["message"] for e in errors))
        self.errors = errors


class GraphQLWebSocket:
    """One per app."""

    def __init__(self, endpoint: GraphQLEndpoint, services: Services, limits: SocketLimits | None = None) -> None:
        self._endpoint = endpoint
        self._services = services
        self._places = SocketPlaces(limits or SocketLimits())

    async def serve(self, websocket: WebSocket) -> None:
        if PROTOCOL not in websocket.scope["subprotocols"]:
            await websocket.accept()
            await websocket.close(4406, f"Pakai subprotokol {PROTOCOL}.")
            return
        websocket.scope.setdefault("state", {})["aliran"] = True  # hub.app ends it at once when the hub stops
        await websocket.accept(subprotocol=PROTOCOL)
        await _Connection(websocket, self._endpoint, self._services, self._places).serve()


class _Connection:
    """One connection: its greeting, its operations by id."""

    def __init__(
        self, websocket: WebSocket, endpoint: GraphQLEndpoint, services: Services, places: SocketPlaces
    ) -> None:
        self._ws = websocket
        self._places = places
        self._caller: Caller | None = None  # once it has greeted and a place is taken
        self._pace = Pace(places.limits)
        self._used = 0.0  # when an operation was last under way
        self._endpoint = endpoint
        self._services = services
        self._ready = False
        self._authorization: str | None = None
        self._actor = PUBLIC
        self._large = False  # whether the message at hand is to be looked through beside the event loop
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._streams: dict[str, AnswerStream] = {}
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def serve(self) -> None:
        address = address_of(self._ws.scope)
        self._places.arrive(address, self._give_way)
        let_in(Caller(address), self._ws.scope)  # as nobody, until it has greeted
        reader = asyncio.create_task(self._read())
        stopping = asyncio.create_task(self._services.berita.done.wait())
        signals: set[asyncio.Future[Any]] = {reader, stopping, self._ended}
        try:
            await asyncio.wait(signals, return_when=asyncio.FIRST_COMPLETED)
            if self._ended.done():
                self._ended.result()
            if reader.done():
                reader.result()
            elif self._operations:
                await asyncio.wait(list(self._operations.values()), timeout=0.5)  # they say complete by themselves
            await self._close(1001, "Hub berhenti; sambungkan lagi sebentar.")
        except _CloseError as close:
            await self._close(close.kode, close.reason)
        except (WebSocketDisconnect, HungUpError, OSError, TimeoutError):
            pass
        except Exception as error:
            await self._close(1011, str(masked(error)["message"]))
        finally:
            for stream in list(self._streams.values()):
                stream.close()  # first, so that whoever comes back into this place may follow, too
            self._places.leave(self._give_way, self._caller)
            tasks = [reader, stopping, *self._operations.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._ended.done():
                self._ended.exception()  # seen

    async def _close(self, kode: int, reason: str) -> None:
        short_reason = reason.encode()[:123].decode(errors="ignore")  # a close frame holds no more
        with suppress(WebSocketDisconnect, OSError, RuntimeError, TimeoutError):
            async with asyncio.timeout(SEND_TIMEOUT):
                await self._ws.close(kode, short_reason)

    async def _send(self, message: dict[str, Any]) -> None:
        async with asyncio.timeout(SEND_TIMEOUT):
            await self._ws.send_text(orjson.dumps(message).decode())

    # ---------- messages ----------

    async def _parse(self, text: Any) -> dict[str, Any]:
        """A message, which may be as long as the body of the same caller's requests."""
        guard = self._endpoint.guard
        if isinstance(text, str) and len(text.encode()) > body_limit(guard, self._actor):
            raise _CloseError(1009, too_large(guard, self._actor).message)
        self._large = isinstance(text, str) and len(text) > LARGE
        try:
            return await BULK.run(_parse, text) if self._large else _parse(text)
        except PlaceLimitError as error:
            raise _CloseError(1013, error.message) from None

    async def _read(self) -> None:
        clock, limits = asyncio.get_running_loop().time, self._places.limits
        greeting_deadline = clock() + limits.greeting
        while True:
            await self._pace.keep()
            if self._operations:
                self._used = clock()
            try:
                async with asyncio.timeout_at(self._used + limits.idle if self._ready else greeting_deadline):
                    message = await self._ws.receive()
            except TimeoutError:
                if self._operations or (self._ready and clock() < self._used + limits.idle):
                    continue
                if self._ready:
                    raise _CloseError(1000, "Lama tidak dipakai; sambungkan lagi bila perlu.") from None
                raise _CloseError(4408, "Connection initialisation timeout: connection_init belum datang.") from None
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code") or 1005)
            await self._handle(await self._parse(message.get("text")))

    async def _handle(self, message: dict[str, Any]) -> None:
        match message.get("type"):
            case "connection_init":
                await self._greet(message.get("payload"))
            case "ping":
                await self._send({"type": "pong", **({"payload": message["payload"]} if "payload" in message else {})})
            case "pong":
                pass
            case "subscribe":
                await self._start(message.get("id"), message.get("payload"))
            case "complete":
                if not isinstance(message.get("id"), str):
                    raise _CloseError(4400, 'Pesan "complete" harus berisi "id".')
                task = self._operations.pop(message["id"], None)
                if task is not None:
                    self._used = asyncio.get_running_loop().time()
                    task.cancel()
                    if (stream := self._streams.pop(message["id"], None)) is not None:
                        stream.close()  # its place is free for the very next message, not once the task has ended
            case other:
                raise _CloseError(4400, f'Jenis pesan "{str(other)[:40]}" tidak dikenal.')

    async def _greet(self, payload: Any) -> None:
        if self._ready:
            raise _CloseError(4429, "Too many initialisation requests: connection_init sudah dikirim.")
        if not (payload is None or isinstance(payload, dict)):
            raise _CloseError(4400, 'Isi ("payload") connection_init harus objek.')
        authorization = {k.lower(): v for k, v in (payload or {}).items()}.get("authorization")
        if not (authorization is None or isinstance(authorization, str)):
            raise _CloseError(4400, 'Authorization harus teks: "Bearer TOKEN".')
        self._authorization = authorization if authorization is not None else self._ws.headers.get("authorization")
        try:
            origin = origin_of(self._ws.scope)
            self._actor = await self._endpoint.token.authenticate(self._authorization, origin)
            caller = caller_of(origin.address, self._authorization)
            self._places.greeted(self._give_way, caller)
        except TokenRefusedError as error:
            raise _CloseError(4403, error.message) from None
        except AttemptLimitError as error:
            raise _CloseError(
                4429, f"{error.kode}: coba lagi setelah {error.retry_after} detik, dengan token lain."
            ) from None
        except (PlaceLimitError, ServiceNotReadyError) as error:
            raise _CloseError(1013, error.message) from None
        self._caller = caller
        let_in(caller, self._ws.scope)
        self._ready, self._used = True, asyncio.get_running_loop().time()
        await self._send({"type": "connection_ack"})

    # ---------- operations ----------

    async def _start(self, id_: Any, payload: Any) -> None:
        if not self._ready:
            raise _CloseError(4401, "Unauthorized: kirim connection_init dan tunggu connection_ack.")
        if not (isinstance(id_, str) and id_ and isinstance(payload, dict) and isinstance(payload.get("query"), str)):
            raise _CloseError(4400, 'Pesan "subscribe" harus berisi "id" (teks) dan "payload" dengan "query".')
        if id_ in self._operations:
            raise _CloseError(4409, f"Subscriber for {id_[:40]} already exists.")
        query, variables, name = payload["query"], payload.get("variables") or {}, payload.get("operationName") or None
        if not isinstance(variables, dict) or not (name is None or isinstance(name, str)):
            raise _CloseError(4400, '"variables" harus objek dan "operationName" teks.')
        if len(self._operations) >= _MOST:
            message = f"Paling banyak {_MOST} operasi sekaligus pada satu sambungan; akhiri satu dahulu."
            await self._send_errors(id_, [expected(LimitExceededError(message))])
            return
        try:
            document = await self._endpoint.documents.get(query, name)
            if isinstance(document, Unfit):
                await self._send_errors(id_, orjson.Fragment(document.errors))
                return
            if nul := contains_nul(variables):
                document.refuse_nul(variables)
            stream = None
            if document.known.operation is OperationType.SUBSCRIPTION:
                stream = await self._endpoint.stream(self._ws, document, variables, self._authorization)
        except SubscriptionRefusedError as error:
            await self._send_errors(id_, [format_error(e) for e in error.errors])
        except HubError as error:
            await self._send_errors(id_, [format_error(GraphQLError(error.message, original_error=error))])
        else:
            asked = Asked(query, variables, name, large=self._large, nul=nul)
            work = self._follow(id_, stream) if stream is not None else self._once(id_, asked)
            self._operations[id_] = asyncio.create_task(self._run_to_end(id_, work))
            if stream is not None:  # also when the task is cancelled before it has begun
                self._streams[id_] = stream
                self._operations[id_].add_done_callback(lambda _: self._release(id_, stream))

    async def _run_to_end(self, id_: str, work: Coroutine[Any, Any, None]) -> None:
        """Run one operation to its end, whatever that is."""
        try:
            await work
            self._forget(id_)
            await self._send({"id": id_, "type": "complete"})
        except (TokenRefusedError, AttemptLimitError) as error:
            self._end_with(_CloseError(4403, error.message))
        except HubError as error:
            self._forget(id_)
            await self._send_errors(id_, [format_error(GraphQLError(error.message, original_error=error))])
        except _NotRunError as error:
            self._forget(id_)
            await self._send_errors(id_, error.errors)
        except SubscriptionRefusedError as error:
            self._forget(id_)
            await self._send_errors(id_, [format_error(e) for e in error.errors])
        except (WebSocketDisconnect, HungUpError, OSError, RuntimeError, TimeoutError) as error:
            self._end_with(WebSocketDisconnect(1006, str(error)))  # nobody reads any more
        except Exception as error:
            self._forget(id_)
            await self._send_errors(id_, [masked(error)])
        finally:
            self._forget(id_)

    async def _follow(self, id_: str, stream: AnswerStream) -> None:
        async with aclosing(stream.answers()) as answers:
            async for answer in answers:
                if answer is not None:
                    await self._send({"id": id_, "type": "next", "payload": orjson.Fragment(answer)})

    async def _once(self, id_: str, asked: Asked) -> None:
        answer = await self._endpoint.once(_as_request(self._ws), self._authorization, asked)
        if answer.startswith(b'{"errors"'):  # it did not run: its variables do not fit
            raise _NotRunError(orjson.loads(answer)["errors"])
        await self._send({"id": id_, "type": "next", "payload": orjson.Fragment(answer)})

    async def _send_errors(self, id_: str, errors: list[dict[str, Any]] | orjson.Fragment) -> None:
        await self._send({"id": id_, "type": "error", "payload": errors})

    def _release(self, id_: str, stream: AnswerStream) -> None:
        if self._streams.get(id_) is stream:
            del self._streams[id_]
        stream.close()

    def _forget(self, id_: str) -> None:
        if self._operations.get(id_) is asyncio.current_task():
            del self._operations[id_]
            self._used = asyncio.get_running_loop().time()

    def _give_way(self) -> None:
        self._end_with(_CloseError(4408, "Terlalu banyak sambungan yang belum mengirim connection_init."))

    def _end_with(self, reason: Exception) -> None:
        if not self._ended.done():
            self._ended.set_exception(reason)


def _parse(text: Any) -> dict[str, Any]:
    try:
        message = orjson.loads(text) if isinstance(text, str) else None
    except orjson.JSONDecodeError:
        message = None
    if not isinstance(message, dict) or too_deep(message):
        raise _CloseError(4400, 'Pesan harus objek JSON dengan "type".')
    return message


def _as_request(ws: WebSocket) -> Request:
    """The connection as the request that a resolver sees."""
    return Request({**ws.scope, "type": "http", "method": "POST"})
