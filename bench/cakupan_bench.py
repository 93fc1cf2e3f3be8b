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
from bench.national_data import FOUR_PROVINCES, PERIODE
from bench.report import SCREEN, Work, conclude, show
from bench.servers import Server

_CHANGED_TABLES = {"cakupan after a change": "sumber_daya", "cakupan, nothing at hand": "batas"}
SIZE = replace(FOUR_PROVINCES, periode=1)
_ANGKA = "jumlahDesa desaTercakup persenDesa bobot bobotTercakup persenBobot sumberDaya"
_CAKUPAN = """query ($j: [JenisSumberDaya!]!, $km: Float!, $w: KodeWilayah!, $b: String, $p: Periode) {
  cakupan(jenis: $j, jarakKm: $km, wilayah: $w, bobot: $b, periode: $p) { %s } }"""
_GAPS = """ baris(hanya: CELAH, urut: JARAK, first: 100) {
  desa { kode nama kecamatan { nama } } terdekat { id nama jenis } jarakKm tercakup bobot } """
_PROPOSALS = """query ($j: [JenisSumberDaya!]!, $km: Float!, $w: KodeWilayah!, $b: String, $p: Periode) {
  usulanLokasi(jenis: $j, jarakKm: $km, wilayah: $w, banyak: 3, bobot: $b, periode: $p) {
    urutan desa { kode nama } tambahanDesa tambahanBobot } }"""
_NEAREST = (
    """query ($lon: Float!, $lat: Float!) { terdekat(lon: $lon, lat: $lat) { jarakKm sumberDaya { id nama jenis } } }"""
)

# The plain ways to find the same: for each desa its nearest resource by the index, or what lies within the distance.
_EXISTING = """FROM wilayah w JOIN batas b ON b.kode_kab = w.kode_kab AND b.kode = w.kode AND b.wilayah_sejak = w.berlaku_sejak
WHERE w.tingkat = 4 AND w.kode >= '33' AND w.kode < '33/'"""
_KNN = f"""SELECT count(*) FILTER (WHERE n.meter <= %(m)s), count(*) FROM (SELECT b.titik {_EXISTING}) d CROSS JOIN LATERAL (
  SELECT ST_Distance(geography(s.titik), geography(d.titik)) AS meter FROM sumber_daya s WHERE s.titik IS NOT NULL
  ORDER BY geography(s.titik) <-> geography(d.titik) LIMIT 1) n"""
_DWITHIN = f"""SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM sumber_daya s WHERE ST_DWithin(geography(s.titik), geography(d.titik), %(m)s))),
  count(*) FROM (SELECT b.titik {_EXISTING}) d"""


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench cakupan", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument("--rounds", type=int, default=5, help="rounds per work (default 5)")
    options.add_argument("--questions", type=int, default=40, help="questions per round (default 40)")
    chosen = options.parse_args()
    with database.cluster() as cluster:
        url = database.ensure(cluster, SIZE, cakupan_data)
        with servers.hub(url, database.home()) as hub:
            works = uvloop.run(_measure(hub, url, chosen.rounds, chosen.questions))
    return conclude([w.as_json() for w in works], chosen.json)


class _Questions:
    """Questions no two of which are the same."""

    def __init__(self) -> None:
        self._chance = random.Random(5)
        self._numbers: Iterator[int] = count(1)

    def km(self) -> float:
        """3 to 15 km, never twice."""
        return round(self._chance.uniform(3, 15), 2) + next(self._numbers) / 1e6

    def ask(self, query: str, *, weight: str | None = None, distance: float | None = None) -> Ask:
        variables = {"j": list(cakupan_data.KINDS), "km": distance or self.km(), "w": cakupan_data.PROVINSI}
        return Ask("/graphql", query, variables | ({"b": weight, "p": PERIODE[0]} if weight else {}))

    def point(self) -> Ask:
        west, south, east, north = cakupan_data.LAND
        variables: dict[str, object] = {
            "lon": self._chance.uniform(west, east),
            "lat": self._chance.uniform(south, north),
        }
        return Ask("/graphql", _NEAREST, variables)


