"""graphql-transport-ws: subscriptions (and, since it costs nothing, queries and mutations) over one WebSocket."""

import asyncio
from collections.abc import Coroutine
from contextlib import aclosing, suppress
from typing import Any

import orjson
from graphql import GraphQLError, OperationType
from starlette.requests import Request
from starlette.websockets import WebSocket, WebSocketDisconnect

from hub.base.actor import PUBLIK
from hub.base.errors import (
    BatasPercobaanError,
    BatasTempatError,
    HubError,
    LayananTidakSiapError,
    MasukanTidakSahError,
    TokenDitolakError,
)
from hub.base.off_loop import BULK, HungUpError, let_in
from hub.base.origin import Caller, address_of, caller_of, origin_of
from schema.context import Services
from schema.http.endpoint import GraphQLEndpoint
from schema.http.event_plan import LanggananDitolakError
from schema.http.event_stream import BATAS_KIRIM, Aliran
from schema.http.failures import format_error, masked
from schema.http.limits import berisi_nul, body_limit, terlalu_dalam, too_large
from schema.http.request_body import LARGE, Asked
from schema.http.subscription_places import Pace, SocketLimits, SocketPlaces

PROTOKOL = "graphql-transport-ws"
_TERBANYAK = 50  # operations under way on one connection


class _TutupError(Exception):
    """The connection ends with this code and reason."""

    def __init__(self, kode: int, alasan: str) -> None:
        super().__init__(alasan)
        self.kode = kode
        self.alasan = alasan


class LanggananWS:
    """One per app."""

    def __init__(self, endpoint: GraphQLEndpoint, services: Services, limits: SocketLimits | None = None) -> None:
        self._endpoint = endpoint
        self._services = services
        self._tempat = SocketPlaces(limits or SocketLimits())

    async def serve(self, websocket: WebSocket) -> None:
        if PROTOKOL not in websocket.scope["subprotocols"]:
            await websocket.accept()
            await websocket.close(4406, f"Pakai subprotokol {PROTOKOL}.")
            return
        websocket.scope.setdefault("state", {})["aliran"] = True  # hub.app ends it at once when the hub stops
        await websocket.accept(subprotocol=PROTOKOL)
        await _Sambungan(websocket, self._endpoint, self._services, self._tempat).serve()


