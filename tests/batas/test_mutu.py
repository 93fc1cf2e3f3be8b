"""The quality report on boundaries: what is told, where it is kept, and how long it stays true."""

from typing import Any

import pytest
import shapely

from geo.boundary_quality import Finding, Limits
from hub.base.errors import TidakDikenalError
from hub.batas.mutu import LuasResmi, RingkasanMutu, examine_boundaries
from hub.db.database import Database
from tests.batas.boundary_hub import A, Hub, fitur, petak

DAFTAR = {
    "53": "NTT", "53.01": "Barat", "53.01.01": "Kec A", "53.01.01.2001": "A1", "53.01.01.2002": "A2", "53.01.01.2003": "A3",
    "53.02": "Timur", "53.02.01": "Kec C", "53.02.01.2001": "C1", "53.02.01.2002": "C2", "36": "Banten", "36.01": "Pandeglang",
}  # fmt: skip
# A1 and C1 overlap by a tenth of a square; A2 lies beside them; C2 lies outside its kecamatan; A3 and all of Banten are missing
BATAS = {
    "53.01.01.2001": petak(0, 0), "53.01.01.2002": petak(0, 1), "53.02.01.2001": petak(0.9, 0), "53.02.01.2002": petak(6, 6),
    "53.01.01": petak(0, 0, 0.02), "53.02.01": petak(1, 0, 0.02),
}  # fmt: skip


@pytest.fixture
def peta(database_url: str) -> Hub:
    h = Hub(database_url)
    h.wilayah(DAFTAR)
    h.batas([fitur(k, g, nomor=i) for i, (k, g) in enumerate(BATAS.items(), 1)])
    return h


def periksa(h: Hub, provinsi: str | None = None, **lain: Any) -> tuple[RingkasanMutu, list[Finding]]:
    semua: list[Finding] = []

    async def kerja(db: Database) -> RingkasanMutu:
        return await examine_boundaries(db, provinsi, terima=semua.append, **lain)

    return h.run(kerja), semua


def tersimpan(h: Hub) -> list[tuple[Any, ...]]:
    return h.sql("SELECT kode, jenis, nomor, lain FROM mutu_batas ORDER BY kode, jenis, nomor")


def test_every_kind_is_told_stored_and_summed_up_per_kabupaten(peta: Hub) -> None:
    hasil, semua = periksa(peta)
    assert tersimpan(peta) == [
        ("53.01.01.2001", "TUMPANG_TINDIH", 1, ["53.02.01.2001"]),
        ("53.01.01.2003", "TANPA_BATAS", 1, []),
        ("53.02.01.2001", "TUMPANG_TINDIH", 1, ["53.01.01.2001"]),
        ("53.02.01.2002", "DI_LUAR_INDUK", 1, []),
    ]
    assert len(semua) == 4
    assert dict(hasil.banyak) == {
        ("53.01", "TUMPANG_TINDIH"): 1, ("53.01", "TANPA_BATAS"): 1, ("53.02", "DI_LUAR_INDUK"): 1,
    }  # fmt: skip
    ((luas, bagian, sama, srid),) = peta.sql(
        "SELECT luas_m2, bagian, abs(luas_m2 - ST_Area(geom::geography)) < 1, ST_SRID(geom) FROM mutu_batas "
        "WHERE kode = '53.01.01.2001'"
    )
    assert luas == pytest.approx(1.21e5, rel=0.01)
    assert (round(bagian, 6), sama, srid) == (0.1, True, 4326)
    assert hasil.m2["53.01", "TUMPANG_TINDIH"] == luas
    assert hasil.nama["53.02"] == "Timur"


def test_limits_decide_what_is_told(peta: Hub) -> None:
    _, semua = periksa(peta, ambang=Limits(overlap=200_000, gap=0, inside=0))
    assert [t.jenis for t in semua] == [
        "TANPA_BATAS",
        "DI_LUAR_INDUK",
    ]  # its middle lies outside, however little is asked
    periksa(peta)
    assert len(tersimpan(peta)) == 4


def test_official_areas_are_compared_with_the_boundaries(peta: Hub) -> None:
    benar = 1.21
    resmi = LuasResmi({"53.01.01.2001": benar, "53.01.01.2002": benar * 2, "53.01.01.2003": 5.0, "36.01": 7.0})
    _, semua = periksa(peta, luas=resmi)
    (satu,) = (t for t in semua if t.jenis == "LUAS_BEDA")
    assert (satu.kode, round(satu.share or 0, 2)) == ("53.01.01.2002", -0.5)
    assert satu.m2 == pytest.approx(1.21e6, rel=0.01)
    assert satu.geom is not None
    assert BATAS["53.01.01.2002"].contains(shapely.from_wkb(satu.geom))


def test_a_province_is_examined_by_itself(peta: Hub) -> None:
    periksa(peta)
    dahulu = tersimpan(peta)
    hasil, semua = periksa(peta, "36")
    assert (semua, hasil.wilayah) == ([], ["36", "36.01"])
    assert tersimpan(peta) == dahulu
    with pytest.raises(TidakDikenalError, match="Provinsi 99"):
        periksa(peta, "99")


def test_findings_go_when_the_boundaries_they_speak_of_change(peta: Hub) -> None:
    periksa(peta)
    peta.batas([fitur("53.02.01.2001", petak(1, 0))])
    assert tersimpan(peta) == []  # all of it is beside what changed
    periksa(peta)
    assert [(k, j) for k, j, *_ in tersimpan(peta)] == [
        ("53.01.01.2003", "TANPA_BATAS"),
        ("53.02.01.2002", "DI_LUAR_INDUK"),
    ]
    peta.batas([fitur("53.02.01.2001", petak(1, 0))], A)
    assert [(k, j) for k, j, *_ in tersimpan(peta)] == [("53.01.01.2003", "TANPA_BATAS")]


def test_without_any_boundary_there_is_nothing_to_tell(database_url: str) -> None:
    h = Hub(database_url)
    h.wilayah(DAFTAR)
    hasil, semua = periksa(h)
    assert (semua, dict(hasil.banyak)) == ([], {})
