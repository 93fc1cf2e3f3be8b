"""/graphql over HTTP. Two lanes: a query whose root fields are all compiled runs as a plan; everything else goes through
Strawberry's executor. Both answer alike, byte for byte where the answer is data. The public's changes are refused before
either."""

from typing import Any

import orjson
from graphql import GraphQLError, OperationType, parse
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response

from hub.akses.service import TokenService
from hub.base.actor import Actor, Peran
from hub.base.errors import (
    BatasBiayaError,
    HubError,
    MasukanTidakSahError,
    MetodeSalahError,
    UnggahanTidakSahError,
)
from hub.base.headers import header
from hub.base.off_loop import BULK, LEARNING, HungUpError, let_in
from hub.base.origin import caller_of, origin_of
from schema.build import schema
from schema.context import Context, Services
from schema.engine.plan import UnfitError, operation_of, run
from schema.http.documents import SHORT, Document, Documents, Text
from schema.http.etag import tag_for
from schema.http.event_plan import LanggananDitolakError, LanggananSiap, langganan_for
from schema.http.event_stream import Aliran
from schema.http.executor_lane import execute
from schema.http.failures import expected, format_error, masked
from schema.http.limits import Pagar
from schema.http.persisted import PersistedQueries
from schema.http.refusal import Refusal
from schema.http.request_body import JSON, READING, Asked, read_request
from schema.http.sse import AliranSSE, accepts_events, as_events

_JAWABAN = "application/graphql-response+json"  # GraphQL over HTTP: with it, a request that cannot run answers 400
_KEPT = 32 * 2**20  # bytes of documents


