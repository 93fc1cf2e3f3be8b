"""scripts/bench cakupan: coverage of one province (8.563 desa, 2.000 resources) through HTTP, beside plain PostGIS.

Every question has another distance: what follows from it (areas, places to propose) is worked out each time, how far desa are
from their nearest resource is at hand. "After a change": resources change before each question, so that is read and measured
anew; "nothing at hand": boundaries change as well. The peer runs its
statements straight on a connection, without HTTP. A ratio is the median of the rounds' own ratios.
"""

import argparse
import asyncio
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

import psycopg
import uvloop

from bench import cakupan_data, database, servers
from bench.load_client import Ask, Measured, fetch, load
from bench.national_data import EMPAT, PERIODE
from bench.report import SCREEN, Work, conclude, show
from bench.servers import Server

_BERUBAH = {"cakupan after a change": "sumber_daya", "cakupan, nothing at hand": "batas"}
UKURAN = replace(EMPAT, periode=1)
_ANGKA = "jumlahDesa desaTercakup persenDesa bobot bobotTercakup persenBobot sumberDaya"
_CAKUPAN = """query ($j: [JenisSumberDaya!]!, $km: Float!, $w: KodeWilayah!, $b: String, $p: Periode) {
  cakupan(jenis: $j, jarakKm: $km, wilayah: $w, bobot: $b, periode: $p) { %s } }"""
_CELAH = """ baris(hanya: CELAH, urut: JARAK, first: 100) {
  desa { kode nama kecamatan { nama } } terdekat { id nama jenis } jarakKm tercakup bobot } """
_USULAN = """query ($j: [JenisSumberDaya!]!, $km: Float!, $w: KodeWilayah!, $b: String, $p: Periode) {
  usulanLokasi(jenis: $j, jarakKm: $km, wilayah: $w, banyak: 3, bobot: $b, periode: $p) {
    urutan desa { kode nama } tambahanDesa tambahanBobot } }"""
_TERDEKAT = (
    """query ($lon: Float!, $lat: Float!) { terdekat(lon: $lon, lat: $lat) { jarakKm sumberDaya { id nama jenis } } }"""
)

# The plain ways to find the same: for each desa its nearest resource by the index, or what lies within the distance.
_ADA = """FROM wilayah w JOIN batas b ON b.kode_kab = w.kode_kab AND b.kode = w.kode AND b.wilayah_sejak = w.berlaku_sejak
WHERE w.tingkat = 4 AND w.kode >= '33' AND w.kode < '33/'"""
_KNN = f"""SELECT count(*) FILTER (WHERE n.meter <= %(m)s), count(*) FROM (SELECT b.titik {_ADA}) d CROSS JOIN LATERAL (
  SELECT ST_Distance(geography(s.titik), geography(d.titik)) AS meter FROM sumber_daya s WHERE s.titik IS NOT NULL
  ORDER BY geography(s.titik) <-> geography(d.titik) LIMIT 1) n"""
_DWITHIN = f"""SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM sumber_daya s WHERE ST_DWithin(geography(s.titik), geography(d.titik), %(m)s))),
  count(*) FROM (SELECT b.titik {_ADA}) d"""


def main() -> int:
    pilihan = argparse.ArgumentParser(prog="scripts/bench cakupan", description=__doc__)
    pilihan.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    pilihan.add_argument("--rounds", type=int, default=5, help="rounds per work (default 5)")
    pilihan.add_argument("--questions", type=int, default=40, help="questions per round (default 40)")
    isi = pilihan.parse_args()
    with database.cluster() as klaster:
        url = database.ensure(klaster, UKURAN, cakupan_data)
        with servers.hub(url, database.home()) as hub:
            works = uvloop.run(_measure(hub, url, isi.rounds, isi.questions))
    return conclude([w.as_json() for w in works], isi.json)


class _Questions:
    """Questions no two of which are the same."""

    def __init__(self) -> None:
        self._acak = random.Random(5)
        self._nomor: Iterator[int] = count(1)

    def km(self) -> float:
        """3 to 15 km, never twice."""
        return round(self._acak.uniform(3, 15), 2) + next(self._nomor) / 1e6

    def ask(self, query: str, *, bobot: str | None = None, jarak: float | None = None) -> Ask:
        variabel = {"j": list(cakupan_data.JENIS), "km": jarak or self.km(), "w": cakupan_data.PROVINSI}
        return Ask("/graphql", query, variabel | ({"b": bobot, "p": PERIODE[0]} if bobot else {}))

    def point(self) -> Ask:
        barat, selatan, timur, utara = cakupan_data.TANAH
        titik: dict[str, object] = {"lon": self._acak.uniform(barat, timur), "lat": self._acak.uniform(selatan, utara)}
        return Ask("/graphql", _TERDEKAT, titik)


