"""What the register of one kabupaten counts, for the checks of its rekap."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hub.db.database import Conn
from hub.plan.sql_text import Names
from hub.terdaftar.reads import CACAH, jumlah_terdaftar

_NAMES = Names({k: f"%({k})s" for k in ("wilayah", "elemen", "periode", "akhir", "dimensi")})
_JUMLAH = jumlah_terdaftar(_NAMES)


async def counts(conn: Conn, kode_kab: str, elemen: Sequence[str], periode: str, akhir: date) -> dict[str, Decimal]:
    """Element → count, of those elements that count things of which the register there holds any, of any time."""
    kursor = await conn.execute(
        "SELECT DISTINCT jenis FROM sumber_daya WHERE kode_kab = %(kab)s "
        "UNION ALL SELECT 'WKSBM' WHERE EXISTS (SELECT 1 FROM wksbm WHERE kode_kab = %(kab)s)",
        {"kab": kode_kab},
    )
    ada = {j for (j,) in await kursor.fetchall()}
    dikenal = [e for e in elemen if ada & set(CACAH.get(e, ()))]
    if not dikenal:
        return {}
    kursor = await conn.execute(
        _JUMLAH,
        {"wilayah": kode_kab, "elemen": dikenal, "periode": [periode], "akhir": [akhir], "dimensi": ""},
    )
    hasil = dict.fromkeys(dikenal, Decimal(0))
    hasil.update(await kursor.fetchall())
    return hasil
