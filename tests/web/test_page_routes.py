"""The pages over plain HTTP: who gets a page and who gets an answer, what may be kept, what may be loaded."""

import asyncio
import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub.base.settings import Settings
from hub.web.page_routes import graphiql_or, page_routes
from tests.client import Client
from tests.hub_server import Server
from tests.project_files import ROOT

_BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
_STATIC = ROOT / "hub" / "web" / "static"
_QUERY = {"query": '{ provinsi(kode: "53") { nama } }'}
_ANSWER = {"data": {"provinsi": {"nama": "Nusa Tenggara Timur"}}}
# what makes a browser load: imports, workers, elements, style sheets; not addresses in texts, namespaces or links
_ADDRESS = re.compile(r"(?:https?:|wss?:)?//[\w.-]+\.\w+")
_LOADING = re.compile(
    r"""(?:\bimport\s*\(?|\bfrom|\bimportScripts\(|\bfetch\(|\bnew\s+(?:Shared)?Worker\(|\bnew\s+WebSocket\("""
    r"""|\bnew\s+EventSource\(|\bsendBeacon\(|\burl\(|@import|\bsrc\s*=|\bnew\s+URL\()\s*["'`]?\s*\Z"""
)


def _loads(code: str) -> list[str]:
    """What it loads from elsewhere. Addresses are few, and are looked for first: all else of what a build is made of is soon passed."""
    found = []
    for address in _ADDRESS.finditer(code):
        if before := _LOADING.search(code[max(0, address.start() - 200) : address.start()]):
            found.append(before[0] + address[0])
    return found


# ---------- who gets what ----------


def test_a_browser_gets_the_page(read_hub: Client) -> None:
    response = read_hub.get("/graphql", headers=_BROWSER)
    assert response.status_code == 200, "hub/web/static is missing: scripts/test builds it"
    assert response.headers["content-type"].startswith("text/html")
    assert "<title>GraphiQL · Hub Dinsos</title>" in response.text
    assert 'lang="id"' in response.text
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize(
    "accepted", ["*/*", "application/json", "application/graphql-response+json", "text/html, application/json"]
)
def test_a_program_gets_an_answer(read_hub: Client, accepted: str) -> None:
    response = read_hub.get("/graphql", params=_QUERY, headers={"Accept": accepted})
    assert (response.status_code, response.json()["data"]) == (200, _ANSWER["data"])
    assert "Accept" in response.headers["vary"], "a cache would give the page to a program"


def test_a_question_that_is_posted_is_answered_whatever_is_accepted(read_hub: Client) -> None:
    assert read_hub.post("/graphql", json=_QUERY, headers=_BROWSER).json()["data"] == _ANSWER["data"]


def test_switched_off_there_is_no_page(shared_demo_url: str) -> None:
    server = Server(shared_demo_url, Settings(graphiql=False))
    server.start()
    try:
        response = httpx.get(f"{server.address}/graphql", headers=_BROWSER)
        assert response.headers["content-type"] == "application/json"
        assert "errors" in response.json()
        assert "GraphiQL" not in httpx.get(f"{server.address}/pengembang", headers=_BROWSER).text
        assert httpx.post(f"{server.address}/graphql", json=_QUERY).json()["data"] == _ANSWER["data"]
    finally:
        server.stop()


def test_before_the_build_the_page_says_how_to_get_it(tmp_path: Path) -> None:
    async def answer(_: Request) -> Response:
        return JSONResponse(_ANSWER)

    endpoint = graphiql_or(answer, graphiql=True, build=tmp_path)
    routes = [Route("/graphql", endpoint, methods=["GET", "POST"]), *page_routes(graphiql=True, build=tmp_path)]

    async def attempt() -> None:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=routes)), base_url="http://hub", headers=_BROWSER
        ) as client:
            for path in ("/graphql", "/peta", "/meja"):
                page = await client.get(path)
                assert page.status_code == 503
                assert "belum dibangun" in page.text
                assert "scripts/serve" in page.text
            assert (await client.post("/graphql", json=_QUERY)).json() == _ANSWER
            front = await client.get("/")
            assert (front.status_code, 'href="/meja"' in front.text) == (200, True)
            for path in ("/aset/apa.js", "/meja-sw.js"):
                assert (await client.get(path)).status_code == 404

    asyncio.run(attempt())


_OF_PROGRAMS = {
    "/", "/graphql", "/peta", "/sehat", "/siap", "/ubin/wilayah.json", "/gaya/wilayah.json", "/geojson/wilayah",
}  # fmt: skip


@pytest.mark.parametrize(
    ("address", "leads_to"), [("/", {"/peta", "/meja", "/pengembang"}), ("/pengembang", _OF_PROGRAMS)]
)
def test_pages_of_links_lead_to_addresses_that_answer(read_hub: Client, address: str, leads_to: set[str]) -> None:
    response = read_hub.get(address, headers=_BROWSER)
    assert response.status_code == 200
    targets = re.findall(r'<a href="([^"]+)"', response.text)
    assert set(targets) == leads_to
    assert [t for t in targets if read_hub.get(t, headers=_BROWSER).status_code != 200] == []
    assert "$" not in response.text


