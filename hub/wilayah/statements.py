"""Statements over regions: reading the list in force, and replacing it by a newer one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from psycopg.rows import class_row

from hub.db.connections import copying
from hub.db.database import Conn, refresh_statistics


@dataclass(frozen=True, slots=True)
class WilayahRow:
    """One region: its code, the first day it is in force, level, kind, name."""

    kode: str
    berlaku_sejak: date
    tingkat: int
    jenis: str
    nama: str


@dataclass(frozen=True, slots=True)
class LineageRow:
    kode_lama: str
    sejak_lama: date
    kode_baru: str
    sejak_baru: date
    jenis: str


async def hold(conn: Conn) -> None:
    """Hold the list of regions until the transaction ends: one import looks at what is there and writes after the other."""
    await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('wilayah', 0))")


async def in_force(conn: Conn, provinsi: Sequence[str], as_of: date) -> list[WilayahRow]:
    """All regions of those provinces in force on that day."""
    cursor = conn.cursor(row_factory=class_row(WilayahRow))
    await cursor.execute(
        "SELECT kode, berlaku_sejak, tingkat, jenis, nama FROM wilayah "
        "WHERE left(kode, 2) = ANY(%s) AND berlaku_sejak <= %s AND hari_terakhir >= %s",
        (list(provinsi), as_of, as_of),
    )
    return await cursor.fetchall()


async def ended_on(conn: Conn, provinsi: Sequence[str], day: date) -> dict[str, date]:
    """Code → berlaku_sejak of the regions of those provinces of which that day is the first no longer in force."""
    cursor = await conn.execute(
        "SELECT kode, berlaku_sejak FROM wilayah WHERE left(kode, 2) = ANY(%s) AND berlaku_sampai = %s",
        (list(provinsi), day),
    )
    return dict(await cursor.fetchall())


async def newest_starts(conn: Conn, provinsi: Sequence[str]) -> dict[str, date]:
    """Per province, where it has regions: the latest date on which any of them came into force or took a new name."""
    cursor = await conn.execute(
        "SELECT left(kode, 2), max(greatest(berlaku_sejak, nama_sejak)) FROM wilayah WHERE left(kode, 2) = ANY(%s) GROUP BY 1",
        (list(provinsi),),
    )
    return dict(await cursor.fetchall())


async def close(conn: Conn, kode: Iterable[tuple[str, date]], until: date) -> None:
    """End regions (code, berlaku_sejak): `until` is their first day no longer in force."""
    pairs = list(kode)
    await conn.execute(
        "UPDATE wilayah w SET berlaku_sampai = %s FROM unnest(%s::text[], %s::date[]) AS t(kode, sejak) "
        "WHERE w.kode_kab = left(t.kode, 5) AND w.kode = t.kode AND w.berlaku_sejak = t.sejak",
        (until, [k for k, _ in pairs], [s for _, s in pairs]),
    )


async def insert(conn: Conn, rows: Iterable[WilayahRow]) -> None:
    async with copying(
        conn, "COPY wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) FROM STDIN"
    ) as copy:
        for b in rows:
            parent = b.kode.rpartition(".")[0] or None
            await copy.write_row((b.kode[:5], b.kode, b.berlaku_sejak, b.tingkat, b.jenis, b.nama, parent))


async def rename(conn: Conn, renames: Iterable[tuple[str, date, str, str]], until: date, source: str) -> None:
    """(code, berlaku_sejak, old name, new name): the old name is the one it bore until `until`, and stays a spelling to be found by.

    Of a correction on one and the same day the name before it is kept; what never held for a day is a spelling only.
    """
    rows = list(renames)
    if not rows:
        return
    columns = [list(k) for k in zip(*rows, strict=True)]
    await conn.execute(
        "INSERT INTO alias_wilayah (kode_kab, kode, berlaku_sejak, alias, sumber) "
        "SELECT left(t.kode, 5), t.kode, t.sejak, t.lama, %s "
        "FROM unnest(%s::text[], %s::date[], %s::text[]) AS t(kode, sejak, lama) ON CONFLICT DO NOTHING",
        (source, columns[0], columns[1], columns[2]),
    )
    await conn.execute(
        "INSERT INTO nama_wilayah (kode_kab, kode, berlaku_sejak, sampai, nama) "
        "SELECT left(t.kode, 5), t.kode, t.sejak, %s, t.lama "
        "FROM unnest(%s::text[], %s::date[], %s::text[]) AS t(kode, sejak, lama) WHERE t.sejak < %s ON CONFLICT DO NOTHING",
        (until, columns[0], columns[1], columns[2], until),
    )
    await conn.execute(
        "UPDATE wilayah w SET nama = t.baru, nama_sejak = CASE WHEN t.sejak < %s THEN %s END "
        "FROM unnest(%s::text[], %s::date[], %s::text[]) AS t(kode, sejak, baru) "
        "WHERE w.kode_kab = left(t.kode, 5) AND w.kode = t.kode AND w.berlaku_sejak = t.sejak",
        (until, until, columns[0], columns[1], columns[3]),
    )


async def link(conn: Conn, lineage: Iterable[LineageRow]) -> int:
    """Record successor links; a link already there is left. What follows from those of desa for the regions above them is told anew.
    Returns how many were recorded."""
    rows = [(s.kode_lama, s.sejak_lama, s.kode_baru, s.sejak_baru, s.jenis) for s in lineage]
    columns = [list(k) for k in zip(*rows, strict=True)] if rows else [[], [], [], [], []]
    await conn.execute("DELETE FROM silsilah WHERE jenis = 'dari_desa'")
    cursor = await conn.execute(
        "INSERT INTO silsilah (kode_lama, sejak_lama, kode_baru, sejak_baru, jenis) "
        # a list may say the same twice; what was split off first is what may be taken in again
        "SELECT DISTINCT ON (a, b, c, d) a, b, c, d, CASE WHEN bool_or(e = 'pecah') OVER w AND bool_or(e = 'gabung') OVER w THEN 'pecah_gabung' ELSE e END "
        "FROM unnest(%s::text[], %s::date[], %s::text[], %s::date[], %s::text[]) WITH ORDINALITY AS t(a, b, c, d, e, i) "
        "WINDOW w AS (PARTITION BY a, b, c, d) ORDER BY a, b, c, d, i "
        # what was split off a region may be what takes the rest of it in later: one link of two days
        "ON CONFLICT (kode_lama, sejak_lama, kode_baru, sejak_baru) DO UPDATE SET jenis = 'pecah_gabung' "
        "WHERE silsilah.jenis = 'pecah' AND excluded.jenis = 'gabung'",
        columns,
    )
    await conn.execute(_LINEAGE_OF_DESA)
    return cursor.rowcount


# A kecamatan, kabupaten or province that began with desa of another, or ended with desa gone to another, on one day, where no
# list says what it came from or became: then its desa say it. What only gave or took a desa and went on is what it was.
_LINEAGE_OF_DESA = """
INSERT INTO silsilah (kode_lama, sejak_lama, kode_baru, sejak_baru, jenis)
SELECT DISTINCT l.kode, l.berlaku_sejak, b.kode, b.berlaku_sejak, 'dari_desa'
FROM silsilah s CROSS JOIN (VALUES (2), (5), (8)) AS p(panjang)
JOIN wilayah l ON l.kode_kab = left(left(s.kode_lama, p.panjang), 5) AND l.kode = left(s.kode_lama, p.panjang)
  AND l.berlaku_sejak < s.sejak_baru AND l.hari_terakhir >= s.sejak_baru - 1
