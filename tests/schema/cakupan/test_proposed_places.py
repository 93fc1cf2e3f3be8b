"""usulanLokasi beside every choice there is, worked out from distances of PostGIS."""

from collections import defaultdict
from typing import Any

import pytest

from tests.client import Client
from tests.schema.cakupan import border_country as data
from tests.schema.cakupan.border_country import OPEN, PERIODE, PRESENT, SENSITIVE

PROPOSAL = """query ($j: [JenisSumberDaya!]!, $km: Float!, $w: KodeWilayah!, $n: Int, $b: String, $p: Periode) {
  usulanLokasi(jenis: $j, jarakKm: $km, wilayah: $w, banyak: $n, bobot: $b, periode: $p) {
    urutan desa { kode nama titik } tambahanDesa tambahanBobot }
  cakupan(jenis: $j, jarakKm: $km, wilayah: $w, bobot: $b, periode: $p) {
    jumlahDesa desaTercakup bobotTercakup baris { desa { kode } tercakup bobot } } }"""
KINDS = ["PANTI"]


def propose(hub: Client, as_whom: str | None = None, **more: Any) -> Any:
    return hub.ask(PROPOSAL, {"j": KINDS, "km": 5, "w": "53.14", **more}, as_whom)


def reaches(hub: Client, meter: float, wilayah: str) -> dict[str, set[str]]:
    """Desa → desa of the region within the distance of its label point."""
    pairs = hub.sql(
        f"""WITH {PRESENT} SELECT a.kode, b.kode FROM d a JOIN d b ON ST_Distance(a.letak, b.letak) <= %s""",
        KINDS, wilayah + ".", meter,
    )  # fmt: skip
    reached: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        reached[a].add(b)
    return reached


@pytest.mark.parametrize("km", [1.0, 5.0, 12.0])
@pytest.mark.parametrize("weight", [None, OPEN])
def test_each_place_is_the_best_that_is_left(hub_cakupan: Client, km: float, weight: str | None) -> None:
    """So the first is the best of all, and the next ones the best after it; of equals the first by code."""
    x = propose(hub_cakupan, km=km, b=weight, p=weight and PERIODE, n=4)
    reach = reaches(hub_cakupan, km * 1000, "53.14")
    nilai = {b["desa"]["kode"]: b["bobot"] for b in x["cakupan"]["baris"]}
    uncovered = {b["desa"]["kode"] for b in x["cakupan"]["baris"] if not b["tercakup"]} & reach.keys()
    assert [u["urutan"] for u in x["usulanLokasi"]] == list(range(1, len(x["usulanLokasi"]) + 1))
    for proposal in x["usulanLokasi"]:
        gains = {
            k: (sum(nilai[d] or 0 for d in v & uncovered) if weight else 0, len(v & uncovered))
            for k, v in sorted(reach.items())
        }
        best = max(gains.values())
        kode = proposal["desa"]["kode"]
        assert kode == next(k for k, t in gains.items() if t == best)
        assert proposal["tambahanDesa"] == best[1]
        known = [nilai[d] for d in reach[kode] & uncovered if nilai[d] is not None]
        assert proposal["tambahanBobot"] == (sum(known) if known else None)
        assert proposal["desa"]["titik"] is not None
        uncovered -= reach[kode]


def test_once_it_stands_there_it_covers_what_was_promised(hub_cakupan: Client) -> None:
    x = propose(hub_cakupan, b=OPEN, p=PERIODE, n=1, j=["KAMPUNG_SIAGA_BENCANA"])
    (proposal,) = x["usulanLokasi"]
    lon, lat = proposal["desa"]["titik"]["coordinates"]
    data.add(hub_cakupan, 60, "KAMPUNG_SIAGA_BENCANA", kode_desa=proposal["desa"]["kode"],
                titik=f"SRID=4326;POINT({lon} {lat})")  # fmt: skip
    for _ in range(200):  # told by the database, not by this process
        covered = propose(hub_cakupan, b=OPEN, p=PERIODE, n=1, j=["KAMPUNG_SIAGA_BENCANA"])["cakupan"]
        if covered["desaTercakup"]:
            break
    assert covered["desaTercakup"] == proposal["tambahanDesa"]
    assert covered["bobotTercakup"] == proposal["tambahanBobot"]


def test_it_ends_when_every_desa_is_covered(hub_cakupan: Client) -> None:
    x = propose(hub_cakupan, km=9, n=50)
    added = sum(u["tambahanDesa"] for u in x["usulanLokasi"])
    assert 0 < len(x["usulanLokasi"]) < 50
    assert x["cakupan"]["desaTercakup"] + added == x["cakupan"]["jumlahDesa"] - len(data.WITHOUT_BATAS)
    assert propose(hub_cakupan, km=400)["usulanLokasi"] == []


def test_weights_that_one_may_not_see_do_not_count(hub_cakupan: Client) -> None:
    public = propose(hub_cakupan, b=SENSITIVE, p=PERIODE)["usulanLokasi"]
    unweighted = propose(hub_cakupan)["usulanLokasi"]
    assert [u["desa"]["kode"] for u in public] == [u["desa"]["kode"] for u in unweighted]
    assert {u["tambahanBobot"] for u in public} == {None}
    office = propose(hub_cakupan, "53.14", b=SENSITIVE, p=PERIODE)["usulanLokasi"]
    assert all(u["tambahanBobot"] > 0 for u in office)
    assert office != public


def test_what_is_wrong_is_said_at_once(hub_cakupan: Client) -> None:
    (error,) = hub_cakupan.errors('{ usulanLokasi(jenis: [], jarakKm: 0, wilayah: "53.14", banyak: 51) { urutan } }')
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert all(word in error["message"].lower() for word in ("jenis", "jarakkm", "banyak"))
    default = hub_cakupan.ask('{ usulanLokasi(jenis: [PANTI], jarakKm: 2, wilayah: "53.14") { urutan } }')
    assert len(default["usulanLokasi"]) == 3
