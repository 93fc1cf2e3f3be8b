"""The pages over plain HTTP: who gets a page and who gets an answer, what may be kept, what may be loaded."""

import asyncio
import gzip
import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub.base.settings import Settings
from hub.web.page_routes import graphiql_or, page_routes
from tests.client import Klien
from tests.hub_server import Peladen
from tests.project_files import AKAR

_PERAMBAN = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
_STATIK = AKAR / "hub" / "web" / "static"
_TANYA = {"query": '{ provinsi(kode: "53") { nama } }'}
_ISI = {"data": {"provinsi": {"nama": "Nusa Tenggara Timur"}}}
# what makes a browser load: imports, workers, elements, style sheets; not addresses in texts, namespaces or links
_MEMUAT = re.compile(
    r"""(?:\bimport\s*\(?|\bfrom|\bimportScripts\(|\bfetch\(|\bnew\s+(?:Shared)?Worker\(|\bnew\s+WebSocket\("""
    r"""|\bnew\s+EventSource\(|\bsendBeacon\(|\burl\(|@import|\bsrc\s*=|\bnew\s+URL\()\s*["'`]?\s*(?:https?:|wss?:)?//[\w.-]+\.\w+"""
)


# ---------- who gets what ----------


def test_a_browser_gets_the_page(hub_baca: Klien) -> None:
    jawab = hub_baca.get("/graphql", headers=_PERAMBAN)
    assert jawab.status_code == 200, "hub/web/static is missing: scripts/test builds it"
    assert jawab.headers["content-type"].startswith("text/html")
    assert "<title>GraphiQL · Hub Dinsos</title>" in jawab.text
    assert 'lang="id"' in jawab.text
    assert "Accept" in jawab.headers["vary"]


@pytest.mark.parametrize(
    "mau", ["*/*", "application/json", "application/graphql-response+json", "text/html, application/json"]
)
def test_a_program_gets_an_answer(hub_baca: Klien, mau: str) -> None:
    jawab = hub_baca.get("/graphql", params=_TANYA, headers={"Accept": mau})
    assert (jawab.status_code, jawab.json()["data"]) == (200, _ISI["data"])
    assert "Accept" in jawab.headers["vary"], "a cache would give the page to a program"


def test_a_question_that_is_posted_is_answered_whatever_is_accepted(hub_baca: Klien) -> None:
    assert hub_baca.post("/graphql", json=_TANYA, headers=_PERAMBAN).json()["data"] == _ISI["data"]


def test_switched_off_there_is_no_page(shared_demo_url: str) -> None:
    peladen = Peladen(shared_demo_url, Settings(graphiql=False))
    peladen.nyala()
    try:
        jawab = httpx.get(f"{peladen.alamat}/graphql", headers=_PERAMBAN)
        assert jawab.headers["content-type"] == "application/json"
        assert "errors" in jawab.json()
        assert "GraphiQL" not in httpx.get(peladen.alamat, headers=_PERAMBAN).text
        assert httpx.post(f"{peladen.alamat}/graphql", json=_TANYA).json()["data"] == _ISI["data"]
    finally:
        peladen.mati()


def test_before_the_build_the_page_says_how_to_get_it(tmp_path: Path) -> None:
    async def jawab(_: Request) -> Response:
        return JSONResponse(_ISI)

    titik = graphiql_or(jawab, graphiql=True, bangunan=tmp_path)
    rute = [Route("/graphql", titik, methods=["GET", "POST"]), *page_routes(graphiql=True, bangunan=tmp_path)]

    async def coba() -> None:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=rute)), base_url="http://hub", headers=_PERAMBAN
        ) as klien:
            for jalur in ("/graphql", "/peta"):
                halaman = await klien.get(jalur)
                assert halaman.status_code == 503
                assert "belum dibangun" in halaman.text
                assert "scripts/serve" in halaman.text
            assert (await klien.post("/graphql", json=_TANYA)).json() == _ISI
            assert (await klien.get("/aset/apa.js")).status_code == 404

    asyncio.run(coba())


def test_the_landing_page_leads_to_addresses_that_answer(hub_baca: Klien) -> None:
    jawab = hub_baca.get("/", headers=_PERAMBAN)
    assert jawab.status_code == 200
    tujuan = re.findall(r'href="([^"]+)"', jawab.text)
    assert set(tujuan) == {
        "/graphql",
        "/peta",
        "/sehat",
        "/siap",
        "/ubin/wilayah.json",
        "/gaya/wilayah.json",
        "/geojson/wilayah",
    }
    assert [t for t in tujuan if hub_baca.get(t, headers=_PERAMBAN).status_code != 200] == []
    assert "$" not in jawab.text


# ---------- what may be kept ----------


