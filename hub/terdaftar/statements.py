"""What the register of one kabupaten counts, for the checks of its rekap."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hub.db.database import Conn
from hub.plan.sql_text import Names
from hub.terdaftar.reads import COUNTED_THINGS, terdaftar_counts

_NAMES = Names({k: f"%({k})s" for k in ("wilayah", "elemen", "periode", "akhir", "dimensi")})
_COUNTS = terdaftar_counts(_NAMES)


async def counts(conn: Conn, kode_kab: str, elemen: Sequence[str], periode: str, end: date) -> dict[str, Decimal]:
    """Element → count, of those elements that count things of which the register there holds any, of any time."""
    cursor = await conn.execute(
        "SELECT DISTINCT jenis FROM sumber_daya WHERE kode_kab = %(kab)s "
        "UNION ALL SELECT 'WKSBM' WHERE EXISTS (SELECT 1 FROM wksbm WHERE kode_kab = %(kab)s)",
        {"kab": kode_kab},
    )
    kinds = {j for (j,) in await cursor.fetchall()}
    known = [e for e in elemen if kinds & set(COUNTED_THINGS.get(e, ()))]
    if not known:
        return {}
    cursor = await conn.execute(
        _COUNTS,
        {"wilayah": kode_kab, "elemen": known, "periode": [periode], "akhir": [end], "dimensi": ""},
    )
    result = dict.fromkeys(known, Decimal(0))
    result.update(await cursor.fetchall())
    return result


async def complaint_desks(conn: Conn, kode_kab: str, end: date) -> list[tuple[str, str]]:
    """(kind, code of the desa) of the SLRT and puskesos that stood on that day."""
    cursor = await conn.execute(
        "SELECT DISTINCT jenis, kode_desa FROM sumber_daya WHERE kode_kab = %s AND jenis IN ('SLRT', 'PUSKESOS') "
        "AND sejak <= %s AND hari_terakhir >= %s",
        (kode_kab, end, end),
    )
    return [(kind, desa) for kind, desa in await cursor.fetchall()]
