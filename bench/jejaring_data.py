"""5.000 made-up networks (WKSBM) and 40.000 links over the made-up regions of national_data, with boundaries, social
resources and partners to link to. The same for every run.

Most networks lie in the one large province, so that a question about a province is about nearly all of them. Links: nine
tenths between networks, mostly near each other; chains at the edges, whose loss splits them; two hundred networks that
nobody is linked to. Every network has members, activities and a phase history.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import UUID

import psycopg
from shapely import MultiPolygon, Point, box

from bench import national_data
from bench.national_data import EMPAT, regions
from hub.batas import statements as batas_statements
from hub.batas.statements import BatasBaru
from hub.db.database import Database
from hub.db.migrate import migrate

JEJARING, HUBUNGAN = 5_000, 40_000
_SUMBER_DAYA, _MITRA = 2_000, 200
_KE_SUMBER, _KE_MITRA = 3_000, 1_000
_TERPENCIL, _RANTAI = 200, 300  # networks without a link to another; networks in chains of ten
_SEJAK = date(2020, 1, 1)
_KOLOM = 120  # desa per row of the grid that stands for a map
_SISI = 0.02  # degrees
_PSKS = ("2", "3", "4", "5", "6", "12")

Pasangan = tuple[int, int]


def build(url: str) -> None:
    """Fill an empty database."""
    migrate(url)
    asyncio.run(_dasar(url))
    acak = random.Random(16)
    with psycopg.connect(url, autocommit=True) as conn:
        desa = [k for (k,) in conn.execute("SELECT kode FROM wilayah WHERE tingkat = 4 ORDER BY kode")]
        tempat = sorted(acak.sample(desa, JEJARING))
        _jejaring(conn, tempat, acak)
        _isi(conn, acak)
        _ujung(conn, desa, acak)
        _hubungan(conn, acak)
        for tabel in ("wksbm", "simpul_wksbm", "tahap_wksbm", "hubungan_wksbm", "anggota_wksbm", "kegiatan_wksbm",
                      "sumber_daya", "mitra_luar", "wilayah", "batas"):  # fmt: skip
            conn.execute(f"VACUUM (ANALYZE) {tabel}")


def nomor(jenis: int, n: int) -> str:
    """The UUID of the n-th of its kind."""
    return str(UUID(int=(0x0193_0000_0000_7000_8000_0000_0000_0000) + (jenis << 40) + n))


def pairs(acak: random.Random) -> list[Pasangan]:
    """Linked networks, by their numbers in order of desa; each pair once."""
    banyak = HUBUNGAN - _KE_SUMBER - _KE_MITRA
    ramai = JEJARING - _TERPENCIL - _RANTAI
    hasil: dict[Pasangan, None] = {}
    urut = acak.sample(range(JEJARING), JEJARING)  # isolated ones and chains lie anywhere
    inti, rantai = sorted(urut[:ramai]), sorted(urut[ramai : ramai + _RANTAI])
    for i, n in enumerate(rantai):
        hasil[_urut(n, rantai[i - 1] if i % 10 else acak.choice(inti))] = None
    while len(hasil) < banyak:
        a = acak.randrange(ramai)
        b = acak.randrange(ramai) if acak.random() < 0.15 else min(ramai - 1, max(0, a + acak.randint(-40, 40)))
        if a != b:
            hasil[_urut(inti[a], inti[b])] = None
    return list(hasil)


def _urut(a: int, b: int) -> Pasangan:
    return (a, b) if a < b else (b, a)


async def _dasar(url: str) -> None:
    await national_data._dasar(url, EMPAT)
    db = Database(url, 2)
    await db.open()
    try:
        async with db.as_owner() as conn:
            await batas_statements.stage(conn, _kisi())
            await batas_statements.replace(conn, _SEJAK, sumber="bench", versi="bench", contoh=True)
    finally:
        await db.close()


async def _kisi() -> AsyncIterator[BatasBaru]:
    """A square per desa, row by row in order of code."""
    desa = sorted(w.kode for w in regions(EMPAT) if w.tingkat == 4)
    for n, kode in enumerate(desa):
        x, y = 100 + n % _KOLOM * _SISI, -9 + n // _KOLOM * _SISI
        yield BatasBaru(
            n, kode, _SEJAK, 4, MultiPolygon([box(x, y, x + _SISI, y + _SISI)]), Point(x + _SISI / 2, y + _SISI / 2)
        )


def _jejaring(conn: psycopg.Connection[tuple[str]], tempat: list[str], acak: random.Random) -> None:
    sejak = [_SEJAK + timedelta(days=acak.randrange(1_000)) for _ in tempat]
    conn.execute(
        "INSERT INTO wksbm (kode_kab, id, nama, kode_desa, tahap, tahap_sejak, sejak, diubah_oleh) "
        "SELECT left(d, 5), i, 'WKSBM ' || d, d, 'PENUMBUHAN', s, s, 'bench' FROM unnest(%s::uuid[], %s::text[], %s::date[]) t(i, d, s)",
        ([nomor(1, n) for n in range(JEJARING)], tempat, sejak),
    )
    for tahap, tiap in (("PEMANTAPAN", 2), ("PENGEMBANGAN", 4)):
        conn.execute(
            "UPDATE wksbm SET tahap = %s, tahap_sejak = tahap_sejak + 200 + abs(hashtext(id::text)) %% 200 "
            "WHERE abs(hashtext(id::text)) %% %s = 0",
            (tahap, tiap),
        )


def _isi(conn: psycopg.Connection[tuple[str]], acak: random.Random) -> None:
    conn.execute(
        "INSERT INTO anggota_wksbm (kode_kab, wksbm, nama, sejak, jenis) SELECT w.kode_kab, w.id, 'Kelompok ' || n, w.sejak, "
        "(%s::text[])[n %% 6 + 1] FROM wksbm w, generate_series(1, 6) n",
        (list(_PSKS),),
    )
    conn.execute(
        "INSERT INTO kegiatan_wksbm (kode_kab, wksbm, tanggal, kegiatan, uraian) "
        "SELECT w.kode_kab, w.id, w.sejak + n * 40, k.kode, '' FROM wksbm w, generate_series(1, 12) n "
        "JOIN LATERAL (SELECT kode FROM daftar_kode WHERE daftar = 'KEGIATAN_WKSBM' ORDER BY urut OFFSET n * 2 LIMIT 1) k ON true"
    )


def _ujung(conn: psycopg.Connection[tuple[str]], desa: list[str], acak: random.Random) -> None:
    conn.execute(
        "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, sejak, diubah_oleh) "
        "SELECT left(d, 5), i, 'KARANG_TARUNA', 'Karang taruna ' || d, 'DESA', d, '2015-01-01', 'bench' "
        "FROM unnest(%s::uuid[], %s::text[]) t(i, d)",
        ([nomor(2, n) for n in range(_SUMBER_DAYA)], sorted(acak.sample(desa, _SUMBER_DAYA))),
    )
    conn.execute(
        "INSERT INTO mitra_luar (id, nama, jenis, pencatat, diubah_oleh) SELECT i, 'Mitra ' || n, 'dunia usaha', '33', 'bench' "
        "FROM unnest(%s::uuid[]) WITH ORDINALITY t(i, n)",
        ([nomor(3, n) for n in range(_MITRA)],),
    )


def _hubungan(conn: psycopg.Connection[tuple[str]], acak: random.Random) -> None:
    ada = conn.execute("SELECT id::text, kode_kab FROM wksbm UNION ALL SELECT id::text, kode_kab FROM sumber_daya")
    kab: dict[str, str] = dict(ada.fetchall())  # type: ignore[arg-type]
    baris = [(nomor(1, a), "WKSBM", nomor(1, b)) for a, b in pairs(acak)]
    # a quarter of the resources and of the partners stays without a link
    lain = {("SUMBER_DAYA", nomor(2, acak.randrange(_SUMBER_DAYA * 3 // 4)), nomor(1, acak.randrange(JEJARING)))
            for _ in range(_KE_SUMBER)}  # fmt: skip
    lain |= {
        ("MITRA", nomor(3, acak.randrange(_MITRA * 3 // 4)), nomor(1, acak.randrange(JEJARING)))
        for _ in range(_KE_MITRA)
    }
    baris += [(asal, macam, tujuan) for macam, tujuan, asal in sorted(lain)]
    with conn.cursor().copy(
        "COPY hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, diubah_oleh) FROM STDIN"
    ) as salin:
        for n, (asal, macam, tujuan) in enumerate(baris):
            ke = kab.get(tujuan, "")
            skala = "LOKAL" if ke == kab[asal] else "REGIONAL"
            sejak = _SEJAK + timedelta(days=1_000 + acak.randrange(500))
            salin.write_row((nomor(4, n), kab[asal], asal, macam, ke, tujuan, "kerja sama", skala, sejak, "bench"))