JOIN wilayah b ON b.kode_kab = left(left(s.kode_baru, p.panjang), 5) AND b.kode = left(s.kode_baru, p.panjang)
  AND b.berlaku_sejak <= s.sejak_baru AND b.hari_terakhir >= s.sejak_baru
WHERE length(s.kode_lama) = 13 AND length(s.kode_baru) = 13
  AND (b.berlaku_sejak = s.sejak_baru AND NOT EXISTS (
      SELECT FROM silsilah x WHERE x.kode_baru = b.kode AND x.sejak_baru = b.berlaku_sejak)
    OR l.berlaku_sampai = s.sejak_baru AND NOT EXISTS (
      SELECT FROM silsilah x WHERE x.kode_lama = l.kode AND x.sejak_lama = l.berlaku_sejak))
ON CONFLICT DO NOTHING
"""


async def analyze(conn: Conn, *tables: str) -> None:
    """Refresh the planner's statistics after a bulk load."""
    await refresh_statistics(conn, *tables)


_Below = tuple[str, date, date | None, str, tuple[str, ...], tuple[tuple[date, str], ...]]


async def below(conn: Conn, kode: str) -> tuple[list[_Below], list[tuple[str, str]]]:
    """All regions at or below a code, of any time: (code, from, until, name, aliases, names before it, each with its first day
    gone); and their links (old, new), one standing for the other: not of those that are only made of the other's desa."""
    kab = kode[:5]
    bounds = (kab, kab + "/", kode, kode + ".", kode + "/")  # "/" follows "." in byte order
    cursor = await conn.execute(
        "SELECT w.kode, w.berlaku_sejak, w.berlaku_sampai, w.nama, "
        "  array(SELECT a.alias FROM alias_wilayah a WHERE a.kode_kab = w.kode_kab AND a.kode = w.kode "
        "        AND a.berlaku_sejak = w.berlaku_sejak), "
        "  array(SELECT n.sampai FROM nama_wilayah n WHERE n.kode_kab = w.kode_kab AND n.kode = w.kode "
        "        AND n.berlaku_sejak = w.berlaku_sejak ORDER BY n.sampai), "
        "  array(SELECT n.nama FROM nama_wilayah n WHERE n.kode_kab = w.kode_kab AND n.kode = w.kode "
        "        AND n.berlaku_sejak = w.berlaku_sejak ORDER BY n.sampai) "
        "FROM wilayah w WHERE w.kode_kab >= %s AND w.kode_kab < %s AND (w.kode = %s OR (w.kode >= %s AND w.kode < %s)) "
        "ORDER BY w.kode, w.berlaku_sejak",
        bounds,
    )
    wilayah = [
        (k, s, a, n, tuple(alias), tuple(zip(days, names, strict=True)))
        for k, s, a, n, alias, days, names in await cursor.fetchall()
    ]
    cursor = await conn.execute(
        "SELECT kode_lama, kode_baru FROM silsilah WHERE jenis <> 'dari_desa' "
        "AND ((kode_lama >= %s AND kode_lama < %s) OR (kode_baru >= %s AND kode_baru < %s))",
        bounds[3:] * 2,
    )
    return wilayah, await cursor.fetchall()
