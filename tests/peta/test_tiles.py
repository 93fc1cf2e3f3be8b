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
from tests.client import Klien
from tests.hub_server import Peladen
from tests.peta.resource_rows import tambah
from tests.peta.tile_client import baca, ciri, minta, ubin, utuh

ROTE = (123.05, -10.73)
DUNIA = TileAddress(0, 0, 0)
JALUR = "/ubin/wilayah/9/431/271.mvt"  # Rote


@pytest.fixture
def dikirim(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement the hub sends, except the listener's sign of life."""
    catatan: list[str] = []
    for kelas in (psycopg.AsyncCursor, psycopg.AsyncConnection):
        asli: Any = kelas.execute

        async def execute(self: Any, query: Any, *args: Any, asli: Any = asli, **kwargs: Any) -> Any:
            if kelas_cocok(self) and str(query) != "SELECT 1":
                catatan.append(str(query))
            return await asli(self, query, *args, **kwargs)

        monkeypatch.setattr(kelas, "execute", execute)
    return catatan


def kelas_cocok(apa: Any) -> bool:
    """A connection runs its statements through a cursor; each is counted once."""
    return isinstance(apa, psycopg.AsyncCursor)


# ---------- what tiles hold ----------


def test_address_in_the_tests_is_where_rote_is() -> None:
    assert "/ubin/wilayah/{0.z}/{0.x}/{0.y}.mvt".format(tile_at(*ROTE, 9)) == JALUR


def test_regions_are_polygons_with_their_names(hub_baca: Klien) -> None:
    isi = ubin(hub_baca, "wilayah", tile_at(*ROTE, 11), "?tingkat=DESA")
    nama = dict(hub_baca.sql("SELECT kode, nama FROM wilayah WHERE berlaku_sampai IS NULL AND tingkat = 4"))
    assert len(isi["wilayah"]) > 5
    for f in isi["wilayah"]:
        assert f["properties"].keys() == {"kode", "nama", "tingkat", "jenis", "contoh"}
        assert f["properties"]["nama"] == nama[f["properties"]["kode"]]
        assert (f["properties"]["tingkat"], f["properties"]["contoh"]) == ("DESA", True)
        assert utuh(f)
    assert ciri(isi["label"], "nama").items() <= ciri(isi["wilayah"], "nama").items()
    assert all(0 <= k < 4096 for f in isi["label"] for k in f["geometry"]["coordinates"])


@pytest.mark.parametrize(("zoom", "tingkat"), [(0, "PROVINSI"), (6, "KABUPATEN"), (9, "KECAMATAN"), (12, "DESA")])
def test_without_a_level_the_zoom_decides(hub_baca: Klien, zoom: int, tingkat: str) -> None:
    tempat = (106.15, -6.12) if zoom == 0 else ROTE  # the demo draws one province, Banten
    isi = ubin(hub_baca, "wilayah", tile_at(*tempat, zoom))
    assert set(ciri(isi["wilayah"], "tingkat").values()) == {tingkat}


def test_far_away_no_region_vanishes(hub_baca: Klien) -> None:
    """At zoom 0 a desa is smaller than a unit of the tile, and is drawn all the same."""
    ada = {k for (k,) in hub_baca.sql("SELECT kode FROM batas_piramida WHERE tingkat = 4 AND pita = 0")}
    isi = ubin(hub_baca, "wilayah", DUNIA, "?tingkat=DESA")["wilayah"]
    assert {f["properties"]["kode"] for f in isi} == ada
    assert len(isi) == len(ada) == 119
    assert all(utuh(f) for f in isi)


@pytest.mark.parametrize("zoom", range(5, 14))
def test_every_label_is_in_one_tile_and_every_region_somewhere(hub_baca: Klien, zoom: int) -> None:
    kotak = (122.7, -11.05, 123.5, -10.5)
    x = [tile_at(lon, lat, zoom) for lon, lat in (kotak[:2], kotak[2:])]
    sudut = [(x[0].x + i, x[1].y + j) for i in range(x[1].x - x[0].x + 1) for j in range(x[0].y - x[1].y + 1)]
    if len(sudut) > 40:
        sudut = sudut[:: len(sudut) // 40]
    label: list[str] = []
    bidang: set[str] = set()
    for a, b in sudut:
        isi = ubin(hub_baca, "wilayah", TileAddress(zoom, a, b), "?tingkat=KECAMATAN&wilayah=53.14")
        assert all(utuh(f) for f in isi.get("wilayah", []))
        label += [f["properties"]["kode"] for f in isi.get("label", [])]
        bidang |= {f["properties"]["kode"] for f in isi.get("wilayah", [])}
    assert len(label) == len(set(label))
    assert set(label) <= bidang
    if len(sudut) <= 12:
        assert len(bidang) == 11


def test_a_part_of_the_map_can_be_asked_for(hub_baca: Klien) -> None:
    isi = ubin(hub_baca, "wilayah", DUNIA, "?tingkat=DESA&wilayah=53.14.01")["wilayah"]
    assert {k[:8] for k in ciri(isi, "kode")} == {"53.14.01"}


# ---------- what they refuse ----------


@pytest.mark.parametrize(
    ("jalur", "status", "kode"),
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
def test_what_cannot_be_answered_is_said_in_json(hub_baca: Klien, jalur: str, status: int, kode: str) -> None:
    jawab = hub_baca.get(jalur)
    assert (jawab.status_code, jawab.json()["kode"]) == (status, kode)
    assert jawab.json()["pesan"].endswith(".")
    assert jawab.headers["cache-control"] == "no-store"


def test_a_wrong_token_is_refused_where_tokens_matter(hub_baca: Klien) -> None:
    salah = {"Authorization": "Bearer hub_salah"}
    angka = "/ubin/angka/0/0/0.mvt?elemen=BAN01&periode=2020&wilayah=53"
    assert hub_baca.get(angka, headers=salah).json()["kode"] == "TOKEN_DITOLAK"
    assert hub_baca.get(JALUR, headers=salah).status_code == 200  # the same for everybody, so nobody is asked


def test_a_statement_that_takes_too_long_is_stopped(demo_url: str) -> None:
    peladen = Peladen(demo_url, Settings(batas_waktu_ms=300))
    peladen.nyala()
    with Klien(peladen.alamat, demo_url) as hub, psycopg.connect(demo_url) as kunci:
        assert hub.get("/versi.json").status_code == 200
        kunci.execute("LOCK TABLE batas_piramida IN ACCESS EXCLUSIVE MODE")
        jawab = hub.get(JALUR)
        assert (jawab.status_code, jawab.json()["kode"]) == (503, "BATAS_WAKTU")
        kunci.rollback()
        assert hub.get(JALUR).status_code == 200
    peladen.mati()


# ---------- how they are kept ----------


def segar(hub: Klien, jalur: str, sebagai: str | None = None) -> httpx.Response:
    """An answer, once news of what was written before has come in."""
    batas = time.monotonic() + 10
    lama = ""
    while (kini := minta(hub, jalur, sebagai)).headers.get("etag", "") != lama or not lama:
        assert time.monotonic() < batas
        lama = kini.headers.get("etag", "")
        time.sleep(0.1)
    return kini


@pytest.mark.parametrize(
    "jalur",
    [JALUR, "/ubin/sumber-daya/9/431/271.mvt", "/ubin/angka/9/431/271.mvt?elemen=BAN01&periode=2020&wilayah=53.14",
     "/angka.json?elemen=BAN01&periode=2020&wilayah=53.14", "/geojson/wilayah?tingkat=KABUPATEN"],
)  # fmt: skip
def test_what_has_not_changed_costs_no_statement(
    hub_baca: Klien, dikirim: list[str], monkeypatch: pytest.MonkeyPatch, jalur: str
) -> None:
    tag = segar(hub_baca, jalur).headers["etag"]
    monkeypatch.setattr(katalog_cache, "_SEGAR", 0.0)  # whoever asks for the catalogue now causes a statement
    dikirim.clear()
    jawab = minta(hub_baca, jalur, **{"If-None-Match": f'"lain", {tag}'})
    assert (jawab.status_code, jawab.content, jawab.headers["etag"]) == (304, b"", tag)
    assert dikirim == []


def test_a_kept_tile_costs_no_statement(hub_baca: Klien, dikirim: list[str]) -> None:
    semula = segar(hub_baca, JALUR)
    dikirim.clear()
    assert minta(hub_baca, JALUR).content == semula.content
    assert dikirim == []


@pytest.mark.parametrize(
    "jalur",
    ["/ubin/wilayah/8/215/135.mvt", "/ubin/sumber-daya/8/215/135.mvt",
     "/ubin/angka/8/215/135.mvt?elemen=BAN03&periode=2020&wilayah=53.14"],
)  # fmt: skip
def test_many_who_ask_for_a_cold_tile_cause_one_statement(
    hub_baca: Klien, dikirim: list[str], monkeypatch: pytest.MonkeyPatch, jalur: str
) -> None:
    asli = Database.read_rows

    async def pelan(self: Any, *args: Any) -> Any:
        hasil = await asli(self, *args)
        await asyncio.sleep(0.5)  # all are there before the first has its answer
        return hasil

    monkeypatch.setattr(katalog_cache, "_SEGAR", 3600.0)  # nobody's turn to look for a newer catalogue meanwhile
    hub_baca.tanya('{ formulir(kode: "F01") { kode } }')
    hub_baca.get("/versi.json")
    monkeypatch.setattr(Database, "read_rows", pelan)
    dikirim.clear()
    jawab: list[httpx.Response] = []
    semua = [threading.Thread(target=lambda: jawab.append(httpx.get(hub_baca.alamat + jalur))) for _ in range(12)]
    for t in semua:
        t.start()
    for t in semua:
        t.join()
    assert {j.status_code for j in jawab} <= {200, 204}
    assert len({j.content for j in jawab}) == 1
    assert len([p for p in dikirim if "ST_AsMVT" in p]) == 1
    assert [p for p in dikirim if "ST_AsMVT" not in p] == []


_BUKA = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstandard.ZstdDecompressor().decompress}


@pytest.mark.parametrize("cara", list(_BUKA))
def test_tiles_travel_packed_once(hub_baca: Klien, cara: str) -> None:
    jalur = "/ubin/wilayah/10/862/542.mvt?tingkat=DESA"
    segar(hub_baca, jalur)
    polos = minta(hub_baca, jalur, **{"Accept-Encoding": "identity"})
    assert len(polos.content) > 1_024
    for _ in range(2):  # made, and kept
        with httpx.stream("GET", hub_baca.alamat + jalur, headers={"Accept-Encoding": cara}) as jawab:
            isi = b"".join(jawab.iter_raw())
        assert jawab.headers["content-encoding"] == cara
        assert _BUKA[cara](isi) == polos.content
        assert len(isi) == int(jawab.headers["content-length"])
        assert "Accept-Encoding" in jawab.headers["vary"]
    tag = jawab.headers["etag"]
    assert tag == polos.headers["etag"][:-1] + f'-{cara}"'
    sama = httpx.get(hub_baca.alamat + jalur, headers={"Accept-Encoding": cara, "If-None-Match": tag})
    assert (sama.status_code, sama.headers["etag"]) == (304, tag)


def test_nothing_is_204(hub_baca: Klien) -> None:
    jawab = hub_baca.get("/ubin/wilayah/9/0/0.mvt")
    assert (jawab.status_code, jawab.content) == (204, b"")
    assert jawab.headers["etag"]


def test_shapes_of_a_named_version_are_kept_for_ever(hub_baca: Klien) -> None:
    versi = hub_baca.get("/versi.json").json()["batas"]
    assert hub_baca.get(f"{JALUR}?v={versi}").headers["cache-control"] == "public, max-age=31536000, immutable"
    for lain in ("", "?v=lama"):
        assert hub_baca.get(JALUR + lain).headers["cache-control"] == "public, max-age=0, must-revalidate"
    # figures never are, whatever the address says
    angka = f"/ubin/angka/9/431/271.mvt?elemen=BAN01&periode=2020&wilayah=53&v={versi}"
    assert "immutable" not in hub_baca.get(angka).headers["cache-control"]


def test_new_shapes_never_bear_the_old_version_s_name(tuli: Klien) -> None:
    """Before the news of a new boundary has come in: its shapes are shown, and nobody may keep them."""
    versi = tuli.get("/versi.json").json()["batas"]
    tuli.sql("UPDATE peta_versi SET versi = gen_random_uuid()")
    jawab = tuli.get(f"{JALUR}?v={versi}")
    assert (jawab.status_code, jawab.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in jawab.headers
    assert tuli.get("/versi.json").json()["batas"] != versi


def test_a_new_name_is_a_new_version(hub: Klien) -> None:
    versi = hub.get("/versi.json").json()
    hub.sql("UPDATE wilayah SET nama = 'Nama Baru' WHERE kode = '53.14.01' AND berlaku_sampai IS NULL")
    batas = time.monotonic() + 10
    while hub.get("/versi.json").json()["batas"] == versi["batas"]:
        assert time.monotonic() < batas
        time.sleep(0.05)
    assert (
        ciri(ubin(hub, "wilayah", tile_at(*ROTE, 9), "?tingkat=KECAMATAN")["wilayah"], "nama")["53.14.01"]
        == "Nama Baru"
    )
    hub.sql("UPDATE wilayah SET nama = 'Rote Barat Daya' WHERE kode = '53.14.01' AND berlaku_sampai IS NULL")
    while hub.get("/versi.json").json()["batas"] != versi["batas"]:  # what is shown is the same again
        assert time.monotonic() < batas
        time.sleep(0.05)


# ---------- social resources ----------


def test_social_resources_far_and_near(hub_kosong: Klien) -> None:
    tambah(hub_kosong, "LKS", (123.05, -10.73), (1, 40))
    tambah(hub_kosong, "SLRT", (123.0501, -10.73), (41, 42), "2021-01-01")
    tambah(hub_kosong, "PUSKESOS", (123.3, -10.6), (43, 43))
    tambah(hub_kosong, "LK3", (123.05, -10.73), (44, 50), rahasia=True)
    for zoom in range(10):
        isi = ubin(hub_kosong, "sumber-daya", tile_at(*ROTE, zoom))["sumber-daya"]
        banyak = [f["properties"]["banyak"] for f in isi]
        assert sum(banyak) == 43 or zoom > 6  # beyond, one tile does not hold them all
        for f in isi:
            sendiri = f["properties"]["banyak"] == 1
            assert ("id" in f["properties"]) == sendiri
            assert ("aktif" in f["properties"]) == sendiri
    jauh = ubin(hub_kosong, "sumber-daya", tile_at(*ROTE, 8), "?jenis=LKS,PUSKESOS")["sumber-daya"]
    assert {f["properties"].get("jenis"): f["properties"]["banyak"] for f in jauh} == {"LKS": 40, "PUSKESOS": 1}
    dekat = ubin(hub_kosong, "sumber-daya", tile_at(*ROTE, 12))["sumber-daya"]
    assert len(dekat) == 42
    assert {f["properties"]["jenis"] for f in dekat} == {"LKS", "SLRT"}
    assert dekat[0]["properties"].keys() == {"id", "jenis", "nama", "pemilik", "aktif", "kode_desa"}
    aktif = ubin(hub_kosong, "sumber-daya", tile_at(*ROTE, 12), "?aktif=true")["sumber-daya"]
    assert {f["properties"]["jenis"] for f in aktif} == {"LKS"}
    mati = ubin(hub_kosong, "sumber-daya", tile_at(*ROTE, 12), "?aktif=false")["sumber-daya"]
    assert {(f["properties"]["jenis"], f["properties"]["aktif"]) for f in mati} == {("SLRT", False)}


def test_without_a_point_it_stands_in_the_middle_of_its_desa(hub: Klien) -> None:
    hub.sql("TRUNCATE sumber_daya, surat_sumber_daya CASCADE")
    tambah(hub, "LKS", (123.05, -10.73), (1, 3))
    tambah(hub, "SLRT", (123.05, -10.73), (4, 6))
    tambah(hub, "LK3", (123.05, -10.73), (7, 9), rahasia=True)
    hub.sql("UPDATE sumber_daya SET titik = NULL")
    hub.sql("UPDATE sumber_daya SET kode_desa = '53.14.05.2010' WHERE jenis = 'SLRT'")
    hub.sql("UPDATE sumber_daya SET kode_desa = '53.14.05.2011' WHERE nama = 'LKS 6'")
    dekat: dict[str, dict[str, Any]] = {}
    for kode in ("53.14.01.2005", "53.14.05.2010", "53.14.05.2011"):
        ((lon, lat),) = hub.sql("SELECT ST_X(titik), ST_Y(titik) FROM batas WHERE kode = %s AND sampai IS NULL", kode)
        for f in ubin(hub, "sumber-daya", tile_at(lon, lat, 12))["sumber-daya"]:
            dekat[f["properties"]["kode_desa"]] = f["properties"]
    assert dekat["53.14.01.2005"] == {"jenis": "LKS", "kode_desa": "53.14.01.2005", "banyak": 3, "tepat": False}
    assert (dekat["53.14.05.2010"]["jenis"], dekat["53.14.05.2010"]["banyak"]) == ("SLRT", 2)
    assert (dekat["53.14.05.2011"]["nama"], dekat["53.14.05.2011"]["aktif"]) == ("LKS 6", True)
    assert "banyak" not in dekat["53.14.05.2011"]
    jauh = [f["properties"] for f in ubin(hub, "sumber-daya", tile_at(*ROTE, 5))["sumber-daya"]]
    assert sum(f["banyak"] for f in jauh) == 6, "the shelters are not drawn"
    assert {f["tepat"] for f in jauh} == {False}


def test_what_does_not_fit_into_a_tile_is_counted(hub_kosong: Klien) -> None:
    tambah(hub_kosong, "LKS", (123.05, -10.73), (1, 2_000))
    isi = ubin(hub_kosong, "sumber-daya", tile_at(*ROTE, 13))["sumber-daya"]
    assert len({f["properties"]["id"] for f in isi}) == len(isi) == 2_000
    tambah(hub_kosong, "LKS", (123.05, -10.73), (2_001, 9_003))
    penuh = ubin(hub_kosong, "sumber-daya", tile_at(*ROTE, 13))
    assert penuh.keys() == {"sumber-daya"}
    assert sum(f["properties"]["banyak"] for f in penuh["sumber-daya"]) == 9_003
    assert {f["properties"]["jenis"] for f in penuh["sumber-daya"]} == {"LKS"}


def test_layers_are_there_for_pages_of_other_origins(hub_baca: Klien) -> None:
    jawab = minta(hub_baca, JALUR, Origin="https://lain.example")
    assert jawab.headers["access-control-allow-origin"] == "*"
    assert baca(jawab.content)
