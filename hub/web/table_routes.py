"""GET /tabel.csv, GET /tabel.xlsx: figures and indicators as one long table, for Excel, Power Query, R, Power BI and whatever else reads
files. GET /tabel: which of the two, the reader says in Accept."""

import hashlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from hub.akses.service import TokenService
from hub.angka.table_statements import TableQuestion, open_table
from hub.base.actor import Actor, Role
from hub.base.defects import report_defect
from hub.base.errors import HubError
from hub.base.etag import held
from hub.base.off_loop import HungUpError, let_in
from hub.base.origin import Caller, caller_of, origin_of
from hub.base.places import Shares
from hub.base.turns import Turns
from hub.berita.service import Berita
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import Katalog
from hub.katalog.questions import of_this_hub
from hub.peta.layer_parameters import Parameter
from hub.web.json_errors import with_errors_as_asked
from hub.web.read_ahead import ReadAhead
from hub.web.table_csv import CSV, csv_pieces
from hub.web.table_question import LONGEST, TableRequest, read_request
from hub.web.table_xlsx import About, xlsx_pieces
from hub.web.workbook_file import XLSX

_log = structlog.get_logger("hub.web")
_WHOLE = (
    2**20
)  # bytes; a table up to so much is made before any of it is sent, and holds no place while its reader reads
_SECONDS = 600.0  # of one table, waiting, making and sending
_WAIT = 20.0  # seconds for a place
_WAITING = Shares(total=64, public=32, per_token=16, per_address=8)
_FULL = "Terlalu banyak tabel sedang dibuat; coba lagi beberapa detik kemudian, satu demi satu."
_KINDS = {"csv": CSV, "xlsx": XLSX}


class NotAcceptableError(HubError):
    """The reader takes none of the forms there are."""

    kode = "BENTUK_TIDAK_ADA"
    status = 406


@dataclass(frozen=True, slots=True)
class _Asked:
    """`tag` None: no promise can be made."""

    request: Request
    kind: str
    actor: Actor
    caller: Caller
    table: TableRequest
    katalog: Katalog
    tag: str | None

    def headers(self) -> dict[str, str]:
        vary = ["Authorization", *(["Accept"] if "." not in self.request.url.path else [])]
        fields = {
            "Content-Disposition": f'attachment; filename="{_file_name(self.table.question)}.{self.kind}"',
            "Vary": ", ".join(vary),
            "Cache-Control": "no-store",
        }
        if self.tag is not None:
            visibility = "public" if self.actor.role is Role.PUBLIC else "private"
            fields |= {"ETag": f'"{self.tag}"', "Cache-Control": f"{visibility}, max-age=0, must-revalidate"}
        return fields


