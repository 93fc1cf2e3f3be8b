"""scripts/bench read: the hub's reads beside hand-written SQL and PostGraphile 5, on the same data, in one run.

Every server is one process. They are measured in turn, in many short rounds: what else the machine does falls on all of
them alike. A ratio is the median of the rounds' own ratios; the tables show each server's median round.
"""

import argparse
import json
import random
import statistics
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psycopg
import uvloop

from bench import database, national_data, read_asks, servers
from bench.load_client import Ask, Measured, fetch, load
from bench.national_data import EMPAT, PERIODE, Ukuran
from bench.report import SCREEN, Work, conclude, show
from bench.servers import Server

_HUB_MS = 50.0
_GROWTH = 1.3  # two medians of the same thing differ by less on a busy machine


def main() -> int:
    pilihan = argparse.ArgumentParser(prog="scripts/bench read", description=__doc__)
    pilihan.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    pilihan.add_argument("--rounds", type=int, default=25, help="rounds per work (default 25)")
    pilihan.add_argument("--seconds", type=float, default=0.5, help="seconds per server and round (default 0.5)")
    pilihan.add_argument(
        "--penuh", action="store_true", help="figures of every desa for all 12 periods (90 million rows)"
    )
    isi = pilihan.parse_args()
    ukuran = Ukuran(periode_desa=12) if isi.penuh else Ukuran()
    with database.cluster() as klaster:
        # the same province among few and among many: as many figures in both
        sedikit = replace(EMPAT, periode_desa=ukuran.periode_desa)
        empat, semua = database.ensure(klaster, sedikit), database.ensure(klaster, ukuran)
        _say(semua, ukuran)
        works = [w.as_json() for w in uvloop.run(_measure(empat, semua, isi.rounds, isi.seconds))]
    return conclude(works, isi.json)


def _say(url: str, ukuran: Ukuran) -> None:
    ada = national_data.counts(url)
    semua = ukuran.periode_desa == ukuran.periode
    desa = "all of them" if semua else f"{ukuran.periode_desa} of the periods (--penuh: all {ukuran.periode})"
    SCREEN.print(
        f"data: {ada['provinsi']} provinsi, {ada['kabupaten']} kabupaten, {ada['kecamatan']} kecamatan, {ada['desa']} desa; "
        f"{ada['elemen']} elements x {ukuran.periode} periods for every kabupaten and kecamatan, and for every desa for "
        f"{desa}; about {ada['angka']:,} rows of figures."
    )


