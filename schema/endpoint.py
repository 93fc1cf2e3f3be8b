"""/graphql over HTTP. Two lanes: a query whose root fields are all compiled runs as a plan; everything else goes through
Strawberry's executor. Both answer alike, byte for byte where the answer is data."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError, OperationType, specified_rules, validate
from graphql.utilities import get_operation_ast
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response
from strawberry.types.graphql import OperationType as StrawberryOperationType

from hub.base.actor import Actor
from hub.base.errors import (
    BatasBadanError,
    BatasBiayaError,
    HubError,
    KumpulanDitolakError,
    MasukanTidakSahError,
    MetodeSalahError,
    UnggahanTidakSahError,
)
from hub.base.origin import origin_of
from hub.services.token_service import TokenService
from schema.build import schema
from schema.context import Context, Services
from schema.cost import Cost, cost_of
from schema.etag_header import tag_for
from schema.failures import expected, format_error, masked
from schema.langganan_aliran import Aliran
from schema.langganan_plan import LanggananDitolakError, LanggananPlan, langganan_for
from schema.langganan_sse import AliranSSE, accepts_events, as_events
from schema.limits import Pagar, baca_dokumen, berisi_nul, periksa_dokumen, terlalu_dalam
from schema.persisted import PersistedQueries
from schema.read.execute import Plan, plan_for
from schema.unggah_berkas import baca_unggahan

_SUSUN = 250  # levels of lists and objects in variables: as many as the JSON writer bears
_DOKUMEN = 512  # documents kept parsed and validated
_JSON = "application/json"
_BACA = ("GET", "HEAD")  # the document stands in the address
_JAWABAN = "application/graphql-response+json"  # GraphQL over HTTP: with it, a request that cannot run answers 400


@dataclass(slots=True)
class _Known:
    """A document met before: its errors, or its plan, or neither (then the executor runs it); and what it costs."""

    errors: list[GraphQLError]
    plan: Plan | None = None
    operation: OperationType | None = None
    cost: Cost = 0
    langganan: LanggananPlan | None = None


@dataclass(frozen=True, slots=True)
class _Minta:
    """What one request asks for. `simpan`: the hash under which the client asks the document to be kept; `berkas`: there
    are files among the variables."""

    query: str
    variables: dict[str, Any]
    nama: str | None
    simpan: str | None
    berkas: bool = False


class GraphQLEndpoint:
    """One per app. `pagar`: its guard rails."""

    def __init__(self, services: Services, token: TokenService, pagar: Pagar | None = None) -> None:
        self._services = services
        self.token = token
        self._pagar = pagar or Pagar()
        self._schema = schema()
        self._known: OrderedDict[tuple[str, str | None], _Known] = OrderedDict()
        self._persisted = PersistedQueries()

    async def __call__(self, request: Request) -> Response:
        try:
            actor = await self.token.authenticate(request.headers.get("authorization"), origin_of(request.scope))
            jawab = as_events(request, await self._jalankan(request, actor, await self._baca(request)))
        except HubError as salah:
            jawab = _json({"errors": [expected(salah)]}, salah.status)
            if isinstance(salah, MetodeSalahError):
                jawab.headers["Allow"] = "POST"
            if salah.coba_lagi is not None:
                jawab.headers["Retry-After"] = str(salah.coba_lagi)
            jawab.headers["Cache-Control"] = "no-store"
        except ClientDisconnect:
            raise
        except Exception as salah:
            jawab = _json({"errors": [masked(salah)]}, 500)
        if _JAWABAN in request.headers.get("accept", "") and _pilihan(request.headers["accept"]) == _JAWABAN:
            jawab.headers["Content-Type"] = f"{_JAWABAN}; charset=utf-8"
        return jawab

    # ---------- reading the request ----------

    async def _baca(self, request: Request) -> _Minta:
        berkas = False
        if request.method in _BACA:
            isi: Any = dict(request.query_params)
            for apa in ("variables", "extensions"):
                if isinstance(isi.get(apa), str):
                    isi[apa] = _loads(isi[apa].encode(), apa) if isi[apa] else None
        elif _jenis(request) in (_JSON, "application/graphql+json"):
            isi = _loads(await self._badan(request), "badan permintaan")
        elif _jenis(request) == "multipart/form-data":
            isi, berkas = await baca_unggahan(request.headers, request.stream(), self._pagar.badan, _loads)
        else:
            raise MasukanTidakSahError(
                "Kirim permintaan sebagai JSON UTF-8 (Content-Type: application/json); bila membawa berkas, sebagai "
                "multipart/form-data."
            )
        if isinstance(isi, list):
            raise KumpulanDitolakError("Kirim satu permintaan sekali jalan; kumpulan permintaan tidak dilayani.")
        query = isi.get("query") if isinstance(isi, dict) else None
        if isinstance(isi, dict) and (query is None or isinstance(query, str)):
            query, simpan = self._persisted.find(isi.get("extensions"), query)
        if not isinstance(query, str) or not query.strip():
            raise MasukanTidakSahError('Permintaan GraphQL harus berisi "query".')
        variables, nama = isi.get("variables") or {}, isi.get("operationName") or None
        if not isinstance(variables, dict) or not (nama is None or isinstance(nama, str)):
            raise MasukanTidakSahError('"variables" harus objek dan "operationName" teks.')
        return _Minta(query, variables, nama, simpan, berkas)

    async def _badan(self, request: Request) -> bytes:
        badan = bytearray()
        async for potong in request.stream():
            badan += potong
            if len(badan) > self._pagar.badan:
                raise BatasBadanError(f"Permintaan terlalu besar; paling banyak {self._pagar.badan // 2**20} MiB.")
        return bytes(badan)

    # ---------- answering ----------

    async def _jalankan(self, request: Request, actor: Actor, minta: _Minta) -> Response:
        known = self._kenali(minta.query, minta.nama)
        if known.errors:
            return _json({"errors": [format_error(e, saran=self._pagar.introspeksi) for e in known.errors]}, 400)
        if known.operation is OperationType.MUTATION and request.method in _BACA:
            raise MetodeSalahError("Perubahan dikirim dengan POST, bukan GET.")
        if minta.berkas and known.operation is not OperationType.MUTATION:
            raise UnggahanTidakSahError("Berkas hanya dapat dikirim bersama perubahan (mutation).")
        if minta.simpan is not None:
            self._persisted.keep(minta.simpan, minta.query)
        if known.langganan is not None:
            return self._ikuti(request, known.langganan, minta.variables)
        biaya = known.cost if isinstance(known.cost, int) else known.cost(minta.variables)
        if biaya > self._pagar.biaya:
            raise BatasBiayaError(biaya, self._pagar.biaya)
        if known.plan is not None:
            tanda = None
            if request.method in _BACA:
                tanda = tag_for(request, actor, self._services.berita.versi, minta.query, minta.variables, minta.nama)
            if tanda is not None and tanda.known_to(request):
                return tanda.unchanged()
            katalog = await self._services.katalog.get()
            data, errors = await known.plan.run(self._services.db, katalog, actor, minta.variables)
            if not errors:
                ekor = b',"extensions":{"biaya":{"perkiraan":%d,"batas":%d}}}' % (biaya, self._pagar.biaya)
                jawab = Response(b"".join([b'{"data":', *data, ekor]), media_type=_JSON)
                return jawab if tanda is None else tanda.on(jawab)
            return self._jawab(request, None if data == [b"null"] else orjson.Fragment(b"".join(data)), errors, biaya)
        try:
            hasil = await self._schema.execute(
                minta.query,
                variable_values=minta.variables,
                context_value=Context(self._services, actor, request),
                operation_name=minta.nama,
                allowed_operation_types=(StrawberryOperationType.QUERY, StrawberryOperationType.MUTATION),
            )
        finally:
            if known.operation is OperationType.MUTATION:
                self._services.berita.naik()  # the writer's next read must not be told that nothing has changed
        return self._jawab(request, hasil.data, hasil.errors or [], biaya)

    def _jawab(self, request: Request, data: Any, errors: list[GraphQLError], biaya: int) -> Response:
        jawab: dict[str, Any] = {"data": data}
        if errors:
            jawab["errors"] = [format_error(e, saran=self._pagar.introspeksi) for e in errors]
        jawab["extensions"] = {"biaya": {"perkiraan": biaya, "batas": self._pagar.biaya}}
        tidak_jalan = data is None and bool(errors) and all(e.path is None for e in errors)  # the variables do not fit
        if tidak_jalan and _pilihan(request.headers.get("accept", "")) == _JAWABAN:
            del jawab["data"]
            return _json(jawab, 400)
        return _json(jawab)

    # ---------- subscriptions, and operations that come over a WebSocket ----------

    def document(self, query: str, nama: str | None) -> _Known:
        """What is known of that document."""
        return self._kenali(query, nama)

    def stream(
        self, request: HTTPConnection, plan: LanggananPlan, variables: dict[str, Any], authorization: str | None
    ) -> Aliran:
        """Listens from now on. `authorization`: of a caller who was let in. Raises LanggananDitolakError and BatasTempatError."""
        origin = origin_of(request.scope)
        return Aliran(self._services, self.token, plan, variables, authorization, origin)

    async def once(
        self, request: Request, authorization: str | None, query: str, variables: dict[str, Any], nama: str | None
    ) -> bytes:
        """The answer of a query or mutation as JSON."""
        actor = await self.token.authenticate(authorization, origin_of(request.scope))
        return bytes((await self._jalankan(request, actor, _Minta(query, variables, nama, None))).body)

    def _ikuti(self, request: Request, plan: LanggananPlan, variables: dict[str, Any]) -> Response:
        if not accepts_events(request):
            raise MasukanTidakSahError(
                'Langganan diminta dengan "Accept: text/event-stream", atau lewat WebSocket (graphql-transport-ws).'
            )
        try:
            return AliranSSE(self.stream(request, plan, variables, request.headers.get("authorization")))
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
            dokumen = baca_dokumen(query, self._pagar)
        except GraphQLError as salah:
            return _Known([salah])
        salah_semua = periksa_dokumen(dokumen, self._pagar) or validate(
            inti, dokumen, specified_rules, hide_suggestions=not self._pagar.introspeksi
        )
        if salah_semua:
            return _Known(list(salah_semua))
        operasi = get_operation_ast(dokumen, nama)
        if operasi is None:
            apa = f'operasi "{nama}" tidak ada' if nama else "dokumen berisi beberapa operasi; sebut operationName"
            return _Known([GraphQLError(f"Tidak ada yang dijalankan: {apa}.")])
        return _Known(
            [],
            plan_for(inti, dokumen, nama),
            operasi.operation,
            cost_of(inti, dokumen, operasi),
            langganan_for(inti, dokumen, operasi),
        )


def _jenis(request: Request) -> str:
    """The media type of the body; empty where its charset is none that JSON has."""
    jenis, _, sisa = request.headers.get("content-type", "").partition(";")
    charset = sisa.partition("charset=")[2].split(";")[0].strip().strip('"').lower()
    return jenis.strip().lower() if charset in ("", "utf-8", "utf8") else ""


def _pilihan(accept: str) -> str:
    """Which of the two media types of an answer the reader prefers; plain JSON where it does not say."""
    nilai = {_JSON: 0.0, _JAWABAN: 0.0}
    for bagian in accept.lower().split(","):
        jenis, *ciri = (x.strip() for x in bagian.split(";"))
        q = next((c[2:] for c in ciri if c.startswith("q=")), "1")
        if jenis in nilai:
            nilai[jenis] = float(q) if q.replace(".", "", 1).isdigit() else 0.0
    return _JAWABAN if nilai[_JAWABAN] > 0 and nilai[_JAWABAN] >= nilai[_JSON] else _JSON


def _loads(isi: bytes, apa: str) -> Any:
    try:
        hasil = orjson.loads(isi)
    except orjson.JSONDecodeError as salah:
        raise MasukanTidakSahError(f"JSON pada {apa} {_sebab(isi, salah)}.") from None
    # PostgreSQL keeps no NUL; in JSON it is always written as an escape
    if b"\\u0000" in isi and berisi_nul(hasil):
        raise MasukanTidakSahError("Teks tidak boleh berisi karakter NUL (\\u0000).")
    if isi.count(b"[") + isi.count(b"{") > _SUSUN and terlalu_dalam(hasil):
        raise MasukanTidakSahError(
            f"JSON pada {apa} bersarang terlalu dalam, lebih dari {_SUSUN} lapis; ratakan isinya."
        )
    return hasil


def _sebab(isi: bytes, salah: orjson.JSONDecodeError) -> str:
    """Why a JSON text cannot be read, and where."""
    if not isi.strip():
        return "kosong"
    try:
        isi.decode()
    except UnicodeDecodeError as bukan:
        return f"bukan UTF-8 (bita ke-{bukan.start + 1})"
    return f"tidak terbaca pada baris {salah.lineno}, kolom {salah.colno}; periksa tanda kutip, koma dan kurungnya di sekitar itu"


def _json(isi: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(isi, default=_lain), status, media_type=_JSON)


def _lain(nilai: object) -> object:
    raise TypeError(f"{type(nilai)} has no JSON form")