class TableAnswers:
    """One per app. `connections`: of the database, per pool; tables take half of the officers' at most, and a quarter of the public's."""

    def __init__(
        self, db: Database, katalog: KatalogCache, berita: Berita, token: TokenService, connections: int
    ) -> None:
        self._db = db
        self._katalog = katalog
        self._berita = berita
        self._token = token
        total, public = max(1, connections // 2), max(1, connections // 4)
        places = Shares(total, public, per_token=max(1, total - 1), per_address=max(1, public // 2))
        self.turns = Turns(places, _WAITING, _WAIT, _FULL)

    async def answer(self, request: Request, kind: str) -> Response:
        asked = await self._asked(request, kind)
        headers = asked.headers()
        if asked.tag is not None and held(request.headers.get("if-none-match"), asked.tag):
            return Response(status_code=304, headers=headers)
        if request.method == "HEAD":
            response = Response(None, 200, headers, _KINDS[kind])
            del response.headers["content-length"]  # nobody knows before it is made
            return response
        ahead = ReadAhead(self._pieces(asked), _SECONDS, request.scope.get("hub.gone"))
        try:
            begun, whole = await _beginning(ahead)
        except BaseException:
            ahead.close()
            raise
        if whole:
            return Response(b"".join(begun), 200, headers, _KINDS[kind])
        return StreamingResponse(_rest(begun, ahead), 200, headers, _KINDS[kind])

    async def _asked(self, request: Request, kind: str) -> _Asked:
        authorization, origin = request.headers.get("authorization"), origin_of(request.scope)
        actor = await self._token.authenticate(authorization, origin)
        caller = caller_of(origin.address, authorization)
        let_in(caller, request.scope)
        version = self._berita.version  # before anything is read
        katalog = await self._katalog.get()
        parameter = Parameter(request.query_params.multi_items(), LONGEST)
        table = read_request(parameter, katalog, self._db.zone)
        of_this_hub(table.question.wilayah, katalog)
        tag = None
        if version is not None:
            parts = [version, kind, actor.role, actor.wilayah, parameter.in_order()]
            if kind == "xlsx":  # which tells its address
                parts.append(str(request.url))
            tag = hashlib.sha256(orjson.dumps(parts)).hexdigest()[:40]
        return _Asked(request, kind, actor, caller, table, katalog, tag)

    async def _pieces(self, asked: _Asked) -> AsyncGenerator[bytes]:
        await self.turns.enter(asked.caller)
        try:
            async with open_table(self._db, asked.actor, asked.table.question, asked.katalog) as table:
                if asked.kind == "csv":
                    pieces = csv_pieces(table, asked.table.separator)
                else:
                    pieces = xlsx_pieces(table, self._about(asked))
                async with aclosing(pieces):
                    async for piece in pieces:
                        yield piece
        finally:
            self.turns.leave(asked.caller)

    def _about(self, asked: _Asked) -> About:
        actor = asked.actor
        reader = f"{actor.role.value} {actor.wilayah}".strip()
        return About(asked.table.question, asked.katalog, str(asked.request.url), reader, self._db.today())


def table_routes(
    db: Database, katalog: KatalogCache, berita: Berita, token: TokenService, connections: int
) -> list[Route]:
    answers = TableAnswers(db, katalog, berita, token, connections)

    def of_kind(kind: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await answers.answer(request, kind)

        return answer

    async def by_accept(request: Request) -> Response:
        return await answers.answer(request, preferred_kind(request.headers.get("accept")))

    return [
        Route("/tabel", with_errors_as_asked(by_accept)),
        *(Route(f"/tabel.{kind}", with_errors_as_asked(of_kind(kind))) for kind in _KINDS),
    ]


def preferred_kind(accept: str | None) -> str:
    """csv or xlsx, whichever the reader likes better; csv where he does not say. Raises NotAcceptableError."""
    if accept is None or not accept.strip():
        return "csv"
    weights: dict[str, float] = {}
    for part in accept.lower().split(","):
        media_type, *parameters = (x.strip() for x in part.split(";"))
        q = next((p[2:].strip() for p in parameters if p.startswith("q=")), "1")
        weights[media_type] = float(q) if q.isascii() and q.replace(".", "", 1).isdigit() else 0.0

    def weight(kind: str) -> float:
        media_type = _KINDS[kind].partition(";")[0]
        ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
        return next((weights[r] for r in ranges if r in weights), 0.0)

    best = max(_KINDS, key=weight)  # the first of equals
    if weight(best) <= 0:
        raise NotAcceptableError(
            "Tabel ada sebagai text/csv dan XLSX; minta salah satunya dengan Accept, atau langsung /tabel.csv atau /tabel.xlsx."
        )
    return best


async def _beginning(ahead: ReadAhead) -> tuple[list[bytes], bool]:
    """What is made of it before any is sent, and whether that is all: what goes wrong by then is an answer with a status."""
    begun: list[bytes] = []
    size = 0
    while size <= _WHOLE:
        piece = await ahead.next()
        if piece is None:
            return begun, True
        begun.append(piece)
        size += len(piece)
    return begun, False


async def _rest(begun: list[bytes], ahead: ReadAhead) -> AsyncGenerator[bytes]:
    """All of it. What goes wrong cuts it off without its end, so that nobody takes half a table for a whole one."""
    try:
        while begun:
            yield begun.pop(0)
        while (piece := await ahead.next()) is not None:
            yield piece
    except HungUpError:
        raise
    except HubError as error:
        _log.warning("tabel terputus", sebab=error.message)
        raise HungUpError from error
    except Exception as error:
        report_defect(error, "hub.web")
        raise HungUpError from error
    finally:
        ahead.close()


def _file_name(question: TableQuestion) -> str:
    """Letters, digits, points, dashes and underscores."""
    kode, periode = (x[0] if len(x) == 1 else f"{x[0]}_dst" for x in (question.kode, question.periode))
    return f"tabel_{kode}_{question.wilayah}_{question.level.name.lower()}_{periode}"
