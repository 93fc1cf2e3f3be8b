"""POST /anotasi: a file of figures or a list back with its findings, at the cells that they are about. Whoever may send the file may
ask; nothing is written."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub.akses import izin
from hub.akses.service import TokenService
from hub.base.actor import Actor, Role
from hub.base.errors import InvalidInputError
from hub.base.off_loop import FILES, let_in
from hub.base.origin import caller_of, origin_of
from hub.base.temuan import ERROR, Temuan
from hub.db.database import Database
from hub.gudang.list_import import StokImport, StokListRequest
from hub.gudang.service import StokLedger
from hub.katalog.cache import KatalogCache
from hub.lembar.annotation import AnnotatedFile, FileAnnotation
from hub.rekap.annotation import annotated_rekap
from hub.rekap.draft import Envelope
from hub.rekap.service import RekapWorkflow
from hub.rekap.upload import SentFile
from hub.sumber_daya.list_import import ImportRequest, SumberDayaImport
from hub.sumber_daya.service import SumberDayaService
from hub.sumber_daya.tables import KINDS
from hub.tagana.list_import import TaganaImport, TaganaListRequest
from hub.tagana.service import TaganaRegister
from hub.web.json_errors import with_json_errors
from hub.web.upload_form import UploadForm, read_form
from hub.wksbm.list_import import WksbmImport, WksbmListRequest
from hub.wksbm.service import WksbmService

_KEY = "anotasi"  # nothing is kept under it
REKAP = "rekap"
_FIELDS: Mapping[str, tuple[str, ...]] = {
    REKAP: ("pelapor", "formulir", "periode"),
    "sumber-daya": ("kabupaten", "jenis", "sejak"),
    "stok": ("kantor", "pada", "dokumen"),
    "wksbm": ("kabupaten", "sejak"),
    "tagana": ("kabupaten", "didata", "memenuhiKriteria"),
}
"""What each kind of file comes with; the office, where it is not said, is that of the token."""
_NEEDED: Mapping[str, tuple[str, ...]] = {REKAP: ("formulir", "periode"), "sumber-daya": ("jenis",)}


@dataclass(frozen=True, slots=True)
class AnnotationServices:
    """What files are read for. `limit`: bytes of a request."""

    db: Database
    katalog: KatalogCache
    rekap: RekapWorkflow
    sumber_daya: SumberDayaService
    stok: StokLedger
    wksbm: WksbmService
    tagana: TaganaRegister
    limit: int


def annotation_routes(services: AnnotationServices, token: TokenService) -> list[Route]:
    async def annotate(request: Request) -> Response:
        authorization, origin = request.headers.get("authorization"), origin_of(request.scope)
        actor = await token.authenticate(authorization, origin)
        if actor.role is Role.PUBLIC:  # who may send nothing is told so before anything is taken in
            izin.require(actor, izin.WRITE_REKAP)
        let_in(caller_of(origin.address, authorization), request.scope)
        return _answer(await _annotated(services, actor, await read_form(request, services.limit)))

    return [Route("/anotasi", with_json_errors(annotate), methods=["POST"])]


async def _annotated(services: AnnotationServices, actor: Actor, form: UploadForm) -> AnnotatedFile:
    kind = form.fields.get("daftar", REKAP).lower().replace("_", "-")
    _check_fields(kind, form.fields)
    if kind == REKAP:
        envelope = Envelope(
            form.fields.get("pelapor", actor.wilayah), form.fields["formulir"], form.fields["periode"], _KEY
        )
        file = SentFile(form.name, form.content, envelope)
        return await annotated_rekap(services.db, services.katalog, services.rekap, actor, file)
    annotation = FileAnnotation()
    result = await _LISTS[kind](services, annotation, actor, form)
    return await FILES.run(annotation.make, form.name, form.content, result)


def _check_fields(kind: str, fields: Mapping[str, str]) -> None:
    """Raises InvalidInputError that names all that is wrong with them."""
    if kind not in _FIELDS:
        raise InvalidInputError(f'"{kind[:80]}" bukan daftar yang dikenal; pilihannya: {", ".join(_FIELDS)}.')
    known = _FIELDS[kind]
    wrong = [f'isian "{name[:80]}" tidak dikenal' for name in fields if name not in (*known, "daftar")]
    wrong += [f'isian "{name}" tidak ada' for name in _NEEDED.get(kind, ()) if name not in fields]
    if wrong:
        raise InvalidInputError(
            f"Periksa permintaannya: {'; '.join(wrong)}. Isiannya: berkas, daftar, {', '.join(known)}."
        )


async def _sumber_daya(s: AnnotationServices, a: FileAnnotation, actor: Actor, form: UploadForm) -> tuple[Temuan, ...]:
    kind = form.fields["jenis"].upper().replace(" ", "_").replace("-", "_")
    if kind not in KINDS:
        raise InvalidInputError(f'Jenis "{kind[:80]}" tidak dikenal; jenisnya: {", ".join(KINDS)}.')
    request = ImportRequest(kind, _office(form, actor), _day(form, "sejak"), uji=True)
    importer = SumberDayaImport(s.db, a.read_list, s.sumber_daya)
    return (await importer.upload(actor, form.name, form.content, request)).temuan


async def _stok(s: AnnotationServices, a: FileAnnotation, actor: Actor, form: UploadForm) -> tuple[Temuan, ...]:
    day = _day(form, "pada") or s.db.today()
    request = StokListRequest(form.fields.get("kantor", actor.wilayah), day, form.fields.get("dokumen", _KEY), uji=True)
    return (await StokImport(s.db, a.read, s.stok).upload(actor, form.name, form.content, request)).temuan


async def _wksbm(s: AnnotationServices, a: FileAnnotation, actor: Actor, form: UploadForm) -> tuple[Temuan, ...]:
    request = WksbmListRequest(_office(form, actor), _day(form, "sejak"), uji=True)
    importer = WksbmImport(s.db, a.read, s.katalog, s.wksbm)
    return (await importer.upload(actor, form.name, form.content, request)).temuan


async def _tagana(s: AnnotationServices, a: FileAnnotation, actor: Actor, form: UploadForm) -> tuple[Temuan, ...]:
    criteria = form.fields.get("memenuhiKriteria", "").lower() in ("ya", "true", "1")
    request = TaganaListRequest(_office(form, actor), _day(form, "didata"), criteria, uji=True)
    return (await TaganaImport(s.db, a.read, s.tagana).upload(actor, form.name, form.content, request)).temuan


_LISTS: Mapping[
    str, Callable[[AnnotationServices, FileAnnotation, Actor, UploadForm], Awaitable[tuple[Temuan, ...]]]
] = {"sumber-daya": _sumber_daya, "stok": _stok, "wksbm": _wksbm, "tagana": _tagana}


def _office(form: UploadForm, actor: Actor) -> str:
    return form.fields.get("kabupaten", actor.wilayah)


def _day(form: UploadForm, name: str) -> date | None:
    text = form.fields.get(name)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInputError(f'{name}: "{text[:80]}" bukan hari; tulis seperti 2021-07-01.') from None


def _answer(file: AnnotatedFile) -> Response:
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in file.name)
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Temuan": str(len(file.found)),
        "X-Temuan-Galat": str(sum(t.tingkat == ERROR for t in file.found)),
    }
    return Response(file.content, 200, headers, file.media_type)
