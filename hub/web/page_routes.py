"""Pages for people: the map at /peta, GraphiQL at /graphql for browsers, the landing page, and the assets that web/ was
built into.

The build (scripts/environment, need_web) writes to hub/web/static; the hub serves whatever is there and says so plainly
when nothing is.
"""

from collections.abc import Awaitable, Callable
from mimetypes import guess_type
from pathlib import Path
from string import Template

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

_BANGUNAN = Path(__file__).parent / "static"
_HALAMAN = Path(__file__).parent / "halaman"

# Nothing from anywhere but the hub. Styles: the editor and the map write their own while they draw.
_KEBIJAKAN = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",  # patterns of the legend and the printed map are pictures that the page makes itself
        "font-src 'self' data:",  # GraphiQL carries its fonts inside its style sheet
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_KEPALA = {
    "Content-Security-Policy": _KEBIJAKAN,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
_SELAMANYA = "public, max-age=31536000, immutable"  # names under /aset carry a hash of their content

_GRAPHIQL = """<dt><a href="/graphql">/graphql</a></dt>
        <dd>GraphiQL: bertanya langsung dari peramban, dengan contoh dan penjelasan setiap data.</dd>"""

Endpoint = Callable[[Request], Awaitable[Response]]


def page_routes(*, graphiql: bool, bangunan: Path = _BANGUNAN) -> list[Route | Mount]:
    """The landing page, the map and the built assets."""
    beranda = Template((_HALAMAN / "beranda.html").read_text(encoding="utf-8")).substitute(
        graphiql=_GRAPHIQL if graphiql else ""
    )

    async def landing(_: Request) -> Response:
        return HTMLResponse(beranda, headers=_KEPALA)

    async def peta(_: Request) -> Response:
        return _dibangun(bangunan / "peta.html")

    return [
        Route("/", landing),
        Route("/peta", peta),
        Mount("/aset", _Aset(directory=bangunan / "aset", check_dir=False)),
    ]


def graphiql_or(endpoint: Endpoint, *, graphiql: bool, bangunan: Path = _BANGUNAN) -> Endpoint:
    """`endpoint`, except that a browser that opens its address gets the GraphiQL page, where that is switched on."""
    if not graphiql:
        return endpoint

    async def pilih(request: Request) -> Response:
        if request.method == "POST":
            return await endpoint(request)  # never a page, and no cache keeps it
        if _mau_halaman(request.headers):
            jawab: Response = _dibangun(bangunan / "graphiql.html")
        else:
            jawab = await endpoint(request)
        jawab.headers.add_vary_header("Accept")  # one address, two answers: caches must keep them apart
        return jawab

    return pilih


class Answered:
    """An endpoint without what Starlette wraps around functions for exceptions they may raise: `endpoint` answers to all of its
    own, and it is asked more often than everything else together."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._endpoint(Request(scope, receive, send))
        await response(scope, receive, send)


def _mau_halaman(kepala: Headers) -> bool:
    """Whether a person asks: browsers name text/html, programs name JSON, everything (*/*) or nothing."""
    mau = kepala.get("accept", "").lower()
    return "text/html" in mau and "json" not in mau


def _dibangun(halaman: Path) -> Response:
    if halaman.is_file():
        return FileResponse(halaman, media_type="text/html", headers=_KEPALA)
    return HTMLResponse((_HALAMAN / "belum_dibangun.html").read_text(encoding="utf-8"), 503, _KEPALA)


class _Aset(StaticFiles):
    """Built assets; the copy that the build packed goes to those who can unpack it."""

    async def check_config(self) -> None:
        """The folder may come later, with the build; until then its assets are simply not found."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        bisa = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        try:
            jawab = await super().get_response(f"{path}.gz" if bisa else path, scope)
        except HTTPException:
            if not bisa:
                raise
            bisa, jawab = False, await super().get_response(path, scope)
        if bisa:
            jenis = guess_type(path)[0] or "application/octet-stream"
            jawab.headers["Content-Type"] = f"{jenis}; charset=utf-8" if jenis.startswith("text/") else jenis
            jawab.headers["Content-Encoding"] = "gzip"
        jawab.headers["Cache-Control"] = _SELAMANYA
        jawab.headers["Content-Security-Policy"] = _KEBIJAKAN  # a worker obeys its own, not its page's
        jawab.headers["X-Content-Type-Options"] = "nosniff"
        jawab.headers.add_vary_header("Accept-Encoding")
        return jawab