class GraphQLEndpoint:
    """One per app. `pagar`: its guard rails; `kept`: bytes of documents that are kept."""

    def __init__(
        self,
        services: Services,
        token: TokenService,
        pagar: Pagar | None = None,
        kept: int = _KEPT,
        *,
        lifting: bool = True,
    ) -> None:
        self._services = services
        self.token = token
        self.pagar = pagar or Pagar()
        self._schema = schema()
        self.documents = Documents(self._schema._schema, self.pagar, kept, lifting=lifting)
        self._persisted = PersistedQueries()

    async def __call__(self, request: Request) -> Response:
        try:
            authorization, origin = header(request.scope, b"authorization"), origin_of(request.scope)
            actor = await self.token.authenticate(authorization, origin)
            let_in(caller_of(origin.address, authorization), request.scope)
            asked = await read_request(request, actor, self.pagar, self._persisted)
            jawab = as_events(request, await self._jalankan(request, actor, asked))
        except HubError as salah:
            jawab = _json({"errors": [expected(salah)]}, salah.status)
            if isinstance(salah, MetodeSalahError):
                jawab.headers["Allow"] = "POST"
            if salah.coba_lagi is not None:
                jawab.headers["Retry-After"] = str(salah.coba_lagi)
            jawab.headers["Cache-Control"] = "no-store"
        except (ClientDisconnect, HungUpError):
            raise
        except Exception as salah:
            jawab = _json({"errors": [masked(salah)]}, 500)
        accept = header(request.scope, b"accept") or ""
        if _JAWABAN in accept and _pilihan(accept) == _JAWABAN:
            jawab.headers["Content-Type"] = f"{_JAWABAN}; charset=utf-8"
        return jawab

    # ---------- answering ----------

    async def _jalankan(self, request: Request, actor: Actor, asked: Asked) -> Response:
        document = await self.documents.get(asked.query, asked.name)
        if isinstance(document, bytes):
            return Response(b'{"errors":' + document + b"}", 400, media_type=JSON)
        known = document.known
        if known.operation is OperationType.MUTATION and request.method in READING:
            raise MetodeSalahError("Perubahan dikirim dengan POST, bukan GET.")
        if asked.files and known.operation is not OperationType.MUTATION:
            raise UnggahanTidakSahError("Berkas hanya dapat dikirim bersama perubahan (mutation).")
        if asked.keep is not None:
            self._persisted.keep(asked.keep, asked.query)
        if known.operation is OperationType.SUBSCRIPTION:
            return await self._ikuti(request, document, asked.variables)
        if known.refusal is not None and actor.peran is Peran.PUBLIK:
            biaya = self._affordable(document.estimate(asked.variables))
            return await self._refuse(request, document, known.refusal, asked, biaya)
        items = 0 if known.lists is None else await known.lists.aside(asked.variables, asked.large)
        biaya = self._affordable(document.estimate(asked.variables) + items)
        if known.plan is not None:
            return await self._plan(request, actor, document, asked, biaya)
        try:
            context = Context(self._services, actor, request)
            data, errors = await execute(self._schema, document, asked, context)
        finally:
            if known.operation is OperationType.MUTATION:
                self._services.berita.naik()  # the writer's next read must not be told that nothing has changed
        return self._jawab(request, data, errors, biaya)

    async def _plan(self, request: Request, actor: Actor, document: Document, asked: Asked, biaya: int) -> Response:
        tanda = None
        if request.method in READING:
            tanda = tag_for(request, actor, self._services.berita.versi, asked.query, asked.variables, asked.name)
        if tanda is not None and tanda.known_to(request):
            return tanda.unchanged()
        katalog = await self._services.katalog.get()
        try:
            ready = await self.documents.prepare(document, asked.variables, katalog, asked.large)
        except UnfitError:
            errors = await self._slowly(asked, self.documents.misfits, document.text, asked.variables)
            return self._jawab(request, None, errors, biaya)
        data, wrong = await run(ready, self._services.db, actor)
        if not wrong:
            ekor = b',"extensions":{"biaya":{"perkiraan":%d,"batas":%d}}}' % (biaya, self.pagar.biaya)
            jawab = Response(b"".join([b'{"data":', *data, ekor]), media_type=JSON)
            return jawab if tanda is None else tanda.on(jawab)
        errors = await self._slowly(asked, self.documents.placed, document.text, wrong, asked.variables)
        return self._jawab(request, None if data == [b"null"] else orjson.Fragment(b"".join(data)), errors, biaya)

    @staticmethod
    async def _slowly(asked: Asked, work: Any, *args: Any) -> list[GraphQLError]:
        """What `work` finds wrong, for which it parses the document again."""
        aside = asked.large or len(asked.query) > SHORT
        errors: list[GraphQLError] = await BULK.run(work, *args) if aside else work(*args)
        return errors

    async def _refuse(
        self, request: Request, document: Document, refusal: Refusal, asked: Asked, biaya: int
    ) -> Response:
        try:
            return self._jawab(request, refusal.answer(asked.variables), [], biaya)
        except UnfitError:
            errors = await self._slowly(asked, self.documents.misfits, document.text, asked.variables, refusal.names)
            return self._jawab(request, None, errors, biaya)

    def _affordable(self, biaya: int) -> int:
        if biaya > self.pagar.biaya:
            raise BatasBiayaError(biaya, self.pagar.biaya)
        return biaya

    def _jawab(self, request: Request, data: Any, errors: list[GraphQLError], biaya: int) -> Response:
        jawab: dict[str, Any] = {"data": data}
        if errors:
            jawab["errors"] = [format_error(e, saran=self.pagar.introspeksi) for e in errors]
        jawab["extensions"] = {"biaya": {"perkiraan": biaya, "batas": self.pagar.biaya}}
        tidak_jalan = data is None and bool(errors) and all(e.path is None for e in errors)  # the variables do not fit
        if tidak_jalan and _pilihan(request.headers.get("accept", "")) == _JAWABAN:
            del jawab["data"]
            return _json(jawab, 400)
        return _json(jawab)

    # ---------- subscriptions, and operations that come over a WebSocket ----------

    async def stream(
        self, request: HTTPConnection, document: Document, variables: dict[str, Any], authorization: str | None
    ) -> Aliran:
        """Listens from now on. `authorization`: of a caller who was let in. Raises LanggananDitolakError, BatasTempatError
        and HungUpError."""
        origin = origin_of(request.scope)
        langganan = self._services.berita.langgan(caller_of(origin.address, authorization))
        try:
            siap = await LEARNING.run(self._compiled, document.text, variables)
        except BaseException:
            langganan.tutup()
            raise
        langganan.dengar(siap.wilayah)
        return Aliran(self._services, self.token, siap, langganan, authorization, origin)

    def _compiled(self, text: Text, variables: dict[str, Any]) -> LanggananSiap:
        tree = parse(text.query)
        operation = operation_of(tree, text.name)
        assert operation is not None
        plan = langganan_for(self._schema._schema, tree, operation)
        assert plan is not None
        return plan.prepare(variables)

    async def once(self, request: Request, authorization: str | None, asked: Asked) -> bytes:
        """The answer of a query or mutation as JSON."""
        actor = await self.token.authenticate(authorization, origin_of(request.scope))
        return bytes((await self._jalankan(request, actor, asked)).body)

    async def _ikuti(self, request: Request, document: Document, variables: dict[str, Any]) -> Response:
        if not accepts_events(request):
            raise MasukanTidakSahError(
                'Langganan diminta dengan "Accept: text/event-stream", atau lewat WebSocket (graphql-transport-ws).'
            )
        try:
            return AliranSSE(await self.stream(request, document, variables, request.headers.get("authorization")))
        except LanggananDitolakError as salah:
            return _json({"errors": [format_error(e) for e in salah.errors]}, 400)


def _pilihan(accept: str) -> str:
    """Which of the two media types of an answer the reader prefers; plain JSON where it does not say."""
    nilai = {JSON: 0.0, _JAWABAN: 0.0}
    for bagian in accept.lower().split(","):
        jenis, *ciri = (x.strip() for x in bagian.split(";"))
        q = next((c[2:] for c in ciri if c.startswith("q=")), "1")
        if jenis in nilai:
            nilai[jenis] = float(q) if q.isascii() and q.replace(".", "", 1).isdigit() else 0.0
    return _JAWABAN if nilai[_JAWABAN] > 0 and nilai[_JAWABAN] >= nilai[JSON] else JSON


def _json(isi: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(isi, default=_lain), status, media_type=JSON)


def _lain(nilai: object) -> object:
    raise TypeError(f"{type(nilai)} has no JSON form")
