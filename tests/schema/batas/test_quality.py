"""mutuBatas: what an examination found, in pages, of a region and all below it."""

from typing import Any

import pytest

from tests.client import Client

QUERY = """query ($w: KodeWilayah!, $j: [JenisMutuBatas!], $n: Int, $a: String) { mutuBatas(wilayah: $w, jenis: $j, first: $n, after: $a) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { node { jenis wilayah { __typename kode nama } lain luasM2 bagian geometri diperiksaPada } } } }"""


def _temuan(hub: Client, **v: Any) -> list[dict[str, Any]]:
    return [e["node"] for e in hub.ask(QUERY, v)["mutuBatas"]["edges"]]


def test_findings_of_a_region_and_all_below_it(quality_hub: Client) -> None:
    overlap, outside = _temuan(quality_hub, w="53.14.01", j=["TUMPANG_TINDIH", "DI_LUAR_INDUK"])
    assert (overlap["jenis"], overlap["lain"]) == ("TUMPANG_TINDIH", ["53.14.01.2006"])
    assert (overlap["bagian"], outside["bagian"]) == pytest.approx((0.5, 0.5))
    assert overlap["wilayah"] == {"__typename": "Desa", "kode": "53.14.01.2005", "nama": "Oeseli"}
    assert overlap["luasM2"] == pytest.approx(2.4e6, rel=0.02)
    assert overlap["geometri"]["type"] == "MultiPolygon"
    assert overlap["diperiksaPada"].startswith("20")
    assert (outside["jenis"], outside["wilayah"]["kode"]) == ("DI_LUAR_INDUK", "53.14.01.2006")
    for w in ("53", "53.14", "5314", "53.14.01.2005"):
        assert overlap in _temuan(quality_hub, w=w, n=500)
    for w in ("36", "53.14.02", "53.14.01.2006", "99"):
        assert overlap not in _temuan(quality_hub, w=w, n=500)
    missing = _temuan(quality_hub, w="53", j=["TANPA_BATAS"], n=500)
    assert {t["wilayah"]["__typename"] for t in missing} == {"Kecamatan", "Desa"}
    # samples of the kabupaten do not count beside its real boundaries
    assert all(t["geometri"] is None and t["luasM2"] is None for t in missing)


def test_pages_hold_every_finding_once_in_order(quality_hub: Client) -> None:
    whole = _temuan(quality_hub, w="53", n=500)
    kode = [(t["wilayah"]["kode"], t["jenis"]) for t in whole]
    assert kode == sorted(kode, key=lambda k: (k[0][:5], k[0], k[1]))
    paged: list[dict[str, Any]] = []
    after = None
    while True:
        page = quality_hub.ask(QUERY, {"w": "53", "n": 40, "a": after})["mutuBatas"]
        assert page["totalCount"] == len(whole)
        paged += [e["node"] for e in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert paged == whole
    (error,) = quality_hub.errors(QUERY, {"w": "53.99.1"})
    assert "bukan kode wilayah" in error["message"]
