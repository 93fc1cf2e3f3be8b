"""scripts/bench jejaring: every question about 5.000 networks (WKSBM) and 40.000 links, one after the other, through HTTP.

    scripts/bench jejaring [--json FILE] [--rounds N]

The bench starts a hub of its own, one process, over made-up networks and regions (bench/jejaring_data.py). For each question it
asks many variants in many short rounds and takes the 95th percentile of the whole HTTP request: the median of the rounds.
"After a change" writes a link before each question, so the graph in memory is read and walked anew. Beside it, no bar:
networkx in Python over the same links, and a recursive statement written by hand.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import networkx
import psycopg
import uvloop

from bench import database, jejaring_data, servers
from bench.jejaring_data import HUBUNGAN, JEJARING, nomor
from bench.load_client import Ask, load
from bench.report import SCREEN, Work, conclude, show
from hub.db.private_cluster import PrivateCluster

_BATAS_MS = 100.0
_NAMA = "id nama tahap desa { kode nama }"
_PROFIL = """query ($id: ID!) { wksbm(id: $id) { id nama tahap tahapSejak derajat jumlahAnggota jumlahSumber titik
  desa { nama kecamatan { nama kabupaten { nama provinsi { nama } } } } riwayatTahap { tahap sejak } anggota { nama jenis sejak }
  kegiatan { tanggal program uraian kode } kegiatanKurang { kode nama } hubungan { masuk jenis skala sejak sampai garis tujuan {
    __typename ... on Wksbm { id nama } ... on SumberDaya { id nama jenis } ... on MitraLuar { nama jenisMitra: jenis } } } } }"""
_JANGKAUAN = "query ($id: ID!, $n: Int!) { wksbm(id: $id) { nama jangkauan(langkah: $n) { id nama tahap } } }"
_ANGKA = "simpul hubungan hubunganKeluar hubunganSumber komponen kepadatan jumlahTitikRapuh perTahap { tahap jumlah }"


def _jejaring(isi: str) -> str:
    return f"query ($w: KodeWilayah!) {{ jejaring(wilayah: $w) {{ {isi} }} }}"


def _halaman(nama: str, argumen: str, isi: str, lain: str = "") -> str:
    return f"query ($w: KodeWilayah!) {{ {nama}(wilayah: $w{argumen}) {{ pageInfo {{ hasNextPage }} edges {{ node {{ {isi} }} }} {lain}}} }}"


_CALON = f"alasan jarakKm asal {{ {_NAMA} }} tujuan {{ {_NAMA} }}"
_GARIS = "jenis skala garis asal { id } tujuan { __typename ... on Wksbm { id } }"
_TRIWULAN = [f"{t}-TW{k}" for t in range(2020, 2025) for k in range(1, 5)]
_TAHAP = "query ($w: KodeWilayah!, $p: [Periode!]!) { wksbmPerTahap(wilayah: $w, periode: $p) { periode penumbuhan pemantapan pengembangan jumlah } }"
_DAFTAR = f"""query ($w: KodeWilayah!) {{ daftarWksbm(saring: {{di: $w, tahap: [PEMANTAPAN, PENGEMBANGAN]}}) {{ totalCount
  edges {{ node {{ {_NAMA} derajat jumlahAnggota }} }} }} }}"""
_MITRA = "{ daftarMitraLuar(takTerhubung: true) { totalCount edges { node { id nama jenis } } } }"


def main() -> int:
    pilihan = argparse.ArgumentParser(prog="scripts/bench jejaring", description=__doc__)
    pilihan.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    pilihan.add_argument("--rounds", type=int, default=9, help="rounds per question (default 9)")
    isi = pilihan.parse_args()
    with database.cluster() as klaster:
        url = _basis_data(klaster)
        with servers.hub(url, database.home()) as hub:
            works = [*uvloop.run(_ukur(hub.url, url, isi.rounds)), *_sesudah_perubahan(hub.url, url, isi.rounds)]
            _sebaya(hub.url, url)
            SCREEN.print(f"memory of the hub: {hub.resident_mb:.0f} MiB, peak {hub.peak_mb:.0f} MiB")
    return conclude([w.as_json() for w in works], isi.json)


def _basis_data(klaster: PrivateCluster) -> str:
    """Made anew each time, it takes some twenty seconds."""
    with psycopg.connect(klaster.url(), autocommit=True) as conn:
        conn.execute("DROP DATABASE IF EXISTS bench_jejaring WITH (FORCE)")
        conn.execute("CREATE DATABASE bench_jejaring")
    url = klaster.url("bench_jejaring")
    mulai = time.perf_counter()
    jejaring_data.build(url)
    with psycopg.connect(url) as conn:
        (ada,) = conn.execute("SELECT (SELECT count(*) FROM wksbm), (SELECT count(*) FROM hubungan_wksbm)").fetchall()
    SCREEN.print(f"data: {ada[0]} networks, {ada[1]} links, made in {time.perf_counter() - mulai:.0f} s")
    if ada[0] != JEJARING or not HUBUNGAN * 0.99 < ada[1] <= HUBUNGAN:
        raise RuntimeError("the data is not of the size it says")
    return url


def questions(url: str) -> dict[str, list[Ask]]:
    """Variants of every question: over networks, over kabupaten, over provinces."""
    acak = random.Random(9)
    with psycopg.connect(url) as conn:
        jejaring = [f"{k}:{i}" for k, i in conn.execute("SELECT kode_kab, id::text FROM wksbm ORDER BY id")]
        kab = [k for (k,) in conn.execute("SELECT DISTINCT kode_kab FROM wksbm ORDER BY 1")]
    prov = sorted({k[:2] for k in kab})
    pilih = acak.sample(jejaring, 40)
    wilayah = [*prov, *acak.sample(kab, 16)]

    def menurut(query: str, di: list[str]) -> list[Ask]:
        return [Ask("/graphql", query, {"w": w}) for w in di]

    return {
        "profil lengkap": [Ask("/graphql", _PROFIL, {"id": i}) for i in pilih],
        **{
            f"jangkauan {n} langkah": [Ask("/graphql", _JANGKAUAN, {"id": i, "n": n}) for i in pilih]
            for n in (2, 3, 10)
        },
        "daftarWksbm, satu halaman": menurut(_DAFTAR, wilayah),
        "jejaring: angka, satu provinsi": menurut(_jejaring(_ANGKA), prov),
        "jejaring: angka, satu kabupaten": menurut(_jejaring(_ANGKA), wilayah[len(prov) :]),
        "jejaring: kelompok": menurut(_jejaring(f"kelompok {{ ukuran wksbm {{ {_NAMA} }} }}"), wilayah),
        "jejaring: terpencil": menurut(_jejaring(f"terpencil {{ {_NAMA} }}"), wilayah),
        "jejaring: titik rapuh": menurut(_jejaring(f"titikRapuh {{ pecahan wksbm {{ {_NAMA} }} }}"), wilayah),
        "calon hubungan, satu provinsi": menurut(_halaman("calonHubungan", "", _CALON, "totalCount "), prov),
        "calon hubungan, satu kabupaten": menurut(
            _halaman("calonHubungan", "", _CALON, "totalCount "), wilayah[len(prov) :]
        ),
        "sumber daya tak terhubung": menurut(
            _halaman("sumberDayaTakTerhubung", "", "id nama jenis desa { nama }"), wilayah
        ),
        "mitra tak terhubung": [Ask("/graphql", _MITRA)],
        "per tahap, 20 triwulan": [Ask("/graphql", _TAHAP, {"w": w, "p": _TRIWULAN}) for w in wilayah],
        "garis hubungan, 500 satu halaman": menurut(_halaman("hubunganJejaring", ", first: 500", _GARIS), wilayah),
    }


async def _ukur(hub: str, url: str, rounds: int) -> list[Work]:
    works, baris = [], []
    for nama, asks in questions(url).items():
        _periksa(hub, asks)
        await load(hub, asks, 1, 1e9, most=2 * len(asks))  # caches and plans
        ukur = [await load(hub, asks, 1, 1e9, most=max(40, len(asks))) for _ in range(rounds)]
        p95 = statistics.median(m.p95 for m in ukur)
        baris.append(
            [
                nama,
                f"{statistics.median(m.median for m in ukur):.1f}",
                f"{p95:.1f}",
                str(max(max(m.sizes) for m in ukur)),
            ]
        )
        works.append(Work(f"{nama}: p95", round(p95, 1), "ms", _BATAS_MS, True))
    show("5.000 networks, 40.000 links", ["question", "median ms", "p95 ms", "largest answer, bytes"], baris)
    return works


def _periksa(hub: str, asks: list[Ask]) -> None:
    """An answer with errors is none."""
    with httpx.Client(base_url=hub, timeout=60) as klien:
        for a in asks:
            _tanya(klien, a)


def _tanya(klien: httpx.Client, a: Ask) -> Any:
    isi = klien.post("/graphql", json={"query": a.query, "variables": a.variables}).json()
    if "errors" in isi:
        raise RuntimeError(f"{a.query} {a.variables}: {isi['errors'][0]['message']}")
    return isi["data"]


def _sesudah_perubahan(hub: str, url: str, rounds: int) -> list[Work]:
    """The graph of the whole country, read and walked anew for every question."""
    ask = Ask("/graphql", _jejaring(_ANGKA), {"w": "33"})
    lama: list[float] = []
    with httpx.Client(base_url=hub, timeout=60) as klien, psycopg.connect(url, autocommit=True) as conn:
        for n in range(rounds * 8):
            conn.execute("UPDATE hubungan_wksbm SET diubah_oleh = %s WHERE id = %s", (f"bench {n}", nomor(4, n)))
            time.sleep(0.05)  # the database tells of it
            mulai = time.perf_counter()
            _tanya(klien, ask)
            lama.append((time.perf_counter() - mulai) * 1000)
    p95 = sorted(lama)[-(-len(lama) * 95 // 100) - 1]
    return [Work("jejaring: angka, satu provinsi, sesudah perubahan: p95", round(p95, 1), "ms", _BATAS_MS, True)]


_TANGAN = """WITH RECURSIVE t AS (SELECT asal AS a, tujuan AS b FROM hubungan_wksbm WHERE macam = 'WKSBM'
  UNION ALL SELECT tujuan, asal FROM hubungan_wksbm WHERE macam = 'WKSBM'),