@pytest.mark.parametrize("alamat", ["/graphql", "/peta"])
def test_assets_are_kept_for_ever_and_the_page_is_not(hub_baca: Klien, alamat: str) -> None:
    halaman = hub_baca.get(alamat, headers=_PERAMBAN)
    assert halaman.headers["cache-control"] == "no-cache"
    aset = re.findall(r'(?:src|href)="(/aset/[^"]+)"', halaman.text)
    assert len(aset) >= 3
    for jalur in aset:
        assert re.search(r"-[\w-]{8}\.(js|css|svg)$", jalur), f"{jalur} carries no hash"
        jawab = hub_baca.get(jalur)
        assert jawab.status_code == 200
        assert "immutable" in jawab.headers["cache-control"]


def test_assets_come_packed_to_those_who_can_unpack(hub_baca: Klien) -> None:
    for berkas in (_STATIK / "aset").glob("[gp]*-*.[jc]s*"):
        if berkas.suffix == ".gz":
            continue
        utuh = hub_baca.get(f"/aset/{berkas.name}", headers={"Accept-Encoding": "identity"})
        padat = hub_baca.get(f"/aset/{berkas.name}", headers={"Accept-Encoding": "gzip, br"})
        assert "content-encoding" not in utuh.headers
        assert padat.headers["content-encoding"] == "gzip"
        assert utuh.headers["content-type"] == padat.headers["content-type"]
        assert utuh.headers["content-type"].split(";")[0] in ("text/javascript", "application/javascript", "text/css")
        assert utuh.content == padat.content == berkas.read_bytes()
        assert int(padat.headers["content-length"]) == berkas.with_name(f"{berkas.name}.gz").stat().st_size
        assert gzip.decompress(berkas.with_name(f"{berkas.name}.gz").read_bytes()) == berkas.read_bytes()


@pytest.mark.parametrize(
    "jalur", ["/aset/tidak_ada.js", "/aset/../graphiql.html", "/aset/%2e%2e/%2e%2e/page_routes.py", "/aset/"]
)
def test_nothing_but_assets_lies_under_aset(hub_baca: Klien, jalur: str) -> None:
    assert hub_baca.get(jalur, headers={"Accept-Encoding": "gzip"}).status_code == 404


def test_the_map_page_is_light_and_shows_itself_before_its_map(hub_baca: Klien) -> None:
    """Packed with gzip: what the page needs to show its choices and its table, and all with the map."""
    halaman = hub_baca.get("/peta", headers=_PERAMBAN).text
    dahulu = {Path(j).name for j in re.findall(r'(?:src|href)="/aset/([^"]+)"', halaman)}
    assert not [n for n in dahulu if "maplibre" in n], "the map comes when the page already stands"
    peta = {f.name for f in (_STATIK / "aset").glob("maplibre-*.js")} | {
        f.name for f in (_STATIK / "aset").glob("peta_hub-*.[jc]s*")
    }
    assert len([n for n in peta if n.startswith("maplibre")]) == 2, "MapLibre and its worker, apart from our own code"

    def berat(nama: set[str]) -> int:
        return sum(
            (_STATIK / "aset" / f"{n.removesuffix('.gz')}.gz").stat().st_size
            for n in {n.removesuffix(".gz") for n in nama}
        )

    assert berat(dahulu) < 40_000
    assert berat(dahulu | peta) < 500_000


# ---------- what may be loaded ----------


@pytest.mark.parametrize("jalur", ["/", "/graphql", "/peta"])
def test_a_page_may_load_from_the_hub_only(hub_baca: Klien, jalur: str) -> None:
    kepala = hub_baca.get(jalur, headers=_PERAMBAN).headers
    kebijakan = dict(b.strip().split(" ", 1) for b in kepala["content-security-policy"].split(";"))
    assert kebijakan["default-src"] == "'none'"
    assert kebijakan["script-src"] == "'self'"
    assert {asal for nilai in kebijakan.values() for asal in nilai.split()} <= {
        "'none'", "'self'", "'unsafe-inline'", "data:",
    }  # fmt: skip
    assert [k for k, v in kebijakan.items() if "unsafe-inline" in v] == ["style-src"]
    assert kepala["x-content-type-options"] == "nosniff"


def test_nothing_in_the_build_loads_from_elsewhere() -> None:
    berkas = [f for f in _STATIK.rglob("*") if f.suffix in (".html", ".js", ".css")]
    assert len(berkas) > 5
    temuan = [f"{f.name}: {c[0]}" for f in berkas for c in _MEMUAT.finditer(f.read_text())]
    assert temuan == []


@pytest.mark.parametrize(
    "baris",
    [
        'import x from "https://esm.example.com/x"', 'import("//cdn.example.com/x.js")', "@import url(https://f.example.com/css)",
        "src: url('https://f.example.com/a.woff2')", '<script src="https://cdn.example.com/a.js">',
        'new Worker("https://cdn.example.com/w.js")', 'fetch("https://ping.example.com")',
    ],
)  # fmt: skip
def test_the_search_for_loads_finds_them(baris: str) -> None:
    assert _MEMUAT.search(baris)
