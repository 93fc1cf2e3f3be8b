"""mutuBatas: what an examination found, in pages, of a region and all below it."""

from typing import Any

import pytest

from tests.client import Klien

TANYA = """query ($w: KodeWilayah!, $j: [JenisMutuBatas!], $n: Int, $a: String) { mutuBatas(wilayah: $w, jenis: $j, first: $n, after: $a) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { node { jenis wilayah { __typename kode nama } lain luasM2 bagian geometri diperiksaPada } } } }"""


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