r(id, n) AS (SELECT %s::uuid, 0 UNION SELECT t.b, r.n + 1 FROM r JOIN t ON t.a = r.id WHERE r.n < 3)
SELECT count(DISTINCT w.id) FROM r JOIN wksbm w ON w.id = r.id WHERE w.id <> %s"""


def _sebaya(hub: str, url: str) -> None:
    """No system models this. What one would reach for: networkx over the same links; a recursive statement by hand."""
    with psycopg.connect(url) as conn, httpx.Client(base_url=hub, timeout=60) as klien:
        garis = conn.execute("SELECT asal::text, tujuan::text FROM hubungan_wksbm WHERE macam = 'WKSBM'").fetchall()
        simpul = [i for (i,) in conn.execute("SELECT id::text FROM simpul_wksbm WHERE desa LIKE '33.%'")]
        (kab,) = conn.execute("SELECT kode_kab FROM wksbm WHERE id = %s", (nomor(1, 7),)).fetchall()
        di = set(simpul)

        def graf() -> Any:
            g = networkx.Graph()
            g.add_nodes_from(simpul)
            g.add_edges_from(p for p in garis if p[0] in di and p[1] in di)
            return networkx.number_connected_components(g), len(list(networkx.articulation_points(g)))

        def kita() -> Any:
            j = _tanya(klien, Ask("/graphql", _jejaring("komponen jumlahTitikRapuh"), {"w": "33"}))["jejaring"]
            return j["komponen"], j["jumlahTitikRapuh"]

        def tangan() -> Any:
            ((n,),) = conn.execute(_TANGAN, (nomor(1, 7), nomor(1, 7))).fetchall()
            return n

        def jangkau() -> Any:
            ask = Ask("/graphql", _JANGKAUAN, {"id": f"{kab[0]}:{nomor(1, 7)}", "n": 3})
            return len(_tanya(klien, ask)["wksbm"]["jangkauan"])

        baris = []
        for nama, mereka, hasil in (
            ("components and articulation points: networkx, links in memory", graf, kita),
            ("three links: recursive SQL by hand, no HTTP", tangan, jangkau),
        ):
            if mereka() != hasil():
                raise RuntimeError(f"{nama}: the hub answers otherwise")
            a, b = _lama(mereka), _lama(hasil)
            baris.append([nama, f"{a:.1f}", f"{b:.1f}", f"{a / b:.1f}"])
    show("Beside it", ["what", "theirs ms", "the hub, whole request ms", "x"], baris)


def _lama(f: Callable[[], Any], kali: int = 9) -> float:
    lama = []
    for _ in range(kali):
        mulai = time.perf_counter()
        f()
        lama.append((time.perf_counter() - mulai) * 1000)
    return statistics.median(lama)


if __name__ == "__main__":
    raise SystemExit(main())
