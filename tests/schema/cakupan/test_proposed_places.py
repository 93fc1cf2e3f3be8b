"""usulanLokasi beside every choice there is, worked out from distances of PostGIS."""

from collections import defaultdict
from typing import Any

import pytest

from tests.client import Klien
from tests.schema.cakupan import border_country as data
from tests.schema.cakupan.border_country import ADA, PEKA, PERIODE, UMUM

USULAN = """query ($j: [JenisSumberDaya!]!, $km: Float!, $w: KodeWilayah!, $n: Int, $b: String, $p: Periode) {
  usulanLokasi(jenis: $j, jarakKm: $km, wilayah: $w, banyak: $n, bobot: $b, periode: $p) {
    urutan desa { kode nama titik } tambahanDesa tambahanBobot }
  cakupan(jenis: $j, jarakKm: $km, wilayah: $w, bobot: $b, periode: $p) {
    jumlahDesa desaTercakup bobotTercakup baris { desa { kode } tercakup bobot } } }"""
JENIS = ["PANTI"]


def usul(hub: Klien, sebagai: str | None = None, **lain: Any) -> Any:
    return hub.tanya(USULAN, {"j": JENIS, "km": 5, "w": "53.14", **lain}, sebagai)


def jangkauan(hub: Klien, meter: float, wilayah: str) -> dict[str, set[str]]:
    """Desa → desa of the region within the distance of its label point."""
    isi = hub.sql(
        f"""WITH {ADA} SELECT a.kode, b.kode FROM d a JOIN d b ON ST_Distance(a.letak, b.letak) <= %s""",
        JENIS, wilayah + ".", meter,
    )  # fmt: skip
    hasil: dict[str, set[str]] = defaultdict(set)
    for a, b in isi:
        hasil[a].add(b)
    return hasil


@pytest.mark.parametrize("km", [1.0, 5.0, 12.0])
@pytest.mark.parametrize("bobot", [None, UMUM])
def test_each_place_is_the_best_that_is_left(hub_cakupan: Klien, km: float, bobot: str | None) -> None:
    """So the first is the best of all, and the next ones the best after it; of equals the first by code."""
    x = usul(hub_cakupan, km=km, b=bobot, p=bobot and PERIODE, n=4)
    jangkau = jangkauan(hub_cakupan, km * 1000, "53.14")
    nilai = {b["desa"]["kode"]: b["bobot"] for b in x["cakupan"]["baris"]}
    sisa = {b["desa"]["kode"] for b in x["cakupan"]["baris"] if not b["tercakup"]} & jangkau.keys()
    assert [u["urutan"] for u in x["usulanLokasi"]] == list(range(1, len(x["usulanLokasi"]) + 1))
    for usulan in x["usulanLokasi"]:
        tambah = {
            k: (sum(nilai[d] or 0 for d in v & sisa) if bobot else 0, len(v & sisa)) for k, v in sorted(jangkau.items())
        }
        terbaik = max(tambah.values())
        kode = usulan["desa"]["kode"]
        assert kode == next(k for k, t in tambah.items() if t == terbaik)
        assert usulan["tambahanDesa"] == terbaik[1]
        tahu = [nilai[d] for d in jangkau[kode] & sisa if nilai[d] is not None]
        assert usulan["tambahanBobot"] == (sum(tahu) if tahu else None)
        assert usulan["desa"]["titik"] is not None
        sisa -= jangkau[kode]


def test_once_it_stands_there_it_covers_what_was_promised(hub_cakupan: Klien) -> None:
    x = usul(hub_cakupan, b=UMUM, p=PERIODE, n=1, j=["KAMPUNG_SIAGA_BENCANA"])
    (usulan,) = x["usulanLokasi"]
    lon, lat = usulan["desa"]["titik"]["coordinates"]
    data.tambah(hub_cakupan, 60, "KAMPUNG_SIAGA_BENCANA", kode_desa=usulan["desa"]["kode"],
                titik=f"SRID=4326;POINT({lon} {lat})")  # fmt: skip
    for _ in range(200):  # told by the database, not by this process
        baru = usul(hub_cakupan, b=UMUM, p=PERIODE, n=1, j=["KAMPUNG_SIAGA_BENCANA"])["cakupan"]
        if baru["desaTercakup"]:
            break
    assert baru["desaTercakup"] == usulan["tambahanDesa"]
    assert baru["bobotTercakup"] == usulan["tambahanBobot"]


def test_it_ends_when_every_desa_is_covered(hub_cakupan: Klien) -> None:
    x = usul(hub_cakupan, km=9, n=50)
    banyak = sum(u["tambahanDesa"] for u in x["usulanLokasi"])
    assert 0 < len(x["usulanLokasi"]) < 50
    assert x["cakupan"]["desaTercakup"] + banyak == x["cakupan"]["jumlahDesa"] - len(data.TANPA_BATAS)
    assert usul(hub_cakupan, km=400)["usulanLokasi"] == []


def test_weights_that_one_may_not_see_do_not_count(hub_cakupan: Klien) -> None:
    publik = usul(hub_cakupan, b=PEKA, p=PERIODE)["usulanLokasi"]
    tanpa = usul(hub_cakupan)["usulanLokasi"]
    assert [u["desa"]["kode"] for u in publik] == [u["desa"]["kode"] for u in tanpa]
    assert {u["tambahanBobot"] for u in publik} == {None}
    kantor = usul(hub_cakupan, "53.14", b=PEKA, p=PERIODE)["usulanLokasi"]
    assert all(u["tambahanBobot"] > 0 for u in kantor)
    assert kantor != publik


def test_what_is_wrong_is_said_at_once(hub_cakupan: Klien) -> None:
    (galat,) = hub_cakupan.galat('{ usulanLokasi(jenis: [], jarakKm: 0, wilayah: "53.14", banyak: 51) { urutan } }')
    assert galat["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert all(kata in galat["message"].lower() for kata in ("jenis", "jarakkm", "banyak"))
    bawaan = hub_cakupan.tanya('{ usulanLokasi(jenis: [PANTI], jarakKm: 2, wilayah: "53.14") { urutan } }')
    assert len(bawaan["usulanLokasi"]) == 3
