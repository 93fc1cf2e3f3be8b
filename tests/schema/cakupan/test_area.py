"""cakupan by area, beside plain PostGIS: shares of desa, the union of the circles."""

import asyncio
import json
from typing import cast

import numpy as np
import pytest
import shapely

from hub.berita.service import Berita
from hub.cakupan.question import susun
from hub.cakupan.service import CakupanService
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from tests.client import Klien
from tests.schema.cakupan import border_country as data
from tests.schema.cakupan.border_country import ADA
from tests.schema.cakupan.texts import BARIS, TIGA, tanya

_LINGKARAN = "SELECT ST_Union(ST_Buffer(s.letak, %s, 'quad_segs=45')::geometry) AS u FROM s"


@pytest.mark.parametrize("km", [1.5, 4, 9])
def test_shares_of_areas_are_those_of_postgis(hub_cakupan: Klien, km: float) -> None:
    harap = hub_cakupan.sql(
        f"""WITH {ADA}, l AS ({_LINGKARAN}) SELECT d.kode, 100 * coalesce(ST_Area(geography(ST_Intersection(d.geom, l.u))), 0)
          / ST_Area(geography(d.geom)), ST_Area(geography(d.geom)) FROM d CROSS JOIN l WHERE d.geom IS NOT NULL ORDER BY 1""",
        TIGA, "53.14.", km * 1000,
    )  # fmt: skip
    x = tanya(hub_cakupan, f"persenLuas perWilayah(tingkat: KECAMATAN) {{ persenLuas }} baris {{ {BARIS} }}", km)
    dapat = {b["desa"]["kode"]: b["persenLuas"] for b in x["baris"]}
    for kode, persen, _ in harap:
        assert dapat[kode] == pytest.approx(persen, abs=0.3)
    luas = sum(a for _, _, a in harap)
    assert x["persenLuas"] == pytest.approx(sum(p * a for _, p, a in harap) / luas, abs=0.1)
    assert len(x["perWilayah"]) == 11
    assert {0 < b["persenLuas"] < 100 for b in x["baris"]} == {True, False}


def test_the_area_is_the_union_of_geodesic_circles(hub_cakupan: Klien) -> None:
    ((harap,),) = hub_cakupan.sql(
        f"WITH {ADA}, l AS ({_LINGKARAN}) SELECT ST_AsGeoJSON(l.u) FROM l", TIGA, "53.14.", 7_000
    )  # fmt: skip
    x = tanya(hub_cakupan, "halus: area(toleransiMeter: 5) kasar: area(toleransiMeter: 300) bawaan: area", 7)
    benar = shapely.from_geojson(harap)
    titik = {k: len(shapely.get_coordinates(shapely.from_geojson(json.dumps(v)))) for k, v in x.items()}
    assert titik["kasar"] < titik["bawaan"] < titik["halus"]
    for nama, beda in (("halus", 0.002), ("bawaan", 0.006), ("kasar", 0.06)):
        dapat = shapely.from_geojson(json.dumps(x[nama]))
        assert dapat.is_valid
        # the resource that reaches nobody in Rote is not drawn, though it stands there in the reference
        luar = benar.difference(shapely.box(122, -12, 123.485, -10))
        sisa = dapat.symmetric_difference(benar).difference(luar.buffer(0.001))
        assert sisa.area / benar.area < beda


@pytest.mark.parametrize("km", [1e-300, 1e-6, 500])
def test_the_smallest_and_the_largest_distance_are_answered(hub_cakupan: Klien, km: float) -> None:
    x = tanya(hub_cakupan, "desaTercakup persenLuas a: area(toleransiMeter: -5) b: area(toleransiMeter: 1e30)", km)
    besar = km == 500
    assert (x["persenLuas"], x["desaTercakup"]) == ((100, 117) if besar else (0, x["desaTercakup"]))
    assert (x["a"] is not None) is (x["b"] is not None)


class _Versi:
    """As much of the hub's news as the service asks for, told by the test."""

    hari = "hari"

    def __init__(self) -> None:
        self.versi = "1"

    def versi_tabel(self, *tabel: str) -> str:
        return self.versi


def test_an_answer_that_a_change_overtakes_leaves_nothing_behind(hub_cakupan: Klien) -> None:
    """Its areas still follow from what it was made of; whoever asks after the change gets the new ones."""
    minta = susun(["PUSKESOS"], 3, "53.14")

    async def uji() -> None:
        db = Database(hub_cakupan.url, 2)
        await db.open()
        try:
            versi = _Versi()
            layanan = CakupanService(db, cast(Berita, versi), KatalogCache(db))
            lama = await layanan.liputan(minta)
            luas_lama = await layanan.luas(lama)
            lon, lat = lama.desa.titik.lonlat[0]
            kode = lama.kode[lama.desa.ada[0]]
            data.tambah(hub_cakupan, 70, "PUSKESOS", kode_desa=kode, titik=f"SRID=4326;POINT({lon} {lat})")
            versi.versi = "2"
            assert np.array_equal(await layanan.luas(lama), luas_lama, equal_nan=True)
            daerah_lama = await layanan.daerah(lama)
            baru = await layanan.liputan(minta)
            assert baru.tercakup.sum() > lama.tercakup.sum()
            assert np.nansum(await layanan.luas(baru)) > np.nansum(luas_lama)
            assert (await layanan.daerah(baru)).area > daerah_lama.area
        finally:
            await db.close()

    asyncio.run(uji())