async def _measure(empat: str, semua: str, rounds: int, seconds: float) -> list[Work]:
    home = database.home()
    with psycopg.connect(semua) as conn:
        elemen = national_data.figure_elements(conn)
        katalog = [k for (k,) in conn.execute("SELECT kode FROM elemen ORDER BY kode")]
    with ExitStack() as nyala:
        layanan = {nama: nyala.enter_context(mulai(semua, home)) for nama, mulai in servers.PEERS.items()}
        prov = await _compare("province nested, 1 client", layanan, read_asks.nested_province(), 1, rounds, seconds)
        kab = await _compare("kabupaten nested, 1 client", layanan, read_asks.nested_kabupaten(), 1, rounds, seconds)
        angka = await _compare("kabupaten, 80 figures per desa, 1 client", layanan, read_asks.figures(elemen), 1, rounds, seconds)  # fmt: skip
        ramai = await _compare(
            "kabupaten nested, 16 clients", layanan, read_asks.nested_kabupaten(), 16, rounds, seconds
        )
        memori = layanan["hub"].peak_mb
        show("Resident memory, MiB", ["server", "now", "peak"],
             [[n, f"{s.resident_mb:.0f}", f"{s.peak_mb:.0f}"] for n, s in layanan.items()])  # fmt: skip
    with servers.hub(semua, home) as besar, servers.hub(empat, home) as kecil:
        # a 95th percentile needs more answers per round
        agregat, tumbuh = await _aggregates(besar, kecil, katalog, -(-rounds // 4), seconds * 4)
        memori = max(memori, besar.peak_mb)
    return [
        Work("provinsi bersarang, 1 klien: waktu terhadap SQL tulisan tangan", _ratio(prov, "hub", "sql"), "x", 1.15, True),
        Work("provinsi bersarang, 1 klien: lebih cepat dari PostGraphile 5", _ratio(prov, "postgraphile", "hub"), "x", 1.7),
        Work("satu kabupaten bersarang, 1 klien: lebih cepat dari PostGraphile 5", _ratio(kab, "postgraphile", "hub"), "x", 1.4),
        Work("satu kabupaten, 80 angka per desa, 1 klien: lebih cepat dari PostGraphile 5",
             # of elements that are public however small: they lie farther apart than the first forty of all, for the hub alone
             _ratio(angka, "postgraphile", "hub"), "x", 1.5),
        Work("satu kabupaten bersarang, 16 klien: permintaan/detik terhadap PostGraphile 5",
             _rate(ramai, "hub", "postgraphile"), "x", 1.5),
        Work("satu kabupaten bersarang, 16 klien: permintaan/detik terhadap SQL tulisan tangan",
             _rate(ramai, "hub", "sql"), "x", 0.75),
        Work("agregat satu provinsi setahun: p95", agregat, "ms", _HUB_MS, True),
        Work("agregat: 38 provinsi terhadap 4 provinsi", tumbuh, "x", _GROWTH, True),
        Work("memori satu pekerja di bawah beban", memori, "MiB", 250, True),
    ]  # fmt: skip


async def _compare(
    title: str, layanan: Mapping[str, Server], asks: Mapping[str, Ask], clients: int, rounds: int, seconds: float
) -> dict[str, list[Measured]]:
    """Each server in turn, round after round."""
    jawab = {nama: await fetch(s.url, asks[nama]) for nama, s in layanan.items()}
    if json.loads(jawab["hub"])["data"] != json.loads(jawab["sql"])["data"]:
        raise RuntimeError(f"{title}: the hub and the hand-written SQL answer differently; there is nothing to compare")
    if b'"errors"' in jawab["postgraphile"]:
        raise RuntimeError(f"{title}: PostGraphile answers {jawab['postgraphile'][:500]!r}")
    putaran: dict[str, list[Measured]] = {nama: [] for nama in layanan}
    for nama, s in layanan.items():
        await load(s.url, [asks[nama]], clients, seconds)  # caches, plans, just-in-time compilers
    for _ in range(rounds):
        for nama, s in layanan.items():
            putaran[nama].append(await load(s.url, [asks[nama]], clients, seconds))
    hasil = {nama: sorted(p, key=lambda m: m.median)[len(p) // 2] for nama, p in putaran.items()}
    show(title, ["server", "median ms", "p95 ms", "requests/s", "bytes"],
         [[n, f"{m.median:.2f}", f"{m.p95:.2f}", f"{m.per_second:.0f}", str(max(m.sizes))] for n, m in hasil.items()])  # fmt: skip
    return putaran


async def _aggregates(
    besar: Server, kecil: Server, katalog: list[str], rounds: int, seconds: float
) -> tuple[float, float]:
    """p95 over questions about whole provinces and years, and how the same province fares among 38 and among 4."""
    acak = random.Random(7)
    tahun = list(PERIODE)
    jenis = {
        "provinsi 33, 5 elements x 12 months": [
            read_asks.aggregate(acak.sample(katalog, 5), tahun, "33", "PROVINSI") for _ in range(20)
        ],
        "its 35 kabupaten, 1 element x 12 months": [
            read_asks.aggregate([e], tahun, "33", "KABUPATEN") for e in acak.sample(katalog, 20)
        ],
        "its 576 kecamatan, 1 element x 1 month": [
            read_asks.aggregate([e], [acak.choice(tahun)], "33", "KECAMATAN") for e in acak.sample(katalog, 20)
        ],
    }
    baris, p95, rasio = [], [], []
    for nama, asks in jenis.items():
        ukur: dict[str, list[Measured]] = {"38": [], "4": []}
        for s in (besar, kecil):
            await load(s.url, asks, 1, 1e9, most=2 * len(asks))
        for _ in range(rounds):
            for k, s in (("38", besar), ("4", kecil)):
                ukur[k].append(await load(s.url, asks, 1, seconds))
        tengah = {k: sorted(p, key=lambda m: m.p95)[len(p) // 2] for k, p in ukur.items()}
        median = {k: statistics.median(m.median for m in p) for k, p in ukur.items()}
        p95.append(tengah["38"].p95)
        rasio.append(_ratio(ukur, "38", "4"))
        baris.append([nama, f"{median['38']:.1f}", f"{tengah['38'].p95:.1f}", f"{median['4']:.1f}", f"{rasio[-1]:.2f}"])
    show(
        "agregat, one province over a year",
        ["question", "median ms", "p95 ms", "median among 4 provinces", "growth"],
        baris,
    )
    return max(p95), max(rasio)


def _ratio(putaran: Mapping[str, list[Measured]], atas: str, bawah: str) -> float:
    return statistics.median(a.median / b.median for a, b in zip(putaran[atas], putaran[bawah], strict=True))


def _rate(putaran: Mapping[str, list[Measured]], atas: str, bawah: str) -> float:
    return statistics.median(a.per_second / b.per_second for a, b in zip(putaran[atas], putaran[bawah], strict=True))


if __name__ == "__main__":
    raise SystemExit(main())
