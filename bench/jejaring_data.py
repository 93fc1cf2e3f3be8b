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
from bench.national_data import FOUR_PROVINCES, regions
from hub.batas import statements as batas_statements
from hub.batas.statements import BatasSource, NewBatas
from hub.db.database import Database
from hub.db.migrate import migrate

JEJARING, LINKS = 5_000, 40_000
_SUMBER_DAYA, _PARTNERS = 2_000, 200
_TO_RESOURCES, _TO_PARTNERS = 3_000, 1_000
_ISOLATED, _CHAINED = 200, 300  # networks without a link to another; networks in chains of ten
_SINCE = date(2020, 1, 1)
_COLUMNS = 120  # desa per row of the grid that stands for a map
_SIDE = 0.02  # degrees
_PSKS = ("2", "3", "4", "5", "6", "12")

Pair = tuple[int, int]


def build(url: str) -> None:
    """Fill an empty database."""
    migrate(url)
    asyncio.run(_base(url))
    chance = random.Random(16)
    with psycopg.connect(url, autocommit=True) as conn:
        desa = [k for (k,) in conn.execute("SELECT kode FROM wilayah WHERE tingkat = 4 ORDER BY kode")]
        places = sorted(chance.sample(desa, JEJARING))
        _jejaring(conn, places, chance)
        _members_and_activities(conn, chance)
        _link_ends(conn, desa, chance)
        _links(conn, chance)
        for table in ("wksbm", "simpul_wksbm", "tahap_wksbm", "hubungan_wksbm", "anggota_wksbm", "kegiatan_wksbm",
                      "sumber_daya", "mitra_luar", "wilayah", "batas"):  # fmt: skip
            conn.execute(f"VACUUM (ANALYZE) {table}")


def uuid_of(kind: int, n: int) -> str:
    """The UUID of the n-th of its kind."""
    return str(UUID(int=(0x0193_0000_0000_7000_8000_0000_0000_0000) + (kind << 40) + n))


def pairs(chance: random.Random) -> list[Pair]:
    """Linked networks, by their numbers in order of desa; each pair once."""
    count = LINKS - _TO_RESOURCES - _TO_PARTNERS
    connected = JEJARING - _ISOLATED - _CHAINED
    found: dict[Pair, None] = {}
    shuffled = chance.sample(range(JEJARING), JEJARING)  # isolated ones and chains lie anywhere
    core, chained = sorted(shuffled[:connected]), sorted(shuffled[connected : connected + _CHAINED])
    for i, n in enumerate(chained):
        found[_ordered(n, chained[i - 1] if i % 10 else chance.choice(core))] = None
    while len(found) < count:
        a = chance.randrange(connected)
        b = (
            chance.randrange(connected)
            if chance.random() < 0.15
            else min(connected - 1, max(0, a + chance.randint(-40, 40)))
        )
        if a != b:
            found[_ordered(core[a], core[b])] = None
    return list(found)


def _ordered(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)


async def _base(url: str) -> None:
    await national_data._base(url, FOUR_PROVINCES)
    db = Database(url, 2)
    await db.open()
    try:
        async with db.as_owner() as conn:
            await batas_statements.stage(conn, _grid())
            await batas_statements.replace(conn, _SINCE, BatasSource("bench", "bench", is_sample=True))
    finally:
        await db.close()


async def _grid() -> AsyncIterator[NewBatas]:
    """A square per desa, row by row in order of code."""
    desa = sorted(w.kode for w in regions(FOUR_PROVINCES) if w.tingkat == 4)
    for n, kode in enumerate(desa):
        x, y = 100 + n % _COLUMNS * _SIDE, -9 + n // _COLUMNS * _SIDE
        yield NewBatas(
            n, kode, _SINCE, 4, MultiPolygon([box(x, y, x + _SIDE, y + _SIDE)]), Point(x + _SIDE / 2, y + _SIDE / 2)
        )


def _jejaring(conn: psycopg.Connection[tuple[str]], places: list[str], chance: random.Random) -> None:
    since = [_SINCE + timedelta(days=chance.randrange(1_000)) for _ in places]
    conn.execute(
        "INSERT INTO wksbm (kode_kab, id, nama, kode_desa, tahap, tahap_sejak, sejak, diubah_oleh) "
        "SELECT left(d, 5), i, 'WKSBM ' || d, d, 'PENUMBUHAN', s, s, 'bench' FROM unnest(%s::uuid[], %s::text[], %s::date[]) t(i, d, s)",
        ([uuid_of(1, n) for n in range(JEJARING)], places, since),
    )
    for stage, every in (("PEMANTAPAN", 2), ("PENGEMBANGAN", 4)):
        conn.execute(
            "UPDATE wksbm SET tahap = %s, tahap_sejak = tahap_sejak + 200 + abs(hashtext(id::text)) %% 200 "
            "WHERE abs(hashtext(id::text)) %% %s = 0",
            (stage, every),
        )


def _members_and_activities(conn: psycopg.Connection[tuple[str]], chance: random.Random) -> None:
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


def _link_ends(conn: psycopg.Connection[tuple[str]], desa: list[str], chance: random.Random) -> None:
    conn.execute(
        "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, sejak, diubah_oleh) "
        "SELECT left(d, 5), i, 'KARANG_TARUNA', 'Karang taruna ' || d, 'DESA', d, '2015-01-01', 'bench' "
        "FROM unnest(%s::uuid[], %s::text[]) t(i, d)",
        ([uuid_of(2, n) for n in range(_SUMBER_DAYA)], sorted(chance.sample(desa, _SUMBER_DAYA))),
    )
    conn.execute(
        "INSERT INTO mitra_luar (id, nama, jenis, pencatat, diubah_oleh) SELECT i, 'Mitra ' || n, 'dunia usaha', '33', 'bench' "
        "FROM unnest(%s::uuid[]) WITH ORDINALITY t(i, n)",
        ([uuid_of(3, n) for n in range(_PARTNERS)],),
    )


def _links(conn: psycopg.Connection[tuple[str]], chance: random.Random) -> None:
    existing = conn.execute("SELECT id::text, kode_kab FROM wksbm UNION ALL SELECT id::text, kode_kab FROM sumber_daya")
    kab: dict[str, str] = dict(existing.fetchall())  # type: ignore[arg-type]
    rows = [(uuid_of(1, a), "WKSBM", uuid_of(1, b)) for a, b in pairs(chance)]
    # a quarter of the resources and of the partners stays without a link
    others = {("SUMBER_DAYA", uuid_of(2, chance.randrange(_SUMBER_DAYA * 3 // 4)), uuid_of(1, chance.randrange(JEJARING)))
            for _ in range(_TO_RESOURCES)}  # fmt: skip
    others |= {
        ("MITRA", uuid_of(3, chance.randrange(_PARTNERS * 3 // 4)), uuid_of(1, chance.randrange(JEJARING)))
        for _ in range(_TO_PARTNERS)
    }
    rows += [(origin, kind, target) for kind, target, origin in sorted(others)]
    with conn.cursor().copy(
        "COPY hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, diubah_oleh) FROM STDIN"
    ) as copy:
        for n, (origin, end_kind, target) in enumerate(rows):
            target_kab = kab.get(target, "")
            scale = "LOKAL" if target_kab == kab[origin] else "REGIONAL"
            since = _SINCE + timedelta(days=1_000 + chance.randrange(500))
            copy.write_row(
                (uuid_of(4, n), kab[origin], origin, end_kind, target_kab, target, "kerja sama", scale, since, "bench")
            )