async def _measure(hub: Server, url: str, rounds: int, questions: int) -> list[Work]:
    asker = _Questions()
    await _check(hub, url, asker)
    brief, gaps, areas = (_CAKUPAN % s for s in (_ANGKA, _ANGKA + _GAPS, _ANGKA + " persenLuas" + _GAPS))
    kinds: Mapping[str, Callable[[], Ask]] = {
        "cakupan, without rows": lambda: asker.ask(brief),
        "cakupan, first 100 gaps": lambda: asker.ask(gaps),
        "cakupan with weights, first 100 gaps": lambda: asker.ask(gaps, weight="WIL01"),
        "cakupan with persenLuas, first 100 gaps": lambda: asker.ask(areas),
        "usulanLokasi (3)": lambda: asker.ask(_PROPOSALS),
        "usulanLokasi (3) with weights": lambda: asker.ask(_PROPOSALS, weight="WIL01"),
    }
    if await _has(hub, "terdekat"):
        kinds = {**kinds, "terdekat": asker.point}
    measured: dict[str, list[Measured]] = {name: [] for name in kinds}
    measured |= {n: [] for n in (*_CHANGED_TABLES, "PostGIS: KNN per desa", "PostGIS: ST_DWithin")}
    with psycopg.connect(url, autocommit=True) as conn:
        for round_number in range(rounds + 1):  # the first warms caches and plans
            one_round = {
                name: await load(hub.url, [make() for _ in range(questions)], 1, 1e9, questions)
                for name, make in kinds.items()
            }
            for name, table in _CHANGED_TABLES.items():
                one_round[name] = await _changed(hub, conn, table, lambda: asker.ask(gaps), questions)
            one_round["PostGIS: KNN per desa"] = _sql(conn, _KNN, asker, -(-questions // 8))
            one_round["PostGIS: ST_DWithin"] = _sql(conn, _DWITHIN, asker, -(-questions // 8))
            if round_number:
                for name, m in one_round.items():
                    measured[name].append(m)
    show("One province: 8.563 desa, 2.000 resources", ["question", "median ms", "p95 ms"],
         [[n, f"{_median(p):.1f}", f"{_p95(p):.1f}"] for n, p in measured.items()])  # fmt: skip
    SCREEN.print(f"resident memory of the hub: {hub.resident_mb:.0f} MiB, at most {hub.peak_mb:.0f} MiB")
    return _works(measured)


def _works(measured: Mapping[str, list[Measured]]) -> list[Work]:
    bars = {
        "cakupan, without rows": ("cakupan satu provinsi, tanpa baris: p95", 150),
        "cakupan, first 100 gaps": ("cakupan satu provinsi, 100 celah pertama: p95", 150),
        "cakupan with weights, first 100 gaps": ("cakupan satu provinsi berbobot, 100 celah pertama: p95", 150),
        "cakupan with persenLuas, first 100 gaps": ("cakupan satu provinsi dengan persenLuas: p95", 700),
        "usulanLokasi (3)": ("usulanLokasi 3 tempat: p95", 500),
        "usulanLokasi (3) with weights": ("usulanLokasi 3 tempat berbobot: p95", 500),
        "cakupan after a change": ("cakupan satu provinsi sesudah data berubah: p95", 150),
        "terdekat": ("terdekat: p95", 5),
    }
    works = [Work(what, _p95(measured[n]), "ms", ms, True) for n, (what, ms) in bars.items() if n in measured]
    hub = measured["cakupan, without rows"]
    for name, what in (
        ("PostGIS: KNN per desa", "KNN PostGIS per desa"),
        ("PostGIS: ST_DWithin", "ST_DWithin PostGIS"),
    ):
        ratio = statistics.median(b.median / a.median for a, b in zip(hub, measured[name], strict=True))
        works.append(Work(f"cakupan tanpa baris: lebih cepat dari {what}", ratio, "x", 1.0))
    return works


async def _check(hub: Server, url: str, asker: _Questions) -> None:
    """The hub and plain PostGIS must find the same, resources without a point of their own left aside."""
    with psycopg.connect(url) as conn:
        conn.execute(
            "UPDATE sumber_daya s SET titik = b.titik FROM batas b WHERE s.titik IS NULL AND b.kode_kab = s.kode_kab AND b.kode = s.kode_desa"
        )
        for km in (2.0, 5.0, 9.0):
            for statement in (_KNN, _DWITHIN):
                expected = conn.execute(statement, {"m": km * 1000}).fetchone()
                answer = json.loads(await fetch(hub.url, asker.ask(_CAKUPAN % _ANGKA, distance=km)))["data"]["cakupan"]
                if expected != (answer["desaTercakup"], answer["jumlahDesa"]):
                    raise RuntimeError(
                        f"{km} km: PostGIS finds {expected}, the hub {answer}; there is nothing to compare"
                    )
        conn.rollback()


async def _has(hub: Server, field_name: str) -> bool:
    answer = json.loads(await fetch(hub.url, Ask("/graphql", '{ __type(name: "Query") { fields { name } } }')))
    return field_name in {f["name"] for f in answer["data"]["__type"]["fields"]}


async def _changed(
    hub: Server, conn: psycopg.Connection[tuple[object]], table: str, make: Callable[[], Ask], many: int
) -> Measured:
    """Every question after a change of that table that the hub has heard of."""
    ms: list[float] = []
    for _ in range(many):
        conn.execute(f"UPDATE {table} SET contoh = contoh WHERE false")  # a statement tells of itself all the same
        await asyncio.sleep(0.02)
        ms += (await load(hub.url, [make()], 1, 1e9, 1)).ms
    return Measured(ms, sum(ms) / 1000, set())


def _sql(conn: psycopg.Connection[tuple[object]], statement: str, asker: _Questions, many: int) -> Measured:
    ms: list[float] = []
    for _ in range(many):
        start = time.perf_counter()
        conn.execute(statement, {"m": asker.km() * 1000}).fetchall()
        ms.append((time.perf_counter() - start) * 1000)
    return Measured(ms, sum(ms) / 1000, set())


def _p95(rounds: list[Measured]) -> float:
    """Of the round in the middle."""
    return sorted(m.p95 for m in rounds)[len(rounds) // 2]


def _median(rounds: list[Measured]) -> float:
    return statistics.median(m.median for m in rounds)


if __name__ == "__main__":
    raise SystemExit(main())
