"""/graphql over HTTP. Two lanes: a query whose root fields are all compiled runs as a plan; everything else goes through
Strawberry's executor. Both answer alike, byte for byte where the answer is data."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import DocumentNode, GraphQLError, OperationType, Source, parse, specified_rules, validate
from graphql.utilities import get_operation_ast
from starlette.requests import Request
from starlette.responses import Response
from strawberry.types.graphql import OperationType as StrawberryOperationType

from hub.base.actor import Actor
from hub.base.errors import BatasTerlampauiError, HubError, MasukanTidakSahError
from hub.services.token_service import TokenService
from schema.build import schema
from schema.context import Context, Services
from schema.etag_header import tag_for
from schema.failures import format_error, masked
from schema.langganan_aliran import Aliran
from schema.langganan_plan import LanggananDitolakError, LanggananPlan, langganan_for
from schema.langganan_sse import AliranSSE, accepts_events, as_events
from schema.read.execute import Plan, plan_for

_DOKUMEN = 512  # documents kept parsed and validated
_PANJANG = 60_000  # characters of a document; values belong into variables


@dataclass(slots=True)
class _Known:
    """A document met before: its errors, or its plan, or neither (then the executor runs it)."""

    errors: list[GraphQLError]
    plan: Plan | None
    operation: OperationType | None
    langganan: LanggananPlan | None = None


class GraphQLEndpoint:
    """One per app. `batas_badan`: largest body, bytes."""

    def __init__(self, services: Services, token: TokenService, batas_badan: int) -> None:
        self._services = services
        self.token = token
        self._batas_badan = batas_badan
        self._schema = schema()
        self._known: OrderedDict[tuple[str, str | None], _Known] = OrderedDict()

    async def __call__(self, request: Request) -> Response:
        try:
            actor = await self.token.authenticate(request.headers.get("authorization"))
            query, variables, nama = await self._baca(request)
            return as_events(request, await self._jalankan(request, actor, query, variables, nama))
        except HubError as salah:
            return _json({"errors": [{"message": salah.pesan, "extensions": {"kode": salah.kode}}]}, salah.status)
        except Exception as salah:
            return _json({"errors": [masked(salah)]}, 500)

    # ---------- reading the request ----------

    async def _baca(self, request: Request) -> tuple[str, dict[str, Any], str | None]:
        if request.method == "GET":
            isi: Any = dict(request.query_params)
            if isinstance(isi.get("variables"), str):
                isi["variables"] = _loads(isi["variables"].encode(), "variables")
        elif request.headers.get("content-type", "").split(";")[0].strip() in (
            "application/json",
            "application/graphql+json",
        ):
            isi = _loads(await self._badan(request), "badan permintaan")
        else:
            raise MasukanTidakSahError("Kirim permintaan sebagai JSON (Content-Type: application/json).")
        if isinstance(isi, list):
            raise MasukanTidakSahError("Kirim satu permintaan sekali jalan; kumpulan permintaan tidak dilayani.")
        if not isinstance(isi, dict) or not isinstance(isi.get("query"), str) or not isi["query"].strip():
            raise MasukanTidakSahError('Permintaan GraphQL harus berisi "query".')
        variables, nama = isi.get("variables") or {}, isi.get("operationName") or None
        if not isinstance(variables, dict) or not (nama is None or isinstance(nama, str)):
            raise MasukanTidakSahError('"variables" harus objek dan "operationName" teks.')
        if len(isi["query"]) > _PANJANG:
            raise BatasTerlampauiError(f"Dokumen GraphQL paling panjang {_PANJANG} huruf; taruh isinya di variables.")
        return isi["query"], variables, nama

    async def _badan(self, request: Request) -> bytes:
        badan = bytearray()
        async for potong in request.stream():
            badan += potong
            if len(badan) > self._batas_badan:
                raise BatasTerlampauiError(f"Permintaan terlalu besar; paling banyak {self._batas_badan // 2**20} MiB.")
        return bytes(badan)

    # ---------- answering ----------

    async def _jalankan(
        self, request: Request, actor: Actor, query: str, variables: dict[str, Any], nama: str | None
    ) -> Response:
        known = self._kenali(query, nama)
        if known.errors:
            return _json({"errors": [format_error(e) for e in known.errors]}, 400)
        if known.operation is OperationType.MUTATION and request.method == "GET":
            raise MasukanTidakSahError("Perubahan dikirim dengan POST, bukan GET.")
        if known.langganan is not None:
            return self._ikuti(request, known.langganan, variables)
        if known.plan is not None:
            tanda = tag_for(request, actor, self._services.berita.versi, query, variables, nama)
            if tanda is not None and tanda.known_to(request):
                return tanda.unchanged()
            katalog = await self._services.katalog.get()
            data, errors = await known.plan.run(self._services.db, katalog, actor, variables)
            if not errors:
                jawaban = Response(b'{"data":' + data + b"}", media_type="application/json")
                return jawaban if tanda is None else tanda.on(jawaban)
            return _json({"data": orjson.Fragment(data), "errors": [format_error(e) for e in errors]})
        try:
            hasil = await self._schema.execute(
                query,
                variable_values=variables,
                context_value=Context(self._services, actor, request),
                operation_name=nama,
                allowed_operation_types=(StrawberryOperationType.QUERY, StrawberryOperationType.MUTATION),
            )
        finally:
            if known.operation is OperationType.MUTATION:
                self._services.berita.naik()  # the writer's next read must not be told that nothing has changed
        jawab: dict[str, Any] = {"data": hasil.data}
        if hasil.errors:
            jawab["errors"] = [format_error(e) for e in hasil.errors]
        return _json(jawab)

    # ---------- subscriptions, and operations that come over a WebSocket ----------

    def document(self, query: str, nama: str | None) -> _Known:
        """What is known of that document. Raises BatasTerlampauiError."""
        if len(query) > _PANJANG:
            raise BatasTerlampauiError(f"Dokumen GraphQL paling panjang {_PANJANG} huruf; taruh isinya di variables.")
        return self._kenali(query, nama)

    def stream(self, plan: LanggananPlan, variables: dict[str, Any], authorization: str | None) -> Aliran:
        """Listens from now on. Raises LanggananDitolakError and LayananTidakSiapError."""
        return Aliran(self._services, self.token, plan, variables, authorization)

    async def once(
        self, request: Request, authorization: str | None, query: str, variables: dict[str, Any], nama: str | None
    ) -> bytes:
        """The answer of a query or mutation as JSON."""
        actor = await self.token.authenticate(authorization)
        return bytes((await self._jalankan(request, actor, query, variables, nama)).body)

    def _ikuti(self, request: Request, plan: LanggananPlan, variables: dict[str, Any]) -> Response:
        if not accepts_events(request):
            raise MasukanTidakSahError(
                'Langganan diminta dengan "Accept: text/event-stream", atau lewat WebSocket (graphql-transport-ws).'
            )
        try:
            return AliranSSE(self.stream(plan, variables, request.headers.get("authorization")))
        except LanggananDitolakError as salah:
            return _json({"errors": [format_error(e) for e in salah.errors]}, 400)

    def _kenali(self, query: str, nama: str | None) -> _Known:
        kunci = (query, nama)
        ada = self._known.get(kunci)
        if ada is not None:
            self._known.move_to_end(kunci)
            return ada
        ada = self._pelajari(query, nama)
        self._known[kunci] = ada
        if len(self._known) > _DOKUMEN:
            self._known.popitem(last=False)
        return ada

    def _pelajari(self, query: str, nama: str | None) -> _Known:
        inti = self._schema._schema
        try:
            dokumen: DocumentNode = parse(Source(query), max_tokens=20_000)
        except GraphQLError as salah:
            return _Known([salah], None, None)
        salah_semua = validate(inti, dokumen, specified_rules)
        if salah_semua:
            return _Known(list(salah_semua), None, None)
        operasi = get_operation_ast(dokumen, nama)
        if operasi is None:
            apa = f'operasi "{nama}" tidak ada' if nama else "dokumen berisi beberapa operasi; sebut operationName"
            return _Known([GraphQLError(f"Tidak ada yang dijalankan: {apa}.")], None, None)
        return _Known([], plan_for(inti, dokumen, nama), operasi.operation, langganan_for(inti, dokumen, operasi))


def _loads(isi: bytes, apa: str) -> Any:
    try:
        return orjson.loads(isi)
    except orjson.JSONDecodeError as salah:
        raise MasukanTidakSahError(f"JSON pada {apa} tidak terbaca: {salah}.") from None


def _json(isi: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(isi, default=_lain), status, media_type="application/json")


def _lain(nilai: object) -> object:
    raise TypeError(f"{type(nilai)} has no JSON form")