class _Sambungan:
    """One connection: its greeting, its operations by id."""

    def __init__(
        self, websocket: WebSocket, endpoint: GraphQLEndpoint, services: Services, tempat: SocketPlaces
    ) -> None:
        self._ws = websocket
        self._tempat = tempat
        self._caller: Caller | None = None  # once it has greeted and a place is taken
        self._pace = Pace(tempat.limits)
        self._used = 0.0  # when an operation was last under way
        self._endpoint = endpoint
        self._services = services
        self._siap = False
        self._authorization: str | None = None
        self._actor = PUBLIK
        self._besar = False  # whether the message at hand is to be looked through beside the event loop
        self._operasi: dict[str, asyncio.Task[None]] = {}
        self._aliran: dict[str, Aliran] = {}
        self._akhir: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def serve(self) -> None:
        address = address_of(self._ws.scope)
        self._tempat.arrive(address, self._give_way)
        let_in(Caller(address), self._ws.scope)  # as nobody, until it has greeted
        baca = asyncio.create_task(self._baca())
        berhenti = asyncio.create_task(self._services.berita.selesai.wait())
        tanda: set[asyncio.Future[Any]] = {baca, berhenti, self._akhir}
        try:
            await asyncio.wait(tanda, return_when=asyncio.FIRST_COMPLETED)
            if self._akhir.done():
                self._akhir.result()
            if baca.done():
                baca.result()
            elif self._operasi:
                await asyncio.wait(list(self._operasi.values()), timeout=0.5)  # they say complete by themselves
            await self._tutup(1001, "Hub berhenti; sambungkan lagi sebentar.")
        except _TutupError as tutup:
            await self._tutup(tutup.kode, tutup.alasan)
        except (WebSocketDisconnect, HungUpError, OSError, TimeoutError):
            pass
        except Exception as salah:
            await self._tutup(1011, str(masked(salah)["message"]))
        finally:
            self._tempat.leave(self._give_way, self._caller)
            tugas = [baca, berhenti, *self._operasi.values()]
            for satu in tugas:
                satu.cancel()
            await asyncio.gather(*tugas, return_exceptions=True)
            if self._akhir.done():
                self._akhir.exception()  # seen

    async def _tutup(self, kode: int, alasan: str) -> None:
        singkat = alasan.encode()[:123].decode(errors="ignore")  # a close frame holds no more
        with suppress(WebSocketDisconnect, OSError, RuntimeError, TimeoutError):
            async with asyncio.timeout(BATAS_KIRIM):
                await self._ws.close(kode, singkat)

    async def _kirim(self, isi: dict[str, Any]) -> None:
        async with asyncio.timeout(BATAS_KIRIM):
            await self._ws.send_text(orjson.dumps(isi).decode())

    # ---------- messages ----------

    async def _uraikan(self, teks: Any) -> dict[str, Any]:
        """A message, which may be as long as the body of the same caller's requests."""
        pagar = self._endpoint.pagar
        if isinstance(teks, str) and len(teks.encode()) > body_limit(pagar, self._actor):
            raise _TutupError(1009, too_large(pagar, self._actor).pesan)
        self._besar = isinstance(teks, str) and len(teks) > LARGE
        try:
            return await BULK.run(_uraikan, teks) if self._besar else _uraikan(teks)
        except BatasTempatError as salah:
            raise _TutupError(1013, salah.pesan) from None

    async def _baca(self) -> None:
        jam, limits = asyncio.get_running_loop().time, self._tempat.limits
        batas = jam() + limits.greeting
        while True:
            await self._pace.keep()
            if self._operasi:
                self._used = jam()
            try:
                async with asyncio.timeout_at(self._used + limits.idle if self._siap else batas):
                    pesan = await self._ws.receive()
            except TimeoutError:
                if self._operasi or (self._siap and jam() < self._used + limits.idle):
                    continue
                if self._siap:
                    raise _TutupError(1000, "Lama tidak dipakai; sambungkan lagi bila perlu.") from None
                raise _TutupError(4408, "Connection initialisation timeout: connection_init belum datang.") from None
            if pesan["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(pesan.get("code") or 1005)
            await self._terima(await self._uraikan(pesan.get("text")))

    async def _terima(self, pesan: dict[str, Any]) -> None:
        match pesan.get("type"):
            case "connection_init":
                await self._salam(pesan.get("payload"))
            case "ping":
                await self._kirim({"type": "pong", **({"payload": pesan["payload"]} if "payload" in pesan else {})})
            case "pong":
                pass
            case "subscribe":
                await self._mulai(pesan.get("id"), pesan.get("payload"))
            case "complete":
                if not isinstance(pesan.get("id"), str):
                    raise _TutupError(4400, 'Pesan "complete" harus berisi "id".')
                tugas = self._operasi.pop(pesan["id"], None)
                if tugas is not None:
                    self._used = asyncio.get_running_loop().time()
                    tugas.cancel()
                    if (aliran := self._aliran.pop(pesan["id"], None)) is not None:
                        aliran.tutup()  # its place is free for the very next message, not once the task has ended
            case lain:
                raise _TutupError(4400, f"Jenis pesan {str(lain)[:40]!r} tidak dikenal.")

    async def _salam(self, isi: Any) -> None:
        if self._siap:
            raise _TutupError(4429, "Too many initialisation requests: connection_init sudah dikirim.")
        if not (isi is None or isinstance(isi, dict)):
            raise _TutupError(4400, 'Isi ("payload") connection_init harus objek.')
        kepala = {k.lower(): v for k, v in (isi or {}).items()}.get("authorization")
        if not (kepala is None or isinstance(kepala, str)):
            raise _TutupError(4400, 'Authorization harus teks: "Bearer TOKEN".')
        self._authorization = kepala if kepala is not None else self._ws.headers.get("authorization")
        try:
            origin = origin_of(self._ws.scope)
            self._actor = await self._endpoint.token.authenticate(self._authorization, origin)
            caller = caller_of(origin.address, self._authorization)
            self._tempat.greeted(self._give_way, caller)
        except TokenDitolakError as salah:
            raise _TutupError(4403, salah.pesan) from None
        except BatasPercobaanError as salah:
            raise _TutupError(
                4429, f"{salah.kode}: coba lagi setelah {salah.coba_lagi} detik, dengan token lain."
            ) from None
        except (BatasTempatError, LayananTidakSiapError) as salah:
            raise _TutupError(1013, salah.pesan) from None
        self._caller = caller
        let_in(caller, self._ws.scope)
        self._siap, self._used = True, asyncio.get_running_loop().time()
        await self._kirim({"type": "connection_ack"})

    # ---------- operations ----------

    async def _mulai(self, id_: Any, minta: Any) -> None:
        if not self._siap:
            raise _TutupError(4401, "Unauthorized: kirim connection_init dan tunggu connection_ack.")
        if not (isinstance(id_, str) and id_ and isinstance(minta, dict) and isinstance(minta.get("query"), str)):
            raise _TutupError(4400, 'Pesan "subscribe" harus berisi "id" (teks) dan "payload" dengan "query".')
        if id_ in self._operasi:
            raise _TutupError(4409, f"Subscriber for {id_[:40]} already exists.")
        query, variables, nama = minta["query"], minta.get("variables") or {}, minta.get("operationName") or None
        if not isinstance(variables, dict) or not (nama is None or isinstance(nama, str)):
            raise _TutupError(4400, '"variables" harus objek dan "operationName" teks.')
        if len(self._operasi) >= _TERBANYAK:
            pesan = f"Paling banyak {_TERBANYAK} operasi sekaligus pada satu sambungan; akhiri satu dahulu."
            await self._galat(id_, [{"message": pesan, "extensions": {"kode": "BATAS_TERLAMPAUI"}}])
            return
        try:
            if berisi_nul(variables):
                raise MasukanTidakSahError("Teks tidak boleh berisi karakter NUL (\\u0000).")
            document = await self._endpoint.documents.get(query, nama)
            if isinstance(document, bytes):
                await self._galat(id_, orjson.Fragment(document))
                return
            aliran = None
            if document.known.operation is OperationType.SUBSCRIPTION:
                aliran = await self._endpoint.stream(self._ws, document, variables, self._authorization)
        except LanggananDitolakError as salah:
            await self._galat(id_, [format_error(e) for e in salah.errors])
        except HubError as salah:
            await self._galat(id_, [format_error(GraphQLError(salah.pesan, original_error=salah))])
        else:
            asked = Asked(query, variables, nama, large=self._besar)
            tugas = self._ikuti(id_, aliran) if aliran is not None else self._sekali(id_, asked)
            self._operasi[id_] = asyncio.create_task(self._jaga(id_, tugas))
            if aliran is not None:  # also when the task is cancelled before it has begun
                self._aliran[id_] = aliran
                self._operasi[id_].add_done_callback(lambda _: self._lepas(id_, aliran))

    async def _jaga(self, id_: str, jalan: Coroutine[Any, Any, None]) -> None:
        """Run one operation to its end, whatever that is."""
        try:
            await jalan
            self._lupakan(id_)
            await self._kirim({"id": id_, "type": "complete"})
        except (TokenDitolakError, BatasPercobaanError) as salah:
            self._akhiri(_TutupError(4403, salah.pesan))
        except HubError as salah:
            self._lupakan(id_)
            await self._galat(id_, [format_error(GraphQLError(salah.pesan, original_error=salah))])
        except LanggananDitolakError as salah:
            self._lupakan(id_)
            await self._galat(id_, [format_error(e) for e in salah.errors])
        except (WebSocketDisconnect, HungUpError, OSError, RuntimeError, TimeoutError) as salah:
            self._akhiri(WebSocketDisconnect(1006, str(salah)))  # nobody reads any more
        except Exception as salah:
            self._lupakan(id_)
            await self._galat(id_, [masked(salah)])
        finally:
            self._lupakan(id_)

    async def _ikuti(self, id_: str, aliran: Aliran) -> None:
        async with aclosing(aliran.jawaban()) as jawaban:
            async for isi in jawaban:
                if isi is not None:
                    await self._kirim({"id": id_, "type": "next", "payload": orjson.Fragment(isi)})

    async def _sekali(self, id_: str, asked: Asked) -> None:
        isi = await self._endpoint.once(_permintaan(self._ws), self._authorization, asked)
        await self._kirim({"id": id_, "type": "next", "payload": orjson.Fragment(isi)})

    async def _galat(self, id_: str, errors: list[dict[str, Any]] | orjson.Fragment) -> None:
        await self._kirim({"id": id_, "type": "error", "payload": errors})

    def _lepas(self, id_: str, aliran: Aliran) -> None:
        if self._aliran.get(id_) is aliran:
            del self._aliran[id_]
        aliran.tutup()

    def _lupakan(self, id_: str) -> None:
        if self._operasi.get(id_) is asyncio.current_task():
            del self._operasi[id_]
            self._used = asyncio.get_running_loop().time()

    def _give_way(self) -> None:
        self._akhiri(_TutupError(4408, "Terlalu banyak sambungan yang belum mengirim connection_init."))

    def _akhiri(self, sebab: Exception) -> None:
        if not self._akhir.done():
            self._akhir.set_exception(sebab)


def _uraikan(teks: Any) -> dict[str, Any]:
    try:
        pesan = orjson.loads(teks) if isinstance(teks, str) else None
    except orjson.JSONDecodeError:
        pesan = None
    if not isinstance(pesan, dict) or terlalu_dalam(pesan):
        raise _TutupError(4400, 'Pesan harus objek JSON dengan "type".')
    return pesan


def _permintaan(ws: WebSocket) -> Request:
    """The connection as the request that a resolver sees."""
    return Request({**ws.scope, "type": "http", "method": "POST"})
