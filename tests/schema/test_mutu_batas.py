"""mutuBatas: what an examination found, in pages, of a region and all below it."""

import asyncio
from datetime import date
from typing import Any

import pytest
import shapely
from shapely import MultiPolygon

from geo.boundary_quality import Limits
from hub.services.batas_import import FiturBatas, import_batas
from hub.services.mutu_batas import examine_boundaries
from hub.store.database import Database
from tests.client import Klien

TANYA = """query ($w: KodeWilayah!, $j: [JenisMutuBatas!], $n: Int, $a: String) { mutuBatas(wilayah: $w, jenis: $j, first: $n, after: $a) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { node { jenis wilayah { __typename kode nama } lain luasM2 bagian geometri diperiksaPada } } } }"""


@pytest.fixture
def hub_mutu(hub: Klien) -> Klien:
    """The demo, with two desa that overlap and one outside its kecamatan, examined."""

    def petak(x: float) -> MultiPolygon:
        return MultiPolygon([shapely.box(x, -10.9, x + 0.02, -10.88)])

    async def kerja() -> None:
        db = Database(hub.url, 2)
        await db.open()
        try:
            desa = {"53.14.01.2005": petak(122.9), "53.14.01.2006": petak(122.91), "53.14.01": petak(122.9)}
            isi = (FiturBatas(i, k, "uji", g, None) for i, (k, g) in enumerate(desa.items()))
            await import_batas(db, isi, date(2022, 6, 1), sumber="uji", versi="uji")
            await examine_boundaries(db, ambang=Limits(0, 0, 0.6))
        finally:
            await db.close()

    asyncio.run(kerja())
    return hub


def _temuan(hub: Klien, **v: Any) -> list[dict[str, Any]]:
    return [e["node"] for e in hub.tanya(TANYA, v)["mutuBatas"]["edges"]]


def test_findings_of_a_region_and_all_below_it(hub_mutu: Klien) -> None:
    tindih, luar = _temuan(hub_mutu, w="53.14.01", j=["TUMPANG_TINDIH", "DI_LUAR_INDUK"])
    assert (tindih["jenis"], tindih["lain"]) == ("TUMPANG_TINDIH", ["53.14.01.2006"])
    assert (tindih["bagian"], luar["bagian"]) == pytest.approx((0.5, 0.5))
    assert tindih["wilayah"] == {"__typename": "Desa", "kode": "53.14.01.2005", "nama": "Oeseli"}
    assert tindih["luasM2"] == pytest.approx(2.4e6, rel=0.02)
    assert tindih["geometri"]["type"] == "MultiPolygon"
    assert tindih["diperiksaPada"].startswith("20")
    assert (luar["jenis"], luar["wilayah"]["kode"]) == ("DI_LUAR_INDUK", "53.14.01.2006")
    for w in ("53", "53.14", "5314", "53.14.01.2005"):
        assert tindih in _temuan(hub_mutu, w=w, n=500)
    for w in ("36", "53.14.02", "53.14.01.2006", "99"):
        assert tindih not in _temuan(hub_mutu, w=w, n=500)
    hilang = _temuan(hub_mutu, w="53", j=["TANPA_BATAS"], n=500)
    assert {t["wilayah"]["__typename"] for t in hilang} == {"Kecamatan", "Desa"}
    # samples of the kabupaten do not count beside its real boundaries
    assert all(t["geometri"] is None and t["luasM2"] is None for t in hilang)


def test_pages_hold_every_finding_once_in_order(hub_mutu: Klien) -> None:
    semua = _temuan(hub_mutu, w="53", n=500)
    kode = [(t["wilayah"]["kode"], t["jenis"]) for t in semua]
    assert kode == sorted(kode, key=lambda k: (k[0][:5], k[0], k[1]))
    isi: list[dict[str, Any]] = []
    sesudah = None
    while True:
        hal = hub_mutu.tanya(TANYA, {"w": "53", "n": 40, "a": sesudah})["mutuBatas"]
        assert hal["totalCount"] == len(semua)
        isi += [e["node"] for e in hal["edges"]]
        sesudah = hal["pageInfo"]["endCursor"]
        if not hal["pageInfo"]["hasNextPage"]:
            break
    assert isi == semua
    (galat,) = hub_mutu.galat(TANYA, {"w": "53.99.1"})
    assert "bukan kode wilayah" in galat["message"]
