"""Vector tiles as clients get them: what they hold, how they are kept, what they cost, what they refuse."""

import asyncio
import gzip
import threading
import time
from typing import Any

import brotli
import httpx
import psycopg
import pytest
import zstandard

from geo.tile_address import TileAddress, tile_at
from hub.base.settings import Settings
from hub.db.database import Database
from hub.katalog import cache as katalog_cache
from tests.client import Client
from tests.hub_server import Server
from tests.peta.resource_rows import add
from tests.peta.tile_client import decode_tile, fetch, is_whole, property_by_kode, tile_layers

ROTE = (123.05, -10.73)
WORLD = TileAddress(0, 0, 0)
PATH = "/ubin/wilayah/9/431/271.mvt"  # Rote


@pytest.fixture
def sent_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement the hub sends, except the listener's sign of life."""
    statements: list[str] = []
    for cursor_class in (psycopg.AsyncCursor, psycopg.AsyncConnection):
        original: Any = cursor_class.execute

        async def execute(self: Any, query: Any, *args: Any, original: Any = original, **kwargs: Any) -> Any:
            if is_cursor(self) and str(query) != "SELECT 1":
                statements.append(str(query))
            return await original(self, query, *args, **kwargs)

        monkeypatch.setattr(cursor_class, "execute", execute)
    return statements


def is_cursor(executor: Any) -> bool:
    """A connection runs its statements through a cursor; each is counted once."""
    return isinstance(executor, psycopg.AsyncCursor)


# ---------- what tiles hold ----------


def test_address_in_the_tests_is_where_rote_is() -> None:
    assert "/ubin/wilayah/{0.z}/{0.x}/{0.y}.mvt".format(tile_at(*ROTE, 9)) == PATH


def test_regions_are_polygons_with_their_names(read_hub: Client) -> None:
    layers = tile_layers(read_hub, "wilayah", tile_at(*ROTE, 11), "?tingkat=DESA")
    names = dict(read_hub.sql("SELECT kode, nama FROM wilayah WHERE berlaku_sampai IS NULL AND tingkat = 4"))
    assert len(layers["wilayah"]) > 5
    for f in layers["wilayah"]:
        assert f["properties"].keys() == {"kode", "nama", "tingkat", "jenis", "contoh"}
        assert f["properties"]["nama"] == names[f["properties"]["kode"]]
        assert (f["properties"]["tingkat"], f["properties"]["contoh"]) == ("DESA", True)
        assert is_whole(f)
    assert property_by_kode(layers["label"], "nama").items() <= property_by_kode(layers["wilayah"], "nama").items()
    assert all(0 <= k < 4096 for f in layers["label"] for k in f["geometry"]["coordinates"])


@pytest.mark.parametrize(("zoom", "level"), [(0, "PROVINSI"), (6, "KABUPATEN"), (9, "KECAMATAN"), (12, "DESA")])
def test_without_a_level_the_zoom_decides(read_hub: Client, zoom: int, level: str) -> None:
    place = (106.15, -6.12) if zoom == 0 else ROTE  # the demo draws one province, Banten
    layers = tile_layers(read_hub, "wilayah", tile_at(*place, zoom))
    assert set(property_by_kode(layers["wilayah"], "tingkat").values()) == {level}


def test_far_away_no_region_vanishes(read_hub: Client) -> None:
    """At zoom 0 a desa is smaller than a unit of the tile, and is drawn all the same."""
    expected = {k for (k,) in read_hub.sql("SELECT kode FROM batas_piramida WHERE tingkat = 4 AND pita = 0")}
    features = tile_layers(read_hub, "wilayah", WORLD, "?tingkat=DESA")["wilayah"]
    assert {f["properties"]["kode"] for f in features} == expected
    assert len(features) == len(expected) == 119
    assert all(is_whole(f) for f in features)