# ---------- what may be kept ----------


@pytest.mark.parametrize("address", ["/", "/graphql", "/peta", "/meja"])
def test_assets_are_kept_for_ever_and_the_page_is_not(read_hub: Client, address: str) -> None:
    page = read_hub.get(address, headers=_BROWSER)
    assert page.headers["cache-control"] == "no-cache"
    assets = re.findall(r'(?:src|href)="(/aset/[^"]+)"', page.text)
    assert len(assets) >= 3
    for path in assets:
        assert re.search(r"-[\w-]{8}\.(js|css|svg)$", path), f"{path} carries no hash"
        response = read_hub.get(path)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"), [("gzip, br", "br", brotli.decompress), ("br;q=0, gzip", "gzip", gzip.decompress)]
)
def test_assets_come_packed_to_those_who_can_unpack(
    read_hub: Client, accepted: str, coding: str, unpack: Callable[[bytes], bytes]
) -> None:
    for file in (_STATIC / "aset").glob("[gp]*-*.[jc]s*"):
        if file.suffix in (".gz", ".br"):
            continue
        whole = read_hub.get(f"/aset/{file.name}", headers={"Accept-Encoding": "identity"})
        dense = read_hub.get(f"/aset/{file.name}", headers={"Accept-Encoding": accepted})
        assert "content-encoding" not in whole.headers
        assert dense.headers["content-encoding"] == coding
        assert whole.headers["content-type"] == dense.headers["content-type"]
        assert whole.headers["content-type"].split(";")[0] in ("text/javascript", "application/javascript", "text/css")
        assert whole.content == dense.content == file.read_bytes()
        copy = file.with_name(f"{file.name}.{coding[:2]}").read_bytes()
        assert int(dense.headers["content-length"]) == len(copy)
        assert unpack(copy) == file.read_bytes()


@pytest.mark.parametrize(
    "path", ["/aset/tidak_ada.js", "/aset/../graphiql.html", "/aset/%2e%2e/%2e%2e/page_routes.py", "/aset/"]
)
def test_nothing_but_assets_lies_under_their_path(read_hub: Client, path: str) -> None:
    assert read_hub.get(path, headers={"Accept-Encoding": "gzip"}).status_code == 404


def test_the_map_page_is_light_and_shows_itself_before_its_map(read_hub: Client) -> None:
    """Packed with gzip: what the page needs to show its choices and its table, and all with the map."""
    page = read_hub.get("/peta", headers=_BROWSER).text
    at_first = {Path(j).name for j in re.findall(r'(?:src|href)="/aset/([^"]+)"', page)}
    assert not [n for n in at_first if "maplibre" in n], "the map comes when the page already stands"
    peta = {f.name for f in (_STATIC / "aset").glob("maplibre-*.js")} | {
        f.name for f in (_STATIC / "aset").glob("peta_hub-*.[jc]s*")
    }
    assert len([n for n in peta if n.startswith("maplibre")]) == 2, "MapLibre and its worker, apart from our own code"

    def weight(names: set[str]) -> int:
        return sum(
            (_STATIC / "aset" / f"{n}.gz").stat().st_size
            for n in {n.removesuffix(".gz").removesuffix(".br") for n in names}
        )

    assert weight(at_first) < 40_000
    assert weight(at_first | peta) < 500_000


# ---------- what may be loaded ----------


@pytest.mark.parametrize("path", ["/", "/pengembang", "/graphql", "/peta", "/meja", "/meja-sw.js"])
def test_a_page_may_load_from_the_hub_only(read_hub: Client, path: str) -> None:
    headers = read_hub.get(path, headers=_BROWSER).headers
    policy = dict(b.strip().split(" ", 1) for b in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert {origin for nilai in policy.values() for origin in nilai.split()} <= {
        "'none'", "'self'", "'unsafe-inline'", "data:",
    }  # fmt: skip
    assert [k for k, v in policy.items() if "unsafe-inline" in v] == ["style-src"]
    assert headers["x-content-type-options"] == "nosniff"


def test_nothing_in_the_build_loads_from_elsewhere() -> None:
    files = [f for f in _STATIC.rglob("*") if f.suffix in (".html", ".js", ".css")]
    assert len(files) > 5
    temuan = [f"{f.name}: {c}" for f in files for c in _loads(f.read_text())]
    assert temuan == []


@pytest.mark.parametrize(
    "line",
    [
        'import x from "https://esm.example.com/x"', 'import("//cdn.example.com/x.js")', "@import url(https://f.example.com/css)",
        "src: url('https://f.example.com/a.woff2')", '<script src="https://cdn.example.com/a.js">',
        'new Worker("https://cdn.example.com/w.js")', 'fetch("https://ping.example.com")',
    ],
)  # fmt: skip
def test_the_search_for_loads_finds_them(line: str) -> None:
    assert len(_loads(line)) == 1
