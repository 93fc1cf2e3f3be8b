"""What a node knows of the parts it holds: since when, and why one is not the province's. SQL, in transactions of the hub itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from hub.db.database import Conn
from hub.rekap.deadline_statements import DeadlineKey
from hub.wilayah.first_list import region_day


@dataclass(frozen=True, slots=True)
class PartState:
    """See table simpul_bekal."""

    bagian: str
    sidik: str | None
    sidik_induk: str | None
    pada: datetime | None
    sebab: str | None
    temuan: list[dict[str, Any]]


async def states(conn: Conn, kode_kab: str) -> dict[str, PartState]:
    """By name of the part."""
    cursor = conn.cursor(row_factory=class_row(PartState))
    await cursor.execute(
        "SELECT bagian, sidik, sidik_induk, pada, sebab, temuan FROM simpul_bekal WHERE kode_kab = %s", (kode_kab,)
    )
    return {s.bagian: s for s in await cursor.fetchall()}


async def put_taken(
    conn: Conn, kode_kab: str, part: str, digests: tuple[str, str], temuan: Sequence[dict[str, Any]] | None = None
) -> None:
    """That part is the province's now. `digests`: its own here, and what the province calls it; `temuan` None: those of before hold."""
    await conn.execute(
        "INSERT INTO simpul_bekal AS b (kode_kab, bagian, sidik, sidik_induk, pada, temuan) "
        "VALUES (%s, %s, %s, %s, now(), coalesce(%s, '[]'::jsonb)) "
        "ON CONFLICT (kode_kab, bagian) DO UPDATE SET sidik = excluded.sidik, sidik_induk = excluded.sidik_induk, pada = excluded.pada, "
        "sebab = NULL, temuan = coalesce(%s, b.temuan)",
        (kode_kab, part, *digests, *2 * (None if temuan is None else Jsonb(list(temuan)),)),
    )


async def put_failure(conn: Conn, kode_kab: str, part: str, why: str) -> None:
    """It could not be taken; what was there stays."""
    await conn.execute(
        "INSERT INTO simpul_bekal (kode_kab, bagian, sebab) VALUES (%s, %s, %s) "
        "ON CONFLICT (kode_kab, bagian) DO UPDATE SET sebab = excluded.sebab",
        (kode_kab, part, why[:300]),
    )


async def put_province(conn: Conn, kode_kab: str, versions: tuple[str | None, date | None], why: str | None) -> None:
    """At the node: versions of the province, and why what it sends down is not held. What is the same already is not written."""
    await conn.execute(
        "UPDATE simpul SET katalog_induk = %(katalog)s, wilayah_induk = %(wilayah)s, bekal_sebab = %(sebab)s WHERE kode_kab = %(kab)s "
        "AND (katalog_induk, wilayah_induk, bekal_sebab) IS DISTINCT FROM (%(katalog)s, %(wilayah)s, %(sebab)s)",
        {"kab": kode_kab, "katalog": versions[0], "wilayah": versions[1], "sebab": None if why is None else why[:300]},
    )


async def drafts_without_element(conn: Conn, kode_kab: str) -> list[tuple[str, str, str]]:
    """Rekap that an office is working on, with an element that the catalogue no longer has in that form: form, period, element."""
    cursor = await conn.execute(
        "SELECT DISTINCT r.formulir, r.periode, n.elemen FROM rekap r JOIN rekap_nilai n ON n.kode_kab = r.kode_kab "
        "AND n.formulir = r.formulir AND n.periode = r.periode AND n.revisi = r.revisi "
        "WHERE r.kode_kab = %s AND r.status IN ('DRAF', 'DIKEMBALIKAN') "
        "AND NOT EXISTS (SELECT FROM elemen e WHERE e.kode = n.elemen AND e.formulir = r.formulir) ORDER BY 1, 2, 3",
        (kode_kab,),
    )
    return await cursor.fetchall()


async def drafts_without_region(conn: Conn, kode_kab: str) -> list[tuple[str, str, str]]:
    """Rekap that an office is working on, with a region that is not in force on the last day of its period: form, period, region."""
    day = region_day("r.kode_kab", "hub_akhir(r.periode)")
    cursor = await conn.execute(
        f"SELECT DISTINCT r.formulir, r.periode, n.kode_wilayah FROM rekap r JOIN rekap_nilai n ON n.kode_kab = r.kode_kab "
        f"AND n.formulir = r.formulir AND n.periode = r.periode AND n.revisi = r.revisi "
        f"WHERE r.kode_kab = %s AND r.status IN ('DRAF', 'DIKEMBALIKAN') AND NOT EXISTS (SELECT FROM wilayah w "
        f"WHERE w.kode_kab = r.kode_kab AND w.kode = n.kode_wilayah AND w.berlaku_sejak <= {day} AND w.hari_terakhir >= {day}) "
        f"ORDER BY 1, 2, 3",
        (kode_kab,),
    )
    return await cursor.fetchall()


async def deadlines_in_force(conn: Conn, kode_kab: str, pieces: Collection[str]) -> list[tuple[DeadlineKey, date]]:
    """Of those pieces of table tenggat (year|form): the setting of each form and period that holds for the kabupaten."""
    cursor = await conn.execute(
        "SELECT DISTINCT ON (formulir, periode) formulir, periode, kode_wilayah, urut, tanggal FROM tenggat "
        "WHERE kode_wilayah IN (%(kab)s, left(%(kab)s, 2)) AND left(periode, 4) || '|' || formulir = ANY(%(potong)s) "
        "ORDER BY formulir, periode, length(kode_wilayah) DESC, urut DESC",
        {"kab": kode_kab, "potong": list(pieces)},
    )
    return [(DeadlineKey(*key), day) for *key, day in await cursor.fetchall()]