@pytest.mark.parametrize("zoom", range(5, 14))
def test_every_label_is_in_one_tile_and_every_region_somewhere(read_hub: Client, zoom: int) -> None:
    bounds = (122.7, -11.05, 123.5, -10.5)
    x = [tile_at(lon, lat, zoom) for lon, lat in (bounds[:2], bounds[2:])]
    corners = [(x[0].x + i, x[1].y + j) for i in range(x[1].x - x[0].x + 1) for j in range(x[0].y - x[1].y + 1)]
    if len(corners) > 40:
        corners = corners[:: len(corners) // 40]
    label: list[str] = []
    areas: set[str] = set()
    for a, b in corners:
        layers = tile_layers(read_hub, "wilayah", TileAddress(zoom, a, b), "?tingkat=KECAMATAN&wilayah=53.14")
        assert all(is_whole(f) for f in layers.get("wilayah", []))
        label += [f["properties"]["kode"] for f in layers.get("label", [])]
        areas |= {f["properties"]["kode"] for f in layers.get("wilayah", [])}
    assert len(label) == len(set(label))
    assert set(label) <= areas
    if len(corners) <= 12:
        assert len(areas) == 11


def test_a_part_of_the_map_can_be_asked_for(read_hub: Client) -> None:
    features = tile_layers(read_hub, "wilayah", WORLD, "?tingkat=DESA&wilayah=53.14.01")["wilayah"]
    assert {k[:8] for k in property_by_kode(features, "kode")} == {"53.14.01"}


# ---------- what they refuse ----------


@pytest.mark.parametrize(
    ("path", "status", "kode"),
    [
        ("/ubin/wilayah/1/2/0.mvt", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/wilayah/23/0/0.mvt", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/wilayah/-1/0/0.mvt", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/wilayah/a/0/0.mvt", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/wilayah/0/0/0.mvt?tingkat=RW", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/wilayah/0/0/0.mvt?tingat=DESA", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/wilayah/0/0/0.mvt?wilayah=53.14.01&tingkat=KABUPATEN", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/wilayah/0/0/0.mvt?wilayah=%00", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/token/0/0/0.mvt", 404, "TIDAK_DIKENAL"),
        ("/ubin/sumber-daya/0/0/0.mvt?jenis=RUMAH", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/sumber-daya/0/0/0.mvt?aktif=ya", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/angka/0/0/0.mvt", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/angka/0/0/0.mvt?elemen=BAN01&periode=2020", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/angka/0/0/0.mvt?elemen=BAN01&periode=20&wilayah=53", 400, "MASUKAN_TIDAK_SAH"),
        ("/ubin/angka/0/0/0.mvt?elemen=BAN0X&periode=2020&wilayah=53", 404, "TIDAK_DIKENAL"),
        ("/ubin/angka/0/0/0.mvt?elemen=BAN01&periode=2020&wilayah=53&rincian=Z:L", 404, "TIDAK_DIKENAL"),
        ("/ubin/angka/0/0/0.mvt?elemen=BAN01&periode=2020&wilayah=53&rincian=x", 400, "MASUKAN_TIDAK_SAH"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said_in_json(read_hub: Client, path: str, status: int, kode: str) -> None:
    response = read_hub.get(path)
    assert (response.status_code, response.json()["kode"]) == (status, kode)
    assert response.json()["pesan"].endswith(".")
    assert response.headers["cache-control"] == "no-store"


def test_a_wrong_token_is_refused_where_tokens_matter(read_hub: Client) -> None:
    wrong = {"Authorization": "Bearer hub_salah"}
    angka = "/ubin/angka/0/0/0.mvt?elemen=BAN01&periode=2020&wilayah=53"
    assert read_hub.get(angka, headers=wrong).json()["kode"] == "TOKEN_DITOLAK"
    assert read_hub.get(PATH, headers=wrong).status_code == 200  # the same for everybody, so nobody is asked


def test_a_statement_that_takes_too_long_is_stopped(demo_url: str) -> None:
    server = Server(demo_url, Settings(batas_waktu_ms=300))
    server.start()
    with Client(server.address, demo_url) as hub, psycopg.connect(demo_url) as lock:
        assert hub.get("/versi.json").status_code == 200
        lock.execute("LOCK TABLE batas_piramida IN ACCESS EXCLUSIVE MODE")
        response = hub.get(PATH)
        assert (response.status_code, response.json()["kode"]) == (503, "BATAS_WAKTU")
        lock.rollback()
        assert hub.get(PATH).status_code == 200
    server.stop()


# ---------- how they are kept ----------


def fresh(hub: Client, path: str, as_whom: str | None = None) -> httpx.Response:
    """An answer, once news of what was written before has come in."""
    deadline = time.monotonic() + 10
    old = ""
    while (current := fetch(hub, path, as_whom)).headers.get("etag", "") != old or not old:
        assert time.monotonic() < deadline
        old = current.headers.get("etag", "")
        time.sleep(0.1)
    return current


@pytest.mark.parametrize(
    "path",
    [PATH, "/ubin/sumber-daya/9/431/271.mvt", "/ubin/angka/9/431/271.mvt?elemen=BAN01&periode=2020&wilayah=53.14",
     "/angka.json?elemen=BAN01&periode=2020&wilayah=53.14", "/geojson/wilayah?tingkat=KABUPATEN"],
)  # fmt: skip
def test_what_has_not_changed_costs_no_statement(
    read_hub: Client, sent_statements: list[str], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    tag = fresh(read_hub, path).headers["etag"]
    monkeypatch.setattr(katalog_cache, "_FRESH_SECONDS", 0.0)  # whoever asks for the catalogue now causes a statement
    sent_statements.clear()
    response = fetch(read_hub, path, **{"If-None-Match": f'"lain", {tag}'})
    assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", tag)
    assert sent_statements == []


def test_a_kept_tile_costs_no_statement(read_hub: Client, sent_statements: list[str]) -> None:
    first = fresh(read_hub, PATH)
    sent_statements.clear()
    assert fetch(read_hub, PATH).content == first.content
    assert sent_statements == []


@pytest.mark.parametrize(
    "path",
    ["/ubin/wilayah/8/215/135.mvt", "/ubin/sumber-daya/8/215/135.mvt",
     "/ubin/angka/8/215/135.mvt?elemen=BAN03&periode=2020&wilayah=53.14"],
)  # fmt: skip
def test_many_who_ask_for_a_cold_tile_cause_one_statement(
    read_hub: Client, sent_statements: list[str], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    original = Database.read_rows

    async def slowly(self: Any, *args: Any) -> Any:
        rows = await original(self, *args)
        await asyncio.sleep(0.5)  # all are there before the first has its answer
        return rows

    monkeypatch.setattr(
        katalog_cache, "_FRESH_SECONDS", 3600.0
    )  # nobody's turn to look for a newer catalogue meanwhile
    read_hub.ask('{ formulir(kode: "F01") { kode } }')
    read_hub.get("/versi.json")
    monkeypatch.setattr(Database, "read_rows", slowly)
    sent_statements.clear()
    responses: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: responses.append(httpx.get(read_hub.address + path))) for _ in range(12)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert {j.status_code for j in responses} <= {200, 204}
    assert len({j.content for j in responses}) == 1
    assert len([p for p in sent_statements if "ST_AsMVT" in p]) == 1
    assert [p for p in sent_statements if "ST_AsMVT" not in p] == []


_UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstandard.ZstdDecompressor().decompress}


@pytest.mark.parametrize("encoding", list(_UNPACK))
def test_tiles_travel_packed_once(read_hub: Client, encoding: str) -> None:
    path = "/ubin/wilayah/10/862/542.mvt?tingkat=DESA"
    fresh(read_hub, path)
    plain = fetch(read_hub, path, **{"Accept-Encoding": "identity"})
    assert len(plain.content) > 1_024
    for _ in range(2):  # made, and kept
        with httpx.stream("GET", read_hub.address + path, headers={"Accept-Encoding": encoding}) as response:
            content = b"".join(response.iter_raw())
        assert response.headers["content-encoding"] == encoding
        assert _UNPACK[encoding](content) == plain.content
        assert len(content) == int(response.headers["content-length"])
        assert "Accept-Encoding" in response.headers["vary"]
    tag = response.headers["etag"]
    assert tag == plain.headers["etag"][:-1] + f'-{encoding}"'
    same = httpx.get(read_hub.address + path, headers={"Accept-Encoding": encoding, "If-None-Match": tag})
    assert (same.status_code, same.headers["etag"]) == (304, tag)


def test_nothing_is_204(read_hub: Client) -> None:
    response = read_hub.get("/ubin/wilayah/9/0/0.mvt")
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["etag"]


def test_shapes_of_a_named_version_are_kept_for_ever(read_hub: Client) -> None:
    version = read_hub.get("/versi.json").json()["batas"]
    assert read_hub.get(f"{PATH}?v={version}").headers["cache-control"] == "public, max-age=31536000, immutable"
    for other in ("", "?v=lama"):
        assert read_hub.get(PATH + other).headers["cache-control"] == "public, max-age=0, must-revalidate"
    # figures never are, whatever the address says
    angka = f"/ubin/angka/9/431/271.mvt?elemen=BAN01&periode=2020&wilayah=53&v={version}"
    assert "immutable" not in read_hub.get(angka).headers["cache-control"]


def test_new_shapes_never_bear_the_old_version_s_name(deaf: Client) -> None:
    """Before the news of a new boundary has come in: its shapes are shown, and nobody may keep them."""
    version = deaf.get("/versi.json").json()["batas"]
    deaf.sql("UPDATE peta_versi SET versi = gen_random_uuid()")
    response = deaf.get(f"{PATH}?v={version}")
    assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in response.headers
    assert deaf.get("/versi.json").json()["batas"] != version


def test_a_new_name_is_a_new_version(hub: Client) -> None:
    version = hub.get("/versi.json").json()
    hub.sql("UPDATE wilayah SET nama = 'Nama Baru' WHERE kode = '53.14.01' AND berlaku_sampai IS NULL")
    deadline = time.monotonic() + 10
    while hub.get("/versi.json").json()["batas"] == version["batas"]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert (
        property_by_kode(tile_layers(hub, "wilayah", tile_at(*ROTE, 9), "?tingkat=KECAMATAN")["wilayah"], "nama")[
            "53.14.01"
        ]
        == "Nama Baru"
    )
    hub.sql("UPDATE wilayah SET nama = 'Rote Barat Daya' WHERE kode = '53.14.01' AND berlaku_sampai IS NULL")
    while hub.get("/versi.json").json()["batas"] != version["batas"]:  # what is shown is the same again
        assert time.monotonic() < deadline
        time.sleep(0.05)


# ---------- social resources ----------


def test_social_resources_far_and_near(empty_hub: Client) -> None:
    add(empty_hub, "LKS", (123.05, -10.73), (1, 40))
    add(empty_hub, "SLRT", (123.0501, -10.73), (41, 42), "2021-01-01")
    add(empty_hub, "PUSKESOS", (123.3, -10.6), (43, 43))
    add(empty_hub, "LK3", (123.05, -10.73), (44, 50), secret=True)
    for zoom in range(10):
        features = tile_layers(empty_hub, "sumber-daya", tile_at(*ROTE, zoom))["sumber-daya"]
        counts = [f["properties"]["banyak"] for f in features]
        assert sum(counts) == 43 or zoom > 6  # beyond, one tile does not hold them all
        for f in features:
            alone = f["properties"]["banyak"] == 1
            assert ("id" in f["properties"]) == alone
            assert ("aktif" in f["properties"]) == alone
    far = tile_layers(empty_hub, "sumber-daya", tile_at(*ROTE, 8), "?jenis=LKS,PUSKESOS")["sumber-daya"]
    assert {f["properties"].get("jenis"): f["properties"]["banyak"] for f in far} == {"LKS": 40, "PUSKESOS": 1}
    near = tile_layers(empty_hub, "sumber-daya", tile_at(*ROTE, 12))["sumber-daya"]
    assert len(near) == 42
    assert {f["properties"]["jenis"] for f in near} == {"LKS", "SLRT"}
    assert near[0]["properties"].keys() == {"id", "jenis", "nama", "pemilik", "aktif", "kode_desa"}
    active = tile_layers(empty_hub, "sumber-daya", tile_at(*ROTE, 12), "?aktif=true")["sumber-daya"]
    assert {f["properties"]["jenis"] for f in active} == {"LKS"}
    inactive = tile_layers(empty_hub, "sumber-daya", tile_at(*ROTE, 12), "?aktif=false")["sumber-daya"]
    assert {(f["properties"]["jenis"], f["properties"]["aktif"]) for f in inactive} == {("SLRT", False)}


def test_without_a_point_it_stands_in_the_middle_of_its_desa(hub: Client) -> None:
    hub.sql("TRUNCATE sumber_daya, surat_sumber_daya CASCADE")
    add(hub, "LKS", (123.05, -10.73), (1, 3))
    add(hub, "SLRT", (123.05, -10.73), (4, 6))
    add(hub, "LK3", (123.05, -10.73), (7, 9), secret=True)
    hub.sql("UPDATE sumber_daya SET titik = NULL")
    hub.sql("UPDATE sumber_daya SET kode_desa = '53.14.05.2010' WHERE jenis = 'SLRT'")
    hub.sql("UPDATE sumber_daya SET kode_desa = '53.14.05.2011' WHERE nama = 'LKS 6'")
    near: dict[str, dict[str, Any]] = {}
    for kode in ("53.14.01.2005", "53.14.05.2010", "53.14.05.2011"):
        ((lon, lat),) = hub.sql("SELECT ST_X(titik), ST_Y(titik) FROM batas WHERE kode = %s AND sampai IS NULL", kode)
        for f in tile_layers(hub, "sumber-daya", tile_at(lon, lat, 12))["sumber-daya"]:
            near[f["properties"]["kode_desa"]] = f["properties"]
    assert near["53.14.01.2005"] == {"jenis": "LKS", "kode_desa": "53.14.01.2005", "banyak": 3, "tepat": False}
    assert (near["53.14.05.2010"]["jenis"], near["53.14.05.2010"]["banyak"]) == ("SLRT", 2)
    assert (near["53.14.05.2011"]["nama"], near["53.14.05.2011"]["aktif"]) == ("LKS 6", True)
    assert "banyak" not in near["53.14.05.2011"]
    far = [f["properties"] for f in tile_layers(hub, "sumber-daya", tile_at(*ROTE, 5))["sumber-daya"]]
    assert sum(f["banyak"] for f in far) == 6, "the shelters are not drawn"
    assert {f["tepat"] for f in far} == {False}


def test_what_does_not_fit_into_a_tile_is_counted(empty_hub: Client) -> None:
    add(empty_hub, "LKS", (123.05, -10.73), (1, 2_000))
    features = tile_layers(empty_hub, "sumber-daya", tile_at(*ROTE, 13))["sumber-daya"]
    assert len({f["properties"]["id"] for f in features}) == len(features) == 2_000
    add(empty_hub, "LKS", (123.05, -10.73), (2_001, 9_003))
    at = tile_at(*ROTE, 13)
    full = decode_tile(fresh(empty_hub, f"/ubin/sumber-daya/{at.z}/{at.x}/{at.y}.mvt").content)
    assert full.keys() == {"sumber-daya"}
    assert sum(f["properties"]["banyak"] for f in full["sumber-daya"]) == 9_003
    assert {f["properties"]["jenis"] for f in full["sumber-daya"]} == {"LKS"}


def test_layers_are_there_for_pages_of_other_origins(read_hub: Client) -> None:
    response = fetch(read_hub, PATH, Origin="https://lain.example")
    assert response.headers["access-control-allow-origin"] == "*"
    assert decode_tile(response.content)