async def _measure(hub: Server, url: str, rounds: int, questions: int) -> list[Work]:
    tanya = _Questions()
    await _check(hub, url, tanya)
    ringkas, celah, luas = (_CAKUPAN % s for s in (_ANGKA, _ANGKA + _CELAH, _ANGKA + " persenLuas" + _CELAH))
    soal: Mapping[str, Callable[[], Ask]] = {
        "cakupan, without rows": lambda: tanya.ask(ringkas),
        "cakupan, first 100 gaps": lambda: tanya.ask(celah),
        "cakupan with weights, first 100 gaps": lambda: tanya.ask(celah, bobot="WIL01"),
        "cakupan with persenLuas, first 100 gaps": lambda: tanya.ask(luas),
        "usulanLokasi (3)": lambda: tanya.ask(_USULAN),
        "usulanLokasi (3) with weights": lambda: tanya.ask(_USULAN, bobot="WIL01"),
    }
    if await _has(hub, "terdekat"):
        soal = {**soal, "terdekat": tanya.point}
    ukur: dict[str, list[Measured]] = {nama: [] for nama in soal}
    ukur |= {n: [] for n in (*_BERUBAH, "PostGIS: KNN per desa", "PostGIS: ST_DWithin")}
    with psycopg.connect(url, autocommit=True) as conn:
        for nomor in range(rounds + 1):  # the first warms caches and plans
            satu = {
                nama: await load(hub.url, [buat() for _ in range(questions)], 1, 1e9, questions)
                for nama, buat in soal.items()
            }
            for nama, tabel in _BERUBAH.items():
                satu[nama] = await _changed(hub, conn, tabel, lambda: tanya.ask(celah), questions)
            satu["PostGIS: KNN per desa"] = _sql(conn, _KNN, tanya, -(-questions // 8))
            satu["PostGIS: ST_DWithin"] = _sql(conn, _DWITHIN, tanya, -(-questions // 8))
            if nomor:
                for nama, m in satu.items():
                    ukur[nama].append(m)
    show("One province: 8.563 desa, 2.000 resources", ["question", "median ms", "p95 ms"],
         [[n, f"{_median(p):.1f}", f"{_p95(p):.1f}"] for n, p in ukur.items()])  # fmt: skip
    SCREEN.print(f"resident memory of the hub: {hub.resident_mb:.0f} MiB, at most {hub.peak_mb:.0f} MiB")
    return _works(ukur)


def _works(ukur: Mapping[str, list[Measured]]) -> list[Work]:
    batas = {
        "cakupan, without rows": ("cakupan satu provinsi, tanpa baris: p95", 150),
        "cakupan, first 100 gaps": ("cakupan satu provinsi, 100 celah pertama: p95", 150),
        "cakupan with weights, first 100 gaps": ("cakupan satu provinsi berbobot, 100 celah pertama: p95", 150),
        "cakupan with persenLuas, first 100 gaps": ("cakupan satu provinsi dengan persenLuas: p95", 700),
        "usulanLokasi (3)": ("usulanLokasi 3 tempat: p95", 500),
        "usulanLokasi (3) with weights": ("usulanLokasi 3 tempat berbobot: p95", 500),
        "cakupan after a change": ("cakupan satu provinsi sesudah data berubah: p95", 150),
        "terdekat": ("terdekat: p95", 5),
    }
    works = [Work(apa, _p95(ukur[n]), "ms", ms, True) for n, (apa, ms) in batas.items() if n in ukur]
    hub = ukur["cakupan, without rows"]
    for nama, apa in (("PostGIS: KNN per desa", "KNN PostGIS per desa"), ("PostGIS: ST_DWithin", "ST_DWithin PostGIS")):
        rasio = statistics.median(b.median / a.median for a, b in zip(hub, ukur[nama], strict=True))
        works.append(Work(f"cakupan tanpa baris: lebih cepat dari {apa}", rasio, "x", 1.0))
    return works


async def _check(hub: Server, url: str, tanya: _Questions) -> None:
    """The hub and plain PostGIS must find the same, resources without a point of their own left aside."""
    with psycopg.connect(url) as conn:
        conn.execute(
            "UPDATE sumber_daya s SET titik = b.titik FROM batas b WHERE s.titik IS NULL AND b.kode_kab = s.kode_kab AND b.kode = s.kode_desa"
        )
        for km in (2.0, 5.0, 9.0):
            for perintah in (_KNN, _DWITHIN):
                ada = conn.execute(perintah, {"m": km * 1000}).fetchone()
                jawab = json.loads(await fetch(hub.url, tanya.ask(_CAKUPAN % _ANGKA, jarak=km)))["data"]["cakupan"]
                if ada != (jawab["desaTercakup"], jawab["jumlahDesa"]):
                    raise RuntimeError(f"{km} km: PostGIS finds {ada}, the hub {jawab}; there is nothing to compare")
        conn.rollback()


async def _has(hub: Server, medan: str) -> bool:
    jawab = json.loads(await fetch(hub.url, Ask("/graphql", '{ __type(name: "Query") { fields { name } } }')))
    return medan in {f["name"] for f in jawab["data"]["__type"]["fields"]}


async def _changed(
    hub: Server, conn: psycopg.Connection[tuple[object]], tabel: str, buat: Callable[[], Ask], banyak: int
) -> Measured:
    """Every question after a change of that table that the hub has heard of."""
    ms: list[float] = []
    for _ in range(banyak):
        conn.execute(f"UPDATE {tabel} SET contoh = contoh WHERE false")  # a statement tells of itself all the same
        await asyncio.sleep(0.02)
        ms += (await load(hub.url, [buat()], 1, 1e9, 1)).ms
    return Measured(ms, sum(ms) / 1000, set())


def _sql(conn: psycopg.Connection[tuple[object]], perintah: str, tanya: _Questions, banyak: int) -> Measured:
    ms: list[float] = []
    for _ in range(banyak):
        mulai = time.perf_counter()
        conn.execute(perintah, {"m": tanya.km() * 1000}).fetchall()
        ms.append((time.perf_counter() - mulai) * 1000)
    return Measured(ms, sum(ms) / 1000, set())


def _p95(putaran: list[Measured]) -> float:
    """Of the round in the middle."""
    return sorted(m.p95 for m in putaran)[len(putaran) // 2]


def _median(putaran: list[Measured]) -> float:
    return statistics.median(m.median for m in putaran)


if __name__ == "__main__":
    raise SystemExit(main())
