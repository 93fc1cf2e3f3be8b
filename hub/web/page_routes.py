"""Pages for people: where to begin at /, the officers' desk at /meja, the map at /peta; for programs /pengembang and GraphiQL at
/graphql for browsers; and the assets that web/ was built into.

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

from hub.web.compression import choose

_BUILD = Path(__file__).parent / "static"
_PAGES = Path(__file__).parent / "halaman"

# Nothing from anywhere but the hub. Styles: the editor and the map write their own while they draw.
_POLICY = "; ".join(
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
# A worker obeys its own, not its page's; short, as it comes with every part of a page
_WORKER_POLICY = "default-src 'self'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
_WORKER = "meja-sw.js"
_FOREVER = "public, max-age=31536000, immutable"  # names under /aset carry a hash of their content

_GRAPHIQL = """<dt><a href="/graphql">/graphql</a></dt>
        <dd>GraphiQL: bertanya langsung dari peramban, dengan contoh dan penjelasan setiap data.</dd>"""

Endpoint = Callable[[Request], Awaitable[Response]]


def page_routes(*, graphiql: bool, build: Path = _BUILD) -> list[Route | Mount]:
    """The pages and the built assets."""
    programs_page = Template((_PAGES / "pengembang.html").read_text(encoding="utf-8")).substitute(
        graphiql=_GRAPHIQL if graphiql else ""
    )

    async def landing(_: Request) -> Response:
        """Its links lead on even where nothing is built."""
        built = build / "front.html"
        return FileResponse(
            built if built.is_file() else _PAGES / "beranda.html", media_type="text/html", headers=_HEADERS
        )

    async def programs(_: Request) -> Response:
        return HTMLResponse(programs_page, headers=_HEADERS)

    async def peta(_: Request) -> Response:
        return _built(build / "peta.html")

    async def desk(_: Request) -> Response:
        return _built(build / "meja.html")

    async def desk_worker(_: Request) -> Response:
        """At the root, for a worker serves addresses below its own; and by a name that stays, for browsers look there for the next."""
        if not (build / _WORKER).is_file():
            return Response(status_code=404, headers=_HEADERS)
        return FileResponse(build / _WORKER, media_type="text/javascript", headers=_HEADERS)

    return [
        Route("/", landing),
        Route("/pengembang", programs),
        Route("/peta", peta),
        Route("/meja", desk),
        Route(f"/{_WORKER}", desk_worker),
        Mount("/aset", _Assets(directory=build / "aset", check_dir=False)),
    ]


def graphiql_or(endpoint: Endpoint, *, graphiql: bool, build: Path = _BUILD) -> Endpoint:
    """`endpoint`, except that a browser that opens its address gets the GraphiQL page, where that is switched on."""
    if not graphiql:
        return endpoint

    async def choose(request: Request) -> Response:
        if request.method == "POST":
            return await endpoint(request)  # never a page, and no cache keeps it
        if _wants_page(request.headers):
            answer: Response = _built(build / "graphiql.html")
        else:
            answer = await endpoint(request)
        answer.headers.add_vary_header("Accept")  # one address, two answers: caches must keep them apart
        return answer

    return choose


class Answered:
    """An endpoint without what Starlette wraps around functions for exceptions they may raise: `endpoint` answers to all of its
    own, and it is asked more often than everything else together."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._endpoint(Request(scope, receive, send))
        await response(scope, receive, send)


def _wants_page(headers: Headers) -> bool:
    """Whether a person asks: browsers name text/html, programs name JSON, everything (*/*) or nothing."""
    accepted = headers.get("accept", "").lower()
    return "text/html" in accepted and "json" not in accepted


def _built(page: Path) -> Response:
    if page.is_file():
        return FileResponse(page, media_type="text/html", headers=_HEADERS)
    return HTMLResponse((_PAGES / "belum_dibangun.html").read_text(encoding="utf-8"), 503, _HEADERS)


_PACKED = {"br": ".br", "gzip": ".gz"}  # what the build packs beside each, the smallest first


class _Assets(StaticFiles):
    """Built assets; the copies that the build packed go to those who can unpack them."""

    async def check_config(self) -> None:
        """The folder may come later, with the build; until then its assets are simply not found."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        coding = choose(Headers(scope=scope).get("accept-encoding", ""), tuple(_PACKED))
        try:
            answer = await super().get_response(f"{path}{_PACKED[coding]}" if coding else path, scope)
        except HTTPException:
            if not coding:
                raise
            coding, answer = None, await super().get_response(path, scope)
        if coding:
            media_type = guess_type(path)[0] or "application/octet-stream"
            answer.headers["Content-Type"] = (
                f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
            )
            answer.headers["Content-Encoding"] = coding
        answer.headers["Cache-Control"] = _FOREVER
        answer.headers["Content-Security-Policy"] = _WORKER_POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers.add_vary_header("Accept-Encoding")
        # nobody asks again for what is kept for ever, and twenty answers' heads are a fifth of a second on a slow line
        for name in ("etag", "last-modified", "accept-ranges"):
            del answer.headers[name]
        return answer
